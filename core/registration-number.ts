/**
 * The number of a qualified invoice issuer: `T` and 13 digits, for a company its corporate number. The first digit is a check
 * digit: 9 less the remainder by 9 of the sum over the other twelve, from the right, times 1 and 2 in turn (ordinance of the
 * Ministry of Finance no. 70 of 2014, art. 2). The numbers of sole proprietors are not documented to follow it; those
 * that were seen do.
 */

/** What is wrong with a registration number, in words; null: nothing. That it is registered only the tax office's site can say. */
export function registrationNumberFault(written: string): string | null {
  const digits = /^T(\d{13})$/.exec(written)?.[1]
  if (digits === undefined)
    return `expected T and 13 digits, all half-width and without hyphens, not "${written}"`
  const checkDigit = checkDigitOf(digits.slice(1))
  if (Number(digits[0]) === checkDigit) return null
  return `a digit of ${written} is wrong: after the T there would have to be ${checkDigit}; compare it with the notice of the tax office`
}

/** The check digit, 1 to 9, in front of twelve digits. */
export function checkDigitOf(base: string): number {
  const sum = [...base].toReversed().reduce((so, digit, index) => so + Number(digit) * (1 + (index % 2)), 0)
  return 9 - (sum % 9)
}
