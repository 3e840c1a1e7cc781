import { describe, expect, it } from 'vitest'
import type { Failure, FailureKind } from '../../shared/failure.ts'
import { yen } from '../../shared/money.ts'
import { DELAYS } from './delays.ts'
import { noticeOf } from './notices.ts'
import { waitOf } from './showing.ts'
import {
  awaiting,
  checking,
  creating,
  free,
  menuShop,
  openAt,
  openAtReview,
  paid,
  problem,
  shut,
  unpaid,
} from './test-host.ts'

/** The misfortune: core says no, or says nothing. A no is told and keeps the basket; nothing is never taken for a no. */

const failures: { readonly [kind in FailureKind]: Extract<Failure, { kind: kind }> } = {
  badInput: { kind: 'badInput', where: 'order', expected: 'an order', rule: { is: 'missing' } },
  unknownMethod: { kind: 'unknownMethod', method: 'startCheckout' },
  unknownProduct: { kind: 'unknownProduct', productId: 'tea' },
  unavailableProduct: { kind: 'unavailableProduct', productId: 'tea' },
  priceChanged: { kind: 'priceChanged', productId: 'tea' },
  emptyCart: { kind: 'emptyCart' },
  tooManyOfOne: { kind: 'tooManyOfOne', productId: 'tea', maxQuantity: 3 },
  amountTooSmall: { kind: 'amountTooSmall', minYen: yen(1) },
  amountOverCap: { kind: 'amountOverCap', capYen: yen(30_000), amountYen: 30_001 },
  wrongTill: { kind: 'wrongTill', till: 'keypad' },
  laneBusy: { kind: 'laneBusy', checkoutId: 'checkout-9' },
  laneClosed: { kind: 'laneClosed', reason: 'paypayBusy' },
  unknownCheckout: { kind: 'unknownCheckout', checkoutId: 'checkout-1' },
  notNow: { kind: 'notNow', status: 'checking' },
  hostAway: { kind: 'hostAway' },
  internal: { kind: 'internal', reference: 'r7' },
}
const kinds = Object.keys(failures) as FailureKind[]
const doubtful: readonly FailureKind[] = ['laneBusy', 'hostAway']

