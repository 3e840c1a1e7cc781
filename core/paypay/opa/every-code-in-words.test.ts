import { describe, expect, it } from 'vitest'
import { Secret } from '../../secret.ts'
import { answerTable, type FailureKind, wordless } from '../answer.ts'
import type { RetryRule } from '../calls.ts'
import { Scripted } from '../scripted.ts'
import { type Opa, openOpa } from './client.ts'
import { documented, wireAnswer } from './documented.ts'
import { examples } from './examples.ts'
import { type FunctionName, functionNames } from './table.ts'

// From PayPay's bytes to the sentence that a person reads. The expectations are written by hand from PayPay's documentation
// (OPA, Result codes; the READMEs of its SDKs), one line for each code and each codeId that is published.

type Line = readonly [
  http: number,
  code: string,
  codeId: string | null,
  kind: FailureKind,
  retry: RetryRule,
  words: string,
]

const lines: readonly Line[] = [
  [400, 'INVALID_REQUEST_PARAMS', '08100006', 'refused', 'never', 'did not accept a field'],
  [400, 'MISSING_REQUEST_PARAMS', '08100024', 'refused', 'never', 'field is missing'],
  [400, 'INVALID_PARAMS', '00200004', 'refused', 'never', 'did not accept a value'],
  [400, 'INVALID_PARAMS', '00200015', 'refused', 'never', 'refund at most the rest'],
  [401, 'UNAUTHORIZED', '08100016', 'misconfigured', 'never', 'API key and secret'],
  [401, 'OP_OUT_OF_SCOPE', '08100023', 'misconfigured', 'never', 'Ask PayPay to enable it'],
  [404, 'OPA_CLIENT_NOT_FOUND', '08100007', 'misconfigured', 'never', 'does not know this API key'],
  [429, 'RATE_LIMIT', '08100998', 'rateLimited', 'same', 'fewer requests'],
  [500, 'SERVICE_ERROR', '08100026', 'unknown', 'ask', 'asks what became'],
  [500, 'INTERNAL_SERVER_ERROR', '08101000', 'unknown', 'ask', 'asks what became'],
  [500, 'INTERNAL_SERVER_ERROR', '00200034', 'unknown', 'ask', 'too slow and gave up'],
  [500, 'TRANSACTION_FAILED', '00200002', 'unknown', 'ask', 'could not complete'],
  [500, 'TRANSACTION_FAILED', '00200003', 'unknown', 'ask', 'could not complete'],
  [500, 'TRANSACTION_FAILED', '00800017', 'unknown', 'ask', 'too high for this refund'],
  [503, 'MAINTENANCE_MODE', '08100999', 'maintenance', 'same', 'under maintenance'],
  [503, 'SERVICE_UNDER_MAINTENANCE', null, 'maintenance', 'same', 'under maintenance'],
  [400, 'DYNAMIC_QR_BAD_REQUEST', '01650000', 'refused', 'never', 'about a code'],
  [400, 'DUPLICATE_DYNAMIC_QR_REQUEST', '01652073', 'refused', 'ask', 'seen this payment id'],
  [404, 'DYNAMIC_QR_NOT_FOUND', '01652072', 'refused', 'never', 'code is gone'],
  [400, 'DYNAMIC_QR_ALREADY_PAID', '01652074', 'refused', 'never', 'code is paid'],
  [400, 'DYNAMIC_QR_PAYMENT_NOT_FOUND', '01652075', 'refused', 'never', 'No payment and no live code'],
  [404, 'DYNAMIC_QR_PAYMENT_NOT_FOUND', '01652075', 'refused', 'never', 'No payment and no live code'],
  [400, 'PRE_AUTH_CAPTURE_UNSUPPORTED_MERCHANT', '00400060', 'refused', 'never', 'enable it'],
  [
    400,
    'PRE_AUTH_CAPTURE_INVALID_EXPIRY_DATE',
    '00400061',
    'refused',
    'never',
    'earlier authorizationExpiry',
  ],
  [400, 'ORDER_NOT_REVERSIBLE', '00200044', 'refused', 'never', 'Refund it instead'],
  [400, 'ORDER_NO_LONGER_AVAILABLE', null, 'refused', 'never', 'no longer keeps'],
  [400, 'UNACCEPTABLE_OP', '00200013', 'refused', 'never', 'cannot be refunded'],
  [400, 'UNACCEPTABLE_OP', '00200014', 'refused', 'never', 'one refund for each payment'],
  [400, 'UNACCEPTABLE_OP', '00400035', 'refused', 'never', 'raise the limit'],
  [400, 'CANCELED_USER', '01103027', 'refused', 'never', 'left PayPay'],
  [400, 'THROTTLED_MULTIPLE_REFUND_REJECTED', null, 'rateLimited', 'same', 'after a minute'],
  [400, 'REFUND_LIMIT_EXCEEDED', null, 'refused', 'never', 'No more refunds'],
  [400, 'REFUND_WINDOW_EXCEED', null, 'refused', 'never', 'time for refunding'],
  [401, 'USER_STATE_IS_NOT_ACTIVE', null, 'refused', 'never', 'not active'],
  [403, 'MERCHANT_MULTIPLE_REFUND_REJECTED', null, 'refused', 'never', 'one refund for each payment'],
  [404, 'NO_SUCH_REFUND_ORDER', '00200018', 'refused', 'never', 'no refund under this id'],
  [404, 'RESOURCE_NOT_FOUND', '00200001', 'refused', 'never', 'nothing under this id'],
  [400, 'SUSPECTED_DUPLICATE_PAYMENT', '00200017', 'refused', 'never', 'agreeSimilarTransaction true'],
  [400, 'NO_SUFFICIENT_FUND', null, 'refused', 'never', 'balance is too low'],
  [400, 'LIMIT_EXCEEDED', null, 'refused', 'never', 'limit of the customer'],
  [400, 'USER_DEFINED_DAILY_LIMIT_EXCEEDED', null, 'refused', 'never', 'limit for a day'],
  [400, 'USER_DEFINED_MONTHLY_LIMIT_EXCEEDED', null, 'refused', 'never', 'limit for a month'],
  [400, 'ALREADY_CAPTURED', '00200039', 'refused', 'never', 'captured already'],
  [400, 'ORDER_NOT_CAPTURABLE', '00200035', 'refused', 'never', 'cannot be captured'],
  [400, 'REAUTHORIZATION_IN_PROGRESS', '00200038', 'refused', 'same', 'waits for the customer'],
  [400, 'ORDER_EXPIRED', '00200043', 'refused', 'never', 'has expired'],
  [400, 'TOO_CLOSE_TO_EXPIRY', '00400064', 'refused', 'never', 'Too little time'],
  [400, 'HIGHER_CAPTURE_NOT_PERMITTED', '00400062', 'refused', 'never', 'may not capture more'],
  [400, 'ORDER_NOT_CANCELABLE', '00200042', 'refused', 'never', 'cannot be reverted'],
  [400, 'REAUTHORIZE_REJECTED', null, 'refused', 'never', 'rejected the reauthorization'],
  [400, 'PAY_METHOD_INVALIDATED', null, 'refused', 'never', 'no longer valid'],
  [400, 'REAUTH_AMOUNT_UNCHANGED', null, 'refused', 'never', 'nothing to do'],
  [400, 'REAUTH_MAX_LIMIT_EXCEEDED', null, 'refused', 'never', 'no more reauthorizations'],
  [400, 'REAUTHORIZE_FAILED', null, 'refused', 'never', 'reauthorization failed'],
  [401, 'INVALID_USER_AUTHORIZATION_ID', null, 'refused', 'never', 'link the account again'],
  [401, 'EXPIRED_USER_AUTHORIZATION_ID', null, 'refused', 'never', 'has expired'],
  [200, 'NOT_ENOUGH_MONEY', 'WAL_500017', 'refused', 'never', 'budget of the campaign'],
  [500, '00400071', null, 'unknown', 'ask', 'not documented'],
  // Taken on, or waiting for the user: success for some calls, nothing certain for the one that is asked here.
  [202, 'REQUEST_ACCEPTED', '08100001', 'unknown', 'ask', 'taken it on'],
  [201, 'USER_CONFIRMATION_REQUIRED', '08300104', 'unknown', 'ask', 'waits for the customer'],
  [202, 'USER_CONFIRMATION_REQUIRED', '08300103', 'unknown', 'ask', 'waits for the customer'],
]

