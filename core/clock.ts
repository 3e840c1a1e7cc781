/** Time as a port: nothing in core reads a clock or sets a timer by any other way. */
export type Clock = {
  /** Wall clock, epoch ms. It can jump; durations that matter are measured with `steadyClock`. */
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

/** A clock whose `nowMs` runs on whatever is done to the wall clock, and can only be put forward. */
export type SteadyClock = Clock & { catchUp(atLeastMs: number): void }

/**
 * The engine's clock. It starts with the wall clock, or with the last thing that was written down if that is later, and then
 * counts by itself: somebody who sets the clock, or a battery that forgets the year, moves no deadline of a payment.
 */
export function steadyClock(clock: Clock, notBeforeMs: number): SteadyClock {
  let originMs = Math.max(clock.nowMs(), notBeforeMs) - clock.monotonicMs()
  const nowMs = (): number => Math.round(originMs + clock.monotonicMs())
  return {
    nowMs,
    monotonicMs: () => clock.monotonicMs(),
    after: (delayMs, callback) => clock.after(delayMs, callback),
    catchUp(atLeastMs) {
      originMs += Math.max(0, atLeastMs - nowMs())
    },
  }
}
