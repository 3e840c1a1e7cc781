import { afterEach, beforeEach, expect, it } from 'vitest'
import { World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await World.open()
})
afterEach(() => world.end())

const SETTLED = { paypayKeepsYen: 0, deliveredYen: 0, open: 0 }
const SOLD = { paypayKeepsYen: 160, deliveredYen: 160, open: 0 }

it('nothing goes wrong: tap, code, paid, delivered, and both books agree', async () => {
  const checkout = await world.sell()
  expect(checkout).toMatchObject({ status: 'awaitingPayment', claimNumber: '001', totalYen: 160 })
  world.simulator.phone(world.code(), 'approve')
  await world.clock.pass(3_000)
  expect(await world.status()).toBe('paid')
  expect(await world.outcome(checkout.checkoutId)).toBe('delivered')
  expect(await world.books()).toEqual(SOLD)
  await world.act('leaveCheckout', checkout)
  expect(await world.status()).toBe('free')
})

it('the customer cancels: the code is deleted, and the screen says that nothing was charged', async () => {
  const checkout = await world.sell()
  await world.act('stopCheckout', checkout, { reason: 'customer' })
  await world.clock.pass(1_000)
  expect(await world.checkout()).toMatchObject({ status: 'unpaid', why: 'stopped' })
  expect(world.simulator.phone(world.code(), 'approve')).toMatchObject({
    done: false,
    says: 'the code is deleted',
  })
  await world.act('leaveCheckout', checkout)
  await world.clock.pass(15_000)
  expect(await world.outcome(checkout.checkoutId)).toBe('neverPayable')
  expect(await world.books()).toEqual(SETTLED)
})

it('the customer walks away: the code runs out and is deleted; after a while the lane is free', async () => {
  const checkout = await world.sell()
  await world.clock.pass(310_000)
  expect(await world.checkout()).toMatchObject({ status: 'unpaid', why: 'expired' })
  await world.clock.pass(130_000)
  expect(await world.status()).toBe('free')
  expect(await world.outcome(checkout.checkoutId)).toBe('neverPayable')
})

it('the payment is declined in the app, and the second try succeeds: two codes, one payment', async () => {
  const checkout = await world.sell()
  const first = world.code()
  world.simulator.phone(first, 'decline')
  await world.clock.pass(4_000)
  expect(await world.checkout()).toMatchObject({ status: 'unpaid', why: 'declined', attempt: 1 })
  await world.act('retryCheckout', checkout)
  expect(await world.checkout()).toMatchObject({ status: 'awaitingPayment', attempt: 2 })
  expect(world.code()).not.toBe(first)
  world.simulator.phone(world.code(), 'approve')
  await world.clock.pass(15_000)
  expect(await world.outcome(checkout.checkoutId)).toBe('delivered')
  expect(await world.books()).toEqual(SOLD)
})

it('a decline that leaves the code alive: the customer tries the same code again and it is sold once', async () => {
  world.switch({ decline: 'stillCreated' })
  const checkout = await world.sell()
  world.simulator.phone(world.code(), 'decline')
  await world.clock.pass(5_000)
  expect(await world.status()).toBe('awaitingPayment')
  world.simulator.phone(world.code(), 'approve')
  await world.clock.pass(3_000)
  expect(await world.outcome(checkout.checkoutId)).toBe('delivered')
})

it('approval in the last second, between the last read and the delete: the payment wins, its customer is still there', async () => {
  const checkout = await world.sell()
  world.faults({ endpoint: 'deleteCode', what: { kind: 'status', status: 503 }, when: { nth: 1 } })
  await world.act('stopCheckout', checkout, { reason: 'customer' })
  world.simulator.phone(world.code(), 'approve')
  await world.clock.pass(5_000)
  expect(await world.status()).toBe('paid')
  expect(await world.books()).toEqual(SOLD)
})

