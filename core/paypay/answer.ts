import { backRows } from './answers/back.ts'
import { codeRows } from './answers/codes.ts'
import { everyRows } from './answers/every.ts'
import { giftRows } from './answers/gifts.ts'
import { preauthRows } from './answers/preauth.ts'
import type { Row, Rows } from './answers/row.ts'
import { userRows } from './answers/users.ts'
import type { PaypayHealth } from './calls.ts'

export type { FailureKind, Row } from './answers/row.ts'

/**
 * Every code that PayPay documents (OPA, Result codes). A new code of PayPay's is one row in `answers/` and, where a customer is
 * told of it, one sentence in renderer/text. A code that is not here is `unknown`: never success, never a refusal.
 */
export const answerTable: Rows = {
  ...everyRows,
  ...codeRows,
  ...backRows,
  ...preauthRows,
  ...userRows,
  ...giftRows,
}

/** The row of a code of PayPay's, or null. A code may be any text, `constructor` included. */
export function rowOf(code: string): Row | null {
  return Object.hasOwn(answerTable, code) ? (answerTable[code] ?? null) : null
}

/** What is said where PayPay gave no code, or one that does not settle anything. All of them are `unknown`. */
export const wordless = {
  timeout: nothing('PayPay did not answer in time. The till asks what became of the request.', 'unreachable'),
  network: nothing('PayPay cannot be reached. Check the network of the till.', 'unreachable'),
  gateway: nothing(
    'A gateway before PayPay answered with an error. The till asks what became of the request.',
    'unreachable',
  ),
  throttled: {
    ...nothing(
      'A gateway before PayPay asks for fewer requests. The till waits and tries again by itself.',
      'busy',
    ),
    kind: 'rateLimited',
    retry: 'same',
  },
  barred: nothing(
    'Something before PayPay does not let the till through. Check for a proxy or a login page in the network, and whether PayPay has to allow this shop’s internet address.',
    'unreachable',
  ),
  unreadable: nothing(
    'The answer is not PayPay’s, or only half of it: something in the network, for example a login page, may have answered instead.',
    'unreachable',
  ),
  noKeys: {
    ...nothing(
      'This till has no PayPay keys yet, so nothing was sent. A manager enters them at the desk, under settings.',
      'refused',
    ),
    kind: 'misconfigured',
  },
  incomplete: nothing(
    'PayPay’s answer lacks something that it must have, for example an id. It is not believed.',
    'fine',
  ),
  foreign: nothing(
    'The answer speaks of another id, amount or currency than ours. It is not believed.',
    'fine',
  ),
  unknownWord: nothing('PayPay gave a status that this till does not know what to do with.', 'fine'),
  unknownCode: nothing('PayPay answered with a code that is not documented. It is not believed.', 'fine'),
  contradiction: nothing(
    'PayPay’s code and its HTTP status contradict each other. It is not believed.',
    'fine',
  ),
} as const satisfies Record<string, Row>

export type Wordless = keyof typeof wordless

function nothing(says: string, health: PaypayHealth): Row {
  return { http: [], says, kind: 'unknown', retry: 'ask', health, refuses: [] }
}

/** PayPay gives two minutes; half of it is left for the clock to go on drifting. */
const CLOCK_WRONG_FROM_MS = 60_000

/**
 * PayPay says only "Unauthorized request"; its Date header tells the one cause that can be seen from here.
 * `paypayAheadMs`: PayPay's clock minus ours, or null where it could not be measured.
 */
export function explain401(paypayAheadMs: number | null): { says: string; health: PaypayHealth } {
  if (paypayAheadMs !== null && Math.abs(paypayAheadMs) >= CLOCK_WRONG_FROM_MS)
    return {
      says: `PayPay refuses the till because ${clockInWords(paypayAheadMs)} Set the clock (NTP).`,
      health: 'clockWrong',
    }
  const clock =
    paypayAheadMs === null
      ? 'Whether the clock is right could not be seen: PayPay allows less than 120 s, so check it first. Then check'
      : `The clock is not the cause: ${clockInWords(paypayAheadMs)} Check`
  return {
    says: `PayPay refuses the till. ${clock}, in this order: the API key and secret (both from the same page of the developer panel), the environment (sandbox keys do not work in production), and the merchant id.`,
    health: 'refused',
  }
}

/** `paypayAheadMs`: PayPay's clock minus ours. */
export function clockInWords(paypayAheadMs: number): string {
  const seconds = Math.round(Math.abs(paypayAheadMs) / 1000)
  return `the till’s clock is ${seconds} s ${paypayAheadMs > 0 ? 'slow' : 'fast'} against PayPay’s; PayPay allows less than 120 s.`
}
