/** Money is whole yen. A plain number is not money until `yen` has looked at it. */

declare const brand: unique symbol

/** An integer amount of Japanese yen; never a fraction, never NaN. */
export type Yen = number & { readonly [brand]: 'JPY' }

/** PayPay's `amount` is an integer of at most 11 digits (OPA, MoneyAmount). */
export const PAYPAY_MAX_YEN = 99_999_999_999 as Yen

/** True for a whole number of yen from 0 to PayPay's 11 digits. */
export function isYen(value: unknown): value is Yen {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= PAYPAY_MAX_YEN
}

/** Turns a number into Yen. Throws RangeError for a fraction, a negative or anything above 11 digits: that is a bug. */
export function yen(value: number): Yen {
  if (!isYen(value))
    throw new RangeError(`not an amount in yen: ${value} (a whole number from 0 to ${PAYPAY_MAX_YEN})`)
  return value
}

/** The sum, checked again: a total can leave the range that its parts are in. */
export function sumYen(amounts: readonly Yen[]): Yen {
  return yen(amounts.reduce((total, amount) => total + amount, 0))
}

/**
 * The consumption tax inside a price that includes it, rounded down once for each rate, as a qualified invoice asks.
 * `taxInside(1020, 8)` is 75.
 */
export function taxInside(totalYen: Yen, ratePercent: TaxRatePercent): Yen {
  return yen(Math.floor((totalYen * ratePercent) / (100 + ratePercent)))
}

/** Japan's two rates of consumption tax: 8 (food and drink to take away) and 10. */
export type TaxRatePercent = 8 | 10
