import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Handover } from '../../core/checkout/driver.ts'
import type { CheckoutFact } from '../../core/checkout/facts.ts'
import { certify } from '../../core/ledger/certificate.ts'
import { LedgerBroken } from '../../core/ledger/ledger.ts'
import type { LaneView } from '../../shared/checkout.ts'
import { World } from './world.ts'

// Each of these went wrong once in a simulated world, and never may again.
let world: World
let released: string[]
const hatch: Handover = {
  release: async checkoutId => {
    released.push(checkoutId)
    return { done: true }
  },
}
beforeEach(async () => {
  released = []
  world = await World.open({ handover: hatch })
})
afterEach(() => world.end())

const allIsReturned = { paypayKeepsYen: 0, deliveredYen: 0, open: 0 }

it('a payment that PayPay honours minutes after its code was deleted goes back: a cancel waits for it', async () => {
  world.switch({ lateApproval: 'honoured' })
  const checkout = await world.sell()
  world.simulator.phone(world.code(), 'scan')
  await world.act('stopCheckout', checkout, { reason: 'customer' })
  await world.clock.pass(2_000)
  await world.act('leaveCheckout', checkout)
  await world.clock.pass(240_000)
  expect(await world.outcome(checkout.checkoutId)).toBe('neverPayable')
  expect(world.simulator.phone(world.code(), 'approve').outcome).toBe('paidAndReversed')
  await world.clock.pass(1_000)
  expect(await world.books()).toEqual(allIsReturned)
})

it('a cancel that PayPay refuses for its form is no seal: it is sent again until it is taken', async () => {
  world.switch({ lateApproval: 'honoured' })
  world.faults({
    endpoint: 'cancelPayment',
    when: { nth: 1 },
    what: { kind: 'status', status: 400, code: 'INVALID_PARAMS' },
  })
  const checkout = await world.sell()
  world.simulator.phone(world.code(), 'scan')
  await world.act('stopCheckout', checkout, { reason: 'customer' })
  await world.act('leaveCheckout', checkout)
  await world.clock.pass(60_000)
  expect(world.simulator.phone(world.code(), 'approve').outcome).toBe('paidAndReversed')
  await world.clock.pass(1_000)
  expect(await world.books()).toEqual(allIsReturned)
})

it('a decline that is read late is not taken for a cancel that came through', async () => {
  world.switch({ decline: 'failedPayableAgain', lateApproval: 'honoured', cancelTakesMs: 5_000 })
  const checkout = await world.sell()
  world.simulator.phone(world.code(), 'scan')
  world.simulator.phone(world.code(), 'decline')
  await world.clock.pass(3_000)
  // Declined, so deleted and sealed; the seal is lost once, and the customer tries the same code again meanwhile.
  world.faults({ endpoint: 'cancelPayment', what: { kind: 'status', status: 503 } })
  await world.clock.pass(2_000)
  world.simulator.phone(world.code(), 'approve')
  await world.clock.pass(15_000)
  world.faults()
  // From here on reads are as old as reads can be, and show the decline.
  world.switch({ staleReadMs: 10_000 })
  await world.act('leaveCheckout', checkout)
  await world.clock.pass(120_000)
  expect(await world.outcome(checkout.checkoutId)).toBe('returned')
  const facts = await world.facts(checkout.checkoutId)
  const reversed = facts.find(
    fact =>
      fact.type === 'paymentRead' && fact.data.read.kind === 'failed' && fact.data.read.acceptedAtS !== null,
  )
  const outcome = facts.find(fact => fact.type === 'outcomeReached')
  expect(facts.indexOf(reversed as never)).toBeLessThan(facts.indexOf(outcome as never))
  expect(facts.indexOf(reversed as never)).toBeGreaterThan(0)
  expect(await world.books()).toEqual(allIsReturned)
})

it('goods are not released before an empty lane when the power comes back after a quarter of an hour: the money goes back', async () => {
  const { checkoutId } = await world.sell()
  world.simulator.phone(world.code(), 'approve')
  await world.crash()
  await world.clock.pass(16 * 60_000)
  await world.boot()
  world.watch()
  await world.clock.pass(60_000)
  expect(released).toEqual([])
  expect(await world.outcome(checkoutId)).toBe('returned')
  // Nobody is called for what could not be tried while the power was away.
  expect((await world.facts(checkoutId)).some(fact => fact.type === 'caseOpened')).toBe(false)
  expect(await world.books()).toEqual(allIsReturned)
})

