import type { Comparison, DayClose, DayFigures, DayList, DayView } from '../../shared/day.ts'
import { yen } from '../../shared/money.ts'
import type { DayComparison, Difference } from '../../shared/reconciliation.ts'
import { NOW_MS, TODAY } from './desk-data.ts'

const HOUR_MS = 3_600_000
const busy = [0, 0, 0, 0, 0, 0, 0, 1, 2, 1, 2, 6, 11, 8, 3, 2, 1, 1]

const names = [
  { id: 'karaage', ja: '唐揚げ弁当', en: 'Fried chicken bento', priceYen: 680, sold: 31, back: 1, rate: 8 },
  { id: 'salmon', ja: '焼鮭弁当', en: 'Grilled salmon bento', priceYen: 720, sold: 18, back: 0, rate: 8 },
  { id: 'hojicha', ja: 'ほうじ茶', en: 'Roasted green tea', priceYen: 170, sold: 22, back: 2, rate: 8 },
  { id: 'bag', ja: '保冷バッグ', en: 'Cooler bag', priceYen: 220, sold: 7, back: 0, rate: 10 },
] as const

const soldYen = names.reduce((sum, one) => sum + one.priceYen * one.sold, 0)
const backYen = names.reduce((sum, one) => sum + one.priceYen * one.back, 0)
const foodYen = names.filter(one => one.rate === 8).reduce((sum, one) => sum + one.priceYen * one.sold, 0)
const count = busy.reduce((sum, one) => sum + one, 0)

export function figuresOf(day: string): DayFigures {
  const hours = Array.from({ length: 24 }, (_, hour) => {
    const sales = busy[hour] ?? 0
    const salesYen = yen(Math.round((soldYen * sales) / count / 10) * 10)
    return { hour, sales, salesYen, backYen: yen(hour === 13 ? backYen : 0) }
  })
  return {
    day,
    sales: { count, yen: yen(soldYen) },
    givenBack: { count: 2, yen: yen(backYen) },
    cancels: { count: 1, yen: yen(680) },
    refunds: { count: 1, yen: yen(backYen - 680) },
    wentBackByItself: { count: 1, yen: yen(170) },
    netYen: soldYen - backYen,
    byHour: hours,
    byProduct: names.map(({ id, ja, en, priceYen, sold, back, rate }) => ({
      productId: id,
      names: { ja, en },
      taxRatePercent: rate,
      quantity: sold,
      yen: yen(priceYen * sold),
      backQuantity: back,
      backYen: yen(priceYen * back),
    })),
    amountsBackYen: yen(0),
    byLane: [
      { lane: 'main', sales: count - 9, salesYen: yen(soldYen - 6_800), backYen: yen(backYen) },
      { lane: 'terrace', sales: 9, salesYen: yen(6_800), backYen: yen(0) },
    ],
    byRate: [
      {
        ratePercent: 8,
        salesYen: yen(foodYen),
        salesTaxYen: yen(Math.floor((foodYen * 8) / 108)),
        backYen: yen(backYen),
        backTaxYen: yen(Math.floor((backYen * 8) / 108)),
      },
      {
        ratePercent: 10,
        salesYen: yen(soldYen - foodYen),
        salesTaxYen: yen(Math.floor((soldYen - foodYen) / 11)),
        backYen: yen(0),
        backTaxYen: yen(0),
      },
    ],
    open: [],
  }
}

export function dayOf(day: string): DayView {
  return { figures: figuresOf(day), isOver: day < TODAY, closes: [], sinceClose: null, comparisons: [] }
}

const { sales, givenBack, cancels, refunds, wentBackByItself, netYen } = figuresOf(TODAY)
const close = {
  closedAtMs: NOW_MS - 2 * HOUR_MS,
  by: '店長',
  note: '昼の交代',
  wasOver: false,
  totals: { sales, givenBack, cancels, refunds, wentBackByItself, netYen: netYen - 1_240 },
}

export const closed: Partial<DayView> = {
  closes: [close],
  sinceClose: {
    sales: 3,
    salesYen: 1_920,
    givenBack: 1,
    givenBackYen: 680,
    wentBackByItself: 0,
    wentBackByItselfYen: 0,
    netYen: 1_240,
  },
}

export const open: DayFigures['open'] = [
  { checkoutId: 'c13', claimNumber: '013', lane: 'main', yen: yen(1_160), kind: 'case' },
  { checkoutId: 'c7', claimNumber: '007', lane: 'main', yen: yen(950), kind: 'returning' },
  { checkoutId: 'c14', claimNumber: '014', lane: 'terrace', yen: yen(680), kind: 'underWay' },
]

