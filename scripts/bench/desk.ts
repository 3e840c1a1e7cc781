import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { jstDay } from '../../core/jst.ts'
import type { Till } from '../../core/till.ts'
import { KEYS, startSimulator, tempDir } from '../../e2e/host.ts'
import type { AttendantInputOf, AttendantMethod, AttendantOutputOf } from '../../shared/attendant.ts'
import type { Result } from '../../shared/result.ts'
import { writeHistory } from './bulk.ts'
import { settledCheckout } from './history.ts'
import { median, needRoom } from './measure.ts'
import { isSelling, openOn } from './opening.ts'

/** Each question may take so many times as long with much history as with little. */
export const MOST_DESK_RATIO = 2
const ROUNDS = 15
const CALLS_A_ROUND = 20
const PIN = '271828'
const BYTES_A_CHECKOUT = 6_000

export type DeskFigure = {
  readonly question: string
  /** Median of the rounds, of one call, ms. */
  readonly smallMs: number
  readonly largeMs: number
  readonly ratio: number
}
export type DeskBench = {
  readonly small: number
  readonly large: number
  readonly figures: readonly DeskFigure[]
  /** The worst. */
  readonly ratio: number
}

export function deskInWords({ small, large, figures, ratio }: DeskBench): string {
  const lines = figures.map(
    one =>
      `  ${one.question.padEnd(26)} ${one.smallMs.toFixed(3)} ms and ${one.largeMs.toFixed(3)} ms, ratio ${one.ratio}`,
  )
  return [
    `one call of the desk, median of ${ROUNDS} rounds of ${CALLS_A_ROUND}, with ${small} and with ${large} checkouts in the ledger`,
    ...lines,
    `worst ratio ${ratio} (at most ${MOST_DESK_RATIO})`,
  ].join('\n')
}

type Side = { readonly till: Till; session: string; readonly sample: ReturnType<typeof sampleOf> }

/** What the desk asks all day, on a ledger with little history and on one with much, in turn in one run. */
export async function desk(
  sizes: { small: number; large: number },
  tell: (says: string) => void,
): Promise<DeskBench> {
  needRoom((sizes.small + sizes.large) * BYTES_A_CHECKOUT)
  const folder = tempDir('kaikei-bench-')
  process.once('exit', folder.remove)
  const simulator = startSimulator()
  const tills: Till[] = []
  try {
    const { paypayUrl } = await simulator.ready<{ paypayUrl: string }>()
    const small = await open(join(folder.path, 'small'), sizes.small, paypayUrl, tell)
    const large = await open(join(folder.path, 'large'), sizes.large, paypayUrl, tell)
    tills.push(small.till, large.till)
    // Not before both are there: a session ends after two minutes.
    for (const side of [small, large]) side.session = await getIn(side.till)
    const figures: DeskFigure[] = []
    for (const [question, ask] of Object.entries(questions)) {
      const figure = await compare(question, ask, small, large)
      figures.push(figure)
      tell(`${question}: ${figure.smallMs.toFixed(3)} ms and ${figure.largeMs.toFixed(3)} ms`)
    }
    return { ...sizes, figures, ratio: Math.max(...figures.map(one => one.ratio)) }
  } finally {
    await Promise.all(tills.map(till => till.close()))
    await simulator.end('SIGKILL')
    folder.remove()
  }
}

const everything = { text: '', words: [], lane: null, fromMs: null, toMs: null, before: null, limit: 20 }
const find = (change: Partial<AttendantInputOf<'findCheckouts'>>) => async (side: Side) => {
  const { rows } = await call(side, 'findCheckouts', { ...everything, ...change })
  return rows.length
}

