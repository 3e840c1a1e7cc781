import { afterEach, expect, it } from 'vitest'
import type { KeyStore } from '../../core/desk/keys.ts'
import { Secret } from '../../core/secret.ts'
import { World } from './world.ts'

const RIGHT = { apiKey: 'key', apiSecret: 'secret', merchantId: null }
const OTHERS = { apiKey: 'somebody-elses', apiSecret: 'other', merchantId: null }

let world: World
/** What the store has. */
let kept: World['credentials']
afterEach(() => world.end())

/** Keys that are kept, as a till in PayPay's sandbox has them. */
async function open(credentials: World['credentials']): Promise<string> {
  kept = credentials
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
    value: { needed: true },
  })
  await world.clock.pass(6_000)
  await world.sold()
})

it('keys that PayPay refuses are changed for right ones, without a restart', async () => {
  const session = await open({ apiKey: OTHERS.apiKey, apiSecret: new Secret(OTHERS.apiSecret) })
  expect((await world.view()).selling).toEqual({ open: false, reason: 'paypayRefused' })
  await world.desk('setKeys', { keys: RIGHT }, session)
  await world.clock.pass(6_000)
  await world.sold()
})

it('while money is open other keys are refused, and nothing of them is kept: what was paid would not be found under them', async () => {
  const session = await open({ apiKey: RIGHT.apiKey, apiSecret: new Secret(RIGHT.apiSecret) })
  const checkout = await world.sell('second')
  const code = world.code()
  expect(await world.desk('setKeys', { keys: OTHERS }, session)).toEqual({
    ok: false,
    failure: { kind: 'moneyOpen' },
  })
  world.simulator.phone(code, 'approve')
  // A restart in between signs with the keys that the code was made under.
  await world.crash()
  world.credentials = kept
  await world.boot()
  world.watch('second')
  await world.clock.pass(5_000)
  expect(await world.status('second')).toBe('paid')
  await world.act('leaveCheckout', checkout, {}, 'second')
  const again = await world.signIn('271828')
  expect(await world.desk('setKeys', { keys: OTHERS }, again)).toMatchObject({ ok: true })
  await world.clock.pass(12_000)
  expect((await world.view()).selling).toEqual({ open: false, reason: 'paypayRefused' })
})

it('new keys of the same merchant may come while money is open, when somebody says that they are; that is written down', async () => {
  const session = await open({ apiKey: RIGHT.apiKey, apiSecret: new Secret(RIGHT.apiSecret) })
  await world.sell('second')
  expect(await world.desk('setKeys', { keys: RIGHT, sameMerchant: true }, session)).toMatchObject({
    ok: true,
  })
  expect(await world.ledger.lastFactOf('shop-keys')).toMatchObject({
    type: 'keysSet',
    data: { sameMerchant: true },
  })
})

it('in training the keys of the desk are kept for later and never used', async () => {
  const keys: KeyStore = { read: async () => null, write: async () => undefined }
  world = await World.open({ more: () => ({ keys }) })
  const session = await world.manager()
  await world.desk('setKeys', { keys: OTHERS }, session)
  await world.clock.pass(12_000)
  await world.sold()
})
