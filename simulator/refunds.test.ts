import { describe, expect, it } from 'vitest'
import { refundDetails } from '../core/paypay/wire.ts'
import { START_MS, TestTill } from './testTill.ts'

// Money goes back once for each decision, never more than came in, and within a year.

describe('refund', () => {
  it('gives it all back', async () => {
    const till = new TestTill()
    const { paymentId } = await till.sell('order-1', 1_000)
    const answer = await till.refund('r1', paymentId, 1_000, { reason: '品切れ' })
    expect(answer.status).toBe(200)
    expect(refundDetails.parse(answer.data)).toEqual({
      status: 'REFUNDED',
      acceptedAt: START_MS / 1_000,
      merchantRefundId: 'r1',
      paymentId,
      amount: { amount: 1_000, currency: 'JPY' },
      requestedAt: START_MS / 1_000,
      reason: '品切れ',
    })
    expect((await till.getPayment('order-1')).data).toMatchObject({
      status: 'REFUNDED',
      refunds: { data: [{ status: 'REFUNDED', merchantRefundId: 'r1', amount: { amount: 1_000 } }] },
    })
    expect((await till.getRefund('r1', paymentId)).data).toEqual(answer.data)
    expect(till.simulator.bookReport()).toMatchObject({ capturedYen: 1_000, returnedYen: 1_000, keptYen: 0 })
  })

  it('reads CREATED until it is done', async () => {
    const till = new TestTill()
    till.switch({ refundTakesMs: 10_000 })
    const { paymentId } = await till.sell('order-1')
    expect((await till.refund('r1', paymentId, 160)).data).toMatchObject({ status: 'CREATED' })
    await till.pass(10_000)
    expect((await till.getRefund('r1', paymentId)).data).toMatchObject({ status: 'REFUNDED' })
  })

  it('of a part leaves COMPLETED, or REFUNDED', async () => {
    const till = new TestTill()
    const first = await till.sell('order-1', 1_000)
    await till.refund('r1', first.paymentId, 400)
    expect((await till.getPayment('order-1')).data).toMatchObject({ status: 'COMPLETED' })
    till.switch({ partialRefundStatus: 'REFUNDED' })
    const second = await till.sell('order-2', 1_000)
    await till.refund('r2', second.paymentId, 400)
    expect((await till.getPayment('order-2')).data).toMatchObject({ status: 'REFUNDED' })
    expect(till.simulator.bookReport()).toMatchObject({
      capturedYen: 2_000,
      returnedYen: 800,
      keptYen: 1_200,
    })
  })

  it('under the same id for the same payment: the previous result, and no more money', async () => {
    const till = new TestTill()
    till.switch({ multipleRefunds: true })
    const { paymentId } = await till.sell('order-1', 1_000)
    const first = await till.refund('r1', paymentId, 400)
    const again = await till.refund('r1', paymentId, 500)
    expect(again.data).toEqual(first.data)
    expect(till.simulator.bookReport().returnedYen).toBe(400)
    // The same id for another payment is another refund.
    const other = await till.sell('order-2', 1_000)
    expect((await till.refund('r1', other.paymentId, 300)).data).toMatchObject({ amount: { amount: 300 } })
  })

  it('a second time: refused in either of two ways, or allowed up to the amount and the number', async () => {
    const till = new TestTill()
    const { paymentId } = await till.sell('order-1', 1_000)
    await till.refund('r1', paymentId, 400)
    const rejected = await till.refund('r2', paymentId, 100)
    expect(rejected).toMatchObject({ status: 403, code: 'MERCHANT_MULTIPLE_REFUND_REJECTED' })
    expect(rejected.resultInfo).not.toHaveProperty('codeId')
    till.switch({ multipleRefundsRefusal: 'UNACCEPTABLE_OP' })
    expect(await till.refund('r2', paymentId, 100)).toMatchObject({
      status: 400,
      resultInfo: { code: 'UNACCEPTABLE_OP', codeId: '00200014' },
    })
    till.switch({ multipleRefunds: true, maxRefunds: 3 })
    expect(await till.refund('r2', paymentId, 601)).toMatchObject({
      status: 400,
      resultInfo: { code: 'INVALID_PARAMS', codeId: '00200015' },
    })
    expect((await till.refund('r2', paymentId, 100)).status).toBe(200)
    expect((await till.refund('r3', paymentId, 100)).status).toBe(200)
    expect(await till.refund('r4', paymentId, 100)).toMatchObject({
      status: 400,
      code: 'REFUND_LIMIT_EXCEEDED',
    })
    expect(till.simulator.bookReport()).toMatchObject({ returnedYen: 600, keptYen: 400 })
  })

  it('of more than was paid: INVALID_PARAMS', async () => {
    const till = new TestTill()
    const { paymentId } = await till.sell('order-1', 1_000)
    expect(await till.refund('r1', paymentId, 1_001)).toMatchObject({ code: 'INVALID_PARAMS' })
    expect(till.simulator.bookReport().keptYen).toBe(1_000)
  })

  it('on top of a cancel: refused, from the moment it is accepted', async () => {
    const till = new TestTill()
    till.switch({ cancelTakesMs: 30_000 })
    const { paymentId } = await till.sell('order-1')
    await till.cancel('order-1')
    const refused = { status: 400, resultInfo: { code: 'UNACCEPTABLE_OP', codeId: '00200013' } }
    expect(await till.refund('r1', paymentId, 160)).toMatchObject(refused)
    await till.pass(30_000)
    expect(await till.refund('r1', paymentId, 160)).toMatchObject(refused)
    expect(till.simulator.bookReport()).toMatchObject({ returnedYen: 160, keptYen: 0 })
  })

  it('ends with day 365 after the payment’s date, in Tokyo', async () => {
    const till = new TestTill()
    const { paymentId } = await till.sell('order-1')
    const { paymentId: other } = await till.sell('order-2')
    await till.pass(Date.parse('2027-11-24T23:59:59.999+09:00') - till.nowMs)
    expect((await till.refund('r1', paymentId, 160)).status).toBe(200)
    await till.pass(1)
    expect(await till.refund('r2', other, 160)).toMatchObject({ status: 400, code: 'REFUND_WINDOW_EXCEED' })
  })

  it('with our id where PayPay’s belongs: INTERNAL_SERVER_ERROR; with one that is unknown: RESOURCE_NOT_FOUND', async () => {
    const till = new TestTill()
    await till.sell('order-1')
    expect(await till.refund('r1', 'order-1', 160)).toMatchObject({
      status: 500,
      resultInfo: { code: 'INTERNAL_SERVER_ERROR', codeId: '08101000' },
    })
    expect(await till.refund('r1', '00000000000000000001', 160)).toMatchObject({
      status: 404,
      resultInfo: { code: 'RESOURCE_NOT_FOUND', codeId: '00200001' },
    })
  })

  it.each(['merchantRefundId', 'paymentId', 'amount', 'requestedAt'])(
    'without %s: MISSING_REQUEST_PARAMS',
    async field => {
      const till = new TestTill()
      const { paymentId } = await till.sell('order-1')
      expect(await till.refund('r1', paymentId, 160, { [field]: undefined })).toMatchObject({
        status: 400,
        code: 'MISSING_REQUEST_PARAMS',
      })
      expect(till.simulator.bookReport().keptYen).toBe(160)
    },
  )

  it.each([
    ['no yen', { amount: { amount: 0, currency: 'JPY' } }],
    ['an id of our own making', { merchantRefundId: 'r/1' }],
    ['a novel as its reason', { reason: 'x'.repeat(256) }],
    ['milliseconds', { requestedAt: START_MS }],
  ])('with %s: INVALID_REQUEST_PARAMS', async (_name, change) => {
    const till = new TestTill()
    const { paymentId } = await till.sell('order-1')
    expect(await till.refund('r1', paymentId, 160, change)).toMatchObject({ code: 'INVALID_REQUEST_PARAMS' })
  })
})