it('a create without an answer, whose cancel is refused for its form: the cancel is sent again, and it ends', async () => {
  world.faults(
    { endpoint: 'createCode', what: { kind: 'dropAnswer' } },
    {
      endpoint: 'cancelPayment',
      when: { nth: 1 },
      what: { kind: 'status', status: 400, code: 'INVALID_PARAMS' },
    },
  )
  const checkout = await world.sell()
  await world.act('leaveCheckout', checkout)
  await world.clock.pass(60_000)
  expect(await world.outcome(checkout.checkoutId)).toBe('neverPayable')
})

it('goods wait for a screen that is away, and go out when it is back', async () => {
  const { checkoutId } = await world.sell()
  world.turnAway()
  await world.clock.pass(4_000)
  world.simulator.phone(world.code(), 'approve')
  await world.clock.pass(5_000)
  expect(released).toEqual([])
  world.watch()
  await world.clock.pass(1_000)
  expect(released).toEqual([checkoutId])
})

it('a customer who leaves in the moment in which the payment is seen gets the money back, and no goods go out', async () => {
  const checkout = await world.sell()
  const append = world.ledger.append.bind(world.ledger)
  let hasLeft = false
  world.ledger.append = async facts => {
    const isPayment = (facts as unknown as CheckoutFact[]).some(
      fact => fact.type === 'paymentRead' && fact.data.read.kind === 'completed',
    )
    // The leaving waits behind this write, and before whatever is decided on it.
    if (isPayment && !hasLeft) {
      hasLeft = true
      void world.act('leaveCheckout', checkout)
      await turn()
    }
    return append(facts)
  }
  world.simulator.phone(world.code(), 'approve')
  await world.clock.pass(60_000)
  const facts = (await world.facts(checkout.checkoutId)).map(fact => fact.type)
  expect(facts.indexOf('customerLeft')).toBe(facts.indexOf('paymentRead') + 1)
  expect(released).toEqual([])
  expect(await world.outcome(checkout.checkoutId)).toBe('returned')
  expect(await world.books()).toEqual(allIsReturned)
})

it('a clock that is set back by a day in the middle of a sale moves no deadline', async () => {
  const checkout = await world.sell()
  world.clock.wallOffsetMs = -86_400_000
  await world.act('stopCheckout', checkout, { reason: 'customer' })
  await world.act('leaveCheckout', checkout)
  await world.clock.pass(5_000)
  world.clock.wallOffsetMs = 0
  await world.clock.pass(60_000)
  expect(await world.outcome(checkout.checkoutId)).toBe('neverPayable')
})

it('two lanes that start in the same moment get two numbers', async () => {
  world.watch('left')
  world.watch('right')
  const order = { kind: 'cart', lines: [{ productId: 'tea', quantity: 1 }] }
  const start = (lane: string) => world.call('startCheckout', { lane, order, locale: 'ja' })
  await Promise.all([start('left'), start('right')])
  const [left, right] = [await world.checkout('left'), await world.checkout('right')]
  expect(left.claimNumber).not.toBe(right.claimNumber)
})

it('PayPay goes away just after a slow answer: the till is closed within 15 s all the same', async () => {
  world.watch()
  world.faults({ endpoint: 'getPayment', when: { nth: 1 }, what: { kind: 'delay', ms: 3_900 } })
  await world.clock.pass(9_000)
  world.away = true
  await world.clock.pass(15_000)
  expect((await world.view()).selling).toEqual({ open: false, reason: 'paypayUnreachable' })
  world.away = false
  await world.clock.pass(3_000)
  expect((await world.view()).selling).toEqual({ open: true })
})

it('a till that can no longer write hides the code that it shows: nobody should pay it now', async () => {
  await world.sell()
  world.ledger.append = async () => {
    throw new LedgerBroken('stopped', 'the disk is full')
  }
  await world.act('stopCheckout', await world.checkout(), { reason: 'customer' })
  expect(await world.status()).toBe('checking')
  expect((await world.view()).selling).toEqual({ open: false, reason: 'ledgerBroken' })
})

