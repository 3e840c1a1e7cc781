import type { Locale, LocalText, PaypayMode, TaxLine } from './checkout.ts'
import type { TaxRatePercent, Yen } from './money.ts'

/**
 * What a customer takes home: the receipt of a sale, a simplified qualified invoice (適格簡易請求書, Consumption Tax Act
 * art. 57-4 (2)), and of a refund, a qualified return invoice (適格返還請求書, art. 57-4 (3)). Plain data, priced and dated by core;
 * whoever draws it works nothing out.
 */
export type AnyReceipt = Receipt | ReturnReceipt

/** Who sold. Without a registration number it is a plain receipt (領収書) that may not look like an invoice. */
export type ReceiptIssuer = {
  /** The name that is registered with the tax office. */
  readonly name: string
  /** The shop or branch, where that is another name. */
  readonly shop: string | null
  readonly address: string | null
  readonly phone: string | null
  /** `T` and 13 digits, with a right check digit. */
  readonly registrationNumber: string | null
}

export type ReceiptLine = {
  readonly names: LocalText
  readonly quantity: number
  readonly unitPriceYen: Yen
  readonly lineYen: Yen
  readonly taxRatePercent: TaxRatePercent
  /** Sold at the reduced rate, which an invoice has to say of each such line. */
  readonly isReducedRate: boolean
}

type Paper = {
  readonly checkoutId: string
  /** Three digits; what staff call out and search for. */
  readonly claimNumber: string
  readonly issuer: ReceiptIssuer
  /** When this paper was made, in ms since 1970. */
  readonly issuedAtMs: number
  /** With tax, for each rate that occurs, and the tax inside; rounded down once for each rate. */
  readonly taxes: readonly TaxLine[]
  /** With tax: what PayPay took, or gives back. */
  readonly totalYen: Yen
  /** PayPay's id of the payment; a refund goes back the same way. */
  readonly paymentId: string
  /** Anything but production is marked loudly: no money moved. */
  readonly mode: PaypayMode
  /** How often it was printed before; above 0 the paper says that it is a copy. */
  readonly printedBefore: number
  /** The customer's. Japanese is always there; another language stands beside it. */
  readonly locale: Locale
}

export type Receipt = Paper & {
  readonly kind: 'sale'
  readonly receiptNumber: string
  /** The day of the sale in Japan, `2026-11-25`. */
  readonly saleDate: string
  readonly lines: readonly ReceiptLine[]
  /** What the shop says to its customers at the end. */
  readonly message: LocalText | null
}

export type ReturnedLine = ReceiptLine & {
  /** Which line of the sale, from 0. */
  readonly lineIndex: number
}

/**
 * `whole`: the sale, at once. `lines`: these things, whose amounts add up to the total. `amount`: an amount; `lines` then are the
 * things that it was given back for, because an invoice has to name them, and their amounts do not add up to it.
 */
export type ReturnKind = 'whole' | 'lines' | 'amount'

export type ReturnReceipt = Paper & {
  readonly kind: 'return'
  readonly returnNumber: string
  /** The receipt of the sale. */
  readonly receiptNumber: string
  /** The day of the refund in Japan, `2026-11-25`. */
  readonly returnDate: string
  readonly saleDate: string
  readonly what: ReturnKind
  readonly lines: readonly ReturnedLine[]
}

/** What somebody at the desk wants to give back. `whole` is all that is left. */
export type ReturnOrder =
  | { readonly kind: 'whole' }
  | {
      readonly kind: 'lines'
      readonly lines: readonly { readonly lineIndex: number; readonly quantity: number }[]
    }
  | { readonly kind: 'amount'; readonly amountYen: number }

/** Why it cannot be given back. */
export type ReturnRefusal =
  /** All of the sale has been given back. */
  | { readonly kind: 'nothingLeft' }
  /** Not a whole number from 1, or no lines, or a line twice. */
  | { readonly kind: 'badOrder'; readonly expected: string }
  /** More than is left of the sale, or of what was sold at this rate. */
  | { readonly kind: 'moreThanLeft'; readonly leftYen: Yen; readonly ratePercent: TaxRatePercent | null }
  | { readonly kind: 'unknownLine'; readonly lineIndex: number; readonly lines: number }
  | { readonly kind: 'moreThanBought'; readonly lineIndex: number; readonly left: number }

/** What is written into the QR of a receipt; a scanner at the desk finds the sale by it. */
export const RECEIPT_CODE_PREFIX = 'KAIKEI-R1:'
