import type { DeskFailure, DeskUser, Session } from '../../shared/desk.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../clock.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Random } from '../random.ts'
import { DOOR_STREAM, type DoorFactData, PIN_STREAM, type PinFact } from './facts.ts'
import type { Staff } from './staff.ts'

/** Two minutes without a call, and whoever was in is out. */
export const IDLE_MS = 120_000
/** After so many wrong PINs in a row, whosesoever, the next one waits: 5, 10, 20, 40, 80 s; from the tenth on, half an hour each. */
const DELAY_FROM_TRIES = 5
const DELAY_FIRST_MS = 5_000
const LOCK_FROM_TRIES = 10
const LOCK_MS = 30 * 60_000
/**
 * Whoever knows one PIN could guess at others for ever, since a right one ends the count of wrong ones in a row. So guesses are
 * counted beside it, whatever comes between: one is forgotten every half hour, and from so many on the next one waits for that.
 */
const MOST_GUESSES = 20
/** Whoever is in this long gets in again. */
const LONGEST_SESSION_MS = 12 * 3_600_000

/** How long after so many wrong PINs in a row, ms. */
export function waitAfter(tries: number): number {
  if (tries >= LOCK_FROM_TRIES) return LOCK_MS
  return tries < DELAY_FROM_TRIES ? 0 : DELAY_FIRST_MS * 2 ** (tries - DELAY_FROM_TRIES)
}

/** Somebody who is in. */
export type Inside = {
  readonly token: string
  readonly user: DeskUser
  readonly lane: string
  readonly sinceMs: number
  usedAtMs: number
}

/**
 * Who is in. Sessions live in this process only. Wrong tries are facts, so that they are counted over a restart; their wait is
 * measured on a clock that nobody can set, and begins anew with the process.
 */
export class Door {
  readonly #ports: { ledger: Ledger; staff: Staff; clock: Clock; random: Random }
  readonly #inside = new Map<string, Inside>()
  #tries = 0
  #guesses = 0
  #guessesAtMs: number
  #shutUntilMs: number
  /** One PIN at a time: ten at once are ten tries. */
  #trying: Promise<unknown> = Promise.resolve()

  private constructor(ports: { ledger: Ledger; staff: Staff; clock: Clock; random: Random }) {
    this.#ports = ports
    this.#shutUntilMs = ports.clock.monotonicMs()
    this.#guessesAtMs = this.#shutUntilMs
  }

  static async read(ports: { ledger: Ledger; staff: Staff; clock: Clock; random: Random }): Promise<Door> {
    const door = new Door(ports)
    const last = (await ports.ledger.lastFactOf(PIN_STREAM)) as unknown as PinFact | null
    if (last?.type === 'pinTried') door.#count(last.data.tries)
    door.#guess(last?.data.guesses ?? 0)
    return door
  }

  get waitMs(): number {
    const guessWaitMs = (this.#guessesNow() - MOST_GUESSES) * LOCK_MS
    return Math.max(0, Math.ceil(this.#shutUntilMs - this.#ports.clock.monotonicMs()), Math.ceil(guessWaitMs))
  }

  /** By PIN. Whoever was in at this lane before is out. */
  async signIn(lane: string, pin: string): Promise<Result<Session, DeskFailure>> {
    const whose = await this.#tryPin(lane, pin, false)
    if (!whose.ok) return whose
    await this.leaveLane(lane, 'asked')
    return ok(this.#open(lane, whose.value))
  }

  /** The first start: the manager who has just been added is in. */
  async welcome(lane: string, user: DeskUser): Promise<Session> {
    await this.#accept({ lane, userId: user.userId, second: false, guesses: this.#guessesNow() })
    return this.#open(lane, user)
  }

  /** A second person's PIN for one decision. */
  async approve(first: Inside, pin: string): Promise<Result<DeskUser, DeskFailure>> {
    return this.#tryPin(first.lane, pin, true, ({ userId }) =>
      userId === first.user.userId ? { kind: 'samePerson' } : null,
    )
  }

  /** Whoever is in shows that they are who they are. It is a try like any other. */
  async confirm(inside: Inside, pin: string): Promise<Result<DeskUser, DeskFailure>> {
    return this.#tryPin(inside.lane, pin, false, ({ userId }) =>
      userId === inside.user.userId ? null : { kind: 'wrongPin', waitMs: this.waitMs },
    )
  }

  /** A PIN that somebody wants to have: whether it is taken says whether it is somebody's, so it is a guess. */
  guess(lane: string): Promise<DeskFailure | null> {
    const guessed = this.#trying.then(async (): Promise<DeskFailure | null> => {
      if (this.waitMs > 0) return { kind: 'pinLocked', waitMs: this.waitMs }
      const guesses = this.#guessesNow() + 1
      const atMs = this.#ports.clock.nowMs()
      await this.#write({ type: 'pinTried', atMs, data: { lane, tries: this.#tries, guesses } })
      this.#guess(guesses)
      return null
    })
    this.#trying = guessed.catch(() => undefined)
    return guessed
  }