it('a refund that is refused as a second one was the first one: it is looked at before a person is called', async () => {
  const checkout = await world.sell()
  // No cancel is taken, so it has to be a refund; the refund arrives and its answer is a refusal.
  world.faults(
    { endpoint: 'cancelPayment', what: { kind: 'status', status: 400, code: 'ORDER_NOT_REVERSIBLE' } },
    {
      endpoint: 'refundPayment',
      what: { kind: 'status', status: 403, code: 'MERCHANT_MULTIPLE_REFUND_REJECTED', applied: true },
    },
  )
  world.simulator.phone(world.code(), 'approve')
  await world.act('leaveCheckout', checkout)
  await world.clock.pass(60_000)
  expect(await world.outcome(checkout.checkoutId)).toBe('returned')
  const facts = await world.facts(checkout.checkoutId)
  expect(facts.some(fact => fact.type === 'refundRefused')).toBe(true)
  expect(facts.some(fact => fact.type === 'caseOpened')).toBe(false)
  expect(await world.books()).toEqual(allIsReturned)
})

it('a machine that comes back without the time, after PayPay’s last moment for a cancel: PayPay is asked before one is chosen, and it is a refund', async () => {
  const { checkoutId } = await world.sell()
  world.turnAway()
  await world.clock.pass(4_000)
  world.simulator.phone(world.code(), 'approve')
  await world.clock.pass(5_000)
  const before = (await world.facts(checkoutId)).map(fact => fact.type)
  expect(before).not.toContain('handoverIntended')
  expect(before).not.toContain('cancelIntended')
  await world.crash()
  // Sold at noon; it is 00:30 on the next day, and the machine takes it for two in the afternoon.
  await world.clock.pass(12.5 * 3_600_000)
  world.clock.wallOffsetMs = -10.5 * 3_600_000
  await world.boot()
  await world.clock.pass(30_000)
  world.clock.wallOffsetMs = 0
  await world.clock.pass(120_000)
  const facts = (await world.facts(checkoutId)).map(fact => fact.type)
  expect(facts).not.toContain('cancelIntended')
  expect(facts).toContain('refundIntended')
  expect(await world.outcome(checkoutId)).toBe('returned')
  expect(await world.books()).toEqual(allIsReturned)
})

it('a clock that is off by a second more at each answer: the operator is told once, and so is each screen', async () => {
  const views: LaneView[] = []
  const away = world.kiosk.watchLane('main', view => views.push(view))
  const closings = () => world.told.filter(says => says.startsWith('closed: '))
  const before = {
    views: views.length,
    closings: closings().length,
    requests: world.simulator.seen.length,
  }
  for (let seconds = 0; seconds < 60; seconds += 1) {
    world.clock.wallOffsetMs = 90_000 + seconds * 1_000
    await world.clock.pass(1_000)
  }
  away()
  // PayPay has answered again and again, each time with another difference.
  expect(world.simulator.seen.length - before.requests).toBeGreaterThan(10)
  expect(world.kiosk.health().says).toMatch(/clock is 14\d s fast/)
  expect(closings().slice(before.closings)).toEqual([expect.stringMatching(/clock is 9\d s fast/)])
  expect(views.slice(before.views).map(view => view.selling)).toEqual([{ open: false, reason: 'clockWrong' }])
})

const PIN = '271828'
const signIn = async (): Promise<string> => {
  const answer = await world.desk('signIn', { lane: 'desk', pin: PIN })
  if (!answer.ok) throw new Error(answer.failure.kind)
  return answer.value.token
}
const giveBack = (checkoutId: string, session: string, decisionId = 'decision-1') =>
  world.kiosk.desk('giveBack', {
    checkoutId,
    decisionId,
    what: { kind: 'whole' },
    reason: 'soldOut',
    note: '',
    secondPin: null,
    session,
  })

it('a ledger that refuses to write down who comes to the desk closes the till in words, and is no bug', async () => {
  await world.desk('setUp', { lane: 'main', name: '店長', pin: PIN })
  const idle = await signIn()
  await world.clock.pass(121_000)
  await world.desk('signIn', { lane: 'main', pin: PIN })
  world.ledger.append = async () => {
    throw new LedgerBroken('stopped', 'the disk is full')
  }
  const refused = { ok: false, failure: { kind: 'laneClosed', reason: 'ledgerBroken' } }
  expect(await world.desk('signIn', { lane: 'desk', pin: PIN })).toEqual(refused)
  // Whoever was in for too long is out, and that is written down too.
  expect(await world.kiosk.desk('getDesk', { session: idle })).toEqual(refused)
  // A customer who begins at a lane where somebody is in signs them out.
  const order = { kind: 'cart', lines: [{ productId: 'tea', quantity: 1 }] }
  expect(await world.call('startCheckout', { lane: 'main', order, locale: 'ja' })).toEqual(refused)
  expect((await world.view()).selling).toEqual({ open: false, reason: 'ledgerBroken' })
  expect(world.told.filter(says => says.includes('this is a bug'))).toEqual([])
})

