import type { ProblemMoney } from './checkout.ts'
import type { Yen } from './money.ts'

/** Why a person has to look. The ledger holds the code; the desk has the words (`renderer/attendant/text/`). */
export const CASE_REASONS = [
  /** Paid, and the goods did not come out. */
  'notHandedOver',
  /** The engine's own refund, of a payment that came too late, was refused. */
  'refundRefused',
  /** Money that a person decided to give back was refused. */
  'moneyBackRefused',
  /** Money has been on its way back for ten minutes. */
  'notBackYet',
  /** For ten minutes PayPay has not said what became of a payment. */
  'unanswered',
] as const
export type CaseReason = (typeof CASE_REASONS)[number]

/** A code, or the sentence of a ledger from before the codes that says none of them. */
export type CaseWhy = { readonly code: CaseReason } | { readonly code: 'inWords'; readonly says: string }

/** What a person has to look at. */
export type OpenCase = {
  readonly why: CaseWhy
  readonly money: ProblemMoney
  /** Since when, epoch ms. */
  readonly sinceMs: number
  /** What it is about: a part, where a part is on its way back. */
  readonly amountYen: Yen
}
