import type { ReactNode } from 'react'

const figures = new Intl.NumberFormat('ja-JP')

/** ¥1,240 with the sign smaller. `large`: the figure that the screen is about. */
export function Yen({ amount, large = false }: { amount: number; large?: boolean }): ReactNode {
  return (
    <span className={large ? 'yen money' : 'yen'}>
      <i>¥</i>
      {figures.format(amount)}
    </span>
  )
}
