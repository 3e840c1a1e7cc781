import type { Chance } from './chance.ts'
import type { Setting } from './setting.ts'
import { people } from './staff.ts'

/** What brings somebody to the desk about one checkout. Times in ms. */
export type Errand = {
  /** After the checkout was delivered, or became a case. */
  readonly afterMs: number | 'tomorrow'
  readonly want: 'whole' | 'lines' | 'amount' | 'handOver' | 'close'
  /** Which of the people, from 0. */
  readonly person: number
  /** Signs in there; null: at a desk of their own, where nobody buys. */
  readonly lane: string | null
  readonly taps: number
  /** The same decision is sent once more, so long after it was heard: a page that was loaded again. */
  readonly againAfterMs: number | null
  /** Somebody else decides about the same checkout, counted from when this one begins. */
  readonly rival: Errand | null
}

const plain: Errand = {
  afterMs: 0,
  want: 'whole',
  person: 0,
  lane: null,
  taps: 1,
  againAfterMs: null,
  rival: null,
}

/** One errand, with some of it changed. */
export const errand = (change: Partial<Errand>): Errand => ({ ...plain, ...change })

/** Whether somebody comes about it, and what they want. */
export function errandAbout(chance: Chance, setting: Setting, about: 'delivered' | 'case'): Errand | null {
  const { complaintsPercent, caseVisitsPercent } = setting
  if (!chance.percent(about === 'delivered' ? complaintsPercent : caseVisitsPercent)) return null
  const first = drawErrand(chance, setting, about)
  if (!chance.percent(25)) return first
  const rival = drawErrand(chance, setting, about)
  // In the same moment, or while the first is under way, or for another part of it later.
  const afterMs = chance.percent(50) ? chance.whole(0, 5) : chance.whole(0, 60_000)
  return { ...first, rival: { ...rival, afterMs, person: (first.person + 1) % people.length } }
}

function drawErrand(chance: Chance, setting: Setting, about: 'delivered' | 'case'): Errand {
  const isTomorrow = setting.nightMs !== null && chance.percent(40)
  const soonMs = chance.percent(60) ? chance.whole(0, 5_000) : chance.whole(5_000, 180_000)
  return errand({
    afterMs: isTomorrow ? 'tomorrow' : soonMs,
    want: about === 'delivered' ? drawWant(chance) : drawWantOfCase(chance),
    person: chance.whole(0, people.length - 1),
    lane: chance.percent(25) ? `lane-${chance.whole(1, setting.lanes)}` : null,
    taps: chance.percent(25) ? chance.whole(2, 5) : 1,
    againAfterMs: chance.percent(30) ? chance.whole(0, 40_000) : null,
  })
}

function drawWant(chance: Chance): Errand['want'] {
  return chance.percent(50) ? 'whole' : chance.pick(['lines', 'amount'])
}

/** Rarely is a case closed by a word alone, so that some are left to be solved. */
function drawWantOfCase(chance: Chance): Errand['want'] {
  if (chance.percent(8)) return 'close'
  if (chance.percent(35)) return 'handOver'
  return chance.percent(75) ? 'whole' : 'amount'
}
