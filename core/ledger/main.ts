import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { FileFault, parseJson } from '../catalogue.ts'
import type { Evidence } from '../paypay/client.ts'
import { certificateFile, certify, faultOf, proveAll } from './certificate.ts'
import { everything, type Fact, type FoundRow, type Ledger, LedgerBroken, type LedgerMode } from './ledger.ts'
import { damaged, jst } from './refusals.ts'
import { openSqliteLedger } from './sqlite.ts'
import { verifyLedger } from './walk.ts'

const USAGE = `usage: npm run ledger -- verify [--certificate FILE]
       npm run ledger -- rebuild
       npm run ledger -- show [checkoutId]
       npm run ledger -- certificate checkoutId
  and with any of them: [--data-dir DIR] [--mode training|sandbox|production] [--json]`

/** The ledger from the command line. verify and show may run while a till sells; rebuild needs it closed. */
async function main(): Promise<void> {
  if (process.argv.includes('--help')) return print(USAGE)
  const { command, checkoutId, file, mode, json, certificate } = readOptions()
  const ledger = await openSqliteLedger({
    file,
    mode,
    readOnly: command !== 'rebuild',
    warn: says => void process.stderr.write(`${says}\n`),
  })
  try {
    if (command === 'verify')
      return await (certificate ? verifyCertificate(ledger, certificate) : verify(ledger, file, json))
    if (command === 'certificate') return await printCertificate(ledger, checkoutId, json)
    if (command === 'rebuild') {
      const facts = await ledger.rebuild(done => void process.stderr.write(`${done} facts are folded\n`))
      return print(`${facts} facts were folded again from ${file}.`)
    }
    if (checkoutId === undefined) {
      const rows = await ledger.find({ ...everything, limit: 50 })
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
      throw new Told(`the ledger has no checkout ${checkoutId}; "show" without an id lists the last ones`)
    print(json ? JSON.stringify(facts) : facts.map(factInWords).join('\n'))
  } finally {
    await ledger.close()
  }
}

async function verify(ledger: Ledger, file: string, json: boolean): Promise<void> {
  const verdict = await verifyLedger(ledger)
  const unproven: { checkoutId: string; missing: string }[] = []
  // Facts that are not what was written prove nothing.
  const proven = verdict.sound
    ? await proveAll(ledger, (checkoutId, missing) => void unproven.push({ checkoutId, missing }))
    : null
  if (!verdict.sound || unproven.length > 0) process.exitCode = 1
  if (json) return print(JSON.stringify({ ...verdict, ...proven, unproven }))
  if (!verdict.sound) return print(damaged(file, `at fact ${verdict.atSeq}, ${verdict.what}`).message)
  print(`${file} is sound: ${verdict.facts} facts, the last hash is ${verdict.head}.`)
  print(`${proven?.outcomes ?? 0} outcomes, ${unproven.length} without proof.`)
  for (const { checkoutId, missing } of unproven) print(`  ${checkoutId}: ${missing}`)
}

async function verifyCertificate(ledger: Ledger, file: string): Promise<void> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new Told(`${file} cannot be read (${error instanceof Error ? error.message : String(error)})`)
  }
  const certificate = parseJson(certificateFile, text, file)
  const fault = await faultOf(certificate, ledger)
  if (fault !== null) process.exitCode = 1
  const { checkoutId, outcome } = certificate
  print(
    fault === null
      ? `${file} is right: checkout ${checkoutId} was ${outcome}.`
      : `${file} is not right: ${fault}.`,
  )
}

async function printCertificate(
  ledger: Ledger,
  checkoutId: string | undefined,
  json: boolean,
): Promise<void> {
  if (checkoutId === undefined) throw new Usage('certificate needs a checkoutId; "show" lists the last ones')
  const certificate = await certify(ledger, checkoutId)
  if ('because' in certificate) throw new Told(`There is no certificate: ${certificate.because}.`)
  if (json) return print(JSON.stringify(certificate))
  const { outcome, proof, facts, paypay } = certificate
  print(`Checkout ${checkoutId}: ${outcome}.\n\nWhat shows it:`)
  for (const { seq, says } of proof) print(`  fact ${seq}: ${says}`)
  print('\nWhat PayPay answered:')
  for (const one of paypay)
    print(
      `  ${jst(one.atMs)}  ${one.api.padEnd(14)} ${one.httpStatus ?? 'no answer'} ${one.code ?? ''} ${one.codeId ?? ''} X-REQUEST-ID ${one.requestId ?? '-'}`,
    )
  print('\nAll facts, with their hashes:')
  for (const { seq, atMs, type, hash } of facts)
    print(`  ${String(seq).padStart(6)}  ${jst(atMs)}  ${type.padEnd(17)} ${hash}`)
}

function cells(row: FoundRow): string[] {
  const state = row.outcome ?? (row.openCase === null ? row.word : `case: ${row.openCase.why}`)
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

function readOptions() {
  const { values, positionals } = (() => {
    try {
      return parseArgs({
        allowPositionals: true,
        options: {
          'data-dir': { type: 'string' },
          mode: { type: 'string' },
          json: { type: 'boolean' },
          certificate: { type: 'string' },
        },
      })
    } catch (error) {
      throw new Usage(error instanceof Error ? error.message : String(error))
    }
  })()
  const [command, checkoutId] = positionals
  if (command !== 'verify' && command !== 'rebuild' && command !== 'show' && command !== 'certificate')
    throw new Usage(
      command === undefined
        ? 'say what to do: verify, rebuild, show or certificate'
        : `"${command}" is not one of verify, rebuild, show, certificate`,
    )
  const mode = values.mode ?? 'training'
  if (!isMode(mode)) throw new Usage(`--mode is "${mode}": use training, sandbox or production`)
  return {
    command,
    checkoutId,
    mode,
    file: join(values['data-dir'] ?? 'data', `ledger-${mode}.sqlite`),
    json: values.json === true,
    certificate: values.certificate ?? null,
  } as const
}

function isMode(mode: string): mode is LedgerMode {
  return mode === 'training' || mode === 'sandbox' || mode === 'production'
}

class Usage extends Error {}
/** A plain answer that is not what was hoped for. */
class Told extends Error {}

const print = (text: string): void => void process.stdout.write(`${text}\n`)

main().catch((error: unknown) => {
  const known =
    error instanceof LedgerBroken ||
    error instanceof Usage ||
    error instanceof Told ||
    error instanceof FileFault
  process.stderr.write(
    `${known ? error.message : String(error)}\n${error instanceof Usage ? `${USAGE}\n` : ''}`,
  )
  process.exitCode = error instanceof Usage ? 2 : 1
})
