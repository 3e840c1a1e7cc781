import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Evidence } from '../paypay/client.ts'
import { type CheckoutRow, type Fact, type Ledger, LedgerBroken, type LedgerMode } from './ledger.ts'
import { openSqliteLedger } from './sqlite.ts'
import { verifyLedger } from './walk.ts'

const USAGE =
  'usage: npm run ledger -- verify|rebuild|show [checkoutId] [--data-dir DIR] [--mode training|sandbox|production] [--json]'

/** The ledger from the command line. verify and show may run while a till sells; rebuild needs it closed. */
async function main(): Promise<void> {
  const { command, checkoutId, file, mode, json } = readOptions()
  const ledger = await openSqliteLedger({ file, mode, readOnly: command !== 'rebuild' })
  try {
    if (command === 'verify') return await verify(ledger, file, json)
    if (command === 'rebuild') return print(`${await ledger.rebuild()} facts were folded again from ${file}.`)
    if (checkoutId === undefined) {
      const rows = await ledger.list(50)
      return print(
        json
          ? JSON.stringify(rows)
          : [['number', 'started (JST)', 'lane', 'yen', 'outcome', 'id'], ...rows.map(cells)]
              .map(row => columns(row))
              .join('\n'),
      )
    }
    const facts = await ledger.factsOf(checkoutId)
    if (facts.length === 0)
      throw new Usage(`the ledger has no checkout ${checkoutId}; "show" without an id lists the last ones`)
    print(json ? JSON.stringify(facts) : facts.map(factInWords).join('\n'))
  } finally {
    await ledger.close()
  }
}

async function verify(ledger: Ledger, file: string, json: boolean): Promise<void> {
  const verdict = await verifyLedger(ledger)
  if (!verdict.sound) process.exitCode = 1
  if (json) return print(JSON.stringify(verdict))
  if (verdict.sound)
    return print(`${file} is sound: ${verdict.facts} facts, the last hash is ${verdict.head}.`)
  return print(
    `${file} is damaged at fact ${verdict.atSeq}: ${verdict.what}. Do not sell on it and do not change it: keep a copy, and compare it with PayPay's book.`,
  )
}

function cells(row: CheckoutRow): string[] {
  const state = row.outcome ?? (row.openCase === null ? 'open' : `case: ${row.openCase}`)
  return [
    String(row.claimNumber).padStart(3, '0'),
    jst(row.startedAtMs),
    row.lane,
    String(row.totalYen),
    state,
    row.checkoutId,
  ]
}

const WIDTHS = [7, 20, 10, 8, 14]
const columns = (row: readonly string[]): string =>
  row.map((cell, index) => cell.padEnd(WIDTHS[index] ?? 0)).join(' ')

/** One fact on one line: number, time, what, and what PayPay said. */
function factInWords(fact: Fact): string {
  const { evidence, ...data } = fact.data as { evidence?: Evidence | null }
  const said = evidence
    ? `  PayPay: ${evidence.httpStatus ?? 'no answer'} ${evidence.code ?? ''} ${evidence.codeId ?? ''} X-REQUEST-ID ${evidence.requestId ?? '-'}`
    : ''
  return `${String(fact.seq).padStart(6)}  ${jst(fact.atMs)}  ${fact.type.padEnd(17)} ${JSON.stringify(data)}${said}`
}

function jst(atMs: number): string {
  return new Date(atMs + 9 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}

function readOptions() {
  const { values, positionals } = (() => {
    try {
      return parseArgs({
        allowPositionals: true,
        options: { 'data-dir': { type: 'string' }, mode: { type: 'string' }, json: { type: 'boolean' } },
      })
    } catch (error) {
      throw new Usage(error instanceof Error ? error.message : String(error))
    }
  })()
  const [command, checkoutId] = positionals
  if (command !== 'verify' && command !== 'rebuild' && command !== 'show')
    throw new Usage(`"${command ?? ''}" is not one of verify, rebuild, show`)
  const mode = values.mode ?? 'training'
  if (!isMode(mode)) throw new Usage(`--mode is "${mode}": use training, sandbox or production`)
  return {
    command,
    checkoutId,
    mode,
    file: join(values['data-dir'] ?? 'data', `ledger-${mode}.sqlite`),
    json: values.json === true,
  } as const
}

function isMode(mode: string): mode is LedgerMode {
  return mode === 'training' || mode === 'sandbox' || mode === 'production'
}

class Usage extends Error {}

const print = (text: string): void => void process.stdout.write(`${text}\n`)

main().catch((error: unknown) => {
  const known = error instanceof LedgerBroken || error instanceof Usage
  process.stderr.write(
    `${known ? error.message : String(error)}\n${error instanceof Usage ? `${USAGE}\n` : ''}`,
  )
  process.exitCode = 1
})
