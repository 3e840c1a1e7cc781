import type { Clock } from '../core/clock.ts'

export const CRASH_LOOP = {
  /** So many openings within `withinMs` are no accident any more. */
  most: 5,
  withinMs: 60_000,
  /** How long the plain screen stays before the page is tried again. */
  restMs: 60_000,
} as const

/** Tells an accident from a loop: a page that dies as often as it is opened would flicker before customers for ever. */
export class CrashLoop {
  readonly #clock: Clock
  #openedAtMs: readonly number[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The page is to be opened once more. True: it has been too often, and the plain screen belongs there instead. */
  isLoop(): boolean {
    const nowMs = this.#clock.monotonicMs()
    this.#openedAtMs = [...this.#openedAtMs.filter(atMs => nowMs - atMs < CRASH_LOOP.withinMs), nowMs]
    if (this.#openedAtMs.length <= CRASH_LOOP.most) return false
    this.#openedAtMs = []
    return true
  }
}
