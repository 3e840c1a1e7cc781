import type { LocalText } from './checkout.ts'
import type { DeskFileName } from './deskFile.ts'
import type { TaxRatePercent, Yen } from './money.ts'
import type { DayComparison } from './reconciliation.ts'

/**
 * One JST day of the till. A sale belongs to the day on which PayPay says that it was paid, a return to the day on which the money
 * went back, so a refund of a later day changes nothing here. Days are `2026-11-24`; times are epoch ms.
 */
export type DayTotals = {
  /** Paid and kept: handed over, or given back later by a person. */
  readonly sales: CountYen
  /** By people, on this day, of whatever day the sale was. `cancels` and `refunds` are its parts. */
  readonly givenBack: CountYen
  readonly cancels: CountYen
  readonly refunds: CountYen
  /** Paid too late, and sent back by the till itself; in none of the sums. */
  readonly wentBackByItself: CountYen
  /** Sales less what people gave back; below 0 where more of earlier days was given back. */
  readonly netYen: number
}

export type CountYen = { readonly count: number; readonly yen: Yen }

export type DayFigures = DayTotals & {
  readonly day: string
  /** 24 of them, from 0:00. */
  readonly byHour: readonly HourFigures[]
  /** Best-selling first. */
  readonly byProduct: readonly ProductFigures[]
  /** Given back as an amount, which belongs to no product. */
  readonly amountsBackYen: Yen
  readonly byLane: readonly LaneFigures[]
  readonly byRate: readonly RateFigures[]
  /** Money of this day about which something is still to come. */
  readonly open: readonly OpenMoney[]
}

export type HourFigures = {
  readonly hour: number
  readonly sales: number
  readonly salesYen: Yen
  readonly backYen: Yen
}

export type ProductFigures = {
  /** Null: a keyed amount. */
  readonly productId: string | null
  readonly names: LocalText
  readonly taxRatePercent: TaxRatePercent
  readonly quantity: number
  readonly yen: Yen
  readonly backQuantity: number
  readonly backYen: Yen
}

export type LaneFigures = {
  readonly lane: string
  readonly sales: number
  readonly salesYen: Yen
  readonly backYen: Yen
}

/** With tax, and the tax inside, as the receipts and return receipts of the day have them. */
export type RateFigures = {
  readonly ratePercent: TaxRatePercent
  readonly salesYen: Yen
  readonly salesTaxYen: Yen
  readonly backYen: Yen
  readonly backTaxYen: Yen
}

export type OpenMoney = {
  readonly checkoutId: string
  readonly claimNumber: string
  readonly lane: string
  readonly yen: Yen
  /**
   * case: a person has to look. returning: on its way back. underWay: being paid, or PayPay is being asked. keptUnsold: a manager has
   * closed the case of a payment that PayPay keeps and that is no sale.
   */
  readonly kind: 'case' | 'returning' | 'underWay' | 'keptUnsold'
}

/** One day, as it is now. */
export type DayView = {
  readonly figures: DayFigures
  /** False: today, up to now. */
  readonly isOver: boolean
  /** Oldest first. */
  readonly closes: readonly DayClose[]
  /** How the totals differ from those of the last close; null: they do not, or there was none. */
  readonly sinceClose: DayChange | null
  /** Oldest first. */
  readonly comparisons: readonly ComparisonSummary[]
}

export type DayClose = {
  readonly closedAtMs: number
  /** A name. */
  readonly by: string
  readonly note: string
  /** False: closed before midnight, so that it counts until `closedAtMs`. */
  readonly wasOver: boolean
  readonly totals: DayTotals
}

/** Now less then; below 0 where it has become less. */
export type DayChange = {
  readonly sales: number
  readonly salesYen: number
  readonly givenBack: number
  readonly givenBackYen: number
  readonly wentBackByItself: number
  readonly wentBackByItselfYen: number
  readonly netYen: number
}

export type ListedDay = {
  readonly day: string
  readonly sales: CountYen
  readonly givenBack: CountYen
  readonly netYen: number
  /** The last close; null: not closed. */
  readonly close: { readonly closedAtMs: number; readonly by: string; readonly netYen: number } | null
}

export type DayList = {
  readonly days: readonly ListedDay[]
  /** Give it back as `before` for the days before these; null: these were the last. */
  readonly next: string | null
}

/** What is kept of a finished comparison. */
export type ComparisonSummary = {
  readonly atMs: number
  readonly by: string
  /** Null: PayPay's API alone. */
  readonly fileName: string | null
  readonly matched: { readonly count: number; readonly yen: number }
  readonly unchecked: number
  readonly onlyOurs: number
  readonly onlyTheirs: number
  readonly differentAmount: number
  readonly differentState: number
  readonly elsewhere: number
}

/** The last comparison of a day since the till was started. */
export type Comparison = {
  readonly day: string
  readonly fileName: string | null
  readonly startedAtMs: number
} & (
  | { readonly state: 'running'; readonly done: number; readonly of: number }
  | { readonly state: 'finished'; readonly finishedAtMs: number; readonly result: DayComparison }
  /** `reference`: where the log tells why. */
  | { readonly state: 'failed'; readonly reference: string }
)

/** A file for the person to keep. */
export type DayFile = {
  readonly name: DeskFileName
  readonly base64: string
  /** Characters that the encoding lacks, written as 〓. */
  readonly replaced: number
}
