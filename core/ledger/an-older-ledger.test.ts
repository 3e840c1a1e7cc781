import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { encodeData, factHash, GENESIS } from './chain.ts'
import { everything, LedgerBroken } from './ledger.ts'
import { factsAndCheckouts } from './migrations/0001-facts-and-checkouts.ts'
import { openSqliteLedger } from './sqlite.ts'
import { verifyLedger } from './walk.ts'

let dir: string
let file: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kaikei-older-'))
  file = join(dir, 'ledger.sqlite')
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

/** As the first version left it: one checkout that is open, its row as that version wrote it. */
function writeVersion1(): void {
  const db = new DatabaseSync(file)
  db.exec(`PRAGMA journal_mode=WAL; ${factsAndCheckouts}`)
  db.exec(
    "INSERT INTO meta VALUES ('mode', 'training'); PRAGMA application_id=1262569803; PRAGMA user_version=1",
  )
  const facts = [
    [
      'checkoutStarted',
      { lane: 'main', businessDay: '2026-11-24', claimNumber: 7, totalYen: 160, lines: [] },
    ],
    ['createIntended', { merchantPaymentId: 'old-1', attempt: 1, amountYen: 160 }],
  ] as const
  let hash = GENESIS
  for (const [index, [type, data]] of facts.entries()) {
    const dataJson = encodeData(data)
    hash = factHash(hash, index + 1, { checkoutId: 'old', type, atMs: 5 }, dataJson)
    db.prepare('INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?)').run(index + 1, 'old', type, 5, dataJson, hash)
  }
  db.prepare('UPDATE head SET seq = 2, hash = ?').run(hash)
  db.prepare("INSERT INTO checkouts VALUES ('old', 'main', 5, '2026-11-24', 7, 160, NULL, 1, NULL)").run()
  db.close()
}

it('is opened, its rows folded again from its facts, and what is open is found', async () => {
  writeVersion1()
  const told: string[] = []
  const ledger = await openSqliteLedger({ file, mode: 'training', warn: says => void told.push(says) })
  expect(told.filter(says => says.includes('folded again from its 2 facts'))).toHaveLength(1)
  expect(await ledger.openCheckouts()).toEqual(['old'])
  expect(
    await ledger.find({
      ...everything,
      keys: [{ by: 'merchantPaymentId', merchantPaymentId: 'old-1' }],
      limit: 5,
    }),
  ).toMatchObject([{ checkoutId: 'old', claimNumber: 7, word: 'underWay' }])
  expect(await verifyLedger(ledger)).toMatchObject({ sound: true, facts: 2 })
  await ledger.close()
  const again: string[] = []
  await (await openSqliteLedger({ file, mode: 'training', warn: says => void again.push(says) })).close()
  expect(again).toEqual([])
})

it('a process that died between the new tables and the rows is caught up', async () => {
  writeVersion1()
  await (await openSqliteLedger({ file, mode: 'training' })).close()
  const db = new DatabaseSync(file)
  db.exec("DELETE FROM checkouts; DELETE FROM payments; DELETE FROM meta WHERE key = 'projection'")
  db.close()
  const ledger = await openSqliteLedger({ file, mode: 'training' })
  expect(await ledger.openCheckouts()).toEqual(['old'])
  await ledger.close()
})

it('whoever may only read is told what to do, and changes nothing', async () => {
  writeVersion1()
  await expect(openSqliteLedger({ file, mode: 'training', readOnly: true })).rejects.toThrow(
    /Start the till once/,
  )
  await expect(openSqliteLedger({ file, mode: 'training', readOnly: true })).rejects.toBeInstanceOf(
    LedgerBroken,
  )
})
