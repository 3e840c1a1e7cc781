import type { Clock } from '../clock.ts'

/** After so many wrong codes from one address in a row the next one waits: 1, 2, 4 ... minutes, and half an hour at most. */
export const TRIES_FREE = 5
const FIRST_WAIT_MS = 60_000
const LONGEST_WAIT_MS = 30 * 60_000
/** More addresses than a shop's network has screens; then those that tried first are forgotten. */
export const MOST_ADDRESSES = 512

type Tried = { readonly tries: number; readonly freeAtMs: number }

/** Wrong tries by the address they come from. It grows up to a bound. */
export class Tries {
  readonly #clock: Clock
  readonly #tried = new Map<string, Tried>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  waitMs(address: string): number {
    const freeAtMs = this.#tried.get(address)?.freeAtMs ?? 0
    return Math.max(0, Math.ceil(freeAtMs - this.#clock.monotonicMs()))
  }

  wrong(address: string): void {
    const tries = (this.#tried.get(address)?.tries ?? 0) + 1
    const over = tries - TRIES_FREE
    const waitMs = over < 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** over)
    this.#tried.delete(address)
    this.#tried.set(address, { tries, freeAtMs: this.#clock.monotonicMs() + waitMs })
    const [oldest] = this.#tried.keys()
    if (this.#tried.size > MOST_ADDRESSES && oldest !== undefined) this.#tried.delete(oldest)
  }

  right(address: string): void {
    this.#tried.delete(address)
  }
}
