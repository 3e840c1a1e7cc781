import { parseCatalogue } from '../core/catalogue.ts'
import type { Handover } from '../core/checkout/driver.ts'
import { defaultSettings } from '../core/config.ts'
import { type Kiosk, openKiosk } from '../core/kiosk.ts'
import { type Ledger, LedgerBroken, type NewFact } from '../core/ledger/ledger.ts'
import { emptyDisk, type MemoryDisk, openMemoryLedger, type WriteFate } from '../core/ledger/memory.ts'
import type { Log } from '../core/log.ts'
import { Secret } from '../core/secret.ts'
import type { Chance } from './chance.ts'
import type { Invariants } from './invariants.ts'
import type { Paypay } from './paypay.ts'
import type { Setting } from './setting.ts'
import { hire, quickPinHash } from './staff.ts'
import { clockOf, type VirtualTime, WallClock } from './time.ts'

/** Something that befell the host or its machine, besides the faults of single requests. */
export type Mishap =
  | 'kill'
  | 'writeFailed'
  | 'diedBeforeWrite'
  | 'diedAfterWrite'
  | 'clockSet'
  | 'diskFull'
  | 'handoverFailed'

export const catalogue = parseCatalogue(
  JSON.stringify({
    categories: [{ id: 'drink', names: { ja: '飲みもの' } }],
    products: [
      {
        id: 'tea',
        names: { ja: '緑茶' },
        priceYen: 160,
        taxRate: 8,
        category: 'drink',
        image: null,
        available: true,
      },
      {
        id: 'bag',
        names: { ja: '袋' },
        priceYen: 220,
        taxRate: 10,
        category: 'drink',
        image: null,
        available: true,
      },
    ],
  }),
  'simulation',
)
const apiSecret = new Secret('secret')

/** What surrounds the machine. */
export type MachineParts = {
  readonly time: VirtualTime
  readonly setting: Setting
  readonly chance: Chance
  readonly paypay: Paypay
  readonly invariants: Invariants
  readonly tell: (line: () => string) => void
  /** Instead of drawn fates: what becomes of the nth write, from 1. */
  readonly fateAt: ((nth: number) => WriteFate) | undefined
  /** Facts have become durable. */
  readonly durable: (facts: readonly NewFact[]) => void
  /** The host runs: pages may find it. */
  readonly runs: (kiosk: Kiosk, isAlive: () => boolean) => void
  /** The host is gone, and with it every page's connection. */
  readonly dies: () => void
}

/** The till's computer: its disk, its clock, its hatch, and one life of the host after the other. */
export class Machine {
  readonly disk: MemoryDisk = emptyDisk()
  readonly wall: WallClock
  readonly mishaps = new Map<Mishap, number>()
  isDiskFull = false
  /** Faults are off. */
  isCalm = false
  /** How many writes the ledger was asked for. */
  writes = 0
  readonly #parts: MachineParts
  readonly #released = new Set<string>()
  #life = { isAlive: false }
  #kiosk: Kiosk | null = null
  #callOffBoot: () => void = () => undefined

  constructor(parts: MachineParts) {
    this.#parts = parts
    this.wall = new WallClock(parts.time)
    hire(this.disk, parts.time.nowMs)
  }

  /** The host, while it runs. */
  get kiosk(): Kiosk | null {
    return this.#life.isAlive ? this.#kiosk : null
  }

  get isAlive(): boolean {
    return this.#life.isAlive
  }

  /** Nothing of the host happens any more. */
  end(): void {
    this.#life.isAlive = false
  }

  befalls(mishap: Mishap, detail = ''): void {
    this.mishaps.set(mishap, (this.mishaps.get(mishap) ?? 0) + 1)
    this.#parts.tell(() => `*** ${mishap} ${detail}`)
  }