const opaOf = (paypay: Scripted): Opa =>
  openOpa({
    transport: paypay,
    clock: paypay,
    credentials: { apiKey: 'test-key', apiSecret: new Secret('test-secret') },
    nonce: () => 'nonce-1',
  })

/** The same call for every function: each takes its own example. */
function call(opa: Opa, name: FunctionName) {
  const one = opa[name] as (input: object) => ReturnType<Opa['getNativePayment']>
  return one(examples[name])
}

async function answered(name: FunctionName, answer: Scripted['answer']) {
  const paypay = new Scripted()
  paypay.answer = answer
  return call(opaOf(paypay), name)
}

it.each(lines)('%d %s %s: %s, %s', async (http, code, codeId, kind, retry, words) => {
  const { failure, evidence } = await failed('getNativePayment', wireAnswer(http, code, null, codeId))
  expect(failure).toMatchObject({ kind, retry, code, says: expect.stringContaining(words) })
  expect(evidence).toMatchObject({ httpStatus: http, code, codeId, requestId: 'OPA45F681' })
  const help = new URL((failure as { helpUrl: string }).helpUrl)
  expect(help.origin + help.pathname).toBe('https://developer.paypay.ne.jp/develop/resolve')
  expect(Object.fromEntries(help.searchParams)).toEqual({
    api_name: 'v2_getPaymentDetail',
    code,
    ...(codeId === null ? {} : { code_id: codeId }),
  })
})

