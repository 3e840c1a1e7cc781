import type { CaseReason } from '../../shared/case.ts'
import type { ProblemMoney } from '../../shared/checkout.ts'
import * as delays from './delays.ts'
import type { CheckoutFact } from './facts.ts'
import { doneYen, type MoneyBack } from './moneyBack.ts'
import { pursueMoneyBack } from './moneyBackSteps.ts'
import { type Attempt, type CheckoutState, currentAttempt, SEAL_MOST_MS, secondLookAtMs } from './payment.ts'
import { cancelUntilMs } from './window.ts'

export type Call = 'create' | 'read' | 'delete' | 'cancel' | 'refund' | 'readRefund'

/** What to do next for a checkout. Pure: driver.ts carries it out. */
export type Step =
  /** `back`: the call is about money that a person decided to give back. */
  | { readonly do: 'call'; readonly call: Call; readonly attempt: Attempt; readonly back?: MoneyBack }
  | { readonly do: 'handOver'; readonly attempt: Attempt }
  /** Something that is now so, and has no effect outside. */
  | { readonly do: 'note'; readonly fact: CheckoutFact }
  | { readonly do: 'wait'; readonly untilMs: number }
  /** Nothing, until somebody does something. */
  | { readonly do: 'rest' }

/** What this process knows of an attempt and the ledger need not: when PayPay was asked, and how that went. */
export type Watch = {
  /** The intent was written by this process and its request has not left yet. */
  unsent: boolean
  /** Backing off: nothing at all leaves before this. */
  nextAtMs: number
  /** The interval: no read leaves before this. */
  nextReadAtMs: number
  /** Backing off from an effect that gave nothing sure, while reads go on. */
  nextEffectAtMs: number
  lastCallAtMs: number
  /** Calls in a row that ended in nothing sure. */
  failures: number
  failingSinceMs: number | null
  /** Effects in a row that ended in nothing sure. */
  effectTries: number
  /** An effect that was not answered may be carried out until then, and a read may show it only then. */
  settlesAtMs: number
  /** The last effect was not sure, so a read comes before the next one. */
  mustRead: boolean
  notFoundReads: number
  notFoundSinceMs: number | null
}

export type Situation = {
  readonly nowMs: number
  /** PayPay's clock, from its Date header. */
  readonly paypayNowMs: number
  /** No screen watches the lane, since then. */
  readonly screenGoneSinceMs: number | null
  /** When this process took the checkout up: nothing could be tried before. */
  readonly runningSinceMs: number
  /** By a merchantPaymentId, or the merchantRefundId of money that a person gives back. */
  readonly watch: (of: Pick<Attempt, 'merchantPaymentId'>) => Watch
}

export function decide(state: CheckoutState, now: Situation): Step {
  if (!state.left && now.screenGoneSinceMs !== null) {
    const goneAtMs = now.screenGoneSinceMs + delays.SCREEN_GONE_MS
    if (now.nowMs >= goneAtMs) return note('customerLeft', { reason: 'screenGone' }, now)
    return earlier({ do: 'wait', untilMs: goneAtMs }, present(state, now))
  }
  return present(state, now)
}

function present(state: CheckoutState, now: Situation): Step {
  const back = pursueMoneyBack(state, now)
  if (state.outcome || state.decided) {
    const leaving: Step = state.left ? { do: 'rest' } : leaveAt(state, delays.PAID_IDLE_MS, now)
    return back ? earlier(leaving, back) : leaving
  }
  const steps = [...state.attempts.map(attempt => settle(state, attempt, now)), back].filter(
    step => step !== null,
  )
  if (steps.length > 0) return steps.reduce(earlier)
  return conclude(state, now)
}

/** Every attempt is where it will stay: the checkout has its outcome, or waits for its customer to try again. */
function conclude(state: CheckoutState, now: Situation): Step {
  const failed = state.attempts.find(attempt => attempt.handover === 'failed')
  if (failed && doneYen(state, failed.merchantPaymentId) === failed.amountYen)
    return note('outcomeReached', { outcome: 'returned' }, now)
  if (failed) return caseStep(state, 'notHandedOver', 'paid', now)
  if (state.attempts.some(attempt => attempt.handover === 'done'))
    return note('outcomeReached', { outcome: 'delivered' }, now)
  if (currentAttempt(state)?.settled === 'returned')
    return note('outcomeReached', { outcome: 'returned' }, now)
  if (!state.left) return leaveAt(state, delays.UNPAID_IDLE_MS, now)
  const returned = state.attempts.some(attempt => attempt.settled === 'returned')
  return note('outcomeReached', { outcome: returned ? 'returned' : 'neverPayable' }, now)
}

