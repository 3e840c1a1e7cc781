import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerTable, rowOf } from './answer.ts'
import { callWithOurs, envelopeOf, everyApi, good, ours, Scripted } from './scripted.ts'
import type { EndpointName } from './wire.ts'

// A till that takes a half, odd or foreign answer for a success gives goods away; one that takes it for a failure takes
// money twice. Whatever is not certain is `unknown` (I6).

const ask = (...input: Parameters<Scripted['ask']>): ReturnType<Scripted['ask']> =>
  new Scripted().ask(...input)

const goodBody = (api: EndpointName, changes: object = {}): object =>
  envelopeOf(good[api].code, good[api].data && { ...good[api].data, ...changes })

describe('an answer as PayPay documents it is known', () => {
  it.each<[EndpointName, object]>([
    [
      'createCode',
      {
        kind: 'codeCreated',
        codeId: ours.codeId,
        url: 'https://qr-stg.sandbox.paypay.ne.jp/28180104jT9F6LVcDfx5fMbj',
        expiresAtS: 1_700_000_300,
      },
    ],
    ['getPayment', { kind: 'completed', paymentId: ours.paymentId, acceptedAtS: 1_700_000_042 }],
    ['deleteCode', { kind: 'deleted' }],
    ['cancelPayment', { kind: 'cancelAccepted' }],
    ['refundPayment', { kind: 'refundTaken' }],
    ['getRefund', { kind: 'refundTaken' }],
  ])('%s', async (api, value) => {
    expect(await ask(api, good[api].status, goodBody(api))).toMatchObject({ sure: 'known', value })
  })

  it.each<[EndpointName, number, string, object]>([
    ['getPayment', 400, 'DYNAMIC_QR_PAYMENT_NOT_FOUND', { kind: 'notFound' }],
    ['getPayment', 404, 'DYNAMIC_QR_PAYMENT_NOT_FOUND', { kind: 'notFound' }],
    ['deleteCode', 404, 'DYNAMIC_QR_NOT_FOUND', { kind: 'alreadyGone' }],
    ['deleteCode', 400, 'DYNAMIC_QR_ALREADY_PAID', { kind: 'alreadyPaid' }],
    ['getRefund', 404, 'NO_SUCH_REFUND_ORDER', { kind: 'noSuchRefund' }],
    ['cancelPayment', 200, 'SUCCESS', { kind: 'cancelAccepted' }],
  ])('%s: %d %s', async (api, status, code, value) => {
    expect(await ask(api, status, envelopeOf(code))).toMatchObject({ sure: 'known', value })
  })
})

// By hand, from PayPay's result codes: the definite refusals of each call. Any other documented code leaves it unknown.
const always = ['INVALID_REQUEST_PARAMS', 'MISSING_REQUEST_PARAMS', 'INVALID_PARAMS']
const auth = ['UNAUTHORIZED', 'OP_OUT_OF_SCOPE', 'OPA_CLIENT_NOT_FOUND']
const refusals: Readonly<Record<EndpointName, readonly string[]>> = {
  createCode: [
    ...always,
    ...auth,
    'DYNAMIC_QR_BAD_REQUEST',
    'PRE_AUTH_CAPTURE_UNSUPPORTED_MERCHANT',
    'PRE_AUTH_CAPTURE_INVALID_EXPIRY_DATE',
  ],
  getPayment: [...always, ...auth, 'DYNAMIC_QR_BAD_REQUEST', 'ORDER_NO_LONGER_AVAILABLE'],
  deleteCode: [...always, ...auth, 'DYNAMIC_QR_BAD_REQUEST'],
  cancelPayment: [...always, 'ORDER_NOT_REVERSIBLE', 'ORDER_NO_LONGER_AVAILABLE', 'RESOURCE_NOT_FOUND'],
  refundPayment: [
    ...always,
    'ORDER_NO_LONGER_AVAILABLE',
    'RESOURCE_NOT_FOUND',
    'UNACCEPTABLE_OP',
    'CANCELED_USER',
    'REFUND_LIMIT_EXCEEDED',
    'REFUND_WINDOW_EXCEED',
    'USER_STATE_IS_NOT_ACTIVE',
    'MERCHANT_MULTIPLE_REFUND_REJECTED',
    'NO_SUCH_REFUND_ORDER',
  ],
  getRefund: [...always, ...auth, 'ORDER_NO_LONGER_AVAILABLE', 'RESOURCE_NOT_FOUND'],
}
const settled: Readonly<Record<EndpointName, readonly string[]>> = {
  createCode: [],
  getPayment: ['DYNAMIC_QR_PAYMENT_NOT_FOUND'],
  deleteCode: ['DYNAMIC_QR_NOT_FOUND', 'DYNAMIC_QR_ALREADY_PAID'],
  cancelPayment: ['SUCCESS', 'REQUEST_ACCEPTED'],
  refundPayment: [],
  getRefund: ['NO_SUCH_REFUND_ORDER'],
}