it('approval after the code was deleted, honoured by PayPay, and the customer is gone: the money goes back', async () => {
  world.switch({ lateApproval: 'honoured' })
  const checkout = await world.sell()
  world.simulator.phone(world.code(), 'scan')
  await world.act('stopCheckout', checkout, { reason: 'customer' })
  await world.clock.pass(1_000)
  await world.act('leaveCheckout', checkout)
  expect(world.simulator.phone(world.code(), 'approve').done).toBe(true)
  await world.clock.pass(30_000)
  expect(await world.outcome(checkout.checkoutId)).toBe('returned')
  expect(await world.books()).toEqual(SETTLED)
})

it('the customer pays after the screen went away: the money goes back', async () => {
  const checkout = await world.sell()
  world.turnAway()
  await world.clock.pass(14_000)
  world.away = true
  await world.clock.pass(3_000)
  world.simulator.phone(world.code(), 'approve')
  world.away = false
  await world.clock.pass(60_000)
  expect(await world.outcome(checkout.checkoutId)).toBe('returned')
  expect(await world.books()).toEqual(SETTLED)
})

it.each([
  ['late', { kind: 'delay', ms: 29_000 }],
  ['never, and was not applied', { kind: 'dropRequest' }],
  ['never, although it was applied', { kind: 'dropAnswer' }],
  ['never, and it is applied later', { kind: 'applyLate', ms: 20_000 }],
  ['with headers and then silence', { kind: 'hang' }],
] as const)('create is answered %s: no code is shown twice and no money is lost', async (_name, what) => {
  world.faults({ endpoint: 'createCode', when: { nth: 1 }, what })
  const { checkoutId } = await world.sell()
  await world.clock.pass(100_000)
  const checkout = await world.checkout()
  if (what.kind === 'delay') {
    expect(checkout.status).toBe('awaitingPayment')
    world.simulator.phone(world.code(), 'approve')
    await world.clock.pass(5_000)
    expect(await world.outcome(checkoutId)).toBe('delivered')
    return
  }
  expect(checkout).toMatchObject({ status: 'unpaid', why: 'notCreated' })
  // Somebody who saw the code by magic pays it: PayPay takes the money back, for a cancel is parked.
  const [stray] = world.simulator.codes()
  if (stray?.live) world.simulator.phone(stray.codeId, 'approve')
  await world.act('retryCheckout', checkout)
  world.simulator.phone(world.code(), 'approve')
  await world.clock.pass(5_000)
  expect(await world.outcome(checkoutId)).toBe('delivered')
  expect(await world.books()).toEqual(SOLD)
})

it.each([
  ['500', { kind: 'status', status: 500, code: 'INTERNAL_SERVER_ERROR' }],
  ['429 with Retry-After', { kind: 'status', status: 429, code: 'RATE_LIMIT', retryAfterS: 5 }],
  ['a page of HTML', { kind: 'body', body: '<html>Please log in</html>' }],
  ['an empty 200', { kind: 'body', body: '' }],
  ['another payment’s id', { kind: 'patch', data: { merchantPaymentId: 'somebody-else' } }],
  ['another amount', { kind: 'patch', data: { amount: { amount: 1, currency: 'JPY' } } }],
  ['a word that nobody knows', { kind: 'patch', data: { status: 'PAID_PERHAPS' } }],
] as const)(
  'details answer %s for a while: never success, never failure, then the truth',
  async (_name, what) => {
    const checkout = await world.sell()
    world.faults({ endpoint: 'getPayment', when: { from: 1, count: 4 }, what })
    world.simulator.phone(world.code(), 'approve')
    await world.clock.pass(2_600)
    expect(await world.status()).not.toBe('paid')
    await world.clock.pass(30_000)
    expect(await world.outcome(checkout.checkoutId)).toBe('delivered')
  },
)

