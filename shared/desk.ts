import type { CaseWhy, OpenCase } from './case.ts'
import type { CheckoutLine, LocalText, PaypayMode, ProblemMoney, Selling, TaxLine } from './checkout.ts'
import type { DeskFileName } from './deskFile.ts'
import type { Failure } from './failure.ts'
import type { Yen } from './money.ts'
import type { AnyReceipt } from './receipt.ts'
import type { FileFault } from './reconciliation.ts'
import type { FieldFault } from './shopDocuments.ts'

/** What the attendant's desk shows. Times are epoch ms by the till's own clock; the desk writes them in JST. */

/** attendant: looks, and gives back up to a limit. manager: everything. */
export type Role = 'attendant' | 'manager'

/** The door of the desk, before anybody is in. */
export type Door = {
  /** True: nobody has a PIN yet, and the next step is to choose the manager's. */
  readonly firstStart: boolean
  /** Until the next PIN may be tried, ms; 0: now. */
  readonly waitMs: number
  readonly shopNames: LocalText
}

/** Somebody is in. The token goes with every call; it ends after two minutes without one, and at a restart. */
export type Session = {
  readonly token: string
  readonly user: DeskUser
  readonly idleMs: number
}

export type DeskUser = { readonly userId: string; readonly name: string; readonly role: Role }

/** What the desk's bar and its tabs tell; asked again every second or two. */
export type DeskState = {
  readonly user: DeskUser
  readonly mode: PaypayMode
  readonly shopNames: LocalText
  readonly selling: Selling
  /** Lanes that a screen watches now. */
  readonly lanes: readonly string[]
  /** Lanes whose customer has called. */
  readonly staffCalledAt: readonly string[]
  readonly cases: number
  /** Checkouts without an end, and money on its way back. */
  readonly underWay: number
  readonly today: { readonly businessDay: string; readonly sales: number; readonly salesYen: Yen }
  /** What this attendant may give back at once, in yen; null: no limit. */
  readonly limitYen: Yen | null
  /** Above this a second person's PIN is asked for; null: never. */
  readonly secondPersonAboveYen: Yen | null
  /** Changes whenever anything in a list could have changed. */
  readonly revision: number
}

/** One word for how a checkout stands. */
export type CheckoutWord =
  /** Being paid, or PayPay is being asked. */
  | 'underWay'
  /** Paid, goods handed over. */
  | 'delivered'
  /** Nothing was paid, proven. */
  | 'unpaid'
  /** Money is on its way back. */
  | 'returning'
  | 'partlyReturned'
  | 'returned'
  /** A person has to look. */
  | 'case'
  /** A manager has closed the case, with a reason. */
  | 'decided'

export type DeskRow = {
  readonly checkoutId: string
  readonly claimNumber: string
  readonly lane: string
  readonly startedAtMs: number
  /** `2026-11-24`, JST. */
  readonly businessDay: string
  readonly totalYen: Yen
  readonly returnedYen: Yen
  readonly word: CheckoutWord
  /** Why a person has to look, where one has. */
  readonly openCase: OpenCase | null
}

export type DeskPage = {
  readonly rows: readonly DeskRow[]
  /** Give it back as `before` for the rows after these; null: these were the last. */
  readonly next: number | null
}

/** Why money goes back. */
export const MONEY_BACK_REASONS = ['soldOut', 'mistake', 'customer', 'quality', 'other'] as const
export type MoneyBackReason = (typeof MONEY_BACK_REASONS)[number]

/** One decision to give money back, and how far it is. */
export type MoneyBackView = {
  /** PayPay's merchantRefundId, where it goes as a refund. */
  readonly merchantRefundId: string
  /** The screen's name for the decision: whoever was not answered sees here that it was made. */
  readonly decisionId: string
  readonly merchantPaymentId: string
  readonly amountYen: Yen
  readonly reason: MoneyBackReason
  readonly note: string
  /** Names. */
  readonly by: string
  readonly approvedBy: string | null
  readonly decidedAtMs: number
  readonly way: 'cancel' | 'refund' | null
  /** waiting: PayPay has not answered yet. taken: PayPay has it. done: PayPay says that it went back. closed: a manager
   *  has closed its case, and PayPay has not said so. */
  readonly state: 'waiting' | 'taken' | 'done' | 'refused' | 'closed'
  /** PayPay's code for a refusal. */
  readonly code: string | null
  readonly doneAtMs: number | null
}