describe.each(everyApi)('%s', api => {
  const expected = (code: string): string => {
    if (settled[api].includes(code)) return 'known'
    return refusals[api].includes(code) ? 'refused' : 'unknown'
  }

  it('takes every documented code for what it means here', async () => {
    for (const [code, row] of Object.entries(answerTable))
      for (const status of row.http) {
        const answer = await ask(api, status, envelopeOf(code))
        expect(answer.sure, `${status} ${code}`).toBe(expected(code))
        if (answer.sure === 'known') continue
        if (code !== 'SUCCESS' && code !== 'UNAUTHORIZED')
          expect(answer.row, code).toMatchObject({ code, says: row.says, health: row.health })
        if (answer.sure === 'unknown') expect(answer.row.retry, code).not.toBe('never')
        else expect(answer.row.retry, code).toBe(row.retry)
      }
  })

  it('refuses nothing and knows nothing by a code with a status that contradicts it', async () => {
    for (const code of Object.keys(answerTable))
      for (const status of [
        ...(rowOf(code)?.http.every(one => one < 300) ? [] : [200, 201, 202]),
        302,
        408,
        429,
        500,
        503,
      ])
        expect((await ask(api, status, envelopeOf(code))).sure, `${status} ${code}`).toBe('unknown')
    for (const status of [302, 400, 401, 404, 429, 500, 503])
      expect((await ask(api, status, goodBody(api))).sure, `${status} with a good body`).toBe('unknown')
  })

  it.each([200, 201, 202, 400, 401, 403, 404, 429, 500, 503])(
    'does not know an unknown code: %d',
    async status => {
      for (const code of ['BRAND_NEW', 'success', ' SUCCESS', '', 'constructor', '__proto__', 'toString'])
        expect(await ask(api, status, envelopeOf(code, good[api].data)), code).toMatchObject({
          sure: 'unknown',
          row: { code, retry: 'ask' },
          evidence: { httpStatus: status, code },
        })
    },
  )

  it.each([
    ['HTML', '<!doctype html><title>Wi-Fi login</title>'],
    ['nothing', ''],
    ['half', JSON.stringify(goodBody(api)).slice(0, -7)],
    ['null', 'null'],
    ['a list', JSON.stringify([goodBody(api)])],
    ['no resultInfo', JSON.stringify({ data: good[api].data })],
    ['a code that is no text', JSON.stringify({ resultInfo: { code: 1 }, data: good[api].data })],
    ['two documents', JSON.stringify(goodBody(api)).repeat(2)],
  ])('does not know an unreadable body: %s', async (_what, body) => {
    const row = async (status: number): Promise<unknown> => {
      const answer = await ask(api, status, body, { 'x-request-id': 'OPA1' })
      expect(answer).toMatchObject({
        sure: 'unknown',
        evidence: { api, httpStatus: status, code: null, codeId: null, requestId: 'OPA1' },
      })
      return answer.sure === 'unknown' && `${answer.row.code} ${answer.row.retry} ${answer.row.health}`
    }
    for (const status of [200, 201, 202, 204, 302, 400, 404])
      expect(await row(status)).toBe('unreadable ask unreachable')
    for (const status of [401, 403, 407]) expect(await row(status)).toBe('barred ask unreachable')
    for (const status of [500, 502, 503, 504]) expect(await row(status)).toBe('gateway ask unreachable')
    expect(await row(429)).toBe('throttled same busy')
  })

  it.each(['timeout', 'network'] as const)('does not know what an absence means: %s', async why => {
    const scripted = new Scripted()
    scripted.answer = { kind: 'none', why, detail: 'cut' }
    expect(await callWithOurs(scripted.client(), api)).toMatchObject({
      sure: 'unknown',
      row: { code: why, retry: 'ask', health: 'unreachable' },
      evidence: { api, httpStatus: null, code: null, requestId: null },
    })
  })

  it('never takes a random body for a success', async () => {
    const scripted = new Scripted()
    const field = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('COMPLETED', 'CREATED', 'REFUNDED', 'DELETED', 'JPY', 160),
    )
    const data = fc.dictionary(
      fc.constantFrom(
        'status',
        'codeId',
        'url',
        'expiryDate',
        'merchantPaymentId',
        'merchantRefundId',
        'paymentId',
        'amount',
      ),
      field,
    )
    const codes = api === 'cancelPayment' ? fc.string() : fc.oneof(fc.constant('SUCCESS'), fc.string())
    const bodies = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .tuple(codes, fc.oneof(data, fc.jsonValue()))
        .map(([code, some]) => JSON.stringify(envelopeOf(code, some))),
    )
    await fc.assert(
      fc.asyncProperty(
        bodies,
        fc.constantFrom(200, 201, 202, 204, 302, 400, 404, 429, 500, 503),
        async (body, status) => {
          expect((await scripted.ask(api, status, body)).sure).not.toBe('known')
        },
      ),
      { numRuns: 200 },
    )
  })
})

it('explains the number that only PayPay’s app has shown, should an API ever answer it', async () => {
  expect(await ask('getPayment', 400, envelopeOf('00400071'))).toMatchObject({
    sure: 'unknown',
    row: { code: '00400071', retry: 'ask', says: expect.stringContaining('PayPay’s app shows this number') },
  })
})
