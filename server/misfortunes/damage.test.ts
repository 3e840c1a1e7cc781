import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { LedgerBroken } from '../../core/ledger/ledger.ts'
import { World } from './world.ts'

// The ledger turns bad under a till that sells, or between two lives of it.
let world: World
beforeEach(async () => {
  world = await World.open()
})
afterEach(() => world.end())

/** Somebody, or a dying disk, changes what was written: the triggers are no help against that. */
function damage(sql: string): void {
  const raw = new DatabaseSync(world.ledgerFile)
  raw.exec(`DROP TRIGGER facts_are_not_edited; ${sql}`)
  raw.close()
}

async function sellAndDeliver(): Promise<string> {
  const checkout = await world.sell()
  world.simulator.phone(world.code(), 'approve')
  await world.clock.pass(3_000)
  await world.act('leaveCheckout', checkout)
  return checkout.checkoutId
}

/** The pause between two walks, and a step. */
const ONE_WALK_MS = 601_000

it('a fact in the middle is another: selling stops within one walk, and the log says where', async () => {
  await sellAndDeliver()
  await world.clock.pass(1_000)
  expect(await world.view()).toMatchObject({ selling: { open: true } })
  damage(`UPDATE facts SET data = replace(data, '160', '100') WHERE seq = 1`)
  await world.clock.pass(ONE_WALK_MS)
  expect(await world.view()).toMatchObject({ selling: { open: false, reason: 'ledgerBroken' } })
  expect(await world.call('startCheckout', order())).toMatchObject({
    failure: { kind: 'laneClosed', reason: 'ledgerBroken' },
  })
  expect(world.kiosk.health().says).toMatch(
    /^The ledger \S+ledger-training\.sqlite is damaged: at fact 1, fact 1 \(checkoutStarted\) is not what was written.*nothing was changed.*Keep .*put a sound copy back/,
  )
  expect(world.told.filter(says => says.includes('at fact 1, fact 1'))).toHaveLength(1)
  expect(world.told.join()).not.toMatch(/\.ts:\d/)
})

it('a customer who is about to pay when it is found is served to the end, to the yen', async () => {
  await sellAndDeliver()
  damage(`UPDATE facts SET at_ms = at_ms + 1 WHERE seq = 2`)
  await world.clock.pass(ONE_WALK_MS - 30_000)
  const checkout = await world.sell('left')
  await world.clock.pass(30_000)
  expect(await world.view('left')).toMatchObject({ selling: { open: false, reason: 'ledgerBroken' } })
  world.simulator.phone(world.code(), 'approve')
  await world.clock.pass(3_000)
  expect(await world.checkout('left')).toMatchObject({ checkoutId: checkout.checkoutId, status: 'paid' })
  expect(await world.books()).toMatchObject({ paypayKeepsYen: 320, deliveredYen: 320, open: 0 })
})

it('an open checkout whose facts are not what was written is not gone on with; a sound copy put back is', async () => {
  const { checkoutId } = await world.sell()
  await world.crash()
  const sound = readFileSync(world.ledgerFile)
  damage("UPDATE facts SET data = replace(data, '160', '100') WHERE seq = 1")
  const boot = world.boot()
  await expect(boot).rejects.toBeInstanceOf(LedgerBroken)
  await expect(boot).rejects.toThrow(/fact 1 is not what was written/)
  await world.ledger.close()
  writeFileSync(world.ledgerFile, sound)
  await world.boot()
  expect(await world.checkout()).toMatchObject({ checkoutId, totalYen: 160 })
})

it('the file is moved away under a till that sells: the next customer finds it closed', async () => {
  await sellAndDeliver()
  renameSync(world.ledgerFile, `${world.ledgerFile}.away`)
  expect(await world.call('startCheckout', order())).toMatchObject({
    failure: { kind: 'laneClosed', reason: 'ledgerBroken' },
  })
  expect(await world.view()).toMatchObject({ selling: { open: false, reason: 'ledgerBroken' } })
  expect(world.told.join()).toMatch(
    /ledger-training\.sqlite was moved, deleted or replaced while Kaikei wrote to it/,
  )
  renameSync(`${world.ledgerFile}.away`, world.ledgerFile)
})

const order = (): object => ({
  lane: 'main',
  order: { kind: 'cart', lines: [{ productId: 'tea', quantity: 1 }] },
  locale: 'ja',
})
