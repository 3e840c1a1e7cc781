import type { AttendantInputOf, AttendantMethod, AttendantOutputOf } from '../shared/attendant.ts'
import type { DeskCheckout, DeskFailure } from '../shared/desk.ts'
import type { Result } from '../shared/result.ts'
import type { Chance } from './chance.ts'
import { type Errand, errandAbout } from './errands.ts'
import type { Setting } from './setting.ts'
import { people } from './staff.ts'
import type { VirtualTime } from './time.ts'

/** The attendant's contract at a host; null: there is no host that could hear it. */
export type Desk = <M extends AttendantMethod>(
  method: M,
  input: object,
) => Promise<Result<AttendantOutputOf<M>, DeskFailure>> | null

type Said<M extends AttendantMethod> = Result<AttendantOutputOf<M>, DeskFailure> | null
type What = AttendantInputOf<'giveBack'>['what']

/** Whoever gets no answer for so long loads the page again. */
const PATIENCE_MS = 40_000
/** Somebody who is told "not now" so often leaves it. */
const MOST_TRIES = 8
/** What says nothing about the money: the same is tried again. */
const notNow: ReadonlySet<string> = new Set(['signedOut', 'pinLocked', 'wrongPin', 'laneClosed'])

/**
 * The people behind the counter. Somebody comes back with their receipt, or a case is open: a person signs in, looks for the
 * checkout, and decides. They read answers as people do; what they do not hear of they ask for again, with the same decision.
 */
export class Attendants {
  /** Nobody begins anything any more. */
  isClosing = false
  readonly #time: VirtualTime
  readonly #chance: Chance
  readonly #setting: Setting
  readonly #desk: Desk
  readonly #isOpen: () => boolean
  readonly #errandAbout: typeof errandAbout
  #out = 0
  #decisions = 0
  readonly #forHost: (() => void)[] = []
  readonly #forMorning: (() => void)[] = []

  constructor(options: {
    time: VirtualTime
    chance: Chance
    setting: Setting
    desk: Desk
    /** A host runs. */
    isOpen: () => boolean
    /** Instead of what is drawn. */
    errandAbout?: typeof errandAbout | undefined
  }) {
    this.#time = options.time
    this.#chance = options.chance
    this.#setting = options.setting
    this.#desk = options.desk
    this.#isOpen = options.isOpen
    this.#errandAbout = options.errandAbout ?? errandAbout
  }

  /** Nobody has anything in mind, but for tomorrow. */
  get isIdle(): boolean {
    return this.#out === this.#forMorning.length
  }

  /** Somebody may have a reason to come to the desk. */
  hears(checkoutId: string, about: 'delivered' | 'case') {
    if (this.isClosing) return
    const errand = this.#errandAbout(this.#chance, this.#setting, about)
    if (errand) void this.#goes(checkoutId, errand)
  }

  /** A host runs. */
  hostRuns() {
    for (const go of this.#forHost.splice(0)) go()
  }

  /** The shop opens again after a night. */
  morning() {
    for (const go of this.#forMorning.splice(0)) go()
  }

  async #goes(checkoutId: string, errand: Errand): Promise<void> {
    this.#out += 1
    if (errand.afterMs === 'tomorrow') {
      await new Promise<void>(resolve => this.#forMorning.push(resolve))
      await this.#pass(this.#chance.whole(1_000, 60_000))
    } else await this.#pass(errand.afterMs)
    if (errand.rival) void this.#goes(checkoutId, errand.rival)
    await this.#decides(checkoutId, errand)
    this.#out -= 1
  }

  /** One decision, until it is heard. */
  async #decides(checkoutId: string, errand: Errand): Promise<void> {
    this.#decisions += 1
    const decisionId = `decision-${this.#decisions}`
    let who = errand.person
    let secondPin: string | null = null
    let what: What | null = null
    let again = errand.againAfterMs
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      if (tries > 0) await this.#pass(this.#chance.whole(500, 8_000))
      const session = await this.#signIn(errand.lane ?? `desk-${who}`, who)
      if (this.isClosing) return
      if (session === null) continue
      // With the same decision only what was decided first is sent again, whatever the desk shows by now.
      let move: Errand['want'] | null = errand.want
      if (what === null) {
        const found = await this.#find(checkoutId, session)
        if (found === null) continue
        move = moveFor(errand, found)
        what = this.#whatOf(errand, found)
      }
      if (move === null || this.isClosing) return
      const answer = await this.#act(move, errand.taps, { session, checkoutId, decisionId, what, secondPin })
      if (answer === null) continue
      if (answer.ok) {
        if (again === null) return
        await this.#pass(again)
        again = null
        continue
      }
      const { kind } = answer.failure
      if (kind === 'secondPersonNeeded') secondPin = people[(who + 1) % people.length]?.pin ?? null
      else if (kind === 'aboveLimit' || kind === 'notAllowed') who = 0
      else if (!notNow.has(kind)) return
    }
  }

