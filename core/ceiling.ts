import type { Clock } from './clock.ts'

export const CEILING = {
  leastMib: 256,
  mostMib: 65_536,
  /** A program that is above its ceiling when it does nothing would otherwise start again for ever, a minute after each start. */
  firstLookMs: 3_600_000,
  lookMs: 60_000,
  /** How often a moment is looked for once it is too much. */
  quietLookMs: 1_000,
} as const

/**
 * A program that has grown for weeks is started again before the system ends it in the middle of a payment: `restart` is called once, when
 * `usedBytes` was above the ceiling and nobody pays and no money is open, never in the first hour. The answer ends the watch.
 */
export function watchMemory(ports: {
  readonly clock: Clock
  readonly usedBytes: () => number
  readonly ceilingBytes: number
  readonly isQuiet: () => boolean
  readonly restart: (usedBytes: number) => void
}): () => void {
  const { clock, usedBytes, ceilingBytes, isQuiet, restart } = ports
  let callOff = (): void => undefined
  const look = (): void => {
    const used = usedBytes()
    if (used <= ceilingBytes) callOff = clock.after(CEILING.lookMs, look)
    else if (isQuiet()) restart(used)
    else callOff = clock.after(CEILING.quietLookMs, look)
  }
  callOff = clock.after(CEILING.firstLookMs, look)
  return () => callOff()
}
