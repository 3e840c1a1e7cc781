import { closeSync, existsSync, mkdirSync, openSync, readSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { encodeData, factHash, GENESIS } from './chain.ts'
import {
  type CheckoutRow,
  type Fact,
  type Head,
  type Ledger,
  LedgerBroken,
  type LedgerMode,
  type LedgerTotals,
  type NewFact,
  type StoredFact,
} from './ledger.ts'
import { migrations } from './migrations/index.ts'
import { project } from './projection.ts'

/** "KAIK": tells our files from anybody else's. */
const APPLICATION_ID = 0x4b41494b

/**
 * The ledger on node:sqlite: WAL, synchronous=FULL, one writer. The writer's lock is a second small database held with an
 * exclusive transaction for the life of the process, so that the operating system gives it back whatever kills us.
 */
export async function openSqliteLedger(options: {
  file: string
  mode: LedgerMode
  readOnly?: boolean
}): Promise<Ledger> {
  const { file, mode, readOnly = false } = options
  const lock = readOnly ? null : takeLock(file)
  try {
    const db = openDatabase(file, mode, readOnly)
    return new SqliteLedger(file, db, lock)
  } catch (error) {
    lock?.close()
    throw error instanceof LedgerBroken ? error : unwritable(file, error)
  }
}

function takeLock(file: string): DatabaseSync {
  try {
    mkdirSync(dirname(file), { recursive: true })
  } catch (error) {
    throw unwritable(file, error)
  }
  const lockFile = `${file}.lock`
  let lock: DatabaseSync | null = null
  try {
    lock = new DatabaseSync(lockFile, { timeout: 0 })
    lock.exec('PRAGMA journal_mode=DELETE; BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock?.close()
    if (String(error).includes('locked')) {
      throw new LedgerBroken(
        'inUse',
        `Another Kaikei already writes to ${file}. Close it first, or choose another folder with --data-dir.`,
      )
    }
    throw unwritable(file, error)
  }
}

function openDatabase(file: string, mode: LedgerMode, readOnly: boolean): DatabaseSync {
  refuseForeign(file)
  if (readOnly && !existsSync(file))
    throw new LedgerBroken('foreign', `There is no ledger at ${file}. Check --data-dir.`)
  const db = new DatabaseSync(file, { readOnly, timeout: 2_000 })
  try {
    const version = numberOf(db, 'PRAGMA user_version')
    if (version > 0 && numberOf(db, 'PRAGMA application_id') !== APPLICATION_ID) throw foreign(file)
    if (version === 0 && numberOf(db, 'SELECT count(*) FROM sqlite_schema') > 0) throw foreign(file)
    if (version > migrations.length) {
      throw new LedgerBroken(
        'newer',
        `${file} was written by a newer Kaikei (schema ${version}; this one knows ${migrations.length}). Install that version again; nothing was changed.`,
      )
    }
    if (!readOnly) {
      db.exec(
        'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF',
      )
      migrate(db, version, mode)
    }
    const kept = db.prepare("SELECT value FROM meta WHERE key = 'mode'").get()?.value
    if (kept !== mode)
      throw new LedgerBroken(
        'otherMode',
        `${file} holds ${String(kept)} money and cannot be used in ${mode} mode. Choose another folder with --data-dir.`,
      )
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** SQLite would call any file "not a database", or quietly fill an empty one; a person needs to know which file it is. */
function refuseForeign(file: string): void {
  if (!existsSync(file)) return
  const head = Buffer.alloc(16)
  const handle = openSync(file, 'r')
  const length = readSync(handle, head, 0, 16, 0)
  closeSync(handle)
  if (length > 0 && head.toString('latin1') !== 'SQLite format 3\0') throw foreign(file)
}

function foreign(file: string): LedgerBroken {
  return new LedgerBroken(
    'foreign',
    `${file} is not a ledger of Kaikei. It was left as it is. Move it away, or choose another folder with --data-dir.`,
  )
}

function unwritable(file: string, error: unknown): LedgerBroken {
  const because = error instanceof Error ? error.message : String(error)
  return new LedgerBroken(
    'unwritable',
    `The ledger ${file} cannot be opened or written (${because}). Check that the folder exists, can be written to and has room.`,
  )
}

function migrate(db: DatabaseSync, from: number, mode: LedgerMode): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    for (const sql of migrations.slice(from)) db.exec(sql)
    if (from === 0) db.prepare("INSERT INTO meta (key, value) VALUES ('mode', ?)").run(mode)
    db.exec(`PRAGMA application_id=${APPLICATION_ID}; PRAGMA user_version=${migrations.length}; COMMIT`)
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}

class SqliteLedger implements Ledger {
  readonly #file: string
  readonly #db: DatabaseSync
  readonly #lock: DatabaseSync | null
  #head: { seq: number; hash: string }
  #stopped: LedgerBroken | null = null

  constructor(file: string, db: DatabaseSync, lock: DatabaseSync | null) {
    this.#file = file
    this.#db = db
    this.#lock = lock
    this.#head = this.#checkedHead()
  }

  async append(facts: readonly NewFact[]): Promise<readonly Fact[]> {
    if (this.#stopped) throw this.#stopped
    let { seq, hash } = this.#head
    const written: Fact[] = []
    try {
      this.#db.exec('BEGIN IMMEDIATE')
      for (const fact of facts) {
        const dataJson = encodeData(fact.data)
        seq += 1
        hash = factHash(hash, seq, fact, dataJson)
        this.#sql(
          'INSERT INTO facts (seq, checkout_id, type, at_ms, data, hash) VALUES (?, ?, ?, ?, ?, ?)',
        ).run(seq, fact.checkoutId, fact.type, fact.atMs, dataJson, hash)
        this.#project(fact)
        written.push({ ...fact, seq, hash })
      }
      this.#sql('UPDATE head SET seq = ?, hash = ?').run(seq, hash)
      this.#db.exec('COMMIT')
    } catch (error) {
      // After a failed write nobody knows what reached the disk, so nothing more is written until it is opened again.
      this.#stopped = new LedgerBroken(
        'stopped',
        `Writing to ${this.#file} failed (${String(error)}). Selling has stopped. Check the disk, then start Kaikei again.`,
      )
      try {
        this.#db.exec('ROLLBACK')
      } catch {
        // The transaction was gone already.
      }
      throw this.#stopped
    }
    this.#head = { seq, hash }
    return written
  }

  async factsOf(checkoutId: string): Promise<readonly Fact[]> {
    return this.#sql('SELECT * FROM facts WHERE checkout_id = ? ORDER BY seq').all(checkoutId).map(toFact)
  }

  async openCheckouts(): Promise<readonly string[]> {
    return this.#sql(
      'SELECT checkout_id FROM checkouts WHERE outcome IS NULL OR at_lane = 1 ORDER BY started_at_ms',
    )
      .all()
      .map(row => String(row.checkout_id))
  }

  async lastClaimNumber(businessDay: string): Promise<number> {
    const row = this.#sql(
      'SELECT claim_number FROM checkouts WHERE business_day = ? ORDER BY started_at_ms DESC, rowid DESC LIMIT 1',
    ).get(businessDay)
    return Number(row?.claim_number ?? 0)
  }

  async totals(): Promise<LedgerTotals> {
    const row = this.#sql(`SELECT
      coalesce(sum(total_yen) FILTER (WHERE outcome = 'delivered'), 0) AS deliveredYen,
      coalesce(sum(total_yen) FILTER (WHERE outcome = 'returned'), 0) AS returnedYen,
      count(*) FILTER (WHERE outcome = 'delivered') AS delivered,
      count(*) FILTER (WHERE outcome = 'returned') AS returned,
      count(*) FILTER (WHERE outcome = 'neverPayable') AS neverPayable,
      count(*) FILTER (WHERE outcome IS NULL) AS open,
      count(*) FILTER (WHERE open_case IS NOT NULL) AS cases FROM checkouts`).get()
    return { ...row } as unknown as LedgerTotals
  }

  async rebuild(): Promise<number> {
    if (this.#stopped) throw this.#stopped
    this.#db.exec('BEGIN IMMEDIATE')
    try {
      this.#db.exec('DELETE FROM checkouts')
      let folded = 0
      for (const row of this.#sql('SELECT * FROM facts ORDER BY seq').iterate()) {
        this.#project(toFact(row))
        folded += 1
      }
      this.#db.exec('COMMIT')
      return folded
    } catch (error) {
      this.#db.exec('ROLLBACK')
      throw error
    }
  }

  async stored(afterSeq: number, limit: number): Promise<readonly StoredFact[]> {
    return this.#sql('SELECT * FROM facts WHERE seq > ? ORDER BY seq LIMIT ?')
      .all(afterSeq, limit)
      .map(row => ({
        seq: Number(row.seq),
        checkoutId: String(row.checkout_id),
        type: String(row.type),
        atMs: Number(row.at_ms),
        dataJson: String(row.data),
        hash: String(row.hash),
      }))
  }

  async head(): Promise<Head> {
    const head = this.#sql('SELECT seq, hash FROM head').get()
    const last = this.#sql('SELECT at_ms FROM facts ORDER BY seq DESC LIMIT 1').get()
    return { seq: Number(head?.seq ?? 0), hash: String(head?.hash), atMs: Number(last?.at_ms ?? 0) }
  }

  async list(limit: number): Promise<readonly CheckoutRow[]> {
    return this.#sql('SELECT * FROM checkouts ORDER BY started_at_ms DESC LIMIT ?').all(limit).map(toRow)
  }

  async close(): Promise<void> {
    this.#db.close()
    this.#lock?.close()
  }

  #project(fact: NewFact): void {
    const before = this.#sql('SELECT * FROM checkouts WHERE checkout_id = ?').get(fact.checkoutId)
    const row = project(before ? toRow(before) : null, fact)
    if (!row) return
    this.#sql(`INSERT INTO checkouts (checkout_id, lane, started_at_ms, business_day, claim_number, total_yen, outcome, at_lane, open_case)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (checkout_id) DO UPDATE SET outcome = excluded.outcome, at_lane = excluded.at_lane, open_case = excluded.open_case`).run(
      row.checkoutId,
      row.lane,
      row.startedAtMs,
      row.businessDay,
      row.claimNumber,
      row.totalYen,
      row.outcome,
      row.atLane ? 1 : 0,
      row.openCase,
    )
  }

  /** Opening must not walk history: the last fact is compared with the head that was written with it. */
  #checkedHead(): { seq: number; hash: string } {
    const head = this.#sql('SELECT seq, hash FROM head').get()
    const last = this.#sql('SELECT seq, hash FROM facts ORDER BY seq DESC LIMIT 1').get() ?? {
      seq: 0,
      hash: GENESIS,
    }
    if (!head || head.seq !== last.seq || head.hash !== last.hash) {
      throw new LedgerBroken(
        'damaged',
        `The end of the ledger ${this.#file} is damaged: its last fact is ${String(last.seq)}, and ${String(head?.seq)} was written. Selling is stopped. Keep the file and run "npm run ledger -- verify".`,
      )
    }
    return { seq: Number(head.seq), hash: String(head.hash) }
  }

  readonly #prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>()
  #sql(text: string): ReturnType<DatabaseSync['prepare']> {
    const known = this.#prepared.get(text) ?? this.#db.prepare(text)
    this.#prepared.set(text, known)
    return known
  }
}

function toFact(row: Record<string, unknown>): Fact {
  return {
    seq: Number(row.seq),
    checkoutId: String(row.checkout_id),
    type: String(row.type),
    atMs: Number(row.at_ms),
    data: JSON.parse(String(row.data)),
    hash: String(row.hash),
  }
}

function toRow(row: Record<string, unknown>): CheckoutRow {
  return {
    checkoutId: String(row.checkout_id),
    lane: String(row.lane),
    startedAtMs: Number(row.started_at_ms),
    businessDay: String(row.business_day),
    claimNumber: Number(row.claim_number),
    totalYen: Number(row.total_yen),
    outcome: row.outcome as CheckoutRow['outcome'],
    atLane: row.at_lane === 1,
    openCase: row.open_case as string | null,
  }
}

function numberOf(db: DatabaseSync, sql: string): number {
  return Number(Object.values(db.prepare(sql).get() ?? { n: 0 })[0])
}
