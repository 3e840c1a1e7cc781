import { type Yen, yen } from '../../shared/money.ts'
import type { FileFault, FileForm } from '../../shared/reconciliation.ts'
import { jstDaySpan, jstTime } from '../jst.ts'
import { inTurns } from '../turn.ts'
import { type Column, type Layout, layouts, type RowKind } from './fileColumns.ts'
import { type FileName, readFileName } from './fileName.ts'
import { type CsvRow, csvRows, decodeFile, FaultyFile } from './fileText.ts'
import { isSameId } from './ids.ts'

export type FileRow = {
  readonly kind: RowKind
  /** PayPay's id; empty only for a payment that failed. */
  readonly paymentId: string
  /** As in the file. The preauth form has the id of the capture or refund here (OPA, File layout). */
  readonly merchantPaymentId: string
  /** Never below 0; `kind` says which way it went. */
  readonly amountYen: Yen
  readonly atMs: number
  readonly storeId: string
  readonly terminalId: string
  readonly method: string
}

export type PaypayFile = FileName & { readonly rows: readonly FileRow[] }

/** What the file has to be; null where anything will do. */
export type ExpectedFile = {
  /** JST. */
  readonly day: string | null
  readonly merchantId: string | null
  readonly form: FileForm | null
}

export const MAX_FILE_BYTES = 5 * 1024 * 1024

/**
 * PayPay's reconciliation file of a day (OPA, Transaction Recon File with Capture). No rows: a day without sales. A file of
 * which anything cannot be trusted is refused whole, with the first thing that was found.
 */
export async function readPaypayFile(
  bytes: Uint8Array,
  name: string,
  expected: ExpectedFile,
): Promise<
  { readonly ok: true; readonly file: PaypayFile } | { readonly ok: false; readonly fault: FileFault }
> {
  try {
    return { ok: true, file: await readFile(bytes, name, expected) }
  } catch (error) {
    if (error instanceof FaultyFile) return { ok: false, fault: error.fault }
    throw error
  }
}

async function readFile(bytes: Uint8Array, name: string, expected: ExpectedFile): Promise<PaypayFile> {
  if (bytes.length > MAX_FILE_BYTES)
    throw new FaultyFile({ kind: 'tooLarge', bytes: bytes.length, maxBytes: MAX_FILE_BYTES })
  const named = readFileName(name)
  if (named === null) throw new FaultyFile({ kind: 'unknownName', name })
  checkName(named, expected)
  const text = await decodeFile(bytes)
  const [header, ...rows] = await csvRows(text)
  if (header === undefined) throw new FaultyFile({ kind: 'empty' })
  const names = header.cells.map(cell => cell.trim())
  const endsWhole = /[\r\n]$/.test(text)
  const layout = layoutOf(names, named.form, rows.length > 0 || endsWhole)
  await inTurns(rows, some => checkCells(names, layout, some))
  checkEnd(names, layout, rows, endsWhole)
  const cellsOfSome = (some: readonly CsvRow[]): Table[] =>
    some.map(row => ({ line: row.line, cells: cellsOf(row, names, layout) }))
  const tables = (await inTurns(rows, cellsOfSome)).flat()
  await checkIds(tables, layout)
  const read = (await inTurns(tables, some => some.map(row => readRow(row, named, layout)))).flat()
  const firstLines = new Map<string, number>()
  const lines = read.map((row, index) => ({ row, line: tables[index]?.line ?? 0 }))
  await inTurns(lines, some => checkTwice(some, firstLines))
  return { ...named, rows: read }
}

function checkName(named: FileName, expected: ExpectedFile) {
  if (expected.form !== null && named.form !== expected.form)
    throw new FaultyFile({ kind: 'otherForm', found: named.form, expected: expected.form, by: 'asked' })
  if (expected.merchantId !== null && !isSameId(named.merchantId, expected.merchantId))
    throw new FaultyFile({
      kind: 'otherMerchant',
      found: named.merchantId,
      expected: expected.merchantId,
      line: null,
    })
  const { fromDay, toDay } = named
  if (expected.day !== null && (fromDay !== expected.day || toDay !== expected.day))
    throw new FaultyFile({ kind: 'otherDay', expectedDay: expected.day, fromDay, toDay })
}

/** A header that the file ends in is whole when its last column is; without that, nothing is known of what followed. */
function layoutOf(names: readonly string[], form: FileForm, goesOn: boolean): Layout {
  const other = form === 'instant' ? 'preauth' : 'instant'
  if (!goesOn && names.at(-1) !== layouts[form].details && names.at(-1) !== layouts[other].details)
    throw new FaultyFile({ kind: 'cutOff', line: 1, why: 'tooFewColumns' })
  const missing = missingIn(names, form)
  if (missing.length === 0) return layouts[form]
  if (missingIn(names, other).length === 0)
    throw new FaultyFile({ kind: 'otherForm', found: other, expected: form, by: 'name' })
  throw new FaultyFile({ kind: 'columnMissing', columns: missing })
}

function missingIn(names: readonly string[], form: FileForm): string[] {
  return Object.values(layouts[form].columns).filter(column => !names.includes(column))
}

