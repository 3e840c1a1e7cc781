import type * as z from 'zod'
import {
  acceptedAtMs,
  amountYenAt,
  type Book,
  methodTypeOf,
  type Payment,
  refundsOf,
  statusAt,
  sumRefundedYen,
  takenYenAt,
  WALLET,
} from '../book.ts'
import { cashbackYen } from '../cashback/cashbacks.ts'
import { recordOf, recordsOf } from '../records.ts'
import { toppedUpYen } from '../topups.ts'
import { type PaymentMethod, paymentMethod } from './paymentMethod.ts'

/** Somebody with a PayPay account, on the phone page. Their balance is not kept: it follows from all that they paid and got. */
export type User = {
  readonly id: string
  readonly name: string
  readonly phoneNumber: string
  /** What they had before anything in this book. */
  readonly openingYen: number
  /** INACTIVE: PayPay has stopped the account; CANCELED: its owner has closed it. */
  readonly state: 'ACTIVE' | 'INACTIVE' | 'CANCELED'
  /** Limits that the user has set for themselves; null: none. */
  readonly dailyLimitYen: number | null
  readonly monthlyLimitYen: number | null
  /** How they can pay beside their wallet. Left out in what older programs wrote. */
  readonly paymentMethods?: readonly PaymentMethod[]
}

const somebody = (
  number: number,
  openingYen: number,
  ...paymentMethods: readonly z.input<typeof paymentMethod>[]
): User => ({
  id: `user-${number}`,
  name: `利用者${number}`,
  phoneNumber: `0900000000${number}`,
  openingYen,
  state: 'ACTIVE',
  dailyLimitYen: null,
  monthlyLimitYen: null,
  paymentMethods: paymentMethods.map(one => paymentMethod.parse(one)),
})
const card = { paymentMethodType: 'CREDIT_CARD', issuerName: 'クレジットカード', authenticated: true }

/** Who is there before anything was changed: one with plenty, one with little and a card that is over, one with nothing. */
const firstUsers: readonly User[] = [
  somebody(
    1,
    100_000,
    { ...card, id: 'card-1', accountNo: '****6666' },
    { paymentMethodType: 'PAY_LATER_CC', id: 'later-1', issuerName: 'PayPayあと払い' },
  ),
  somebody(2, 500, { ...card, id: 'card-2', accountNo: '****7777', paymentMethodStatus: 'EXPIRED' }),
  somebody(3, 0),
]

export function userOf(book: Book, id: string): User | null {
  return recordOf(book, 'user', id) ?? firstUsers.find(user => user.id === id) ?? null
}

export function usersOf(book: Book): User[] {
  const added = recordsOf(book, 'user').filter(user => !firstUsers.some(first => first.id === user.id))
  return [...firstUsers.map(user => recordOf(book, 'user', user.id) ?? user), ...added]
}

/** What the user can spend: without what is blocked, and with what came back. */
export function balanceYen(book: Book, user: User, nowMs: number): number {
  const gotYen = cashbackYen(book, user.id, nowMs) + toppedUpYen(book, user.id, nowMs)
  const isFromWallet = (payment: Payment): boolean => methodTypeOf(payment) === WALLET
  return user.openingYen + gotYen - spentYen(book, user.id, -Infinity, nowMs, isFromWallet)
}

/** What the user has paid since then and not got back; blocked money counts. */
export function spentYen(
  book: Book,
  userId: string,
  sinceMs: number,
  nowMs: number,
  counts: (payment: Payment) => boolean = () => true,
): number {
  let sum = 0
  for (const payment of book.payments.values()) {
    if (payment.direct?.userId !== userId || !counts(payment)) continue
    const paidAtMs = acceptedAtMs(payment, nowMs)
    if (paidAtMs === null || paidAtMs < sinceMs) continue
    const status = statusAt(payment, nowMs)
    if (status === 'FAILED' || status === 'CANCELED' || status === 'EXPIRED') continue
    const isHeld = status === 'AUTHORIZED' || status === 'REAUTHORIZING'
    sum += isHeld ? amountYenAt(payment, nowMs) : takenYenAt(payment, nowMs)
    if (payment.paymentId !== null) sum -= sumRefundedYen(refundsOf(book, payment.paymentId, nowMs))
  }
  return sum
}
