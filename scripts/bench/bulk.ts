import { DatabaseSync } from 'node:sqlite'
import { encodeData, factHash, GENESIS } from '../../core/ledger/chain.ts'
import type { CheckoutRow } from '../../core/ledger/ledger.ts'
import { project } from '../../core/ledger/projection.ts'
import { openSqliteLedger } from '../../core/ledger/sqlite.ts'
import { statements } from '../../core/ledger/statements.ts'
import { CheckoutTable } from '../../core/ledger/table.ts'
import { settledCheckout } from './history.ts'

const CHECKOUTS_A_TRANSACTION = 20_000

/**
 * A ledger with so many settled checkouts, written through the real schema with its triggers, hashed by the ledger's own chain and
 * projected by its own projection, but in big transactions and without waiting for the disk. Returns how many facts it holds.
 */
export async function writeHistory(
  file: string,
  count: number,
  untilMs: number,
  tell: (checkouts: number) => void,
): Promise<number> {
  await (await openSqliteLedger({ file, mode: 'training' })).close()
  const db = new DatabaseSync(file)
  db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-1000000')
  const insertFact = db.prepare(
    'INSERT INTO facts (seq, checkout_id, type, at_ms, data, hash) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const table = new CheckoutTable(statements(db))
  const updateHead = db.prepare('UPDATE head SET seq = ?, hash = ?')
  let seq = 0
  let hash = GENESIS
  for (let from = 0; from < count; from += CHECKOUTS_A_TRANSACTION) {
    const to = Math.min(count, from + CHECKOUTS_A_TRANSACTION)
    db.exec('BEGIN IMMEDIATE')
    for (let index = from; index < to; index += 1) {
      const { checkoutId, facts } = settledCheckout(index, count, untilMs)
      let row: CheckoutRow | null = null
      for (const { type, atMs, data } of facts) {
        const fact = { checkoutId, type, atMs, data }
        const dataJson = encodeData(data)
        seq += 1
        hash = factHash(hash, seq, fact, dataJson)
        insertFact.run(seq, checkoutId, type, atMs, dataJson, hash)
        row = project(row, fact) ?? row
      }
      if (!row) throw new Error(`checkout ${checkoutId} has no row`)
      table.put(row, null)
    }
    updateHead.run(seq, hash)
    db.exec('COMMIT')
    tell(to)
    // A busy program would starve Ctrl-C.
    await new Promise(resolve => setImmediate(resolve))
  }
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
  return seq
}
