import type { Kiosk } from '../core/kiosk.ts'
import { proveAll } from '../core/ledger/certificate.ts'
import { everything, type NewFact } from '../core/ledger/ledger.ts'
import { openMemoryLedger, type WriteFate } from '../core/ledger/memory.ts'
import { verifyLedger } from '../core/ledger/walk.ts'
import type { WireRequest } from '../core/paypay/transport.ts'
import type { Result } from '../shared/result.ts'
import { Attendants, type Desk } from './attendants.ts'
import { Chance } from './chance.ts'
import type { errandAbout } from './errands.ts'
import type { FaultKind } from './faults.ts'
import { Invariants, type Violation } from './invariants.ts'
import { catalogue, Machine, type Mishap } from './machine.ts'
import { Paypay } from './paypay.ts'
import { drawPlan, Lane, type Plan } from './people.ts'
import type { Setting } from './setting.ts'
import { VirtualTime } from './time.ts'

/** A product, at the price that its customer looks at. */
const seen = (productId: string) => ({
  productId,
  seenPriceYen: catalogue.products.find(one => one.id === productId)?.priceYen,
})

export type WorldReport = {
  readonly seed: number
  readonly checkouts: number
  readonly outcomes: Readonly<Record<'delivered' | 'returned' | 'neverPayable' | 'decided' | 'case', number>>
  /** What people did at the desk. */
  readonly byPeople: Readonly<Record<ByPeople, number>>
  readonly faults: ReadonlyMap<FaultKind | 'outage', number>
  readonly mishaps: ReadonlyMap<Mishap, number>
  readonly requests: number
  readonly facts: number
  /** From the moment when the faults were off to the last outcome, ms. */
  readonly slowestSettlementMs: number
  readonly violations: readonly Violation[]
  /** How many requests were not probes, and how many writes the ledger was asked for, while faults were on. */
  readonly calls: number
  readonly writes: number
}

export type ByPeople =
  | 'given back by cancel'
  | 'given back by refund'
  | 'refused'
  | 'under way'
  | 'handed over'

export type WorldOptions = {
  readonly seed: number
  readonly setting: Setting
  /** Instead of drawn customers: these, one after the other, on the first lane. */
  readonly plans?: readonly Plan[]
  /** Instead of drawn errands: why somebody comes to the desk. */
  readonly errandAbout?: typeof errandAbout
  /** Instead of drawn faults: what meets the nth request, from 1. */
  readonly faultAt?: (nth: number) => FaultKind | null
  /** Instead of drawn fates: what becomes of the nth write, from 1. */
  readonly fateAt?: (nth: number) => WriteFate
  /** Told of everything that happens, line by line. */
  readonly trace?: (line: string) => void
  /** At the end the chain is walked, and every outcome is proven from its facts. */
  readonly walks?: boolean
}

/** Without faults everything has to end within this (I14). */
const LIVENESS_MS = 60_000
/** A refusal is believed only when nothing that was sent before, and not answered, can arrive any more. */
const REFUSAL_MS = 60_000
/** The shop is open for so long on the second day. */
const SECOND_DAY_MS = 5 * 60_000
/** After the end somebody may still approve on a phone, and what PayPay has not answered may still be carried out. */
const AFTERGLOW_MS = 90_000
/** The till closes from a minute of skew on, and PayPay's Date tells it to a second or two. */
const CLOCK_SURELY_WRONG_MS = 63_000
const MOST_EVENTS = 400_000

/** One world: the production engine, everything around it simulated, one seed. */
export class World {
  readonly #options: WorldOptions
  readonly #setting: Setting
  readonly #time: VirtualTime
  readonly #chance: Chance
  readonly #people: Chance
  readonly #paypay: Paypay
  readonly #invariants: Invariants
  readonly #machine: Machine
  readonly #lanes: Lane[]
  readonly #attendants: Attendants
  #night: 'ahead' | 'begun' | 'over'
  readonly #dark = new Set<string>()
  #isCalm = false
  #hasWaited = false
  #phase: 'safety' | 'liveness' | 'afterglow' | 'over' = 'safety'
  #phaseEndsMs: number
  #calmAtMs = 0
  #slowestMs = 0
  #asked = 0
  #requests = 0

