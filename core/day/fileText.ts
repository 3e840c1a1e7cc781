import { finished } from 'node:stream/promises'
import { CsvError, parse } from 'csv-parse'
import type { FileFault } from '../../shared/reconciliation.ts'
import { turn } from '../turn.ts'

/** Some 400 lines of PayPay's. */
const BYTES_A_TURN = 64 * 1024

/** A file that cannot be compared; only thrown within core/day, and caught by `readPaypayFile`. */
export class FaultyFile extends Error {
  readonly fault: FileFault

  constructor(fault: FileFault) {
    super(fault.kind)
    this.fault = fault
  }
}

/** One line of a CSV file; `line` is where it ends, from 1. */
export type CsvRow = { readonly line: number; readonly cells: readonly string[] }

/**
 * PayPay writes Shift_JIS; a spreadsheet program that saved the file may have made UTF-8 of it, which loses nothing. Japanese
 * text of the one is hardly ever valid in the other, so UTF-8 is tried first. Read in turns. Rejects with FaultyFile.
 */
export async function decodeFile(bytes: Uint8Array): Promise<string> {
  if (bytes.length === 0) throw new FaultyFile({ kind: 'empty' })
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw new FaultyFile({ kind: 'unreadable', looksLike: 'utf16' })
  if (first === 0x50 && second === 0x4b) throw new FaultyFile({ kind: 'unreadable', looksLike: 'workbook' })
  const text = (await decodeAs('utf-8', bytes)) ?? (await decodeAs('shift_jis', bytes))
  if (text === null) throw new FaultyFile({ kind: 'unreadable', looksLike: 'other' })
  return text
}

/** Null where the bytes are not of this encoding. */
async function decodeAs(encoding: 'utf-8' | 'shift_jis', bytes: Uint8Array): Promise<string | null> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let text = ''
  try {
    for (let from = 0; from < bytes.length; from += BYTES_A_TURN) {
      if (from > 0) await turn()
      text += decoder.decode(bytes.subarray(from, from + BYTES_A_TURN), { stream: true })
    }
  } catch {
    return null
  }
  try {
    return text + decoder.decode()
  } catch {
    // Everything was right but the end, which is the first part of a character.
    throw new FaultyFile({ kind: 'cutOff', line: lastLine(text), why: 'brokenCharacter' })
  }
}

/**
 * The lines that say something. Quotes inside a cell that were not doubled are passed over: the last column is JSON, and its
 * quoting is not documented. Read in turns, as the lanes
 * are driven on the same thread. Rejects with FaultyFile where the text ends inside a quote.
 */
export async function csvRows(text: string): Promise<CsvRow[]> {
  try {
    const rows: CsvRow[] = []
    const parser = parse({
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
    })
    parser.on('data', ({ info, record }: { info: { lines: number }; record: string[] }) =>
      rows.push({ line: info.lines, cells: record }),
    )
    const ended = finished(parser)
    // Awaited below; what fails before that is not unheard.
    ended.catch(() => undefined)
    const bytes = Buffer.from(text)
    for (let from = 0; from < bytes.length && !parser.destroyed; from += BYTES_A_TURN) {
      if (from > 0) await turn()
      parser.write(bytes.subarray(from, from + BYTES_A_TURN))
    }
    parser.end()
    await ended
    return rows
  } catch (error) {
    if (error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED')
      throw new FaultyFile({ kind: 'cutOff', line: lastLine(text), why: 'openQuote' })
    throw error
  }
}

function lastLine(text: string): number {
  return text.split('\n').length
}
