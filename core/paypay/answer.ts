import type {
  Answer,
  AnswerRow,
  CancelAccepted,
  CodeDeleted,
  CreatedCode,
  Evidence,
  PaymentRead,
  PaypayHealth,
  RefundTaken,
  RetryRule,
} from './client.ts'
import {
  createdCode,
  deletedCode,
  type EndpointName,
  envelope,
  paymentDetails,
  refundDetails,
} from './wire.ts'

/** One documented code: what it means, whether asking again is safe, and what it says of PayPay as a whole. */
type Row = {
  readonly says: string
  readonly retry: RetryRule
  readonly health?: PaypayHealth
  readonly unknown?: true
}

const never = (says: string): Row => ({ says, retry: 'never' })
/** The request's fate is not known: only asking PayPay, or an accepted cancel, ends that. */
const unknown = (says: string, retry: RetryRule, health: PaypayHealth = 'fine'): Row => ({
  says,
  retry,
  health,
  unknown: true,
})

/**
 * Every code that PayPay documents for the calls of a till (OPA, Result codes). A new code of PayPay's is one row here and,
 * where a customer is told of it, one sentence in renderer/text. A code that is not here is `unknown`, never success.
 */
export const answerTable: Readonly<Record<string, Row>> = {
  INVALID_REQUEST_PARAMS: never(
    'PayPay did not accept a field of the request. This is a fault of this program: report it with the request id.',
  ),
  MISSING_REQUEST_PARAMS: never(
    'A field is missing in the request. This is a fault of this program: report it with the request id.',
  ),
  INVALID_PARAMS: never(
    'PayPay did not accept a value, for example a refund above what is left of the payment. Check the amount.',
  ),
  UNAUTHORIZED: { ...never('PayPay refuses the till.'), health: 'refused' },
  OP_OUT_OF_SCOPE: {
    ...never('The contract with PayPay does not cover this call. Ask PayPay to enable it for this merchant.'),
    health: 'refused',
  },
  OPA_CLIENT_NOT_FOUND: {
    ...never('PayPay does not know this API key. Check the key and the environment it belongs to.'),
    health: 'refused',
  },
  RATE_LIMIT: unknown(
    'PayPay asks for fewer requests. The till waits and tries again by itself.',
    'same',
    'busy',
  ),
  SERVICE_ERROR: unknown('PayPay had an error of its own. The till asks what became of the request.', 'ask'),
  INTERNAL_SERVER_ERROR: unknown(
    'PayPay had an error of its own, or was too slow. The till asks what became of the request.',
    'ask',
  ),
  TRANSACTION_FAILED: unknown(
    'PayPay could not complete the transaction. The till asks what became of it.',
    'ask',
  ),
  MAINTENANCE_MODE: unknown(
    'PayPay is under maintenance. The till opens by itself when it is over.',
    'same',
    'maintenance',
  ),
  SERVICE_UNDER_MAINTENANCE: unknown(
    'PayPay is under maintenance. The till opens by itself when it is over.',
    'same',
    'maintenance',
  ),
  DYNAMIC_QR_BAD_REQUEST: never(
    'PayPay did not accept the code request. This is a fault of this program: report it with the request id.',
  ),
  DUPLICATE_DYNAMIC_QR_REQUEST: unknown(
    'PayPay has seen this payment id before. The till asks what became of it and never reuses it.',
    'ask',
  ),
  PRE_AUTH_CAPTURE_UNSUPPORTED_MERCHANT: never('The contract with PayPay does not cover pre-authorisation.'),
  PRE_AUTH_CAPTURE_INVALID_EXPIRY_DATE: never(
    'The expiry asked for a pre-authorisation is longer than PayPay grants.',
  ),
  DYNAMIC_QR_NOT_FOUND: never('The code is gone. The till reads the payment once more.'),
  DYNAMIC_QR_ALREADY_PAID: never('The code is paid. The till reads the payment.'),
  DYNAMIC_QR_PAYMENT_NOT_FOUND: never('No payment and no live code exist under this id.'),
  ORDER_NOT_REVERSIBLE: never('This payment cannot be cancelled any more. Refund it instead.'),
  ORDER_NO_LONGER_AVAILABLE: never(
    'PayPay no longer keeps this payment. Ask PayPay support with the request id.',
  ),
  UNACCEPTABLE_OP: never(
    'PayPay does not allow this for this payment, for example a second refund. Refund by hand in PayPay for Business.',
  ),
  CANCELED_USER: never('The customer has left PayPay. Give the money back by hand.'),
  THROTTLED_MULTIPLE_REFUND_REJECTED: unknown(
    'A like refund is under way. The till asks again after a minute.',
    'same',
  ),
  REFUND_LIMIT_EXCEEDED: never('No more refunds are possible for this payment. Give the money back by hand.'),
  REFUND_WINDOW_EXCEED: never('The time for refunding this payment is over. Give the money back by hand.'),
  USER_STATE_IS_NOT_ACTIVE: never(
    'The customer’s PayPay account is not active. Give the money back by hand.',
  ),
  MERCHANT_MULTIPLE_REFUND_REJECTED: never(
    'PayPay allows this merchant one refund for each payment. Ask PayPay to enable more.',
  ),
  NO_SUCH_REFUND_ORDER: never('PayPay knows no refund under this id.'),
  RESOURCE_NOT_FOUND: never('PayPay knows nothing under this id.'),
  SUSPECTED_DUPLICATE_PAYMENT: never('PayPay suspects a duplicate payment.'),
  NO_SUFFICIENT_FUND: never('The customer’s balance is too low.'),
  LIMIT_EXCEEDED: never('A limit of the customer’s is exceeded.'),
  USER_DEFINED_DAILY_LIMIT_EXCEEDED: never('The customer’s own daily limit is exceeded.'),
  USER_DEFINED_MONTHLY_LIMIT_EXCEEDED: never('The customer’s own monthly limit is exceeded.'),
  ALREADY_CAPTURED: never('This authorisation is captured already.'),
  ORDER_NOT_CAPTURABLE: never('This authorisation cannot be captured.'),
  REAUTHORIZATION_IN_PROGRESS: unknown('A re-authorisation is under way. Ask again.', 'same'),
  ORDER_EXPIRED: never('This authorisation has expired.'),
  TOO_CLOSE_TO_EXPIRY: never('This authorisation is too close to its expiry.'),
  HIGHER_CAPTURE_NOT_PERMITTED: never('More than the authorised amount cannot be captured.'),
  ORDER_NOT_CANCELABLE: never('This authorisation cannot be reverted.'),
  REAUTHORIZE_REJECTED: never('PayPay rejected the re-authorisation.'),
  PAY_METHOD_INVALIDATED: never('The customer’s way to pay is no longer valid.'),
  REAUTH_AMOUNT_UNCHANGED: never('The re-authorisation does not change the amount.'),
  REAUTH_MAX_LIMIT_EXCEEDED: never('No more re-authorisations are possible.'),
  REAUTHORIZE_FAILED: never('The re-authorisation failed.'),
  INVALID_USER_AUTHORIZATION_ID: never('The customer’s account link is not valid. Link again.'),
  EXPIRED_USER_AUTHORIZATION_ID: never('The customer’s account link has expired. Link again.'),
}

