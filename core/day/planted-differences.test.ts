import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { DayComparison } from '../../shared/reconciliation.ts'
import { jstDaySpan } from '../jst.ts'
import type { ApiStatement, OurBack, OurPayment } from './books.ts'
import type { FileRow } from './paypayFile.ts'
import { reconcile } from './reconcile.ts'

// A day on which everything agrees, into which differences are planted: all of them are found, and nothing else.

const DAY = '2026-11-24'
const HOUR_MS = 3_600_000
const till = { storeIds: ['store'], terminalIds: ['kaikei'] }

type List = 'onlyOurs' | 'onlyTheirs' | 'differentAmount' | 'differentState'
const LISTS: readonly List[] = ['onlyOurs', 'onlyTheirs', 'differentAmount', 'differentState']

/** One payment, as each of the three has it. */
type Told = { ours: OurPayment | null; api: ApiStatement | null; rows: FileRow[] }
type Story = 'sold' | 'refunded' | 'partRefunded' | 'refundUnderWay' | 'cancelled' | 'elsewhere'

const plan = fc.record({
  story: fc.constantFrom<Story>(
    'sold',
    'refunded',
    'partRefunded',
    'refundUnderWay',
    'cancelled',
    'elsewhere',
  ),
  amountYen: fc.integer({ min: 2, max: 100_000 }),
  paidAfterMs: fc.integer({ min: HOUR_MS, max: 20 * HOUR_MS }),
  isAsked: fc.boolean(),
  knowsPaymentId: fc.boolean(),
  /** How PayPay lists a cancel, or whether it has carried out what is under way. */
  listing: fc.constantFrom(0, 1, 2),
  /** Which of the differences that can befall this story is planted; null: none. */
  planted: fc.option(fc.nat(), { freq: 2 }),
})
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never

function tell(plan: Plan, index: number): Told {
  const { story, amountYen, isAsked, listing } = plan
  const paidAtMs = jstDaySpan(DAY).fromMs + plan.paidAfterMs
  const row = (changes: Partial<FileRow>): FileRow => ({
    kind: 'payment',
    paymentId: `paypay-${index}`,
    merchantPaymentId: `order-${index}`,
    amountYen: amountYen as FileRow['amountYen'],
    atMs: paidAtMs,
    storeId: 'store',
    terminalId: story === 'elsewhere' ? 'other' : 'kaikei',
    method: 'PayPay残高',
    ...changes,
  })
  const back = (changes: Partial<OurBack>): OurBack => ({
    merchantRefundId: `refund-${index}`,
    way: 'refund',
    amountYen,
    atMs: paidAtMs + HOUR_MS,
    state: 'confirmed',
    ...changes,
  })
  const refundRow = (refundedYen: number) =>
    row({ kind: 'refund', amountYen: refundedYen as FileRow['amountYen'], atMs: paidAtMs + HOUR_MS })
  const ours = (backs: OurBack[]): OurPayment => ({
    checkoutId: `checkout-${index}`,
    claimNumber: String(index),
    lane: 'lane-1',
    merchantPaymentId: `order-${index}`,
    paymentId: plan.knowsPaymentId ? `paypay-${index}` : null,
    amountYen,
    paidAtMs,
    backs,
    settled: true,
  })
  const api = (kind: ApiStatement['kind'], refundedYen: number | null): ApiStatement | null =>
    isAsked ? { kind, amountYen, refundedYen } : null
  const partYen = Math.ceil(amountYen / 3)
  const failed = row({ kind: 'paymentFailed', atMs: paidAtMs + HOUR_MS })
  switch (story) {
    case 'sold':
      return { ours: ours([]), api: api('completed', 0), rows: [row({})] }
    case 'refunded':
      return {
        ours: ours([back({})]),
        api: api('refunded', amountYen),
        rows: [row({}), refundRow(amountYen)],
      }
    case 'partRefunded':
      return {
        ours: ours([back({ amountYen: partYen })]),
        api: api('completed', partYen),
        rows: [row({}), refundRow(partYen)],
      }
    case 'refundUnderWay':
      return {
        ours: ours([back({ state: 'underWay' })]),
        api: api('completed', listing === 0 ? amountYen : 0),
        rows: listing === 1 ? [row({}), refundRow(amountYen)] : [row({})],
      }
    case 'cancelled': {
      const listings = [[row({}), failed], [failed], []]
      return {
        ours: ours([back({ merchantRefundId: null, way: 'cancel' })]),
        api: api('failed', null),
        rows: listings[listing] ?? [],
      }
    }
    case 'elsewhere':
      return { ours: null, api: null, rows: [row({}), ...(listing === 0 ? [refundRow(partYen)] : [])] }
  }
}

type Sabotage = readonly [list: List, spoil: (told: Told, amountYen: number) => Told]
const differing = (told: Told, byYen: number): Told => ({
  ...told,
  rows: told.rows.map(row =>
    row.kind === 'payment' ? { ...row, amountYen: (row.amountYen + byYen) as FileRow['amountYen'] } : row,
  ),
})
const said = (told: Told, api: ApiStatement): Told => ({ ...told, api })

