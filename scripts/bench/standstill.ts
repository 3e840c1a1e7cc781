import { join } from 'node:path'
import iconv from 'iconv-lite'
import { systemClock } from '../../core/clock.ts'
import { Comparisons } from '../../core/day/comparisons.ts'
import { csvFile } from '../../core/day/csv.ts'
import { MAX_FILE_BYTES, readPaypayFile } from '../../core/day/paypayFile.ts'
import { auditHandlers } from '../../core/desk/audit.ts'
import { jstDay } from '../../core/jst.ts'
import type { Ledger } from '../../core/ledger/ledger.ts'
import { openSqliteLedger } from '../../core/ledger/sqlite.ts'
import { stderrLog } from '../../core/log.ts'
import { tempDir } from '../../e2e/host.ts'
import { writeHistory } from './bulk.ts'
import { median } from './measure.ts'

/** The longest turn may take so much of the whole work, which is what a till would stand still for without turns. */
export const MOST_STANDSTILL_RATIO = 0.25
const ROUNDS = 5
const RECORDS = 50_000
const CHECKOUTS = 2_000

export type StandstillFigure = {
  readonly work: string
  /** The thread's own time, which other programs do not lengthen much; medians of the rounds, ms. */
  readonly longestTurnMs: number
  readonly wholeMs: number
  readonly ratio: number
}
export type Standstill = { readonly figures: readonly StandstillFigure[]; readonly ratio: number }

export function standstillInWords({ figures, ratio }: Standstill): string {
  return [
    `the longest turn of the loop, and the whole work, in the thread's own time, median of ${ROUNDS} rounds`,
    ...figures.map(
      one => `  ${one.work.padEnd(34)} ${one.longestTurnMs} ms of ${one.wholeMs} ms, ratio ${one.ratio}`,
    ),
    `worst ratio ${ratio} (at most ${MOST_STANDSTILL_RATIO})`,
  ].join('\n')
}

/** For how long nobody else is served while a day is compared and records are exported. */
export async function standstill(tell: (says: string) => void): Promise<Standstill> {
  const folder = tempDir('kaikei-bench-')
  process.once('exit', folder.remove)
  const file = join(folder.path, 'ledger.sqlite')
  const nowMs = Date.now()
  await writeHistory(file, CHECKOUTS, nowMs, () => undefined)
  const ledger = await openSqliteLedger({ file, mode: 'training' })
  try {
    await writeRecords(ledger)
    const works = await worksOn(ledger, jstDay(nowMs - 86_400_000))
    const seen = new Map(Object.keys(works).map(name => [name, [] as Turns[]]))
    for (let round = 0; round <= ROUNDS; round += 1)
      for (const [name, work] of Object.entries(works)) {
        const turns = await turnsOf(work)
        // The first round warms.
        if (round > 0) seen.get(name)?.push(turns)
        tell(`round ${round}, ${name}: ${turns.longestMs.toFixed(0)} ms of ${turns.wholeMs.toFixed(0)} ms`)
      }
    const figures = [...seen].map(([work, rounds]) => figureOf(work, rounds))
    return { figures, ratio: Math.max(...figures.map(one => one.ratio)) }
  } finally {
    await ledger.close()
    folder.remove()
  }
}

type Turns = { readonly longestMs: number; readonly wholeMs: number }

function figureOf(work: string, rounds: readonly Turns[]): StandstillFigure {
  const longestTurnMs = median(rounds.map(one => one.longestMs))
  const wholeMs = median(rounds.map(one => one.wholeMs))
  const ratio = median(rounds.map(one => one.longestMs / one.wholeMs))
  return {
    work,
    longestTurnMs: Math.round(longestTurnMs),
    wholeMs: Math.round(wholeMs),
    ratio: Number(ratio.toFixed(2)),
  }
}

