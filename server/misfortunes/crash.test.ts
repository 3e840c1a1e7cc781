import { afterEach, beforeEach, expect, it } from 'vitest'
import { World } from './world.ts'

// The power goes at the worst moment, and the machine comes up again: whatever was open is driven to its end from the
// ledger alone, and the customer who waited is told the truth.
let world: World
beforeEach(async () => {
  world = await World.open()
})
afterEach(() => world.end())

async function restart(): Promise<void> {
  await world.crash()
  await world.boot()
  world.watch()
  await world.clock.pass(1_000)
}

it('while the code is being created: it is never shown, a cancel is parked, and the customer may try again', async () => {
  world.faults({ endpoint: 'createCode', what: { kind: 'delay', ms: 10_000 }, when: { nth: 1 } })
  const { checkoutId } = await world.sell()
  await restart()
  await world.clock.pass(5_000)
  const checkout = await world.checkout()
  expect(checkout).toMatchObject({ checkoutId, status: 'unpaid', why: 'notCreated' })
  await world.act('retryCheckout', checkout)
  world.simulator.phone(world.code(), 'approve')
  await world.clock.pass(60_000)
  expect(await world.outcome(checkoutId)).toBe('delivered')
  expect(await world.books()).toEqual({ paypayKeepsYen: 160, deliveredYen: 160, open: 0 })
})

it('while the code is shown: the same code is shown again', async () => {
  const before = await world.sell()
  await restart()
  const after = await world.checkout()
  expect(
    after.status === 'awaitingPayment' &&
      before.status === 'awaitingPayment' &&
      after.code.url === before.code.url,
  ).toBe(true)
  expect(world.simulator.codes()).toHaveLength(1)
})

it('after the customer has paid and before the till knows: the payment is found, and goods go out once', async () => {
  const { checkoutId } = await world.sell()
  world.simulator.phone(world.code(), 'approve')
  await restart()
  await world.clock.pass(3_000)
  expect(await world.status()).toBe('paid')
  const released = (await world.facts(checkoutId)).filter(fact => fact.type === 'handoverIntended')
  expect(released).toHaveLength(1)
})

it('on the thank-you screen: the number is still there', async () => {
  const { checkoutId } = await world.sell()
  world.simulator.phone(world.code(), 'approve')
  await world.clock.pass(3_000)
  await restart()
  expect(await world.checkout()).toMatchObject({ checkoutId, status: 'paid', claimNumber: '001' })
})

it('while the code is being deleted: the delete is finished and proven', async () => {
  const checkout = await world.sell()
  world.faults({ endpoint: 'deleteCode', what: { kind: 'dropAnswer' }, when: { nth: 1 } })
  await world.act('stopCheckout', checkout, { reason: 'customer' })
  await restart()
  await world.clock.pass(5_000)
  expect(await world.checkout()).toMatchObject({ status: 'unpaid', why: 'stopped' })
})

it('while money is on its way back: it arrives once', async () => {
  world.switch({ cancelTakesMs: 20_000 })
  const checkout = await world.sell()
  await world.act('leaveCheckout', checkout)
  world.simulator.phone(world.code(), 'approve')
  await world.clock.pass(500)
  await restart()
  await world.clock.pass(60_000)
  expect(await world.books()).toMatchObject({ paypayKeepsYen: 0, open: 0 })
})

it('and nobody comes back to the screen: the code is deleted and the lane is free', async () => {
  const { checkoutId } = await world.sell()
  await world.crash()
  await world.boot()
  await world.clock.pass(60_000)
  expect(await world.status()).toBe('free')
  expect(await world.outcome(checkoutId)).toBe('neverPayable')
})
