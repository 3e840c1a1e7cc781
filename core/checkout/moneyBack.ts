import type { ProblemMoney } from '../../shared/checkout.ts'
import type { MoneyBackReason } from '../../shared/desk.ts'
import { type Yen, yen } from '../../shared/money.ts'
import { CASE_AFTER_MS, STALE_READ_MS } from './delays.ts'
import { type CheckoutFact, type FactData, IllegalFact } from './facts.ts'
import type { Attempt, CheckoutState } from './payment.ts'
import { cancelUntilMs } from './window.ts'

/**
 * A person's decision to give money back for goods that were handed over (or could not be), from its fact to PayPay's word that
 * the money went. What the engine gives back by itself, because a payment came too late, is in payment.ts.
 */
export type MoneyBack = {
  readonly merchantRefundId: string
  readonly merchantPaymentId: string
  readonly amountYen: Yen
  /** What was given back, by the checkout's lines; null: an amount. */
  readonly lines: readonly { readonly line: number; readonly quantity: number }[] | null
  readonly decisionId: string
  readonly reason: MoneyBackReason
  readonly note: string
  readonly by: string
  readonly approvedBy: string | null
  readonly decidedAtMs: number
  /** Null: nothing was sent yet. */
  readonly way: MoneyBackWay | null
  /** A cancel has left, whatever is tried now. */
  readonly cancelSent: boolean
  /** `closed`: a manager has decided that nothing more is tried, and PayPay had not said that it went. */
  readonly state: 'decided' | 'sent' | 'taken' | 'turnedDown' | 'done' | 'refused' | 'closed'
  readonly stateAtMs: number
  /** PayPay's code of the last refusal. */
  readonly code: string | null
}

export type MoneyBackWay = 'cancel' | 'refund'

export type MoneyBackFact = Extract<CheckoutFact, { type: `moneyBack${string}` }>

export function isMoneyBack(fact: CheckoutFact): fact is MoneyBackFact {
  return fact.type.startsWith('moneyBack')
}

export function isOpen(back: MoneyBack): boolean {
  return back.state !== 'done' && back.state !== 'refused' && back.state !== 'closed'
}

/**
 * Whether all that is left to do is to read: PayPay has accepted the cancel, or refused the refund and is asked about it once more.
 * Anything else may still be sent, and whoever closed its case would not know what goes back.
 */
export function isOnlyRead({ state, way }: MoneyBack): boolean {
  return state === 'taken' || (state === 'turnedDown' && way === 'refund')
}

/** A manager may close its case: nothing is sent any more, and PayPay has had ten minutes to show it. */
export function mayBeClosed(back: MoneyBack, nowMs: number): boolean {
  return !isOpen(back) || (isOnlyRead(back) && nowMs >= back.stateAtMs + CASE_AFTER_MS)
}

/** What is under way ends with its case. Money that PayPay may have counts as given back for ever. */
export function closeMoneyBacks(state: CheckoutState, fact: CheckoutFact): readonly MoneyBack[] {
  return state.moneyBacks.map(back => {
    if (!isOpen(back)) return back
    if (!isOnlyRead(back)) throw new IllegalFact(fact, `${back.merchantRefundId} may still be sent (I9)`)
    return { ...back, state: 'closed', stateAtMs: fact.atMs }
  })
}

/** Back, or on its way. */
export function givenBackYen(state: CheckoutState, merchantPaymentId: string): Yen {
  return sumOf(
    state.moneyBacks.filter(back => back.merchantPaymentId === merchantPaymentId && back.state !== 'refused'),
  )
}

/** Back, by PayPay's word. */
export function doneYen(state: CheckoutState, merchantPaymentId: string): Yen {
  return sumOf(
    state.moneyBacks.filter(back => back.merchantPaymentId === merchantPaymentId && back.state === 'done'),
  )
}

const sumOf = (backs: readonly MoneyBack[]): Yen =>
  yen(backs.reduce((total, back) => total + back.amountYen, 0))

/** The payment that a person can give back: the one whose goods were handed over, or should have been. */
export function keptAttempt(state: CheckoutState): Attempt | null {
  return (
    state.attempts.find(
      attempt => attempt.payment !== null && (attempt.handover === 'done' || attempt.handover === 'failed'),
    ) ?? null
  )
}

