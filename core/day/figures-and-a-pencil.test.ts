import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { DayFigures } from '../../shared/day.ts'
import { taxInside, yen } from '../../shared/money.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { emptyDisk, openMemoryLedger } from '../ledger/memory.ts'
import { openSqliteLedger } from '../ledger/sqlite.ts'
import { figuresOf } from './figures.ts'
import { DAY, type Noted, type Plan, plan, tell } from './made-up-days.ts'
import { salesTable } from './salesTable.ts'
import { Trades } from './trades.ts'

// The figures of a day against a naive count of the same checkouts.

const DAYS = ['2026-11-23', DAY, '2026-11-25']
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
const amounts = (noted: readonly Noted[]): number => sum(noted.map(one => one.amountYen))

async function written(ledger: Ledger, plans: readonly Plan[]): Promise<Noted[]> {
  const told = plans.map(tell)
  for (const { facts } of told) await ledger.append(facts)
  return told.flatMap(({ noted }) => noted)
}

function agrees(figures: DayFigures, noted: readonly Noted[]): void {
  const today = noted.filter(one => one.day === figures.day)
  const of = (...kinds: Noted['kind'][]) => today.filter(one => kinds.includes(one.kind))
  const counted = (...kinds: Noted['kind'][]) => ({ count: of(...kinds).length, yen: amounts(of(...kinds)) })
  expect(figures.sales).toEqual(counted('sale'))
  expect(figures.cancels).toEqual(counted('cancel'))
  expect(figures.refunds).toEqual(counted('refund'))
  expect(figures.givenBack).toEqual(counted('cancel', 'refund'))
  expect(figures.wentBackByItself).toEqual(counted('itself'))
  expect(figures.netYen).toBe(amounts(of('sale')) - amounts(of('cancel', 'refund')))
  for (const { hour, sales, salesYen, backYen } of figures.byHour) {
    const sold = of('sale').filter(one => one.hour === hour)
    const back = of('cancel', 'refund').filter(one => one.hour === hour)
    expect({ sales, salesYen, backYen }).toEqual({
      sales: sold.length,
      salesYen: amounts(sold),
      backYen: amounts(back),
    })
  }
  for (const lane of ['main', 'terrace']) {
    const figure = figures.byLane.find(one => one.lane === lane)
    const at = (...kinds: Noted['kind'][]) => of(...kinds).filter(one => one.lane === lane)
    expect(figure?.sales ?? 0).toBe(at('sale').length)
    expect(figure?.salesYen ?? 0).toBe(amounts(at('sale')))
    expect(figure?.backYen ?? 0).toBe(amounts(at('cancel', 'refund')))
  }
  for (const product of ['p0', 'p1', 'p2', 'p3']) {
    const figure = figures.byProduct.find(one => one.productId === product)
    const all = (kinds: Noted['kind'][], part: 'quantity' | 'yen') =>
      sum(of(...kinds).map(one => one.byProduct.get(product)?.[part] ?? 0))
    expect(figure?.quantity ?? 0).toBe(all(['sale'], 'quantity'))
    expect(figure?.yen ?? 0).toBe(all(['sale'], 'yen'))
    expect(figure?.backQuantity ?? 0).toBe(all(['cancel', 'refund'], 'quantity'))
    expect(figure?.backYen ?? 0).toBe(all(['cancel', 'refund'], 'yen'))
  }
  const asAmounts = of('refund').filter(one => one.byRate === null)
  expect(figures.amountsBackYen).toBe(amounts(asAmounts))
  for (const rate of [8, 10] as const) {
    const figure = figures.byRate.find(one => one.ratePercent === rate)
    const sold = of('sale').map(one => one.byRate?.get(rate) ?? { yen: 0, taxYen: 0 })
    expect(figure?.salesYen ?? 0).toBe(sum(sold.map(one => one.yen)))
    expect(figure?.salesTaxYen ?? 0).toBe(sum(sold.map(one => one.taxYen)))
  }
  expect(sum(figures.byRate.map(one => one.backYen))).toBe(figures.givenBack.yen)
  expect(sum(figures.byProduct.map(one => one.backYen)) + figures.amountsBackYen).toBe(figures.givenBack.yen)
}

it('agree with a pencil, part by part, on three days in a row', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(plan, { maxLength: 12 }), async plans => {
      const ledger = openMemoryLedger(emptyDisk())
      const noted = await written(ledger, plans)
      const trades = new Trades(ledger)
      for (const day of DAYS) agrees(figuresOf(day, await trades.ofDay(day)), noted)
    }),
    { numRuns: 300 },
  )
})

it('by rate, all that was sold and all of it given back come to the same tax', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(plan, { minLength: 1, maxLength: 6 }), async plans => {
      const ledger = openMemoryLedger(emptyDisk())
      await written(
        ledger,
        plans.map(one => ({ ...one, story: 'parts', paidAfterMs: 0, backAfterMs: 1, shares: [1, 1, 1, 1] })),
      )
      const { byRate, netYen } = figuresOf(DAY, await new Trades(ledger).ofDay(DAY))
      expect(netYen).toBe(0)
      for (const one of byRate) {
        expect(one.backYen).toBe(one.salesYen)
        expect(one.backTaxYen).toBe(one.salesTaxYen)
        expect(one.salesTaxYen).toBeLessThanOrEqual(taxInside(yen(one.salesYen), one.ratePercent))
      }
    }),
    { numRuns: 100 },
  )
})

it('the table of a day’s sales adds up to its net and its tax', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(plan, { maxLength: 12 }), async plans => {
      const ledger = openMemoryLedger(emptyDisk())
      await written(ledger, plans)
      const trades = await new Trades(ledger).ofDay(DAY)
      const { netYen, byRate } = figuresOf(DAY, trades)
      const [header = [], ...rows] = salesTable(DAY, trades)
      const column = (name: string): number[] => rows.map(row => Number(row[header.indexOf(name)]))
      expect(sum(column('金額(税込)'))).toBe(netYen)
      expect(sum(column('内消費税'))).toBe(sum(byRate.map(one => one.salesTaxYen - one.backTaxYen)))
      expect(rows.every(row => row.length === header.length)).toBe(true)
    }),
    { numRuns: 100 },
  )
})

it('the ledgers’ own sums of a day are the same, and days are found one before the other', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kaikei-days-'))
  let number = 0
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(plan, { maxLength: 12 }), async plans => {
        number += 1
        const file = join(dir, `ledger-${number}.sqlite`)
        const ledgers = [openMemoryLedger(emptyDisk()), await openSqliteLedger({ file, mode: 'training' })]
        for (const ledger of ledgers) {
          const noted = await written(ledger, plans)
          const moves = noted.filter(one => one.kind !== 'itself')
          for (const day of new Set(noted.map(one => one.day))) {
            const { sales, givenBack } = figuresOf(day, await new Trades(ledger).ofDay(day))
            expect(await ledger.sumsOfDay(day)).toEqual({
              sales: sales.count,
              salesYen: sales.yen,
              backs: givenBack.count,
              backYen: givenBack.yen,
            })
            const before = await ledger.lastMoveBefore(Date.parse(`${day}T00:00:00+09:00`))
            const earlier = moves
              .map(one => one.day)
              .filter(one => one < day)
              .toSorted()
            expect(
              before === null ? undefined : new Date(before + 32_400_000).toISOString().slice(0, 10),
            ).toBe(earlier.at(-1))
          }
          await ledger.close()
        }
      }),
      { numRuns: 25 },
    )
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
})
