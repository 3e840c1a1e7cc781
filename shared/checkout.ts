import type { TaxRatePercent, Yen } from './money.ts'
import type { Weekday } from './weekday.ts'

/** The languages a customer can choose. Japanese is always there; the others fall back to English, then Japanese. */
export const LOCALES = ['ja', 'en', 'zh', 'ko'] as const
export type Locale = (typeof LOCALES)[number]

/** A text in the shop's languages. */
export type LocalText = { readonly ja: string } & {
  readonly [locale in Exclude<Locale, 'ja'>]?: string | undefined
}

/** The text in a language, or the nearest there is. */
export function localText(text: LocalText, locale: Locale): string {
  return text[locale] ?? text.en ?? text.ja
}

export type Product = {
  readonly id: string
  readonly names: LocalText
  /** With tax. */
  readonly priceYen: Yen
  readonly taxRatePercent: TaxRatePercent
  readonly categoryId: string
  /** A path that the page can load, or null: then the name hangs as a paper strip. */
  readonly image: string | null
  /** False: sold out. Shown, quietly, and not sold. */
  readonly available: boolean
}

export type Category = { readonly id: string; readonly names: LocalText }

/** What a screen needs to know of the shop. It changes rarely; `LaneView.shopRevision` tells when to ask again. */
export type Shop = {
  readonly revision: string
  readonly names: LocalText
  /** One to five characters for the noren. */
  readonly noren: string
  readonly tagline: LocalText
  readonly till: 'menu' | 'keypad'
  /** On a keypad till: what the amount is for, as the shop calls it. */
  readonly keypadDescription: LocalText
  readonly keypadTaxRatePercent: TaxRatePercent
  /** The most that one checkout may come to. */
  readonly capYen: Yen
  /** The most of one product in one checkout. */
  readonly maxQuantity: number
  readonly categories: readonly Category[]
  readonly products: readonly Product[]
  /** The languages offered, the first being the one the screen rests in. */
  readonly locales: readonly Locale[]
  /** The roll of the printer that customers may use, in mm; null: there is none. */
  readonly receiptPaperMm: 58 | 80 | null
  /** PayPay's logo, if the operator supplied it: a path that the page can load. */
  readonly paypayLogo: string | null
}

export type CartLine = {
  readonly productId: string
  readonly quantity: number
  /** What one of it cost on the screen that the customer looked at. It prices nothing: a line that costs something else is refused. */
  readonly seenPriceYen?: number | undefined
}

/** What a customer wants: ids and counts on a menu till, an amount on a keypad till, which is its own price. */
export type Order =
  | { readonly kind: 'cart'; readonly lines: readonly CartLine[] }
  | { readonly kind: 'amount'; readonly amountYen: number }

/** One line of a checkout, priced by core at the moment it started. `productId` is null for a keyed amount. */
export type CheckoutLine = {
  readonly productId: string | null
  readonly names: LocalText
  readonly quantity: number
  readonly unitPriceYen: Yen
  readonly lineYen: Yen
  readonly taxRatePercent: TaxRatePercent
}

/** For one rate: what was bought at it, with tax, and the tax inside. */
export type TaxLine = { readonly ratePercent: TaxRatePercent; readonly totalYen: Yen; readonly taxYen: Yen }

/** A PayPay code as a screen may know it: nothing but what is drawn. */
export type ShownCode = {
  /** Drawn as the QR, exactly as PayPay gave it. */
  readonly url: string
  /** From this snapshot to PayPay's expiryDate, on PayPay's clock, in ms; never below 0. */
  readonly remainingMs: number
  /** From the code's creation to its expiryDate, in ms: the whole ring. */
  readonly lifetimeMs: number
}

/** Why a checkout has no money in it. */
export type UnpaidReason =
  /** The payment did not go through in the PayPay app. */
  | 'declined'
  /** PayPay's code ran out. */
  | 'expired'
  /** The customer pressed cancel. */
  | 'stopped'
  /** PayPay made no code, or its answer never came; nothing was ever shown. */
  | 'notCreated'
  /** PayPay no longer knows the code, before its time. */
  | 'gone'

