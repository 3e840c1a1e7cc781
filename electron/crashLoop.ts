import type { Clock } from '../core/clock.ts'

export const CRASH_LOOP = {
  /** So many losses, none of them after a page that was well for `wellMs`, are no accident any more. */
  most: 5,
  wellMs: 60_000,
  /** How long the plain screen stays before the page is tried again. */
  restMs: 60_000,
} as const

/** Tells an accident from a loop: a page that dies as often as it is opened would flicker before customers for ever. */
export class CrashLoop {
  readonly #clock: Clock
  #losses = 0
  #openedAtMs: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#openedAtMs = clock.monotonicMs()
  }

  /** The page was lost and is to be opened once more. True: too often in a row, and the plain screen belongs there instead. */
  isLoop(): boolean {
    const nowMs = this.#clock.monotonicMs()
    const wasWell = nowMs - this.#openedAtMs >= CRASH_LOOP.wellMs
    this.#openedAtMs = nowMs
    this.#losses = wasWell ? 1 : this.#losses + 1
    if (this.#losses <= CRASH_LOOP.most) return false
    this.#losses = 0
    return true
  }
}
