import type { Clock } from '../core/clock.ts'

/** So many names are remembered; then those that asked first are forgotten. */
const MOST_NAMES = 1_024

type Level = { readonly left: number; readonly atMs: number }

/** How often somebody may ask: `burst` at once, and `perSecond` on end. One level for each name. */
export class Buckets {
  readonly #clock: Clock
  readonly #burst: number
  readonly #perSecond: number
  readonly #levels = new Map<string, Level>()

  constructor(clock: Clock, limits: { readonly burst: number; readonly perSecond: number }) {
    this.#clock = clock
    this.#burst = limits.burst
    this.#perSecond = limits.perSecond
  }

  /** False: too often. */
  take(name: string): boolean {
    const atMs = this.#clock.monotonicMs()
    const before = this.#levels.get(name) ?? { left: this.#burst, atMs }
    const filled = before.left + ((atMs - before.atMs) / 1_000) * this.#perSecond
    const left = Math.min(this.#burst, filled) - 1
    this.#levels.delete(name)
    this.#levels.set(name, { left: Math.max(0, left), atMs })
    const [oldest] = this.#levels.keys()
    if (this.#levels.size > MOST_NAMES && oldest !== undefined) this.#levels.delete(oldest)
    return left >= 0
  }
}
