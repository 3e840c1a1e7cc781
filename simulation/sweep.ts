import type { WriteFate } from '../core/ledger/memory.ts'
import { switches } from '../simulator/switches.ts'
import { faultKinds } from './faults.ts'
import type { CodePlan, Plan } from './people.ts'
import { runWorld } from './run.ts'
import { calmSetting, type Setting } from './setting.ts'
import type { WorldOptions } from './world.ts'

/** What one customer does, in a world in which nothing else happens. */
type Story = { readonly name: string; readonly plan: Plan; readonly setting: Setting }

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

const fates: readonly WriteFate[] = ['failsBefore', 'failsAfter', 'diesBefore', 'diesAfter']

/** How many requests and writes each story has when nothing goes wrong. */
export async function measureStories(): Promise<{ story: Story; requests: number; writes: number }[]> {
  const measured = []
  for (const story of [...stories, slowClock, oldDecline]) {
    const report = await runWorld({
      seed: 1,
      setting: story.setting,
      plans: [story.plan],
      faultAt: () => null,
    })
    measured.push({ story, requests: report.calls, writes: report.writes })
  }
  return measured
}

/** Every kind of fault at every request, and every fate at every write, of every story: one world each. */
export async function* sweep(): AsyncGenerator<WorldOptions & { name: string }> {
  for (const { story, requests, writes } of await measureStories()) {
    const { name, plan: one, setting: its } = story
    const world = (change: Partial<WorldOptions>, what: string): WorldOptions & { name: string } => ({
      seed: 1,
      setting: its,
      plans: [one],
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
    // Two in a row: the answer is lost, and what is tried next is lost too.
    for (let nth = 1; nth < requests; nth += 1)
      yield world(
        { faultAt: at => (at === nth ? 'answerLost' : at === nth + 1 ? 'appliedLate' : null) },
        `answerLost at request ${nth}, appliedLate at the next`,
      )
  }
}
