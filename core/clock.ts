/** Time as a port: nothing in core reads a clock or sets a timer by any other way. */
export type Clock = {
  /** Wall clock, epoch ms. It can jump; durations that matter are measured with `monotonicMs`. */
  nowMs(): number
  /** Never goes back; only differences mean anything. */
  monotonicMs(): number
  /** Calls back once, after `delayMs`. Returns a function that calls it off. */
  after(delayMs: number, callback: () => void): () => void
}

/** The clock of the machine. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs)
    return () => clearTimeout(timer)
  },
}
