import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDigitOf } from '../shared/registrationNumber.ts'
import { parseSettings } from './config.ts'
import { registrationNumberFault } from './registration-number.ts'

// A customer who deducts the tax needs the right number on the paper; one typed wrong is found out when the tax office looks.

it.each([
  // The National Tax Agency itself, and the example in its leaflet about the check digit.
  'T7000012050002',
  'T8700110005901',
])('takes %s', number => {
  expect(registrationNumberFault(number)).toBeNull()
})

it.each([
  '',
  'T',
  '7000012050002',
  't7000012050002',
  'T7-0000-1205-0002',
  'Ｔ７００００１２０５０００２',
  'T700001205000',
])('says of "%s" what belongs there', number => {
  expect(registrationNumberFault(number)).toMatch(
    /^expected T and 13 digits, all half-width and without hyphens/,
  )
})

const base = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 12 })

it('notices one digit typed wrong, except a 0 for a 9', () => {
  fc.assert(
    fc.property(base, fc.nat(11), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
      const number = `T${checkDigitOf(digits.join(''))}${digits.join('')}`
      expect(registrationNumberFault(number)).toBeNull()
      const typed = digits.map((digit, index) => (index === at ? (digit + by) % 10 : digit))
      const isBlind = [digits[at], typed[at]].every(digit => digit === 0 || digit === 9)
      const fault = registrationNumberFault(`${number.slice(0, 2)}${typed.join('')}`)
      if (isBlind) expect(fault).toBeNull()
      else expect(fault).toMatch(/a digit of T\d{13} is wrong: after the T there would have to be \d;/)
    }),
  )
})

describe('in settings.json', () => {
  const read = (receipt: unknown) => parseSettings(JSON.stringify({ receipt }), 'settings.json').receipt

  it('has a default for everything', () => {
    const nothing = {
      issuer: null,
      registrationNumber: null,
      address: null,
      phone: null,
      paperMm: null,
      message: null,
    }
    expect(parseSettings('{}', 'settings.json').receipt).toEqual(nothing)
  })

  it('says which field is wrong and what to do', () => {
    expect(() => read({ registrationNumber: 'T7000012050003' })).toThrow(
      'settings.json: receipt.registrationNumber: a digit of T7000012050003 is wrong: after the T there would have to be 6; compare it with the notice of the tax office',
    )
    expect(() => read({ registrationNumber: '7000012050002' })).toThrow(
      'settings.json: receipt.registrationNumber: expected T and 13 digits, all half-width and without hyphens, not "7000012050002"',
    )
    expect(() => read({ issuer: '' })).toThrow(/^settings\.json: receipt\.issuer: /)
    expect(() => read({ tel: '03' })).toThrow(/receipt: nothing here is called "tel"/)
  })
})
