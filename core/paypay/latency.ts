import type { ApiLatency } from '../../shared/upkeep.ts'
import type { Clock } from '../clock.ts'
import type { AnswerObserver } from './client.ts'

const ANSWERS = 100

/** How long PayPay took for its last hundred answers, from the wish to send to the last byte: what a customer waits. */
export class Latency {
  readonly #clock: Clock
  #answers: { readonly api: string; readonly tookMs: number }[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  readonly observe: AnswerObserver = ({ evidence, sentAtMs }) => {
    // What never came took as long as we were willing to wait, which says nothing of PayPay.
    if (evidence.httpStatus === null) return
    const tookMs = Math.round(this.#clock.monotonicMs() - sentAtMs)
    this.#answers = [...this.#answers, { api: evidence.api, tookMs }].slice(-ANSWERS)
  }

  byApi(): readonly ApiLatency[] {
    return [...new Set(this.#answers.map(one => one.api))].toSorted().map(api => {
      const took = this.#answers.filter(one => one.api === api).map(one => one.tookMs)
      const sorted = took.toSorted((one, other) => one - other)
      const at = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? 0
      return { api, answers: took.length, lastMs: took.at(-1) ?? 0, p50Ms: at(0.5), p95Ms: at(0.95) }
    })
  }
}