/** Answers that carry no code of PayPay's. */
export const wordless = {
  timeout: unknown(
    'PayPay did not answer in time. The till asks what became of the request.',
    'ask',
    'unreachable',
  ),
  network: unknown('PayPay cannot be reached. Check the network of the till.', 'ask', 'unreachable'),
  gateway: unknown(
    'A gateway before PayPay answered with an error. The till asks what became of the request.',
    'ask',
    'unreachable',
  ),
  unreadable: unknown(
    'The answer is not PayPay’s: something in the network, for example a login page, answered instead.',
    'ask',
    'unreachable',
  ),
  foreign: unknown('The answer speaks of another id or amount than ours. It is not believed.', 'ask'),
  unknownWord: unknown('PayPay answered with a word that is not documented. It is not believed.', 'ask'),
} as const satisfies Record<string, Row>

/** PayPay gives two minutes; half of it is left for the clock to go on drifting. */
const CLOCK_WRONG_FROM_MS = 60_000

/** What each call hopes for, and what it compares the answer with. */
export type Expected =
  | { readonly api: 'createCode'; readonly merchantPaymentId: string; readonly amountYen: number }
  | { readonly api: 'getPayment'; readonly merchantPaymentId: string; readonly amountYen: number }
  | { readonly api: 'deleteCode' }
  | { readonly api: 'cancelPayment' }
  | {
      readonly api: 'refundPayment' | 'getRefund'
      readonly merchantRefundId: string
      readonly paymentId: string
      readonly amountYen: number
    }

