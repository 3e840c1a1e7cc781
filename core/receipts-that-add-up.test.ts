import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CheckoutLine } from '../shared/checkout.ts'
import { sumYen, yen } from '../shared/money.ts'
import type { ReturnOrder } from '../shared/receipt.ts'
import { taxLines } from './catalogue.ts'
import { defaultSettings, parseSettings } from './config.ts'
import { type Issue, type PaidSale, receiptOf } from './receipt.ts'
import { type EarlierReturn, planReturn, returnReceiptOf, spread } from './return-receipt.ts'

// A tax invoice with a yen too much or too little is no invoice; and what comes back in parts must come back whole.

const issue: Issue = { atMs: 0, mode: 'production', locale: 'ja', printedBefore: 0 }

const anyLine = fc
  .record({
    unitPriceYen: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30_000 })),
    quantity: fc.integer({ min: 1, max: 9 }),
    taxRatePercent: fc.constantFrom(8, 10),
  } as const)
  .map(({ unitPriceYen, quantity, taxRatePercent }) => line(unitPriceYen, quantity, taxRatePercent))
const anySale = fc.array(anyLine, { minLength: 1, maxLength: 6 }).map(saleOf)

function saleOf(lines: readonly CheckoutLine[]): PaidSale {
  return {
    checkoutId: 'c1',
    claimNumber: '012',
    receiptNumber: '20261125-012',
    lines,
    taxes: taxLines(lines),
    totalYen: sumYen(lines.map(line => line.lineYen)),
    paymentId: '04712345678901234567',
    // 00:30 on the 25th in Japan; still the 24th in London.
    paidAtMs: Date.UTC(2026, 10, 24, 15, 30),
  }
}

function line(unitPriceYen: number, quantity: number, taxRatePercent: 8 | 10): CheckoutLine {
  return {
    productId: 'p',
    names: { ja: '品', en: 'Thing' },
    quantity,
    unitPriceYen: yen(unitPriceYen),
    lineYen: yen(unitPriceYen * quantity),
    taxRatePercent,
  }
}

describe('a receipt', () => {
  it('is the sum of its lines and of its rates, with the tax of each rate rounded down once', () => {
    fc.assert(
      fc.property(anySale, sale => {
        const { lines, taxes, totalYen } = receiptOf(sale, defaultSettings, issue)
        expect(sumYen(lines.map(one => one.lineYen))).toBe(totalYen)
        expect(sumYen(taxes.map(one => one.totalYen))).toBe(totalYen)
        for (const { ratePercent, totalYen: atRate, taxYen } of taxes) {
          expect(atRate).toBe(
            sumYen(lines.filter(one => one.taxRatePercent === ratePercent).map(one => one.lineYen)),
          )
          expect(taxYen).toBe(Math.floor((atRate * ratePercent) / (100 + ratePercent)))
        }
        expect(lines.every(one => one.isReducedRate === (one.taxRatePercent === 8))).toBe(true)
      }),
    )
  })

  it('carries the day of Japan, the issuer, and how often it came out before', () => {
    const settings = parseSettings(
      '{"receipt":{"issuer":"株式会社こかげ","registrationNumber":"T7000012050002"}}',
      'settings.json',
    )
    const receipt = receiptOf(saleOf([line(680, 1, 8)]), settings, {
      ...issue,
      printedBefore: 2,
      locale: 'en',
    })
    expect(receipt).toMatchObject({
      kind: 'sale',
      saleDate: '2026-11-25',
      issuer: { name: '株式会社こかげ', shop: 'こかげ', registrationNumber: 'T7000012050002' },
      printedBefore: 2,
      locale: 'en',
      taxes: [{ ratePercent: 8, totalYen: 680, taxYen: 50 }],
    })
    expect(receiptOf(saleOf([line(680, 1, 8)]), defaultSettings, issue).issuer).toEqual({
      name: 'こかげ',
      shop: null,
      address: null,
      phone: null,
      registrationNumber: null,
    })
  })

  it('is refused for a sale that does not add up', () => {
    const sale = saleOf([line(680, 2, 8), line(110, 1, 10)])
    const [tax] = sale.taxes
    if (!tax) throw new Error('the sale has no rates')
    const wrong = (change: Partial<PaidSale>) => () =>
      receiptOf({ ...sale, ...change }, defaultSettings, issue)
    expect(wrong({})).not.toThrow()
    expect(wrong({ totalYen: yen(1_469) })).toThrow('c1: the lines come to 1470 yen, the sale to 1469')
    expect(wrong({ taxes: [{ ...tax, taxYen: yen(101) }] })).toThrow(
      /the sums by rate are 8 %: 1360, tax 101; by its lines/,
    )
    expect(wrong({ lines: [{ ...line(680, 2, 8), lineYen: yen(1_359) }, line(110, 1, 10)] })).toThrow(
      'c1: a line of 1359 yen is not its price times its count',
    )
  })
})

