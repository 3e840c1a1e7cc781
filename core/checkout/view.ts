import type { Checkout, Progress, UnpaidReason } from '../../shared/checkout.ts'
import { type Watch, wins } from './decide.ts'
import { HIDE_CODE_AFTER_MS } from './delays.ts'
import { doneYen, givenBackYen, keptAttempt } from './moneyBack.ts'
import { type Attempt, type CheckoutState, currentAttempt } from './payment.ts'

/** A checkout as its customer may be told: the truth about the money, and nothing of how it is kept. */
export function viewOf(state: CheckoutState, progress: Progress, statusAgeMs: number): Checkout {
  return {
    checkoutId: state.checkoutId,
    claimNumber: String(state.claimNumber).padStart(3, '0'),
    lines: state.lines,
    totalYen: state.totalYen,
    taxes: state.taxes,
    attempt: state.attempts.length,
    statusAgeMs: Math.max(0, Math.round(statusAgeMs)),
    ...progress,
  }
}

/** How far a checkout is, as its customer may be told. */
export function progressOf(
  state: CheckoutState,
  now: { nowMs: number; paypayNowMs: number; watch: (attempt: Attempt) => Watch },
): Progress {
  const kept = keptAttempt(state)
  // A part that goes back leaves a customer who has paid.
  if (kept && givenBackYen(state, kept.merchantPaymentId) === kept.amountYen)
    return { status: doneYen(state, kept.merchantPaymentId) === kept.amountYen ? 'returned' : 'returning' }
  if (kept?.handover === 'done') return { status: 'paid' }
  if (state.openCase) return { status: 'problem', money: state.openCase.money }
  const attempt = currentAttempt(state)
  if (!attempt || attempt.create === 'pending') return { status: 'creating' }
  if (attempt.settled === 'returned') return { status: 'returned' }
  if (attempt.payment)
    return wins(state, attempt) || attempt.handover !== 'none'
      ? { status: 'checking' }
      : { status: 'returning' }
  if (attempt.deadAtMs !== null) return { status: 'unpaid', why: unpaidReason(attempt) }
  if (attempt.stop || !attempt.code) return { status: 'checking' }
  const { failures, failingSinceMs } = now.watch(attempt)
  if (failures >= 2 && failingSinceMs !== null && now.nowMs >= failingSinceMs + HIDE_CODE_AFTER_MS)
    return { status: 'checking' }
  const remainingMs = Math.round(attempt.code.expiresAtS * 1000 - now.paypayNowMs)
  const lifetimeMs = Math.max(attempt.code.expiresAtS * 1000 - attempt.code.atMs, remainingMs, 1)
  return {
    status: 'awaitingPayment',
    code: { url: attempt.code.url, remainingMs: Math.max(0, remainingMs), lifetimeMs },
  }
}

function unpaidReason(attempt: Attempt): UnpaidReason {
  if (!attempt.code) return 'notCreated'
  const reason = attempt.stop?.reason ?? 'customer'
  switch (reason) {
    case 'expired':
    case 'declined':
    case 'gone':
      return reason
    case 'customer':
    case 'left':
      return 'stopped'
    default:
      return reason satisfies never
  }
}
