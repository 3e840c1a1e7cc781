import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { GENESIS } from './chain.ts'
import { everything, type Ledger, LedgerBroken, type NewFact } from './ledger.ts'
import { emptyDisk, openMemoryLedger, type WriteFate } from './memory.ts'
import { openSqliteLedger } from './sqlite.ts'
import { verifyLedger, walkLedger } from './walk.ts'

// One contract, every ledger: whoever sells on one may sell on any other.
type Place = { open(): Promise<Ledger>; remove(): void }
const places: Record<string, () => Place> = {
  sqlite: () => {
    const dir = mkdtempSync(join(tmpdir(), 'kaikei-contract-'))
    return {
      open: () => openSqliteLedger({ file: join(dir, 'ledger.sqlite'), mode: 'training' }),
      remove: () => rmSync(dir, { recursive: true, force: true }),
    }
  },
  memory: () => {
    const disk = emptyDisk()
    return { open: async () => openMemoryLedger(disk), remove: () => undefined }
  },
}

const started = (checkoutId: string, claimNumber: number, atMs: number, totalYen = 160): NewFact => ({
  checkoutId,
  type: 'checkoutStarted',
  atMs,
  data: {
    lane: 'main',
    businessDay: '2026-11-24',
    claimNumber,
    totalYen,
    lines: [{ names: { ja: '緑茶 🍵' } }],
  },
})
const left = (checkoutId: string, atMs: number): NewFact => ({
  checkoutId,
  type: 'customerLeft',
  atMs,
  data: { reason: 'customer' },
})
const ended = (checkoutId: string, outcome: string, atMs: number): NewFact => ({
  checkoutId,
  type: 'outcomeReached',
  atMs,
  data: { outcome },
})
const caseOf = (checkoutId: string, atMs: number): NewFact => ({
  checkoutId,
  type: 'caseOpened',
  atMs,
  data: { why: 'a reason', money: 'unknown' },
})

describe.each(Object.entries(places))('%s', (_name, makePlace) => {
  let place: Place
  let ledger: Ledger
  beforeEach(async () => {
    place = makePlace()
    ledger = await place.open()
  })
  afterEach(async () => {
    await ledger.close()
    place.remove()
  })

  it('begins empty, on a chain that stands on nothing', async () => {
    expect(await ledger.head()).toEqual({ seq: 0, hash: GENESIS, atMs: 0 })
    expect(await verifyLedger(ledger)).toEqual({ sound: true, facts: 0, head: GENESIS })
    expect(await ledger.openCheckouts()).toEqual([])
    expect(await ledger.lastClaimNumber('2026-11-24')).toBe(0)
  })

  it('numbers and chains what it is given, and gives it back as it was', async () => {
    const facts = [started('a', 1, 10), left('a', 20)]
    const written = await ledger.append(facts)
    expect(written.map(({ seq }) => seq)).toEqual([1, 2])
    expect(await ledger.factsOf('a')).toEqual(written)
    expect(written.map(({ seq: _seq, hash: _hash, ...fact }) => fact)).toEqual(facts)
    expect(await ledger.head()).toEqual({ seq: 2, hash: written[1]?.hash, atMs: 20 })
    expect(await ledger.factsOf('nobody')).toEqual([])
  })

  it('gives the same hashes for the same facts, whichever ledger it is', async () => {
    await ledger.append([started('a', 1, 10), left('a', 20)])
    // Computed with another language's SHA-256 and JSON.
    expect((await ledger.head()).hash).toBe(
      'e5c09ce5a6b729c421978613d421e562ace6605324ea5b59c25d32a56cd78119',
    )
  })

  it('knows what is still open: without outcome, or with its customer at the lane; the oldest first', async () => {
    await ledger.append([started('a', 1, 10), started('b', 2, 20), started('c', 3, 30)])
    await ledger.append([ended('a', 'delivered', 40), left('b', 40), ended('b', 'neverPayable', 50)])
    expect(await ledger.openCheckouts()).toEqual(['a', 'c'])
    await ledger.append([left('a', 60)])
    expect(await ledger.openCheckouts()).toEqual(['c'])
    expect(await ledger.lastClaimNumber('2026-11-24')).toBe(3)
    expect(await ledger.lastClaimNumber('2026-11-25')).toBe(0)
  })

  it('adds up, and lists the newest first', async () => {
    await ledger.append([started('a', 1, 10, 100), started('b', 2, 20, 30), started('c', 3, 30, 7)])
    await ledger.append([ended('a', 'delivered', 40), ended('b', 'returned', 40), caseOf('c', 50)])
    expect(await ledger.totals()).toEqual({
      deliveredYen: 100,
      returnedYen: 30,
      givenBackYen: 0,
      delivered: 1,
      returned: 1,
      neverPayable: 0,
      open: 1,
      cases: 1,
    })
    const rows = await ledger.find({ ...everything, limit: 2 })
    expect(rows.map(row => [row.checkoutId, row.outcome, row.openCase?.why ?? null])).toEqual([
      ['c', null, 'a reason'],
      ['b', 'returned', null],
    ])
  })

  it('folds its rows again from the facts, to the same', async () => {
    await ledger.append([started('a', 1, 10), left('a', 20), started('b', 2, 30), caseOf('b', 40)])
    const before = await ledger.find({ ...everything, limit: 10 })
    expect(await ledger.rebuild()).toBe(4)
    expect(await ledger.find({ ...everything, limit: 10 })).toEqual(before)
  })

  it('goes on where it was when it is opened again', async () => {
    await ledger.append([started('a', 1, 10)])
    await ledger.close()
    ledger = await place.open()
    const [written] = await ledger.append([left('a', 20)])
    expect(written?.seq).toBe(2)
    expect(await verifyLedger(ledger)).toMatchObject({ sound: true, facts: 2 })
  })

  it('can be walked a little at a time while facts are added', async () => {
    await ledger.append([started('a', 1, 10), left('a', 20), started('b', 2, 30)])
    const walk = walkLedger(ledger, 2)
    expect(await walk.step()).toBeNull()
    await ledger.append([left('b', 40)])
    expect(await walk.step()).toBeNull()
    expect(await walk.step()).toMatchObject({ sound: true, facts: 4 })
  })

  it('appends nothing when it is given nothing', async () => {
    expect(await ledger.append([])).toEqual([])
    expect(await ledger.head()).toMatchObject({ seq: 0 })
  })
})

// What only the ledger in memory can be made to do: fail and die around any write.
describe.each<[WriteFate, number, boolean]>([
  ['failsBefore', 1, true],
  ['failsAfter', 2, true],
  ['diesBefore', 1, false],
  ['diesAfter', 2, false],
])('a write that %s', (fate, kept, rejects) => {
  it('is in the ledger as a whole or not at all, and stops the writer', async () => {
    const disk = emptyDisk()
    let fates: WriteFate[] = ['written', fate]
    const ledger = openMemoryLedger(disk, () => fates.shift() ?? 'written')
    await ledger.append([started('a', 1, 10)])
    const second = ledger.append([left('a', 20)])
    if (rejects) await expect(second).rejects.toThrow(LedgerBroken)
    else expect(await Promise.race([second, Promise.resolve('silence')])).toBe('silence')
    expect(disk.facts).toHaveLength(kept)
    if (rejects) await expect(ledger.append([left('a', 30)])).rejects.toThrow(LedgerBroken)
    fates = []
    expect(await verifyLedger(openMemoryLedger(disk))).toMatchObject({ sound: true, facts: kept })
  })
})