async function failed(name: FunctionName, answer: Scripted['answer']) {
  const outcome = await answered(name, answer)
  if (outcome.ok) throw new Error(`${name} took a failure for a success`)
  return outcome
}

it('leaves out no code and no codeId of the table', () => {
  const told = new Set(lines.map(([, code, codeId]) => `${code} ${codeId}`))
  const untold = Object.entries(answerTable).flatMap(([code, { codeIds = {} }]) => {
    const ids = Object.keys(codeIds)
    return (ids.length > 0 ? ids : [null]).map(codeId => `${code} ${codeId}`)
  })
  expect(untold.filter(one => !told.has(one))).toEqual(['SUCCESS 08100001'])
})

describe('every function', () => {
  it.each(functionNames)('%s takes PayPay’s documented answer for what it is', async name => {
    const { status, code, data } = documented[name]
    expect(await answered(name, wireAnswer(status, code, data))).toMatchObject({ ok: true, code })
  })

  it.each(functionNames)(
    '%s takes no code of a failure for a success, whatever the HTTP status',
    async name => {
      for (const [, code] of lines) {
        if (code === documented[name].code || code === 'REQUEST_ACCEPTED') continue
        if (code === 'USER_CONFIRMATION_REQUIRED') continue
        for (const status of [200, 400, 500])
          expect((await answered(name, wireAnswer(status, code, documented[name].data))).ok).toBe(false)
      }
    },
  )

  it.each(functionNames)('%s believes no success without its status or its body', async name => {
    const { status, code, data } = documented[name]
    for (const wrong of [300, 302, 400, 401, 404, 429, 500, 502, 503])
      expect((await answered(name, wireAnswer(wrong, code, data))).ok, `${wrong}`).toBe(false)
    for (const body of ['', '{}', 'null', '<html></html>', '{"resultInfo":{}}', '[]'])
      expect(await answered(name, { kind: 'answer', status, headers: {}, body }), body).toMatchObject({
        ok: false,
        failure: { kind: 'unknown', code: 'unreadable', helpUrl: null },
      })
  })

  it.each(functionNames)('%s believes no answer about another id or amount', async name => {
    const { status, code, data } = documented[name]
    const asked: Readonly<Record<string, unknown>> = { ...examples[name] }
    const repeated = Object.keys(data ?? {}).filter(field => field in asked)
    for (const field of repeated) {
      const other = field === 'amount' ? { amount: 161, currency: 'JPY' } : 'somebody-else'
      const outcome = await answered(name, wireAnswer(status, code, { ...data, [field]: other }))
      if (outcome.ok) expect(told).toContain(`${name} ${field}`)
      else expect(outcome.failure).toMatchObject({ kind: 'unknown', code: 'foreign' })
    }
  })
})

