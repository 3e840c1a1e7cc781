import { describe, expect, it } from 'vitest'
import { DELAYS } from './delays.ts'
import { saleOf, stillThereCountdown, thankYouCountdown } from './showing.ts'
import {
  add,
  awaiting,
  checking,
  creating,
  free,
  openAt,
  openAtReview,
  paid,
  problem,
  returned,
  returning,
  unpaid,
} from './test-host.ts'

/** The misfortune: the customer walks away, at any moment. The code goes, the lane is free, the next one finds nothing. */

describe('a customer who walks away', () => {
  it.each(['browsing', 'reviewing'])('while %s is asked once, and then everything is away', async place => {
    const kiosk = await openAtReview()
    if (place === 'browsing') kiosk.touch('customer.back')
    kiosk.touch({ type: 'customer.language', locale: 'ko' }, { type: 'customer.largeText', on: true })
    await kiosk.pass(DELAYS.idleMs)
    expect(stillThereCountdown(kiosk.snapshot())).toEqual({ leftMs: 15_000, wholeMs: 15_000 })
    expect(kiosk.at()).toBe(place)
    await kiosk.pass(DELAYS.stillThereMs)
    expect(kiosk.at()).toBe('attract.resting')
    expect(stillThereCountdown(kiosk.snapshot())).toBeNull()
    expect(kiosk.context()).toMatchObject({ cart: {}, locale: 'ja', large: false })
    expect(kiosk.calls).toEqual([])
  })

  it('and comes back answers the question, and nothing is lost', async () => {
    const kiosk = await openAtReview()
    await kiosk.pass(DELAYS.idleMs)
    kiosk.touch('customer.touch')
    await kiosk.pass(DELAYS.stillThereMs - 1)
    expect(stillThereCountdown(kiosk.snapshot())).toEqual({ leftMs: 1, wholeMs: 15_000 })
    kiosk.touch('customer.stillHere')
    expect(stillThereCountdown(kiosk.snapshot())).toBeNull()
    await kiosk.pass(DELAYS.idleMs - 1)
    expect(stillThereCountdown(kiosk.snapshot())).toBeNull()
    expect(kiosk.context().cart).toEqual({ tea: 1, bun: 1 })
  })

  it('is not asked while they touch the screen, nor while they pay', async () => {
    const kiosk = await openAtReview()
    for (let minute = 0; minute < 5; minute += 1) {
      await kiosk.pass(DELAYS.idleMs - 1)
      kiosk.touch('customer.touch')
    }
    expect(stillThereCountdown(kiosk.snapshot())).toBeNull()
    for (const view of [creating(), awaiting(), checking()]) {
      kiosk.push(view)
      await kiosk.pass(DELAYS.idleMs + 1)
      expect(stillThereCountdown(kiosk.snapshot())).toBeNull()
    }
  })

  it('after no money came: the lane is left', async () => {
    const kiosk = await openAt(unpaid())
    await kiosk.pass(DELAYS.idleMs)
    expect(stillThereCountdown(kiosk.snapshot())).not.toBeNull()
    await kiosk.pass(DELAYS.stillThereMs)
    await kiosk.answer('leaveCheckout', free())
    expect(kiosk.at()).toBe('attract.resting')
  })

  it('after choosing a language and nothing else leaves the screen in the shop’s', async () => {
    const kiosk = await openAt(free())
    kiosk.touch({ type: 'customer.language', locale: 'zh' }, { type: 'customer.largeText', on: true })
    expect(kiosk.context()).toMatchObject({ locale: 'zh', large: true })
    await kiosk.pass(DELAYS.idleMs)
    expect(kiosk.context()).toMatchObject({ locale: 'ja', large: false })
  })

  it('from the thank-you: it goes by itself', async () => {
    const kiosk = await openAt(free())
    kiosk.push(paid())
    expect(thankYouCountdown(kiosk.snapshot())).toEqual({ leftMs: 10_000, wholeMs: 10_000 })
    await kiosk.pass(DELAYS.thankYouMs - 1)
    kiosk.push(paid())
    await kiosk.pass(1)
    expect(kiosk.count('leaveCheckout')).toBe(1)
    expect(saleOf(kiosk.snapshot())).toBeNull()
  })

  it.each([returning(), returned(), problem()])(
    'from news that need reading: later, and a touch is waited for',
    async view => {
      const kiosk = await openAt(free())
      kiosk.push(view)
      await kiosk.pass(DELAYS.resultMs - 1)
      kiosk.touch('customer.touch')
      await kiosk.pass(DELAYS.resultMs - 1)
      expect(kiosk.calls).toEqual([])
      await kiosk.pass(1)
      await kiosk.answer('leaveCheckout', free())
      expect(kiosk.at()).toBe('attract.resting')
    },
  )
})