  async #signIn(lane: string, who: number): Promise<string | null> {
    const answer = await this.#ask('signIn', { lane, pin: people[who]?.pin ?? '' })
    return answer?.ok ? answer.value.token : null
  }

  /** By what the receipt says, then the whole of it. */
  async #find(checkoutId: string, session: string): Promise<DeskCheckout | null> {
    const query = { words: [], lane: null, fromMs: null, toMs: null, before: null, limit: 20 }
    const page = await this.#ask('findCheckouts', { session, text: checkoutId, ...query })
    const row = page?.ok ? page.value.rows[0] : undefined
    if (!row) return null
    const answer = await this.#ask('getCheckout', { session, checkoutId: row.checkoutId })
    return answer?.ok ? answer.value : null
  }

  /** What goes back, by what the desk shows now. */
  #whatOf({ want }: Errand, { giveBack }: DeskCheckout): What {
    if (!giveBack.possible) return { kind: 'whole' }
    if (want === 'amount') {
      // Now and then somebody types one digit too many.
      const mostYen = giveBack.leftYen * (this.#chance.percent(15) ? 10 : 1)
      return { kind: 'amount', amountYen: this.#chance.whole(1, mostYen) }
    }
    const lines = (giveBack.leftOfLines ?? []).flatMap((left, line) => (left > 0 ? [{ line, left }] : []))
    if (want !== 'lines' || lines.length === 0) return { kind: 'whole' }
    const { line, left } = this.#chance.pick(lines)
    return { kind: 'lines', lines: [{ line, quantity: this.#chance.whole(1, left) }] }
  }

  /** The last answer of as many taps. */
  async #act(
    move: Errand['want'],
    taps: number,
    wish: {
      session: string
      checkoutId: string
      decisionId: string
      what: What | null
      secondPin: string | null
    },
  ): Promise<Said<'giveBack'>> {
    const { session, checkoutId } = wish
    const tap = (): Promise<Said<'giveBack'>> => {
      if (move === 'handOver') return this.#ask('handOver', { session, checkoutId })
      if (move === 'close')
        return this.#ask('closeCase', { session, checkoutId, reason: 'given back in cash' })
      return this.#ask('giveBack', { ...wish, reason: 'customer', note: '' })
    }
    const answers = await Promise.all(Array.from({ length: taps }, tap))
    return answers.at(-1) ?? null
  }

  /** Null: nothing was heard. Whoever finds no host waits until one runs. */
  async #ask<M extends AttendantMethod>(method: M, input: object): Promise<Said<M>> {
    if (!this.#isOpen()) await new Promise<void>(resolve => this.#forHost.push(resolve))
    if (this.isClosing) return null
    return new Promise(resolve => {
      const callOff = this.#time.after(PATIENCE_MS, () => resolve(null))
      void this.#desk(method, input)?.then(answer => {
        callOff()
        resolve(answer)
      })
    })
  }

  #pass(ms: number): Promise<void> {
    return new Promise(resolve => void this.#time.after(ms, resolve))
  }
}

/** What somebody does about it, by what the desk offers; null: nothing. */
function moveFor({ want }: Errand, { caseMoves, openCase }: DeskCheckout): Errand['want'] | null {
  if (want === 'close') return openCase === null ? null : want
  if (want !== 'handOver') return want
  return caseMoves.includes('handOver') ? want : null
}
