import type { CheckoutLine, Locale, ProblemMoney, TaxLine } from '../../shared/checkout.ts'
import type { Yen } from '../../shared/money.ts'
import type { PaymentRead } from '../paypay/client.ts'
import { reasonOf } from './caseReason.ts'
import { STALE_READ_MS } from './delays.ts'
import { type CheckoutFact, IllegalFact, type LeaveReason, type Outcome, type StopReason } from './facts.ts'
import { applyMoneyBack, closeMoneyBacks, isMoneyBack, type MoneyBack } from './moneyBack.ts'

/**
 * What a checkout is: the fold of its facts. `apply` is the only way to change one, and it refuses what may never
 * happen (money-safety's invariants), so that a bug stops the writer before it reaches PayPay.
 */
export type CheckoutState = {
  readonly checkoutId: string
  readonly lane: string
  readonly claimNumber: number
  readonly locale: Locale
  readonly lines: readonly CheckoutLine[]
  readonly totalYen: Yen
  readonly taxes: readonly TaxLine[]
  readonly startedAtMs: number
  /** One PayPay code each; the last is the current one. */
  readonly attempts: readonly Attempt[]
  /** Null while the customer is at the lane. */
  readonly left: LeaveReason | null
  /** `why`: a `CaseReason`, or an older ledger's sentence. */
  readonly openCase: { readonly why: string; readonly money: ProblemMoney; readonly sinceMs: number } | null
  /** A manager has closed the case: nothing more is tried. */
  readonly decided: { readonly by: string; readonly reason: string } | null
  readonly outcome: Outcome | null
  /** What people decided to give back, oldest first. */
  readonly moneyBacks: readonly MoneyBack[]
}

/** One PayPay code with its own merchantPaymentId, from the intent to its proven end. */
export type Attempt = {
  readonly merchantPaymentId: string
  readonly number: number
  readonly amountYen: Yen
  readonly intendedAtMs: number
  /** `pending`: the answer is not in the ledger (yet, or ever: a crash). */
  readonly create: 'pending' | 'created' | 'refused' | 'unanswered'
  readonly code: {
    readonly codeId: string
    readonly url: string
    readonly expiresAtS: number
    readonly atMs: number
  } | null
  readonly stop: { readonly reason: StopReason; readonly atMs: number } | null
  /** The last read that is in the ledger, and where in the attempt's life it fell. */
  readonly lastRead: { readonly read: PaymentRead; readonly atMs: number } | null
  readonly readSinceStop: boolean
  readonly readSinceUnanswered: boolean
  readonly readSinceCancel: boolean
  readonly readSinceRefusal: boolean
  /** A read that cannot be stale any more still says CREATED although the code is deleted. */
  readonly staysUnpaid: boolean
  readonly deleteConfirmedAtMs: number | null
  readonly deleteIntended: boolean
  readonly cancel: 'none' | 'intended' | 'accepted' | 'refused'
  readonly cancelSettledAtMs: number | null
  /** A cancel waits at PayPay for whatever might still be paid, or PayPay has said that there is nothing to reverse. */
  readonly isSealed: boolean
  /** Set from the first COMPLETED with our id, amount and currency; never unset. */
  readonly payment: {
    readonly paymentId: string
    readonly acceptedAtS: number | null
    readonly atMs: number
  } | null
  readonly refund: {
    readonly merchantRefundId: string
    readonly state: 'intended' | 'taken' | 'refused'
  } | null
  readonly handover: 'none' | 'intended' | 'done' | 'failed'
  /** Proven: no money can be kept for this code. A new attempt may start. */
  readonly deadAtMs: number | null
  /** Proven a second time, after the longest that a read of PayPay's is known to be stale; or money's way back confirmed. */
  readonly settled: 'neverPayable' | 'returned' | null
}

/** A create that was never answered may still be applied this long after its intent: PayPay's 30 s, and half again. */
export const LATE_CREATE_MS = 45_000
/** The seal of a dead attempt (a parked cancel) is tried for this long; after it, reads that find nothing have to do. */
export const SEAL_MOST_MS = 300_000

