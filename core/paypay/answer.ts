import type { PaypayHealth, RetryRule } from './calls.ts'
import type { EndpointName } from './wire.ts'

/** What one code of PayPay's means. */
export type Row = {
  /** The HTTP statuses that PayPay documents with it. Its own tables disagree about some, so judge.ts compares classes. */
  readonly http: readonly number[]
  /** For operators and logs: what it means and what to do. */
  readonly says: string
  /** PayPay's word on asking again. Where the answer ends up `unknown`, `never` becomes `ask`. */
  readonly retry: RetryRule
  readonly health: PaypayHealth
  /** The calls that are definitely not done when this comes. Anywhere else the answer is `unknown`. */
  readonly refuses: readonly EndpointName[]
  /** See AnswerRow: a cancel that is refused like this need not be sent again. */
  readonly aboutPayment?: true
  /** The least pause that PayPay documents. */
  readonly retryAfterMs?: number
}

const codes = ['createCode', 'getPayment', 'deleteCode'] as const
const orders = ['getPayment', 'cancelPayment', 'refundPayment', 'getRefund'] as const
const everyCall = [...codes, 'cancelPayment', 'refundPayment', 'getRefund'] as const
/**
 * A till that PayPay does not let in has made no code, and tells its customer so. A cancel or a refund must still happen
 * once the till is let in again, so for these two nothing is over.
 */
const callsThatCanBeGivenUp = [...codes, 'getRefund'] as const

const ourFault = 'This is a fault of this program: report it with the request id.'
const byHand = 'Give the money back by hand.'
const notOurs = 'This till never makes the call that it belongs to: report it with the request id.'

/**
 * Every code that PayPay documents (OPA, Result codes). A new code of PayPay's is one row here and, where a customer is
 * told of it, one sentence in renderer/text. A code that is not here is `unknown`: never success, never a refusal.
 */
