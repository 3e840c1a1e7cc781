import type { WriteFate } from '../core/ledger/memory.ts'
import { switches } from '../simulator/switches.ts'
import { type Errand, errand } from './errands.ts'
import { type FaultKind, faultKinds } from './faults.ts'
import type { CodePlan, Plan } from './people.ts'
import { runWorld } from './run.ts'
import { calmSetting, type Setting } from './setting.ts'
import type { WorldOptions } from './world.ts'

/** What one customer does, in a world in which nothing else happens. */
type Story = {
  readonly name: string
  readonly plan: Plan
  readonly setting: Setting
  /** And what somebody does at the desk, once it is delivered or a case. */
  readonly desk?: { readonly about: 'delivered' | 'case'; readonly errand: Errand }
}

const code: CodePlan = {
  scanAfterMs: 600,
  hand: 'approve',
  handAfterMs: 700,
  secondPhoneAfterMs: null,
  stopAfterMs: null,
  dark: null,
  asksAfterMs: null,
}
const plan = (codes: readonly Partial<CodePlan>[], change: Partial<Plan> = {}): Plan => ({
  taps: 1,
  codes: codes.map(one => ({ ...code, ...one })),
  retries: codes.length - 1,
  readsMs: 1_500,
  patienceMs: 20_000,
  timesOut: true,
  ...change,
})
const paypay = switches.parse({ codeLifetimeS: 12, lateApproval: 'honoured', cancelTakesMs: 4_000 })
const setting = calmSetting({ switches: paypay })
const BEFORE_MIDNIGHT_MS = Date.parse('2026-11-24T23:59:50+09:00')
const DOWN_OVER_THE_WINDOW_MS = 16 * 60_000
const DOWN_JUST_OVER_THE_WINDOW_MS = 15 * 60_000 + 45_000

/** The ways in which a checkout can go, each with all of its calls and writes. */
const stories: readonly Story[] = [
  { name: 'a sale', plan: plan([{}]), setting },
  { name: 'a customer who cancels', plan: plan([{ scanAfterMs: null, stopAfterMs: 900 }]), setting },
  { name: 'a decline, then a second try', plan: plan([{ hand: 'decline' }, {}]), setting },
  { name: 'a code that runs out', plan: plan([{ scanAfterMs: null }]), setting },
  {
    name: 'an approval after the customer has cancelled',
    plan: plan([{ handAfterMs: 6_000, stopAfterMs: 900 }]),
    setting,
  },
  {
    name: 'an approval after the customer has gone',
    plan: plan([{ handAfterMs: 21_000, dark: { afterMs: 900, forMs: 30_000 } }]),
    setting: calmSetting({ switches: { ...paypay, codeLifetimeS: 60 } }),
  },
  {
    name: 'a refund, as the day of the payment is over',
    plan: plan([{ handAfterMs: 3_000, dark: { afterMs: 100, forMs: DOWN_OVER_THE_WINDOW_MS + 30_000 } }]),
    setting: calmSetting({
      switches: { ...paypay, codeLifetimeS: 300 },
      startMs: BEFORE_MIDNIGHT_MS,
      kills: [[10_000, DOWN_OVER_THE_WINDOW_MS]],
      safetyMostMs: 40 * 60_000,
    }),
  },
]

/** The same a minute before and after the window's end, by a till whose clock is a minute and a half slow. */
const slowClock: Story = {
  name: 'a refund, by a till whose clock says that it is early enough for a cancel',
  plan: plan([{ handAfterMs: 3_000, dark: { afterMs: 100, forMs: DOWN_OVER_THE_WINDOW_MS + 30_000 } }]),
  setting: calmSetting({
    switches: { ...paypay, codeLifetimeS: 300 },
    startMs: BEFORE_MIDNIGHT_MS,
    kills: [[10_000, DOWN_JUST_OVER_THE_WINDOW_MS]],
    clockSettings: [[11_000, -90_000, 3_600_000]],
    safetyMostMs: 40 * 60_000,
  }),
}

/** Declined, sealed, and then paid with a second phone: reads that are old go on showing the decline. */
const oldDecline: Story = {
  name: 'a decline, and a second phone that pays the same code later',
  plan: plan([{ hand: 'decline', handAfterMs: 500, secondPhoneAfterMs: 9_000 }]),
  setting: calmSetting({
    switches: { ...paypay, codeLifetimeS: 60, decline: 'failedPayableAgain', cancelTakesMs: 30_000 },
    staleMostMs: 10_000,
  }),
}

const manyRefunds = { ...paypay, multipleRefunds: true }
const later = (change: Partial<Errand>): Errand => errand({ afterMs: 3_000, ...change })

