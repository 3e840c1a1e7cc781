import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Program, Ready } from '../host.ts'
import { Chance } from './chance.ts'
import { Checker } from './checker.ts'
import { Lane } from './lane.ts'
import { sumsOf } from './ledger.ts'
import type { Options } from './options.ts'
import { type PaypayBook, readPaypay } from './paypayBook.ts'
import { Phone } from './phone.ts'
import { countOutcomes, type Report, trace } from './report.ts'
import type { Rig } from './rig.ts'
import { ToldBook } from './told.ts'
import { drawFaults, drawSwitches } from './weather.ts'

/** The load begins when a screen is told that the till sells; the host dies so long after that. */
const LIFE_MS = { least: 50, most: 1_500 } as const
/** With bad weather it may not sell at all, and dies all the same. */
const LOAD_MOST_MS = 1_500
/** About as long as a start takes. */
const START_MS = 700
/** A create that was never answered is looked at for 45 s, and a last look comes 10 s after a dead code's last word. */
const SETTLE_MOST_MS = 120_000
/** The whole chain is walked by `npm run ledger -- verify` once in so many rounds, and at the end. */
const VERIFY_EVERY = 20

/** Rounds of load and kill -9 on one folder, then calm, then the last reckoning. */
export class Run {
  readonly checker = new Checker()
  readonly #rig: Rig
  readonly #options: Options
  readonly #chance: Chance
  readonly #told = new ToldBook()
  readonly #lanes: Lane[]
  readonly #startedAtMs = performance.now()
  #book: PaypayBook | null = null
  #kills = 0
  #killsAtStart = 0
  #rounds = 0
  #roundsMs = 0
  #settleMs = 0
  #snapshotsToDeath = Number.POSITIVE_INFINITY
  #sells: () => void = () => {}
  #dies: () => void = () => {}