export function fold(checkoutId: string, facts: readonly CheckoutFact[]): CheckoutState {
  const [first, ...rest] = facts
  if (first?.type !== 'checkoutStarted')
    throw new Error(`checkout ${checkoutId} does not begin with checkoutStarted`)
  const { lane, claimNumber, locale, lines, totalYen, taxes } = first.data
  const started: CheckoutState = {
    checkoutId,
    lane,
    claimNumber,
    locale,
    lines,
    totalYen,
    taxes,
    startedAtMs: first.atMs,
    attempts: [],
    left: null,
    openCase: null,
    decided: null,
    outcome: null,
    moneyBacks: [],
  }
  return rest.reduce(apply, started)
}

/** Throws IllegalFact for a move that an invariant forbids. */
export function apply(state: CheckoutState, fact: CheckoutFact): CheckoutState {
  switch (fact.type) {
    case 'checkoutStarted':
      throw new IllegalFact(fact, 'a checkout starts once')
    case 'createIntended': {
      const last = currentAttempt(state)
      if (last && last.deadAtMs === null)
        throw new IllegalFact(fact, 'the attempt before is not proven dead (I4)')
      if (state.left) throw new IllegalFact(fact, 'the customer has left')
      if (state.outcome) throw new IllegalFact(fact, 'the checkout has its outcome')
      if (fact.data.amountYen !== state.totalYen)
        throw new IllegalFact(fact, 'the amount is not the total (I11)')
      return { ...state, attempts: [...state.attempts, newAttempt(fact)] }
    }
    case 'customerLeft':
      return { ...state, left: state.left ?? fact.data.reason }
    case 'staffCalled':
    case 'receiptIssued':
      return state
    case 'caseOpened':
      return {
        ...state,
        openCase: { ...fact.data, why: reasonOf(fact.data.why), sinceMs: fact.atMs },
      }
    case 'caseClosed':
      if (!state.openCase) throw new IllegalFact(fact, 'no case is open')
      return { ...state, openCase: null, decided: fact.data, moneyBacks: closeMoneyBacks(state, fact) }
    case 'outcomeReached':
      if (state.outcome) throw new IllegalFact(fact, `the outcome is ${state.outcome}`)
      return { ...state, outcome: fact.data.outcome, openCase: null }
    case 'handoverIntended':
      // I3: one release for a basket, whatever happens to its codes.
      if (state.attempts.some(attempt => attempt.handover !== 'none'))
        throw new IllegalFact(fact, 'goods were released before (I3)')
      return inAttempt(state, fact)
    default:
      return isMoneyBack(fact) ? applyMoneyBack(state, fact) : inAttempt(state, fact)
  }
}

/**
 * The engine itself has asked PayPay to give a payment back and has not heard what became of it: whoever gives the money back by hand now
 * might give it a second time.
 */
export function mayStillGoBack({ attempts }: CheckoutState): boolean {
  return attempts.some(
    ({ payment, settled, cancel, refund }) =>
      payment !== null && settled === null && (refund ? refund.state === 'intended' : cancel === 'intended'),
  )
}

export function currentAttempt(state: CheckoutState): Attempt | undefined {
  return state.attempts.at(-1)
}

type AttemptFact = Exclude<
  Extract<CheckoutFact, { data: { merchantPaymentId: string } }>,
  { type: 'moneyBackDecided' }
>

function inAttempt(state: CheckoutState, fact: AttemptFact): CheckoutState {
  const { merchantPaymentId } = fact.data
  if (!state.attempts.some(attempt => attempt.merchantPaymentId === merchantPaymentId)) {
    throw new IllegalFact(fact, `no attempt has the id ${merchantPaymentId}`)
  }
  return {
    ...state,
    attempts: state.attempts.map(attempt =>
      attempt.merchantPaymentId === merchantPaymentId ? applyToAttempt(attempt, fact) : attempt,
    ),
  }
}