/** Throws IllegalFact for a move that an invariant forbids (I9). */
export function applyMoneyBack(state: CheckoutState, fact: MoneyBackFact): CheckoutState {
  if (fact.type === 'moneyBackDecided')
    return { ...state, moneyBacks: [...state.moneyBacks, decided(state, fact)] }
  const { merchantRefundId } = fact.data
  const before = state.moneyBacks.find(back => back.merchantRefundId === merchantRefundId)
  if (!before) throw new IllegalFact(fact, `nobody decided ${merchantRefundId}`)
  // PayPay's word that it did go back is worth a fact, whatever a manager has decided meanwhile.
  const isLateWord = before.state === 'closed' && fact.type === 'moneyBackDone'
  if (!isOpen(before) && !isLateWord)
    throw new IllegalFact(fact, `${merchantRefundId} is ${before.state} already`)
  const after = moved(state, before, fact)
  const openCase = caseAfter(state, after)
  return {
    ...state,
    openCase: openCase && { ...openCase, sinceMs: state.openCase?.sinceMs ?? fact.atMs },
    moneyBacks: state.moneyBacks.map(back => (back === before ? after : back)),
  }
}

/** Money that PayPay will not give back is a person's to see to; money that went back is not. */
export function caseAfter<Case extends { readonly why: string; readonly money: ProblemMoney }>(
  { openCase }: { readonly openCase: Case | null },
  { state }: { readonly state: string },
): Case | typeof REFUSED_CASE | null {
  if (state === 'refused') return REFUSED_CASE
  return state === 'done' && openCase?.money === 'returning' ? null : openCase
}

export const REFUSED_CASE = { why: 'moneyBackRefused', money: 'returning' } as const

function decided(
  state: CheckoutState,
  fact: Extract<MoneyBackFact, { type: 'moneyBackDecided' }>,
): MoneyBack {
  const decision = fact.data
  const attempt = state.attempts.find(one => one.merchantPaymentId === decision.merchantPaymentId)
  if (!attempt?.payment) throw new IllegalFact(fact, 'nothing was paid (I9)')
  if (attempt !== keptAttempt(state)) throw new IllegalFact(fact, 'this payment goes back by itself (I9)')
  if (state.moneyBacks.some(isOpen)) throw new IllegalFact(fact, 'money is on its way back (I9)')
  if (state.moneyBacks.some(back => back.merchantRefundId === decision.merchantRefundId))
    throw new IllegalFact(fact, 'the id is used already (I9)')
  if (givenBackYen(state, attempt.merchantPaymentId) + decision.amountYen > attempt.amountYen)
    throw new IllegalFact(fact, 'more than was paid (I9)')
  return {
    ...decision,
    decidedAtMs: fact.atMs,
    way: null,
    cancelSent: false,
    state: 'decided',
    stateAtMs: fact.atMs,
    code: null,
  }
}

function moved(
  state: CheckoutState,
  back: MoneyBack,
  fact: Exclude<MoneyBackFact, { type: 'moneyBackDecided' }>,
): MoneyBack {
  const at = { stateAtMs: fact.atMs }
  switch (fact.type) {
    case 'moneyBackIntended': {
      const { way } = fact.data
      const attempt = state.attempts.find(one => one.merchantPaymentId === back.merchantPaymentId)
      if (way === 'cancel' && back.amountYen !== attempt?.amountYen)
        throw new IllegalFact(fact, 'a cancel gives back the whole payment (I9)')
      if (back.state !== 'decided' && !(back.way === 'cancel' && way === 'refund'))
        throw new IllegalFact(fact, `it was sent as a ${back.way} already (I9)`)
      return { ...back, ...at, way, cancelSent: back.cancelSent || way === 'cancel', state: 'sent' }
    }
    case 'moneyBackTaken':
      return { ...back, ...at, state: 'taken' }
    case 'moneyBackTurnedDown':
      return { ...back, ...at, state: 'turnedDown', code: fact.data.evidence.code }
    case 'moneyBackDone':
      return { ...back, ...at, state: 'done', code: null }
    case 'moneyBackRefused':
      return { ...back, ...at, state: 'refused' }
    default:
      return fact satisfies never
  }
}

/** How an amount would go now: a cancel for all of a payment of which nothing was given back, while PayPay takes cancels. */
export function wayNow(
  state: CheckoutState,
  attempt: Attempt,
  amountYen: number,
  paypayNowMs: number,
): MoneyBackWay {
  const isWhole = amountYen === attempt.amountYen && doneYen(state, attempt.merchantPaymentId) === 0
  return isWhole && paypayNowMs < cancelUntilMs(attempt) ? 'cancel' : 'refund'
}

/** Whether a read of the payment shows that a cancel has given the money back, and not a decline from before the payment. */
export function showsItBack(
  back: MoneyBack,
  read: Extract<CheckoutFact, { type: 'paymentRead' }>['data']['read'],
  atMs: number,
): boolean {
  if (!back.cancelSent) return false
  // A part that somebody gave back in PayPay's own tool is not this decision's money.
  if (read.kind === 'refunded') return (read.refundedYen ?? back.amountYen) >= back.amountYen
  return (
    read.kind === 'failed' && ((read.acceptedAtS ?? null) !== null || atMs >= back.stateAtMs + STALE_READ_MS)
  )
}

export type MoneyBackDecision = FactData['moneyBackDecided']
