import { afterEach, beforeEach, expect, it } from 'vitest'
import { openSqliteLedger } from '../../core/ledger/sqlite.ts'
import { World } from './world.ts'

let world: World
let manager: string
beforeEach(async () => {
  world = await World.open()
  manager = await world.manager()
})
afterEach(() => world.end())

const all = { userId: null, kinds: [], fromMs: null, toMs: null }
async function find(query: object = {}) {
  const input = { ...all, before: null, limit: 200, ...query }
  const answer = await world.desk('findAudit', input, manager)
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure))
  return answer.value
}
const kindsOf = async (query: object = {}) => (await find(query)).entries.map(entry => entry.what.kind)

/** A returned tea, a second person, and somebody who is put out. */
async function aMorning(): Promise<string> {
  const { checkoutId } = await world.sold('c')
  await world.desk('addUser', { name: '=佐藤', role: 'attendant', pin: '161803' }, manager)
  const attendant = await world.signIn('161803', 'b')
  await world.desk(
    'giveBack',
    {
      checkoutId,
      decisionId: 'decision-1',
      what: { kind: 'whole' },
      reason: 'mistake',
      note: 'one, "two"',
      secondPin: null,
    },
    attendant,
  )
  await world.clock.pass(5_000)
  await world.desk('changeUser', { userId: 'u2', active: false, pin: '141421' }, manager)
  return checkoutId
}

it('tells who did what, newest first, and of no PIN more than that it is new', async () => {
  const checkoutId = await aMorning()
  expect(await kindsOf()).toEqual([
    'signedOut',
    'staffChanged',
    'moneyBackDecided',
    'pinAccepted',
    'pinTried',
    'staffAdded',
    'pinAccepted',
    'staffAdded',
  ])
  const { entries } = await find({ kinds: ['moneyBackDecided', 'staffChanged'] })
  expect(entries).toMatchObject([
    {
      who: { userId: 'u1', name: '店長' },
      what: { of: '=佐藤', active: false, newPin: true },
      checkoutId: null,
    },
    { who: { userId: 'u2' }, what: { amountYen: 160, reason: 'mistake', approvedBy: null }, checkoutId },
  ])
  const told = JSON.stringify(await find())
  for (const secret of ['271828', '161803', '141421', 'pinHash', 'saltHex'])
    expect(told).not.toContain(secret)
})

it('finds by person, kind and time, and page by page', async () => {
  await aMorning()
  expect(await kindsOf({ userId: 'u2' })).toEqual(['signedOut', 'moneyBackDecided', 'pinAccepted'])
  expect(await kindsOf({ userId: 'u2', kinds: ['pinAccepted', 'staffAdded'] })).toEqual(['pinAccepted'])
  expect(await kindsOf({ userId: 'u9' })).toEqual([])
  const { entries } = await find()
  const middle = entries[3]?.atMs ?? 0
  const after = await find({ fromMs: middle })
  const before = await find({ toMs: middle - 1 })
  expect(after.entries.length + before.entries.length).toBe(entries.length)
  const paged: number[] = []
  for (let next: number | null = null; ; ) {
    const page = await find({ before: next, limit: 3 })
    paged.push(...page.entries.map(entry => entry.seq))
    next = page.next
    if (next === null) break
  }
  expect(paged).toEqual(entries.map(entry => entry.seq))
})

it.each([
  [{ kinds: ['sold'] }, 'kinds.0'],
  [{ limit: 0 }, 'limit'],
  [{ limit: 201 }, 'limit'],
  [{ fromMs: 'yesterday' }, 'fromMs'],
])('%j is told by its field', async (wrong, where) => {
  const input = { ...all, before: null, limit: 10, ...wrong, session: manager }
  expect(await world.kiosk.desk('findAudit', input)).toMatchObject({ failure: { kind: 'badInput', where } })
})

it('as a table: a byte order mark, one line each, and a name that begins like a formula is text', async () => {
  await aMorning()
  const answer = await world.desk('exportAudit', all, manager)
  if (!answer.ok) throw new Error(answer.failure.kind)
  const { csv, rows, cut } = answer.value
  expect([rows, cut]).toEqual([8, false])
  expect(csv.startsWith('\u{feff}fact,')).toBe(true)
  expect(csv.trimEnd().split('\r\n')).toHaveLength(9)
  expect(csv).toContain(`,'=佐藤,`)
  expect(csv).toMatch(/2026-11-24 12:00:\d\d/)
})

it('says how far the chain was walked, and when it was found sound', async () => {
  await world.clock.pass(2_000)
  const { chain } = await find()
  expect(chain.last).toMatchObject({ sound: true })
  expect(chain.walking).toBeNull()
})

it('is folded again from the facts, to the same, and the walk notices a row that was tampered with', async () => {
  await aMorning()
  const before = await find()
  expect(await world.ledger.rebuild()).toBeGreaterThan(0)
  expect((await find()).entries).toEqual(before.entries)
  await world.crash()
  const { DatabaseSync } = await import('node:sqlite')
  const raw = new DatabaseSync(world.ledgerFile)
  raw.exec("UPDATE audit SET user_id = 'u1' WHERE kind = 'moneyBackDecided'")
  raw.close()
  const ledger = await openSqliteLedger({ file: world.ledgerFile, mode: 'training' })
  await expect(ledger.stored(0, 1_000)).rejects.toThrow(/the audit does not find fact \d+ as what it is/)
  await ledger.close()
  await world.boot()
})
