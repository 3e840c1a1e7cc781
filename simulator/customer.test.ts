import { describe, expect, it } from 'vitest'
import { TestTill } from './testTill.ts'

// The customer pays at the wrong moment, twice, not at all, or not for want of trying.

const statusOf = async (till: TestTill) => {
  const answer = await till.getPayment('order-1')
  return answer.data?.status ?? answer.code
}

describe('two phones on one code', () => {
  it('both scan, the first pays, the second is told so and pays nothing', async () => {
    const till = new TestTill()
    await till.createCode('order-1')
    expect(till.phone('scan')).toMatchObject({ done: true, outcome: 'scanned' })
    expect(till.phone('scan').done).toBe(true)
    expect(till.phone('approve')).toMatchObject({ done: true, outcome: 'paid' })
    expect(till.phone('approve')).toMatchObject({ done: false, outcome: 'alreadyPaid' })
    expect(till.phone('scan')).toMatchObject({ done: false, outcome: 'alreadyPaid' })
    expect(till.phone('decline')).toMatchObject({ done: false, outcome: 'alreadyPaid' })
    expect(till.simulator.bookReport().capturedYen).toBe(160)
  })

  it('a payment that was returned cannot be made again', async () => {
    const till = new TestTill()
    await till.sell('order-1')
    await till.cancel('order-1')
    expect(till.phone('approve')).toMatchObject({ done: false, outcome: 'alreadyPaid' })
  })
})

it('no code, no payment', () => {
  const till = new TestTill()
  for (const act of ['scan', 'approve', 'decline'] as const)
    expect(till.phone(act, '04-nothing')).toMatchObject({ done: false, outcome: 'unknownCode' })
})

describe('a decline in the app', () => {
  it('failed: leaves FAILED, and the code is spent', async () => {
    const till = new TestTill()
    await till.createCode('order-1')
    expect(till.phone('decline')).toMatchObject({ done: true, outcome: 'declined' })
    const answer = await till.getPayment('order-1')
    expect(answer.data).toMatchObject({
      status: 'FAILED',
      paymentId: null,
      acceptedAt: null,
      paymentMethods: [],
    })
    expect(till.phone('approve')).toMatchObject({ done: false, outcome: 'declinedForGood' })
    expect(till.simulator.bookReport().capturedYen).toBe(0)
  })

  it('failedPayableAgain: leaves FAILED, and a second try completes it', async () => {
    const till = new TestTill()
    till.switch({ decline: 'failedPayableAgain' })
    await till.createCode('order-1')
    till.phone('decline')
    expect(await statusOf(till)).toBe('FAILED')
    expect(till.phone('approve')).toMatchObject({ done: true, outcome: 'paid' })
    expect(await statusOf(till)).toBe('COMPLETED')
  })

  it('stillCreated: leaves no trace, and a second try completes it', async () => {
    const till = new TestTill()
    till.switch({ decline: 'stillCreated' })
    await till.createCode('order-1')
    till.phone('decline')
    expect(await statusOf(till)).toBe('CREATED')
    till.phone('approve')
    expect(await statusOf(till)).toBe('COMPLETED')
  })
})

describe('approval after the code is gone', () => {
  it.each([
    ['refused', 'delete', false],
    ['refused', 'expiry', false],
    ['afterDelete', 'delete', true],
    ['afterDelete', 'expiry', false],
    ['afterExpiry', 'delete', false],
    ['afterExpiry', 'expiry', true],
    ['honoured', 'delete', true],
    ['honoured', 'expiry', true],
  ] as const)('lateApproval %s, after %s: money moves is %s', async (lateApproval, gone, moves) => {
    const till = new TestTill()
    till.switch({ lateApproval })
    await till.createCode('order-1')
    till.phone('scan')
    if (gone === 'delete') await till.deleteCode(till.newestCodeId())
    else await till.pass(300_000)
    expect(await statusOf(till)).toBe('DYNAMIC_QR_PAYMENT_NOT_FOUND')
    expect(till.simulator.codes()[0]).toMatchObject({ live: false, payable: moves })
    expect(till.phone('approve').done).toBe(moves)
    expect(await statusOf(till)).toBe(moves ? 'COMPLETED' : 'DYNAMIC_QR_PAYMENT_NOT_FOUND')
    expect(till.simulator.bookReport().capturedYen).toBe(moves ? 160 : 0)
  })

  it('is refused whatever the switch says when nobody had scanned in time', async () => {
    const till = new TestTill()
    till.switch({ lateApproval: 'honoured' })
    await till.createCode('order-1')
    await till.deleteCode(till.newestCodeId())
    expect(till.phone('scan')).toMatchObject({ done: false, outcome: 'deleted' })
    expect(till.phone('approve')).toMatchObject({ done: false, outcome: 'deleted' })
    await till.createCode('order-2')
    await till.pass(300_000)
    expect(till.phone('approve')).toMatchObject({ done: false, outcome: 'expired' })
  })
})
