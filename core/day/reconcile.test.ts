import { describe, expect, it } from 'vitest'
import type { ApiStatement, OurBack, OurPayment } from './books.ts'
import type { FileRow } from './paypayFile.ts'
import { type DayBooks, reconcile } from './reconcile.ts'

const DAY = '2026-11-24'
const at = (time: string, day = DAY) => Date.parse(`${day}T${time}+09:00`)
const till = { storeIds: ['store'], terminalIds: ['kaikei'] }

const ours = (changes: Partial<OurPayment> = {}): OurPayment => ({
  checkoutId: 'checkout-1',
  claimNumber: '001',
  lane: 'lane-1',
  merchantPaymentId: 'order-1',
  paymentId: '0123',
  amountYen: 500,
  paidAtMs: at('12:00:00'),
  backs: [],
  settled: true,
  ...changes,
})
const back = (changes: Partial<OurBack> = {}): OurBack => ({
  merchantRefundId: 'refund-1',
  way: 'refund',
  amountYen: 500,
  atMs: at('12:05:00'),
  state: 'confirmed',
  ...changes,
})
const cancel = (changes: Partial<OurBack> = {}) => back({ merchantRefundId: null, way: 'cancel', ...changes })
const row = (changes: Partial<FileRow> & { amount?: number } = {}): FileRow => {
  const { amount = 500, ...rest } = changes
  return {
    kind: 'payment',
    paymentId: '0123',
    merchantPaymentId: 'order-1',
    amountYen: amount as FileRow['amountYen'],
    atMs: at('12:00:00'),
    storeId: 'store',
    terminalId: 'kaikei',
    method: 'PayPay残高',
    ...rest,
  }
}
const refundRow = (amount = 500) => row({ kind: 'refund', amount, atMs: at('12:05:00') })
const failedRow = row({ kind: 'paymentFailed', atMs: at('12:05:00') })
const api = (kind: ApiStatement['kind'], amountYen: number | null = 500, refundedYen: number | null = 0) =>
  new Map([['order-1', { kind, amountYen, refundedYen }]])

function compare(books: Partial<DayBooks>) {
  return reconcile({ day: DAY, till, ours: [], byApi: new Map(), file: null, ...books })
}

/** Where each payment ended up, and what to do. */
function found(books: Partial<DayBooks>): string[] {
  const result = compare(books)
  const lists = ['onlyOurs', 'onlyTheirs', 'differentAmount', 'differentState'] as const
  return [
    ...(result.matched.count > 0 ? [`matched ${result.matched.count}`] : []),
    ...(result.unchecked.count > 0 ? [`unchecked ${result.unchecked.count}`] : []),
    ...lists.flatMap(list =>
      result[list].map(one => `${list} by ${one.paypay?.by ?? 'nobody'}: ${one.next}`),
    ),
    ...(result.elsewhere.count > 0 ? [`elsewhere ${result.elsewhere.count}`] : []),
  ]
}

describe('what agrees', () => {
  it.each<[string, Partial<DayBooks>]>([
    ['sold, in the file', { ours: [ours()], file: [row()] }],
    ['sold, by the API', { ours: [ours()], byApi: api('completed') }],
    ['sold, by both', { ours: [ours()], byApi: api('completed'), file: [row()] }],
    ['known by our id only', { ours: [ours({ paymentId: null })], file: [row()] }],
    [
      'refunded',
      { ours: [ours({ backs: [back()] })], byApi: api('refunded', 500, 500), file: [row(), refundRow()] },
    ],
    [
      'a part refunded',
      { ours: [ours({ backs: [back({ amountYen: 200 })] })], file: [row(), refundRow(200)] },
    ],
    [
      'refunded twice',
      {
        ours: [ours({ backs: [back({ amountYen: 200 }), back({ amountYen: 300 })] })],
        byApi: api('refunded', 500, null),
        file: [row(), refundRow(200), refundRow(300)],
      },
    ],
    [
      'a refund under way, not in the file',
      { ours: [ours({ backs: [back({ state: 'underWay' })] })], file: [row()] },
    ],
    [
      'a refund under way, in the file',
      {
        ours: [ours({ backs: [back({ state: 'underWay' })] })],
        file: [row(), refundRow()],
      },
    ],
    ['cancelled, both rows', { ours: [ours({ backs: [cancel()] })], file: [row(), failedRow] }],
    ['cancelled, 取引失敗 alone', { ours: [ours({ backs: [cancel()] })], file: [failedRow] }],
    ['cancelled, not listed', { ours: [ours({ backs: [cancel()] })], file: [] }],
    [
      'cancelled, listed as a sale, the API knows',
      { ours: [ours({ backs: [cancel()] })], byApi: api('failed'), file: [row()] },
    ],
    [
      'cancelled after midnight',
      {
        ours: [ours({ backs: [cancel({ atMs: at('00:10:00', '2026-11-25') })] })],
        file: [row()],
      },
    ],
    [
      'cancelled, no longer known',
      { ours: [ours({ backs: [cancel()] })], byApi: api('notFound', null, null) },
    ],
    [
      'cancelled after midnight, and already failed in the file',
      {
        ours: [ours({ backs: [cancel({ atMs: at('00:10:00', '2026-11-25') })] })],
        file: [row(), failedRow],
      },
    ],
    [
      'refunded shortly before midnight, and not in the file',
      { ours: [ours({ backs: [back({ atMs: at('23:59:00') })] })], file: [row()] },
    ],
    [
      'refunded the day after',
      {
        ours: [ours({ backs: [back({ atMs: at('10:00:00', '2026-11-25') })] })],
        byApi: api('refunded', 500, 500),
        file: [row()],
      },
    ],
    [
      'of yesterday, refunded today',
      {
        ours: [ours({ paidAtMs: at('12:00:00', '2026-11-23'), backs: [back()] })],
        file: [refundRow()],
      },
    ],
    [
      'declined before it was paid',
      {
        ours: [ours()],
        file: [row({ kind: 'paymentFailed', atMs: at('11:59:00') }), row()],
      },
    ],
  ])('%s', (_, books) => expect(found(books)).toEqual(['matched 1']))
})