export const answerTable: Readonly<Record<string, Row>> = {
  // Done, or taken on. judge.ts believes them only with the right status, a whole body, and our ids and amount.
  SUCCESS: open([200, 201], 'ask', 'PayPay has done what was asked.'),
  REQUEST_ACCEPTED: open([202], 'ask', 'PayPay has taken it on. Only a cancel is answered like this.'),
  USER_CONFIRMATION_REQUIRED: open([201, 202], 'ask', `PayPay waits for the customer to confirm. ${notOurs}`),

  // Any call.
  INVALID_REQUEST_PARAMS: no([400], everyCall, `PayPay did not accept a field of the request. ${ourFault}`),
  MISSING_REQUEST_PARAMS: no([400], everyCall, `A field is missing in the request. ${ourFault}`),
  INVALID_PARAMS: no(
    [400],
    everyCall,
    'PayPay did not accept a value, for example a refund above what is left of the payment. Check the amount.',
  ),
  UNAUTHORIZED: {
    ...no(
      [401],
      callsThatCanBeGivenUp,
      'PayPay refuses the till: clock, key, secret, merchant id or environment.',
    ),
    health: 'refused',
  },
  OP_OUT_OF_SCOPE: {
    ...no(
      [401],
      callsThatCanBeGivenUp,
      'The contract with PayPay does not cover this call. Ask PayPay to enable it for this merchant.',
    ),
    health: 'refused',
  },
  OPA_CLIENT_NOT_FOUND: {
    ...no(
      [404],
      callsThatCanBeGivenUp,
      'PayPay does not know this API key. Check the key and the environment it belongs to.',
    ),
    health: 'refused',
  },
  RATE_LIMIT: open(
    [429],
    'same',
    'PayPay asks for fewer requests. The till waits and tries again by itself.',
    'busy',
  ),
  SERVICE_ERROR: open(
    [500],
    'ask',
    'PayPay had an error of its own. The till asks what became of the request.',
    'unreachable',
  ),
  INTERNAL_SERVER_ERROR: open(
    [500],
    'ask',
    'PayPay had an error of its own, or was too slow. The till asks what became of the request.',
    'unreachable',
  ),
  TRANSACTION_FAILED: open(
    [500],
    'ask',
    'PayPay could not complete the transaction, for example because the customer’s balance would become too high. The till asks what became of it.',
  ),
  MAINTENANCE_MODE: maintenance(),
  SERVICE_UNDER_MAINTENANCE: maintenance(),
  RESOURCE_NOT_FOUND: ofPayment(
    [404],
    ['cancelPayment', 'refundPayment', 'getRefund'],
    'PayPay knows nothing under this id. Check that the till uses the environment that the payment was made in.',
  ),
  ORDER_NO_LONGER_AVAILABLE: ofPayment(
    [400],
    orders,
    'PayPay no longer keeps this payment. Ask PayPay support with the request id.',
  ),

  // Codes.
  DYNAMIC_QR_BAD_REQUEST: no([400], codes, `PayPay did not accept the request about a code. ${ourFault}`),
  DUPLICATE_DYNAMIC_QR_REQUEST: open(
    [400],
    'ask',
    'PayPay has seen this payment id before, so a code with it may exist. The till asks what became of it and uses a new id for a new code.',
  ),
  DYNAMIC_QR_NOT_FOUND: no([404], [], 'The code is gone. The till reads the payment once more.'),
  DYNAMIC_QR_ALREADY_PAID: no([400], [], 'The code is paid. The till reads the payment.'),
  DYNAMIC_QR_PAYMENT_NOT_FOUND: no([400, 404], [], 'No payment and no live code exist under this id.'),
  PRE_AUTH_CAPTURE_UNSUPPORTED_MERCHANT: no(
    [400],
    ['createCode'],
    'The contract with PayPay does not cover pre-authorisation, which this till never asks for: report it with the request id.',
  ),
  PRE_AUTH_CAPTURE_INVALID_EXPIRY_DATE: no(
    [400],
    ['createCode'],
    'PayPay does not grant a pre-authorisation for so long, and this till never asks for one: report it with the request id.',
  ),

  // Cancel and refund.
  ORDER_NOT_REVERSIBLE: ofPayment(
    [400],
    ['cancelPayment'],
    'This payment cannot be cancelled any more. Refund it instead.',
  ),
  UNACCEPTABLE_OP: no(
    [400],
    ['refundPayment'],
    'PayPay does not allow this for this payment, for example a second refund. Refund by hand in PayPay for Business.',
  ),
  CANCELED_USER: no([400], ['refundPayment'], `The customer has left PayPay. ${byHand}`),
  THROTTLED_MULTIPLE_REFUND_REJECTED: {
    ...open([400], 'same', 'A like refund is under way. The till asks again after a minute.'),
    retryAfterMs: 60_000,
  },
  REFUND_LIMIT_EXCEEDED: no(
    [400],
    ['refundPayment'],
    `No more refunds are possible for this payment. ${byHand}`,
  ),
  REFUND_WINDOW_EXCEED: no(
    [400],
    ['refundPayment'],
    `The time for refunding this payment is over. ${byHand}`,
  ),
  USER_STATE_IS_NOT_ACTIVE: no(
    [401],
    ['refundPayment'],
    `The customer’s PayPay account is not active. ${byHand}`,
  ),
  MERCHANT_MULTIPLE_REFUND_REJECTED: no(
    [403],
    ['refundPayment'],
    'PayPay allows this merchant one refund for each payment. Ask PayPay to enable more.',
  ),
  NO_SUCH_REFUND_ORDER: no([404], ['refundPayment'], 'PayPay knows no refund under this id.'),

  // Calls that this till never makes. They are here so that an operator who meets one can look it up.
  SUSPECTED_DUPLICATE_PAYMENT: no([400], [], `PayPay suspects a duplicate payment. ${notOurs}`),
  NO_SUFFICIENT_FUND: no([400], [], `The customer’s balance is too low. ${notOurs}`),
  LIMIT_EXCEEDED: no([400], [], `A limit of the customer’s is exceeded. ${notOurs}`),
  USER_DEFINED_DAILY_LIMIT_EXCEEDED: no([400], [], `The customer’s own daily limit is exceeded. ${notOurs}`),
  USER_DEFINED_MONTHLY_LIMIT_EXCEEDED: no(
    [400],
    [],
    `The customer’s own monthly limit is exceeded. ${notOurs}`,
  ),
  ALREADY_CAPTURED: no([400], [], `This authorisation is captured already. ${notOurs}`),
  ORDER_NOT_CAPTURABLE: no([400], [], `This authorisation cannot be captured. ${notOurs}`),
  REAUTHORIZATION_IN_PROGRESS: open([400], 'same', `A re-authorisation is under way. ${notOurs}`),
  ORDER_EXPIRED: no([400], [], `This authorisation has expired. ${notOurs}`),
  TOO_CLOSE_TO_EXPIRY: no([400], [], `This authorisation is too close to its expiry. ${notOurs}`),
  HIGHER_CAPTURE_NOT_PERMITTED: no(
    [400],
    [],
    `More than the authorised amount cannot be captured. ${notOurs}`,
  ),
  ORDER_NOT_CANCELABLE: no([400], [], `This authorisation cannot be reverted. ${notOurs}`),
  REAUTHORIZE_REJECTED: no([400], [], `PayPay rejected the re-authorisation. ${notOurs}`),
  PAY_METHOD_INVALIDATED: no([400], [], `The customer’s way to pay is no longer valid. ${notOurs}`),
  REAUTH_AMOUNT_UNCHANGED: no([400], [], `The re-authorisation does not change the amount. ${notOurs}`),
  REAUTH_MAX_LIMIT_EXCEEDED: no([400], [], `No more re-authorisations are possible. ${notOurs}`),
  REAUTHORIZE_FAILED: no([400], [], `The re-authorisation failed. ${notOurs}`),
  INVALID_USER_AUTHORIZATION_ID: no([401], [], `The customer’s account link is not valid. ${notOurs}`),
  EXPIRED_USER_AUTHORIZATION_ID: no([401], [], `The customer’s account link has expired. ${notOurs}`),
  /** Seen by users of PayPay's SDK in the sandbox app (paypayopa-sdk-node, issue 153); no API is known to answer it. */
  '00400071': open(
    [],
    'ask',
    'PayPay’s app shows this number when a payment does not go through there. It is not documented: ask PayPay support with the request id.',
  ),
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
  noKeys: nothing(
    'This till has no PayPay keys yet, so nothing was sent. A manager enters them at the desk, under settings.',
    'refused',
  ),
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

/** PayPay documents that it does not do it. */
function no(http: readonly number[], refuses: readonly EndpointName[], says: string): Row {
  return { http, says, retry: 'never', health: 'fine', refuses }
}

/** The same, because of what the payment is. */
function ofPayment(http: readonly number[], refuses: readonly EndpointName[], says: string): Row {
  return { ...no(http, refuses, says), aboutPayment: true }
}

/** It may or may not have been done: only asking PayPay, or an accepted cancel, ends that. */
function open(http: readonly number[], retry: RetryRule, says: string, health: PaypayHealth = 'fine'): Row {
  return { http, says, retry, health, refuses: [] }
}

function maintenance(): Row {
  return open(
    [503],
    'same',
    'PayPay is under maintenance. The till opens by itself when it is over.',
    'maintenance',
  )
}

function nothing(says: string, health: PaypayHealth): Row {
  return { http: [], says, retry: 'ask', health, refuses: [] }
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
