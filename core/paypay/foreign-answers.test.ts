import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { envelopeOf, good, ours, Scripted } from './scripted.ts'
import type { EndpointName } from './wire.ts'

// A 200 that speaks of another customer's payment, lacks its id, or uses a word nobody has heard of: PayPay, a cache or a
// bug of ours may send one. None of them releases goods (I1), and none of them ends a payment (I6).

const ask = (...input: Parameters<Scripted['ask']>): ReturnType<Scripted['ask']> =>
  new Scripted().ask(...input)

const goodBody = (api: EndpointName, changes: object = {}): object =>
  envelopeOf(good[api].code, good[api].data && { ...good[api].data, ...changes })

describe('a body about something else is foreign', () => {
  const foreign: readonly [EndpointName, object][] = [
    ['createCode', { merchantPaymentId: 'kiosk-0002' }],
    ['createCode', { merchantPaymentId: 1 }],
    ['createCode', { amount: { amount: 161, currency: 'JPY' } }],
    ['createCode', { amount: { amount: 160, currency: 'USD' } }],
    ['getPayment', { merchantPaymentId: 'KIOSK-0001' }],
    ['getPayment', { amount: { amount: '160', currency: 'JPY' } }],
    ['getPayment', { amount: { amount: 16_000, currency: 'JPY' } }],
    ['getPayment', { amount: { amount: 160, currency: 'jpy' } }],
    ['getPayment', { status: 'CREATED', merchantPaymentId: null }],
    ['deleteCode', { codeId: '04-another' }],
    ['refundPayment', { merchantRefundId: 'kiosk-0001-r2' }],
    ['refundPayment', { paymentId: '3930495384927838208' }],
    ['refundPayment', { amount: { amount: 159, currency: 'JPY' } }],
    ['getRefund', { merchantRefundId: 'kiosk-0002-r1' }],
    ['getRefund', { paymentId: '1' }],
    ['getRefund', { amount: { amount: 160, currency: 'USD' } }],
  ]
  it.each(foreign)('%s: %j', async (api, changes) => {
    expect(await ask(api, good[api].status, goodBody(api, changes))).toMatchObject({
      sure: 'unknown',
      row: { code: 'foreign', retry: 'ask', health: 'fine' },
      evidence: { code: 'SUCCESS' },
    })
  })

  it.each([
    ['COMPLETED', {}, { kind: 'completed' }],
    ['REFUNDED', {}, { kind: 'refunded' }],
    ['FAILED', {}, { kind: 'failed' }],
    ['CREATED', {}, { kind: 'unpaid' }],
  ])(
    'getPayment: %s over another amount is told beside, and believed by nobody',
    async (status, changes, read) => {
      const body = goodBody('getPayment', { status, amount: { amount: 161, currency: 'JPY' }, ...changes })
      expect(await ask('getPayment', 200, body)).toMatchObject({
        sure: 'unknown',
        row: { code: 'foreign' },
        otherAmount: { amountYen: 161, read },
      })
    },
  )

  it.each([
    { merchantPaymentId: 'kiosk-0002' },
    { amount: { amount: 161, currency: 'USD' } },
    { amount: { amount: -161, currency: 'JPY' } },
    { paymentId: null },
    { status: 'SOMETHING' },
  ])('getPayment: another amount with %j is no statement about our payment', async changes => {
    const body = goodBody('getPayment', { amount: { amount: 161, currency: 'JPY' }, ...changes })
    const answer = await ask('getPayment', 200, body)
    expect(answer).toMatchObject({ sure: 'unknown', row: { code: 'foreign' } })
    expect(answer).not.toHaveProperty('otherAmount')
  })

  it('cancelPayment: a body that names another payment', async () => {
    const body = envelopeOf('REQUEST_ACCEPTED', { merchantPaymentId: 'kiosk-0002' })
    expect(await ask('cancelPayment', 202, body)).toMatchObject({ sure: 'unknown', row: { code: 'foreign' } })
  })
})

