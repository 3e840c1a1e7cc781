import { watchMemory } from '../core/ceiling.ts'
import type { Clock } from '../core/clock.ts'

export type End = {
  /** Why, for the log. */
  readonly says: string
  /** Memory comes back for certain only with another process. */
  readonly wantsProcess: boolean
}

/** Why the till is to start again: another mode was chosen, or its memory went above the ceiling. `stop` ends the watch. */
export function watchForEnd(ports: {
  readonly clock: Clock
  readonly till: { readonly modeChosen: Promise<string>; isQuiet(): boolean }
  readonly usedBytes: () => number
  readonly ceilingBytes: number
}): { readonly end: Promise<End>; stop(): void } {
  const { clock, till, usedBytes, ceilingBytes } = ports
  let stop = (): void => undefined
  const grown = new Promise<End>(resolve => {
    stop = watchMemory({
      clock,
      usedBytes,
      ceilingBytes,
      isQuiet: () => till.isQuiet(),
      restart: bytes =>
        resolve({ says: `the program has ${Math.round(bytes / 1024 / 1024)} MiB`, wantsProcess: true }),
    })
  })
  const moved = till.modeChosen.then(mode => ({ says: `the settings say ${mode} now`, wantsProcess: false }))
  return { end: Promise.race([moved, grown]), stop: () => stop() }
}
