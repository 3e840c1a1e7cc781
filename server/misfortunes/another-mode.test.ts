import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { FileFault } from '../../core/catalogue.ts'
import { shopFolder } from '../../core/shopFolder.ts'
import { startMode } from '../../core/startMode.ts'
import type { PaypayMode } from '../../shared/checkout.ts'
import { World } from './world.ts'

let world: World
afterEach(() => world.end())

async function open(modeIsSettings = true): Promise<string> {
  world = await World.open({
    modeIsSettings,
    more: ({ dataDir }) => {
      const files = { catalogue: join(dataDir, 'catalogue.json'), settings: join(dataDir, 'settings.json') }
      return { shopFiles: shopFolder(files) }
    },
  })
  return world.manager()
}

async function choose(mode: PaypayMode, session: string): Promise<void> {
  const settings = await world.desk('getSettings', {}, session)
  if (!settings.ok) throw new Error(settings.failure.kind)
  const { revision, document } = settings.value
  const answer = await world.desk('setSettings', { revision, document: { ...document, mode } }, session)
  expect(answer).toMatchObject({ ok: true, value: { document: { mode } } })
}

/** What the host is told; null: nothing yet. */
function hear(): { mode: PaypayMode | null } {
  const heard: { mode: PaypayMode | null } = { mode: null }
  void world.kiosk.modeChosen.then(mode => {
    heard.mode = mode
  })
  return heard
}

it('another mode waits until nobody pays and no money is open; then nobody may start any more', async () => {
  const session = await open()
  const heard = hear()
  const checkout = await world.sell('second')
  await choose('sandbox', session)
  await world.clock.pass(60_000)
  expect(heard.mode).toBeNull()
  await world.act('leaveCheckout', checkout, {}, 'second')
  // The code is taken back and sealed first.
  await world.clock.pass(90_000)
  expect(heard.mode).toBe('sandbox')
  expect(
    await world.call('startCheckout', {
      lane: 'main',
      order: { kind: 'cart', lines: [{ productId: 'tea', quantity: 1 }] },
      locale: 'ja',
    }),
  ).toMatchObject({
    ok: false,
    failure: { kind: 'laneClosed', reason: 'starting' },
  })
})

it('the mode that the till runs in already, and one that the command line decided, change nothing', async () => {
  const session = await open(false)
  const heard = hear()
  await choose('production', session)
  await world.clock.pass(10_000)
  expect(heard.mode).toBeNull()
  await world.sold()
})

it('an open case of real money keeps a till in production too: its money may have to go back', async () => {
  world = await World.open({ mode: 'production' })
  const checkout = await world.sold()
  const session = await world.manager()
  world.away = true
  const decided = await world.desk(
    'giveBack',
    {
      checkoutId: checkout.checkoutId,
      decisionId: 'decision-1',
      what: { kind: 'whole' },
      reason: 'soldOut',
      note: '',
      secondPin: null,
    },
    session,
  )
  expect(decided).toMatchObject({ ok: true })
  await world.clock.pass(620_000)
  expect(await world.ledger.attention()).toMatchObject({ cases: 1, underWay: 0 })
  await world.crash()
  expect(await startMode(world.dataDir, null)).toEqual({
    mode: 'production',
    modeIsSettings: true,
    production: null,
  })
  await expect(startMode(world.dataDir, 'training')).rejects.toThrow(
    /1 checkout\(s\) in production are not settled/,
  )
  await world.boot()
})

it('real money that is open is settled before another mode is opened, whatever file was edited meanwhile', async () => {
  world = await World.open({ mode: 'production' })
  await world.sell()
  await world.crash()
  const { dataDir } = world
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ mode: 'sandbox' }))
  expect(await startMode(dataDir, null)).toEqual({
    mode: 'production',
    modeIsSettings: true,
    production: null,
  })
  await expect(startMode(dataDir, 'training')).rejects.toThrow(FileFault)
  await expect(startMode(dataDir, 'training')).rejects.toThrow(
    /1 checkout\(s\) in production are not settled/,
  )
  expect(await startMode(dataDir, 'production')).toEqual({
    mode: 'production',
    modeIsSettings: false,
    production: null,
  })
  // Settled: the customer never came back, and the code is sealed.
  await world.boot()
  await world.clock.pass(600_000)
  expect(await startMode(dataDir, null)).toEqual({ mode: 'sandbox', modeIsSettings: true, production: null })
})

it('where production’s ledger is damaged, the desk and the settings’ file cannot choose production, and are told why', async () => {
  const says = 'This till can train, and cannot change to production: the ledger is damaged.'
  world = await World.open({
    modeIsSettings: true,
    productionRefused: says,
    more: ({ dataDir }) => {
      const files = { catalogue: join(dataDir, 'catalogue.json'), settings: join(dataDir, 'settings.json') }
      return { shopFiles: shopFolder(files) }
    },
  })
  const session = await world.manager()
  const heard = hear()
  const settings = await world.desk('getSettings', {}, session)
  if (!settings.ok) throw new Error(settings.failure.kind)
  const { revision, document } = settings.value
  const chosen = { ...document, mode: 'production' as const }
  expect(await world.desk('setSettings', { revision, document: chosen }, session)).toMatchObject({
    ok: false,
    failure: { kind: 'badDocument', faults: [{ path: 'mode', says }] },
  })
  writeFileSync(join(world.dataDir, 'settings.json'), JSON.stringify({ mode: 'production' }))
  const byHand = await world.desk('getSettings', {}, session)
  expect(byHand).toMatchObject({ value: { document: { mode: 'training' } } })
  expect(JSON.stringify(byHand)).toContain(says)
  await world.clock.pass(60_000)
  expect(heard.mode).toBeNull()
  // The sandbox has a ledger of its own.
  writeFileSync(join(world.dataDir, 'settings.json'), JSON.stringify({ mode: 'sandbox' }))
  await world.desk('getSettings', {}, session)
  await world.clock.pass(60_000)
  expect(heard.mode).toBe('sandbox')
})
