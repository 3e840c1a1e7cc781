import { appendFileSync, closeSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import * as z from 'zod'
import { applyChange, type Book, type Change, changesOf, emptyBook } from './book.ts'
import { recordKinds } from './records.ts'

/** The state file cannot be used; the message says why and what to do. */
export class StateFileError extends Error {}

export type OpenStateFile = {
  readonly book: Book
  /** Appends changed records, one JSON line each. */
  append(changes: readonly Change[]): void
  close(): void
}

/**
 * Keeps a book over restarts: one JSON line for each record that changed, the last line of a record counting. Opening
 * reads it, drops a torn last line (the process died while writing it) and writes it anew without superseded lines.
 * Throws StateFileError where the file cannot be read or written, or is damaged elsewhere than in its last line.
 */
export function openStateFile(path: string): OpenStateFile {
  const book = emptyBook()
  for (const change of readLines(path)) applyChange(book, change)
  return attempt(path, 'written', () => {
    const compactedPath = `${path}.new`
    writeFileSync(compactedPath, linesOf(changesOf(book)), { mode: 0o600 })
    renameSync(compactedPath, path)
    const descriptor = openSync(path, 'a')
    return {
      book,
      append: changes => appendFileSync(descriptor, linesOf(changes)),
      close: () => closeSync(descriptor),
    }
  })
}

/** Only what tells a record from other JSON is checked: this program wrote the rest. */
const line = z.union([
  z.object({
    kind: z.literal('code'),
    record: z.looseObject({ codeId: z.string(), merchantPaymentId: z.string(), amountYen: z.int() }),
  }),
  z.object({
    kind: z.literal('payment'),
    record: z.looseObject({
      merchantPaymentId: z.string(),
      amountYen: z.int(),
      history: z.array(z.unknown()),
    }),
  }),
  z.object({
    kind: z.literal('refund'),
    record: z.looseObject({ merchantRefundId: z.string(), paymentId: z.string(), amountYen: z.int() }),
  }),
  z.object({ kind: z.enum(recordKinds), record: z.looseObject({ id: z.string() }) }),
  z.object({ kind: z.literal('parkedCancel'), record: z.looseObject({ merchantPaymentId: z.string() }) }),
])

function readLines(path: string): Change[] {
  const text = attempt(path, 'read', () => {
    try {
      return readFileSync(path, 'utf8')
    } catch (error) {
      if (isMissingFile(error)) return ''
      throw error
    }
  })
  const lines = text.split('\n')
  // A whole line ends in a line feed; what stands behind the last one was never finished.
  lines.pop()
  return lines.map((content, index) => {
    const change = parsedLine(content)
    if (change === null)
      throw new StateFileError(
        `line ${index + 1} of the state file ${path} is not a record of the simulator. It was left as it is. Move it away to start with an empty book, or, where the simulator runs alone, name another with --state-file.`,
      )
    return change
  })
}

function parsedLine(content: string): Change | null {
  try {
    const parsed = line.safeParse(JSON.parse(content))
    return parsed.success ? (parsed.data as unknown as Change) : null
  } catch {
    return null
  }
}

function linesOf(changes: readonly Change[]): string {
  return changes.map(change => `${JSON.stringify(change)}\n`).join('')
}

function attempt<T>(path: string, what: 'read' | 'written', action: () => T): T {
  try {
    return action()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new StateFileError(`the state file ${path} cannot be ${what}: ${why}`)
  }
}

function isMissingFile(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
