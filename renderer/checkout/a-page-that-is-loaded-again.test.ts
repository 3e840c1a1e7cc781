import { describe, expect, it } from 'vitest'
import { DELAYS } from './delays.ts'
import { type Sale, saleMemory } from './memory.ts'
import { codeCountdown, saleOf, waitOf } from './showing.ts'
import {
  awaiting,
  checking,
  everyView,
  free,
  menuShop,
  openAt,
  openAtReview,
  openTestKiosk,
  paid,
  shut,
} from './test-host.ts'

/** The misfortune: the page dies and comes back, at any moment of a sale. It goes on from core's snapshot. */

const sale: Sale = { place: 'browsing', cart: { tea: 2 }, digits: '', locale: 'en', large: true }

describe('a page that is loaded again', () => {
  it.each([
    ['free', 'attract.resting'],
    ['closed', 'closed'],
    ['creating', 'creatingCode.confirmed'],
    ['awaitingPayment', 'showingCode'],
    ['checking', 'checking'],
    ['paid', 'paid'],
    ['unpaid', 'declined.shown'],
    ['returning', 'returned.shown'],
    ['returned', 'returned.shown'],
    ['problem', 'problem.shown'],
  ] as const)('while the lane says %s it is at %s, and asks core for nothing new', async (word, place) => {
    const kiosk = await openAt(everyView[word])
    expect(kiosk.at()).toBe(place)
    expect(kiosk.calls).toEqual([])
  })

  it('shows the code with the time that it still has, and gives it up when that is over', async () => {
    const kiosk = await openAt(awaiting(31_000))
    expect(codeCountdown(kiosk.snapshot())).toEqual({ leftMs: 30_000, wholeMs: 300_000 })
    await kiosk.pass(29_999)
    expect(kiosk.at()).toBe('showingCode')
    await kiosk.pass(1)
    expect(kiosk.at()).toBe('timeoutCancel')
  })

  it('goes on counting a wait where it was', async () => {
    const kiosk = await openAt(checking(12_000))
    expect(waitOf(kiosk.snapshot())).toEqual({ kind: 'asking', elapsedMs: 13_000, canLeave: false })
    await kiosk.pass(7_000)
    expect(waitOf(kiosk.snapshot())).toMatchObject({ elapsedMs: 20_000, canLeave: true })
  })

  it('keeps language and size through a payment', async () => {
    const kiosk = await openAt(awaiting(), { sale: { ...sale, place: 'paying' } })
    expect(kiosk.context()).toMatchObject({ locale: 'en', large: true, cart: {} })
  })

  it.each(['browsing', 'reviewing'] as const)('finds the basket again while %s', async place => {
    const kiosk = await openAt(free(), { sale: { ...sale, place } })
    expect(kiosk.at()).toBe(place)
    expect(kiosk.context()).toMatchObject({ cart: { tea: 2 }, locale: 'en', large: true })
  })

  it('keeps the basket when the till is shut for a moment after the reload', async () => {
    const kiosk = await openAt(shut(), { sale })
    expect(kiosk.at()).toBe('closed')
    kiosk.push(free())
    expect(kiosk.at()).toBe('browsing')
    expect(kiosk.context().cart).toEqual({ tea: 2 })
  })

  it('does not put a finished sale’s basket before the next customer', async () => {
    const kiosk = await openAt(free(), { sale: { ...sale, place: 'paying' } })
    expect(kiosk.at()).toBe('attract.resting')
    expect(kiosk.context()).toMatchObject({ cart: {}, locale: 'ja', large: false })
  })

  it('takes out of a remembered basket what the shop no longer sells, and says so', async () => {
    const kiosk = await openAt(free(), { sale: { ...sale, cart: { gone: 1, tea: 99, 'never-was': 1 } } })
    expect(kiosk.context().cart).toEqual({ tea: menuShop().maxQuantity })
    expect(kiosk.context().notice).toEqual({ key: 'notice.soldOut' })
  })

  it('remembers the basket until the customer has left', async () => {
    const kiosk = await openAtReview()
    expect(saleOf(kiosk.snapshot())).toEqual({
      place: 'reviewing',
      cart: { tea: 1, bun: 1 },
      digits: '',
      locale: 'ja',
      large: false,
    })
    kiosk.touch('customer.pay')
    // Until core has taken the order, a reload must find the basket.
    expect(saleOf(kiosk.snapshot())?.place).toBe('reviewing')
    await kiosk.answer('startCheckout', awaiting())
    expect(saleOf(kiosk.snapshot())?.place).toBe('paying')
    kiosk.push(paid())
    await kiosk.pass(DELAYS.thankYouMs)
    expect(saleOf(kiosk.snapshot())).toBeNull()
  })

  it('does not forget the sale when it is loaded twice in a row', () => {
    const kiosk = openTestKiosk({ sale })
    expect(kiosk.at()).toBe('connecting.quiet')
    expect(saleOf(kiosk.snapshot())).toEqual(sale)
  })

  it('does not show a screen before the shop and the lane are known', async () => {
    const kiosk = openTestKiosk()
    kiosk.push(awaiting())
    expect(kiosk.at()).toBe('connecting.quiet')
    await kiosk.heard()
    expect(kiosk.at()).toBe('showingCode')
  })
})

describe('the memory of a sale', () => {
  const store = (content: string | null) => ({
    getItem: () => content,
    setItem: () => {},
    removeItem: () => {},
  })

  it('gives back what it was given', () => {
    let kept: string | null = null
    const memory = saleMemory(
      () => ({
        ...store(kept),
        setItem: (_, value) => {
          kept = value
        },
      }),
      'main',
    )
    memory.write(sale)
    expect(saleMemory(() => store(kept), 'main').read()).toEqual(sale)
  })

  it.each([
    ['nothing', null],
    ['no JSON', '{'],
    ['another shape', '[]'],
    ['a place that is none', JSON.stringify({ ...sale, place: 'paid' })],
    ['a language that is none', JSON.stringify({ ...sale, locale: 'xx' })],
    ['half a tea', JSON.stringify({ ...sale, cart: { tea: 0.5 } })],
    ['a cart that is none', JSON.stringify({ ...sale, cart: [1] })],
  ])('forgets %s instead of failing', (_, content) => {
    expect(saleMemory(() => store(content), 'main').read()).toBeNull()
  })

  it('lives without a store', () => {
    const memory = saleMemory(() => {
      throw new Error('forbidden')
    }, 'main')
    memory.write(sale)
    memory.write(null)
    expect(memory.read()).toBeNull()
  })
})