describe('a start that fails', () => {
  it.each(kinds.filter(kind => !doubtful.includes(kind)))('with %s goes back to the review', async kind => {
    const kiosk = await openAtReview()
    kiosk.touch('customer.pay')
    await kiosk.answer('startCheckout', failures[kind])
    expect(kiosk.at()).toBe('reviewing')
    expect(kiosk.context().cart).toEqual({ tea: 1, bun: 1 })
    expect(kiosk.context().notice).toEqual(noticeOf(failures[kind]))
    expect(kiosk.context().notice?.key).toMatch(/^notice\./)
    await kiosk.pass(DELAYS.settleMs)
    kiosk.touch('customer.pay')
    expect(kiosk.count('startCheckout')).toBe(2)
    expect(kiosk.context().notice).toBeNull()
  })

  it('because of an old list of products reads the list again, and the basket follows it', async () => {
    const kiosk = await openAtReview()
    kiosk.sell(menuShop({ products: menuShop().products.filter(product => product.id !== 'tea') }))
    kiosk.touch('customer.pay')
    await kiosk.answer('startCheckout', failures.unknownProduct)
    expect(kiosk.at()).toBe('reviewing')
    expect(kiosk.context().cart).toEqual({ bun: 1 })
  })

  it('because a price has changed shows the new one, says so, and the next press pays that', async () => {
    const kiosk = await openAtReview()
    const before = menuShop().products
    const after = before.map(one => (one.id === 'tea' ? { ...one, priceYen: yen(one.priceYen + 20) } : one))
    const asked = () => kiosk.calls.at(-1)?.input
    const seen = (teaYen: number) => ({
      order: {
        lines: [
          { productId: 'tea', seenPriceYen: teaYen },
          { productId: 'bun', seenPriceYen: 220 },
        ],
      },
    })
    kiosk.touch('customer.pay')
    expect(asked()).toMatchObject(seen(180))
    kiosk.sell(menuShop({ products: after }))
    await kiosk.answer('startCheckout', failures.priceChanged)
    expect(kiosk.at()).toBe('reviewing')
    expect(kiosk.context().notice).toEqual({ key: 'notice.priceChanged' })
    await kiosk.pass(DELAYS.settleMs)
    kiosk.touch('customer.pay')
    expect(asked()).toMatchObject(seen(200))
  })

  it.each([
    ['a price that changes', { tea: 20 }],
    ['two prices that change by opposite amounts', { tea: 20, bun: -20 }],
  ])('%s under the finger: it is told, and the tap that was on its way pays nothing', async (_, by) => {
    const kiosk = await openAtReview()
    const after = menuShop().products.map(one => ({
      ...one,
      priceYen: yen(one.priceYen + (new Map(Object.entries(by)).get(one.id) ?? 0)),
    }))
    kiosk.sell({ ...menuShop({ products: after }), revision: 'two' })
    kiosk.push(free({ shopRevision: 'two' }))
    await kiosk.heard()
    expect(kiosk.context().notice).toEqual({ key: 'notice.priceChanged' })
    kiosk.touch('customer.pay')
    expect(kiosk.count('startCheckout')).toBe(0)
    await kiosk.pass(DELAYS.settleMs)
    kiosk.touch('customer.pay')
    expect(kiosk.count('startCheckout')).toBe(1)
  })

  it('a price that changes beside the basket says nothing and stops no finger', async () => {
    const kiosk = await openAtReview()
    const after = menuShop().products.map(one => (one.id === 'cup' ? { ...one, priceYen: yen(1_400) } : one))
    kiosk.sell({ ...menuShop({ products: after }), revision: 'two' })
    kiosk.push(free({ shopRevision: 'two' }))
    await kiosk.heard()
    expect(kiosk.context().notice).toBeNull()
    kiosk.touch('customer.pay')
    expect(kiosk.count('startCheckout')).toBe(1)
  })

  it('because the lane is busy reads the lane and follows it', async () => {
    const kiosk = await openAtReview()
    kiosk.touch('customer.pay')
    await kiosk.answer('startCheckout', failures.laneBusy)
    expect(kiosk.at()).toBe('rereading')
    await kiosk.answer('getLane', awaiting())
    expect(kiosk.at()).toBe('showingCode')
  })

  it('because the lane was busy a moment ago finds the basket again', async () => {
    const kiosk = await openAtReview()
    kiosk.touch('customer.pay')
    await kiosk.answer('startCheckout', failures.laneBusy)
    await kiosk.answer('getLane', free())
    expect(kiosk.at()).toBe('reviewing')
    expect(kiosk.context().notice).toEqual({ key: 'notice.notNow' })
    expect(kiosk.context().cart).toEqual({ tea: 1, bun: 1 })
  })

  it('without an answer is not over: the lane is read until it says what has happened', async () => {
    const kiosk = await openAtReview()
    kiosk.touch('customer.pay')
    await kiosk.answer('startCheckout', failures.hostAway)
    expect(waitOf(kiosk.snapshot()).kind).toBe('reconnecting')
    await kiosk.answer('getLane', failures.hostAway)
    await kiosk.pass(DELAYS.retryMs)
    await kiosk.answer('getLane', creating())
    expect(kiosk.at()).toBe('creatingCode.confirmed')
  })

  it('without an answer and without an effect goes back to the review', async () => {
    const kiosk = await openAtReview()
    kiosk.touch('customer.pay')
    await kiosk.answer('startCheckout', failures.hostAway)
    kiosk.push(free())
    expect(kiosk.at()).toBe('reviewing')
    expect(kiosk.context().notice).toEqual({ key: 'notice.notNow' })
    expect(kiosk.context().cart).toEqual({ tea: 1, bun: 1 })
  })

  it('without an answer, and applied late, is followed even then', async () => {
    const kiosk = await openAtReview()
    kiosk.touch('customer.pay')
    await kiosk.answer('startCheckout', failures.hostAway)
    kiosk.push(free())
    await kiosk.pass(DELAYS.settleMs)
    kiosk.push(creating())
    expect(kiosk.at()).toBe('creatingCode.confirmed')
    expect(kiosk.count('startCheckout')).toBe(1)
  })
})

describe('a snapshot that overtakes an answer', () => {
  it('wins: the late answer is not taken', async () => {
    const kiosk = await openAtReview()
    kiosk.touch('customer.pay')
    kiosk.push(free({ staffCalled: true }))
    expect(kiosk.at()).toBe('creatingCode.requested')
    kiosk.push(awaiting())
    await kiosk.answer('startCheckout', creating())
    expect(kiosk.at()).toBe('showingCode')
  })

  it('that was on its way before a stop does not bring the code back', async () => {
    const kiosk = await openAt(awaiting())
    kiosk.touch('customer.cancel')
    kiosk.push(awaiting())
    expect(kiosk.at()).toBe('cancelling')
    await kiosk.answer('stopCheckout', checking())
    expect(waitOf(kiosk.snapshot()).kind).toBe('stopping')
    kiosk.push(unpaid('stopped'))
    expect(kiosk.at()).toBe('declined.shown')
    expect(kiosk.sounds).toEqual(['tap'])
  })

  it('shows another tab’s checkout on the same lane', async () => {
    const kiosk = await openAtReview()
    kiosk.push(awaiting())
    expect(kiosk.at()).toBe('showingCode')
    kiosk.touch('customer.pay')
    expect(kiosk.calls).toEqual([])
  })
})

