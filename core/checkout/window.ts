import { CANCEL_MARGIN_MS } from './delays.ts'
import type { Attempt } from './payment.ts'

/** Cancel works until 00:14:59 JST on the day after the payment (OPA, Cancel); ours ends a margin before. PayPay's clock, ms. */
export function cancelUntilMs(attempt: Attempt): number {
  return dayAfterMs(attempt, 1) + 15 * 60_000 - CANCEL_MARGIN_MS
}

/** PayPay takes refunds until the end of day 365 after the payment (FAQ, refundable period). PayPay's clock, ms. */
export function refundUntilMs(attempt: Attempt): number {
  return dayAfterMs(attempt, 366)
}

/** JST midnight, so many days after the one that the payment was made on. */
function dayAfterMs(attempt: Attempt, days: number): number {
  const jstMs = 9 * 3_600_000
  const dayMs = 86_400_000
  const paidAtMs = attempt.payment?.acceptedAtS ? attempt.payment.acceptedAtS * 1000 : attempt.intendedAtMs
  return (Math.floor((paidAtMs + jstMs) / dayMs) + days) * dayMs - jstMs
}
