import { describe, expect, it } from 'vitest'
import type { Failure } from '../../shared/failure.ts'
import { DELAYS } from './delays.ts'
import { openReceiptOf, receiptOffer, saleOf, thankYouCountdown } from './showing.ts'
import { free, menuShop, openAt, paid, receipt, returned, type TestKiosk } from './test-host.ts'

/** Whoever has paid sees their receipt for as long as they read it, prints it where there is a printer, and nobody else sees it. */

const shop = menuShop({ receiptPaperMm: 80 })

async function openAtThanks(of = shop): Promise<TestKiosk> {
  const kiosk = await openAt(free(), { shop: of })
  kiosk.push(paid())
  await kiosk.pass(1_000)
  return kiosk
}

async function openAtReceipt(of = shop): Promise<TestKiosk> {
  const kiosk = await openAtThanks(of)
  kiosk.touch('customer.showReceipt')
  await kiosk.heard()
  await kiosk.answer('getReceipt', receipt())
  await kiosk.pass(1_000)
  return kiosk
}

const printingOf = (kiosk: TestKiosk) => openReceiptOf(kiosk.snapshot())?.printing
const isShut = (kiosk: TestKiosk) =>
  openReceiptOf(kiosk.snapshot()) === null && kiosk.context().receipt === null

describe('a receipt', () => {
  it('is asked for once, shown, and put away again: the thank-you has its whole time anew', async () => {
    const kiosk = await openAtThanks()
    kiosk.touch('customer.showReceipt', 'customer.showReceipt')
    await kiosk.heard()
    expect(kiosk.calls).toEqual([{ method: 'getReceipt', input: { lane: 'main', checkoutId: 'checkout-1' } }])
    expect(receiptOffer(kiosk.snapshot())).toBe('opening')
    await kiosk.answer('getReceipt', receipt())
    expect(openReceiptOf(kiosk.snapshot())).toEqual({
      receipt: receipt(),
      printing: 'ready',
      countdown: { leftMs: 60_000, wholeMs: 60_000 },
      settling: true,
    })
    // The second tap of the button that opened it closes nothing.
    kiosk.touch('customer.closeReceipt')
    expect(isShut(kiosk)).toBe(false)
    await kiosk.pass(DELAYS.thankYouMs * 3)
    kiosk.push(paid())
    expect(isShut(kiosk)).toBe(false)

    kiosk.touch('customer.closeReceipt')
    expect(isShut(kiosk)).toBe(true)
    expect(kiosk.at()).toBe('paid')
    expect(thankYouCountdown(kiosk.snapshot()).leftMs).toBe(10_000)
    await kiosk.pass(DELAYS.thankYouMs - 1)
    expect(kiosk.count('leaveCheckout')).toBe(0)
    await kiosk.pass(1)
    expect(kiosk.count('leaveCheckout')).toBe(1)
    // The stamp sounded once.
    expect(kiosk.sounds).toEqual(['paid'])
  })

  it('that is left open stays while it is touched, then goes, and the next customer finds nothing', async () => {
    const kiosk = await openAtReceipt()
    for (let minute = 0; minute < 3; minute += 1) {
      kiosk.touch('customer.touch')
      await kiosk.pass(DELAYS.receiptMs - 1)
      expect(openReceiptOf(kiosk.snapshot())?.countdown.leftMs).toBe(1)
    }
    await kiosk.pass(1)
    expect(isShut(kiosk)).toBe(true)
    expect(saleOf(kiosk.snapshot())).toBeNull()
    await kiosk.answer('leaveCheckout', free())
    expect(kiosk.at()).toBe('attract.resting')
    kiosk.touch('customer.showReceipt', 'customer.printReceipt')
    expect(kiosk.count('getReceipt')).toBe(1)
  })

  it.each<Failure>([
    { kind: 'hostAway' },
    { kind: 'unknownCheckout', checkoutId: 'checkout-1' },
    { kind: 'internal', reference: 'r1' },
  ])('that does not come ($kind) is told, the thank-you stays, and may be asked for again', async failure => {
    const kiosk = await openAtThanks()
    kiosk.touch('customer.showReceipt')
    await kiosk.heard()
    await kiosk.answer('getReceipt', failure)
    expect(receiptOffer(kiosk.snapshot())).toBe('notShown')
    expect(thankYouCountdown(kiosk.snapshot()).leftMs).toBe(10_000)
    await kiosk.pass(1_000)
    kiosk.touch('customer.showReceipt')
    await kiosk.heard()
    await kiosk.answer('getReceipt', receipt())
    expect(isShut(kiosk)).toBe(false)
  })

  it('is told of in the same way when what draws it is not sent', async () => {
    const kiosk = await openAtThanks()
    kiosk.withholdReceipts()
    kiosk.touch('customer.showReceipt')
    await kiosk.heard()
    expect(receiptOffer(kiosk.snapshot())).toBe('notShown')
    expect(kiosk.calls).toEqual([])
  })

  it('that never comes holds nobody up', async () => {
    const kiosk = await openAtThanks()
    kiosk.touch('customer.showReceipt')
    await kiosk.pass(DELAYS.receiptMs)
    expect(kiosk.count('leaveCheckout')).toBe(1)
    const other = await openAtThanks()
    other.touch('customer.showReceipt')
    await other.pass(1_000)
    other.touch('customer.finish')
    expect(other.count('leaveCheckout')).toBe(1)
  })

  it('stays while the host is away, and goes when core has news of the money', async () => {
    const kiosk = await openAtReceipt()
    kiosk.lose()
    await kiosk.pass(DELAYS.hostGraceMs)
    expect(isShut(kiosk)).toBe(false)
    kiosk.push(returned())
    expect(isShut(kiosk)).toBe(true)
    expect(kiosk.at()).toBe('returned.shown')
  })
})