/** A sale, or goods that are stuck, and what a person decides about it. */
const deskStories: readonly Story[] = [
  {
    name: 'a whole payment given back as a cancel',
    plan: plan([{}]),
    setting,
    desk: { about: 'delivered', errand: later({ againAfterMs: 2_000 }) },
  },
  {
    name: 'given back in the moment in which five taps say that the customer has gone',
    plan: plan([{}], { taps: 5 }),
    setting: calmSetting({ switches: paypay, slowDisk: true }),
    desk: { about: 'delivered', errand: errand({ afterMs: 1_520, taps: 3, againAfterMs: 5 }) },
  },
  {
    name: 'two parts given back',
    plan: plan([{}]),
    setting: calmSetting({ switches: { ...manyRefunds, partialRefundStatus: 'REFUNDED' } }),
    desk: {
      about: 'delivered',
      errand: later({
        want: 'amount',
        taps: 2,
        rival: errand({ afterMs: 8_000, want: 'amount', person: 2 }),
      }),
    },
  },
  {
    name: 'a second part that PayPay does not allow, given back by two people at once',
    plan: plan([{}]),
    setting,
    desk: {
      about: 'delivered',
      errand: later({ want: 'amount', rival: later({ want: 'amount', person: 2, rival: later({}) }) }),
    },
  },
  {
    name: 'a whole payment given back on the next day, as a refund',
    plan: plan([{}]),
    setting: calmSetting({ switches: { ...paypay, refundTakesMs: 4_000 }, nightMs: 13 * 3_600_000 }),
    desk: { about: 'delivered', errand: errand({ afterMs: 'tomorrow' }) },
  },
  {
    name: 'given back just after the window, by a till that does not know the time yet',
    plan: plan([{}]),
    setting: calmSetting({
      switches: paypay,
      startMs: BEFORE_MIDNIGHT_MS,
      nightMs: DOWN_JUST_OVER_THE_WINDOW_MS,
      clockSettings: [[60_000, -3_600_000, 24 * 3_600_000]],
      outages: [[60_000, DOWN_JUST_OVER_THE_WINDOW_MS + 120_000]],
    }),
    desk: { about: 'delivered', errand: errand({ afterMs: 'tomorrow' }) },
  },
  {
    name: 'goods that are stuck, and given back',
    plan: plan([{}]),
    setting: calmSetting({ switches: paypay, handoverFailsPercent: 100 }),
    desk: { about: 'case', errand: later({}) },
  },
  {
    name: 'goods that are stuck, given back, and in the same moment handed over by hand',
    plan: plan([{}]),
    setting: calmSetting({ switches: paypay, handoverFailsPercent: 100 }),
    desk: { about: 'case', errand: later({ rival: errand({ afterMs: 500, want: 'handOver', person: 2 }) }) },
  },
  {
    name: 'goods that are stuck, and handed over by hand',
    plan: plan([{}]),
    setting: calmSetting({ switches: paypay, handoverFailsPercent: 100 }),
    desk: { about: 'case', errand: later({ want: 'handOver', taps: 2, rival: later({ person: 2 }) }) },
  },
]

const fates: readonly WriteFate[] = ['failsBefore', 'failsAfter', 'diesBefore', 'diesAfter']

/** How many requests and writes each story has when nothing goes wrong. */
export async function measureStories(): Promise<{ story: Story; requests: number; writes: number }[]> {
  const measured = []
  for (const story of [...stories, slowClock, oldDecline, ...deskStories]) {
    const report = await runWorld({ ...worldOf(story), faultAt: () => null })
    measured.push({ story, requests: report.calls, writes: report.writes })
  }
  return measured
}

function worldOf({ setting: its, plan: one, desk }: Story): WorldOptions {
  let errands = desk ? 1 : 0
  return {
    seed: 1,
    setting: its,
    plans: [one],
    // Once, whatever it becomes afterwards.
    errandAbout: (_chance, _setting, about) => {
      if (about !== desk?.about || errands === 0) return null
      errands -= 1
      return desk.errand
    },
  }
}

/** What comes first, and what meets the request so many later. */
const pairs: readonly (readonly [FaultKind, number, FaultKind])[] = [
  // The answer is lost, and what is tried next is lost too.
  ['answerLost', 1, 'appliedLate'],
  // It is asked about, is not there yet, and sent again: that is refused, and then the first one arrives.
  ['appliedLate', 2, 'documentedCode'],
]

/** Every kind of fault at every request, and every fate at every write, of every story: one world each. */
export async function* sweep(): AsyncGenerator<WorldOptions & { name: string }> {
  for (const { story, requests, writes } of await measureStories()) {
    const { name } = story
    const world = (change: Partial<WorldOptions>, what: string): WorldOptions & { name: string } => ({
      ...worldOf(story),
      faultAt: () => null,
      fateAt: () => 'written',
      ...change,
      name: `${name}, ${what}`,
    })
    for (const kind of faultKinds)
      for (let nth = 1; nth <= requests; nth += 1)
        yield world({ faultAt: at => (at === nth ? kind : null) }, `${kind} at request ${nth}`)
    for (const fate of fates)
      for (let nth = 1; nth <= writes; nth += 1)
        yield world({ fateAt: at => (at === nth ? fate : 'written') }, `${fate} at write ${nth}`)
    // How late is late, and which refusal it is, is drawn: at the desk more than once.
    for (const seed of story.desk ? [1, 2, 3, 4, 5, 6, 7, 8] : [1])
      for (const [first, after, second] of pairs)
        for (let nth = 1; nth <= requests; nth += 1)
          yield world(
            { seed, faultAt: at => (at === nth ? first : at === nth + after ? second : null) },
            `${first} at request ${nth}, ${second} at ${after} after it, seed ${seed}`,
          )
  }
}
