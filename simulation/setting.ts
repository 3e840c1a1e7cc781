import { defaultSettings, type Settings } from '../core/config.ts'
import { type Switches, switches } from '../simulator/switches.ts'
import { Chance } from './chance.ts'
import { type FaultKind, faultKinds } from './faults.ts'

/** How much goes wrong. `none`: PayPay and people are as they are, and nothing breaks. */
export type Weather = 'none' | 'mild' | 'harsh'

/** Everything about a world that is fixed by its seed before it begins. */
export type Setting = {
  readonly startMs: number
  readonly lanes: number
  readonly checkouts: number
  readonly switches: Switches
  readonly staleMostMs: number
  /** A read finds PayPay's answer changed by so many percent of all requests, by endpoint. */
  readonly faultPercent: Readonly<Record<string, number>>
  readonly kinds: readonly FaultKind[]
  /** PayPay cannot be reached: from when to when, ms after the start. */
  readonly outages: readonly (readonly [fromMs: number, toMs: number])[]
  /** kill -9, ms after the start, and how long the host is down. */
  readonly kills: readonly (readonly [atMs: number, downMs: number])[]
  /** Of a thousand writes so many fail, and in so many the process dies. */
  readonly writesFailing: number
  readonly writesDying: number
  /** The wall clock is set, ms after the start, to be wrong by so much, for so long. */
  readonly clockSettings: readonly (readonly [atMs: number, offsetMs: number | 'frozen', forMs: number])[]
  /** The disk is full: from when to when, ms after the start. */
  readonly diskFull: readonly (readonly [fromMs: number, toMs: number])[]
  readonly slowDisk: boolean
  readonly handoverFailsPercent: number
  /** Of a hundred delivered checkouts so many bring somebody to the desk, and of a hundred cases. */
  readonly complaintsPercent: number
  readonly caseVisitsPercent: number
  /** When the customers have gone the machine is switched off for so long, and people come back about yesterday; null: no night. */
  readonly nightMs: number | null
  /** Who may give back how much: the till's setting. */
  readonly moneyBack: Settings['moneyBack']
  /** Faults go on for so long at most, whoever is still waiting. */
  readonly safetyMostMs: number
}

const SAFETY_MOST_MS = 8 * 60_000
/** Longer than the ladder, after which a person is called. */
const LONG_SAFETY_MOST_MS = 26 * 60_000

const HOUR_MS = 3_600_000
const NOON_MS = Date.parse('2026-11-24T12:00:00+09:00')
const MIDNIGHT_MS = Date.parse('2026-11-25T00:00:00+09:00')
const endpointNames = [
  'createCode',
  'getPayment',
  'deleteCode',
  'cancelPayment',
  'refundPayment',
  'getRefund',
]

/** A calm world, for whoever wants to change one thing in it. */
export function calmSetting(change: Partial<Setting> = {}): Setting {
  return {
    startMs: NOON_MS,
    lanes: 1,
    checkouts: 1,
    switches: switches.parse({}),
    staleMostMs: 0,
    faultPercent: {},
    kinds: [],
    outages: [],
    kills: [],
    writesFailing: 0,
    writesDying: 0,
    clockSettings: [],
    diskFull: [],
    slowDisk: false,
    handoverFailsPercent: 0,
    complaintsPercent: 0,
    caseVisitsPercent: 0,
    nightMs: null,
    moneyBack: defaultSettings.moneyBack,
    safetyMostMs: SAFETY_MOST_MS,
    ...change,
  }
}