/** Each answers how many rows it got, so that a question that finds nothing is seen. */
const questions: Record<string, (side: Side) => Promise<number>> = {
  'last 20': find({}),
  'claim number': side => find({ text: side.sample.claimNumber })(side),
  amount: find({ text: '680' }),
  'PayPay id': side => find({ text: side.sample.paymentId })(side),
  'merchant id': side => find({ text: side.sample.merchantPaymentId })(side),
  'gave back': find({ words: ['returning', 'partlyReturned', 'returned'] }),
  'one lane': find({ lane: 'lane-1' }),
  'one lane, unpaid': find({ lane: 'lane-1', words: ['unpaid'] }),
  'a day, by time': side =>
    find({ fromMs: side.sample.startedAtMs, toMs: side.sample.startedAtMs + 3_600_000 })(side),
  'an older page': side => find({ before: Math.floor(side.sample.number / 2) })(side),
  'one checkout': async side => {
    const found = await call(side, 'getCheckout', { checkoutId: side.sample.checkoutId })
    return found.timeline.length
  },
  'list of days': async side => (await call(side, 'listDays', { before: null, limit: 5 })).days.length,
  'one day': async side => (await call(side, 'getDay', { day: side.sample.day })).figures.sales.count,
  'the bar': async side => (await call(side, 'getDesk', {})).revision,
}

async function compare(
  question: string,
  ask: (side: Side) => Promise<number>,
  small: Side,
  large: Side,
): Promise<DeskFigure> {
  const times: Record<'small' | 'large', number[]> = { small: [], large: [] }
  for (let round = 0; round <= ROUNDS; round += 1) {
    const order = round % 2 === 1 ? (['large', 'small'] as const) : (['small', 'large'] as const)
    for (const which of order) {
      const side = which === 'small' ? small : large
      const fromMs = performance.now()
      for (let turn = 0; turn < CALLS_A_ROUND; turn += 1)
        if ((await ask(side)) === 0) throw new Error(`"${question}" found nothing: the bench asks wrongly`)
      // The first round warms.
      if (round > 0) times[which].push((performance.now() - fromMs) / CALLS_A_ROUND)
    }
  }
  const [smallMs, largeMs] = [median(times.small), median(times.large)]
  return { question, smallMs, largeMs, ratio: Number((largeMs / smallMs).toFixed(2)) }
}

async function open(
  dir: string,
  checkouts: number,
  paypayUrl: string,
  tell: (says: string) => void,
): Promise<Side> {
  const untilMs = Date.now()
  await writeHistory(join(dir, 'ledger-training.sqlite'), checkouts, untilMs, done => {
    if (done % 100_000 === 0) tell(`${done} of ${checkouts} checkouts written`)
  })
  const till = await openOn(dir, paypayUrl, {
    apiKey: KEYS.KAIKEI_API_KEY,
    apiSecret: KEYS.KAIKEI_API_SECRET,
  })
  await isSelling(till)
  return { till, session: '', sample: sampleOf(checkouts, untilMs) }
}

async function getIn(till: Till): Promise<string> {
  const answer = (await till.desk('setUp', { lane: 'bench', name: 'bench', pin: PIN })) as Result<{
    token: string
  }>
  if (!answer.ok) throw new Error(`the desk did not open: ${answer.failure.kind}`)
  return answer.value.token
}

/** A checkout from the middle of the history, which was paid. */
function sampleOf(checkouts: number, untilMs: number) {
  const number = Math.max(1, Math.floor(checkouts / 200) * 100)
  const { checkoutId, facts } = settledCheckout(number, checkouts, untilMs)
  for (const fact of facts)
    if (fact.type === 'paymentRead' && fact.data.read.kind === 'completed')
      return {
        checkoutId,
        number,
        claimNumber: String((number % 999) + 1),
        startedAtMs: facts[0]?.atMs ?? 0,
        day: jstDay(facts[0]?.atMs ?? 0),
        paymentId: fact.data.read.paymentId,
        merchantPaymentId: fact.data.merchantPaymentId,
      }
  throw new Error(`checkout ${number} of the history was not paid`)
}

async function call<M extends AttendantMethod>(
  { till, session }: Side,
  method: M,
  input: AttendantInputOf<M>,
): Promise<AttendantOutputOf<M>> {
  const answer = (await till.desk(method, { ...input, session })) as Result<AttendantOutputOf<M>>
  if (!answer.ok) throw new Error(`${method} was refused: ${JSON.stringify(answer.failure)}`)
  return answer.value
}