it('goods that were stuck, whose money a person gave back: "returned" has its proof', async () => {
  await world.end()
  world = await World.open({ handover: { release: async () => ({ done: false, says: 'stuck' }) } })
  await world.desk('setUp', { lane: 'desk', name: '店長', pin: PIN })
  const { checkoutId } = await world.sold()
  await giveBack(checkoutId, await signIn())
  await world.clock.pass(20_000)
  expect(await certify(world.ledger, checkoutId)).toMatchObject({
    outcome: 'returned',
    proof: [
      { says: expect.stringContaining('u1 has decided') },
      { says: expect.stringContaining('went back') },
    ],
  })
})

it('five taps say that the customer has gone while their money is given back: one leaves, and one driver gives it back once', async () => {
  await world.desk('setUp', { lane: 'desk', name: '店長', pin: PIN })
  const checkout = await world.sell()
  world.simulator.phone(world.code(), 'approve')
  await world.clock.pass(3_000)
  const session = await signIn()
  const append = world.ledger.append.bind(world.ledger)
  world.ledger.append = async facts => {
    for (let turns = 0; turns < 5; turns += 1) await turn()
    return append(facts)
  }
  const { checkoutId } = checkout
  const leaves = Array.from({ length: 5 }, () => world.act('leaveCheckout', checkout))
  for (let turns = 0; turns < 7; turns += 1) await turn()
  const taps = Array.from({ length: 3 }, () => giveBack(checkoutId, session))
  await Promise.all(leaves)
  expect(await Promise.all([...taps, giveBack(checkoutId, session)])).toMatchObject([
    { ok: true },
    { ok: true },
    { ok: true },
    { ok: true },
  ])
  await world.clock.pass(20_000)
  const facts = (await world.facts(checkoutId)).map(fact => fact.type)
  for (const type of ['customerLeft', 'moneyBackIntended', 'moneyBackDone'])
    expect(facts.filter(one => one === type)).toHaveLength(1)
  expect(await world.books()).toEqual(allIsReturned)
  await world.crash()
  await world.boot()
  expect(world.kiosk.recovered).toBe(0)
})

it('a refund that was not answered, and is then refused, may still show: nobody is told "refused" before it has to', async () => {
  world.switch({ multipleRefunds: true })
  await world.desk('setUp', { lane: 'desk', name: '店長', pin: PIN })
  const { checkoutId } = await world.sold()
  // The first refund is carried out and its answer is a 503, the second is refused, and reads are as old as reads can be.
  world.faults(
    { endpoint: 'cancelPayment', what: { kind: 'status', status: 400, code: 'ORDER_NOT_REVERSIBLE' } },
    { endpoint: 'refundPayment', when: { nth: 1 }, what: { kind: 'status', status: 503, applied: true } },
    {
      endpoint: 'refundPayment',
      when: { nth: 2 },
      what: { kind: 'status', status: 400, code: 'INVALID_PARAMS' },
    },
  )
  world.switch({ staleReadMs: 10_000 })
  await giveBack(checkoutId, await signIn())
  await world.clock.pass(120_000)
  const facts = (await world.facts(checkoutId)).map(fact => fact.type)
  expect(facts).toContain('moneyBackTurnedDown')
  expect(facts).not.toContain('moneyBackRefused')
  expect(facts).toContain('moneyBackDone')
  expect(await world.books()).toEqual(allIsReturned)
})

it('a decision just after a start without the time: PayPay is asked before cancel or refund is chosen, and it is a refund', async () => {
  await world.desk('setUp', { lane: 'desk', name: '店長', pin: PIN })
  const { checkoutId } = await world.sold()
  await world.crash()
  await world.clock.pass(12.5 * 3_600_000)
  world.clock.wallOffsetMs = -10.5 * 3_600_000
  world.away = true
  await world.boot()
  await world.clock.pass(1_000)
  await giveBack(checkoutId, await signIn())
  await world.clock.pass(5_000)
  expect((await world.facts(checkoutId)).map(fact => fact.type)).not.toContain('moneyBackIntended')
  world.away = false
  world.clock.wallOffsetMs = 0
  await world.clock.pass(30_000)
  const ways = (await world.facts(checkoutId)).flatMap(fact =>
    fact.type === 'moneyBackIntended' ? [fact.data.way] : [],
  )
  expect(ways).toEqual(['refund'])
  expect(await world.books()).toEqual(allIsReturned)
})
