import { closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { factHash, GENESIS } from './chain.ts'
import { type Head, LedgerBroken, type LedgerMode } from './ledger.ts'
import { migrations } from './migrations/index.ts'
import { PROJECTION } from './projection.ts'
import { damaged, foreign, missing, older, otherLedger, unwritable } from './refusals.ts'
import { toStored } from './rows.ts'

/** "KAIK": tells our files from anybody else's. */
const APPLICATION_ID = 0x4b41494b
const BUSY_MS = 2_000

/** The writer's lock: a second small database under an exclusive transaction, which the operating system gives back whatever kills us. */
export function takeLock(file: string): DatabaseSync {
  let lock: DatabaseSync | null = null
  try {
    mkdirSync(dirname(file), { recursive: true })
    lock = new DatabaseSync(`${file}.lock`, { timeout: 0 })
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

/** For whoever only looks, perhaps while a till sells. */
export function openToRead(file: string, mode: LedgerMode, witnessed: Head | null): DatabaseSync {
  const sizeBytes = sizeOfOurs(file, witnessed)
  if (sizeBytes === 0) throw new LedgerBroken('foreign', `There is no ledger at ${file}. Check --data-dir.`)
  const db = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS })
  return orClose(db, () => {
    if (!check(db, { file, mode, witnessed, sizeBytes })) throw foreign(file)
  })
}

/** Nothing is written before everything was looked at by a connection that cannot write: even closing one that can changes the file. */
export function openToWrite(file: string, mode: LedgerMode, witnessed: Head | null): DatabaseSync {
  const sizeBytes = sizeOfOurs(file, witnessed)
  let version = 0
  if (sizeBytes > 0) {
    const look = lookingOnly(file)
    try {
      if (check(look, { file, mode, witnessed, sizeBytes })) version = numberOf(look, 'PRAGMA user_version')
    } finally {
      look.close()
    }
  }
  const db = new DatabaseSync(file, { timeout: BUSY_MS })
  return orClose(db, () => {
    db.exec(
      'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF',
    )
    if (version < migrations.length) migrate(db, version, mode)
  })
}

/** Reads a ledger's end, and compares the last fact with the head that was written with it and with its own hash. */
export function endOf(db: DatabaseSync, file: string): Head {
  const head = db.prepare('SELECT seq, hash FROM head').get()
  const last = factAt(db, null)
  const { seq, hash } = last ?? { seq: 0, hash: GENESIS }
  if (!head || head.seq !== seq || head.hash !== hash)
    throw damaged(
      file,
      `its last fact is ${seq}, and ${String(head?.seq)} was written last or has another hash`,
    )
  if (last && !isWhole(db, seq)) throw damaged(file, `fact ${seq}, the last one, is not what was written`)
  return { seq, hash, atMs: last?.atMs ?? 0 }
}

/**
 * The size of a file that may be a ledger; 0 where one may be begun. SQLite would call any file "not a database", quietly
 * fill an empty one, and delete the log of facts that lies beside it.
 */
function sizeOfOurs(file: string, witnessed: Head | null): number {
  const sizeBytes = existsSync(file) ? statSync(file).size : null
  if (!sizeBytes) {
    if (witnessed || logBytes(file) > 0)
      throw missing(file, sizeBytes === null ? 'missing' : 'empty', witnessed)
    return 0
  }
  const start = Buffer.alloc(16)
  const handle = openSync(file, 'r')
  try {
    readSync(handle, start, 0, 16, 0)
  } finally {
    closeSync(handle)
  }
  if (start.toString('latin1') === 'SQLite format 3\0') return sizeBytes
  throw witnessed
    ? damaged(file, `it does not begin like one, although fact ${witnessed.seq} was written here`)
    : foreign(file)
}

function logBytes(file: string): number {
  return existsSync(`${file}-wal`) ? statSync(`${file}-wal`).size : 0
}

/** Under the writer's lock. Where no log has to be read too, SQLite is told that the file stands still, and makes no files beside it. */
function lookingOnly(file: string): DatabaseSync {
  const url = pathToFileURL(file)
  if (logBytes(file) === 0) url.searchParams.set('immutable', '1')
  return new DatabaseSync(url, { readOnly: true, timeout: BUSY_MS })
}

/** Everything that opening can know without walking history. False: an empty database, where a ledger may be begun. */
function check(
  db: DatabaseSync,
  its: { file: string; mode: LedgerMode; witnessed: Head | null; sizeBytes: number },
): boolean {
  const { file, mode, witnessed, sizeBytes } = its
  const version = numberOf(db, 'PRAGMA user_version')
  const isOurs = numberOf(db, 'PRAGMA application_id') === APPLICATION_ID
  const hasTables = numberOf(db, 'SELECT count(*) FROM sqlite_schema') > 0
  if (version === 0 && !hasTables) {
    if (witnessed) throw missing(file, 'empty', witnessed)
    return false
  }
  if (version === 0 || !isOurs)
    throw witnessed ? damaged(file, 'its first page does not say that it is one') : foreign(file)
  if (version > migrations.length) {
    throw new LedgerBroken(
      'newer',
      `${file} was written by a newer Kaikei (schema ${version}; this one knows ${migrations.length}). Install that version again; nothing was changed.`,
    )
  }
  checkSize(db, file, sizeBytes)
  const kept = db.prepare("SELECT value FROM meta WHERE key = 'mode'").get()?.value
  if (kept === undefined) throw damaged(file, 'it does not say which money it holds')
  if (kept !== mode)
    throw new LedgerBroken(
      'otherMode',
      `${file} holds ${String(kept)} money and cannot be used in ${mode} mode. It was left as it is. Choose another folder with --data-dir.`,
    )
  const end = endOf(db, file)
  if (witnessed) compare(db, file, end, witnessed)
  return true
}

function compare(db: DatabaseSync, file: string, end: Head, witnessed: Head): void {
  if (end.seq < witnessed.seq) throw older(file, end, witnessed)
  if (factAt(db, witnessed.seq)?.hash === witnessed.hash) return
  throw isWhole(db, witnessed.seq)
    ? otherLedger(file, witnessed)
    : damaged(file, `fact ${witnessed.seq} is not what was written`)
}

/**
 * A ledger never shrinks, so pages behind its end would be overwritten by the next facts; and what is missing of its last
 * page SQLite would take for zeros. Only a log beside it may hold pages that the file does not have yet. A till that sells
 * lets both grow, so one size is from before the pages are counted, and one from after.
 */
function checkSize(db: DatabaseSync, file: string, beforeBytes: number): void {
  const pagesBytes = numberOf(db, 'PRAGMA page_count') * numberOf(db, 'PRAGMA page_size')
  const sizeBytes = statSync(file).size
  if (beforeBytes > pagesBytes || (logBytes(file) === 0 && sizeBytes < pagesBytes))
    throw damaged(file, `it has ${sizeBytes} bytes, and its first page says ${pagesBytes}`)
}

/** Null: the last one. */
function factAt(db: DatabaseSync, seq: number | null) {
  const row =
    seq === null
      ? db.prepare('SELECT * FROM facts ORDER BY seq DESC LIMIT 1').get()
      : db.prepare('SELECT * FROM facts WHERE seq = ?').get(seq)
  return row ? toStored(row) : null
}

function isWhole(db: DatabaseSync, seq: number): boolean {
  const fact = factAt(db, seq)
  const before = seq === 1 ? GENESIS : factAt(db, seq - 1)?.hash
  return fact !== null && before !== undefined && factHash(before, seq, fact, fact.dataJson) === fact.hash
}

function migrate(db: DatabaseSync, from: number, mode: LedgerMode): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    for (const sql of migrations.slice(from)) db.exec(sql)
    if (from === 0) {
      db.prepare("INSERT INTO meta (key, value) VALUES ('mode', ?)").run(mode)
      saveProjection(db)
    }
    db.exec(`PRAGMA application_id=${APPLICATION_ID}; PRAGMA user_version=${migrations.length}; COMMIT`)
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}

/** Whether the rows were folded as this Kaikei folds them. They are nothing but what the facts say. */
export function isProjectionOurs(db: DatabaseSync): boolean {
  const kept = db.prepare("SELECT value FROM meta WHERE key = 'projection'").get()?.value
  return kept === String(PROJECTION)
}

export function saveProjection(db: DatabaseSync): void {
  db.prepare(
    "INSERT INTO meta (key, value) VALUES ('projection', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  ).run(String(PROJECTION))
}

function orClose(db: DatabaseSync, prepare: () => void): DatabaseSync {
  try {
    prepare()
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function numberOf(db: DatabaseSync, sql: string): number {
  return Number(Object.values(db.prepare(sql).get() ?? { n: 0 })[0])
}
