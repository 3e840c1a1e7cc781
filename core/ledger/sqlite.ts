import { statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { isDeepStrictEqual } from 'node:util'
import { jstDaySpan } from '../jst.ts'
import { type AuditQuery, auditRowOf, mayBeAudited } from './audit.ts'
import { AuditTable } from './auditTable.ts'
import { encodeData, factHash, GENESIS } from './chain.ts'
import { foldAgain } from './folding.ts'
import {
  type Attention,
  type CheckoutQuery,
  type CheckoutRow,
  type DaySums,
  type Fact,
  type FoundRow,
  type Head,
  type Ledger,
  LedgerBroken,
  type LedgerMode,
  type LedgerTotals,
  type NewFact,
  type StoredFact,
} from './ledger.ts'
import { endOf, isProjectionOurs, openToRead, openToWrite, saveProjection, takeLock } from './opening.ts'
import { isOpenRow, isProjected, project } from './projection.ts'
import { damaged, isDamage, olderRows, refusalOf, stopped, takenAway, witnessFile } from './refusals.ts'
import { toFact, toStored } from './rows.ts'
import { statements } from './statements.ts'
import { CheckoutTable } from './table.ts'
import { openWitness, readWitness, type Witness } from './witness.ts'

/**
 * The ledger on node:sqlite: WAL, synchronous=FULL, one writer, and a witness beside it. `warn` hears of what a person should
 * know of and nothing stops for.
 */
export async function openSqliteLedger(options: {
  file: string
  mode: LedgerMode
  readOnly?: boolean
  warn?: (says: string) => void
}): Promise<Ledger> {
  const { file, mode, readOnly = false, warn = () => undefined } = options
  const lock = readOnly ? null : takeLock(file)
  let db: DatabaseSync | null = null
  try {
    // Before the ledger, which grows first: a reader must not find the witness ahead.
    const witnessed = readWitness(file, warn)
    db = readOnly ? openToRead(file, mode, witnessed) : openToWrite(file, mode, witnessed)
    const end = endOf(db, file)
    const witness = readOnly ? null : openWitness(file, warn)
    if (witness && end.seq > 0 && inodeOf(witnessFile(file)) === 0)
      warn(
        `there is no ${witnessFile(file)} to compare with: the ledger is believed, and ends at fact ${end.seq}`,
      )
    if (end.hash !== witnessed?.hash) witness?.saw(end)
    const ledger = new SqliteLedger(file, db, { lock, witness, end })
    if (!isProjectionOurs(db)) {
      if (readOnly) throw olderRows(file)
      warn(`the rows of ${file} are of an older Kaikei and are folded again from its ${end.seq} facts`)
      ledger.foldAgain('', facts => warn(`${facts} of ${end.seq} facts are folded`))
    }
    return ledger
  } catch (error) {
    db?.close()
    lock?.close()
    throw refusalOf(file, error)
  }
}

class SqliteLedger implements Ledger {
  readonly where: string
  readonly #db: DatabaseSync
  readonly #lock: DatabaseSync | null
  readonly #witness: Witness | null
  readonly #sql: ReturnType<typeof statements>
  readonly #checkouts: CheckoutTable
  readonly #audit: AuditTable
  /** The files as they were opened; SQLite goes on writing to one that was moved or deleted, and all of it would be lost. */
  readonly #inodes: ReadonlyMap<string, number>
  #end: Head
  #stopped: LedgerBroken | null = null

  constructor(
    file: string,
    db: DatabaseSync,
    its: { lock: DatabaseSync | null; witness: Witness | null; end: Head },
  ) {
    this.where = file
    this.#db = db
    this.#sql = statements(db)
    this.#checkouts = new CheckoutTable(this.#sql)
    this.#audit = new AuditTable(this.#sql)
    this.#lock = its.lock
    this.#witness = its.witness
    this.#end = its.end
    this.#inodes = new Map(its.lock ? [file, `${file}-wal`].map(name => [name, inodeOf(name)]) : [])
  }

  async append(facts: readonly NewFact[]): Promise<readonly Fact[]> {
    if (this.#stopped) throw this.#stopped
    let { seq, hash, atMs } = this.#end
    const written: Fact[] = []
    try {
      this.#checkFiles()
      this.#db.exec('BEGIN IMMEDIATE')
      for (const fact of facts) {
        const dataJson = encodeData(fact.data)
        seq += 1
        hash = factHash(hash, seq, fact, dataJson)
        atMs = fact.atMs
        this.#sql(
          'INSERT INTO facts (seq, checkout_id, type, at_ms, data, hash) VALUES (?, ?, ?, ?, ?, ?)',
        ).run(seq, fact.checkoutId, fact.type, fact.atMs, dataJson, hash)
        if (isProjected(fact.type)) this.#checkouts.fold(fact)
        this.#audit.fold({ ...fact, seq })
        written.push({ ...fact, seq, hash })
      }
      this.#sql('UPDATE head SET seq = ?, hash = ?').run(seq, hash)
      this.#db.exec('COMMIT')
    } catch (error) {
      this.#stopped = this.#refusalOfWrite(error)
      try {
        this.#db.exec('ROLLBACK')
      } catch {
        // The transaction was gone already.
      }
      throw this.#stopped
    }
    this.#end = { seq, hash, atMs }
    this.#witness?.saw(this.#end)
    return written
  }

  async factsOf(checkoutId: string): Promise<readonly Fact[]> {
    return this.#read(() => this.#factsOf(checkoutId))
  }

  async openCheckouts(): Promise<readonly string[]> {
    return this.#read(() => this.#checkouts.open())
  }

  async lastClaimNumber(businessDay: string): Promise<number> {
    return this.#read(() => this.#checkouts.lastClaimNumber(businessDay))
  }

  async lastFactOf(checkoutId: string): Promise<Fact | null> {
    return this.#read(() => {
      const row = this.#sql('SELECT * FROM facts WHERE checkout_id = ? ORDER BY seq DESC LIMIT 1').get(
        checkoutId,
      )
      return row ? toFact(toStored(row)) : null
    })
  }

  async totals(): Promise<LedgerTotals> {
    const row = this.#read(() =>
      this.#sql(`SELECT
      coalesce(sum(total_yen) FILTER (WHERE outcome = 'delivered'), 0) AS deliveredYen,
      coalesce(sum(total_yen) FILTER (WHERE outcome = 'returned'), 0) AS returnedYen,
      (SELECT coalesce(sum(amount_yen), 0) FROM backs JOIN checkouts USING (checkout_id) WHERE by_person = 1 AND state = 'done' AND outcome = 'delivered') AS givenBackYen,
      count(*) FILTER (WHERE outcome = 'delivered') AS delivered,
      count(*) FILTER (WHERE outcome = 'returned') AS returned,
      count(*) FILTER (WHERE outcome = 'neverPayable') AS neverPayable,
      count(*) FILTER (WHERE outcome IS NULL AND decided = 0) AS open,
      count(*) FILTER (WHERE case_why IS NOT NULL) AS cases FROM checkouts`).get(),
    )
    return { ...row } as unknown as LedgerTotals
  }

  async rebuild(tell?: (facts: number) => void): Promise<number> {
    return this.foldAgain('REINDEX', tell)
  }

  /** `first` is done in the same transaction: whoever asks for all rows anew has doubts about indices too. */
  foldAgain(first: 'REINDEX' | '', tell?: (facts: number) => void): number {
    if (this.#stopped) throw this.#stopped
    this.#db.exec('BEGIN IMMEDIATE')
    try {
      this.#db.exec(first)
      const tables = { checkouts: this.#checkouts, audit: this.#audit }
      const wrong = (seq: number) => damaged(this.where, `fact ${seq} is not what was written`)
      const facts = foldAgain(this.#db, tables, wrong, tell)
      saveProjection(this.#db)
      this.#db.exec('COMMIT')
      return facts
    } catch (error) {
      this.#db.exec('ROLLBACK')
      throw refusalOf(this.where, error)
    }
  }

  async stored(afterSeq: number, limit: number): Promise<readonly StoredFact[]> {
    return this.#read(() => {
      this.#checkFiles()
      // One moment for all that is compared, also for a reader beside a till that sells.
      this.#db.exec('BEGIN')
      try {
        return this.#sql(
          `SELECT *, (SELECT 1 FROM audit AS a WHERE a.seq = f.seq) AS audited, (SELECT 1 FROM facts AS i INDEXED BY facts_of_checkout WHERE i.checkout_id = f.checkout_id AND i.seq = f.seq) AS is_indexed,
            (SELECT max(i.seq) FROM facts AS i INDEXED BY facts_of_checkout WHERE i.checkout_id = f.checkout_id) AS last_seq
            FROM facts AS f NOT INDEXED WHERE seq > ? ORDER BY seq LIMIT ?`,
        )
          .all(afterSeq, limit)
          .map(row => {
            const fact = toStored(row)
            if (row.is_indexed === null)
              throw damaged(this.where, `fact ${fact.seq} is missing in the index of its checkout`)
            if (row.last_seq === fact.seq) this.#checkRow(fact.checkoutId)
            this.#checkAudit(fact, row.audited)
            return fact
          })
      } finally {
        this.#db.exec('COMMIT')
      }
    })
  }

  async head(): Promise<Head> {
    return this.#read(() => {
      const head = this.#sql('SELECT seq, hash FROM head').get()
      const last = this.#sql('SELECT at_ms FROM facts ORDER BY seq DESC LIMIT 1').get()
      return { seq: Number(head?.seq ?? 0), hash: String(head?.hash), atMs: Number(last?.at_ms ?? 0) }
    })
  }

  async find(query: CheckoutQuery): Promise<readonly FoundRow[]> {
    return this.#read(() => this.#checkouts.find(query))
  }

  async rowsMoved(fromMs: number, toMs: number): Promise<readonly FoundRow[]> {
    return this.#read(() => this.#checkouts.movedBetween(fromMs, toMs))
  }

  async sumsOfDay(day: string): Promise<DaySums> {
    const { fromMs, toMs } = jstDaySpan(day)
    return this.#read(() => this.#checkouts.sumsBetween(fromMs, toMs))
  }

  async lastMoveBefore(beforeMs: number): Promise<number | null> {
    return this.#read(() => this.#checkouts.lastMoveBefore(beforeMs))
  }

  async attention(): Promise<Attention> {
    return this.#read(() => this.#checkouts.attention())
  }

  async findAudit(query: AuditQuery): Promise<readonly Fact[]> {
    return this.#read(() => this.#audit.find(query))
  }

  async close(): Promise<void> {
    this.#witness?.close()
    this.#db.close()
    this.#lock?.close()
  }

  /** Every fact is held against the one before it: nobody goes on from a fact that was never written. */
  #factsOf(checkoutId: string): Fact[] {
    return this.#sql(
      'SELECT *, (SELECT b.hash FROM facts AS b WHERE b.seq = f.seq - 1) AS hash_before FROM facts AS f WHERE checkout_id = ? ORDER BY seq',
    )
      .all(checkoutId)
      .map(row => {
        const fact = toStored(row)
        const before = fact.seq === 1 ? GENESIS : String(row.hash_before)
        if (fact.checkoutId !== checkoutId || factHash(before, fact.seq, fact, fact.dataJson) !== fact.hash)
          throw damaged(this.where, `fact ${fact.seq} is not what was written, or stands in another place`)
        return toFact(fact)
      })
  }

  /** A row that hides an open checkout would hide its money. */
  #checkRow(checkoutId: string): void {
    // Whoever asks holds the facts themselves against their hashes, one after the other; here they are only folded.
    const folded = this.#sql('SELECT * FROM facts WHERE checkout_id = ? ORDER BY seq')
      .all(checkoutId)
      .filter(fact => isProjected(String(fact.type)))
      .reduce<CheckoutRow | null>((row, fact) => project(row, toFact(toStored(fact))) ?? row, null)
    const isFound = folded === null || !isOpenRow(folded) || this.#checkouts.isFoundOpen(checkoutId)
    if (!isFound || !isDeepStrictEqual(this.#checkouts.rowOf(checkoutId), folded))
      throw damaged(
        this.where,
        `the row of checkout ${checkoutId} is not what its facts say ("npm run ledger -- rebuild" folds all rows again)`,
      )
  }

  /** What a person did can be found, and nobody finds what nobody did. */
  #checkAudit(fact: StoredFact, audited: unknown): void {
    if (audited === null && !mayBeAudited(fact.type)) return
    if (isDeepStrictEqual(this.#audit.rowOf(fact.seq), auditRowOf(toFact(fact)))) return
    throw damaged(
      this.where,
      `the audit does not find fact ${fact.seq} as what it is ("npm run ledger -- rebuild" folds all rows again)`,
    )
  }

  #checkFiles(): void {
    for (const [name, inode] of this.#inodes) if (inodeOf(name) !== inode) throw takenAway(this.where, name)
  }

  /** After a failed write nobody knows what reached the disk, so nothing more is written until it is opened again. */
  #refusalOfWrite(error: unknown): LedgerBroken {
    if (error instanceof LedgerBroken) return error
    return isDamage(error) ? refusalOf(this.where, error) : stopped(this.where, error)
  }

  #read<T>(read: () => T): T {
    try {
      return read()
    } catch (error) {
      throw refusalOf(this.where, error)
    }
  }
}

/** 0: nothing there. */
function inodeOf(name: string): number {
  return statSync(name, { throwIfNoEntry: false })?.ino ?? 0
}