function applyToAttempt(attempt: Attempt, fact: AttemptFact): Attempt {
  const { atMs } = fact
  switch (fact.type) {
    case 'createIntended':
      throw new IllegalFact(fact, 'the id is used already (I5)')
    case 'codeCreated': {
      const { codeId, url, expiresAtS } = fact.data
      return { ...attempt, create: 'created', code: { codeId, url, expiresAtS, atMs } }
    }
    case 'createRefused':
      return { ...attempt, create: 'refused', deadAtMs: atMs, settled: 'neverPayable' }
    case 'createUnanswered':
      return { ...attempt, create: 'unanswered', readSinceUnanswered: false }
    case 'stopIntended':
      if (attempt.stop) return attempt
      return { ...attempt, stop: { reason: fact.data.reason, atMs }, readSinceStop: false }
    case 'paymentRead':
      return withRead(attempt, fact.data.read, atMs)
    case 'deleteIntended':
      return { ...attempt, deleteIntended: true }
    case 'codeDeleted':
      // "Already paid" is no proof that the code is gone: the read that follows tells.
      return fact.data.how === 'alreadyPaid'
        ? attempt
        : { ...attempt, deleteConfirmedAtMs: attempt.deleteConfirmedAtMs ?? atMs }
    case 'cancelIntended':
      if (attempt.handover !== 'none') throw new IllegalFact(fact, 'the goods are released')
      return { ...attempt, cancel: 'intended' }
    case 'cancelAccepted':
      return {
        ...attempt,
        cancel: 'accepted',
        cancelSettledAtMs: atMs,
        isSealed: true,
        readSinceCancel: false,
      }
    case 'cancelRefused':
      return {
        ...attempt,
        cancel: 'refused',
        cancelSettledAtMs: atMs,
        isSealed: attempt.isSealed || fact.data.aboutPayment,
        readSinceCancel: false,
      }
    case 'refundIntended': {
      const { merchantRefundId, amountYen } = fact.data
      if (attempt.refund)
        throw new IllegalFact(fact, 'a refund is under way; it is asked about, never issued again (I9)')
      if (amountYen > attempt.amountYen) throw new IllegalFact(fact, 'a refund above what was captured (I9)')
      if (attempt.handover !== 'none') throw new IllegalFact(fact, 'the goods are released')
      return { ...attempt, refund: { merchantRefundId, state: 'intended' } }
    }
    case 'refundTaken':
      return {
        ...attempt,
        refund: { merchantRefundId: fact.data.merchantRefundId, state: 'taken' },
        deadAtMs: attempt.deadAtMs ?? atMs,
        settled: 'returned',
      }
    case 'refundRefused':
      return {
        ...attempt,
        refund: { merchantRefundId: fact.data.merchantRefundId, state: 'refused' },
        readSinceRefusal: false,
      }
    case 'handoverIntended':
      if (!attempt.payment) throw new IllegalFact(fact, 'goods need money (I1)')
      if (attempt.cancel !== 'none' || attempt.refund)
        throw new IllegalFact(fact, 'the money is going back (I7)')
      return { ...attempt, handover: 'intended' }
    case 'handedOver':
      return { ...attempt, handover: 'done' }
    case 'handoverFailed':
      return { ...attempt, handover: 'failed' }
    default:
      return fact satisfies never
  }
}

function withRead(before: Attempt, read: PaymentRead, atMs: number): Attempt {
  const attempt: Attempt = {
    ...before,
    lastRead: { read, atMs },
    readSinceStop: before.stop !== null,
    readSinceUnanswered: before.create === 'unanswered',
    readSinceCancel: before.cancelSettledAtMs !== null,
    readSinceRefusal: before.refund?.state === 'refused',
    staysUnpaid:
      read.kind === 'unpaid' &&
      before.deleteConfirmedAtMs !== null &&
      atMs >= before.deleteConfirmedAtMs + STALE_READ_MS,
  }
  switch (read.kind) {
    case 'completed':
      return {
        ...attempt,
        payment: attempt.payment ?? { paymentId: read.paymentId, acceptedAtS: read.acceptedAtS, atMs },
        deadAtMs: null,
        settled: null,
      }
    case 'refunded':
      return { ...attempt, deadAtMs: attempt.deadAtMs ?? atMs, settled: 'returned' }
    case 'failed':
      if (isReversed(attempt, read, atMs))
        return { ...attempt, deadAtMs: attempt.deadAtMs ?? atMs, settled: 'returned' }
      // Before there was money, FAILED is a proof only once no code can be paid; after it, it may be an old decline.
      if (attempt.payment) return attempt
      return provenAbsent(attempt, atMs)
    case 'notFound':
      return attempt.payment ? attempt : provenAbsent(attempt, atMs)
    case 'unpaid':
      return attempt.cancel === 'accepted' && attempt.code === null ? provenAbsent(attempt, atMs) : attempt
    default:
      return read satisfies never
  }
}

