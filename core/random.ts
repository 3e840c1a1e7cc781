import { randomBytes, randomFillSync } from 'node:crypto'

/** Chance as a port: nothing in core draws a number by any other way. */
export type Random = {
  /** From 0 up to, not including, 1: for jitter, never for ids. */
  fraction(): number
  /** Hexadecimal, two characters a byte; from 8 bytes on nobody else has used it. */
  word(bytes: number): string
}

/** Asking the system costs more for each time than for each byte, so it is asked for many words at once. */
const POOL_BYTES = 4_096
const pool = Buffer.alloc(POOL_BYTES)
let taken = POOL_BYTES

function word(bytes: number): string {
  if (bytes > POOL_BYTES) return randomBytes(bytes).toString('hex')
  if (taken + bytes > POOL_BYTES) {
    randomFillSync(pool)
    taken = 0
  }
  const from = taken
  taken += bytes
  const drawn = pool.toString('hex', from, taken)
  // A word is nobody's but its drawer's: it does not stay in memory.
  pool.fill(0, from, taken)
  return drawn
}

export const systemRandom: Random = {
  fraction: () => Math.random(),
  word,
}