  /** Who has this token; `passive` calls do not count as using it. */
  async who(token: string, passive: boolean): Promise<Inside | null> {
    const inside = this.#inside.get(token)
    if (!inside) return null
    const user = this.#ports.staff.find(inside.user.userId)
    const isIdle = this.#ports.clock.monotonicMs() - inside.usedAtMs >= IDLE_MS
    const isLong = this.#ports.clock.monotonicMs() - inside.sinceMs >= LONGEST_SESSION_MS
    if (isIdle || isLong || !user) {
      await this.leave(token, 'idle')
      return null
    }
    if (!passive) inside.usedAtMs = this.#ports.clock.monotonicMs()
    return { ...inside, user }
  }

  async leave(token: string, why: DoorFactData['signedOut']['why']): Promise<void> {
    const inside = this.#inside.get(token)
    if (!this.#inside.delete(token) || !inside) return
    const atMs = this.#ports.clock.nowMs()
    const data = { userId: inside.user.userId, why }
    await this.#ports.ledger.append([{ checkoutId: DOOR_STREAM, type: 'signedOut', atMs, data }])
  }

  /** A customer has begun at the lane, or somebody else gets in there. */
  async leaveLane(lane: string, why: 'asked' | 'customer'): Promise<void> {
    for (const [token, inside] of this.#inside) if (inside.lane === lane) await this.leave(token, why)
  }

  /** Somebody is no longer one of the shop's people. */
  async leaveUser(userId: string): Promise<void> {
    for (const [token, inside] of this.#inside)
      if (inside.user.userId === userId) await this.leave(token, 'removed')
  }

  /** `refuse`: why this person's PIN is not the one that is asked for; then it is a wrong one. */
  #tryPin(
    lane: string,
    pin: string,
    second: boolean,
    refuse: (user: DeskUser) => DeskFailure | null = () => null,
  ): Promise<Result<DeskUser, DeskFailure>> {
    const tried = this.#trying.then(async (): Promise<Result<DeskUser, DeskFailure>> => {
      const { staff } = this.#ports
      if (staff.isEmpty) return fail({ kind: 'notSetUp' })
      if (this.waitMs > 0) return fail({ kind: 'pinLocked', waitMs: this.waitMs })
      const tries = this.#tries + 1
      const before = this.#guessesNow()
      const data = { lane, tries, guesses: before + 1 }
      await this.#write({ type: 'pinTried', atMs: this.#ports.clock.nowMs(), data })
      this.#count(tries)
      this.#guess(before + 1)
      const user = await staff.whose(pin)
      if (!user) return fail({ kind: 'wrongPin', waitMs: this.waitMs })
      const refusal = refuse(user)
      if (refusal) return fail(refusal)
      await this.#accept({ lane, userId: user.userId, second, guesses: before })
      return ok(user)
    })
    this.#trying = tried.catch(() => undefined)
    return tried
  }

  #count(tries: number): void {
    this.#tries = tries
    this.#shutUntilMs = this.#ports.clock.monotonicMs() + waitAfter(tries)
  }

  #guess(guesses: number): void {
    this.#guesses = guesses
    this.#guessesAtMs = this.#ports.clock.monotonicMs()
  }

  #guessesNow(): number {
    return Math.max(0, this.#guesses - (this.#ports.clock.monotonicMs() - this.#guessesAtMs) / LOCK_MS)
  }

  #open(lane: string, user: DeskUser): Session {
    const token = this.#ports.random.word(24)
    const nowMs = this.#ports.clock.monotonicMs()
    this.#inside.set(token, { token, user, lane, sinceMs: nowMs, usedAtMs: nowMs })
    return { token, user, idleMs: IDLE_MS }
  }

  async #accept(data: Extract<PinFact, { type: 'pinAccepted' }>['data']): Promise<void> {
    await this.#write({ type: 'pinAccepted', atMs: this.#ports.clock.nowMs(), data })
    this.#count(0)
    this.#guess(data.guesses)
  }

  async #write(fact: PinFact): Promise<void> {
    await this.#ports.ledger.append([{ checkoutId: PIN_STREAM, ...fact }])
  }
}