  constructor(rig: Rig, options: Options) {
    this.#rig = rig
    this.#options = options
    this.#chance = new Chance(options.seed, 0)
    const phone = new Phone(rig.paypay)
    this.#lanes = Array.from(
      { length: options.lanes },
      (_, index) =>
        new Lane({
          name: `lane-${index + 1}`,
          url: rig.url,
          chance: new Chance(options.seed, index + 1),
          phone,
          told: this.#told,
          onSnapshot: view => this.#snapshot(view.selling.open),
        }),
    )
  }

  get isClean(): boolean {
    return this.checker.violations.length === 0
  }

  /** Stops at the first round that shows a violation. */
  async rounds(tell: (round: number) => void): Promise<void> {
    const fromMs = performance.now()
    while (this.#rounds < this.#options.rounds && this.isClean) {
      this.#rounds += 1
      await this.#round()
      if (this.#rounds % VERIFY_EVERY === 0) await this.#verify()
      tell(this.#rounds)
    }
    this.#roundsMs = performance.now() - fromMs
  }

  /** Faults off, nobody new: everything has to end by itself. */
  async settle(): Promise<void> {
    const fromMs = performance.now()
    await this.#rig.setFaults([])
    const host = this.#rig.startHost()
    await host.ready<Ready>()
    for (const lane of this.#lanes) lane.close()
    while (performance.now() - fromMs < SETTLE_MOST_MS && !this.#isSettled()) await sleep(250)
    this.#settleMs = performance.now() - fromMs
    await host.end('SIGKILL')
    await this.#check(host)
    this.checker.atTheEnd(this.#rig.dataDir, await this.#paypayBook())
    await this.#verify()
  }

  end(): void {
    for (const lane of this.#lanes) lane.end()
  }

  async report(): Promise<Report> {
    const { checker } = this
    const { capturedYen, returnedYen, keptYen, codes } = await this.#paypayBook()
    const inSeconds = (ms: number): number => Number((ms / 1000).toFixed(1))
    return {
      seed: this.#options.seed,
      lanes: this.#options.lanes,
      rounds: this.#rounds,
      kills: this.#kills,
      killsAtStart: this.#killsAtStart,
      checkouts: checker.known.all.size,
      codes: codes.length,
      facts: checker.facts,
      snapshots: this.#lanes.reduce((sum, lane) => sum + lane.snapshots, 0),
      faultsInjected: Object.values(this.#rig.faults).reduce((sum, count) => sum + count, 0),
      faults: this.#rig.faults,
      outcomes: countOutcomes(checker),
      capturedYen,
      returnedYen,
      keptYen,
      deliveredYen: sumsOf(this.#rig.dataDir).deliveredYen,
      lost: checker.violations.filter(({ isLoss }) => isLoss).length,
      violations: checker.violations.length,
      secondsOfRounds: inSeconds(this.#roundsMs),
      secondsToSettle: inSeconds(this.#settleMs),
      seconds: inSeconds(performance.now() - this.#startedAtMs),
    }
  }

  async traces(): Promise<string[]> {
    const book = await this.#paypayBook()
    return this.checker.violations.slice(0, 3).flatMap(violation => trace(violation, this.checker, book))
  }

  async #round(): Promise<void> {
    const chance = this.#chance
    await this.#rig.setFaults(drawFaults(chance))
    if (chance.percent(40)) await this.#rig.paypay.put('switches', drawSwitches(chance))
    const lifeMs = chance.whole(LIFE_MS.least, LIFE_MS.most)
    const atStart = chance.percent(10) ? chance.whole(0, START_MS) : null
    // A third of the kills falls into the very moment in which a screen is told something.
    const onSnapshot = chance.percent(33)
      ? chance.whole(1, 4 * this.#options.lanes)
      : Number.POSITIVE_INFINITY
    const host = this.#rig.startHost()
    if (atStart === null) {
      const load = new Promise<void>(resolve => {
        this.#sells = resolve
      })
      const death = new Promise<void>(resolve => {
        this.#dies = resolve
      })
      this.#snapshotsToDeath = onSnapshot
      if (!(await this.#isReady(host))) return
      await Promise.race([load, sleep(LOAD_MOST_MS), death])
      await Promise.race([sleep(lifeMs), death])
      this.#snapshotsToDeath = Number.POSITIVE_INFINITY
    } else {
      await sleep(atStart)
      this.#killsAtStart += 1
    }
    await host.end('SIGKILL')
    this.#kills += 1
    await this.#check(host)
  }

  async #isReady(host: Program): Promise<boolean> {
    try {
      await host.ready<Ready>()
      return true
    } catch (error) {
      this.checker.violated('I12', '', `the host does not start: ${String(error)}`, true)
      return false
    }
  }

  /** In this order: what was taken before the ledger is read must be in it. */
  async #check(host: Program): Promise<void> {
    const told = this.#told.entries()
    const book = await this.#paypayBook()
    if (this.#told.entries().length > 0 || book.codes.length > 0)
      this.checker.afterKill(this.#rig.dataDir, book, told)
    for (const line of host.stderr.split('\n'))
      if (/this is a bug|may not follow|"level":(50|60)/.test(line))
        this.checker.violated('engine', '', line.slice(0, 400))
  }

  async #verify(): Promise<void> {
    const { sound, unproven } = await this.#rig.verify()
    if (!sound) this.checker.violated('I13', '', 'npm run ledger -- verify: the ledger is not sound', true)
    if (unproven.length > 0)
      this.checker.violated('proof', '', `outcomes without proof: ${JSON.stringify(unproven).slice(0, 300)}`)
  }

  async #paypayBook(): Promise<PaypayBook> {
    this.#book = await readPaypay(this.#rig.paypay)
    return this.#book
  }

  #isSettled(): boolean {
    if (this.#lanes.some(({ phonesOut }) => phonesOut > 0)) return false
    return sumsOf(this.#rig.dataDir).open === 0
  }

  #snapshot(isSelling: boolean): void {
    if (isSelling) this.#sells()
    this.#snapshotsToDeath -= 1
    if (this.#snapshotsToDeath <= 0) this.#dies()
  }
}