  constructor(options: WorldOptions) {
    const { seed, setting } = options
    this.#options = options
    this.#setting = setting
    this.#time = new VirtualTime(setting.startMs)
    this.#chance = new Chance(seed, 2)
    this.#people = new Chance(seed, 3)
    this.#invariants = new Invariants(this.#time, () => this.#paypay.book)
    this.#paypay = new Paypay(this.#time, new Chance(seed, 4), setting.switches, {
      sends: (request, body) => {
        this.#tell(
          () => `  -> ${request.method} ${request.path} ${body === undefined ? '' : JSON.stringify(body)}`,
        )
        this.#invariants.sends(request, body)
      },
      writes: change => {
        this.#tell(() => `     PayPay's book: ${JSON.stringify(change)}`)
        this.#invariants.writes(change)
      },
    })
    this.#paypay.staleMostMs = setting.staleMostMs
    this.#paypay.faultOf = request => this.#faultOf(request)
    this.#machine = new Machine({
      time: this.#time,
      setting,
      chance: this.#chance,
      paypay: this.#paypay,
      invariants: this.#invariants,
      tell: line => this.#tell(line),
      fateAt: options.fateAt,
      durable: facts => this.#durable(facts),
      runs: (kiosk, isAlive) => this.#runs(kiosk, isAlive),
      dies: () => this.#stopWatching.clear(),
    })
    this.#lanes = Array.from({ length: setting.lanes }, (_, index) => this.#lane(`lane-${index + 1}`))
    this.#attendants = new Attendants({
      time: this.#time,
      chance: new Chance(seed, 5),
      setting,
      desk: this.#desk,
      isOpen: () => this.#machine.kiosk !== null,
      errandAbout: options.errandAbout,
    })
    this.#night = setting.nightMs === null ? 'over' : 'ahead'
    this.#phaseEndsMs = setting.startMs + setting.safetyMostMs
    this.#plan()
    this.#machine.boot(0)
  }

  get isOver(): boolean {
    return this.#phase === 'over'
  }

  /** Lets the next thing happen. What it sets off in promises has to be done before the next call. */
  step(): void {
    if (this.#time.events > MOST_EVENTS) {
      this.#invariants.violated('I14', `${MOST_EVENTS} events and no end`)
      this.#phase = 'over'
      return
    }
    if (this.#isEvening()) this.#nightFalls()
    if (this.#isPhaseDone() || !this.#time.step(this.#phaseEndsMs)) this.#nextPhase()
  }

  async report(): Promise<WorldReport> {
    const { checkouts, violations } = this.#invariants
    if (this.#options.walks) {
      const verdict = await verifyLedger(openMemoryLedger(this.#machine.disk))
      if (!verdict.sound) this.#invariants.violated('I13', verdict.what)
      await proveAll(openMemoryLedger(this.#machine.disk), (checkoutId, missing) =>
        this.#invariants.violated('I2', `${checkoutId}: its outcome has no proof: ${missing}`),
      )
    }
    const outcomes = { delivered: 0, returned: 0, neverPayable: 0, decided: 0, case: 0 }
    for (const { outcome, hasCase, isDecided } of checkouts.values()) {
      if (hasCase) outcomes.case += 1
      else if (isDecided && outcome === null) outcomes.decided += 1
      else if (outcome !== null) outcomes[outcome as keyof typeof outcomes] += 1
    }
    return {
      seed: this.#options.seed,
      checkouts: checkouts.size,
      outcomes,
      byPeople: this.#invariants.byPeople(),
      faults: this.#paypay.injected,
      mishaps: this.#machine.mishaps,
      requests: this.#paypay.requests,
      facts: this.#machine.disk.facts.length,
      slowestSettlementMs: this.#slowestMs,
      violations,
      calls: this.#requests,
      writes: this.#machine.writes,
    }
  }

  /** What befalls the machine, at its time. */
  #plan(): void {
    const { outages, kills, clockSettings, diskFull } = this.#setting
    const during = ([fromMs, toMs]: readonly [number, number], set: (on: boolean) => void): void => {
      this.#time.after(fromMs, () => this.#isCalm || set(true))
      this.#time.after(toMs, () => this.#isCalm || set(false))
    }
    for (const span of outages) during(span, on => this.#setAway(on))
    for (const span of diskFull)
      during(span, on => {
        this.#machine.isDiskFull = on
        this.#hazard('the disk is full', on)
        if (on) this.#machine.befalls('diskFull')
      })
    for (const [atMs, downMs] of kills)
      this.#time.after(atMs, () => {
        if (!this.#isCalm && this.#machine.isAlive) this.#machine.die('kill', downMs)
      })
    for (const [atMs, offsetMs, forMs] of clockSettings) {
      this.#time.after(atMs + forMs, () => this.#rightClock())
      this.#time.after(atMs, () => {
        if (this.#isCalm) return
        this.#machine.befalls('clockSet', String(offsetMs))
        this.#machine.wall.frozenAtMs = offsetMs === 'frozen' ? this.#machine.wall.nowMs() : null
        if (offsetMs === 'frozen') return this.#hazard('the clock is wrong', false)
        this.#machine.wall.offsetMs = offsetMs
        this.#hazard('the clock is wrong', Math.abs(offsetMs) >= CLOCK_SURELY_WRONG_MS)
      })
    }
  }

  #rightClock() {
    this.#machine.wall.offsetMs = 0
    this.#machine.wall.frozenAtMs = null
    this.#hazard('the clock is wrong', false)
  }

  #setAway(isAway: boolean): void {
    this.#paypay.isAway = isAway
    this.#hazard('PayPay is away', isAway)
    this.#tell(() => `PayPay is ${isAway ? 'away' : 'back'}`)
  }

  #hazard(hazard: string, isThere: boolean) {
    const { hazards } = this.#invariants
    if (!isThere) hazards.delete(hazard)
    else if (!hazards.has(hazard)) hazards.set(hazard, this.#time.nowMs)
  }

  get #areCustomersGone(): boolean {
    return this.#asked >= this.#setting.checkouts && this.#lanes.every(lane => lane.isIdle)
  }

  #isEvening(): boolean {
    if (this.#night !== 'ahead' || this.#phase !== 'safety') return false
    return this.#areCustomersGone && this.#machine.kiosk !== null
  }

  /** Somebody switches the machine off and goes home; in the morning it is switched on again. */
  #nightFalls(): void {
    const downMs = this.#setting.nightMs ?? 0
    this.#night = 'begun'
    this.#phaseEndsMs = this.#time.nowMs + downMs + SECOND_DAY_MS
    this.#machine.switchOff(downMs)
  }

  #isPhaseDone(): boolean {
    if (this.#phase === 'safety') {
      if (!this.#areCustomersGone || this.#night !== 'over' || !this.#attendants.isIdle) return false
      // A story is told to its end with faults on.
      return this.#options.plans === undefined || this.#isSettled()
    }
    if (this.#phase === 'liveness') return this.#isSettled()
    return this.#paypay.lateOut === 0 && this.#lanes.every(lane => lane.phonesOut === 0)
  }

  #isSettled(): boolean {
    return this.#machine.kiosk !== null && this.#invariants.isSettled
  }

  #nextPhase() {
    const { nowMs } = this.#time
    switch (this.#phase) {
      case 'safety':
        this.#phase = 'liveness'
        return this.#calm()
      case 'liveness':
        if (this.#isWaitingForRefusals()) return
        this.#slowestMs = nowMs - this.#calmAtMs
        this.#phase = 'afterglow'
        this.#phaseEndsMs = nowMs + AFTERGLOW_MS
        return
      case 'afterglow':
        this.#phase = 'over'
        this.#machine.end()
        void this.#closeTheBooks()
        return
      case 'over':
        return
      default:
        return this.#phase satisfies never
    }
  }

  /** Once more so long, if nothing else is open. */
  #isWaitingForRefusals(): boolean {
    if (this.#hasWaited || this.#isSettled() || !this.#invariants.waitsForRefusals) return false
    this.#hasWaited = true
    this.#phaseEndsMs = this.#time.nowMs + REFUSAL_MS
    return true
  }

  async #closeTheBooks(): Promise<void> {
    const ledger = openMemoryLedger(this.#machine.disk)
    const rows = await ledger.find({ ...everything, limit: Number.MAX_SAFE_INTEGER })
    this.#invariants.atTheEnd(await ledger.totals(), rows)
  }

  /** Faults are off: PayPay is there, the clock is right, the host runs, and people finish. */
  #calm(): void {
    this.#tell(() => 'the faults are off')
    this.#isCalm = true
    this.#machine.isCalm = true
    this.#machine.isDiskFull = false
    this.#rightClock()
    this.#paypay.isAway = false
    this.#paypay.staleMostMs = 0
    this.#dark.clear()
    this.#invariants.darkSinceMs.clear()
    this.#invariants.hazards.clear()
    for (const lane of this.#lanes) lane.isClosing = true
    this.#attendants.isClosing = true
    if (this.#machine.isAlive) for (const lane of this.#lanes) this.#attach(lane)
    else this.#machine.boot(100)
    for (const lane of this.#lanes) lane.lookAgain()
    const { nowMs } = this.#time
    this.#calmAtMs = nowMs
    // A cancel that PayPay is still carrying out, and a pause that it has asked for, are not over because faults are.
    const paypaysOwnMs =
      this.#setting.switches.cancelTakesMs + Math.max(0, this.#paypay.pausedUntilMs - nowMs)
    this.#phaseEndsMs = nowMs + LIVENESS_MS + paypaysOwnMs
  }

  #lane(name: string): Lane {
    const { plans } = this.#options
    let next = 0
    return new Lane({
      name,
      time: this.#time,
      paypay: this.#paypay,
      till: {
        call: (method, input) => this.#call(method, input),
        darken: (lane, forMs) => this.#darken(lane, forMs),
      },
      nextPlan: () => {
        if (this.#asked >= this.#setting.checkouts) return null
        this.#asked += 1
        next += 1
        return plans ? (plans[next - 1] ?? null) : drawPlan(this.#people)
      },
      order: () => ({
        kind: 'cart',
        lines: [
          { ...seen('tea'), quantity: this.#people.whole(1, 3) },
          ...(this.#people.percent(30) ? [{ ...seen('bag'), quantity: 1 }] : []),
        ],
      }),
    })
  }

  #call(method: string, input: object): void {
    const { kiosk } = this.#machine
    if (!kiosk) return
    this.#tell(() => `${method} ${JSON.stringify(input)}`)
    void (kiosk.dispatch(method, input) as Promise<Result<unknown>>).then(answer => {
      if (answer.ok) return
      this.#tell(() => `${method} is refused: ${JSON.stringify(answer.failure)}`)
      if (answer.failure.kind === 'internal')
        this.#invariants.violated('bug', `${method} answered "internal"`)
    })
  }

  readonly #desk: Desk = (method, input) => {
    const { kiosk } = this.#machine
    if (!kiosk) return null
    this.#tell(() => `desk: ${method} ${JSON.stringify(input)}`)
    const answered = kiosk.desk(method, input) as ReturnType<Desk>
    void answered?.then(answer => {
      if (answer.ok) return
      this.#tell(() => `desk: ${method} is refused: ${JSON.stringify(answer.failure)}`)
      if (answer.failure.kind === 'internal' || answer.failure.kind === 'badInput')
        this.#invariants.violated('bug', `${method} answered "${answer.failure.kind}"`)
    })
    return answered as never
  }

  /** Facts have become durable; some of them bring somebody to the desk. */
  #durable(facts: readonly NewFact[]): void {
    this.#invariants.durable(facts)
    for (const { checkoutId, type, data } of facts) {
      if (type === 'caseOpened' || type === 'moneyBackRefused') this.#attendants.hears(checkoutId, 'case')
      if (type === 'outcomeReached' && (data as { outcome: string }).outcome === 'delivered')
        this.#attendants.hears(checkoutId, 'delivered')
    }
  }

  /** A page that is loaded again, or that nobody looks at any more. */
  #darken(name: string, forMs: number): void {
    this.#dark.add(name)
    this.#invariants.darkSinceMs.set(name, this.#time.nowMs)
    this.#stopWatching.get(name)?.()
    this.#stopWatching.delete(name)
    this.#tell(() => `${name} is dark`)
    this.#time.after(forMs, () => {
      this.#dark.delete(name)
      this.#invariants.darkSinceMs.delete(name)
      const lane = this.#lanes.find(one => one.name === name)
      if (lane) this.#attach(lane)
    })
  }

  readonly #stopWatching = new Map<string, () => void>()
  #attach(lane: Lane): void {
    const { kiosk } = this.#machine
    if (this.#dark.has(lane.name) || this.#stopWatching.has(lane.name) || !kiosk) return
    lane.forget()
    const stop = kiosk.watchLane(lane.name, view => {
      // A dead host may still be in the middle of a sentence.
      if (this.#machine.kiosk !== kiosk) return
      this.#tell(() => `     ${lane.name} shows ${JSON.stringify(view.checkout?.status ?? view.selling)}`)
      this.#invariants.shows(view)
      lane.see(view)
    })
    this.#stopWatching.set(lane.name, stop)
  }

  /** The pages find their host again by and by. */
  #runs(kiosk: Kiosk, isAlive: () => boolean): void {
    this.#attendants.hostRuns()
    if (this.#night === 'begun') {
      this.#night = 'over'
      this.#attendants.morning()
    }
    for (const lane of this.#lanes)
      this.#time.after(
        this.#people.whole(100, 2_500),
        () => isAlive() && this.#machine.kiosk === kiosk && this.#attach(lane),
      )
  }

  #faultOf(request: WireRequest): FaultKind | null {
    const { faultAt } = this.#options
    const isProbe = request.path.includes('/probe-')
    if (!isProbe) this.#requests += 1
    if (this.#isCalm) return null
    if (faultAt) return isProbe ? null : faultAt(this.#requests)
    const percent = this.#setting.faultPercent[request.api] ?? 0
    if (percent === 0 || this.#setting.kinds.length === 0) return null
    return this.#chance.percent(percent) ? this.#chance.pick(this.#setting.kinds) : null
  }

  #tell(line: () => string): void {
    if (!this.#options.trace) return
    const sinceMs = Math.round(this.#time.nowMs - this.#setting.startMs)
    this.#options.trace(`${String(sinceMs).padStart(8)} ms  ${line()}`)
  }
}
