import { randomBytes } from 'node:crypto'

/** Chance as a port: nothing in core draws a number by any other way. */
export type Random = {
  /** From 0 up to, not including, 1: for jitter, never for ids. */
  fraction(): number
  /** Hexadecimal, two characters a byte; from 8 bytes on nobody else has used it. */
  word(bytes: number): string
}

export const systemRandom: Random = {
  fraction: () => Math.random(),
  word: bytes => randomBytes(bytes).toString('hex'),
}
