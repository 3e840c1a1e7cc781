import { afterEach, expect, it } from 'vitest'
import type { KeyStore } from '../../core/desk/keys.ts'
import { Secret } from '../../core/secret.ts'
import { World } from './world.ts'

const RIGHT = { apiKey: 'key', apiSecret: 'secret', merchantId: null }
const OTHERS = { apiKey: 'somebody-elses', apiSecret: 'other', merchantId: null }

let world: World
afterEach(() => world.end())

/** Keys that are kept, as a till in PayPay's sandbox has them. */
async function open(credentials: World['credentials']): Promise<string> {
  let kept = credentials
  const keys: KeyStore = {
    read: async () => kept,
    write: async given => {
      kept = given
    },
  }
  world = await World.open({ mode: 'sandbox', credentials, more: () => ({ keys }) })
  return world.manager()
}

it('a till without keys is closed and sends nothing; once they are entered it sells, without a restart', async () => {
  const session = await open(null)
  await world.clock.pass(30_000)
  expect(world.simulator.seen).toEqual([])
  expect((await world.view()).selling).toEqual({ open: false, reason: 'paypayRefused' })
  expect(world.kiosk.health().says).toMatch(/no PayPay keys yet/)
  expect(await world.desk('setKeys', { keys: RIGHT }, session)).toMatchObject({
    ok: true,
    value: { needed: true, waiting: false },
  })
  await world.clock.pass(6_000)
  await world.sold()
})

it('keys that PayPay refuses are changed at once, as nothing can be settled with them', async () => {
  const session = await open({ apiKey: OTHERS.apiKey, apiSecret: new Secret(OTHERS.apiSecret) })
  expect((await world.view()).selling).toEqual({ open: false, reason: 'paypayRefused' })
  await world.desk('setKeys', { keys: RIGHT }, session)
  await world.clock.pass(6_000)
  await world.sold()
})

it('money that is open is settled with the keys that it was paid under; new ones wait for it', async () => {
  const session = await open({ apiKey: RIGHT.apiKey, apiSecret: new Secret(RIGHT.apiSecret) })
  const checkout = await world.sell('second')
  const code = world.code()
  expect(await world.desk('setKeys', { keys: OTHERS }, session)).toMatchObject({ value: { waiting: true } })
  await world.clock.pass(5_000)
  world.simulator.phone(code, 'approve')
  await world.clock.pass(4_000)
  expect(await world.status('second')).toBe('paid')
  await world.act('leaveCheckout', checkout, {}, 'second')
  expect(await world.desk('getKeys', {}, session)).toMatchObject({ value: { waiting: false } })
  // From here on it is the new ones that speak, and these PayPay does not know.
  await world.clock.pass(12_000)
  expect((await world.view()).selling).toEqual({ open: false, reason: 'paypayRefused' })
})

it('in training the keys of the desk are kept for later and never used', async () => {
  const keys: KeyStore = { read: async () => null, write: async () => undefined }
  world = await World.open({ more: () => ({ keys }) })
  const session = await world.manager()
  await world.desk('setKeys', { keys: OTHERS }, session)
  await world.clock.pass(12_000)
  await world.sold()
})
