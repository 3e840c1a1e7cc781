import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerTable, clockInWords, explain401, rowOf, wordless } from './answer.ts'
import type { PaypayHealth, RetryRule } from './calls.ts'

// An operator at a closed till reads these sentences, and the engine obeys these rules. The list below is written by hand
// from PayPay's documentation, so that a row that is lost or changed by accident is noticed.

type Documented = readonly [http: readonly number[], code: string, retry: RetryRule, health: PaypayHealth]

const documented: readonly Documented[] = [
  [[200, 201], 'SUCCESS', 'ask', 'fine'],
  [[202], 'REQUEST_ACCEPTED', 'ask', 'fine'],
  [[201, 202], 'USER_CONFIRMATION_REQUIRED', 'ask', 'fine'],
  [[400], 'INVALID_REQUEST_PARAMS', 'never', 'fine'],
  [[400], 'MISSING_REQUEST_PARAMS', 'never', 'fine'],
  [[400], 'INVALID_PARAMS', 'never', 'fine'],
  [[401], 'UNAUTHORIZED', 'never', 'refused'],
  [[401], 'OP_OUT_OF_SCOPE', 'never', 'refused'],
  [[404], 'OPA_CLIENT_NOT_FOUND', 'never', 'refused'],
  [[429], 'RATE_LIMIT', 'same', 'busy'],
  [[500], 'SERVICE_ERROR', 'ask', 'unreachable'],
  [[500], 'INTERNAL_SERVER_ERROR', 'ask', 'unreachable'],
  [[500], 'TRANSACTION_FAILED', 'ask', 'fine'],
  [[503], 'MAINTENANCE_MODE', 'same', 'maintenance'],
  [[503], 'SERVICE_UNDER_MAINTENANCE', 'same', 'maintenance'],
  [[400], 'DYNAMIC_QR_BAD_REQUEST', 'never', 'fine'],
  [[400], 'DUPLICATE_DYNAMIC_QR_REQUEST', 'ask', 'fine'],
  [[400], 'PRE_AUTH_CAPTURE_UNSUPPORTED_MERCHANT', 'never', 'fine'],
  [[400], 'PRE_AUTH_CAPTURE_INVALID_EXPIRY_DATE', 'never', 'fine'],
  [[404], 'DYNAMIC_QR_NOT_FOUND', 'never', 'fine'],
  [[400], 'DYNAMIC_QR_ALREADY_PAID', 'never', 'fine'],
  [[400, 404], 'DYNAMIC_QR_PAYMENT_NOT_FOUND', 'never', 'fine'],
  [[400], 'ORDER_NOT_REVERSIBLE', 'never', 'fine'],
  [[200], 'NOT_ENOUGH_MONEY', 'never', 'fine'],
  [[400], 'ORDER_NO_LONGER_AVAILABLE', 'never', 'fine'],
  [[400], 'UNACCEPTABLE_OP', 'never', 'fine'],
  [[400], 'CANCELED_USER', 'never', 'fine'],
  [[400], 'THROTTLED_MULTIPLE_REFUND_REJECTED', 'same', 'fine'],
  [[400], 'REFUND_LIMIT_EXCEEDED', 'never', 'fine'],
  [[400], 'REFUND_WINDOW_EXCEED', 'never', 'fine'],
  [[401], 'USER_STATE_IS_NOT_ACTIVE', 'never', 'fine'],
  [[403], 'MERCHANT_MULTIPLE_REFUND_REJECTED', 'never', 'fine'],
  [[404], 'NO_SUCH_REFUND_ORDER', 'never', 'fine'],
  [[404], 'RESOURCE_NOT_FOUND', 'never', 'fine'],
  [[400], 'SUSPECTED_DUPLICATE_PAYMENT', 'never', 'fine'],
  [[400], 'NO_SUFFICIENT_FUND', 'never', 'fine'],
  [[400], 'LIMIT_EXCEEDED', 'never', 'fine'],
  [[400], 'USER_DEFINED_DAILY_LIMIT_EXCEEDED', 'never', 'fine'],
  [[400], 'USER_DEFINED_MONTHLY_LIMIT_EXCEEDED', 'never', 'fine'],
  [[400], 'ALREADY_CAPTURED', 'never', 'fine'],
  [[400], 'ORDER_NOT_CAPTURABLE', 'never', 'fine'],
  [[400], 'REAUTHORIZATION_IN_PROGRESS', 'same', 'fine'],
  [[400], 'ORDER_EXPIRED', 'never', 'fine'],
  [[400], 'TOO_CLOSE_TO_EXPIRY', 'never', 'fine'],
  [[400], 'HIGHER_CAPTURE_NOT_PERMITTED', 'never', 'fine'],
  [[400], 'ORDER_NOT_CANCELABLE', 'never', 'fine'],
  [[400], 'REAUTHORIZE_REJECTED', 'never', 'fine'],
  [[400], 'PAY_METHOD_INVALIDATED', 'never', 'fine'],
  [[400], 'REAUTH_AMOUNT_UNCHANGED', 'never', 'fine'],
  [[400], 'REAUTH_MAX_LIMIT_EXCEEDED', 'never', 'fine'],
  [[400], 'REAUTHORIZE_FAILED', 'never', 'fine'],
  [[401], 'INVALID_USER_AUTHORIZATION_ID', 'never', 'fine'],
  [[401], 'EXPIRED_USER_AUTHORIZATION_ID', 'never', 'fine'],
  [[], '00400071', 'ask', 'fine'],
]