/** What one attempt needs; null: nothing any more. */
function settle(state: CheckoutState, attempt: Attempt, now: Situation): Step | null {
  if (attempt.settled) return null
  const stuck = stuckStep(state, attempt, now)
  if (stuck) return stuck
  const step = pursue(state, attempt, now)
  if (step?.do !== 'call' || !state.openCase) return step
  // A person has been told; PayPay is asked now and then all the same, for evidence that closes the case.
  const atMs = now.watch(attempt).lastCallAtMs + delays.CASE_LOOK_MS
  return now.nowMs >= atMs ? step : { do: 'wait', untilMs: atMs }
}

function pursue(state: CheckoutState, attempt: Attempt, now: Situation): Step | null {
  const watch = now.watch(attempt)
  if (attempt.create === 'pending') {
    // An intent from an earlier life: nobody knows whether its request left.
    return watch.unsent
      ? { do: 'call', call: 'create', attempt }
      : note('createUnanswered', { ...of(attempt), evidence: null }, now)
  }
  if (attempt.payment) return withMoney(state, attempt, now)
  if (attempt.deadAtMs !== null) return dead(attempt, now)
  if (attempt.create === 'unanswered') return unanswered(attempt, now)
  if (state.left && !attempt.stop) return note('stopIntended', { ...of(attempt), reason: 'left' }, now)
  return attempt.stop ? stopping(attempt, now) : showing(attempt, now)
}

/** Proven dead. The seal is a cancel, which PayPay parks against whatever might still come; then one more look. */
function dead(attempt: Attempt, now: Situation): Step {
  const hasTriedLongEnough = now.nowMs >= (attempt.deadAtMs ?? now.nowMs) + SEAL_MOST_MS
  if (attempt.isSealed || hasTriedLongEnough) return call('read', attempt, now, secondLookAtMs(attempt))
  if (now.watch(attempt).mustRead) return call('read', attempt, now)
  return call('cancel', attempt, now)
}

/** Create was not answered: read; then cancel, which PayPay parks; then look until nothing can come of it. */
function unanswered(attempt: Attempt, now: Situation): Step {
  if (!attempt.readSinceUnanswered || now.watch(attempt).mustRead) return call('read', attempt, now)
  // A refusal of the request's form has parked nothing: it is sent again.
  if (!attempt.isSealed) return call('cancel', attempt, now)
  return call('read', attempt, now)
}

/** A code is out: read until it is paid, declined, gone or over. */
function showing(attempt: Attempt, now: Situation): Step {
  const watch = now.watch(attempt)
  const overAtMs = (attempt.code?.expiresAtS ?? 0) * 1000 + delays.EXPIRY_GRACE_MS
  if (now.paypayNowMs >= overAtMs) return note('stopIntended', { ...of(attempt), reason: 'expired' }, now)
  // FAILED is not final before the code is gone: the same code might be tried again.
  if (attempt.lastRead?.read.kind === 'failed')
    return note('stopIntended', { ...of(attempt), reason: 'declined' }, now)
  const gone =
    watch.notFoundReads >= delays.GONE_AFTER_READS &&
    watch.notFoundSinceMs !== null &&
    now.nowMs >= watch.notFoundSinceMs + delays.GONE_AFTER_MS
  if (gone) return note('stopIntended', { ...of(attempt), reason: 'gone' }, now)
  const untilOverMs = now.nowMs + (overAtMs - now.paypayNowMs)
  return earlier(call('read', attempt, now), { do: 'wait', untilMs: untilOverMs })
}

/** Stop: a last read, delete the code, read again until PayPay says that no payment exists. */
function stopping(attempt: Attempt, now: Situation): Step {
  if (!attempt.readSinceStop || now.watch(attempt).mustRead) return call('read', attempt, now)
  if (attempt.deleteConfirmedAtMs === null) return call('delete', attempt, now)
  // Deleted, and still CREATED for longer than a read can be stale: a parked cancel makes sure.
  return call(attempt.staysUnpaid && !attempt.isSealed ? 'cancel' : 'read', attempt, now)
}