/** Where a checkout's money is, when a person has to help. Decides the first line of the problem screen. */
export type ProblemMoney = 'paid' | 'returning' | 'unknown'

/**
 * How far a checkout is, as its customer may be told:
 * creating -> awaitingPayment <-> checking -> paid | unpaid | returning -> returned, and problem when only a person can
 * settle it. `unpaid` can be retried with a new code.
 */
export type Progress =
  | { readonly status: 'creating' }
  | { readonly status: 'awaitingPayment'; readonly code: ShownCode }
  /** Nobody knows yet; PayPay is being asked. */
  | { readonly status: 'checking' }
  | { readonly status: 'paid' }
  | { readonly status: 'unpaid'; readonly why: UnpaidReason }
  | { readonly status: 'returning' }
  | { readonly status: 'returned' }
  | { readonly status: 'problem'; readonly money: ProblemMoney }

export type CheckoutStatus = Progress['status']

/** One customer's wish to buy one basket, as its screen may know it. */
export type Checkout = {
  readonly checkoutId: string
  /** Three digits; what staff call out and search for. */
  readonly claimNumber: string
  readonly lines: readonly CheckoutLine[]
  readonly totalYen: Yen
  readonly taxes: readonly TaxLine[]
  /** 1 for the first code, one more for each retry. */
  readonly attempt: number
  /** How long the status has been what it is, at this snapshot, in ms. */
  readonly statusAgeMs: number
} & Progress

/** Why a till does not sell. */
export type ClosedReason =
  /** The first answer of PayPay is still awaited. */
  | 'starting'
  | 'paypayUnreachable'
  | 'paypayMaintenance'
  | 'paypayBusy'
  /** PayPay refuses our key, secret or merchant id. */
  | 'paypayRefused'
  /** The till's clock is too far from PayPay's. */
  | 'clockWrong'
  /** The ledger cannot be written or is not sound. */
  | 'ledgerBroken'
  /** The ledger's disk is nearly full. */
  | 'diskFull'
  /** The shop has opening hours, and this is not one of them. A checkout under way goes on. */
  | 'outsideHours'
  /** Only a screen says this: its host does not answer. */
  | 'hostAway'

/** Training: PayPay is the built-in simulator, and every screen says so. */
export type PaypayMode = 'training' | 'sandbox' | 'production'

/** Whether the till sells. `opens`: when the shop's hours begin again, where they are the reason; without it: nobody knows. */
export type Selling =
  | { readonly open: true }
  | { readonly open: false; readonly reason: ClosedReason; readonly opens?: Opens }

/** A time in Japan such as `10:00`; `weekday` null: still today. */
export type Opens = { readonly time: string; readonly weekday: Weekday | null }

/** Money that staff gave back for a checkout of the lane: a number and an amount, and nothing of whose they are. */
export type LaneReturn = {
  /** Names it among the lane's returns. */
  readonly returnId: string
  /** Three digits. */
  readonly claimNumber: string
  readonly amountYen: Yen
  /** `confirmed`: PayPay says that it went. */
  readonly state: 'onItsWay' | 'confirmed'
  /** From this snapshot until it is not said any more, in ms; above 0. */
  readonly remainingMs: number
}

/** The whole of what a lane's screen may know; pushed again, whole, whenever anything in it changes. */
export type LaneView = {
  readonly lane: string
  readonly mode: PaypayMode
  readonly selling: Selling
  /** The checkout that the lane's customer is in, until they leave it. */
  readonly checkout: Checkout | null
  readonly shopRevision: string
  /** True while a customer of this lane has called and nobody has answered; until the lane's next customer. */
  readonly staffCalled: boolean
  /** What staff gave back of late, the newest first: also for customers who have left, whom PayPay does not tell of a cancel. */
  readonly returns: readonly LaneReturn[]
}
