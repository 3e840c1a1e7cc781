import type { ReactNode } from 'react'
import './money.css'

const figures = new Intl.NumberFormat('ja-JP')

/** ¥1,240, within a sentence. */
export function yenText(amount: number): string {
  return `¥${figures.format(amount)}`
}

/** ¥1,240 with the sign smaller. `large`: the figure that the screen is about. */
export function Yen({ amount, large = false }: { amount: number; large?: boolean }): ReactNode {
  const written = figures.format(amount)
  if (!large)
    return (
      <span className="yen">
        <i>¥</i>
        {written}
      </span>
    )
  return (
    <span className="yen money" data-figures={lengthOf(amount)}>
      <i>¥</i>
      {written}
    </span>
  )
}

/** How many figures, for the size: up to four are drawn in full size. */
function lengthOf(amount: number): string {
  const length = String(amount).length
  return length > 7 ? 'many' : String(length)
}
