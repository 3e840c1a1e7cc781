import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { SentBodies } from './bodies.ts'
import type { PaypayClient } from './calls.ts'
import { callWithOurs, envelopeOf, everyApi, good, ours, Scripted } from './scripted.ts'
import type { WireRequest } from './transport.ts'
import { type EndpointName, endpoints } from './wire.ts'

// What is signed is what is sent, once, under an id that never carries anything else (I5). Otherwise PayPay answers
// "Unauthorized request" and nothing more, or takes one wish for two.
let scripted: Scripted
let client: PaypayClient

beforeEach(() => {
  scripted = new Scripted()
  client = scripted.client()
})

const { merchantPaymentId, merchantRefundId, paymentId, amountYen } = ours

function last(): WireRequest {
  const request = scripted.sent.at(-1)
  if (!request) throw new Error('nothing was sent')
  return request
}

/** As PayPay does it: from the request as received, sharing no code with auth.ts. */
function isSignedFor({ method, path, headers, body }: WireRequest): boolean {
  const [, key, mac, nonce, epoch, hash] =
    /^hmac OPA-Auth:(.*):(.*):(.*):(.*):(.*)$/.exec(headers.Authorization ?? '') ?? []
  const type = body ? (headers['Content-Type'] ?? '') : 'empty'
  const expectedHash = body ? createHash('md5').update(type).update(body).digest('base64') : 'empty'
  const text = `${path}\n${method}\n${nonce}\n${epoch}\n${type}\n${expectedHash}`
  const expectedMac = createHmac('sha256', 'test-secret').update(text).digest('base64')
  return key === 'test-key' && hash === expectedHash && mac === expectedMac
}

describe.each<[EndpointName, string, object]>([
  ['createCode', '/v2/codes', {}],
  ['getPayment', `/v2/codes/payments/${merchantPaymentId}`, {}],
  ['deleteCode', `/v2/codes/${ours.codeId}`, {}],
  ['cancelPayment', `/v2/payments/${merchantPaymentId}`, {}],
  ['refundPayment', '/v2/refunds', {}],
  ['getRefund', `/v2/refunds/${merchantRefundId}`, { paymentId }],
])('%s', (api, path, query) => {
  it('goes where PayPay documents it, with its deadline, its signature and its headers', async () => {
    await callWithOurs(client, api)
    const { method, timeoutMs } = endpoints[api]
    const request = last()
    expect(request).toMatchObject({ api, method, path, query, timeoutMs })
    expect(isSignedFor(request)).toBe(true)
    expect(request.headers.Authorization).toContain(':nonce1:1700000000:')
    const named = Object.keys(request.headers).sort()
    expect(named).toEqual(method === 'POST' ? ['Authorization', 'Content-Type'] : ['Authorization'])
    expect(request.headers['Content-Type']).toBe(method === 'POST' ? 'application/json' : undefined)
    expect(request.body === null).toBe(method !== 'POST')
  })

  it('names the merchant when there is one, outside the signature', async () => {
    await callWithOurs(scripted.client({ merchantId: 'M-1' }), api)
    expect(last().headers['X-ASSUME-MERCHANT']).toBe('M-1')
    expect(isSignedFor(last())).toBe(true)
  })

  it('takes a fresh nonce and the time of now for each request', async () => {
    await callWithOurs(client, api)
    scripted.turn(61_000)
    await callWithOurs(client, api)
    expect(last().headers.Authorization).toContain(':nonce2:1700000061:')
    expect(isSignedFor(last())).toBe(true)
  })
})

it('waits as long as PayPay asks for: 30 s for what moves money, 15 s for the rest', () => {
  const deadlines = everyApi.map(api => [api, endpoints[api].timeoutMs])
  expect(Object.fromEntries(deadlines)).toEqual({
    createCode: 30_000,
    getPayment: 15_000,
    deleteCode: 15_000,
    cancelPayment: 15_000,
    refundPayment: 30_000,
    getRefund: 15_000,
  })
})

it('sends what PayPay documents for a code, and nothing else', async () => {
  await client.createCode({
    merchantPaymentId,
    amountYen,
    orderDescription: '緑茶 600ml 🍵',
    storeId: 'S',
    terminalId: 'T',
  })
  expect(JSON.parse(String(last().body))).toEqual({
    merchantPaymentId,
    amount: { amount: 160, currency: 'JPY' },
    codeType: 'ORDER_QR',
    orderDescription: '緑茶 600ml 🍵',
    storeId: 'S',
    terminalId: 'T',
    requestedAt: 1_700_000_000,
    isAuthorization: false,
  })
})

it('sends what PayPay documents for a refund, and nothing else', async () => {
  await client.refundPayment({ merchantRefundId, paymentId, amountYen })
  expect(JSON.parse(String(last().body))).toEqual({
    merchantRefundId,
    paymentId,
    amount: { amount: 160, currency: 'JPY' },
    requestedAt: 1_700_000_000,
  })
})

