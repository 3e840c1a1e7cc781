import type { DatabaseSync } from 'node:sqlite'
import { mayBeAudited } from './audit.ts'
import type { AuditTable } from './auditTable.ts'
import { factHash, GENESIS } from './chain.ts'
import type { CheckoutRow, Fact } from './ledger.ts'
import { isOpenRow, isProjected, project } from './projection.ts'
import { toFact, toStored } from './rows.ts'
import type { CheckoutTable, Numbers } from './table.ts'

/** Of a million checkouts this is said some twenty times. */
const FACTS_A_WORD = 500_000
/** So many rows are held in memory at most; an ordinary till has a few that are open. */
const MOST_HELD = 1_000
/** While it lasts, as indices of a long history are sorted: KiB. */
const CACHE_KIB = 256 * 1024

type Tables = { readonly checkouts: CheckoutTable; readonly audit: AuditTable }

/**
 * Folds the rows of a whole ledger again, to the same rows with the same numbers as one fact after the other makes them, some times as
 * quickly: a checkout is written once, when nobody has anything to do with it any more, and most indices are made at the end. Within the
 * caller's transaction. Returns how many facts there were; `wrong` makes the error for a fact that is not what was written.
 */
export function foldAgain(
  db: DatabaseSync,
  { checkouts, audit }: Tables,
  wrong: (seq: number) => Error,
  tell: (facts: number) => void = () => undefined,
): number {
  const usualCache = Object.values(db.prepare('PRAGMA cache_size').get() ?? {})[0]
  db.exec(`PRAGMA cache_size=-${CACHE_KIB}`)
  try {
    checkouts.clear()
    audit.clear()
    const makeIndices = dropIndices(db)
    const held = new HeldRows(checkouts)
    let [seq, before] = [0, GENESIS]
    for (const row of db.prepare('SELECT * FROM facts ORDER BY seq').iterate()) {
      const stored = toStored(row)
      seq += 1
      before = factHash(before, seq, stored, stored.dataJson)
      if (before !== stored.hash) throw wrong(seq)
      if (seq % FACTS_A_WORD === 0) tell(seq)
      if (saysNothing(stored.type, stored.dataJson)) continue
      const [projected, audited] = [isProjected(stored.type), mayBeAudited(stored.type)]
      if (!projected && !audited) continue
      const fact = toFact(stored)
      if (projected) held.fold(fact)
      if (audited) audit.fold(fact)
    }
    held.writeAll()
    makeIndices()
    return seq
  } finally {
    db.exec(`PRAGMA cache_size=${String(usualCache)}`)
  }
}

/** Most reads find nothing paid; their JSON need not be taken apart for it. It was written by `encodeData`, so there is one spelling. */
function saysNothing(type: string, dataJson: string): boolean {
  return type === 'paymentRead' && !dataJson.includes('"completed"')
}

/** Rows that somebody still has something to do with; all others are in the tables. */
class HeldRows {
  readonly #table: CheckoutTable
  readonly #held = new Map<string, { row: CheckoutRow; before: CheckoutRow | null; numbers: Numbers }>()
  /** The last ones that were given out. */
  #checkout = 0
  #payment = 0
  #back = 0

  constructor(table: CheckoutTable) {
    this.#table = table
  }

  fold(fact: Pick<Fact, 'checkoutId' | 'type' | 'atMs' | 'data'>): void {
    const { checkoutId } = fact
    const held = this.#held.get(checkoutId)
    const was = held?.row ?? this.#table.rowOf(checkoutId)
    const row = project(was, fact)
    if (!row) return
    if (was && (fact.type === 'checkoutStarted' || namesTwice(row))) {
      // No engine writes this; the table has its own way with it.
      if (held) this.#table.put(held.row, held.before, held.numbers)
      this.#held.delete(checkoutId)
      this.#table.put(row, was)
      return
    }
    const before = held ? held.before : was
    const numbers = held?.numbers ?? {
      checkout: was ? null : ++this.#checkout,
      payments: new Map(),
      backs: new Map(),
    }
    for (const { merchantPaymentId: id } of row.payments)
      if (!numbers.payments.has(id) && !before?.payments.some(one => one.merchantPaymentId === id))
        numbers.payments.set(id, ++this.#payment)
    for (const { merchantRefundId: id } of row.backs)
      if (!numbers.backs.has(id) && !before?.backs.some(one => one.merchantRefundId === id))
        numbers.backs.set(id, ++this.#back)
    if (isOpenRow(row)) {
      this.#held.set(checkoutId, { row, before, numbers })
      if (this.#held.size > MOST_HELD) this.writeAll()
    } else {
      this.#held.delete(checkoutId)
      this.#table.put(row, before, numbers)
    }
  }

  writeAll(): void {
    for (const { row, before, numbers } of this.#held.values()) this.#table.put(row, before, numbers)
    this.#held.clear()
  }
}

function namesTwice({ payments, backs }: CheckoutRow): boolean {
  return (
    new Set(payments.map(one => one.merchantPaymentId)).size < payments.length ||
    new Set(backs.map(one => one.merchantRefundId)).size < backs.length
  )
}

/**
 * Drops the indices that no fold asks, and answers the function that makes them again, each with the text that it had. A million rows
 * sorted once are quicker than a million places found. Those that stay are older than those that come back, so their order is as it was.
 */
function dropIndices(db: DatabaseSync): () => void {
  const indices = db
    .prepare(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('checkouts', 'payments', 'backs')
        AND name NOT IN ('payments_of_checkout', 'backs_of_checkout') ORDER BY rowid`,
    )
    .all()
  for (const { name } of indices) db.exec(`DROP INDEX ${String(name)}`)
  return () => {
    for (const { sql } of indices) db.exec(String(sql))
  }
}