describe('what does not agree', () => {
  const sold = { ours: [ours()] }
  const returned = { ours: [ours({ backs: [back()] })] }
  it.each<[string, Partial<DayBooks>, string]>([
    ['missing in the file', { ...sold, file: [] }, 'onlyOurs by nobody: askAgain'],
    [
      'missing in the file, the API has it',
      { ...sold, byApi: api('completed'), file: [] },
      'onlyOurs by nobody: callPaypay',
    ],
    [
      'missing, shortly before midnight',
      { ours: [ours({ paidAtMs: at('23:58:00') })], file: [] },
      'onlyOurs by nobody: waitForPaypay',
    ],
    [
      'missing, shortly after midnight',
      { ours: [ours({ paidAtMs: at('00:01:00') })], file: [] },
      'onlyOurs by nobody: compareDayBefore',
    ],
    ['unpaid to the API', { ...sold, byApi: api('unpaid') }, 'onlyOurs by nobody: callPaypay'],
    [
      'unknown to the API, while the till works on it',
      { ours: [ours({ settled: false })], byApi: api('notFound') },
      'onlyOurs by nobody: openCheckout',
    ],
    [
      'another amount in the file',
      { ...sold, file: [row({ amount: 600 })] },
      'differentAmount by file: callPaypay',
    ],
    [
      'another amount by the API',
      { ...sold, byApi: api('completed', 50) },
      'differentAmount by api: callPaypay',
    ],
    [
      'returned, and PayPay has it',
      { ...returned, byApi: api('completed'), file: [row()] },
      'differentState by api: refundAtPaypay',
    ],
    [
      'the same, while the till works on it',
      { ours: [ours({ backs: [cancel()], settled: false })], byApi: api('completed') },
      'differentState by api: openCheckout',
    ],
    ['returned, not in the file', { ...returned, file: [row()] }, 'differentState by file: askAgain'],
    [
      'returned, the API knows, not in the file',
      { ...returned, byApi: api('refunded', 500, 500), file: [row()] },
      'differentState by file: waitForPaypay',
    ],
    [
      'the refund failed at PayPay',
      { ...returned, file: [row(), row({ kind: 'refundFailed' })] },
      'differentState by file: askAgain',
    ],
    [
      'cancelled, listed as a sale',
      { ours: [ours({ backs: [cancel()] })], file: [row()] },
      'differentState by file: askAgain',
    ],
    [
      'a refund that we do not know',
      { ...sold, byApi: api('refunded', 500, 200) },
      'differentState by api: openCheckout',
    ],
    [
      'the same in the file',
      { ...sold, file: [row(), refundRow(200)] },
      'differentState by file: openCheckout',
    ],
    [
      'more refunded than we know',
      { ours: [ours({ backs: [back({ amountYen: 100 })] })], byApi: api('completed', 500, 200) },
      'differentAmount by api: openCheckout',
    ],
    [
      'less refunded than we know',
      { ours: [ours({ backs: [back({ amountYen: 200 })] })], byApi: api('completed', 500, 100) },
      'differentAmount by api: refundAtPaypay',
    ],
    [
      'delivered, and failed at PayPay',
      { ...sold, byApi: api('failed') },
      'differentState by api: callPaypay',
    ],
    [
      'delivered, and cancelled in the file',
      { ...sold, file: [row(), failedRow] },
      'differentState by file: openCheckout',
    ],
    ['delivered, and 取引失敗 alone', { ...sold, file: [failedRow] }, 'differentState by file: openCheckout'],
    [
      'yesterday’s refund not in the file',
      { ours: [ours({ paidAtMs: at('12:00:00', '2026-11-23'), backs: [back()] })], file: [] },
      'differentState by file: askAgain',
    ],
    [
      'a payment on our terminal that we do not know',
      { file: [row()] },
      'onlyTheirs by file: refundAtPaypay',
    ],
    [
      'a refund of a payment that we do not know',
      { file: [refundRow()] },
      'onlyTheirs by file: findCheckout',
    ],
    ['a payment of no terminal', { file: [row({ terminalId: '' })] }, 'onlyTheirs by file: otherTill'],
    [
      'shortly after midnight',
      { file: [row({ atMs: at('00:00:02') })] },
      'onlyTheirs by file: compareDayBefore',
    ],
    [
      'an id of ours that has no payment here',
      { byApi: api('completed') },
      'onlyTheirs by api: refundAtPaypay',
    ],
    [
      'the same, in the file of another terminal too',
      { byApi: api('completed'), file: [row({ terminalId: 'other' })] },
      'onlyTheirs by file: refundAtPaypay',
    ],
  ])('%s', (_, books, difference) => expect(found(books)).toEqual([difference]))
})