it.each(documented)('%j %s: %s, %s', (http, code, retry, health) => {
  expect(rowOf(code)).toMatchObject({ http, retry, health })
})

it('has no row that PayPay does not document', () => {
  expect(Object.keys(answerTable).sort()).toEqual(documented.map(([, code]) => code).sort())
})

describe('what is said without a code of PayPay’s', () => {
  it.each<readonly [keyof typeof wordless, RetryRule, PaypayHealth]>([
    ['timeout', 'ask', 'unreachable'],
    ['network', 'ask', 'unreachable'],
    ['gateway', 'ask', 'unreachable'],
    ['throttled', 'same', 'busy'],
    ['barred', 'ask', 'unreachable'],
    ['unreadable', 'ask', 'unreachable'],
    ['noKeys', 'ask', 'refused'],
    ['incomplete', 'ask', 'fine'],
    ['foreign', 'ask', 'fine'],
    ['unknownWord', 'ask', 'fine'],
    ['unknownCode', 'ask', 'fine'],
    ['contradiction', 'ask', 'fine'],
  ])('%s: %s, %s', (name, retry, health) => {
    expect(wordless[name]).toMatchObject({ retry, health, refuses: [] })
  })

  it('is all of it', () => {
    expect(Object.keys(wordless)).toHaveLength(12)
  })
})

it('says something to an operator in every row, in whole sentences', () => {
  for (const { says } of [...Object.values(answerTable), ...Object.values(wordless)])
    expect(says).toMatch(/^[A-Z].{20,}\.$/)
})

it('refuses nothing that PayPay may have done: a 5xx, a 429, a repetition or a throttle', () => {
  const refusing = Object.entries(answerTable).filter(([, row]) => row.refuses.length > 0)
  for (const [code, row] of refusing) {
    expect(row.retry, code).toBe('never')
    for (const status of row.http) expect([400, 401, 403, 404], code).toContain(status)
  }
  expect(refusing.map(([code]) => code)).not.toContain('DUPLICATE_DYNAMIC_QR_REQUEST')
})

it('leaves a cancel and a refund open when the till itself is refused: they must still happen', () => {
  for (const code of ['UNAUTHORIZED', 'OP_OUT_OF_SCOPE', 'OPA_CLIENT_NOT_FOUND']) {
    const { refuses } = rowOf(code) ?? { refuses: [] }
    expect([...refuses].sort(), code).toEqual(['createCode', 'deleteCode', 'getPayment', 'getRefund'])
  }
})

it('waits a minute after a throttled refund, as PayPay asks', () => {
  expect(rowOf('THROTTLED_MULTIPLE_REFUND_REJECTED')?.retryAfterMs).toBe(60_000)
})

it('knows no word of JavaScript’s as a code of PayPay’s', () => {
  for (const name of Object.getOwnPropertyNames(Object.prototype)) expect(rowOf(name)).toBeNull()
  fc.assert(fc.property(fc.string(), code => Object.hasOwn(answerTable, code) || rowOf(code) === null))
})

describe('a 401 is explained', () => {
  it.each([
    [60_000, 'the till’s clock is 60 s slow against PayPay’s; PayPay allows less than 120 s. Set the clock'],
    [-3_600_000, 'the till’s clock is 3600 s fast'],
  ])('by the clock, %d ms away', (aheadMs, words) => {
    expect(explain401(aheadMs)).toMatchObject({ health: 'clockWrong', says: expect.stringContaining(words) })
  })

  it.each([
    [59_999, 'The clock is not the cause: the till’s clock is 60 s slow'],
    [0, 'The clock is not the cause'],
    [null, 'could not be seen: PayPay allows less than 120 s, so check it first'],
  ])('by key, secret, environment and merchant id, the clock being %s ms away', (aheadMs, words) => {
    const { health, says } = explain401(aheadMs)
    expect(health).toBe('refused')
    for (const part of [words, 'API key and secret', 'environment', 'merchant id'])
      expect(says).toContain(part)
  })

  it('with the direction as a person sees it', () => {
    expect(clockInWords(1_000)).toContain('1 s slow')
    expect(clockInWords(-1_000)).toContain('1 s fast')
  })
})