/** Draws a world. Each seed has weather of its own: some worlds meet many faults of one kind, some a few of all. */
export function drawSetting(seed: number, weather: Weather, checkouts: number): Setting {
  const chance = new Chance(seed, 1)
  const isHarsh = weather === 'harsh'
  const counter = drawCounter(new Chance(seed, 6), weather)
  const paypay = { ...drawSwitches(chance, weather), ...counter.switches }
  if (weather === 'none')
    return calmSetting({ lanes: chance.whole(1, 3), checkouts, ...counter.setting, switches: paypay })
  /** Everything crawls, and what comes back tells of how it was. */
  const isSlow = chance.percent(isHarsh ? 8 : 2)
  const isLong = chance.percent(isHarsh ? 4 : 1)
  const percent = (most: number): number => (chance.percent(35) ? 0 : chance.next() * most)
  const kinds = chance.percent(50) ? faultKinds : Array.from({ length: 4 }, () => chance.pick(faultKinds))
  const some = <T>(share: number, most: number, draw: () => T): T[] =>
    chance.percent(share) ? Array.from({ length: chance.whole(1, most) }, draw) : []
  /** A world's safety phase is some minutes long. */
  const at = (): number => chance.whole(0, 240_000)
  const span = (mostMs: number): [number, number] => {
    const fromMs = at()
    return [fromMs, fromMs + chance.whole(500, mostMs)]
  }
  return {
    startMs: drawStart(chance),
    lanes: chance.whole(1, 3),
    checkouts,
    switches: paypay,
    staleMostMs: chance.percent(isHarsh ? 40 : 15) ? chance.whole(500, 10_000) : 0,
    faultPercent: Object.fromEntries(
      endpointNames.map(name => [name, isSlow ? 60 : percent(isHarsh ? 35 : 6)]),
    ),
    kinds: isSlow ? ['reordered'] : kinds,
    safetyMostMs: isLong ? LONG_SAFETY_MOST_MS : SAFETY_MOST_MS,
    outages: isLong
      ? [[chance.whole(0, 20_000), chance.whole(11, 25) * 60_000]]
      : some(isHarsh ? 30 : 8, isHarsh ? 3 : 1, () => span(chance.percent(10) ? 20 * 60_000 : 90_000)),
    kills: some(isHarsh ? 45 : 10, isHarsh ? 6 : 2, () => [at(), drawDown(chance)]),
    writesFailing: chance.percent(isHarsh ? 15 : 3) ? chance.whole(1, 15) : 0,
    writesDying: chance.percent(isHarsh ? 30 : 5) ? chance.whole(1, 40) : 0,
    clockSettings: some(isHarsh ? 20 : 4, 3, () => [at(), drawOffset(chance), chance.whole(2_000, 90_000)]),
    diskFull: some(isHarsh ? 8 : 2, 1, () => span(60_000)),
    slowDisk: chance.percent(25),
    handoverFailsPercent: chance.percent(isHarsh ? 12 : 4) ? chance.whole(1, 30) : 0,
    ...counter.setting,
  }
}

/** How people at the counter give money back, and what PayPay allows for it. */
function drawCounter(chance: Chance, weather: Weather) {
  const isNight = chance.percent(15)
  return {
    // Without faults nothing is refused, so PayPay has to allow a second part.
    switches: {
      multipleRefunds: weather === 'none' || chance.percent(50),
      maxRefunds: weather === 'none' || chance.percent(80) ? 10 : 2,
    },
    setting: {
      complaintsPercent: 20,
      caseVisitsPercent: 60,
      nightMs: isNight ? chance.whole(1, 14 * HOUR_MS) : null,
      moneyBack: {
        attendantYen: chance.pick([3_000, 200]),
        secondPersonAboveYen: chance.pick([null, 300]),
      },
    },
  }
}

/** Every switch of the simulator that stands for something PayPay leaves open. */
function drawSwitches(chance: Chance, weather: Weather): Switches {
  const rarely = (most: number): number => (chance.percent(30) ? chance.whole(0, most) : 0)
  return switches.parse({
    duplicateCreate: chance.pick(['refused', 'previousResult']),
    notFoundStatus: chance.pick([400, 404]),
    deletePaid: chance.pick(['alreadyPaid', 'deleted']),
    decline: chance.pick(['failed', 'failedPayableAgain', 'stillCreated']),
    partialRefundStatus: chance.pick(['COMPLETED', 'REFUNDED']),
    lateApproval:
      weather === 'none' ? 'refused' : chance.pick(['refused', 'afterDelete', 'afterExpiry', 'honoured']),
    createdDetails: chance.pick(['withoutPaymentId', 'paymentIdNull']),
    codeLifetimeS: chance.percent(4) ? 300 : chance.whole(8, 25),
    cancelTakesMs: rarely(30_000),
    refundTakesMs: rarely(30_000),
    expiredReadsCreatedMs: rarely(20_000),
    multipleRefundsRefusal: chance.pick(['MERCHANT_MULTIPLE_REFUND_REJECTED', 'UNACCEPTABLE_OP']),
  })
}

/** Mostly in the day; sometimes so that the day, or the window for a cancel, ends while money is on its way. */
function drawStart(chance: Chance): number {
  if (chance.percent(70)) return NOON_MS
  return MIDNIGHT_MS + (chance.percent(50) ? -1 : 14) * 60_000 - chance.whole(0, 120_000)
}

function drawDown(chance: Chance): number {
  if (chance.percent(8)) return chance.whole(1, 3 * HOUR_MS)
  return chance.whole(50, 20_000)
}

function drawOffset(chance: Chance): number | 'frozen' {
  if (chance.percent(15)) return 'frozen'
  const sizeMs = chance.pick([1_000, 30_000, 90_000, HOUR_MS, 24 * HOUR_MS])
  return (chance.percent(50) ? 1 : -1) * chance.whole(1, sizeMs)
}