it('PayPay is away for a minute in the middle: the code is hidden, PayPay is asked, and the payment is found', async () => {
  const checkout = await world.sell()
  world.simulator.phone(world.code(), 'approve')
  world.away = true
  await world.clock.pass(20_000)
  expect(await world.status()).toBe('checking')
  expect((await world.view()).selling).toEqual({ open: false, reason: 'paypayUnreachable' })
  await world.clock.pass(40_000)
  world.away = false
  await world.clock.pass(12_000)
  expect(await world.status()).toBe('paid')
  expect((await world.view()).selling).toEqual({ open: true })
  expect(await world.outcome(checkout.checkoutId)).toBe('delivered')
})

it('double and fivefold taps: one checkout, one code', async () => {
  world.watch()
  const input = {
    lane: 'main',
    order: { kind: 'cart', lines: [{ productId: 'tea', quantity: 1 }] },
    locale: 'ja',
  }
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => world.call('startCheckout', input)))
  expect(answers.filter(answer => answer.ok)).toHaveLength(1)
  expect(answers.filter(answer => !answer.ok && answer.failure.kind === 'laneBusy')).toHaveLength(4)
  expect(world.simulator.codes()).toHaveLength(1)
})

it('two lanes at once: two numbers, two codes, and each pays its own', async () => {
  const left = await world.sell('left')
  const right = await world.sell('right')
  expect([left.claimNumber, right.claimNumber]).toEqual(['001', '002'])
  world.simulator.phone(world.code(), 'approve')
  await world.clock.pass(3_000)
  expect([await world.status('left'), await world.status('right')]).toEqual(['awaitingPayment', 'paid'])
})

it('PayPay is unreachable at the start: closed, and open by itself when it is back', async () => {
  const closed = await World.open({ away: true })
  await closed.clock.pass(5_000)
  expect((await closed.view()).selling).toEqual({ open: false, reason: 'paypayUnreachable' })
  expect(
    await closed.call('startCheckout', {
      lane: 'main',
      order: { kind: 'cart', lines: [{ productId: 'tea', quantity: 1 }] },
      locale: 'ja',
    }),
  ).toMatchObject({ failure: { kind: 'laneClosed' } })
  closed.away = false
  await closed.clock.pass(5_000)
  expect((await closed.view()).selling).toEqual({ open: true })
  await closed.end()
})

it('the goods cannot be handed over: paid, and a case in front of a person; never "failed"', async () => {
  const stuck = await World.open({
    handover: { release: async () => ({ done: false, says: 'the motor is stuck' }) },
  })
  const checkout = await stuck.sell()
  stuck.simulator.phone(stuck.code(), 'approve')
  await stuck.clock.pass(3_000)
  expect(await stuck.checkout()).toMatchObject({ status: 'problem', money: 'paid', claimNumber: '001' })
  expect((await stuck.facts(checkout.checkoutId)).map(fact => fact.type)).toContain('caseOpened')
  await stuck.end()
})

it.each([
  ['quantity 0', { kind: 'cart', lines: [{ productId: 'tea', quantity: 0 }] }, 'badInput'],
  ['quantity 1.5', { kind: 'cart', lines: [{ productId: 'tea', quantity: 1.5 }] }, 'badInput'],
  ['quantity 10^9', { kind: 'cart', lines: [{ productId: 'tea', quantity: 1e9 }] }, 'tooManyOfOne'],
  ['an unknown product', { kind: 'cart', lines: [{ productId: 'nothing', quantity: 1 }] }, 'unknownProduct'],
  [
    'a product that is sold out',
    { kind: 'cart', lines: [{ productId: 'gone', quantity: 1 }] },
    'unavailableProduct',
  ],
  ['an empty cart', { kind: 'cart', lines: [] }, 'emptyCart'],
  ['an amount on a menu till', { kind: 'amount', amountYen: 100 }, 'wrongTill'],
  ['a price of the screen’s own', { kind: 'cart', lines: 'free' }, 'badInput'],
])('%s is refused in words, and PayPay hears nothing of it', async (_name, order, kind) => {
  expect(await world.call('startCheckout', { lane: 'main', order, locale: 'ja' })).toMatchObject({
    ok: false,
    failure: { kind },
  })
  expect(world.simulator.codes()).toEqual([])
  expect(await world.status()).toBe('free')
})
