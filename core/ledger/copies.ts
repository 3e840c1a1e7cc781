import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type Ledger, LedgerBroken, type NewFact } from './ledger.ts'
import { openSqliteLedger } from './sqlite.ts'

// For tests alone: ledgers of 60 sales, and copies of them to damage.
export const NAME = 'ledger-training.sqlite'
export const SALES = 60

export type Copies = {
  /** Closed in good order. */
  readonly closed: string
  /** The same when half of it was written. */
  readonly yesterday: string
  /** Killed, with the second half in its log. */
  readonly killed: string
  /** Of another till, and longer. */
  readonly strange: string
  remove(): void
}

/** A sale from its start to its end; every third stays open. Long enough for a ledger of many pages. */
export function sale(till: string, n: number): NewFact[] {
  const checkoutId = `${till}-${n}`
  const atMs = 1_700_000_000_000 + n * 60_000
  const fact = (type: string, data: object): NewFact => ({ checkoutId, type, atMs, data })
  const paypay = { merchantPaymentId: `${checkoutId}-1`, evidence: `answer ${n} `.repeat(20) }
  return [
    fact('checkoutStarted', { lane: 'main', businessDay: '2023-11-15', claimNumber: n, totalYen: 160 + n }),
    fact('createIntended', { ...paypay, amountYen: 160 }),
    fact('codeCreated', { ...paypay, code: `code ${n}.` }),
    ...(n % 3 === 0
      ? []
      : [fact('customerLeft', { reason: 'customer' }), fact('outcomeReached', { outcome: 'delivered' })]),
  ]
}

export async function makeCopies(): Promise<Copies> {
  const root = mkdtempSync(join(tmpdir(), 'kaikei-damage-'))
  const of = (name: string): string => join(root, name)
  const open = (folder: string) => openSqliteLedger({ file: join(of(folder), NAME), mode: 'training' })
  const sell = async (ledger: Ledger, till: string, from: number, to: number): Promise<void> => {
    for (let n = from; n <= to; n += 1) await ledger.append(sale(till, n))
  }
  const first = await open('closed')
  await sell(first, 'a', 1, SALES / 2)
  await first.close()
  cpSync(of('closed'), of('yesterday'), { recursive: true })
  const second = await open('closed')
  await sell(second, 'a', SALES / 2 + 1, SALES)
  cpSync(of('closed'), of('killed'), { recursive: true })
  await second.close()
  const other = await open('strange')
  await sell(other, 'b', 1, SALES + 5)
  await other.close()
  return {
    closed: of('closed'),
    yesterday: of('yesterday'),
    killed: of('killed'),
    strange: of('strange'),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** One copy to damage. */
export class Copy {
  readonly dir = mkdtempSync(join(tmpdir(), 'kaikei-damaged-'))
  readonly file = join(this.dir, NAME)

  constructor(folder: string) {
    this.becomes(folder)
  }

  /** Another one, at the same place. */
  becomes(folder: string): void {
    rmSync(this.dir, { recursive: true })
    cpSync(folder, this.dir, { recursive: true })
  }

  open(options: { readOnly?: boolean; warn?: (says: string) => void } = {}): Promise<Ledger> {
    return openSqliteLedger({ file: this.file, mode: 'training', ...options })
  }

  async refusal(options: { readOnly?: boolean } = {}): Promise<LedgerBroken> {
    const error = await this.open(options).then(
      ledger => ledger.close().then(() => null),
      (reason: unknown) => reason,
    )
    if (!(error instanceof LedgerBroken)) throw new Error(`it was not refused in words: ${String(error)}`)
    return error
  }

  /** Every byte that means something: not the lock, not SQLite's scratch memory, not a log without content. */
  bytes(): Record<string, string> {
    const files = readdirSync(this.dir)
      .filter(name => !/\.lock|-shm$/.test(name))
      .map(name => [name, readFileSync(join(this.dir, name), 'latin1')] as const)
    return Object.fromEntries(files.filter(([name, text]) => !name.endsWith('-wal') || text !== ''))
  }

  flip(offset: number, bit = 0, name = this.file): void {
    const bytes = readFileSync(name)
    bytes[offset] = (bytes[offset] ?? 0) ^ (1 << bit)
    writeFileSync(name, bytes)
  }

  /** Flips a bit of a text that stands in the file. */
  flipText(text: string): void {
    const offset = readFileSync(this.file).lastIndexOf(text)
    if (offset < 0) throw new Error(`${text} is not in the file`)
    this.flip(offset)
  }

  /** Somebody with a tool of their own. */
  sql(text: string): void {
    const raw = new DatabaseSync(this.file, { defensive: false })
    raw.exec(text)
    raw.close()
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true })
  }
}