describe('read a refund', () => {
  it('that is not there: NO_SUCH_REFUND_ORDER', async () => {
    const till = new TestTill()
    const { paymentId } = await till.sell('order-1')
    await till.refund('r1', paymentId, 160)
    const missing = { status: 404, resultInfo: { code: 'NO_SUCH_REFUND_ORDER', codeId: '00200018' } }
    expect(await till.getRefund('r2', paymentId)).toMatchObject(missing)
    expect(await till.getRefund('r1', '00000000000000000001')).toMatchObject(missing)
    expect(await till.getRefund('r.1')).toMatchObject({ code: 'INVALID_REQUEST_PARAMS' })
  })

  it('without the query: let through for the SDK’s sake, or refused', async () => {
    const till = new TestTill()
    const { paymentId } = await till.sell('order-1')
    await till.refund('r1', paymentId, 160)
    expect((await till.getRefund('r1')).data).toMatchObject({ paymentId })
    till.switch({ refundPaymentId: 'required' })
    expect(await till.getRefund('r1')).toMatchObject({ status: 400, code: 'MISSING_REQUEST_PARAMS' })
    expect((await till.getRefund('r1', paymentId)).status).toBe(200)
  })

  it('can be stale', async () => {
    const till = new TestTill()
    till.switch({ staleReadMs: 2_000 })
    const { paymentId } = await till.sell('order-1')
    await till.refund('r1', paymentId, 160)
    expect(await till.getRefund('r1', paymentId)).toMatchObject({ code: 'NO_SUCH_REFUND_ORDER' })
    await till.pass(2_000)
    expect((await till.getRefund('r1', paymentId)).status).toBe(200)
  })
})