  /** Starts the host after a while; an earlier plan to start it is dropped. */
  boot(afterMs: number): void {
    const { time, setting, chance, paypay, tell, runs } = this.#parts
    this.#callOffBoot()
    this.#callOffBoot = time.after(afterMs, () => {
      const life = { isAlive: true }
      this.#life = life
      const isAlive = (): boolean => life.isAlive
      void openKiosk(
        {
          mode: 'training',
          settings: { ...defaultSettings, moneyBack: setting.moneyBack },
          catalogue,
          credentials: { apiKey: 'key', apiSecret },
        },
        {
          ledger: this.#ledger(isAlive),
          transport: paypay.transport(isAlive),
          clock: clockOf(time, this.wall, isAlive),
          log: this.#log(isAlive),
          random: { fraction: chance.next, word: bytes => chance.word(bytes) },
          handover: this.#handover(isAlive),
          pinHash: quickPinHash,
          disk: { freeBytes: async () => (this.isDiskFull ? 0 : 1e12) },
        },
      )
        .then(kiosk => {
          if (!life.isAlive) return
          this.#kiosk = kiosk
          tell(() => `the host runs; ${kiosk.recovered} were open`)
          runs(kiosk, isAlive)
        })
        .catch((error: unknown) => {
          // A ledger that fails at the start ends the host with a sentence; it is started again.
          if (!(error instanceof LedgerBroken)) throw error
          if (life.isAlive) this.die('kill', 2_000)
        })
    })
  }

  /** The process ends where it stands; somebody or something starts it again. */
  die(how: Mishap, downMs: number): void {
    this.befalls(how)
    this.#isOff(downMs)
  }

  /** Somebody switches it off for the night. */
  switchOff(downMs: number): void {
    this.#parts.tell(() => 'the machine is switched off')
    this.#isOff(downMs)
  }

  #isOff(downMs: number): void {
    this.#life.isAlive = false
    this.#kiosk = null
    this.#parts.dies()
    this.boot(this.isCalm ? 100 : downMs)
  }

  #ledger(isAlive: () => boolean): Ledger {
    const { time, setting, chance, durable, tell } = this.#parts
    let fate: WriteFate = 'written'
    const inner = openMemoryLedger(this.disk, () => fate)
    const dead = new Promise<never>(() => undefined)
    return {
      ...inner,
      append: async facts => {
        if (!isAlive()) return dead
        fate = this.#fateOf()
        const before = this.disk.head.seq
        const written = inner.append(facts)
        // Where the process dies nobody hears of a failure.
        written.catch(() => undefined)
        if (this.disk.head.seq > before) {
          for (const fact of facts)
            tell(() => `     fact ${fact.type} ${fact.checkoutId} ${JSON.stringify(fact.data)}`)
          durable(facts)
        }
        if (fate === 'diesBefore' || fate === 'diesAfter') {
          this.die(fate === 'diesBefore' ? 'diedBeforeWrite' : 'diedAfterWrite', chance.whole(50, 20_000))
          return dead
        }
        if (fate !== 'written') {
          // Selling has stopped; a person looks at the disk and starts the till again.
          this.befalls('writeFailed')
          const life = this.#life
          time.after(chance.whole(2_000, 15_000), () => life.isAlive && this.die('kill', 500))
        }
        if (!setting.slowDisk) return written
        await new Promise<void>(resolve => time.after(chance.whole(1, 25), resolve))
        return isAlive() ? written : dead
      },
    }
  }

  #fateOf(): WriteFate {
    this.writes += 1
    const { fateAt, chance, setting } = this.#parts
    if (fateAt) return this.isCalm ? 'written' : fateAt(this.writes)
    const { writesFailing, writesDying } = setting
    if (this.isCalm || writesFailing + writesDying === 0) return 'written'
    const draw = chance.next() * 1000
    if (draw < writesFailing) return draw < writesFailing / 2 ? 'failsBefore' : 'failsAfter'
    if (draw < writesFailing + writesDying)
      return draw < writesFailing + writesDying / 2 ? 'diesBefore' : 'diesAfter'
    return 'written'
  }

  /** The hatch: asked twice for one checkout, it opens once. */
  #handover(isAlive: () => boolean): Handover {
    const { chance, setting, invariants, tell } = this.#parts
    return {
      release: async checkoutId => {
        if (!isAlive()) return new Promise<never>(() => undefined)
        if (this.#released.has(checkoutId)) return { done: true }
        if (!this.isCalm && chance.percent(setting.handoverFailsPercent)) {
          this.befalls('handoverFailed')
          return { done: false, says: 'the hatch is stuck' }
        }
        this.#released.add(checkoutId)
        tell(() => `GOODS for ${checkoutId}`)
        invariants.releases(checkoutId)
        return { done: true }
      },
    }
  }

  #log(isAlive: () => boolean): Log {
    const { tell, invariants } = this.#parts
    const write = (event: object, says: string): void =>
      tell(() => `     log: ${says} ${JSON.stringify(event)}`)
    return {
      info: () => undefined,
      warn: write,
      error: (event, says) => {
        if (!isAlive()) return
        write(event, says)
        // A ledger that was made to fail is allowed to say so.
        if (!says.includes('selling stops')) invariants.violated('bug', `${says} ${JSON.stringify(event)}`)
      },
    }
  }
}