const missingInFile: Sabotage = ['onlyOurs', told => ({ ...told, rows: [] })]
const unknownToApi: Sabotage = [
  'onlyOurs',
  told => said(told, { kind: 'notFound', amountYen: null, refundedYen: null }),
]
const fileAmount: Sabotage = ['differentAmount', told => differing(told, 1)]
const apiAmount: Sabotage = [
  'differentAmount',
  (told, amountYen) => said(told, { kind: 'completed', amountYen: amountYen - 1, refundedYen: 0 }),
]
const apiKeeps: Sabotage = [
  'differentState',
  (told, amountYen) => said(told, { kind: 'completed', amountYen, refundedYen: 0 }),
]
const fileKeeps: Sabotage = [
  'differentState',
  told => ({ ...told, rows: told.rows.filter(row => row.kind === 'payment') }),
]
const apiGaveBack: Sabotage = [
  'differentState',
  (told, amountYen) => said(told, { kind: 'refunded', amountYen, refundedYen: amountYen }),
]
const apiFailed: Sabotage = [
  'differentState',
  told => said(told, { kind: 'failed', amountYen: null, refundedYen: null }),
]
const fileGaveBack: Sabotage = [
  'differentState',
  told => ({ ...told, rows: told.rows.flatMap(row => [row, { ...row, kind: 'refund' as const }]) }),
]
const apiGaveBackMore: Sabotage = [
  'differentAmount',
  (told, amountYen) => said(told, { kind: 'refunded', amountYen, refundedYen: amountYen }),
]
const lostHere: Sabotage = ['onlyTheirs', told => ({ ...told, ours: null, api: null })]
const soldHere: Sabotage = [
  'onlyTheirs',
  told => ({ ...told, rows: told.rows.map(row => ({ ...row, terminalId: 'kaikei' })) }),
]

const sabotages: Readonly<Record<Story, readonly Sabotage[]>> = {
  sold: [missingInFile, unknownToApi, fileAmount, apiAmount, apiGaveBack, apiFailed, fileGaveBack, lostHere],
  refunded: [missingInFile, unknownToApi, fileAmount, apiKeeps, fileKeeps, lostHere],
  partRefunded: [missingInFile, unknownToApi, apiAmount, apiKeeps, fileKeeps, apiGaveBackMore, lostHere],
  refundUnderWay: [missingInFile, unknownToApi, fileAmount, lostHere],
  cancelled: [apiKeeps, apiAmount],
  elsewhere: [soldHere],
}

function planted(plan: Plan): Sabotage | null {
  const able = sabotages[plan.story]
  return plan.planted === null ? null : (able[plan.planted % able.length] ?? null)
}

function compare(told: readonly Told[], order: readonly number[]): DayComparison {
  const rows = told.flatMap(one => one.rows)
  const keyed = rows.map((row, index) => ({ row, key: order[index % order.length] ?? 0 }))
  return reconcile({
    day: DAY,
    till,
    ours: told.flatMap(one => one.ours ?? []),
    byApi: new Map(
      told.flatMap((one, index) => (one.api === null ? [] : [[`order-${index}`, one.api] as const])),
    ),
    file: keyed.toSorted((one, other) => one.key - other.key).map(one => one.row),
  })
}

const days = fc.array(plan, { maxLength: 30 })
const orders = fc.array(fc.nat(), { minLength: 1, maxLength: 40 })

it('finds all planted differences, and only those', () => {
  fc.assert(
    fc.property(days, orders, (plans, order) => {
      const told = plans.map((one, index) => {
        const honest = tell(one, index)
        return planted(one)?.[1](honest, one.amountYen) ?? honest
      })
      const result = compare(told, order)
      for (const list of LISTS) {
        const expected = plans.flatMap((one, index) => (planted(one)?.[0] === list ? [`order-${index}`] : []))
        expect(result[list].map(one => one.merchantPaymentId).toSorted()).toEqual(expected.toSorted())
      }
      const agreeing = plans.filter(one => planted(one) === null)
      expect(result.matched.count).toBe(agreeing.filter(one => one.story !== 'elsewhere').length)
      expect(result.elsewhere.count).toBe(agreeing.filter(one => one.story === 'elsewhere').length)
      expect(result.unchecked.count).toBe(0)
    }),
    { numRuns: 1_000 },
  )
})

it('on a day that agrees, the till and the file come to the same yen, and so does the API where it was asked of all', () => {
  fc.assert(
    fc.property(days, orders, (plans, order) => {
      // What is under way may be given back to PayPay and not yet to the till.
      const settled = plans
        .filter(one => one.story !== 'refundUnderWay')
        .map(one => ({ ...one, isAsked: true }))
      const { sums } = compare(
        settled.map((one, index) => tell(one, index)),
        order,
      )
      expect(sums.file).toEqual(sums.ours)
      if (sums.api === null) return
      const { answered, of, ...api } = sums.api
      expect(answered).toBe(of)
      expect(api).toEqual(sums.ours)
    }),
    { numRuns: 500 },
  )
})