describe('the same id', () => {
  it.each(['createCode', 'refundPayment'] as const)(
    'is sent again with the same bytes, however late: %s',
    async api => {
      await callWithOurs(client, api)
      const first = last().body
      scripted.turn(3_600_000)
      await callWithOurs(client, api)
      expect(scripted.sent).toHaveLength(2)
      expect(last().body).toEqual(first)
    },
  )

  it('is not sent with another amount, text, or payment', async () => {
    await client.createCode({ merchantPaymentId, amountYen, orderDescription: 'Tea' })
    await client.refundPayment({ merchantRefundId, paymentId, amountYen })
    const others = [
      () => client.createCode({ merchantPaymentId, amountYen: 161, orderDescription: 'Tea' }),
      () => client.createCode({ merchantPaymentId, amountYen, orderDescription: 'Coffee' }),
      () => client.createCode({ merchantPaymentId, amountYen }),
      () => client.refundPayment({ merchantRefundId, paymentId, amountYen: 1 }),
      () => client.refundPayment({ merchantRefundId, paymentId: '1', amountYen }),
      () => client.refundPayment({ merchantRefundId, paymentId, amountYen, reason: 'x' }),
    ]
    for (const other of others) await expect(other()).rejects.toThrow('was sent before with another body')
    expect(scripted.sent).toHaveLength(2)
  })

  it('is the same body in whatever order its fields are written', async () => {
    await client.createCode({ merchantPaymentId, amountYen, storeId: 'S', terminalId: 'T' })
    await client.createCode({ terminalId: 'T', storeId: 'S', amountYen, merchantPaymentId })
    expect(last().body).toEqual(scripted.sent[0]?.body)
  })

  it('is remembered for the latest ids only, so that a till can run for years', () => {
    const bodies = new SentBodies('merchantPaymentId', 2)
    const send = (id: string, yen: number): Buffer => bodies.bytesFor(id, 0, () => ({ yen }))
    send('a', 1)
    send('b', 1)
    send('a', 1)
    send('c', 1)
    expect(() => send('a', 2)).toThrow('merchantPaymentId a was sent before')
    expect(() => send('c', 2)).toThrow('merchantPaymentId c was sent before')
    expect(String(send('b', 2))).toBe('{"yen":2}')
  })
})

describe('a bug in what is asked for is thrown, and nothing is sent', () => {
  const badIds = ['', 'a b', 'a/b', 'a?b', '..', '緑茶', 'a\n', 'x'.repeat(65), 'a.b']
  it.each(badIds)('the id "%s"', async id => {
    const calls = [
      client.createCode({ merchantPaymentId: id, amountYen }),
      client.getPayment({ merchantPaymentId: id, amountYen }),
      client.cancelPayment({ merchantPaymentId: id }),
      client.refundPayment({ merchantRefundId: id, paymentId, amountYen }),
      client.getRefund({ merchantRefundId: id, paymentId, amountYen }),
    ]
    for (const call of calls) await expect(call).rejects.toThrow()
    expect(scripted.sent).toEqual([])
  })

  it.each(['', '..', 'a/b', 'a b', 'a?b'])('the codeId "%s"', async codeId => {
    await expect(client.deleteCode({ codeId })).rejects.toThrow()
    expect(scripted.sent).toEqual([])
  })

  it.each([0, -1, 0.5, Number.NaN, 100_000_000_000])('%d yen', async yen => {
    await expect(client.createCode({ merchantPaymentId, amountYen: yen })).rejects.toThrow()
    await expect(client.refundPayment({ merchantRefundId, paymentId, amountYen: yen })).rejects.toThrow()
    expect(scripted.sent).toEqual([])
  })

  it('a text that PayPay has no room for', async () => {
    const orderDescription = 'x'.repeat(256)
    await expect(client.createCode({ merchantPaymentId, amountYen, orderDescription })).rejects.toThrow()
    expect(scripted.sent).toEqual([])
  })

  it.each(['', 'a:b', 'a b', 'キー'])('the API key "%s"', apiKey => {
    expect(() => scripted.client({ apiKey })).toThrow('Copy it again from the developer panel')
  })

  it.each(['', 'a b', 'a\r\nX-Evil: 1'])('the merchant id "%s"', merchantId => {
    expect(() => scripted.client({ merchantId })).toThrow('Leave it out')
  })
})

it('signs whatever ids it is given over the path alone, and the body as it leaves', async () => {
  const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/)
  await fc.assert(
    fc.asyncProperty(
      id,
      fc.stringMatching(/^\S{1,30}$/),
      fc.string({ maxLength: 100 }),
      async (one, other, text) => {
        const fresh = new Scripted()
        const calls = fresh.client()
        await calls.getRefund({ merchantRefundId: one, paymentId: other, amountYen })
        await calls.createCode({ merchantPaymentId: one, amountYen, orderDescription: text })
        for (const request of fresh.sent) {
          expect(request.path).not.toContain('?')
          expect(isSignedFor(request)).toBe(true)
        }
      },
    ),
    { numRuns: 50 },
  )
})

it('closes its network', async () => {
  await client.close()
  expect(scripted.closed).toBe(true)
})

it('keeps PayPay’s ids with every answer', async () => {
  const { status, code, data } = good.getPayment
  scripted.takesMs = 300
  const answer = await scripted.ask('getPayment', status, envelopeOf(code, data), {
    'x-request-id': 'OPA45F6',
  })
  expect(answer.evidence).toEqual({
    api: 'getPayment',
    atMs: 1_700_000_000_300,
    httpStatus: 200,
    code: 'SUCCESS',
    codeId: '08100001',
    requestId: 'OPA45F6',
  })
  expect(scripted.observed).toEqual([
    {
      evidence: answer.evidence,
      health: 'fine',
      says: '',
      paypayAheadMs: null,
      sentAtMs: expect.any(Number),
    },
  ])
})
