import { statSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { openSqliteLedger } from '../../core/ledger/sqlite.ts'
import { verifyLedger } from '../../core/ledger/walk.ts'
import { KEYS, Program, startSimulator, tempDir } from '../../e2e/host.ts'
import { Paypay } from '../../e2e/paypay.ts'
import { writeHistory } from './bulk.ts'
import { median, needRoom } from './measure.ts'
import { isSelling, openOn } from './opening.ts'

/** A start with much history may take so many times as long as one with little. */
export const MOST_RATIO = 1.5
/** Each ledger is opened so often; the first time warms the disk's cache and does not count. */
const RUNS = 15
/** At each start so many customers are found before their codes. */
const OPEN_CHECKOUTS = 5
/** What a settled checkout takes on the disk, with room. */
const BYTES_A_CHECKOUT = 5_000

export type Side = {
  readonly checkouts: number
  readonly facts: number
  readonly mebibytes: number
  readonly medianMs: number
  readonly runsMs: readonly number[]
  /** Of it, opening the ledger and picking up what is open, without loading the program and without PayPay's first answer. */
  readonly medianOpeningMs: number
}
export type Recovery = { readonly small: Side; readonly large: Side; readonly ratio: number }

export function inWords({ small, large, ratio }: Recovery): string {
  const line = ({ checkouts, facts, mebibytes, medianMs, medianOpeningMs, runsMs }: Side): string =>
    `${String(checkouts).padStart(8)} settled checkouts (${facts} facts, ${mebibytes} MiB): selling after ${medianMs} ms (median of ${runsMs.length}, ${Math.min(...runsMs)} to ${Math.max(...runsMs)}), of it ${medianOpeningMs} ms to open the ledger and pick up ${OPEN_CHECKOUTS} open checkouts`
  return [line(small), line(large), `ratio ${ratio} (at most ${MOST_RATIO})`].join('\n')
}

type Ledger = {
  readonly dir: string
  readonly file: string
  readonly checkouts: number
  readonly facts: number
}

/** From the start of a process to "it sells", on a ledger with little history and on one with much. */
export async function recovery(
  sizes: { small: number; large: number },
  tell: (says: string) => void,
): Promise<Recovery> {
  needRoom((sizes.small + sizes.large) * BYTES_A_CHECKOUT)
  const folder = tempDir('kaikei-bench-')
  process.once('exit', folder.remove)
  const simulator = startSimulator()
  try {
    const { paypayUrl } = await simulator.ready<{ paypayUrl: string }>()
    // Whoever stands before a code stands there for the whole bench.
    await new Paypay(paypayUrl).put('switches', { codeLifetimeS: 86_400 })
    const build = (name: string, checkouts: number) =>
      buildLedger(join(folder.path, name), checkouts, paypayUrl, tell)
    const small = await build('small', sizes.small)
    await checkSound(small.file)
    const large = await build('large', sizes.large)
    const times: Record<'small' | 'large', Times[]> = { small: [], large: [] }
    for (let run = 0; run <= RUNS; run += 1) {
      // In turn first and second, so that neither always starts in the other's wake.
      const isTurned = run % 2 === 1
      const first = await timeOf(isTurned ? large : small, paypayUrl)
      const second = await timeOf(isTurned ? small : large, paypayUrl)
      const [smallTimes, largeTimes] = isTurned ? [second, first] : [first, second]
      if (run === 0) continue
      times.small.push(smallTimes)
      times.large.push(largeTimes)
      tell(`start ${run} of ${RUNS}: ${smallTimes.sellingMs} ms and ${largeTimes.sellingMs} ms`)
    }
    const sides = { small: sideOf(small, times.small), large: sideOf(large, times.large) }
    return { ...sides, ratio: Number((sides.large.medianMs / sides.small.medianMs).toFixed(3)) }
  } finally {
    await simulator.end('SIGKILL')
    folder.remove()
  }
}

/** The history, and then the same few customers, who come through the engine itself. */
async function buildLedger(
  dir: string,
  checkouts: number,
  paypayUrl: string,
  tell: (says: string) => void,
): Promise<Ledger> {
  const till = () =>
    openOn(dir, paypayUrl, { apiKey: KEYS.KAIKEI_API_KEY, apiSecret: KEYS.KAIKEI_API_SECRET })
  const file = join(dir, 'ledger-training.sqlite')
  const fromMs = performance.now()
  const facts = await writeHistory(file, checkouts, Date.now(), done => {
    if (done % 100_000 === 0) tell(`${done} of ${checkouts} checkouts written`)
  })
  tell(`${facts} facts of ${checkouts} checkouts in ${((performance.now() - fromMs) / 1000).toFixed(1)} s`)
  const open = await till()
  await isSelling(open)
  await Promise.all(Array.from({ length: OPEN_CHECKOUTS }, (_, index) => seesCode(open, `lane-${index}`)))
  await open.close()
  return { dir, file, checkouts, facts }
}

async function seesCode(till: Awaited<ReturnType<typeof openOn>>, lane: string): Promise<void> {
  const shown = new Promise<void>(resolve => {
    till.watchLane(lane, ({ checkout }) => checkout?.status === 'awaitingPayment' && resolve())
  })
  const order = { kind: 'cart', lines: [{ productId: 'coffee', quantity: 1 }] }
  const answer = await till.dispatch('startCheckout', { lane, order, locale: 'ja' })
  if (!answer.ok) throw new Error(`a customer was refused: ${JSON.stringify(answer.failure)}`)
  await shown
}

type Times = { readonly openingMs: number; readonly sellingMs: number }

/** A fresh process each time. */
async function timeOf({ dir }: Ledger, paypayUrl: string): Promise<Times> {
  const startedAtMs = performance.timeOrigin + performance.now()
  const { code, stdout, stderr } = await new Program('scripts/bench/opening.ts', [dir, paypayUrl], KEYS).ended
  if (code !== 0) throw new Error(`the till did not open: ${stderr}`)
  const said = JSON.parse(stdout) as { openingMs: number; sellingAtMs: number; recovered: number }
  if (said.recovered !== OPEN_CHECKOUTS) throw new Error(`${said.recovered} checkouts were open`)
  return { openingMs: Math.round(said.openingMs), sellingMs: Math.round(said.sellingAtMs - startedAtMs) }
}

function sideOf({ file, checkouts, facts }: Ledger, times: readonly Times[]): Side {
  const runsMs = times.map(({ sellingMs }) => sellingMs)
  return {
    checkouts,
    facts,
    mebibytes: Math.round(statSync(file).size / 2 ** 20),
    medianMs: median(runsMs),
    runsMs,
    medianOpeningMs: median(times.map(({ openingMs }) => openingMs)),
  }
}

/** The same code wrote both ledgers, so the smaller one speaks for both: walked as `npm run ledger -- verify` walks it. */
async function checkSound(file: string): Promise<void> {
  const ledger = await openSqliteLedger({ file, mode: 'training', readOnly: true })
  const verdict = await verifyLedger(ledger)
  await ledger.close()
  if (!verdict.sound)
    throw new Error(`the ledger of the bench is damaged at fact ${verdict.atSeq}: ${verdict.what}`)
}
