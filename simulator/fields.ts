import { failure, type Said } from './results.ts'
import type { Switches } from './switches.ts'

/**
 * Reads a request body field by field and remembers what is wrong: absent required fields first (MISSING_REQUEST_PARAMS),
 * then ill-formed ones (INVALID_REQUEST_PARAMS). A reading method answers with a harmless value for a wrong field, so a
 * rule reads everything and then asks for `problem()` once.
 */
export type Fields = {
  /** A merchantPaymentId or merchantRefundId: letters, digits, `-`, `_`, at most 64 unless it says otherwise. */
  id(name: string, mostCharacters?: number): string
  /** Any non-empty string of at most 255 characters. */
  requiredText(name: string): string
  text(name: string): string | undefined
  oneOf(name: string, words: readonly string[]): string | undefined
  /** Epoch seconds. 13 digits are milliseconds, a mistake seen in the field. */
  epochS(name: string): number | undefined
  requiredEpochS(name: string): number
  flag(name: string): boolean
  /** Whether it is there at all, for a field of an object that can be left out. */
  has(name: string): boolean
  /** `{"amount": <whole yen, at most 11 digits>, "currency": "JPY"}`. */
  yen(name: string, leastYen: number): number
  wholeNumber(name: string, least: number): number
  list(name: string): readonly Fields[] | undefined
  /** A list of at least one of these words. */
  words(name: string, known: readonly string[]): readonly string[]
  problem(): Said | null
}

const MOST_YEN = 99_999_999_999
const MOST_TEXT = 255
const MOST_ID = 64
const FIRST_MILLISECOND_EPOCH = 100_000_000_000

export function readFields(body: unknown, switches: Switches): Fields {
  const problems: Problems = { missing: [], invalid: [] }
  if (!isRecord(body)) problems.invalid.push('the body has to be a JSON object')
  return fieldsOf(isRecord(body) ? body : {}, '', problems, switches)
}

/** The id in a path; the charset and length of §2 of the documentation. */
export function isMerchantId(id: string, mostCharacters = MOST_ID): boolean {
  return id.length <= mostCharacters && /^[A-Za-z0-9_-]+$/.test(id)
}

type Problems = { readonly missing: string[]; readonly invalid: string[] }

function fieldsOf(
  record: Readonly<Record<string, unknown>>,
  at: string,
  problems: Problems,
  switches: Switches,
): Fields {
  const absent = (name: string) => record[name] === undefined || record[name] === null
  const wrong = (name: string, expected: string) => {
    problems.invalid.push(`${at}${name} has to be ${expected}`)
  }
  const missing = (name: string) => {
    problems.missing.push(`${at}${name}`)
  }

  const fields: Fields = {
    id(name, mostCharacters = MOST_ID) {
      const value = record[name]
      if (absent(name)) missing(name)
      else if (typeof value === 'string' && isMerchantId(value, mostCharacters)) return value
      else wrong(name, `1 to ${mostCharacters} letters, digits, hyphens or underscores`)
      return ''
    },
    requiredText(name) {
      if (absent(name)) missing(name)
      const value = fields.text(name)
      if (value === '') wrong(name, 'not empty')
      return value ?? ''
    },
    text(name) {
      const value = record[name]
      if (absent(name)) return undefined
      if (typeof value !== 'string') wrong(name, 'a string')
      else if ([...value].length > MOST_TEXT) wrong(name, `at most ${MOST_TEXT} characters`)
      else if (switches.emojiInText === 'refused' && /[\u{10000}-\u{10FFFF}]/u.test(value))
        wrong(name, 'free of emoji')
      else return value
      return undefined
    },
    oneOf(name, words) {
      const value = record[name]
      if (absent(name)) return undefined
      if (typeof value === 'string' && words.includes(value)) return value
      wrong(name, `one of ${words.join(', ')}`)
      return undefined
    },
    epochS(name) {
      const value = record[name]
      if (absent(name)) return undefined
      if (isWhole(value, 0) && value < FIRST_MILLISECOND_EPOCH) return value
      wrong(name, 'in epoch seconds')
      return undefined
    },
    requiredEpochS(name) {
      if (absent(name)) missing(name)
      return fields.epochS(name) ?? 0
    },
    has: name => !absent(name),
    flag(name) {
      const value = record[name]
      if (absent(name)) return false
      if (typeof value !== 'boolean') wrong(name, 'true or false')
      return value === true
    },
    yen(name, leastYen) {
      const value = record[name]
      if (absent(name)) missing(name)
      else if (!isRecord(value)) wrong(name, 'an object with amount and currency')
      else {
        const money = fieldsOf(value, `${at}${name}.`, problems, switches)
        money.requiredText('currency')
        if (typeof value.currency === 'string' && value.currency !== 'JPY') wrong(`${name}.currency`, 'JPY')
        const amountYen = money.wholeNumber('amount', leastYen)
        if (amountYen > MOST_YEN) wrong(`${name}.amount`, 'at most 11 digits')
        return amountYen
      }
      return 0
    },
    wholeNumber(name, least) {
      const value = record[name]
      if (absent(name)) missing(name)
      else if (isWhole(value, least)) return value
      else wrong(name, `a whole number from ${least}`)
      return least
    },
    list(name) {
      const value = record[name]
      if (absent(name)) return undefined
      if (!Array.isArray(value)) {
        wrong(name, 'a list')
        return undefined
      }
      return value.map((item: unknown, index) => {
        if (!isRecord(item)) wrong(`${name}[${index}]`, 'an object')
        return fieldsOf(isRecord(item) ? item : {}, `${at}${name}[${index}].`, problems, switches)
      })
    },
    words(name, known) {
      const value = record[name]
      if (absent(name)) missing(name)
      else if (Array.isArray(value) && value.length > 0 && value.every(one => known.includes(String(one))))
        return value.map(String)
      else wrong(name, `a list of at least one of ${known.join(', ')}`)
      return []
    },
    problem() {
      if (problems.missing.length > 0) return failure('MISSING_REQUEST_PARAMS', problems.missing.join(', '))
      if (problems.invalid.length > 0) return failure('INVALID_REQUEST_PARAMS', problems.invalid.join('; '))
      return null
    },
  }
  return fields
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isWhole(value: unknown, least: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least
}
