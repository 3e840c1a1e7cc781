import { describe, expect, it } from 'vitest'
import { DELAYS } from './delays.ts'
import { closedReason, waitOf } from './showing.ts'
import { awaiting, checking, free, openAt, openAtReview, openTestKiosk, paid, shut } from './test-host.ts'

/** The misfortune: the line to core is down. A code that nobody watches is not shown, and nobody is told a guess. */

const lostMs = DELAYS.hostGraceMs

describe('a host that goes away', () => {
  it('for a moment is not seen', async () => {
    const kiosk = await openAt(awaiting())
    kiosk.lose()
    await kiosk.pass(lostMs - 1)
    expect(kiosk.at()).toBe('showingCode')
    kiosk.push(awaiting())
    await kiosk.pass(lostMs)
    expect(kiosk.at()).toBe('showingCode')
  })

  it('hides the code, and the next snapshot brings it back', async () => {
    const kiosk = await openAt(awaiting())
    kiosk.lose()
    await kiosk.pass(lostMs)
    expect(waitOf(kiosk.snapshot()).kind).toBe('reconnecting')
    kiosk.push(awaiting(120_000))
    expect(kiosk.at()).toBe('showingCode')
  })

  it('hides it also when calls still work: a code needs pushed snapshots', async () => {
    const kiosk = await openAt(awaiting())
    kiosk.lose()
    await kiosk.pass(lostMs)
    await kiosk.answer('getLane', awaiting())
    expect(kiosk.at()).toBe('reconnecting.pausing')
    await kiosk.pass(DELAYS.retryMs)
    await kiosk.answer('getLane', paid())
    expect(kiosk.at()).toBe('paid')
  })

  it('while a customer pays is left to us after a while, and the lane is left when it is back', async () => {
    const kiosk = await openAt(awaiting())
    kiosk.lose()
    await kiosk.pass(lostMs)
    kiosk.touch('customer.finish')
    expect(kiosk.at()).toBe('reconnecting.reading')
    await kiosk.pass(DELAYS.offerLeavingMs)
    expect(waitOf(kiosk.snapshot())).toMatchObject({ canLeave: true })
    kiosk.touch('customer.finish')
    expect(closedReason(kiosk.snapshot())).toBe('hostAway')
    kiosk.push(awaiting())
    expect(kiosk.at()).toBe('leaving.asking')
    expect(kiosk.calls.at(-1)).toMatchObject({ method: 'leaveCheckout', input: { checkoutId: 'checkout-1' } })
    await kiosk.answer('leaveCheckout', free())
    expect(kiosk.at()).toBe('attract.resting')
  })

  it('after a start without an answer: what the customer turned away from is not shown to the next one', async () => {
    const kiosk = await openAtReview()
    kiosk.touch('customer.pay')
    kiosk.lose()
    await kiosk.pass(lostMs)
    expect(kiosk.at()).toBe('reconnecting.reading')
    await kiosk.pass(DELAYS.offerLeavingMs)
    kiosk.touch('customer.finish')
    kiosk.push(awaiting())
    expect(kiosk.at()).toBe('leaving.asking')
  })

  it('after a start without an answer and without an effect: nothing of it waits for the next one', async () => {
    const kiosk = await openAtReview()
    kiosk.touch('customer.pay')
    kiosk.lose()
    await kiosk.pass(lostMs)
    await kiosk.pass(DELAYS.offerLeavingMs)
    kiosk.touch('customer.finish')
    kiosk.push(free())
    expect(kiosk.at()).toBe('attract.resting')
  })

  it('shows no code that an answer brings, as long as nothing is pushed', async () => {
    const kiosk = await openAt(paid())
    kiosk.lose()
    await kiosk.pass(lostMs)
    kiosk.touch('customer.finish')
    await kiosk.answer('leaveCheckout', awaiting())
    expect(kiosk.at()).toBe('reconnecting.pausing')
    kiosk.push(awaiting())
    expect(kiosk.at()).toBe('showingCode')
  })

  it('while the order is changed on another tab is followed there, not left', async () => {
    const kiosk = await openAt(paid())
    kiosk.touch('customer.finish')
    await kiosk.answer('leaveCheckout', { kind: 'hostAway' })
    const other = awaiting()
    kiosk.push({ ...other, checkout: other.checkout && { ...other.checkout, checkoutId: 'checkout-2' } })
    expect(kiosk.at()).toBe('showingCode')
  })

  it('closes an idle screen, and it opens by itself', async () => {
    const kiosk = await openAt(free())
    kiosk.lose()
    await kiosk.pass(lostMs)
    expect(kiosk.at()).toBe('closed')
    expect(closedReason(kiosk.snapshot())).toBe('hostAway')
    kiosk.push(free())
    expect(kiosk.at()).toBe('attract.resting')
  })

  it('lets a customer go on choosing, and sends nothing that could be half done', async () => {
    const kiosk = await openAtReview()
    kiosk.lose()
    await kiosk.pass(lostMs)
    expect(kiosk.at()).toBe('reviewing')
    kiosk.touch('customer.pay')
    expect(kiosk.calls).toEqual([])
    expect(kiosk.context().notice).toEqual({ key: 'notice.hostAway' })
    kiosk.push(free())
    expect(kiosk.context().notice).toBeNull()
    kiosk.touch('customer.pay')
    expect(kiosk.count('startCheckout')).toBe(1)
  })

  it('leaves the truth about money on the screen', async () => {
    const kiosk = await openAt(paid())
    kiosk.lose()
    await kiosk.pass(lostMs)
    expect(kiosk.at()).toBe('paid')
  })

  it('while PayPay is asked is told as such, and comes back to the same wait', async () => {
    const kiosk = await openAt(checking())
    kiosk.lose()
    await kiosk.pass(lostMs)
    expect(waitOf(kiosk.snapshot()).kind).toBe('reconnecting')
    kiosk.push(checking(9_000))
    expect(waitOf(kiosk.snapshot())).toMatchObject({ kind: 'asking', elapsedMs: 9_000 })
  })

  it('and was never there says so, and the first snapshot opens the till', async () => {
    const kiosk = openTestKiosk()
    await kiosk.heard()
    expect(kiosk.at()).toBe('connecting.quiet')
    await kiosk.pass(DELAYS.bootQuietMs)
    expect(kiosk.at()).toBe('connecting.waiting')
    expect(closedReason(kiosk.snapshot())).toBe('starting')
    await kiosk.pass(DELAYS.firstViewMs)
    expect(closedReason(kiosk.snapshot())).toBe('hostAway')
    kiosk.push(free())
    expect(kiosk.at()).toBe('attract.resting')
  })
})

