import { scrypt, timingSafeEqual } from 'node:crypto'
import type { DeskFailure } from '../../shared/desk.ts'

/** A guess has one chance in a million for each person, and there are at most some fifty guesses a day (door.ts). */
export const PIN_DIGITS = 6
const MOST_PIN_DIGITS = 12
/** About 100 ms and 32 MiB on a small machine. */
const SCRYPT = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }
const HASH_BYTES = 32

/** A PIN as it is kept, in hex: the port that a simulation, whose time is not the machine's, fills with something quick. */
export type PinHash = (pin: string, saltHex: string) => Promise<string>

/**
 * Hex scrypt of a PIN. One salt for all of a till's people: PINs have to differ from one another anyway, since a PIN alone says who
 * somebody is, and so a try costs one hash however many people there are.
 */
export function hashPin(pin: string, saltHex: string): Promise<string> {
  return new Promise((resolve, reject) => {
    scrypt(pin, Buffer.from(saltHex, 'hex'), HASH_BYTES, SCRYPT, (error, hash) =>
      error ? reject(error) : resolve(hash.toString('hex')),
    )
  })
}

export function isSameHash(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one, 'hex'), Buffer.from(other, 'hex')]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Why this cannot become a PIN; null: it can. */
export function weaknessOf(pin: string): Extract<DeskFailure, { kind: 'weakPin' }> | null {
  const weak = (why: 'tooShort' | 'tooLong' | 'notDigits' | 'tooSimple') =>
    ({ kind: 'weakPin', why, minDigits: PIN_DIGITS }) as const
  if (!/^\d*$/.test(pin)) return weak('notDigits')
  if (pin.length < PIN_DIGITS) return weak('tooShort')
  if (pin.length > MOST_PIN_DIGITS) return weak('tooLong')
  return isSimple(pin) ? weak('tooSimple') : null
}

/** One step between all neighbours: 111111, 123456, 987654. Or two digits that take turns: 121212. */
function isSimple(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, index) => (Number(digit) - Number(pin[index]) + 10) % 10)
  return new Set(steps).size === 1 || new Set(pin).size < 3
}
