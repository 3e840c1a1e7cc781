import type { Yen } from './money.ts'

/** PayPay's two files: of payments that are taken at once (Kaikei's), and of those that are authorised first. */
export type FileForm = 'instant' | 'preauth'

/**
 * Why a file cannot be compared, as data for one sentence. Lines count from 1, the header being line 1; days are JST
 * (`2026-11-24`). The union is closed.
 */
export type FileFault =
  | { readonly kind: 'tooLarge'; readonly bytes: number; readonly maxBytes: number }
  /** Not `transaction_<merchant_id>_<from>_<to>_v2.csv`, or with `preauth_` before it. Only the name says which day is whole. */
  | { readonly kind: 'unknownName'; readonly name: string }
  | { readonly kind: 'empty' }
  /** Neither Shift_JIS nor UTF-8. `workbook`: a spreadsheet program's own format under the name of a CSV. */
  | { readonly kind: 'unreadable'; readonly looksLike: 'utf16' | 'workbook' | 'other' }
  /** The file ends, or a line does, before it should: load it down again. */
  | {
      readonly kind: 'cutOff'
      readonly line: number
      readonly why: 'brokenCharacter' | 'openQuote' | 'tooFewColumns' | 'noLineEnd'
    }
  | {
      readonly kind: 'tooManyColumns'
      readonly line: number
      readonly found: number
      readonly expected: number
    }
  | { readonly kind: 'columnMissing'; readonly columns: readonly string[] }
  /** The content has another form than the name says, or the file another than was asked for. */
  | {
      readonly kind: 'otherForm'
      readonly found: FileForm
      readonly expected: FileForm
      readonly by: 'name' | 'asked'
    }
  /** A spreadsheet program has rounded the ids (`2.85739E+19`); only the original file helps. */
  | { readonly kind: 'mangledIds'; readonly line: number; readonly column: string; readonly text: string }
  /** `line` is null where the file's name says it. */
  | {
      readonly kind: 'otherMerchant'
      readonly found: string
      readonly expected: string
      readonly line: number | null
    }
  | {
      readonly kind: 'otherDay'
      readonly expectedDay: string
      readonly fromDay: string
      readonly toDay: string
    }
  /** A row's time is not within the days of the file's name. */
  | {
      readonly kind: 'rowOfOtherDay'
      readonly line: number
      readonly text: string
      readonly fromDay: string
      readonly toDay: string
    }
  /** Not a whole number of yen, or a payment below 0. */
  | { readonly kind: 'badAmount'; readonly line: number; readonly text: string }
  | { readonly kind: 'badTime'; readonly line: number; readonly text: string }
  | { readonly kind: 'unknownStatus'; readonly line: number; readonly text: string }
  | { readonly kind: 'idMissing'; readonly line: number; readonly column: string }
  /** One payment is in the file twice: two files were put together, say. */
  | {
      readonly kind: 'paymentTwice'
      readonly line: number
      readonly firstLine: number
      readonly paymentId: string
    }

export type FileFaultKind = FileFault['kind']

/**
 * Money of one JST day. A payment whose cancel is confirmed is neither a sale nor given back: to PayPay it has failed.
 */
export type DaySums = {
  readonly salesYen: number
  readonly givenBackYen: number
  /** salesYen - givenBackYen; below 0 where more of earlier days was given back. */
  readonly netYen: number
}

/** What a person does next about a difference. */
export type NextStep =
  /** Shortly before midnight, or given back and not listed yet: it can be in a later day's file. */
  | 'waitForPaypay'
  /** Shortly after midnight: it can be in the file, or among our payments, of the day before. */
  | 'compareDayBefore'
  /** Nothing but the file says so: ask PayPay's API again. */
  | 'askAgain'
  /** The till can still settle it, or has to be told. */
  | 'openCheckout'
  /** A payment of an earlier day, say: look it up by its ids. */
  | 'findCheckout'
  /** PayPay has money that it should not have: give it back there. */
  | 'refundAtPaypay'
  /** The row names no terminal; another till of the same merchant may have sold it. */
  | 'otherTill'
  /** PayPay contradicts the till, or itself; only its support can tell. */
  | 'callPaypay'

/** One payment about which two sides disagree. Ids are null where the side that knows them says nothing. */
export type Difference = {
  readonly checkoutId: string | null
  readonly claimNumber: string | null
  readonly lane: string | null
  readonly merchantPaymentId: string | null
  readonly paymentId: string | null
  readonly merchantRefundIds: readonly string[]
  readonly storeId: string | null
  readonly terminalId: string | null
  /** Of the payment, or of the first row about it; epoch ms. Null where only PayPay's API knows of it. */
  readonly atMs: number | null
  /** Null: the till knows of no payment. `backYen` is what PayPay has confirmed to the till. */
  readonly ours: { readonly paidYen: Yen; readonly backYen: Yen } | null
  /** Null: PayPay knows of no payment. `paidYen` is null where it says nothing of the payment itself. */
  readonly paypay: { readonly paidYen: Yen | null; readonly backYen: Yen; readonly by: 'api' | 'file' } | null
  readonly next: NextStep
}

/** One JST day of the till, compared with what PayPay's API says now and with PayPay's file of that day. */
export type DayComparison = {
  readonly day: string
  /** Payments about which everybody who was asked agrees. `yen`: those of them that were paid on the day. */
  readonly matched: { readonly count: number; readonly yen: number }
  /** Neither the file nor the API has said anything about these yet. */
  readonly unchecked: { readonly count: number; readonly yen: number }
  readonly onlyOurs: readonly Difference[]
  readonly onlyTheirs: readonly Difference[]
  /** The payments differ, or what was given back of them. */
  readonly differentAmount: readonly Difference[]
  /** One side has given money back, and the other not. */
  readonly differentState: readonly Difference[]
  /** The same merchant's payments at other stores and terminals; no difference. */
  readonly elsewhere: DaySums & { readonly count: number }
  readonly sums: {
    readonly ours: DaySums
    /** Null where the API was not asked. Of `of` payments `answered` are in it. */
    readonly api: (DaySums & { readonly answered: number; readonly of: number }) | null
    /** Without `elsewhere`; null where there is no file yet. */
    readonly file: DaySums | null
  }
}
