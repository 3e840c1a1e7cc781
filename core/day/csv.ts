import { stringify } from 'csv-stringify/sync'
import iconv from 'iconv-lite'
import type { DayFile } from '../../shared/day.ts'
import type { DeskFileName } from '../../shared/deskFile.ts'
import { inTurns } from '../turn.ts'

/** Text comes from people and is kept from becoming a formula; a number is one. */
export type Cell = string | number | null

/** Tells Excel that this is UTF-8. */
const MARK = '\uFEFF'

/** What a Japanese printer puts for a character that it lacks. */
const GETA = '〓'

/** Wave dash, minus, dash, parallel, yen, cent and pound: the same signs under the numbers that Windows' Shift_JIS has for them. */
const asOnWindows: Readonly<Record<string, string>> = {
  '\u301C': '\uFF5E',
  '\u2212': '\uFF0D',
  '\u2014': '\u2015',
  '\u2016': '\u2225',
  '\u00A5': '\uFFE5',
  '\u00A2': '\uFFE0',
  '\u00A3': '\uFFE1',
}

/** A table as a spreadsheet program opens it: CRLF, and a mark without which Excel takes UTF-8 for an old code page. */
export async function csvText(table: readonly (readonly Cell[])[]): Promise<string> {
  const parts = await inTurns(table, plainText)
  return MARK + parts.join('')
}

function plainText(table: readonly (readonly Cell[])[]): string {
  return stringify(
    table.map(row => [...row]),
    {
      record_delimiter: 'windows',
      // A product that is called =HYPERLINK(…) is a name, and nothing that a bookkeeper's computer carries out.
      escape_formulas: true,
    },
  )
}

/** The same as a file, in UTF-8 or in Windows' Shift_JIS. Made in turns. */
export async function csvFile(
  name: DeskFileName,
  table: readonly (readonly Cell[])[],
  encoding: 'utf8' | 'sjis',
): Promise<DayFile> {
  if (encoding === 'utf8') {
    const parts = await inTurns(table, some => Buffer.from(plainText(some), 'utf8'))
    return { name, base64: Buffer.concat([Buffer.from(MARK), ...parts]).toString('base64'), replaced: 0 }
  }
  const signs = new Map<string, string>()
  const parts = await inTurns(table, some => onWindows(plainText(some), signs))
  return {
    name,
    base64: Buffer.concat(parts.map(part => part.bytes)).toString('base64'),
    replaced: parts.reduce((sum, part) => sum + part.replaced, 0),
  }
}

/** `signs`: what was found of each character so far. */
function onWindows(text: string, signs: Map<string, string>): { bytes: Buffer; replaced: number } {
  let replaced = 0
  let written = ''
  for (const character of text) {
    const sign = signs.get(character) ?? signOf(character)
    signs.set(character, sign)
    // A geta that somebody wrote is no replacement.
    if (sign === GETA && character !== GETA) replaced += 1
    written += sign
  }
  return { bytes: iconv.encode(written, 'shift_jis'), replaced }
}

function signOf(character: string): string {
  const sign = asOnWindows[character] ?? character
  return iconv.decode(iconv.encode(sign, 'shift_jis'), 'shift_jis') === sign ? sign : GETA
}
