import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Copy, makeCopies, sale } from './ledger/copies.ts'
import { LedgerBroken } from './ledger/ledger.ts'
import { openSqliteLedger } from './ledger/sqlite.ts'
import { ledgerFileIn, startMode } from './startMode.ts'

// Production's ledger is looked at before a till trains. When it cannot be read, nobody can settle what is in it, and training goes on.
let dataDir: string
let file: string
let copy: Copy

beforeEach(async () => {
  const copies = await makeCopies()
  copy = new Copy(copies.closed)
  copies.remove()
  dataDir = copy.dir
  rmSync(copy.file)
  rmSync(`${copy.file}.head`)
  file = ledgerFileIn(dataDir, 'production')
  const ledger = await openSqliteLedger({ file, mode: 'production' })
  // The third stays open.
  for (const n of [1, 2, 3]) await ledger.append(sale('p', n))
  await ledger.close()
})
afterEach(() => copy.remove())

function sql(text: string): void {
  const raw = new DatabaseSync(file, { defensive: false })
  raw.exec(text)
  raw.close()
}

it('open money is settled first, as long as it can be seen', async () => {
  expect(await startMode(dataDir, null)).toEqual({
    mode: 'production',
    modeIsSettings: true,
    production: null,
  })
  await expect(startMode(dataDir, 'training')).rejects.toThrow('1 checkout(s) in production are not settled')
})

describe.each<[string, () => void]>([
  ['a flipped bit', () => copy.flip(31, 2, file)],
  ['another program’s file in its place', () => writeFileSync(file, 'not a ledger at all')],
  ['a ledger that is gone, while its witness is there', () => renameSync(file, `${file}.away`)],
  ['a fact that was changed', () => sql("DROP TRIGGER facts_are_not_edited; UPDATE facts SET data = '{}'")],
])('%s', (_what, happens) => {
  beforeEach(happens)

  it.each([null, 'training'] as const)('trains, asked for %s, and says what is wrong', async asked => {
    const { mode, production } = await startMode(dataDir, asked)
    expect(mode).toBe('training')
    expect(production).toMatchObject({ isRefused: true })
    expect(production?.says).toContain('cannot change to production')
    expect(production?.says).toContain(file)
  })

  it('production itself is refused as before, by whoever opens the ledger', async () => {
    expect(await startMode(dataDir, 'production')).toMatchObject({ mode: 'production' })
    await expect(openSqliteLedger({ file, mode: 'production' })).rejects.toThrow(LedgerBroken)
  })
})

it('with rows of an older version it trains, says so, and production may be chosen: that start folds them', async () => {
  sql("UPDATE meta SET value = '0' WHERE key = 'projection'")
  const { mode, production } = await startMode(dataDir, null)
  expect([mode, production?.isRefused]).toEqual(['training', false])
  expect(production?.says).toContain('older Kaikei')
  await expect(startMode(dataDir, 'sandbox')).rejects.toThrow('older Kaikei')
  await (await openSqliteLedger({ file, mode: 'production' })).close()
  expect((await startMode(dataDir, null)).mode).toBe('production')
})

it('the sandbox, which uses PayPay’s keys too, does not begin beside a damaged ledger', async () => {
  writeFileSync(file, 'not a ledger at all')
  await expect(startMode(dataDir, 'sandbox')).rejects.toThrow(LedgerBroken)
})

it('a machine in trouble may be well again in a moment, and is not passed over', async () => {
  // What SQLite cannot open at all, as with a disk that fails.
  const raw = new DatabaseSync(file)
  raw.exec('PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE')
  await expect(startMode(dataDir, 'training')).rejects.toMatchObject({ what: 'unwritable' })
  raw.close()
})