describe('a success that lacks something is incomplete', () => {
  const missing: readonly [EndpointName, string][] = [
    ['createCode', 'codeId'],
    ['createCode', 'url'],
    ['createCode', 'expiryDate'],
    ['createCode', 'merchantPaymentId'],
    ['createCode', 'amount'],
    ['getPayment', 'status'],
    ['getPayment', 'paymentId'],
    ['getPayment', 'merchantPaymentId'],
    ['getPayment', 'amount'],
    ['deleteCode', 'qrStatus'],
    ['refundPayment', 'status'],
    ['refundPayment', 'merchantRefundId'],
    ['refundPayment', 'paymentId'],
    ['refundPayment', 'amount'],
    ['getRefund', 'status'],
    ['getRefund', 'merchantRefundId'],
    ['getRefund', 'paymentId'],
    ['getRefund', 'amount'],
  ]
  it.each(missing)('%s without %s', async (api, name) => {
    expect(await ask(api, good[api].status, goodBody(api, { [name]: undefined }))).toMatchObject({
      sure: 'unknown',
      row: { code: 'incomplete', retry: 'ask' },
    })
  })

  it.each(['createCode', 'getPayment', 'deleteCode', 'refundPayment', 'getRefund'] as const)(
    '%s without data',
    async api => {
      expect(await ask(api, good[api].status, envelopeOf('SUCCESS'))).toMatchObject({
        sure: 'unknown',
        row: { code: 'incomplete' },
      })
    },
  )

  it.each(['..', '04/../payments', '04 x', '04?x', ''])(
    'a code that could never be deleted is not shown: "%s"',
    async codeId => {
      expect((await ask('createCode', 201, goodBody('createCode', { codeId }))).sure).toBe('unknown')
    },
  )
})

describe('the words of a payment', () => {
  const read = (changes: object): ReturnType<typeof ask> =>
    ask('getPayment', 200, goodBody('getPayment', changes))
  const refunds = (...some: [string, number][]): object => ({
    refunds: { data: some.map(([status, yen]) => ({ status, amount: { amount: yen, currency: 'JPY' } })) },
  })

  it.each([
    ['CREATED', { kind: 'unpaid' }],
    ['FAILED', { kind: 'failed' }],
    ['CANCELED', { kind: 'failed' }],
    ['EXPIRED', { kind: 'failed' }],
    ['REFUNDED', { kind: 'refunded', paymentId: null }],
  ])('%s, without a paymentId', async (status, value) => {
    expect(await read({ status, paymentId: null, acceptedAt: null })).toMatchObject({ sure: 'known', value })
  })

  it.each(['AUTHORIZED', 'REAUTHORIZING', 'PENDING', 'completed', ''])('%s is not known', async status => {
    expect(await read({ status })).toMatchObject({
      sure: 'unknown',
      row: { code: 'unknownWord', retry: 'ask', says: expect.stringContaining(JSON.stringify(status)) },
    })
  })

  it('any other word is not known', async () => {
    const words = new Set(['CREATED', 'COMPLETED', 'FAILED', 'CANCELED', 'EXPIRED', 'REFUNDED'])
    const other = fc.string().filter(word => !words.has(word))
    await fc.assert(
      fc.asyncProperty(other, async status => {
        expect((await read({ status })).sure).toBe('unknown')
      }),
    )
  })

  it('a word as long as a book is told cut short', async () => {
    const answer = await read({ status: 'x'.repeat(5_000) })
    expect(answer.sure === 'unknown' && answer.row.says.length).toBeLessThan(200)
  })

  it.each(['', null])('COMPLETED with the paymentId %j is not known', async paymentId => {
    expect(await read({ paymentId })).toMatchObject({ sure: 'unknown', row: { code: 'incomplete' } })
  })

  it('COMPLETED without acceptedAt is completed', async () => {
    expect(await read({ acceptedAt: null })).toMatchObject({
      value: { kind: 'completed', acceptedAtS: null },
    })
  })

  it.each<[string, object, string]>([
    ['nothing', refunds(), 'completed'],
    ['a part', refunds(['REFUNDED', 159]), 'completed'],
    ['all', refunds(['REFUNDED', 160]), 'refunded'],
    ['all, on its way', refunds(['CREATED', 160]), 'refunded'],
    ['all, in two', refunds(['REFUNDED', 100], ['CREATED', 60]), 'refunded'],
    ['a part, with an odd word', refunds(['REFUND_FAILED', 60]), 'completed'],
  ])('COMPLETED, and given back: %s', async (_what, changes, kind) => {
    expect(await read(changes)).toMatchObject({ sure: 'known', value: { kind, paymentId: ours.paymentId } })
  })

  it('COMPLETED with an odd refund that would make the difference is not known', async () => {
    expect(await read(refunds(['REFUNDED', 100], ['REFUND_FAILED', 60]))).toMatchObject({
      sure: 'unknown',
      row: { code: 'unknownWord', says: expect.stringContaining('REFUND_FAILED') },
    })
  })

  it.each(['refundPayment', 'getRefund'] as const)('%s: an odd word is not known', async api => {
    for (const status of ['REFUND_FAILED', 'COMPLETED', ''])
      expect(await ask(api, 200, goodBody(api, { status }))).toMatchObject({
        sure: 'unknown',
        row: { code: 'unknownWord' },
      })
  })

  it('fields that PayPay adds one day change nothing', async () => {
    expect(await read({ brandNew: { a: [1] } })).toMatchObject({
      sure: 'known',
      value: { kind: 'completed' },
    })
  })
})