export type KnownValue = CreatedCode | PaymentRead | CodeDeleted | CancelAccepted | RefundTaken

/** An HTTP answer as far as it could be read; `code` null: no envelope of PayPay's in it. */
export type ReadAnswer = {
  readonly httpStatus: number
  readonly code: string | null
  readonly data: unknown
  readonly retryAfterMs: number | null
  readonly paypayAheadMs: number | null
}

/** The envelope of an answer, or the fact that there is none. Never throws. */
export function readEnvelope(body: string): { code: string; codeId: string | null; data: unknown } | null {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return null
  }
  const parsed = envelope.safeParse(json)
  if (!parsed.success) return null
  const { resultInfo, data } = parsed.data
  return { code: resultInfo.code, codeId: resultInfo.codeId ?? null, data }
}

/** What an answer means for the call that it answers. The only place that decides this. */
export function judge(expected: Expected, answer: ReadAnswer, evidence: Evidence): Answer<KnownValue> {
  const { httpStatus, code } = answer
  if (code === null)
    return {
      sure: 'unknown',
      row: row(String(httpStatus), httpStatus >= 500 ? wordless.gateway : wordless.unreadable, answer),
      evidence,
    }
  const value = knownValue(expected, answer)
  if (value === 'foreign') return { sure: 'unknown', row: row(code, wordless.foreign, answer), evidence }
  if (value) return { sure: 'known', value, evidence }
  const documented = answerTable[code]
  if (!documented || httpStatus < 400)
    return { sure: 'unknown', row: row(code, wordless.unknownWord, answer), evidence }
  // A refusal is believed only with a status of the client's side; a 5xx says that PayPay itself does not know.
  const refused = !documented.unknown && httpStatus < 500 && httpStatus !== 429
  return { sure: refused ? 'refused' : 'unknown', row: row(code, documented, answer), evidence }
}

/** An absence of an answer. */
export function judgeNone(why: 'timeout' | 'network', evidence: Evidence): Answer<never> {
  return { sure: 'unknown', row: { code: why, ...wordless[why], health: 'unreachable' }, evidence }
}

function row(code: string, from: Row, answer: ReadAnswer): AnswerRow {
  const explained =
    code === 'UNAUTHORIZED'
      ? explain401(answer.paypayAheadMs)
      : { says: from.says, health: from.health ?? 'fine' }
  return {
    code,
    ...explained,
    retry: from.retry,
    ...(answer.retryAfterMs === null ? {} : { retryAfterMs: answer.retryAfterMs }),
  }
}

/** PayPay says only "Unauthorized request"; the Date header tells the one cause that can be seen from here. */
export function explain401(paypayAheadMs: number | null): { says: string; health: PaypayHealth } {
  if (paypayAheadMs !== null && Math.abs(paypayAheadMs) >= CLOCK_WRONG_FROM_MS) {
    return {
      says: `PayPay refuses the till because ${clockInWords(paypayAheadMs)} Set the clock (NTP).`,
      health: 'clockWrong',
    }
  }
  return {
    says: 'PayPay refuses the till. The clock is right, so check, in this order: the API key and secret (both from the same page of the developer panel), the environment (sandbox keys do not work in production), and the merchant id.',
    health: 'refused',
  }
}

/** `paypayAheadMs`: PayPay's clock minus ours. */
export function clockInWords(paypayAheadMs: number): string {
  const seconds = Math.round(Math.abs(paypayAheadMs) / 1000)
  return `the till’s clock is ${seconds} s ${paypayAheadMs > 0 ? 'slow' : 'fast'} against PayPay’s; PayPay allows less than 120 s.`
}