/** Why nothing (more) can be given back. */
export type NoMoneyBack =
  | 'nothingPaid'
  | 'allReturned'
  | 'underWay'
  /** A manager has closed the case of money that was on its way. */
  | 'closed'
  | 'goingBackAnyway'
  | 'decidedSince'
  | 'windowOver'
  | 'notOverYet'

/** One step of a checkout's life in the order it was written; `said` is PayPay's answer behind it. */
export type TimelineStep = {
  readonly seq: number
  readonly atMs: number
  readonly what: TimelineWhat
  readonly said: {
    readonly httpStatus: number | null
    readonly code: string | null
    readonly requestId: string | null
  } | null
}

export type TimelineWhat =
  | { readonly kind: 'started'; readonly lane: string }
  | { readonly kind: 'codeAsked'; readonly attempt: number }
  | { readonly kind: 'codeShown' }
  | { readonly kind: 'codeRefused' }
  | { readonly kind: 'codeUnanswered' }
  | { readonly kind: 'stopped'; readonly reason: 'customer' | 'expired' | 'declined' | 'gone' | 'left' }
  | { readonly kind: 'read'; readonly found: 'unpaid' | 'completed' | 'failed' | 'refunded' | 'notFound' }
  | { readonly kind: 'codeDeleted'; readonly how: 'deleted' | 'alreadyGone' | 'alreadyPaid' }
  | { readonly kind: 'cancelSent' | 'cancelTaken' | 'cancelRefused' }
  | { readonly kind: 'refundSent' | 'refundTaken' | 'refundRefused'; readonly amountYen: Yen }
  | { readonly kind: 'numberShown'; readonly claimNumber: string }
  | { readonly kind: 'handedOver'; readonly by: string | null }
  | { readonly kind: 'handoverFailed'; readonly says: string }
  | { readonly kind: 'left'; readonly reason: 'customer' | 'idle' | 'screenGone' }
  | { readonly kind: 'staffCalled' }
  /** `by` null: by the customer. */
  | { readonly kind: 'receiptPrinted'; readonly by: string | null }
  | { readonly kind: 'caseOpened'; readonly why: CaseWhy; readonly money: ProblemMoney }
  | { readonly kind: 'caseClosed'; readonly by: string; readonly reason: string }
  | {
      readonly kind: 'moneyBackDecided'
      readonly amountYen: Yen
      readonly reason: MoneyBackReason
      readonly note: string
      readonly by: string
      readonly approvedBy: string | null
    }
  | { readonly kind: 'moneyBackSent' | 'moneyBackTaken'; readonly way: 'cancel' | 'refund' }
  | { readonly kind: 'moneyBackTurnedDown'; readonly way: 'cancel' | 'refund' }
  | { readonly kind: 'moneyBackDone' | 'moneyBackRefused'; readonly amountYen: Yen }
  | { readonly kind: 'ended'; readonly outcome: 'delivered' | 'returned' | 'neverPayable' }

/** One checkout, whole. */
export type DeskCheckout = DeskRow & {
  readonly lines: readonly CheckoutLine[]
  readonly taxes: readonly TaxLine[]
  /** One PayPay code each, oldest first. */
  readonly payments: readonly {
    readonly merchantPaymentId: string
    /** PayPay's id; null: nothing was paid with this code. */
    readonly paymentId: string | null
    readonly amountYen: Yen
    readonly paidAtMs: number | null
  }[]
  readonly timeline: readonly TimelineStep[]
  readonly moneyBacks: readonly MoneyBackView[]
  /** What can still be given back, and how it would go now. */
  readonly giveBack:
    | {
        readonly possible: true
        readonly leftYen: Yen
        /** Of each line, how many have not been given back yet; null: an amount was given back that names no lines. */
        readonly leftOfLines: readonly number[] | null
        /** How the whole would go: cancel until 0:15 JST of the day after, refund later. Parts always go as refunds. */
        readonly way: 'cancel' | 'refund'
        /** PayPay takes refunds until then. */
        readonly untilMs: number
      }
    | { readonly possible: false; readonly because: NoMoneyBack }
  /** What a person may do about the case. */
  readonly caseMoves: readonly ('giveBack' | 'handOver' | 'close')[]
}

