import type { Comparison, ComparisonSummary } from '../../shared/day.ts'
import type { DayComparison } from '../../shared/reconciliation.ts'
import type { Clock } from '../clock.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Log } from '../log.ts'
import type { PaypayClient } from '../paypay/client.ts'
import { Stopped, withTurns } from '../turn.ts'
import type { ApiStatement, OurTill } from './books.ts'
import { dayStream } from './facts.ts'
import { type OurSide, ourSide, statementOf } from './ours.ts'
import type { FileRow } from './paypayFile.ts'
import { reconcileInSteps } from './reconcile.ts'

/** So many at once: the lanes that sell share PayPay's budget, and wait behind no more than these. */
const AT_ONCE = 3
/** Nobody waits at a counter for these. */
const READ_TIMEOUT_MS = 5_000
/** After so many reads in a row without an answer, the rest is left unchecked: each would take its five seconds. */
const SILENT_MOST = 6
/** Days whose last result is kept; a till that was started again has the summaries. */
const KEPT_DAYS = 8

export type ComparisonPorts = {
  readonly ledger: Ledger
  readonly paypay: Pick<PaypayClient, 'getPayment'>
  readonly clock: Clock
  readonly log: Log
  readonly newReference: () => string
  /** Asked for each comparison: the settings may change meanwhile. */
  readonly till: () => Promise<OurTill>
}

/** Comparisons with PayPay, one day at a time. They go on when whoever began one is out. */
export class Comparisons {
  readonly #ports: ComparisonPorts
  readonly #byDay = new Map<string, Comparison>()
  #stopped = false
  /** Never rejects. */
  #underWay: Promise<unknown> = Promise.resolve()

  constructor(ports: ComparisonPorts) {
    this.#ports = ports
  }

  /** Resolves when nothing goes on any more. A comparison that was not finished leaves no fact. */
  async stop(): Promise<void> {
    this.#stopped = true
    await this.#underWay
  }

  last(day: string): Comparison | null {
    return this.#byDay.get(day) ?? null
  }

  /** The day that is being compared now, or null. */
  get running(): string | null {
    return [...this.#byDay.values()].find(one => one.state === 'running')?.day ?? null
  }

  /** Answers when it is known how many payments are asked about; the rest goes on by itself. */
  async start(
    day: string,
    file: { readonly name: string; readonly rows: readonly FileRow[] } | null,
    by: string,
  ): Promise<Comparison> {
    const about = { day, fileName: file?.name ?? null, startedAtMs: this.#ports.clock.nowMs() }
    this.#set({ ...about, state: 'running', done: 0, of: 0 })
    const side = ourSide(this.#ports.ledger, day, file?.rows ?? null, () => this.#stopped)
    this.#underWay = side
      .then(ours => this.#run(about, ours, file?.rows ?? null, by))
      .catch(error => {
        if (error instanceof Stopped) return
        const reference = this.#ports.newReference()
        const says = String(error instanceof Error ? error.stack : error)
        this.#ports.log.error({ reference, day, error: says }, 'a comparison with PayPay failed')
        this.#set({ ...about, state: 'failed', reference })
      })
    await side.catch(() => undefined)
    return this.last(day) ?? { ...about, state: 'running', done: 0, of: 0 }
  }

  async #run(
    about: Pick<Comparison, 'day' | 'fileName' | 'startedAtMs'>,
    ours: OurSide,
    file: readonly FileRow[] | null,
    by: string,
  ): Promise<void> {
    const { ledger, clock, till } = this.#ports
    const { day } = about
    const byApi = await this.#ask(about, ours.toAsk)
    const books = { day, till: await till(), ours: ours.payments, byApi, file }
    const result = await withTurns(reconcileInSteps(books), () => this.#stopped)
    const finishedAtMs = clock.nowMs()
    const summary = { by, fileName: about.fileName, ...summaryOf(result) }
    await ledger.append([
      { checkoutId: dayStream(day), type: 'dayCompared', atMs: finishedAtMs, data: summary },
    ])
    this.#set({ ...about, state: 'finished', finishedAtMs, result })
  }

  async #ask(
    about: Pick<Comparison, 'day' | 'fileName' | 'startedAtMs'>,
    toAsk: OurSide['toAsk'],
  ): Promise<Map<string, ApiStatement>> {
    const said = new Map<string, ApiStatement>()
    const waiting = [...toAsk]
    let done = 0
    let silent = 0
    const tell = (): void => this.#set({ ...about, state: 'running', done, of: toAsk.length })
    const askOn = async (): Promise<void> => {
      for (
        let next = waiting.shift();
        next && silent < SILENT_MOST && !this.#stopped;
        next = waiting.shift()
      ) {
        const answer = await this.#ports.paypay.getPayment({ ...next, timeoutMs: READ_TIMEOUT_MS })
        // Throttled reads would close the lanes; whoever sells comes first.
        const isBusy = answer.sure !== 'known' && answer.row.health === 'busy'
        silent = isBusy ? SILENT_MOST : answer.evidence.httpStatus === null ? silent + 1 : 0
        said.set(next.merchantPaymentId, statementOf(answer, next.amountYen))
        done += 1
        tell()
      }
    }
    tell()
    await Promise.all(Array.from({ length: AT_ONCE }, askOn))
    return said
  }

  #set(comparison: Comparison): void {
    this.#byDay.delete(comparison.day)
    this.#byDay.set(comparison.day, comparison)
    const [oldest] = this.#byDay.keys()
    if (this.#byDay.size > KEPT_DAYS && oldest !== undefined) this.#byDay.delete(oldest)
  }
}

function summaryOf(result: DayComparison): Omit<ComparisonSummary, 'atMs' | 'by' | 'fileName'> {
  return {
    matched: result.matched,
    unchecked: result.unchecked.count,
    onlyOurs: result.onlyOurs.length,
    onlyTheirs: result.onlyTheirs.length,
    differentAmount: result.differentAmount.length,
    differentState: result.differentState.length,
    elsewhere: result.elsewhere.count,
  }
}