function checkCells(names: readonly string[], layout: Layout, rows: readonly CsvRow[]) {
  const detailsLast = names.at(-1) === layout.details
  for (const { line, cells } of rows) {
    if (cells.length < names.length) throw new FaultyFile({ kind: 'cutOff', line, why: 'tooFewColumns' })
    // JSON whose quotes were not doubled falls into several cells, all of them behind what is read.
    const isSplitJson = detailsLast && /^"?\[/.test(cells[names.length - 1] ?? '')
    if (cells.length > names.length && !isSplitJson)
      throw new FaultyFile({
        kind: 'tooManyColumns',
        line,
        found: cells.length,
        expected: names.length,
      })
  }
}

function checkEnd(names: readonly string[], layout: Layout, rows: readonly CsvRow[], endsWhole: boolean) {
  const detailsLast = names.at(-1) === layout.details
  const last = rows.at(-1)
  // PayPay does not say whether the last line has an end. A line that ends with its JSON, or with the header, is whole.
  if (last !== undefined && !endsWhole && !(detailsLast && /\]"?$/.test(last.cells.at(-1) ?? '')))
    throw new FaultyFile({ kind: 'cutOff', line: last.line, why: 'noLineEnd' })
}

type Cells = Readonly<Record<Column, string>>
type Table = { readonly line: number; readonly cells: Cells }

function cellsOf(row: CsvRow, names: readonly string[], layout: Layout): Cells {
  const cells = Object.entries(layout.columns).map(([column, name]) => [
    column,
    row.cells[names.indexOf(name)]?.trim() ?? '',
  ])
  return Object.fromEntries(cells)
}

/** Before anything else is said of a row: a spreadsheet program spoils the merchant's id along with the others. */
async function checkIds(tables: readonly Table[], layout: Layout) {
  for (const column of ['paymentId', 'merchantId'] as const) {
    const inPowers = await inTurns(tables, some =>
      some.find(({ cells }) => /^\d+([.,]\d+)?E\+?\d+$/i.test(cells[column])),
    )
    const bad =
      inPowers.find(table => table !== undefined) ??
      (column === 'paymentId' && tables.every(({ cells }) => isRounded(cells[column]))
        ? tables[0]
        : undefined)
    if (bad !== undefined)
      throw new FaultyFile({
        kind: 'mangledIds',
        line: bad.line,
        column: layout.columns[column],
        text: bad.cells[column],
      })
  }
}

/** Shown as a whole number, what was rounded to 15 digits ends in zeros. No file's ids all do so by chance. */
function isRounded(id: string): boolean {
  return /^[1-9]\d{14}0{4,}$/.test(id)
}

function readRow({ line, cells }: Table, named: FileName, layout: Layout): FileRow {
  const kind = Object.hasOwn(layout.kinds, cells.status) ? layout.kinds[cells.status] : undefined
  if (kind === undefined) throw new FaultyFile({ kind: 'unknownStatus', line, text: cells.status })
  if (cells.paymentId === '' && kind !== 'paymentFailed')
    throw new FaultyFile({ kind: 'idMissing', line, column: layout.columns.paymentId })
  if (!isSameId(cells.merchantId, named.merchantId))
    throw new FaultyFile({
      kind: 'otherMerchant',
      found: cells.merchantId,
      expected: named.merchantId,
      line,
    })
  return {
    kind,
    paymentId: cells.paymentId,
    merchantPaymentId: cells.merchantPaymentId,
    amountYen: amountOf(cells.amount, kind, line),
    atMs: timeOf(cells.at, named, line),
    storeId: cells.storeId,
    terminalId: cells.terminalId,
    method: cells.method,
  }
}

/** Refunds have a minus in the instant form; in the preauth form the table says none, and PayPay's sample has one. */
function amountOf(text: string, kind: RowKind, line: number): Yen {
  const amount = Number(text)
  // At most 11 digits, as everywhere in OPA.
  const isWhole = /^-?\d{1,11}$/.test(text)
  const mayBeNegative = kind === 'refund' || kind === 'refundFailed'
  if (!isWhole || (amount < 0 && !mayBeNegative)) throw new FaultyFile({ kind: 'badAmount', line, text })
  return yen(Math.abs(amount))
}

function timeOf(text: string, { fromDay, toDay }: FileName, line: number): number {
  const atMs = jstTime(text)
  if (atMs === null) throw new FaultyFile({ kind: 'badTime', line, text })
  if (atMs < jstDaySpan(fromDay).fromMs || atMs >= jstDaySpan(toDay).toMs)
    throw new FaultyFile({ kind: 'rowOfOtherDay', line, text, fromDay, toDay })
  return atMs
}

function checkTwice(
  some: readonly { readonly row: FileRow; readonly line: number }[],
  firstLines: Map<string, number>,
) {
  for (const { row, line } of some) {
    const { kind, paymentId } = row
    if (kind !== 'payment') continue
    const firstLine = firstLines.get(paymentId)
    if (firstLine !== undefined) throw new FaultyFile({ kind: 'paymentTwice', line, firstLine, paymentId })
    firstLines.set(paymentId, line)
  }
}
