import { hash } from 'node:crypto'
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import type { Head } from './ledger.ts'
import { witnessFile } from './refusals.ts'

/**
 * A ledger that is put back from a copy, or is gone, looks sound to itself. So the last fact is written a second time, into
 * a small file beside it, after the commit and without waiting for the disk: a power cut may leave the witness behind the
 * ledger, and nothing leaves it ahead. A ledger behind its witness has lost facts.
 */
export type Witness = {
  /** After the commit. Never throws: the fact is safe already, and a witness that lags is a weaker check only. */
  saw(head: Head): void
  close(): void
}

const DIGITS = 16
const MARK = 'kaikei-head-1'

/** One line of a fixed width, so that it is overwritten in place and lies in one sector; its own sum tells a torn one. */
function lineOf({ seq, hash: last, atMs }: Head): string {
  const says = `${MARK} ${String(seq).padStart(DIGITS, '0')} ${last} ${String(atMs).padStart(DIGITS, '0')}`
  return `${says} ${sumOf(says)}\n`
}

const sumOf = (says: string): string => hash('sha256', says, 'hex').slice(0, 16)

const LINE = new RegExp(`^(${MARK} (\\d{${DIGITS}}) ([0-9a-f]{64}) (\\d{${DIGITS}})) ([0-9a-f]{16})\\n$`)

/** Null where there is none. One that cannot be understood is none either, and whoever keeps the log is told. */
export function readWitness(ledgerFile: string, warn: (says: string) => void): Head | null {
  const file = witnessFile(ledgerFile)
  let text: string
  try {
    text = readFileSync(file, 'latin1')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    warn(`${file} cannot be read (${String(error)}): an older copy of the ledger would not be noticed`)
    return null
  }
  const [, says = '', seq, last = '', atMs, sum] = LINE.exec(text) ?? []
  if (sum !== undefined && sum === sumOf(says)) return { seq: Number(seq), hash: last, atMs: Number(atMs) }
  warn(`${file} is torn or damaged: an older copy of the ledger would not be noticed this time`)
  return null
}

export function openWitness(ledgerFile: string, warn: (says: string) => void): Witness {
  const file = witnessFile(ledgerFile)
  let handle: number | null = null
  let isLost = false
  return {
    saw(head) {
      // The first fact makes it: a ledger without facts has nothing to lose.
      if (head.seq === 0) return
      try {
        const line = lineOf(head)
        if (handle === null) {
          handle = openSync(file, 'a')
          closeSync(handle)
          handle = openSync(file, 'r+')
          ftruncateSync(handle, line.length)
        }
        writeSync(handle, line, 0, 'latin1')
        isLost = false
      } catch (error) {
        // Once is enough: it would be said with every fact.
        if (!isLost)
          warn(
            `${file} cannot be written (${String(error)}): an older copy of the ledger would not be noticed`,
          )
        isLost = true
      }
    },
    close() {
      if (handle !== null) closeSync(handle)
      handle = null
    },
  }
}
