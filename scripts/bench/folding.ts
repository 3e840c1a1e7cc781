import { createHash } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { DatabaseSync } from 'node:sqlite'
import { factHash, GENESIS } from '../../core/ledger/chain.ts'
import { factsAndCheckouts } from '../../core/ledger/migrations/0001-facts-and-checkouts.ts'
import { isProjected } from '../../core/ledger/projection.ts'
import { toFact, toStored } from '../../core/ledger/rows.ts'
import { openSqliteLedger } from '../../core/ledger/sqlite.ts'
import { statements } from '../../core/ledger/statements.ts'
import { CheckoutTable } from '../../core/ledger/table.ts'
import { tempDir } from '../../e2e/host.ts'
import { writeHistory } from './bulk.ts'
import { median, needRoom } from './measure.ts'

/** Opening may take so much of the time that one fact after the other takes. */
export const MOST_FOLDING_RATIO = 0.6
const ROUNDS = 3
const BYTES_A_CHECKOUT = 15_000

export type Folding = {
  readonly checkouts: number
  readonly facts: number
  /** The first opening of a ledger of the first version, s. */
  readonly openingS: number
  /** Of it, all its rows as they are written while the till sells, s. */
  readonly oneByOneS: number
  /** Median of the rounds' ratios. */
  readonly ratio: number
}

export function foldingInWords({ checkouts, facts, openingS, oneByOneS, ratio }: Folding): string {
  return `a ledger of the first version with ${checkouts} checkouts (${facts} facts): opened in ${openingS} s, its rows one fact after the other in ${oneByOneS} s (medians of ${ROUNDS} rounds, in turn), ratio ${ratio} (at most ${MOST_FOLDING_RATIO}); the rows are the same`
}

/** How long the first opening of an older ledger takes, beside the same rows made as a till makes them. */
export async function folding(checkouts: number, tell: (says: string) => void): Promise<Folding> {
  needRoom(checkouts * BYTES_A_CHECKOUT)
  const folder = tempDir('kaikei-bench-')
  process.once('exit', folder.remove)
  try {
    const older = join(folder.path, 'older.sqlite')
    const facts = await writeHistory(older, checkouts, Date.now(), done => tell(`${done} written`))
    makeFirstVersion(older)
    const [file, times] = [join(folder.path, 'ledger.sqlite'), { opening: [], oneByOne: [] } as Times]
    for (let round = 1; round <= ROUNDS; round += 1) {
      copyFileSync(older, file)
      times.opening.push(
        await timeOf(async () => (await openSqliteLedger({ file, mode: 'training' })).close()),
      )
      const quick = rowsIn(file)
      times.oneByOne.push(await timeOf(() => oneByOne(file)))
      if (rowsIn(file) !== quick) throw new Error('the rows of the two ways differ')
      tell(`round ${round} of ${ROUNDS}: ${times.opening.at(-1)} s and ${times.oneByOne.at(-1)} s`)
    }
    const ratios = times.opening.map((openingS, round) => openingS / (times.oneByOne[round] ?? Number.NaN))
    return {
      checkouts,
      facts,
      openingS: median(times.opening),
      oneByOneS: median(times.oneByOne),
      ratio: Number(median(ratios).toFixed(2)),
    }
  } finally {
    folder.remove()
  }
}

type Times = { readonly opening: number[]; readonly oneByOne: number[] }

/** s. */
async function timeOf(work: () => Promise<void> | void): Promise<number> {
  const fromMs = performance.now()
  await work()
  return Number(((performance.now() - fromMs) / 1000).toFixed(1))
}

/** As the first version left it: its facts, its one table of rows, and nothing that came after it. */
function makeFirstVersion(file: string): void {
  const db = new DatabaseSync(file)
  const tables = ['payments', 'backs', 'audit', 'checkouts']
  db.exec(
    `BEGIN; ${tables.map(table => `DROP TABLE ${table};`).join(' ')} DELETE FROM meta WHERE key = 'projection'`,
  )
  for (const sql of factsAndCheckouts.split(';'))
    if (/\bcheckouts\b/.test(sql) && !/\bfacts\b/.test(sql)) db.exec(sql)
  db.exec(`INSERT INTO checkouts SELECT checkout_id, 'main', at_ms, '2026-11-24', 1, 1, 'delivered', 0, NULL FROM facts WHERE type = 'checkoutStarted';
    PRAGMA user_version=1; COMMIT; PRAGMA wal_checkpoint(TRUNCATE)`)
  db.close()
}

/** As while the till sells, but in one transaction: each fact finds its row, changes it and writes it. */
function oneByOne(file: string): void {
  const db = new DatabaseSync(file)
  const table = new CheckoutTable(statements(db))
  db.exec('BEGIN; REINDEX')
  table.clear()
  let [seq, before] = [0, GENESIS]
  for (const row of db.prepare('SELECT * FROM facts ORDER BY seq').iterate()) {
    const fact = toStored(row)
    seq += 1
    before = factHash(before, seq, fact, fact.dataJson)
    if (before !== fact.hash) throw new Error(`fact ${seq} is not what was written`)
    if (isProjected(fact.type)) table.fold(toFact(fact))
  }
  db.exec('COMMIT')
  db.close()
}

/** A hash over every row, numbers included. */
function rowsIn(file: string): string {
  const db = new DatabaseSync(file, { readOnly: true })
  const hash = createHash('sha256')
  for (const table of ['checkouts', 'payments', 'backs'])
    for (const row of db.prepare(`SELECT * FROM ${table} ORDER BY number`).iterate())
      hash.update(JSON.stringify(row))
  db.close()
  return hash.digest('hex')
}
