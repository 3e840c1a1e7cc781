import { describe, expect, it } from 'vitest'
import { paymentDetails } from '../core/paypay/wire.ts'
import { START_MS, TestTill } from './testTill.ts'

// A read tells what there is: a code nobody has paid, a payment and what became of it, or neither.

const START_S = START_MS / 1_000
const NOT_FOUND = { resultInfo: { code: 'DYNAMIC_QR_PAYMENT_NOT_FOUND', codeId: '01652075' }, data: null }

describe('read a payment', () => {
  it('before the customer pays: CREATED, without a paymentId', async () => {
    const till = new TestTill()
    await till.createCode('order-1', 160, { orderDescription: '緑茶', terminalId: 'T1' })
    const answer = await till.getPayment('order-1')
    expect(answer.status).toBe(200)
    expect(paymentDetails.parse(answer.data)).toMatchObject({
      status: 'CREATED',
      merchantPaymentId: 'order-1',
      amount: { amount: 160, currency: 'JPY' },
      requestedAt: START_S,
      orderDescription: '緑茶',
      terminalId: 'T1',
      refunds: null,
      canceledAt: null,
    })
    expect(answer.data).not.toHaveProperty('paymentId')
    till.switch({ createdDetails: 'paymentIdNull' })
    expect((await till.getPayment('order-1')).data).toMatchObject({ paymentId: null, acceptedAt: null })
  })

  it('after the customer paid: COMPLETED, with PayPay’s id as 20 digits', async () => {
    const till = new TestTill()
    await till.createCode('order-1', 160, {
      orderItems: [{ name: '緑茶', quantity: 1, unitPrice: { amount: 160, currency: 'JPY' } }],
    })
    await till.pass(5_500)
    till.phone('approve')
    const answer = await till.getPayment('order-1')
    expect(paymentDetails.parse(answer.data)).toMatchObject({
      status: 'COMPLETED',
      paymentId: expect.stringMatching(/^0\d{19}$/),
      acceptedAt: START_S + 5,
      // Camel case here.
      orderItems: [{ unitPrice: { amount: 160, currency: 'JPY' } }],
      paymentMethods: [{ amount: { amount: 160, currency: 'JPY' }, type: 'WALLET' }],
    })
  })

  it('of an id that nobody used, or whose code expired unpaid: not found, with 400 or 404', async () => {
    const till = new TestTill()
    await till.createCode('order-1')
    expect(await till.getPayment('order-2')).toMatchObject({ status: 400, ...NOT_FOUND })
    await till.pass(299_999)
    expect((await till.getPayment('order-1')).data).toMatchObject({ status: 'CREATED' })
    await till.pass(1)
    expect(await till.getPayment('order-1')).toMatchObject({ status: 400, ...NOT_FOUND })
    till.switch({ notFoundStatus: 404 })
    expect(await till.getPayment('order-1')).toMatchObject({ status: 404, ...NOT_FOUND })
  })

  it('after expiry can go on saying CREATED for a while', async () => {
    const till = new TestTill()
    till.switch({ expiredReadsCreatedMs: 4_000 })
    await till.createCode('order-1')
    await till.pass(303_999)
    expect((await till.getPayment('order-1')).data).toMatchObject({ status: 'CREATED' })
    await till.pass(1)
    expect(await till.getPayment('order-1')).toMatchObject(NOT_FOUND)
  })

  it('keeps the payment after the code’s time', async () => {
    const till = new TestTill()
    await till.sell('order-1')
    await till.pass(3_600_000)
    expect((await till.getPayment('order-1')).data).toMatchObject({ status: 'COMPLETED' })
  })

  it('can be stale: create, payment, cancel and delete each show only later', async () => {
    const till = new TestTill()
    till.switch({ staleReadMs: 5_000 })
    const status = async () => {
      const answer = await till.getPayment('order-1')
      return answer.data?.status ?? answer.code
    }
    await till.createCode('order-1')
    expect(await status()).toBe('DYNAMIC_QR_PAYMENT_NOT_FOUND')
    await till.pass(5_000)
    expect(await status()).toBe('CREATED')
    till.phone('approve')
    await till.pass(4_999)
    expect(await status()).toBe('CREATED')
    await till.pass(1)
    expect(await status()).toBe('COMPLETED')
    await till.cancel('order-1')
    await till.pass(4_999)
    expect(await status()).toBe('COMPLETED')
    await till.pass(1)
    expect(await status()).toBe('FAILED')
  })

  it('through the endpoint that does not know of codes: RESOURCE_NOT_FOUND until it is paid', async () => {
    const till = new TestTill()
    await till.createCode('order-1')
    const trap = () => till.call('GET', '/v2/payments/order-1')
    expect(await trap()).toMatchObject({
      status: 404,
      resultInfo: { code: 'RESOURCE_NOT_FOUND', codeId: '00200001' },
    })
    till.phone('decline')
    expect(await trap()).toMatchObject({ status: 404 })
    await till.sell('order-2')
    expect((await till.call('GET', '/v2/payments/order-2')).data).toMatchObject({ status: 'COMPLETED' })
  })

  it('of an id that cannot be one: INVALID_REQUEST_PARAMS', async () => {
    for (const id of ['a.b', 'a%20b', 'a'.repeat(65), ''])
      expect(await new TestTill().getPayment(id)).toMatchObject({
        status: 400,
        code: 'INVALID_REQUEST_PARAMS',
      })
  })
})
