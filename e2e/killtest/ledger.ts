import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** A fact as it lies in the file. The loop reads it with words of its own, so that it shares no mistake with the engine. */
export type Fact = {
  readonly seq: number
  readonly checkoutId: string
  readonly type: string
  readonly atMs: number
  readonly data: Readonly<Record<string, unknown>>
  readonly hash: string
}

/** What the ledger's searchable table says, for comparing with its facts. */
export type Sums = { readonly deliveredYen: number; readonly open: number }

export const ledgerFile = (dataDir: string): string => join(dataDir, 'ledger-training.sqlite')

/** Facts after a sequence number. The fact before them comes too (as the first), to be compared with what was read before. */
export function factsFrom(dataDir: string, afterSeq: number): Fact[] {
  return reading(dataDir, db =>
    db
      .prepare('SELECT * FROM facts WHERE seq >= ? ORDER BY seq')
      .all(afterSeq)
      .map(row => ({
        seq: Number(row.seq),
        checkoutId: String(row.checkout_id),
        type: String(row.type),
        atMs: Number(row.at_ms),
        data: JSON.parse(String(row.data)) as Record<string, unknown>,
        hash: String(row.hash),
      })),
  )
}

export function sumsOf(dataDir: string): Sums {
  return reading(dataDir, db => {
    const row = db
      .prepare(
        "SELECT coalesce(sum(total_yen) FILTER (WHERE outcome = 'delivered'), 0) AS yen, count(*) FILTER (WHERE outcome IS NULL OR at_lane = 1) AS open FROM checkouts",
      )
      .get()
    return { deliveredYen: Number(row?.yen), open: Number(row?.open) }
  })
}

function reading<T>(dataDir: string, read: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(ledgerFile(dataDir), { readOnly: true, timeout: 2_000 })
  try {
    return read(db)
  } finally {
    db.close()
  }
}