/**
 * FAILED that means "it was paid and went back": PayPay says when it had been accepted, or the read is too late after the cancel
 * to show a decline from before the payment.
 */
function isReversed(attempt: Attempt, read: PaymentRead & { kind: 'failed' }, atMs: number): boolean {
  if ((read.acceptedAtS ?? null) !== null) return true
  const { payment, cancelSettledAtMs } = attempt
  return payment !== null && cancelSettledAtMs !== null && atMs >= cancelSettledAtMs + STALE_READ_MS
}

/** Whether a read has changed anything of an attempt but the time of its last read: only then is it worth a fact. */
export function tellsMore(before: CheckoutState, after: CheckoutState, merchantPaymentId: string): boolean {
  const find = (state: CheckoutState): Attempt | undefined =>
    state.attempts.find(attempt => attempt.merchantPaymentId === merchantPaymentId)
  const old = find(before)
  const next = find(after)
  if (!old || !next) return true
  if (old.lastRead?.read.kind !== next.lastRead?.read.kind) return true
  return (Object.keys(next) as (keyof Attempt)[]).some(
    field => field !== 'lastRead' && next[field] !== old[field],
  )
}

/** PayPay says that there is no payment. Whether that proves anything depends on whether one could still come. */
function provenAbsent(attempt: Attempt, atMs: number): Attempt {
  const codeGone = attempt.deleteConfirmedAtMs !== null
  // A code that nobody has ever seen cannot be paid, once a cancel is parked at PayPay or was found to have no object.
  const neverShown = attempt.code === null && (attempt.cancel === 'accepted' || attempt.cancel === 'refused')
  if (!codeGone && !neverShown) return attempt
  if (attempt.deadAtMs === null) return { ...attempt, deadAtMs: atMs }
  if (!attempt.isSealed && atMs < attempt.deadAtMs + SEAL_MOST_MS) return attempt
  return atMs >= secondLookAtMs(attempt) ? { ...attempt, settled: 'neverPayable' } : attempt
}

/** When a dead attempt is looked at once more. Only for attempts with `deadAtMs`. */
export function secondLookAtMs(attempt: Attempt): number {
  // What was paid before the seal shows in a read that is older than the seal by no more than a read can be.
  const lastWordAtMs = Math.max(attempt.deadAtMs ?? attempt.intendedAtMs, attempt.cancelSettledAtMs ?? 0)
  const staleOverMs = lastWordAtMs + STALE_READ_MS
  return attempt.code === null ? Math.max(staleOverMs, attempt.intendedAtMs + LATE_CREATE_MS) : staleOverMs
}

function newAttempt(fact: Extract<CheckoutFact, { type: 'createIntended' }>): Attempt {
  return {
    merchantPaymentId: fact.data.merchantPaymentId,
    number: fact.data.attempt,
    amountYen: fact.data.amountYen,
    intendedAtMs: fact.atMs,
    create: 'pending',
    code: null,
    stop: null,
    lastRead: null,
    readSinceStop: false,
    readSinceUnanswered: false,
    readSinceCancel: false,
    readSinceRefusal: false,
    staysUnpaid: false,
    deleteConfirmedAtMs: null,
    deleteIntended: false,
    cancel: 'none',
    cancelSettledAtMs: null,
    isSealed: false,
    payment: null,
    refund: null,
    handover: 'none',
    deadAtMs: null,
    settled: null,
  }
}