describe('a till that closes', () => {
  it('and nobody is there: says why, and opens by itself', async () => {
    const kiosk = await openAt(free())
    kiosk.push(shut())
    expect(kiosk.at()).toBe('closed')
    expect(closedReason(kiosk.snapshot())).toBe('paypayUnreachable')
    kiosk.touch('customer.start')
    expect(kiosk.at()).toBe('closed')
    kiosk.push(free())
    expect(kiosk.at()).toBe('attract.resting')
  })

  it('keeps the basket of a customer who is choosing, for a minute', async () => {
    const kiosk = await openAtReview()
    kiosk.push(shut())
    await kiosk.pass(DELAYS.keepBasketMs - 1)
    kiosk.push(shut())
    kiosk.push(free())
    expect(kiosk.at()).toBe('browsing')
    expect(kiosk.context().cart).toEqual({ tea: 1, bun: 1 })
    kiosk.push(shut())
    await kiosk.pass(DELAYS.keepBasketMs)
    kiosk.push(free())
    expect(kiosk.at()).toBe('attract.resting')
    expect(kiosk.context().cart).toEqual({})
  })

  it('while a customer pays does not take their code away', async () => {
    const kiosk = await openAt(awaiting())
    kiosk.push({ ...awaiting(), selling: { open: false, reason: 'paypayBusy' } })
    expect(kiosk.at()).toBe('showingCode')
  })

  it('does not bring a finished sale’s basket back', async () => {
    const kiosk = await openAtReview()
    kiosk.touch('customer.pay')
    await kiosk.answer('startCheckout', awaiting())
    kiosk.push(paid())
    kiosk.push(shut())
    expect(kiosk.at()).toBe('closed')
    kiosk.push(free())
    expect(kiosk.at()).toBe('attract.resting')
    expect(kiosk.context().cart).toEqual({})
  })

  it('in the middle of a start that was refused keeps the basket', async () => {
    const kiosk = await openAtReview()
    kiosk.touch('customer.pay')
    kiosk.push(shut())
    expect(kiosk.at()).toBe('creatingCode.requested')
    await kiosk.answer('startCheckout', { kind: 'laneClosed', reason: 'paypayUnreachable' })
    expect(kiosk.at()).toBe('closed')
    kiosk.push(free())
    expect(kiosk.at()).toBe('browsing')
    expect(kiosk.context().cart).toEqual({ tea: 1, bun: 1 })
  })
})