it('says of a difference all ids and both amounts', () => {
  expect(compare({ ours: [ours({ backs: [back()] })], byApi: api('completed') }).differentState).toEqual([
    {
      checkoutId: 'checkout-1',
      claimNumber: '001',
      lane: 'lane-1',
      merchantPaymentId: 'order-1',
      paymentId: '0123',
      merchantRefundIds: ['refund-1'],
      storeId: null,
      terminalId: null,
      atMs: at('12:00:00'),
      ours: { paidYen: 500, backYen: 500 },
      paypay: { paidYen: 500, backYen: 0, by: 'api' },
      next: 'refundAtPaypay',
    },
  ])
})

it('sums: what was returned on other days is not this day’s, and a cancel that PayPay denies is a sale to PayPay', () => {
  const tomorrow = back({ amountYen: 200, atMs: at('10:00:00', '2026-11-25') })
  const later = compare({
    ours: [ours({ backs: [tomorrow] })],
    byApi: api('completed', 500, 200),
    file: [row()],
  })
  const whole = { salesYen: 500, givenBackYen: 0, netYen: 500 }
  expect(later.sums).toEqual({ ours: whole, api: { ...whole, answered: 1, of: 1 }, file: whole })
  const denied = compare({ ours: [ours({ backs: [cancel()] })], byApi: api('completed'), file: [row()] })
  const none = { salesYen: 0, givenBackYen: 0, netYen: 0 }
  expect(denied.sums).toEqual({ ours: none, api: { ...whole, answered: 1, of: 1 }, file: whole })
})

it('where the till knows neither its store nor its terminal, a payment may be another till’s', () => {
  expect(found({ till: { storeIds: [], terminalIds: [] }, file: [row()] })).toEqual([
    'onlyTheirs by file: otherTill',
  ])
})

it('what nobody has said anything about is neither matched nor a difference', () => {
  expect(found({ ours: [ours()] })).toEqual(['unchecked 1'])
  expect(found({ ours: [ours()], byApi: api('unknown', null, null) })).toEqual(['unchecked 1'])
})

it('payments at other stores and terminals are counted apart', () => {
  const other = [
    row({ paymentId: '1', terminalId: 'other' }),
    row({ paymentId: '2', storeId: 'other', amount: 300 }),
    row({ paymentId: '2', storeId: 'other', kind: 'refund', amount: 100 }),
  ]
  const result = compare({ ours: [ours()], file: [row(), ...other] })
  expect(result.elsewhere).toEqual({ count: 2, salesYen: 800, givenBackYen: 100, netYen: 700 })
  expect(result.sums.file).toEqual({ salesYen: 500, givenBackYen: 0, netYen: 500 })
  expect(result.onlyTheirs).toEqual([])
})

it('a failed payment on our terminal that we do not know is no difference', () => {
  expect(found({ file: [failedRow] })).toEqual([])
  expect(found({ file: [row(), failedRow] })).toEqual([])
})

it('a payment of another day that nothing happened to is left alone', () => {
  expect(found({ ours: [ours({ paidAtMs: at('12:00:00', '2026-11-23') })], file: [] })).toEqual([])
})

it('of more payments than a step takes none is lost or counted twice', () => {
  const count = 1_203
  const numbers = Array.from({ length: count }, (_, index) => index)
  const payment = (index: number) =>
    ours({ checkoutId: `c${index}`, paymentId: `p${index}`, merchantPaymentId: `order-${index}` })
  const listed = (index: number, terminalId: string) =>
    row({ paymentId: `p${index}`, merchantPaymentId: `order-${index}`, terminalId })
  const result = compare({
    ours: numbers.map(payment),
    file: [
      ...numbers.map(index => listed(index, 'kaikei')),
      ...numbers.map(index => listed(count + index, 'elsewhere')),
      ...numbers.map(index => listed(2 * count + index, 'kaikei')),
    ],
  })
  expect(result).toMatchObject({
    matched: { count, yen: count * 500 },
    unchecked: { count: 0 },
    elsewhere: { count, netYen: count * 500 },
    sums: { ours: { netYen: count * 500 }, file: { netYen: 2 * count * 500 } },
  })
  expect(result.onlyTheirs.map(one => one.paymentId)).toEqual(numbers.map(index => `p${2 * count + index}`))
})