describe('a code that is given up', () => {
  it('by the clock: PayPay’s time, on the monotonic clock', async () => {
    const kiosk = await openAt(awaiting(61_000))
    await kiosk.pass(60_000)
    expect(kiosk.calls).toEqual([
      { method: 'stopCheckout', input: { lane: 'main', checkoutId: 'checkout-1', reason: 'timeout' } },
    ])
    await kiosk.answer('stopCheckout', checking())
    expect(kiosk.at()).toBe('checking')
    kiosk.push(unpaid('expired'))
    expect(kiosk.at()).toBe('declined.shown')
  })

  it('not before the time that the newest snapshot gives it', async () => {
    const kiosk = await openAt(awaiting(10_000))
    kiosk.push(awaiting(60_000))
    await kiosk.pass(59_999)
    expect(kiosk.calls).toEqual([])
    await kiosk.pass(1)
    expect(kiosk.count('stopCheckout')).toBe(1)
  })

  it('by starting over: deleted first, then the lane is left', async () => {
    const kiosk = await openAt(awaiting())
    kiosk.touch('customer.finish')
    expect(kiosk.at()).toBe('deleteOnAbandon')
    expect(kiosk.calls.at(-1)?.input).toMatchObject({ reason: 'abandon' })
    kiosk.push(checking())
    await kiosk.answer('stopCheckout', checking())
    expect(kiosk.at()).toBe('leaving.asking')
    await kiosk.answer('leaveCheckout', free())
    expect(kiosk.at()).toBe('attract.resting')
  })

  it('by starting over, while the money comes: the customer is told', async () => {
    const kiosk = await openAt(awaiting())
    kiosk.touch('customer.finish')
    await kiosk.answer('stopCheckout', paid())
    expect(kiosk.at()).toBe('paid')
    const other = await openAt(awaiting())
    other.touch('customer.finish')
    other.push(paid())
    expect(other.at()).toBe('paid')
  })

  it('by starting over, while core does not answer: the lane is left as soon as it does', async () => {
    const kiosk = await openAt(awaiting())
    kiosk.touch('customer.finish')
    await kiosk.answer('stopCheckout', { kind: 'hostAway' })
    await kiosk.answer('leaveCheckout', { kind: 'hostAway' })
    await kiosk.pass(DELAYS.retryMs)
    await kiosk.answer('getLane', awaiting())
    expect(kiosk.at()).toBe('leaving.asking')
  })
})

describe('a wait that is too long', () => {
  it.each([
    [checking(), 'leaveCheckout'],
    [creating(), 'stopCheckout'],
  ] as const)('may be left to us after 20 s', async (view, method) => {
    const kiosk = await openAt(free())
    kiosk.push(view)
    await kiosk.pass(DELAYS.offerLeavingMs - 1)
    kiosk.touch('customer.finish')
    expect(kiosk.calls).toEqual([])
    await kiosk.pass(1)
    kiosk.touch('customer.finish')
    expect(kiosk.calls.map(call => call.method)).toEqual([method])
  })
})

describe('a shop that changes', () => {
  it('while a customer chooses: the list is read again, the basket kept', async () => {
    const kiosk = await openAt(free())
    kiosk.touch('customer.start', add('tea'))
    kiosk.push(free({ shopRevision: 'two' }))
    await kiosk.heard()
    expect(kiosk.at()).toBe('browsing')
    expect(kiosk.context()).toMatchObject({ cart: { tea: 1 }, shopAskedFor: 'two' })
  })
})