export const empty: Partial<DayFigures> = {
  sales: { count: 0, yen: yen(0) },
  givenBack: { count: 0, yen: yen(0) },
  cancels: { count: 0, yen: yen(0) },
  refunds: { count: 0, yen: yen(0) },
  wentBackByItself: { count: 0, yen: yen(0) },
  netYen: 0,
}

export function listOf(todays: DayClose | null): DayList {
  const days = Array.from({ length: 12 }, (_, back) => {
    const day = new Date(Date.parse(`${TODAY}T00:00:00Z`) - back * 24 * HOUR_MS).toISOString().slice(0, 10)
    const net = netYen - back * 1_730 + (back % 3) * 4_210
    return {
      day,
      sales: { count: count - back, yen: yen(net + 680) },
      givenBack: { count: 1, yen: yen(680) },
      netYen: net,
      close:
        back === 0
          ? todays && { closedAtMs: todays.closedAtMs, by: todays.by, netYen: todays.totals.netYen }
          : { closedAtMs: NOW_MS - back * 24 * HOUR_MS, by: '店長', netYen: net },
    }
  })
  return { days, next: '2026-11-13' }
}

const nothing = { salesYen: 0, givenBackYen: 0, netYen: 0 }
const sums = { salesYen: soldYen - 680, givenBackYen: backYen - 680, netYen: soldYen - backYen }
const difference: Difference = {
  checkoutId: 'c8',
  claimNumber: '008',
  lane: 'main',
  merchantPaymentId: '2e7a8ba1440d2d478e048cf3-1',
  paymentId: '06496303418284528196',
  merchantRefundIds: [],
  storeId: 'store',
  terminalId: 'kaikei',
  atMs: NOW_MS - 3 * HOUR_MS,
  ours: { paidYen: yen(2_040), backYen: yen(0) },
  paypay: { paidYen: yen(2_040), backYen: yen(2_040), by: 'api' },
  next: 'openCheckout',
}
const nobodys = { checkoutId: null, claimNumber: null, lane: null, ours: null }

export const agrees: DayComparison = {
  day: TODAY,
  matched: { count: 78, yen: soldYen },
  unchecked: { count: 0, yen: 0 },
  onlyOurs: [],
  onlyTheirs: [],
  differentAmount: [],
  differentState: [],
  elsewhere: { count: 14, salesYen: 18_200, givenBackYen: 0, netYen: 18_200 },
  sums: { ours: sums, api: { ...sums, answered: 78, of: 78 }, file: sums },
}

export const differs: DayComparison = {
  ...agrees,
  matched: { count: 74, yen: soldYen - 4_000 },
  unchecked: { count: 2, yen: 1_360 },
  onlyTheirs: [
    {
      ...difference,
      ...nobodys,
      merchantPaymentId: 'pos2-20261124-0031',
      paymentId: '06496303418284520031',
      paypay: { paidYen: yen(999), backYen: yen(0), by: 'file' },
      next: 'refundAtPaypay',
    },
  ],
  onlyOurs: [{ ...difference, paymentId: '06496303418284520008', paypay: null, next: 'callPaypay' }],
  differentAmount: [
    {
      ...difference,
      claimNumber: '005',
      paymentId: '06496303418284520005',
      paypay: { paidYen: yen(2_400), backYen: yen(0), by: 'file' },
      next: 'callPaypay',
    },
  ],
  differentState: [difference],
  elsewhere: { count: 0, ...nothing },
}

const about = { day: TODAY, startedAtMs: NOW_MS - 60_000 }
const fileName = 'transaction_000000000000008181_20261124000000_20261124235959_v2.csv'

export const comparisons = {
  running: { ...about, fileName: null, state: 'running', done: 31, of: 78 },
  agrees: { ...about, fileName, state: 'finished', finishedAtMs: NOW_MS - 50_000, result: agrees },
  differs: { ...about, fileName, state: 'finished', finishedAtMs: NOW_MS - 50_000, result: differs },
  failed: { ...about, fileName: null, state: 'failed', reference: '5f2a90c1d7e3' },
} as const satisfies Readonly<Record<string, Comparison>>

export const earlier: DayView['comparisons'] = [
  {
    atMs: NOW_MS - 3 * HOUR_MS,
    by: '店長',
    fileName: null,
    matched: { count: 60, yen: 30_100 },
    unchecked: 0,
    onlyOurs: 0,
    onlyTheirs: 0,
    differentAmount: 0,
    differentState: 1,
    elsewhere: 0,
  },
  {
    atMs: NOW_MS - 50_000,
    by: '店長',
    fileName,
    matched: agrees.matched,
    unchecked: 0,
    onlyOurs: 0,
    onlyTheirs: 0,
    differentAmount: 0,
    differentState: 0,
    elsewhere: 14,
  },
]
