import { registrationFault } from '../shared/registrationNumber.ts'

/** What is wrong with a registration number, in words; null: nothing. */
export function registrationNumberFault(written: string): string | null {
  const fault = registrationFault(written)
  if (fault === null) return null
  return fault.kind === 'form'
    ? `expected T and 13 digits, all half-width and without hyphens, not "${written}"`
    : `a digit of ${written} is wrong: after the T there would have to be ${fault.expected}; compare it with the notice of the tax office`
}
