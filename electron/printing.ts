import type { Clock } from '../core/clock.ts'

export const PRINTING = {
  /** A dialog that stands open for longer is nobody's any more. */
  mostMs: 60_000,
  /** Between core's answer to the page and the dialog; a page that answers a question later than that has no dialog open. */
  beginsWithinMs: 5_000,
} as const

/**
 * The dialog of a printing stops its page, which then answers nothing, as one that hangs: while it may stand open, nobody concludes
 * anything from silence. One for each window.
 */
export class Printing {
  readonly #clock: Clock
  #begunAtMs: number | null = null

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** A paper was counted for this window's page, so its printing comes now. */
  begin(): void {
    this.#begunAtMs = this.#clock.monotonicMs()
  }

  /** The page has answered what it was asked at `askedAtMs` of the monotonic clock. */
  answered(askedAtMs: number): void {
    if (this.#begunAtMs !== null && askedAtMs - this.#begunAtMs >= PRINTING.beginsWithinMs)
      this.#begunAtMs = null
  }

  /** As the clock's own `after`, but not while a dialog may stand open. */
  after(delayMs: number, act: () => void): () => void {
    let callOff: () => void
    const wait = (ms: number): void => {
      callOff = this.#clock.after(ms, () => {
        const leftMs = this.#leftMs()
        if (leftMs > 0) wait(leftMs)
        else act()
      })
    }
    wait(delayMs)
    return () => callOff()
  }

  #leftMs(): number {
    if (this.#begunAtMs === null) return 0
    return Math.ceil(this.#begunAtMs + PRINTING.mostMs - this.#clock.monotonicMs())
  }
}
