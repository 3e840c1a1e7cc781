/**
 * The number of a qualified invoice issuer: `T` and 13 digits, for a company its corporate number. The first digit is a check
 * digit: 9 less the remainder by 9 of the sum over the other twelve, from the right, times 1 and 2 in turn (ordinance of the
 * Ministry of Finance no. 70 of 2014, art. 2). The numbers of sole proprietors are not documented to follow it; those
 * that were seen do.
 */

/** What is wrong with a registration number; null: nothing. That it is registered only the tax office's site can say. */
export type RegistrationFault =
  | { readonly kind: 'form' }
  /** `expected` would have to stand after the T. */
  | { readonly kind: 'checkDigit'; readonly expected: number }

export function registrationFault(written: string): RegistrationFault | null {
  const digits = /^T(\d{13})$/.exec(written)?.[1]
  if (digits === undefined) return { kind: 'form' }
  const expected = checkDigitOf(digits.slice(1))
  return Number(digits[0]) === expected ? null : { kind: 'checkDigit', expected }
}

/** The check digit, 1 to 9, in front of twelve digits. */
export function checkDigitOf(base: string): number {
  const sum = [...base].toReversed().reduce((so, digit, index) => so + Number(digit) * (1 + (index % 2)), 0)
  return 9 - (sum % 9)
}
