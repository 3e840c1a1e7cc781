import { describe, expect, it } from 'vitest'
import { TestTill } from './testTill.ts'

// A cancel is accepted first and done later; sent before the money, it waits for the money.

const ACCEPTED = {
  status: 202,
  resultInfo: { code: 'REQUEST_ACCEPTED', codeId: '08100001', message: 'Request accepted' },
  data: null,
}
const statusOf = async (till: TestTill, id = 'order-1') => (await till.getPayment(id)).data?.status

describe('cancel of a payment', () => {
  it('becomes FAILED, with canceledAt, when PayPay has got round to it', async () => {
    const till = new TestTill()
    till.switch({ cancelTakesMs: 20_000 })
    await till.sell('order-1')
    expect(await till.cancel('order-1')).toMatchObject(ACCEPTED)
    await till.pass(19_999)
    expect(await statusOf(till)).toBe('COMPLETED')
    expect(till.simulator.bookReport()).toMatchObject({ keptYen: 160, returningYen: 160 })
    await till.pass(1)
    expect((await till.getPayment('order-1')).data).toMatchObject({
      status: 'FAILED',
      paymentId: expect.any(String),
      canceledAt: Math.floor(till.nowMs / 1_000),
    })
    expect(till.simulator.bookReport()).toMatchObject({
      capturedYen: 160,
      returnedYen: 160,
      keptYen: 0,
      returningYen: 0,
    })
  })

  it('can be asked for again without doing more', async () => {
    const till = new TestTill()
    till.switch({ cancelTakesMs: 10_000 })
    await till.sell('order-1')
    await till.cancel('order-1')
    await till.pass(9_000)
    expect(await till.cancel('order-1')).toMatchObject(ACCEPTED)
    await till.pass(1_000)
    expect(await statusOf(till)).toBe('FAILED')
    expect(await till.cancel('order-1')).toMatchObject(ACCEPTED)
    expect(till.simulator.bookReport()).toMatchObject({ returnedYen: 160, keptYen: 0 })
    const canceledAt = (await till.getPayment('order-1')).data?.canceledAt
    await till.pass(86_400_000)
    expect(await till.cancel('order-1')).toMatchObject(ACCEPTED)
    expect((await till.getPayment('order-1')).data).toMatchObject({ canceledAt })
  })

  it('ends at 00:15:00 in Tokyo on the day after the payment', async () => {
    const till = new TestTill()
    await till.sell('order-1')
    await till.sell('order-2')
    await till.pass(Date.parse('2026-11-25T00:14:59.999+09:00') - till.nowMs)
    expect(await till.cancel('order-1')).toMatchObject(ACCEPTED)
    await till.pass(1)
    expect(await till.cancel('order-2')).toMatchObject({
      status: 400,
      resultInfo: { code: 'ORDER_NOT_REVERSIBLE', codeId: '00200044' },
    })
    expect(await statusOf(till, 'order-2')).toBe('COMPLETED')
    // One second before midnight, the window is a quarter of an hour.
    const late = new TestTill()
    late.nowMs = Date.parse('2026-11-24T23:59:59+09:00')
    await late.sell('order-3')
    await late.pass(901_000)
    expect((await late.cancel('order-3')).code).toBe('ORDER_NOT_REVERSIBLE')
  })

  it('is not possible once money was refunded, wholly or in part', async () => {
    const till = new TestTill()
    const { paymentId } = await till.sell('order-1', 1_000)
    await till.refund('r1', paymentId, 400)
    expect(await till.cancel('order-1')).toMatchObject({ status: 400, code: 'ORDER_NOT_REVERSIBLE' })
    expect(till.simulator.bookReport()).toMatchObject({ returnedYen: 400, keptYen: 600 })
  })

  it('of something that is no id: INVALID_REQUEST_PARAMS', async () => {
    expect(await new TestTill().cancel('a.b')).toMatchObject({ status: 400, code: 'INVALID_REQUEST_PARAMS' })
  })
})

describe('cancel before the money', () => {
  it('waits for it: the payment goes COMPLETED and right after FAILED', async () => {
    const till = new TestTill()
    till.switch({ cancelTakesMs: 3_000 })
    await till.createCode('order-1')
    expect(await till.cancel('order-1')).toMatchObject(ACCEPTED)
    expect(await statusOf(till)).toBe('CREATED')
    expect(till.simulator.bookReport().parkedCancels).toHaveLength(1)
    await till.pass(60_000)
    expect(till.phone('approve')).toMatchObject({ done: true, outcome: 'paidAndReversed' })
    expect(await statusOf(till)).toBe('COMPLETED')
    await till.pass(3_000)
    expect(await statusOf(till)).toBe('FAILED')
    expect(till.simulator.bookReport()).toMatchObject({ capturedYen: 160, returnedYen: 160, keptYen: 0 })
  })

  it('waits even for a code that does not exist yet', async () => {
    const till = new TestTill()
    expect(await till.cancel('order-1')).toMatchObject(ACCEPTED)
    expect(await till.cancel('order-1')).toMatchObject(ACCEPTED)
    expect((await till.createCode('order-1')).status).toBe(201)
    till.phone('approve')
    expect(await statusOf(till)).toBe('FAILED')
    expect(till.simulator.bookReport().keptYen).toBe(0)
  })

  it('leaves nothing to refund, from the moment the money comes', async () => {
    const till = new TestTill()
    till.switch({ cancelTakesMs: 3_000 })
    await till.cancel('order-1')
    const { paymentId } = await till.sell('order-1')
    expect(await statusOf(till)).toBe('COMPLETED')
    expect(await till.refund('r1', paymentId, 160)).toMatchObject({ status: 400, code: 'UNACCEPTABLE_OP' })
    await till.pass(3_000)
    expect(till.simulator.bookReport()).toMatchObject({ capturedYen: 160, returnedYen: 160, refunds: [] })
  })

  it('waits through a decline', async () => {
    const till = new TestTill()
    till.switch({ decline: 'failedPayableAgain' })
    await till.createCode('order-1')
    till.phone('decline')
    await till.cancel('order-1')
    till.phone('approve')
    expect(await statusOf(till)).toBe('FAILED')
    expect(till.simulator.bookReport()).toMatchObject({ capturedYen: 160, keptYen: 0 })
  })
})
