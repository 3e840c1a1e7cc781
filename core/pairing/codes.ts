import { createHmac, timingSafeEqual } from 'node:crypto'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { PairingCode, PairingRefusal, PairingWish } from '../../shared/screens.ts'
import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import { Tries } from './tries.ts'

/** A remote control types digits only, and eight of them are typed in a breath. */
export const CODE_DIGITS = 8
/** Long enough to walk to the screen. */
export const CODE_LIFETIME_MS = 5 * 60_000
/** More than anybody sets up at once. */
const MOST_CODES = 8
/**
 * Whoever guesses from many addresses meets this one: after so many wrong codes, wherever they came from, every code that is open is
 * void. With eight codes open a guesser then has had one chance in 400,000.
 */
export const MOST_WRONG = 30

type Open = {
  readonly wish: PairingWish
  readonly by: string | null
  readonly hash: Buffer
  readonly endsAtMs: number
}

/** Codes that may still pair a screen. They live in this process only, and only as a hash: a restart voids them. */
export class PairingCodes {
  readonly #clock: Clock
  readonly #random: Random
  /** Drawn with the first code: a till without screens of the network draws no chance for them. */
  #key: string | null = null
  readonly #tries: Tries
  #open: readonly Open[] = []
  #wrong = 0

  constructor(ports: { readonly clock: Clock; readonly random: Random }) {
    this.#clock = ports.clock
    this.#random = ports.random
    this.#tries = new Tries(ports.clock)
  }

  make(wish: PairingWish, by: string | null): PairingCode {
    this.#forgetOld()
    if (this.#open.length === 0) this.#wrong = 0
    const code = String(BigInt(`0x${this.#random.word(16)}`) % 10n ** BigInt(CODE_DIGITS)).padStart(
      CODE_DIGITS,
      '0',
    )
    const endsAtMs = this.#clock.monotonicMs() + CODE_LIFETIME_MS
    const open = { wish, by, hash: this.#hash(code), endsAtMs }
    this.#open = [...this.#open, open].slice(-MOST_CODES)
    return { code, lifetimeMs: CODE_LIFETIME_MS }
  }

  /** Uses a code up. Whoever types wrong ones waits, by the address they come from. */
  use(
    typed: string,
    address: string,
  ): Result<{ readonly wish: PairingWish; readonly by: string | null }, PairingRefusal> {
    const waitMs = this.#tries.waitMs(address)
    if (waitMs > 0) return fail({ kind: 'tooManyTries', waitMs })
    this.#forgetOld()
    const hash = this.#hash(typed)
    // Every open code is compared, so that the time says nothing.
    const found = this.#open.filter(open => timingSafeEqual(open.hash, hash))[0]
    if (!found) {
      this.#tries.wrong(address)
      this.#wrong += 1
      if (this.#wrong >= MOST_WRONG) this.#open = []
      return fail({ kind: 'wrongCode' })
    }
    this.#open = this.#open.filter(open => open !== found)
    this.#tries.right(address)
    return ok({ wish: found.wish, by: found.by })
  }

  #forgetOld(): void {
    const nowMs = this.#clock.monotonicMs()
    this.#open = this.#open.filter(open => open.endsAtMs > nowMs)
  }

  #hash(code: string): Buffer {
    this.#key ??= this.#random.word(32)
    return createHmac('sha256', this.#key).update(code).digest()
  }
}