describe('returns', () => {
  /** Orders as they come at a desk, good and bad; at the end whatever is left. */
  const anyOrder: fc.Arbitrary<ReturnOrder> = fc.oneof(
    fc.record({ kind: fc.constant('amount' as const), amountYen: fc.integer({ min: 0, max: 40 }) }),
    fc.record({ kind: fc.constant('amount' as const), amountYen: fc.integer({ min: 1, max: 60_000 }) }),
    fc.record({
      kind: fc.constant('lines' as const),
      lines: fc.array(fc.record({ lineIndex: fc.nat(6), quantity: fc.integer({ min: 0, max: 9 }) }), {
        maxLength: 4,
      }),
    }),
  )

  it('of one sale never exceed it, and come to exactly its amounts and its tax when all is given back', () => {
    let partial = 0
    fc.assert(
      fc.property(anySale, fc.array(anyOrder, { maxLength: 12 }), (sale, orders) => {
        const done: EarlierReturn[] = []
        const givenAt = (rate: number) => {
          const taxes = done.flatMap(one => one.taxes).filter(one => one.ratePercent === rate)
          return {
            totalYen: sumYen(taxes.map(one => one.totalYen)),
            taxYen: sumYen(taxes.map(one => one.taxYen)),
          }
        }
        for (const order of orders) {
          const planned = planReturn(sale, done, order)
          expect(planReturn(sale, done, order)).toEqual(planned)
          if (!planned.ok) continue
          partial += 1
          const { taxes, totalYen, lines, what } = planned.value
          expect(totalYen).toBeGreaterThan(0)
          expect(sumYen(taxes.map(one => one.totalYen))).toBe(totalYen)
          if (order.kind === 'amount') expect(totalYen).toBe(order.amountYen)
          if (what !== 'amount') expect(sumYen(lines.map(one => one.lineYen))).toBe(totalYen)
          // An invoice names what it is about: at each rate at least one thing.
          for (const tax of taxes) {
            expect(lines.some(one => one.taxRatePercent === tax.ratePercent)).toBe(true)
            // Within a yen of the exact tax, and never more than the amount.
            const exact = (tax.totalYen * tax.ratePercent) / (100 + tax.ratePercent)
            expect(Math.abs(tax.taxYen - exact)).toBeLessThan(1)
            expect(tax.taxYen).toBeLessThanOrEqual(tax.totalYen)
          }
          done.push(planned.value)
          for (const tax of sale.taxes) {
            expect(givenAt(tax.ratePercent).totalYen).toBeLessThanOrEqual(tax.totalYen)
            expect(givenAt(tax.ratePercent).taxYen).toBeLessThanOrEqual(tax.taxYen)
          }
        }
        const rest = planReturn(sale, done, { kind: 'whole' })
        if (rest.ok) done.push(rest.value)
        for (const { ratePercent, totalYen, taxYen } of sale.taxes)
          expect(givenAt(ratePercent)).toEqual({ totalYen, taxYen })
        expect(planReturn(sale, done, { kind: 'whole' })).toEqual({
          ok: false,
          refusal: { kind: 'nothingLeft' },
        })
      }),
      { numRuns: 500 },
    )
    expect(partial).toBeGreaterThan(500)
  })

  it('whose tax is rounded in pieces still add up: eleven times ¥10 and ¥1', () => {
    const sale = saleOf([line(111, 1, 10)])
    const done: EarlierReturn[] = []
    for (const amountYen of [10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 1]) {
      const planned = planReturn(sale, done, { kind: 'amount', amountYen })
      if (planned.ok) done.push(planned.value)
    }
    expect(done.map(one => one.taxes[0]?.taxYen)).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0])
    expect(sale.taxes[0]?.taxYen).toBe(10)
  })

  it('of the whole are the whole, with every line', () => {
    const sale = saleOf([line(540, 2, 8), line(110, 1, 10)])
    const planned = planReturn(sale, [], { kind: 'whole' })
    expect(planned).toMatchObject({
      ok: true,
      value: { what: 'whole', totalYen: 1_190, taxes: sale.taxes, lines: [{ quantity: 2 }, { quantity: 1 }] },
    })
    expect(planReturn(sale, [], { kind: 'amount', amountYen: 1_190 })).toMatchObject(planned)
  })

  it('of things name them, and leave the others', () => {
    const sale = saleOf([line(540, 2, 8), line(110, 1, 10)])
    const first = planReturn(sale, [], { kind: 'lines', lines: [{ lineIndex: 0, quantity: 1 }] })
    expect(first).toMatchObject({
      ok: true,
      value: {
        what: 'lines',
        totalYen: 540,
        taxes: [{ ratePercent: 8, totalYen: 540, taxYen: 40 }],
        lines: [{ lineIndex: 0, quantity: 1, lineYen: 540, isReducedRate: true }],
      },
    })
    if (!first.ok) return
    const rest = planReturn(sale, [first.value], { kind: 'whole' })
    expect(rest).toMatchObject({ ok: true, value: { what: 'lines', totalYen: 650 } })
  })

  it('of an amount are spread over both rates, and name the things of both', () => {
    const sale = saleOf([line(1_080, 1, 8), line(550, 2, 10)])
    const planned = planReturn(sale, [], { kind: 'amount', amountYen: 101 })
    expect(planned).toMatchObject({
      ok: true,
      value: {
        what: 'amount',
        taxes: [
          { ratePercent: 8, totalYen: 50, taxYen: 3 },
          { ratePercent: 10, totalYen: 51, taxYen: 4 },
        ],
        lines: [{ lineIndex: 0 }, { lineIndex: 1 }],
      },
    })
    if (!planned.ok) return
    // A thing whose price was lowered cannot come back at its full price when nothing else is left at its rate.
    expect(
      planReturn(sale, [planned.value], { kind: 'lines', lines: [{ lineIndex: 0, quantity: 1 }] }),
    ).toEqual({
      ok: false,
      refusal: { kind: 'moreThanLeft', leftYen: 1_030, ratePercent: 8 },
    })
    const rest = planReturn(sale, [planned.value], { kind: 'whole' })
    expect(rest).toMatchObject({ ok: true, value: { what: 'amount', totalYen: 2_079 } })
  })

  const refusals: readonly (readonly [string, ReturnOrder, object])[] = [
    [
      'more than is left',
      { kind: 'amount', amountYen: 1_191 },
      { kind: 'moreThanLeft', leftYen: 1_190, ratePercent: null },
    ],
    [
      'half a yen',
      { kind: 'amount', amountYen: 0.5 },
      { kind: 'badOrder', expected: 'a whole number of yen from 1' },
    ],
    [
      'no yen',
      { kind: 'amount', amountYen: 0 },
      { kind: 'badOrder', expected: 'a whole number of yen from 1' },
    ],
    ['no line', { kind: 'lines', lines: [] }, { kind: 'badOrder', expected: 'at least one line' }],
    [
      'a line that is not there',
      { kind: 'lines', lines: [{ lineIndex: 2, quantity: 1 }] },
      { kind: 'unknownLine', lineIndex: 2, lines: 2 },
    ],
    [
      'three of two',
      { kind: 'lines', lines: [{ lineIndex: 0, quantity: 3 }] },
      { kind: 'moreThanBought', lineIndex: 0, left: 2 },
    ],
    [
      'none of two',
      { kind: 'lines', lines: [{ lineIndex: 0, quantity: 0 }] },
      { kind: 'badOrder', expected: 'a whole number of things from 1' },
    ],
    [
      'a line twice',
      {
        kind: 'lines',
        lines: [
          { lineIndex: 0, quantity: 1 },
          { lineIndex: 0, quantity: 1 },
        ],
      },
      { kind: 'badOrder', expected: 'each line once' },
    ],
  ]
  it.each(refusals)('refuse %s', (_name, order, refusal) => {
    const sale = saleOf([line(540, 2, 8), line(110, 1, 10)])
    expect(planReturn(sale, [], order)).toEqual({ ok: false, refusal })
  })

  it('come on a paper with both days and both numbers', () => {
    const sale = saleOf([line(540, 2, 8)])
    const planned = planReturn(sale, [], { kind: 'lines', lines: [{ lineIndex: 0, quantity: 1 }] })
    if (!planned.ok) throw new Error('refused')
    const atMs = Date.UTC(2026, 10, 26, 3)
    const paper = returnReceiptOf(sale, planned.value, { returnNumber: 'R-1', atMs }, defaultSettings, issue)
    expect(paper).toMatchObject({
      kind: 'return',
      returnNumber: 'R-1',
      receiptNumber: '20261125-012',
      returnDate: '2026-11-26',
      saleDate: '2026-11-25',
      what: 'lines',
      totalYen: 540,
      taxes: [{ ratePercent: 8, totalYen: 540, taxYen: 40 }],
    })
  })
})