/** PayPay has said COMPLETED for this id: goods to a customer who is there, otherwise the money goes back. */
function withMoney(state: CheckoutState, attempt: Attempt, now: Situation): Step | null {
  if (attempt.handover === 'done' || attempt.handover === 'failed') return null
  if (attempt.handover === 'intended') return { do: 'handOver', attempt }
  if (wins(state, attempt)) {
    const { screenGoneSinceMs } = now
    const isThere = screenGoneSinceMs === null || now.nowMs < screenGoneSinceMs + delays.SCREEN_BLINK_MS
    // Goods before an empty lane help nobody: the screen comes back, or the money goes back.
    return isThere
      ? { do: 'handOver', attempt }
      : { do: 'wait', untilMs: screenGoneSinceMs + delays.SCREEN_GONE_MS }
  }
  const watch = now.watch(attempt)
  if (attempt.refund) {
    if (attempt.refund.state !== 'refused') return call(watch.unsent ? 'refund' : 'readRefund', attempt, now)
    // A refusal can be the echo of a first request that did arrive, so the payment is looked at before a person is.
    if (attempt.readSinceRefusal && !state.openCase) return caseStep(state, 'refundRefused', 'returning', now)
    return call('read', attempt, now)
  }
  if (attempt.cancel === 'accepted') return call('read', attempt, now)
  if (attempt.cancel === 'refused') return call(attempt.readSinceCancel ? 'refund' : 'read', attempt, now)
  if (watch.mustRead) return call('read', attempt, now)
  return call(now.paypayNowMs < cancelUntilMs(attempt) ? 'cancel' : 'refund', attempt, now)
}

/** A payment wins while its customer is still there and nothing has been sent to take it back. */
export function wins(state: CheckoutState, attempt: Attempt): boolean {
  const released = state.attempts.some(one => one.handover !== 'none')
  return (
    !state.left &&
    !released &&
    attempt === currentAttempt(state) &&
    attempt.cancel === 'none' &&
    !attempt.refund
  )
}

/** Ten minutes without an end: a person is told; the engine goes on. */
function stuckStep(state: CheckoutState, attempt: Attempt, now: Situation): Step | null {
  if (state.openCase || attempt.handover === 'done') return null
  const sinceMs =
    attempt.payment?.atMs ??
    attempt.stop?.atMs ??
    (attempt.create === 'unanswered' ? attempt.intendedAtMs : null)
  if (sinceMs === null || now.nowMs < Math.max(sinceMs, now.runningSinceMs) + delays.CASE_AFTER_MS)
    return null
  return note(
    'caseOpened',
    attempt.payment ? { why: 'notBackYet', money: 'returning' } : { why: 'unanswered', money: 'unknown' },
    now,
  )
}

function caseStep(state: CheckoutState, why: CaseReason, money: ProblemMoney, now: Situation): Step {
  return state.openCase ? { do: 'rest' } : note('caseOpened', { why, money }, now)
}

function leaveAt(state: CheckoutState, afterMs: number, now: Situation): Step {
  const last = currentAttempt(state)
  const untilMs = (last?.deadAtMs ?? last?.payment?.atMs ?? state.startedAtMs) + afterMs
  return now.nowMs >= untilMs ? note('customerLeft', { reason: 'idle' }, now) : { do: 'wait', untilMs }
}

function call(which: Call, attempt: Attempt, now: Situation, notBeforeMs = 0): Step {
  const { nextAtMs, nextReadAtMs, nextEffectAtMs } = now.watch(attempt)
  const isRead = which === 'read' || which === 'readRefund'
  const atMs = Math.max(nextAtMs, isRead ? nextReadAtMs : nextEffectAtMs, notBeforeMs)
  return now.nowMs >= atMs ? { do: 'call', call: which, attempt } : { do: 'wait', untilMs: atMs }
}

function earlier(one: Step, other: Step): Step {
  if (one.do === 'rest') return other
  if (other.do === 'rest') return one
  if (one.do !== 'wait') return one
  if (other.do !== 'wait') return other
  return one.untilMs <= other.untilMs ? one : other
}

function note<T extends CheckoutFact['type']>(
  type: T,
  data: Extract<CheckoutFact, { type: T }>['data'],
  now: Situation,
): Step {
  return { do: 'note', fact: { type, data, atMs: now.nowMs } as CheckoutFact }
}

const of = (attempt: Attempt): { merchantPaymentId: string } => ({
  merchantPaymentId: attempt.merchantPaymentId,
})
