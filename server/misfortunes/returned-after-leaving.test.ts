import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AttendantInputOf } from '../../shared/attendant.ts'
import type { Checkout, LaneReturn, LaneView } from '../../shared/checkout.ts'
import { World } from './world.ts'

// Staff give the money back when its customer has left the lane, and PayPay does not tell anybody of a cancel: the lane's screen
// says so, for a while, with a number and an amount and nothing else.

const MANAGER = '271828'
const SHOWN_MS = 300_000
const TWO_TEAS_AND_A_BAG = {
  kind: 'cart',
  lines: [
    { productId: 'tea', quantity: 2 },
    { productId: 'bag', quantity: 1 },
  ],
} as const

let world: World
beforeEach(async () => {
  world = await World.open()
  world.switch({ multipleRefunds: true })
  await world.desk('setUp', { lane: 'office', name: '店長', pin: MANAGER })
})
afterEach(() => world.end())

let decisions = 0
async function giveBack(
  { checkoutId }: Checkout,
  what: AttendantInputOf<'giveBack'>['what'] = { kind: 'whole' },
): Promise<void> {
  decisions += 1
  const wish = { checkoutId, what, reason: 'soldOut', note: '', secondPin: null } as const
  const session = await world.signIn(MANAGER, 'office')
  const answer = await world.desk('giveBack', { ...wish, decisionId: `decision-${decisions}` }, session)
  if (!answer.ok) throw new Error(answer.failure.kind)
}

const returns = async (lane = 'main'): Promise<readonly LaneReturn[]> => (await world.view(lane)).returns
const said = async (lane = 'main'): Promise<readonly string[]> =>
  (await returns(lane)).map(one => `${one.claimNumber} ¥${one.amountYen} ${one.state}`)

/** What a screen at the lane is told, from now on. */
function listen(lane = 'main'): LaneView[] {
  const told: LaneView[] = []
  world.kiosk.watchLane(lane, view => told.push(view))
  return told
}

describe('the customer has left', () => {
  it('is on its way from the decision on, has gone by PayPay’s word, and is taken down in time', async () => {
    const checkout = await world.sold()
    expect(await returns()).toEqual([])
    world.faults({ endpoint: 'cancelPayment', what: { kind: 'delay', ms: 5_000 } })
    const told = listen()
    await giveBack(checkout)
    expect(await said()).toEqual(['001 ¥160 onItsWay'])
    await world.clock.pass(20_000)
    expect(await said()).toEqual(['001 ¥160 confirmed'])
    expect(told.map(view => view.returns.map(one => one.state))).toEqual([[], ['onItsWay'], ['confirmed']])
    const [confirmed] = told.at(-1)?.returns ?? []
    // A number and an amount, and nothing of whose they are.
    expect(confirmed).toEqual({
      returnId: `${checkout.checkoutId}-1-m1`,
      claimNumber: '001',
      amountYen: 160,
      state: 'confirmed',
      remainingMs: SHOWN_MS,
    })
    await world.clock.pass(SHOWN_MS - 21_000)
    expect(await said()).toEqual(['001 ¥160 confirmed'])
    await world.clock.pass(21_000)
    expect(await returns()).toEqual([])
    // The screen is told so, without asking.
    expect(told.at(-1)?.returns).toEqual([])
    expect(told).toHaveLength(4)
  })

  it('names each part, the newest first, and only at the lane where it was bought', async () => {
    const checkout = await world.sold('main', TWO_TEAS_AND_A_BAG)
    const other = await world.sold('counter')
    await giveBack(checkout, { kind: 'amount', amountYen: 100 })
    await world.clock.pass(10_000)
    await giveBack(checkout, { kind: 'amount', amountYen: 40 })
    await world.clock.pass(10_000)
    expect(await said()).toEqual(['001 ¥40 confirmed', '001 ¥100 confirmed'])
    expect(await said('counter')).toEqual([])
    await giveBack(other)
    await world.clock.pass(10_000)
    expect(await said('counter')).toEqual(['002 ¥160 confirmed'])
    // Each goes in its own time.
    await world.clock.pass(SHOWN_MS - 25_000)
    expect(await said()).toEqual(['001 ¥40 confirmed'])
  })

  it('a next customer who is paying has their own checkout, whole, beside it', async () => {
    const checkout = await world.sold()
    await giveBack(checkout)
    await world.clock.pass(10_000)
    const next = await world.sell()
    expect(next).toMatchObject({ claimNumber: '002', status: 'awaitingPayment' })
    expect(await said()).toEqual(['001 ¥160 confirmed'])
  })

  it('a customer who is still there has left in the meantime: the screen says it for the rest of the time', async () => {
    const checkout = await world.sell()
    world.simulator.phone(world.code(), 'approve')
    await world.clock.pass(3_000)
    await giveBack(checkout)
    await world.clock.pass(10_000)
    expect(await world.status()).toBe('returned')
    await world.act('leaveCheckout', checkout)
    expect(await said()).toEqual(['001 ¥160 confirmed'])
  })

  it('what PayPay refuses has not gone, and nothing says that it has', async () => {
    const checkout = await world.sold('main', TWO_TEAS_AND_A_BAG)
    world.switch({ multipleRefunds: false })
    await giveBack(checkout, { kind: 'amount', amountYen: 100 })
    await world.clock.pass(5_000)
    await giveBack(checkout, { kind: 'amount', amountYen: 50 })
    expect((await said())[0]).toBe('001 ¥50 onItsWay')
    await world.clock.pass(20_000)
    const facts = (await world.facts(checkout.checkoutId)).map(({ type }) => type)
    expect(facts).toContain('moneyBackRefused')
    expect(await said()).toEqual(['001 ¥100 confirmed'])
  })
})

describe('the host dies', () => {
  it('after PayPay’s word: the next one says the same, for what is left of its time', async () => {
    const checkout = await world.sold()
    await giveBack(checkout)
    await world.clock.pass(10_000)
    const [before] = await returns()
    await world.crash()
    world.clock.jump(60_000)
    await world.boot()
    const [after] = await returns()
    expect(after).toEqual({ ...before, remainingMs: (before?.remainingMs ?? 0) - 60_000 })
    const told = listen()
    await world.clock.pass(SHOWN_MS)
    expect(told.at(-1)?.returns).toEqual([])
  })

  it('for longer than it is said: the next one says nothing', async () => {
    const checkout = await world.sold()
    await giveBack(checkout)
    await world.clock.pass(10_000)
    await world.crash()
    world.clock.jump(SHOWN_MS)
    await world.boot()
    expect(await returns()).toEqual([])
  })

  it('while the money is on its way: it is on its way, and then gone', async () => {
    const checkout = await world.sold()
    world.away = true
    await giveBack(checkout)
    await world.crash()
    await world.boot()
    expect(await said()).toEqual(['001 ¥160 onItsWay'])
    // Longer away than anybody reads "on its way": when it has gone, that is news.
    await world.clock.pass(SHOWN_MS)
    expect(await returns()).toEqual([])
    world.away = false
    await world.clock.pass(120_000)
    expect(await said()).toEqual(['001 ¥160 confirmed'])
    expect(await world.books()).toEqual({ paypayKeepsYen: 0, deliveredYen: 0, open: 0 })
  })
})