describe('payment methods', () => {
  const { status, code, data } = documented.getPaymentMethods
  const said = (changed: object) =>
    answered('getPaymentMethods', wireAnswer(status, code, { ...data, ...changed }))

  it('of somebody else are foreign, as deep as the answer names them', async () => {
    const walletInfo = { userAuthorizationId: 'somebody-else' }
    expect(await said({ walletInfo })).toMatchObject({ ok: false, failure: { code: 'foreign' } })
  })

  it('may lack anything but their list, and have no status that nobody knows', async () => {
    const paymentMethods = [{ paymentMethodType: null, id: null, paymentMethodStatus: null }, {}]
    expect(await said({ walletInfo: null, paymentMethods })).toMatchObject({
      ok: true,
      data: { paymentMethods },
    })
    for (const changed of [{ paymentMethods: null }, { paymentMethods: [{ paymentMethodStatus: 'PAUSED' }] }])
      expect(await said(changed)).toMatchObject({ ok: false, failure: { code: 'incomplete' } })
  })
})

/** A word of the shop's that an answer repeats moves no money; a capture answers with the amount that was authorised. */
const told = [
  'capturePayment amount',
  'refundPayment reason',
  'getRefund reason',
  'createPendingPayment orderDescription',
]

it.each([
  ['timeout', 'unknown'],
  ['network', 'unknown'],
] as const)('no answer (%s) is %s', async (why, kind) => {
  const { failure, evidence } = await failed('refundPayment', { kind: 'none', why, detail: 'x' })
  expect(failure).toMatchObject({ kind, code: why, retry: 'ask', says: wordless[why].says })
  expect(evidence).toMatchObject({ httpStatus: null })
})

it.each([
  [429, 'rateLimited'],
  [502, 'unknown'],
  [403, 'unknown'],
  [200, 'unknown'],
] as const)('a gateway’s %d without a word of PayPay’s is %s', async (status, kind) => {
  const answer = { kind: 'answer', status, headers: { 'retry-after': '7' }, body: '<html>' } as const
  const { failure } = await failed('createCode', answer)
  expect(failure.kind).toBe(kind)
  if (failure.kind === 'rateLimited') expect(failure.askAgainAfterMs).toBe(7_000)
})

it('says that the clock is the cause where PayPay’s Date shows it', async () => {
  const answer = wireAnswer(401, 'UNAUTHORIZED')
  const dated = { ...answer, headers: { date: 'Tue, 14 Nov 2023 22:23:20 GMT' } } as Scripted['answer']
  const { failure } = await failed('getPayment', dated)
  expect(failure).toMatchObject({ kind: 'misconfigured', what: 'clock' })
})

it('waits for the user where more is captured or authorised than was granted', async () => {
  const url = { expiresAt: 1_700_021_600, url: 'https://paypay.example/confirm' }
  expect(await answered('capturePayment', wireAnswer(202, 'USER_CONFIRMATION_REQUIRED'))).toMatchObject({
    ok: true,
    code: 'USER_CONFIRMATION_REQUIRED',
  })
  expect(
    await answered('reauthorizePayment', wireAnswer(201, 'USER_CONFIRMATION_REQUIRED', url)),
  ).toMatchObject({ ok: true, code: 'USER_CONFIRMATION_REQUIRED', data: url })
})

it.each(['AUTHORIZED', 'CREATED', 'FAILED', 'CANCELED', 'EXPIRED', 'REFUNDED'])(
  'a capture that PayPay calls a success and shows as %s has taken nothing for certain',
  async status => {
    const { data } = documented.capturePayment
    const { failure } = await failed('capturePayment', wireAnswer(200, 'SUCCESS', { ...data, status }))
    expect(failure).toMatchObject({ kind: 'unknown', code: 'incomplete', retry: 'ask' })
  },
)
