import { type Book, WALLET } from '../book.ts'
import type { Surroundings } from '../paypay.ts'
import { failure, type Said } from '../results.ts'
import { balanceYen, spentYen, type User } from './users.ts'

const DAY_MS = 86_400_000

/**
 * Why the user cannot pay so much more now: what they have, unless it is paid with something else, what PayPay allows anybody, what they
 * allow themselves.
 */
export function whyNotSpendable(
  book: Book,
  user: User,
  moreYen: number,
  at: Surroundings,
  methodType = WALLET,
): Said | null {
  const within = (days: number) => spentYen(book, user.id, at.nowMs - days * DAY_MS, at.nowMs) + moreYen
  if (methodType === WALLET && balanceYen(book, user, at.nowMs) < moreYen)
    return failure('NO_SUFFICIENT_FUND')
  if (within(1) > at.switches.userDailyLimitYen || within(30) > at.switches.userMonthlyLimitYen)
    return failure('LIMIT_EXCEEDED')
  if (within(1) > (user.dailyLimitYen ?? Infinity)) return failure('USER_DEFINED_DAILY_LIMIT_EXCEEDED')
  if (within(30) > (user.monthlyLimitYen ?? Infinity)) return failure('USER_DEFINED_MONTHLY_LIMIT_EXCEEDED')
  return null
}