/** Somebody else waits for a turn all the time. */
async function turnsOf(work: () => Promise<unknown>): Promise<Turns> {
  const fromMs = threadMs()
  let [lastMs, longestMs, goesOn] = [fromMs, 0, true]
  const look = (): void => {
    const atMs = threadMs()
    longestMs = Math.max(longestMs, atMs - lastMs)
    lastMs = atMs
    if (goesOn) setImmediate(look)
  }
  setImmediate(look)
  await work()
  goesOn = false
  look()
  return { longestMs, wholeMs: threadMs() - fromMs }
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

async function worksOn(ledger: Ledger, day: string): Promise<Record<string, () => Promise<unknown>>> {
  const name = `transaction_000000000000008181_${day.replaceAll('-', '')}_${day.replaceAll('-', '')}_v2.csv`
  const bytes = paypaysFile(day)
  const expected = { day, merchantId: null, form: null }
  const read = await readPaypayFile(bytes, name, expected)
  if (!read.ok) throw new Error(`the bench's own file is refused: ${JSON.stringify(read.fault)}`)
  const { rows } = read.file
  const evidence = { api: 'bench', atMs: 0, httpStatus: 200, code: 'SUCCESS', codeId: null, requestId: null }
  const comparisons = new Comparisons({
    ledger,
    paypay: { getPayment: async () => ({ sure: 'known', value: { kind: 'unpaid' }, evidence }) },
    clock: systemClock,
    log: stderrLog('silent'),
    newReference: () => 'bench',
    till: async () => ({ storeIds: [], terminalIds: ['kaikei'] }),
  })
  const audit = auditHandlers({
    ledger,
    nameOf: () => '店長',
    chain: () => Promise.reject(new Error('an export asks for no chain')),
  })
  const query = { userId: null, kinds: [], fromMs: null, toMs: null, before: null, limit: 1 }
  const table = rows
    .slice(0, 1)
    .flatMap(row =>
      Array.from({ length: RECORDS }, (_, index) => [
        day,
        '売上',
        index,
        '唐揚げ弁当',
        680,
        row.paymentId,
        '=SUM(A1)',
      ]),
    )
  return {
    [`PayPay's file, ${rows.length} rows, read`]: () => readPaypayFile(bytes, name, expected),
    'the same compared': async () => {
      await comparisons.start(day, { name, rows }, 'bench')
      while (comparisons.running !== null) await new Promise(resolve => setImmediate(resolve))
      if (comparisons.last(day)?.state !== 'finished') throw new Error('the comparison failed')
    },
    [`${RECORDS} records exported`]: async () => {
      const answer = await audit.exportAudit(query, {} as Parameters<typeof audit.exportAudit>[1])
      if (!answer.ok || answer.value.rows < RECORDS) throw new Error('records are missing')
      // As a host sends it.
      return JSON.stringify(answer)
    },
    [`a table of ${RECORDS} rows, Shift_JIS`]: async () =>
      JSON.stringify(await csvFile(`kaikei-${day}-sales.csv`, table, 'sjis')),
  }
}

/** Just under the largest that is taken, with payments of other tills. */
function paypaysFile(day: string): Buffer {
  const header =
    '決済番号,加盟店ID,屋号,店舗ID,店舗名,端末番号/PosID,取引ステータス,取引日時,取引金額,レシート番号,支払い方法,マーチャント決済ID,支払い詳細'
  const line = (index: number): string =>
    `${String(index).padStart(20, '04')},000000000000008181,会計,store,本店,kaikei,取引完了,${day.replaceAll('-', '/')} 12:36:23,680,,PayPay残高,other-${index},"[{""paymentMethod"":""PayPay残高"",""amount"":680}]"\n`
  const count = Math.floor((MAX_FILE_BYTES - 1_000) / iconv.encode(line(1_000_000), 'shift_jis').length)
  const lines = Array.from({ length: count }, (_, index) => line(1_000_000 + index))
  return iconv.encode(`${header}\n${lines.join('')}`, 'shift_jis')
}

async function writeRecords(ledger: Ledger): Promise<void> {
  const data = { userId: 'u1', lane: 'main', second: false }
  for (let written = 0; written < RECORDS; written += 5_000)
    await ledger.append(
      Array.from({ length: 5_000 }, () => ({
        checkoutId: 'door',
        type: 'pinAccepted',
        atMs: Date.now(),
        data,
      })),
    )
}
