import type { ReactNode } from 'react'
import { Yen } from '../../ui/money.tsx'
import { inYen } from '../text/say.ts'

/** A sum that may be below 0: −¥680. */
export function Signed({ amount }: { amount: number }): ReactNode {
  if (amount >= 0) return <Yen amount={amount} />
  return (
    <span>
      −<Yen amount={-amount} />
    </span>
  )
}

/** What went out: −¥680, and a plain ¥0. */
export function Out({ amount }: { amount: number }): ReactNode {
  return <Signed amount={0 - amount} />
}

/** `+¥680`, `−¥680`, `±¥0` in a sentence. */
export function changeInYen(amountYen: number): string {
  const sign = amountYen > 0 ? '+' : amountYen < 0 ? '−' : '±'
  return `${sign}${inYen(Math.abs(amountYen))}`
}

/** `+2`, `−1`, `±0` */
export function changeInNumber(number: number): string {
  return `${number > 0 ? '+' : number < 0 ? '−' : '±'}${Math.abs(number)}`
}