/** What shows how a checkout ended, or why nothing does yet. */
export type DeskCertificate =
  | {
      readonly given: true
      readonly outcome: 'delivered' | 'returned' | 'neverPayable'
      /** Which fact shows what, in English, as the ledger's own command says it. */
      readonly proof: readonly { readonly seq: number; readonly says: string }[]
      /** The whole of it; `npm run ledger -- verify --certificate FILE` checks such a file. */
      readonly file: { readonly name: DeskFileName; readonly json: string }
    }
  | { readonly given: false; readonly because: string }

/** A paper that can be shown or printed, by what it is of: `sale`, or a merchantRefundId. */
export type Paper = { readonly of: string; readonly receipt: AnyReceipt }

/** Every way a call of the desk can fail that its user can be told about. */
export type DeskFailure =
  | Failure
  /** No session, or one that has ended: after two idle minutes, a restart, or a customer who starts at the lane. */
  | { readonly kind: 'signedOut' }
  | { readonly kind: 'notAllowed'; readonly needs: Role }
  | { readonly kind: 'alreadySetUp' }
  | { readonly kind: 'notSetUp' }
  /** Nobody has this PIN; `waitMs` until the next try. */
  | { readonly kind: 'wrongPin'; readonly waitMs: number }
  /** Too many wrong PINs: this one was not looked at. */
  | { readonly kind: 'pinLocked'; readonly waitMs: number }
  /** What cannot become a PIN. */
  | {
      readonly kind: 'weakPin'
      readonly why: 'tooShort' | 'tooLong' | 'notDigits' | 'tooSimple'
      readonly minDigits: number
    }
  | { readonly kind: 'pinTaken' }
  | { readonly kind: 'noMoneyBack'; readonly because: NoMoneyBack }
  | { readonly kind: 'aboveWhatIsLeft'; readonly leftYen: Yen }
  /** More of a line than was bought, or than is left of it. */
  | { readonly kind: 'notSoManyOfLine'; readonly line: number; readonly left: number }
  /** Above what this person may give back. */
  | { readonly kind: 'aboveLimit'; readonly limitYen: Yen }
  | { readonly kind: 'secondPersonNeeded'; readonly aboveYen: Yen }
  /** The second PIN is the first person's own. */
  | { readonly kind: 'samePerson' }
  /** There is no such paper (yet): nothing was paid, or the money has not gone back. */
  | { readonly kind: 'noPaper' }
  /** No case is open, or this is no way to close it. */
  | { readonly kind: 'noCase' }
  /** Today is the last day that there is. */
  | { readonly kind: 'dayNotYet'; readonly day: string; readonly today: string }
  /** PayPay's file of the day cannot be compared. */
  | { readonly kind: 'faultyFile'; readonly fault: FileFault }
  /** One day at a time; that one is being compared. */
  | { readonly kind: 'comparing'; readonly day: string }
  | { readonly kind: 'unknownUser'; readonly userId: string }
  /** Somebody has to be left who may do everything. */
  | { readonly kind: 'lastManager' }
  /** Of a whole document, each field that is wrong. Nothing was changed. */
  | { readonly kind: 'badDocument'; readonly faults: readonly FieldFault[] }
  /** Somebody else changed it, here or in the file: read it again. Nothing was changed. */
  | { readonly kind: 'changedMeanwhile' }
  | { readonly kind: 'badPicture'; readonly why: 'notAPicture' | 'tooBig' | 'broken' }
  /** The disk, or the system's key store, said no. Nothing was changed. */
  | { readonly kind: 'notKept'; readonly says: string }
  /** This till has no files of its own to change, as in a simulation. */
  | { readonly kind: 'noFiles' }
  | { readonly kind: 'badKeys'; readonly says: string }
  /** Money is open, and is settled with the keys that it was paid under. */
  | { readonly kind: 'moneyOpen' }
  /** This till is ended where it was started. */
  | { readonly kind: 'noExit' }
  | { readonly kind: 'unknownScreen' }
  /** Only a host says this: not from this screen, only at the till's own machine, or from a screen that may open the desk. */
  | { readonly kind: 'notHere' }
