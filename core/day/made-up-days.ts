import fc from 'fast-check'
import { type TaxRatePercent, taxInside, yen } from '../../shared/money.ts'
import { taxLines } from '../catalogue.ts'
import { jstDay } from '../jst.ts'
import type { NewFact } from '../ledger/ledger.ts'

// Checkouts for tests of the day's figures: as facts, and as what a clerk with a pencil would write down of them.

export const DAY = '2026-11-24'
export const HOUR_MS = 3_600_000
export const MIDNIGHT_MS = Date.parse(`${DAY}T00:00:00+09:00`)

export type Story =
  | 'sold'
  | 'late'
  | 'lateRefunded'
  | 'unpaid'
  | 'cancelled'
  | 'parts'
  | 'amounts'
  | 'undelivered'

export const plan = fc.record({
  story: fc.constantFrom<Story>(
    'sold',
    'late',
    'lateRefunded',
    'unpaid',
    'cancelled',
    'parts',
    'amounts',
    'undelivered',
  ),
  lane: fc.constantFrom('main', 'terrace'),
  lines: fc.array(
    fc.record({
      product: fc.integer({ min: 0, max: 3 }),
      quantity: fc.integer({ min: 1, max: 5 }),
      priceYen: fc.integer({ min: 1, max: 3_000 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  /** From a day before to a day after. */
  paidAfterMs: fc.integer({ min: -24 * HOUR_MS, max: 48 * HOUR_MS - 1 }),
  backAfterMs: fc.integer({ min: 1, max: 30 * HOUR_MS }),
  shares: fc.array(fc.integer({ min: 1, max: 4_000 }), { minLength: 1, maxLength: 3 }),
})
export type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never

/** One thing that the pencil writes: money in or out, on a day and at an hour. */
export type Noted = {
  readonly kind: 'sale' | 'cancel' | 'refund' | 'itself'
  readonly day: string
  readonly hour: number
  readonly lane: string
  readonly amountYen: number
  readonly byProduct: ReadonlyMap<string, { quantity: number; yen: number }>
  /** The tax of the paper by rate; null for a return as an amount, which is spread. */
  readonly byRate: ReadonlyMap<TaxRatePercent, { yen: number; taxYen: number }> | null
}

type Line = { productId: string; quantity: number; unitPriceYen: number; taxRatePercent: TaxRatePercent }
const rateOf = (product: number): TaxRatePercent => (product < 2 ? 8 : 10)

export function tell(plan: Plan, index: number): { facts: NewFact[]; noted: Noted[] } {
  const id = `c${index}`
  const merchantPaymentId = `order-${index}`
  const paidAtMs = MIDNIGHT_MS + plan.paidAfterMs
  const paidAtS = Math.floor(paidAtMs / 1000)
  const lines = plan.lines.map(({ product, quantity, priceYen }) => ({
    productId: `p${product}`,
    names: { ja: `品${product}` },
    quantity,
    unitPriceYen: yen(priceYen),
    lineYen: yen(priceYen * quantity),
    taxRatePercent: rateOf(product),
  }))
  const totalYen = lines.reduce((sum, line) => sum + line.lineYen, 0)
  const facts: NewFact[] = []
  const noted: Noted[] = []
  const write = (type: string, atMs: number, data: object): void =>
    void facts.push({ checkoutId: id, type, atMs, data: { merchantPaymentId, ...data } })
  const note = (kind: Noted['kind'], atMs: number, some: readonly Line[], amountYen?: number): void => {
    const byProduct = new Map<string, { quantity: number; yen: number }>()
    const rates = new Map<TaxRatePercent, number>()
    for (const line of some) {
      const before = byProduct.get(line.productId) ?? { quantity: 0, yen: 0 }
      const lineYen = line.quantity * line.unitPriceYen
      byProduct.set(line.productId, {
        quantity: before.quantity + line.quantity,
        yen: before.yen + lineYen,
      })
      rates.set(line.taxRatePercent, (rates.get(line.taxRatePercent) ?? 0) + lineYen)
    }
    noted.push({
      kind,
      day: jstDay(atMs),
      hour: Number(new Date(atMs + 9 * HOUR_MS).toISOString().slice(11, 13)),
      lane: plan.lane,
      amountYen: amountYen ?? some.reduce((sum, line) => sum + line.quantity * line.unitPriceYen, 0),
      byProduct,
      byRate:
        amountYen === undefined
          ? new Map([...rates].map(([rate, sum]) => [rate, { yen: sum, taxYen: taxInside(yen(sum), rate) }]))
          : null,
    })
  }
  const decide = (
    number: number,
    amountYen: number,
    chosen: readonly { line: number; quantity: number }[] | null,
    way: 'cancel' | 'refund',
    atMs: number,
  ): void => {
    const merchantRefundId = `${merchantPaymentId}-m${number}`
    const decision = { decisionId: `d-${number}`, reason: 'other', note: '', by: 'u1', approvedBy: null }
    write('moneyBackDecided', atMs - 2, { merchantRefundId, amountYen, lines: chosen, ...decision })
    write('moneyBackIntended', atMs - 1, { merchantRefundId, way })
    write('moneyBackDone', atMs, { merchantRefundId })
  }

  write('checkoutStarted', paidAtMs - 30_000, {
    lane: plan.lane,
    businessDay: jstDay(paidAtMs),
    claimNumber: index + 1,
    lines,
    totalYen,
    taxes: taxLines(lines),
  })
  write('createIntended', paidAtMs - 29_000, { attempt: 1, amountYen: totalYen })
  write('customerLeft', paidAtMs - 1, { reason: 'customer' })
  const { story } = plan
  if (story === 'unpaid') {
    write('outcomeReached', paidAtMs, { outcome: 'neverPayable' })
    return { facts, noted }
  }
  const read = { kind: 'completed', paymentId: `0${index}`, acceptedAtS: paidAtS }
  write('paymentRead', paidAtMs + 900, { read })
  const backAtMs = paidAtMs + 1_000 + plan.backAfterMs
  if (story === 'late' || story === 'lateRefunded') {
    if (story === 'lateRefunded') write('refundTaken', backAtMs, { merchantRefundId: `refund-${index}` })
    write('outcomeReached', backAtMs, { outcome: 'returned' })
    note('itself', backAtMs, lines)
    return { facts, noted }
  }
  note('sale', paidAtS * 1000, lines)
  if (story === 'undelivered') {
    write('handoverFailed', paidAtMs + 901, { says: 'no' })
    write('caseOpened', paidAtMs + 902, { why: 'no', money: 'paid' })
  } else {
    write('handedOver', paidAtMs + 901, {})
    write('outcomeReached', paidAtMs + 902, { outcome: 'delivered' })
  }
  if (story === 'cancelled' || story === 'undelivered') {
    const way = story === 'cancelled' ? 'cancel' : 'refund'
    const all = lines.map(({ quantity }, line) => ({ line, quantity }))
    decide(1, totalYen, all, way, backAtMs)
    note(way, backAtMs, lines)
  }
  if (story === 'amounts') {
    let leftYen = totalYen
    for (const [number, share] of plan.shares.entries()) {
      const amountYen = Math.min(share, leftYen)
      if (amountYen === 0 || amountYen === totalYen) break
      leftYen -= amountYen
      decide(number + 1, amountYen, null, 'refund', backAtMs + number)
      note('refund', backAtMs + number, [], amountYen)
    }
  }
  if (story === 'parts')
    for (const [number, line] of lines.slice(0, plan.shares.length).entries()) {
      decide(
        number + 1,
        line.lineYen,
        [{ line: number, quantity: line.quantity }],
        'refund',
        backAtMs + number,
      )
      note('refund', backAtMs + number, [line])
    }
  return { facts, noted }
}
