import { type Head, LedgerBroken } from './ledger.ts'

// Every sentence has three parts: what was found, that nothing was changed, and what a person can do.

/** Where the end of the ledger is written a second time; see witness.ts. */
export const witnessFile = (file: string): string => `${file}.head`

const KEEP = (file: string): string =>
  `Keep ${file} and the files whose names begin like it, and compare with PayPay's book what was sold lately.`

const PUT_BACK = (file: string): string =>
  `To sell again, put a sound copy back, or move ${file} and all the files whose names begin like it away, and a new ledger is begun.`

export function foreign(file: string): LedgerBroken {
  return new LedgerBroken(
    'foreign',
    `${file} is not a ledger of Kaikei. It was left as it is. Move it away, or choose another folder with --data-dir.`,
  )
}

/** For whoever may only look: the rows are folded again by the next till that opens it. */
export function olderRows(file: string): LedgerBroken {
  return new LedgerBroken(
    'olderRows',
    `${file} was written by an older Kaikei, and its rows have to be folded again before they can be read. Nothing was changed. Start the till once on it, or run "npm run ledger -- rebuild".`,
  )
}

/** `found` stands in the middle of a sentence. */
export function damaged(file: string, found: string): LedgerBroken {
  return new LedgerBroken(
    'damaged',
    `The ledger ${file} is damaged: ${found}. Selling is stopped, and nothing was changed or repaired. ${KEEP(file)} "npm run ledger -- verify" says where the damage begins. ${PUT_BACK(file)}`,
    found,
  )
}

export function older(file: string, end: Head, witnessed: Head): LedgerBroken {
  const ends = end.seq === 0 ? 'it has no facts' : `it ends at fact ${end.seq} of ${jst(end.atMs)} JST`
  return new LedgerBroken(
    'older',
    `The ledger ${file} is an older copy: ${ends}, and fact ${witnessed.seq} of ${jst(witnessed.atMs)} JST was written here before. Or its ${file}-wal is missing or damaged. Selling is stopped, and nothing was changed. Put the newer file back, with its -wal if there is one. If it is lost, and you want to start with this copy all the same, move ${witnessFile(file)} away: whatever was sold after fact ${end.seq} must then be looked up in PayPay's book.`,
    ends,
  )
}

export function otherLedger(file: string, witnessed: Head): LedgerBroken {
  const found = `its fact ${witnessed.seq} is another than the one that was written here on ${jst(witnessed.atMs)} JST`
  return new LedgerBroken(
    'other',
    `${file} is another ledger: ${found}. Selling is stopped, and nothing was changed. Put the ledger back that belongs here, or choose another folder with --data-dir. To go on with this one all the same, move ${witnessFile(file)} away: whatever was sold on the other must then be looked up in PayPay's book.`,
    found,
  )
}

/** `witnessed` is null where only a log beside it tells that there was one. */
export function missing(file: string, is: 'missing' | 'empty', witnessed: Head | null): LedgerBroken {
  const proof = witnessed
    ? `fact ${witnessed.seq} of ${jst(witnessed.atMs)} JST was written here`
    : `${file}-wal beside it holds facts`
  const away = witnessed ? witnessFile(file) : `${file}-wal`
  return new LedgerBroken(
    'missing',
    `The ledger ${file} is ${is}, although ${proof}. No new one was begun, and nothing was changed. Put the file back, with its -wal if there is one. If it is lost, move ${away} away, and a new ledger is begun: whatever was open must then be looked up in PayPay's book.`,
    `it is ${is}`,
  )
}

/** Somebody moved, deleted or replaced a file of the ledger while it was written to. */
export function takenAway(file: string, which: string): LedgerBroken {
  const found = `${which} was moved, deleted or replaced while Kaikei wrote to it`
  return new LedgerBroken(
    'missing',
    `The ledger ${file} is not there any more: ${found}. Selling is stopped, and nothing more is written. Put the file back while Kaikei is closed, then start it again. ${KEEP(file)}`,
    found,
  )
}

export function unwritable(file: string, error: unknown): LedgerBroken {
  return new LedgerBroken(
    'unwritable',
    `The ledger ${file} cannot be opened or written (${wordsOf(error)}). Check that the folder exists, can be written to and has room.`,
  )
}

export function stopped(file: string, error: unknown): LedgerBroken {
  return new LedgerBroken(
    'stopped',
    `Writing to ${file} failed (${String(error)}). Selling has stopped. Check the disk, then start Kaikei again.`,
  )
}

/** SQLite's primary codes that mean a machine in trouble, not a damaged file: no permission, busy, locked, no memory, read-only, full, cannot open. */
const TROUBLE: ReadonlySet<unknown> = new Set([3, 5, 6, 7, 8, 13, 14])
const IO_ERROR = 10
/** The file's own bytes could not be read, or there were fewer than its pages need. */
const IO_ERRORS_OF_READING: ReadonlySet<unknown> = new Set([266, 522])

/** Whether an error that SQLite gave can only come from a file that is not what was written. */
export function isDamage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  // Node cannot give us a number that is larger than any that we ever wrote.
  if ('code' in error && error.code === 'ERR_OUT_OF_RANGE') return true
  if (!('errcode' in error) || typeof error.errcode !== 'number') return error instanceof SyntaxError
  if (IO_ERRORS_OF_READING.has(error.errcode)) return true
  const primary = error.errcode & 0xff
  return primary !== IO_ERROR && !TROUBLE.has(primary)
}

/** Whatever went wrong while a ledger was opened or read, as something that a person can act on. */
export function refusalOf(file: string, error: unknown): LedgerBroken {
  if (error instanceof LedgerBroken) return error
  return isDamage(error) ? damaged(file, `it cannot be read (${wordsOf(error)})`) : unwritable(file, error)
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

const LATEST_MS = 8.64e15 - 9 * 3_600_000

/** A time that may come from a damaged file. */
export function jst(atMs: number): string {
  if (!(Math.abs(atMs) <= LATEST_MS)) return 'an unknown time'
  return new Date(atMs + 9 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}
