import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LaneView } from '../../shared/checkout.ts'
import type { Failure } from '../../shared/failure.ts'
import { fail, ok } from '../../shared/result.ts'
import type { CustomerEvent } from './events.ts'
import { placeOf } from './showing.ts'
import {
  add,
  awaiting,
  type Call,
  checking,
  creating,
  everyView,
  free,
  openTestKiosk,
  type TestKiosk,
  unpaid,
} from './test-host.ts'

/**
 * The misfortune: an order of events that nobody thought of. Any touches, snapshots, lost lines, passing time and answers,
 * right or wrong, in any order: nothing throws, no second checkout is ever started beside an open one, and once it is quiet
 * and the host is well the screen is back at attract.
 */

type Step =
  | { readonly do: 'touch'; readonly event: CustomerEvent }
  | { readonly do: 'push'; readonly view: LaneView }
  | { readonly do: 'answer'; readonly outcome: LaneView | Failure }
  | { readonly do: 'lose' }
  | { readonly do: 'pass'; readonly ms: number }
  /** A customer who knows what they want, as far as the review: chance alone seldom gets there. */
  | { readonly do: 'order' }

const events: readonly CustomerEvent[] = [
  { type: 'customer.start', locale: 'ko' },
  add('tea'),
  add('tea'),
  add('gone'),
  add('nothing'),
  { type: 'customer.remove', productId: 'tea' },
  { type: 'customer.digit', digit: '7' },
  { type: 'customer.checkOut' },
  { type: 'customer.checkOut' },
  { type: 'customer.back' },
  { type: 'customer.pay' },
  { type: 'customer.pay' },
  { type: 'customer.cancel' },
  { type: 'customer.havePaid' },
  { type: 'customer.tryAgain' },
  { type: 'customer.changeOrder' },
  { type: 'customer.showReceipt' },
  { type: 'customer.showReceipt' },
  { type: 'customer.printReceipt' },
  { type: 'customer.closeReceipt' },
  { type: 'customer.finish' },
  { type: 'customer.stillHere' },
  { type: 'customer.callStaff' },
  { type: 'customer.putAwayReturns', returns: [] },
  { type: 'customer.language', locale: 'zh' },
  { type: 'customer.largeText', on: true },
  { type: 'customer.touch' },
]
const failures: readonly Failure[] = [
  { kind: 'hostAway' },
  { kind: 'laneBusy', checkoutId: 'checkout-9' },
  { kind: 'laneClosed', reason: 'paypayBusy' },
  { kind: 'unavailableProduct', productId: 'tea' },
  { kind: 'unknownCheckout', checkoutId: 'checkout-1' },
  { kind: 'notNow', status: 'checking' },
  { kind: 'internal', reference: 'r1' },
]
const views = [
  free(),
  free(),
  free(),
  ...Object.values(everyView),
  awaiting(0),
  free({ shopRevision: 'two' }),
]

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('touch' as const), event: fc.constantFrom(...events) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('push' as const), view: fc.constantFrom(...views) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      outcome: fc.constantFrom(...views, ...failures),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'lose' as const }) },
  { weight: 3, arbitrary: fc.constant({ do: 'order' as const }) },
  {
    weight: 3,
    arbitrary: fc.constant({ do: 'touch' as const, event: { type: 'customer.pay' as const } }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.constantFrom(1, 400, 3_000, 15_000, 60_000, 300_000),
    }),
  },
)

describe('any order of events', () => {
  it('throws nothing, starts no second checkout, and ends at attract', async () => {
    let started = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async steps => {
        const kiosk = openTestKiosk()
        await kiosk.heard()
        kiosk.push(free())
        await kiosk.heard()
        for (const one of steps) {
          await take(kiosk, one)
          expect(kiosk.actor.getSnapshot().status).toBe('active')
        }
        started += kiosk.count('startCheckout')
        await becomeQuiet(kiosk)
        expect(placeOf(kiosk.snapshot())).toBe('attract')
        expect(kiosk.context()).toMatchObject({ cart: {}, locale: 'ja', large: false })
        kiosk.stop()
      }),
      { numRuns: 300 },
    )
    // The run was worth something: many a customer got as far as paying.
    expect(started).toBeGreaterThan(50)
  }, 60_000)
})

async function take(kiosk: TestKiosk, one: Step): Promise<void> {
  const startsBefore = kiosk.count('startCheckout')
  const viewBefore = kiosk.context().view
  const wasStarting = kiosk.isWaiting('startCheckout') && kiosk.at() === 'creatingCode.requested'
  switch (one.do) {
    case 'touch':
      kiosk.touch(one.event)
      break
    case 'push':
      kiosk.push(one.view)
      break
    case 'answer': {
      const call = kiosk.takeCall()
      call?.resolve('kind' in one.outcome ? fail(one.outcome) : ok(one.outcome))
      break
    }
    case 'order':
      await kiosk.pass(400)
      kiosk.touch('customer.start', add('tea'), 'customer.checkOut')
      await kiosk.pass(400)
      break
    case 'lose':
      kiosk.lose()
      break
    case 'pass':
      await kiosk.pass(one.ms)
      break
    default:
      one satisfies never
  }
  await kiosk.heard()
  if (kiosk.count('startCheckout') > startsBefore) {
    expect(viewBefore?.checkout).toBeNull()
    expect(wasStarting).toBe(false)
    expect(one).toMatchObject({ do: 'touch', event: { type: 'customer.pay' } })
  }
}

/** A host that is well, with a core that does as it should; and nobody touches anything any more. */
async function becomeQuiet(kiosk: TestKiosk): Promise<void> {
  let lane = kiosk.context().view ?? free()
  if (!lane.selling.open) lane = { ...lane, selling: { open: true } }
  const say = (next: LaneView) => {
    lane = next
    kiosk.push(next)
  }
  say(lane)
  for (let round = 0; round < 120; round += 1) {
    for (let call = kiosk.takeCall(); call; call = kiosk.takeCall()) {
      lane = afterCall(lane, call)
      call.resolve(ok(lane))
      await kiosk.heard()
      kiosk.push(lane)
    }
    const later = afterWhile(lane)
    if (later !== lane) say(later)
    await kiosk.pass(10_000)
  }
}

function afterCall(lane: LaneView, call: Call): LaneView {
  switch (call.method) {
    case 'startCheckout':
      return lane.checkout ? lane : creating()
    case 'retryCheckout':
      return creating()
    case 'stopCheckout':
      return lane.checkout?.status === 'awaitingPayment' ? checking() : lane
    case 'leaveCheckout':
      return free()
    default:
      return lane
  }
}

function afterWhile(lane: LaneView): LaneView {
  switch (lane.checkout?.status) {
    case 'creating':
      return awaiting(20_000)
    case 'checking':
      return unpaid('stopped')
    default:
      return lane
  }
}
