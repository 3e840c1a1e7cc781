import { describe, expect, it } from 'vitest'
import { DELAYS } from './delays.ts'
import { placeOf } from './showing.ts'
import {
  add,
  awaiting,
  checking,
  creating,
  free,
  keypadShop,
  openAt,
  openAtReview,
  paid,
  unpaid,
} from './test-host.ts'

/** What goes right: the words of the conversation, one after the other. */
describe('a sale', () => {
  it('goes from a touch to the stamp, and back to nobody', async () => {
    const kiosk = await openAt(free())
    expect(kiosk.at()).toBe('attract.resting')

    kiosk.touch({ type: 'customer.start', locale: 'en' }, add('tea'), add('tea'), add('bun'))
    expect(kiosk.at()).toBe('browsing')
    kiosk.touch('customer.checkOut')
    await kiosk.pass(1_000)
    kiosk.touch('customer.pay')
    expect(kiosk.at()).toBe('creatingCode.requested')
    expect(kiosk.calls.at(-1)).toEqual({
      method: 'startCheckout',
      input: {
        lane: 'main',
        locale: 'en',
        order: {
          kind: 'cart',
          lines: [
            { productId: 'tea', quantity: 2, seenPriceYen: 180 },
            { productId: 'bun', quantity: 1, seenPriceYen: 220 },
          ],
        },
      },
    })

    await kiosk.answer('startCheckout', creating())
    expect(kiosk.at()).toBe('creatingCode.confirmed')
    kiosk.push(awaiting())
    expect(kiosk.at()).toBe('showingCode')
    kiosk.push(checking())
    expect(kiosk.at()).toBe('checking')
    kiosk.push(paid())
    expect(kiosk.at()).toBe('paid')
    expect(kiosk.sounds).toEqual(['tick', 'tick', 'tick', 'tap', 'paid'])

    await kiosk.pass(DELAYS.thankYouMs)
    expect(kiosk.calls.at(-1)).toEqual({
      method: 'leaveCheckout',
      input: { lane: 'main', checkoutId: 'checkout-1' },
    })
    await kiosk.answer('leaveCheckout', free())
    expect(kiosk.at()).toBe('attract.resting')
    expect(kiosk.context()).toMatchObject({ cart: {}, locale: 'ja', large: false })
  })

  it('sends an amount from a keypad till', async () => {
    const kiosk = await openAt(free(), { shop: keypadShop() })
    kiosk.touch('customer.start', ...[...'1980'].map(digit => ({ type: 'customer.digit', digit }) as const))
    kiosk.touch('customer.checkOut')
    await kiosk.pass(1_000)
    kiosk.touch('customer.pay')
    expect(kiosk.calls.at(-1)?.input).toMatchObject({ order: { kind: 'amount', amountYen: 1980 } })
  })

  it('keeps the basket when no money came: again at once, or back to the menu', async () => {
    const kiosk = await openAtReview()
    kiosk.touch('customer.pay')
    await kiosk.answer('startCheckout', creating())
    kiosk.push(awaiting())
    kiosk.push(unpaid())
    expect(kiosk.at()).toBe('declined.shown')
    await kiosk.pass(1_000)
    kiosk.touch('customer.tryAgain')
    expect(kiosk.at()).toBe('declined.retrying')
    await kiosk.answer('retryCheckout', creating())
    expect(kiosk.at()).toBe('creatingCode.confirmed')
    kiosk.push(unpaid('notCreated'))
    kiosk.touch('customer.changeOrder')
    await kiosk.answer('leaveCheckout', free())
    expect(kiosk.at()).toBe('browsing')
    // What core sold is what is changed, not what the screen remembers.
    expect(kiosk.context().cart).toEqual({ tea: 2 })
  })

  it('asks PayPay at once when the customer says that they have paid, and says so for a moment', async () => {
    const kiosk = await openAt(awaiting())
    kiosk.touch('customer.havePaid', 'customer.havePaid')
    expect(kiosk.count('checkNow')).toBe(1)
    await kiosk.answer('checkNow', awaiting())
    kiosk.touch('customer.havePaid')
    expect(kiosk.count('checkNow')).toBe(1)
    await kiosk.pass(DELAYS.askedMs)
    kiosk.touch('customer.havePaid')
    expect(kiosk.count('checkNow')).toBe(2)
    expect(placeOf(kiosk.snapshot())).toBe('showingCode')
  })
})