function knownValue(
  expected: Expected,
  { httpStatus, code, data }: ReadAnswer,
): KnownValue | 'foreign' | null {
  const success = code === 'SUCCESS' && (httpStatus === 200 || httpStatus === 201)
  switch (expected.api) {
    case 'createCode': {
      if (!success) return null
      const parsed = createdCode.safeParse(data)
      if (!parsed.success) return null
      const { codeId, url, expiryDate, merchantPaymentId, amount } = parsed.data
      if (merchantPaymentId !== expected.merchantPaymentId || amount.amount !== expected.amountYen)
        return 'foreign'
      return { kind: 'codeCreated', codeId, url, expiresAtS: expiryDate }
    }
    case 'getPayment':
      // PayPay documents 400 in one table and 404 in another, so the code decides.
      if (code === 'DYNAMIC_QR_PAYMENT_NOT_FOUND')
        return httpStatus === 400 || httpStatus === 404 ? { kind: 'notFound' } : null
      return success ? paymentRead(expected, data) : null
    case 'deleteCode':
      if (code === 'DYNAMIC_QR_NOT_FOUND' && httpStatus === 404) return { kind: 'alreadyGone' }
      if (code === 'DYNAMIC_QR_ALREADY_PAID' && httpStatus === 400) return { kind: 'alreadyPaid' }
      return success && deletedCode.safeParse(data).success ? { kind: 'deleted' } : null
    case 'cancelPayment':
      return httpStatus === 202 && code === 'REQUEST_ACCEPTED' ? { kind: 'cancelAccepted' } : null
    case 'refundPayment':
    case 'getRefund': {
      if (expected.api === 'getRefund' && code === 'NO_SUCH_REFUND_ORDER' && httpStatus === 404)
        return { kind: 'noSuchRefund' }
      if (!success) return null
      const parsed = refundDetails.safeParse(data)
      if (!parsed.success) return null
      const { status, merchantRefundId, paymentId, amount } = parsed.data
      if (
        merchantRefundId !== expected.merchantRefundId ||
        paymentId !== expected.paymentId ||
        amount.amount !== expected.amountYen
      )
        return 'foreign'
      // CREATED is PayPay's promise to go on until it is REFUNDED (FAQ 4414054913423).
      return status === 'CREATED' || status === 'REFUNDED' ? { kind: 'refundTaken' } : null
    }
    default:
      return expected satisfies never
  }
}

function paymentRead(
  expected: { merchantPaymentId: string; amountYen: number },
  data: unknown,
): PaymentRead | 'foreign' | null {
  const parsed = paymentDetails.safeParse(data)
  if (!parsed.success) return null
  const { status, merchantPaymentId, amount, paymentId, acceptedAt, refunds } = parsed.data
  if (merchantPaymentId !== expected.merchantPaymentId || amount.amount !== expected.amountYen)
    return 'foreign'
  switch (status) {
    case 'CREATED':
      return { kind: 'unpaid' }
    case 'COMPLETED': {
      if (!paymentId) return null
      const returnedYen = (refunds?.data ?? []).reduce((sum, refund) => sum + refund.amount.amount, 0)
      if (returnedYen >= expected.amountYen) return { kind: 'refunded', paymentId }
      return { kind: 'completed', paymentId, acceptedAtS: acceptedAt ?? null }
    }
    case 'FAILED':
    case 'CANCELED':
    case 'EXPIRED':
      return { kind: 'failed' }
    case 'REFUNDED':
      return { kind: 'refunded', paymentId: paymentId ?? null }
    default:
      return null
  }
}

/** For a log line: which call, what PayPay said, and the ids that its support asks for. */
export function inWords(api: EndpointName, evidence: Evidence): string {
  const { httpStatus, code, codeId, requestId } = evidence
  return `${api}: ${httpStatus ?? 'no answer'} ${code ?? ''} ${codeId ?? ''} ${requestId ?? ''}`.trim()
}