describe('a stop that fails', () => {
  it('without an answer hides the code until core says what has become of it', async () => {
    const kiosk = await openAt(awaiting())
    kiosk.touch('customer.cancel')
    await kiosk.answer('stopCheckout', failures.hostAway)
    expect(kiosk.at()).toBe('reconnecting.reading')
    await kiosk.answer('getLane', awaiting())
    expect(kiosk.at()).toBe('showingCode')
    kiosk.touch('customer.cancel')
    expect(kiosk.count('stopCheckout')).toBe(2)
  })

  it('because money came shows the money', async () => {
    const kiosk = await openAt(awaiting())
    kiosk.touch('customer.cancel')
    await kiosk.answer('stopCheckout', failures.notNow)
    await kiosk.answer('getLane', paid())
    expect(kiosk.at()).toBe('paid')
  })

  it('when the time is over is tried again, but not in a hot loop', async () => {
    const kiosk = await openAt(awaiting(1_000))
    expect(kiosk.at()).toBe('timeoutCancel')
    for (let minute = 0; minute < 6; minute += 1) {
      await kiosk.answer('stopCheckout', failures.internal)
      await kiosk.answer('getLane', awaiting(0))
      await kiosk.pass(DELAYS.retryMs - 1)
      expect(kiosk.at()).toBe('showingCode')
      await kiosk.pass(1)
    }
    expect(kiosk.count('stopCheckout')).toBe(7)
  })
})

describe('a retry that fails', () => {
  it.each(['laneClosed', 'internal'] as const)('with %s stays, with the basket', async kind => {
    const kiosk = await openAt(unpaid())
    kiosk.touch('customer.tryAgain')
    await kiosk.answer('retryCheckout', failures[kind])
    expect(kiosk.at()).toBe('declined.shown')
    expect(kiosk.context().notice).toEqual(noticeOf(failures[kind]))
    kiosk.touch('customer.tryAgain')
    expect(kiosk.count('retryCheckout')).toBe(2)
  })

  it('because money came after all shows the money', async () => {
    const kiosk = await openAt(unpaid())
    kiosk.touch('customer.tryAgain')
    await kiosk.answer('retryCheckout', failures.notNow)
    await kiosk.answer('getLane', paid())
    expect(kiosk.at()).toBe('paid')
  })

  it('without an answer is unknown', async () => {
    const kiosk = await openAt(unpaid())
    kiosk.touch('customer.tryAgain')
    await kiosk.answer('retryCheckout', failures.hostAway)
    expect(kiosk.at()).toBe('reconnecting.reading')
  })
})

describe('leaving that fails', () => {
  it('without an answer goes on until the lane is free, and shows no claim number meanwhile', async () => {
    const kiosk = await openAt(paid())
    kiosk.touch('customer.finish')
    await kiosk.answer('leaveCheckout', failures.hostAway)
    expect(kiosk.at()).toBe('leaving')
    await kiosk.pass(DELAYS.retryMs)
    await kiosk.answer('getLane', paid())
    expect(kiosk.count('leaveCheckout')).toBe(2)
    await kiosk.answer('leaveCheckout', free())
    expect(kiosk.at()).toBe('attract.resting')
  })

  it('because the checkout is gone is over', async () => {
    const kiosk = await openAt(paid())
    kiosk.touch('customer.finish')
    await kiosk.answer('leaveCheckout', failures.unknownCheckout)
    await kiosk.answer('getLane', free())
    expect(kiosk.at()).toBe('attract.resting')
  })

  it('because somebody has to help shows that', async () => {
    const kiosk = await openAt(paid())
    kiosk.touch('customer.finish')
    await kiosk.answer('leaveCheckout', failures.notNow)
    await kiosk.answer('getLane', problem())
    expect(kiosk.at()).toBe('problem.shown')
  })

  it('before a changed order keeps the customer where they were', async () => {
    const kiosk = await openAt(unpaid())
    kiosk.touch('customer.changeOrder')
    await kiosk.answer('leaveCheckout', failures.hostAway)
    expect(kiosk.at()).toBe('declined.shown')
    expect(kiosk.context().notice).toEqual({ key: 'notice.hostAway' })
    kiosk.touch('customer.changeOrder')
    await kiosk.answer('leaveCheckout', shut())
    expect(kiosk.at()).toBe('closed')
    kiosk.push(free())
    expect(kiosk.at()).toBe('browsing')
    expect(kiosk.context().cart).toEqual({ tea: 2 })
  })
})

describe('a bell that fails', () => {
  it('says so where there is room for it', async () => {
    const kiosk = await openAtReview()
    kiosk.touch('customer.callStaff', 'customer.callStaff')
    expect(kiosk.count('callStaff')).toBe(1)
    await kiosk.answer('callStaff', failures.hostAway)
    expect(kiosk.context().notice).toEqual({ key: 'notice.hostAway' })
    kiosk.touch('customer.callStaff')
    expect(kiosk.count('callStaff')).toBe(2)
    expect(kiosk.at()).toBe('reviewing')
  })
})