describe('a receipt on paper', () => {
  it('is written down by core and printed on the shop’s roll, once for five taps; then again as a copy', async () => {
    const kiosk = await openAtReceipt()
    kiosk.touch(...Array.from({ length: 5 }, () => 'customer.printReceipt' as const))
    await kiosk.heard()
    expect(printingOf(kiosk)).toBe('printing')
    expect(kiosk.count('printReceipt')).toBe(1)
    expect(kiosk.printed).toEqual([])
    await kiosk.answer('printReceipt', receipt())
    expect(printingOf(kiosk)).toBe('sent')
    kiosk.touch('customer.printReceipt')
    await kiosk.heard()
    await kiosk.answer('printReceipt', receipt(1))
    expect(kiosk.printed).toEqual([
      { receipt: receipt(), paperMm: 80 },
      { receipt: receipt(1), paperMm: 80 },
    ])
  })

  it('that core does not give is not printed, and told', async () => {
    const kiosk = await openAtReceipt()
    kiosk.touch('customer.printReceipt')
    await kiosk.heard()
    await kiosk.answer('printReceipt', { kind: 'hostAway' })
    expect(printingOf(kiosk)).toBe('notPrinted')
    expect(kiosk.printed).toEqual([])
  })

  it('that cannot be drawn is not written down as printed', async () => {
    const kiosk = await openAtReceipt()
    kiosk.withholdReceipts()
    kiosk.touch('customer.printReceipt')
    await kiosk.heard()
    expect(printingOf(kiosk)).toBe('notPrinted')
    expect(kiosk.count('printReceipt')).toBe(0)
  })

  it('comes out also when the card was closed before core had answered', async () => {
    const kiosk = await openAtReceipt()
    kiosk.touch('customer.printReceipt')
    await kiosk.heard()
    kiosk.touch('customer.closeReceipt')
    await kiosk.answer('printReceipt', receipt())
    expect(isShut(kiosk)).toBe(true)
    expect(kiosk.printed).toHaveLength(1)
  })

  it('is not to be had without a printer', async () => {
    const kiosk = await openAtReceipt(menuShop())
    kiosk.touch('customer.printReceipt')
    await kiosk.heard()
    expect(kiosk.count('printReceipt')).toBe(0)
    expect(printingOf(kiosk)).toBe('ready')
  })
})