describe('an amount that is spread', () => {
  it('is whole, adds up, stays under each part and within one of its exact share', () => {
    const anyParts = fc
      .array(fc.nat(500_000), { minLength: 1, maxLength: 4 })
      .chain(parts => fc.tuple(fc.constant(parts), fc.nat(parts.reduce((so, part) => so + part, 0))))
    fc.assert(
      fc.property(anyParts, ([parts, amount]) => {
        const shares = spread(amount, parts)
        const sum = parts.reduce((so, part) => so + part, 0)
        expect(shares.reduce((so, share) => so + share, 0)).toBe(amount)
        for (const [index, share] of shares.entries()) {
          const part = parts[index] ?? 0
          expect(Number.isInteger(share)).toBe(true)
          expect(share).toBeLessThanOrEqual(part)
          if (sum > 0) expect(Math.abs(share - (amount * part) / sum)).toBeLessThan(1)
        }
        expect(spread(amount, parts)).toEqual(shares)
      }),
    )
  })

  it('gives what is left over to the larger remainder, and of equal ones to the first', () => {
    expect(spread(1, [100, 200])).toEqual([0, 1])
    expect(spread(1, [100, 100])).toEqual([1, 0])
    expect(spread(99_999_999_998, [99_999_999_999, 99_999_999_997])).toEqual([
      49_999_999_999 + 1,
      49_999_999_998,
    ])
  })
})
