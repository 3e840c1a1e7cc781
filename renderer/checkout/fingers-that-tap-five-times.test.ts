import { describe, expect, it } from 'vitest'
import { DELAYS } from './delays.ts'
import type { CustomerEvent } from './events.ts'
import { awaiting, checking, creating, free, openAt, openAtReview, paid, unpaid } from './test-host.ts'

/** The misfortune: impatient fingers. Every button is one call, and a second tap never presses what has just come up. */

const five = (type: CustomerEvent['type']) => Array(5).fill(type) as CustomerEvent['type'][]

describe('five fast taps', () => {
  it('on pay start one checkout', async () => {
    const kiosk = await openAtReview()
    kiosk.touch(...five('customer.pay'))
    await kiosk.answer('startCheckout', creating())
    kiosk.touch(...five('customer.pay'))
    kiosk.push(awaiting())
    kiosk.touch(...five('customer.pay'))
    expect(kiosk.count('startCheckout')).toBe(1)
  })

  it('on try again ask for one code', async () => {
    const kiosk = await openAt(unpaid())
    kiosk.touch(...five('customer.tryAgain'))
    expect(kiosk.count('retryCheckout')).toBe(1)
    await kiosk.answer('retryCheckout', creating())
    kiosk.touch(...five('customer.tryAgain'))
    expect(kiosk.count('retryCheckout')).toBe(1)
  })

  it('on change order, with stop and try again between them, leave once', async () => {
    const kiosk = await openAt(unpaid())
    kiosk.touch(
      'customer.changeOrder',
      'customer.finish',
      'customer.tryAgain',
      ...five('customer.changeOrder'),
    )
    expect(kiosk.calls.map(call => call.method)).toEqual(['leaveCheckout'])
  })

  it('on cancel delete one code', async () => {
    const kiosk = await openAt(awaiting())
    kiosk.touch(...five('customer.cancel'), ...five('customer.havePaid'))
    expect(kiosk.calls.map(call => call.method)).toEqual(['stopCheckout'])
    await kiosk.answer('stopCheckout', checking())
    kiosk.touch(...five('customer.cancel'))
    expect(kiosk.count('stopCheckout')).toBe(1)
  })

  it('on "I have paid" ask once', async () => {
    const kiosk = await openAt(awaiting())
    kiosk.touch(...five('customer.havePaid'))
    expect(kiosk.count('checkNow')).toBe(1)
  })

  it('on done leave once, and start no sale for nobody', async () => {
    const kiosk = await openAt(paid())
    kiosk.touch(...five('customer.finish'))
    await kiosk.answer('leaveCheckout', free())
    kiosk.touch(...five('customer.start'))
    expect(kiosk.at()).toBe('attract.resting')
    expect(kiosk.count('leaveCheckout')).toBe(1)
    await kiosk.pass(DELAYS.settleMs)
    kiosk.touch('customer.start')
    expect(kiosk.at()).toBe('browsing')
  })

  it('on the menu’s pay do not pay: the review has to be seen', async () => {
    const kiosk = await openAt(free())
    kiosk.touch('customer.start', { type: 'customer.add', productId: 'tea' }, 'customer.checkOut')
    kiosk.touch(...five('customer.pay'))
    expect(kiosk.at()).toBe('reviewing')
    expect(kiosk.count('startCheckout')).toBe(0)
    await kiosk.pass(DELAYS.settleMs)
    kiosk.touch('customer.pay')
    expect(kiosk.count('startCheckout')).toBe(1)
  })

  it.each([paid(), unpaid()])('meant for the code do not press what comes up after it', async view => {
    const kiosk = await openAt(awaiting())
    kiosk.push(view)
    const place = kiosk.at()
    kiosk.touch('customer.tryAgain', ...(view.checkout?.status === 'paid' ? five('customer.finish') : []))
    expect(kiosk.at()).toBe(place)
    expect(kiosk.calls).toEqual([])
  })
})
