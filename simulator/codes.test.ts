import { describe, expect, it } from 'vitest'
import { createdCode as createdCodeSchema } from '../core/paypay/wire.ts'
import { START_MS, TestTill } from './testTill.ts'

// A code is created once, for a well-formed request; deleted, it is gone; a payment that happened stays.

const START_S = START_MS / 1_000

describe('create', () => {
  it('answers as the sandbox does', async () => {
    const till = new TestTill()
    const answer = await till.createCode('order-1', 1_240, {
      orderDescription: '緑茶 🍵',
      storeInfo: 'こかげ',
      storeId: 'S1',
      terminalId: 'T1',
      orderItems: [
        {
          name: '緑茶',
          quantity: 2,
          unitPrice: { amount: 160, currency: 'JPY' },
          category: '飲料',
          productId: 'A01',
        },
      ],
    })
    expect(answer).toMatchObject({
      status: 201,
      resultInfo: { code: 'SUCCESS', codeId: '08100001', message: 'Success' },
      data: {
        expiryDate: START_S + 300,
        merchantPaymentId: 'order-1',
        amount: { amount: 1_240, currency: 'JPY' },
        codeType: 'ORDER_QR',
        isAuthorization: false,
        requestedAt: START_S,
        orderDescription: '緑茶 🍵',
        storeInfo: 'こかげ',
        storeId: 'S1',
        terminalId: 'T1',
        // Snake case in this one place.
        orderItems: [{ name: '緑茶', quantity: 2, unit_price: { amount: 160, currency: 'JPY' } }],
      },
    })
    const { codeId, url, deeplink } = createdCodeSchema.parse(answer.data)
    const [, tail = ''] = /^04-([A-Za-z0-9]{16})$/.exec(codeId) ?? []
    expect(url).toBe(`https://qr-stg.sandbox.paypay.ne.jp/28180104${tail}`)
    expect(url).toHaveLength(60)
    expect(deeplink).toBe(`paypay://payment?link_key=${encodeURIComponent(url)}`)
    expect(answer.headers['x-request-id']).toMatch(/^OPA[0-9A-F]{32}$/)
    expect(answer.headers.date).toBe('Tue, 24 Nov 2026 03:00:00 GMT')
  })

  it.each([
    ['merchantPaymentId', { merchantPaymentId: undefined }],
    ['amount', { amount: undefined }],
    ['amount.amount', { amount: { currency: 'JPY' } }],
    ['amount.currency', { amount: { amount: 1 } }],
    ['codeType', { codeType: null }],
    ['orderItems[0].quantity', { orderItems: [{ name: 'a', unitPrice: { amount: 1, currency: 'JPY' } }] }],
    ['orderItems[0].unitPrice', { orderItems: [{ name: 'a', quantity: 1 }] }],
  ])('without %s: MISSING_REQUEST_PARAMS', async (field, change) => {
    const answer = await new TestTill().createCode('order-1', 160, change)
    expect(answer).toMatchObject({ status: 400, code: 'MISSING_REQUEST_PARAMS', data: null })
    expect(answer.resultInfo).toMatchObject({ codeId: '08100024', message: expect.stringContaining(field) })
  })

  it.each([
    ['an id with a space', { merchantPaymentId: 'a b' }],
    ['an id of 65 characters', { merchantPaymentId: 'a'.repeat(65) }],
    ['an id that is a number', { merchantPaymentId: 1 }],
    ['a negative amount', { amount: { amount: -1, currency: 'JPY' } }],
    ['no yen at all', { amount: { amount: 0, currency: 'JPY' } }],
    ['a fraction of a yen', { amount: { amount: 1.5, currency: 'JPY' } }],
    ['an amount in words', { amount: { amount: '160', currency: 'JPY' } }],
    ['an amount of 12 digits', { amount: { amount: 100_000_000_000, currency: 'JPY' } }],
    ['dollars', { amount: { amount: 1, currency: 'USD' } }],
    ['an amount that is no object', { amount: 160 }],
    ['a description of 256 characters', { orderDescription: 'あ'.repeat(256) }],
    ['milliseconds', { requestedAt: START_MS }],
    ['a flag in words', { isAuthorization: 'false' }],
    ['a product type of no one', { productType: 'TEA' }],
    ['items that are no list', { orderItems: {} }],
    [
      'no pieces of an item',
      { orderItems: [{ name: 'a', quantity: 0, unitPrice: { amount: 1, currency: 'JPY' } }] },
    ],
  ])('with %s: INVALID_REQUEST_PARAMS, and no code', async (_name, change) => {
    const till = new TestTill()
    const answer = await till.createCode('order-1', 160, change)
    expect(answer).toMatchObject({ status: 400, code: 'INVALID_REQUEST_PARAMS' })
    expect(answer.resultInfo.codeId).toBe('08100006')
    expect(till.simulator.codes()).toEqual([])
  })

  it('takes the longest of everything', async () => {
    const till = new TestTill()
    const answer = await till.createCode('Az09-_'.padEnd(64, 'x'), 99_999_999_999, {
      orderDescription: '🍵'.repeat(255),
    })
    expect(answer.status).toBe(201)
  })

  it.each([null, '[]', '"text"', '{"a"'])('with the body %s: refused, in PayPay’s envelope', async body => {
    const answer = await new TestTill().call('POST', '/v2/codes', body)
    expect(answer).toMatchObject({ status: 400, data: null })
    expect(['INVALID_REQUEST_PARAMS', 'MISSING_REQUEST_PARAMS']).toContain(answer.code)
  })

  it('messages of failures end in the request’s id, within 255 characters', async () => {
    const till = new TestTill()
    const { resultInfo, headers } = await till.createCode('order-1', 160, { orderItems: Array(20).fill({}) })
    expect(resultInfo.message).toMatch(/ \| \[OPA[0-9A-F]{32}\]$/)
    expect(resultInfo.message).toContain(headers['x-request-id'])
    expect(resultInfo.message).toHaveLength(255)
  })

  it('of another kind, or as a preauthorisation, is refused', async () => {
    const till = new TestTill()
    expect(await till.createCode('a', 1, { codeType: 'TOPUP_QR' })).toMatchObject({
      status: 400,
      resultInfo: { code: 'DYNAMIC_QR_BAD_REQUEST', codeId: '01650000' },
    })
    expect(await till.createCode('a', 1, { isAuthorization: true })).toMatchObject({
      status: 400,
      resultInfo: { code: 'PRE_AUTH_CAPTURE_UNSUPPORTED_MERCHANT', codeId: '00400060' },
    })
  })

  it('with an id that was used: refused, or the previous result whatever the body says', async () => {
    const till = new TestTill()
    const first = await till.createCode('order-1', 160)
    expect(await till.createCode('order-1', 160)).toMatchObject({
      status: 400,
      resultInfo: { code: 'DUPLICATE_DYNAMIC_QR_REQUEST', codeId: '01652073' },
    })
    till.switch({ duplicateCreate: 'previousResult' })
    expect(await till.createCode('order-1', 999)).toMatchObject({ status: 201, data: first.data })
    expect(till.simulator.codes()).toHaveLength(1)
  })

  it('ids that are names of object properties are ids like any other', async () => {
    const till = new TestTill()
    for (const id of ['__proto__', 'constructor', 'toString'])
      expect((await till.createCode(id)).status).toBe(201)
    expect((await till.getPayment('__proto__')).data).toMatchObject({ status: 'CREATED' })
    expect(await till.getPayment('valueOf')).toMatchObject({ code: 'DYNAMIC_QR_PAYMENT_NOT_FOUND' })
  })

  it('the switches decide about lifetime, 0 yen and emoji', async () => {
    const till = new TestTill()
    till.switch({ codeLifetimeS: 60, zeroAmount: 'accepted', emojiInText: 'refused' })
    expect((await till.createCode('a', 0)).data).toMatchObject({ expiryDate: START_S + 60 })
    expect((await till.createCode('b', -1)).status).toBe(400)
    expect((await till.createCode('c', 1, { orderDescription: '🍵' })).status).toBe(400)
    expect((await till.createCode('d', 1, { orderDescription: '緑茶' })).status).toBe(201)
  })
})

