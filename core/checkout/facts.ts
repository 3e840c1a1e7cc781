import type { CheckoutLine, Locale, PaypayMode, ProblemMoney, TaxLine } from '../../shared/checkout.ts'
import type { MoneyBackReason } from '../../shared/desk.ts'
import type { Yen } from '../../shared/money.ts'
import type { Evidence, PaymentRead } from '../paypay/client.ts'

/**
 * Everything that can be true of a checkout, as it is written down. A fact is never edited; what a checkout is now is the
 * fold of its facts (payment.ts). An `…Intended` fact is durable before the first byte of its effect leaves.
 */
export type FactData = {
  checkoutStarted: {
    readonly lane: string
    readonly mode: PaypayMode
    /** `2026-11-24`, JST. */
    readonly businessDay: string
    /** 1 to 999; shown with three digits. */
    readonly claimNumber: number
    readonly locale: Locale
    readonly lines: readonly CheckoutLine[]
    readonly totalYen: Yen
    readonly taxes: readonly TaxLine[]
    readonly shopRevision: string
  }
  createIntended: OfAttempt & { readonly attempt: number; readonly amountYen: Yen }
  codeCreated: OfAttempt & {
    readonly codeId: string
    readonly url: string
    readonly expiresAtS: number
  } & Proof
  /** PayPay definitely made no code. */
  createRefused: OfAttempt & { readonly says: string } & Proof
  /** No answer, or none that can be trusted: PayPay may or may not have made a code. */
  createUnanswered: OfAttempt & { readonly evidence: Evidence | null }
  stopIntended: OfAttempt & { readonly reason: StopReason }
  paymentRead: OfAttempt & { readonly read: PaymentRead } & Proof
  deleteIntended: OfAttempt & { readonly codeId: string }
  codeDeleted: OfAttempt & { readonly how: 'deleted' | 'alreadyGone' | 'alreadyPaid' } & Proof
  cancelIntended: OfAttempt
  cancelAccepted: OfAttempt & Proof
  /** `aboutPayment`: because of what the payment is, so that sending it again is of no use. */
  cancelRefused: OfAttempt & { readonly says: string; readonly aboutPayment: boolean } & Proof
  refundIntended: OfAttempt & {
    readonly merchantRefundId: string
    readonly paymentId: string
    readonly amountYen: Yen
    readonly reason: string
  }
  refundTaken: OfAttempt & { readonly merchantRefundId: string } & Proof
  refundRefused: OfAttempt & { readonly merchantRefundId: string; readonly says: string } & Proof
  handoverIntended: OfAttempt
  /** `by`: a person handed them over, where the machine could not. */
  handedOver: OfAttempt & { readonly by?: string }
  handoverFailed: OfAttempt & { readonly says: string }
  /** The lane is free; a payment that comes now goes back. */
  customerLeft: { readonly reason: LeaveReason }
  staffCalled: { readonly lane: string }
  /** A paper went out: the sale's (`sale`), or that of money that went back, by its merchantRefundId. `by` null: the customer's own. */
  receiptIssued: { readonly of: string; readonly by: string | null }
  /** `why`: a `CaseReason`; older ledgers have a sentence (caseReason.ts). */
  caseOpened: { readonly why: string; readonly money: ProblemMoney }
  /** A manager has decided that nothing more is tried. */
  caseClosed: { readonly by: string; readonly reason: string }
  outcomeReached: { readonly outcome: Outcome }
  /** A person's decision to give money back (moneyBack.ts); people are named by their userId. */
  moneyBackDecided: OfDecision &
    OfAttempt & {
      /** The screen's name for the decision: the same again is the same decision. */
      readonly decisionId: string
      readonly amountYen: Yen
      readonly lines: readonly { readonly line: number; readonly quantity: number }[] | null
      readonly reason: MoneyBackReason
      readonly note: string
      readonly by: string
      readonly approvedBy: string | null
    }
  moneyBackIntended: OfDecision & { readonly way: 'cancel' | 'refund' }
  /** PayPay has accepted the cancel; whether the money went is asked. */
  moneyBackTaken: OfDecision & Proof
  /** PayPay has refused this way; what became of the payment is asked before another is tried, or a person told. */
  moneyBackTurnedDown: OfDecision & { readonly says: string } & Proof
  /** PayPay says that the money went back. */
  moneyBackDone: OfDecision & Proof
  /** PayPay has not given it back, and will not. */
  moneyBackRefused: OfDecision & { readonly says: string } & Proof
}

export type FactType = keyof FactData

/** One fact as the rules see it. */
export type CheckoutFact = {
  [T in FactType]: { readonly type: T; readonly atMs: number; readonly data: FactData[T] }
}[FactType]

/** How a checkout can end. Anything else is open, or a case in front of a person. */
export type Outcome = 'delivered' | 'returned' | 'neverPayable'

export type StopReason =
  /** The customer pressed cancel. */
  | 'customer'
  /** PayPay's code ran out. */
  | 'expired'
  /** It did not go through in the app. */
  | 'declined'
  /** PayPay does not know the code any more. */
  | 'gone'
  /** The customer left the lane, or their screen went away. */
  | 'left'

export type LeaveReason =
  /** They pressed done, or "leave it to us". */
  | 'customer'
  /** Nobody touched the screen. */
  | 'idle'
  /** The screen has been gone for too long. */
  | 'screenGone'

type OfAttempt = { readonly merchantPaymentId: string }
type OfDecision = { readonly merchantRefundId: string }
type Proof = { readonly evidence: Evidence }

/** A fact that an invariant forbids where it would stand: a bug, stopped before it reaches PayPay. */
export class IllegalFact extends Error {
  constructor(fact: CheckoutFact, because: string) {
    super(`${fact.type} may not follow: ${because}`)
    this.name = 'IllegalFact'
  }
}