describe('delete', () => {
  it('takes a live code away', async () => {
    const till = new TestTill()
    await till.createCode('order-1')
    const codeId = till.newestCodeId()
    expect(await till.deleteCode(codeId)).toMatchObject({ status: 200, data: { qrStatus: 'DELETED' } })
    expect(till.phone('approve', codeId)).toMatchObject({ done: false, outcome: 'deleted' })
    expect(await till.getPayment('order-1')).toMatchObject({ code: 'DYNAMIC_QR_PAYMENT_NOT_FOUND' })
  })

  it('of a code that is not there, is gone already or has expired: DYNAMIC_QR_NOT_FOUND', async () => {
    const till = new TestTill()
    const gone = { status: 404, resultInfo: { code: 'DYNAMIC_QR_NOT_FOUND', codeId: '01652072' } }
    expect(await till.deleteCode('04-nothing')).toMatchObject(gone)
    await till.createCode('order-1')
    await till.deleteCode(till.newestCodeId())
    expect(await till.deleteCode(till.newestCodeId())).toMatchObject(gone)
    await till.createCode('order-2')
    await till.pass(300_000)
    expect(await till.deleteCode(till.newestCodeId())).toMatchObject(gone)
  })

  it('of something that is no codeId: DYNAMIC_QR_BAD_REQUEST', async () => {
    const till = new TestTill()
    for (const id of ['a%20b', '%', 'a'.repeat(256)])
      expect(await till.deleteCode(id)).toMatchObject({ status: 400, code: 'DYNAMIC_QR_BAD_REQUEST' })
  })

  it('of a paid code says so, or DELETED although paid; the money stays', async () => {
    const till = new TestTill()
    const { codeId } = await till.sell('order-1')
    expect(await till.deleteCode(codeId)).toMatchObject({
      status: 400,
      resultInfo: { code: 'DYNAMIC_QR_ALREADY_PAID', codeId: '01652074' },
    })
    till.switch({ deletePaid: 'deleted' })
    expect(await till.deleteCode(codeId)).toMatchObject({ status: 200, data: { qrStatus: 'DELETED' } })
    expect((await till.getPayment('order-1')).data).toMatchObject({ status: 'COMPLETED' })
    expect(till.simulator.bookReport().keptYen).toBe(160)
  })
})

it('there is nothing else: RESOURCE_NOT_FOUND', async () => {
  const till = new TestTill()
  for (const [method, path] of [
    ['GET', '/v2/codes'],
    ['PUT', '/v2/payments'],
    ['GET', '/v2/nonesuch'],
    ['PUT', '/v2/codes/a'],
    ['GET', '/v2/codes/payments/a/b'],
  ] as const)
    expect(await till.call(method, path)).toMatchObject({ status: 404, code: 'RESOURCE_NOT_FOUND' })
})
