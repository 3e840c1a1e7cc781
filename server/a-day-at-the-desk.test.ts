import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  type AttendantInputOf,
  type AttendantMethod,
  type AttendantOutputOf,
  attendantApi,
} from '../shared/attendant.ts'
import type { Comparison, DayTotals } from '../shared/day.ts'
import type { DeskFailure } from '../shared/desk.ts'
import type { DayComparison } from '../shared/reconciliation.ts'
import type { Result } from '../shared/result.ts'
import { applyChange } from '../simulator/book.ts'
import { type FileWish, fileWish } from '../simulator/reconciliationFile.ts'
import { World } from './misfortunes/world.ts'

// A day at the desk, over the contract, on the production engine and the SQLite ledger: its figures are the simulator's book, its
// comparison finds what was planted there and nothing else, and nobody sees what they may not.

const DAY = '2026-11-24'
const HOUR_MS = 3_600_000

// Half a day of a till that looks after itself takes seconds on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

let world: World
let manager: string
beforeEach(async () => {
  world = await World.open()
  world.switch({ multipleRefunds: true })
  const set = await desk('setUp', { lane: 'office', name: '店長', pin: '739146' })
  if (!set.ok) throw new Error(set.failure.kind)
  manager = set.value.token
})
afterEach(() => world.end())

function desk<M extends AttendantMethod>(
  method: M,
  input: AttendantInputOf<M> & { session?: string },
): Promise<Result<AttendantOutputOf<M>, DeskFailure>> {
  return world.kiosk.desk(method, input) as Promise<Result<AttendantOutputOf<M>, DeskFailure>>
}

/** Whatever time has passed, the manager is in again. */
async function asManager<M extends AttendantMethod>(
  method: M,
  input: AttendantInputOf<M>,
): Promise<AttendantOutputOf<M>> {
  const first = await desk(method, { ...input, session: manager })
  if (first.ok) return first.value
  if (first.failure.kind !== 'signedOut') throw new Error(JSON.stringify(first.failure))
  const inside = await desk('signIn', { lane: 'office', pin: '739146' })
  if (!inside.ok) throw new Error(inside.failure.kind)
  manager = inside.value.token
  const again = await desk(method, { ...input, session: manager })
  if (!again.ok) throw new Error(JSON.stringify(again.failure))
  return again.value
}

async function sold(products: readonly [id: string, quantity: number][], lane = 'main'): Promise<string> {
  const { checkoutId } = await world.sell(lane, {
    kind: 'cart',
    lines: products.map(([productId, quantity]) => ({ productId, quantity })),
  })
  world.simulator.phone(world.code(), 'approve')
  await world.clock.pass(5_000)
  const checkout = await world.checkout(lane)
  expect(checkout.status).toBe('paid')
  await world.act('leaveCheckout', checkout, {}, lane)
  world.turnAway(lane)
  return checkoutId
}

async function givesBack(
  checkoutId: string,
  what: AttendantInputOf<'giveBack'>['what'] = { kind: 'whole' },
): Promise<void> {
  const decisionId = `decision-${world.clock.trueMs()}`
  await asManager('giveBack', {
    checkoutId,
    decisionId,
    what,
    reason: 'other',
    note: '',
    secondPin: null,
  })
  await world.clock.pass(60_000)
}

/** The screen goes away, and the customer pays before the till can take the code back: the money goes back by itself. */
async function paysTooLate(): Promise<void> {
  await world.sell()
  world.turnAway()
  await world.clock.pass(14_000)
  world.away = true
  await world.clock.pass(3_000)
  world.simulator.phone(world.code(), 'approve')
  world.away = false
  await world.clock.pass(60_000)
}

/** What PayPay's book says of a day, by its own times. */
function bookOf(day: string): { salesYen: number; cancelsYen: number; refundsYen: number } {
  const fromMs = Date.parse(`${day}T00:00:00+09:00`)
  const isIn = (atMs: number | null): boolean =>
    atMs !== null && atMs >= fromMs && atMs < fromMs + 24 * HOUR_MS
  const { payments, refunds } = world.simulator.bookReport()
  const sum = (some: readonly { amountYen: number }[]) =>
    some.reduce((total, one) => total + one.amountYen, 0)
  return {
    salesYen: sum(payments.filter(one => isIn(one.acceptedAtMs))),
    cancelsYen: sum(payments.filter(one => one.acceptedAtMs !== null && isIn(one.failedAtMs))),
    refundsYen: sum(refunds.filter(one => isIn(one.acceptedAtMs))),
  }
}

async function until(dayTime: string): Promise<void> {
  await world.clock.pass(Date.parse(`${dayTime}+09:00`) - world.clock.trueMs())
}

function file(wish: Partial<FileWish> = {}): { name: string; base64: string } {
  const { name, bytes } = world.simulator.reconciliationFile(fileWish.parse({ day: DAY, ...wish }))
  return { name, base64: Buffer.from(bytes).toString('base64') }
}

async function compared(
  day: string,
  dropped: { name: string; base64: string } | null,
): Promise<DayComparison> {
  await asManager('compareDay', { day, file: dropped })
  const last = await finished(day)
  if (last.state !== 'finished') throw new Error(last.state)
  return last.result
}

async function finished(day: string): Promise<Comparison> {
  for (;;) {
    const last = await asManager('getComparison', { day })
    if (last && last.state !== 'running') return last
    await world.clock.pass(1_000)
  }
}

describe('its figures', () => {
  const totals = ({ sales, cancels, refunds, wentBackByItself }: DayTotals) => ({
    salesYen: sales.yen + wentBackByItself.yen,
    cancelsYen: cancels.yen + wentBackByItself.yen,
    refundsYen: refunds.yen,
  })

  it('are PayPay’s book of that day, with refunds and cancels on the day on which they happened', async () => {
    await sold([
      ['tea', 2],
      ['bag', 1],
    ])
    const cancelled = await sold([['tea', 3]], 'terrace')
    const inParts = await sold([
      ['tea', 2],
      ['bag', 2],
    ])
    const refundedTomorrow = await sold([['bag', 5]])
    await givesBack(cancelled)
    await givesBack(inParts, { kind: 'lines', lines: [{ line: 1, quantity: 1 }] })
    await paysTooLate()
    await until('2026-11-24T23:58:00')
    const undoneOverMidnight = await sold([['tea', 7]])
    await until('2026-11-25T00:05:00')
    await givesBack(undoneOverMidnight)
    await until('2026-11-25T00:40:00')
    await givesBack(inParts, { kind: 'lines', lines: [{ line: 0, quantity: 1 }] })
    await givesBack(refundedTomorrow, { kind: 'amount', amountYen: 333 })
    await sold([['bag', 1]])

    const first = await asManager('getDay', { day: DAY })
    const second = await asManager('getDay', { day: '2026-11-25' })
    expect(totals(first.figures)).toEqual(bookOf(DAY))
    expect(totals(second.figures)).toEqual(bookOf('2026-11-25'))
    expect(first.figures).toMatchObject({
      sales: { count: 5, yen: 540 + 480 + 760 + 1_100 + 1_120 },
      cancels: { count: 1, yen: 480 },
      refunds: { count: 1, yen: 220 },
      wentBackByItself: { count: 1, yen: 160 },
      netYen: 3_300,
      open: [],
    })
    expect(second.figures).toMatchObject({
      sales: { count: 1, yen: 220 },
      cancels: { count: 1, yen: 1_120 },
      refunds: { count: 2, yen: 160 + 333 },
      netYen: 220 - 1_120 - 493,
      amountsBackYen: 333,
    })
    expect(first.isOver).toBe(true)
    expect(second.isOver).toBe(false)
    expect(first.figures.byLane.map(one => [one.lane, one.salesYen, one.backYen])).toEqual([
      ['main', 3_520, 220],
      ['terrace', 480, 480],
    ])

    const list = await asManager('listDays', { before: null, limit: 1 })
    expect(list).toMatchObject({
      days: [{ day: '2026-11-25', netYen: second.figures.netYen, close: null }],
      next: '2026-11-25',
    })
    const rest = await asManager('listDays', { before: list.next, limit: 10 })
    expect(rest).toMatchObject({ days: [{ day: DAY, netYen: 3_300 }], next: null })
  })

  it('name the money of the day about which something is still to come', async () => {
    const checkoutId = await sold([['tea', 1]])
    world.away = true
    await asManager('giveBack', {
      checkoutId,
      decisionId: 'decision-1',
      what: { kind: 'whole' },
      reason: 'other',
      note: '',
      secondPin: null,
    })
    const { figures } = await asManager('getDay', { day: DAY })
    expect(figures.open).toEqual([
      { checkoutId, claimNumber: '001', lane: 'main', yen: 160, kind: 'returning' },
    ])
    expect(figures.netYen).toBe(160)
    world.away = false
    await world.clock.pass(120_000)
    const after = await asManager('getDay', { day: DAY })
    expect(after.figures.open).toEqual([])
    expect(after.figures.netYen).toBe(0)
  })

  it('show a code that waits for its customer, and forget it when nobody paid', async () => {
    const checkout = await world.sell()
    expect((await asManager('getDay', { day: DAY })).figures.open).toMatchObject([{ kind: 'underWay' }])
    await world.act('stopCheckout', checkout, { reason: 'customer' })
    await world.clock.pass(120_000)
    expect((await asManager('getDay', { day: DAY })).figures.open).toEqual([])
  })
})

describe('a close', () => {
  it('keeps the figures as they were, tells what has changed, and may follow another', async () => {
    const checkoutId = await sold([['tea', 2]])
    const closed = await asManager('closeDay', { day: DAY, note: ' 現金なし ' })
    expect(closed.closes).toMatchObject([
      { by: '店長', note: '現金なし', wasOver: false, totals: { netYen: 320, sales: { count: 1 } } },
    ])
    expect(closed.sinceClose).toBeNull()
    await givesBack(checkoutId, { kind: 'lines', lines: [{ line: 0, quantity: 1 }] })
    await sold([['bag', 1]])
    const later = await asManager('getDay', { day: DAY })
    expect(later.closes).toEqual(closed.closes)
    expect(later.sinceClose).toEqual({
      sales: 1,
      salesYen: 220,
      givenBack: 1,
      givenBackYen: 160,
      wentBackByItself: 0,
      wentBackByItselfYen: 0,
      netYen: 60,
    })
    await until('2026-11-25T00:40:00')
    const again = await asManager('closeDay', { day: DAY, note: '' })
    expect(again.closes.map(one => [one.wasOver, one.totals.netYen])).toEqual([
      [false, 320],
      [true, 380],
    ])
    expect(again.sinceClose).toBeNull()
    // A refund of a later day is a later day's.
    await givesBack(checkoutId, { kind: 'amount', amountYen: 50 })
    expect((await asManager('getDay', { day: DAY })).sinceClose).toBeNull()
    const { days } = await asManager('listDays', { before: null, limit: 5 })
    expect(days.map(one => [one.day, one.netYen, one.close?.netYen ?? null])).toEqual([
      ['2026-11-25', -50, null],
      [DAY, 380, 380],
    ])
  })

  it('outlives a crash, and the ledger stays whole', async () => {
    await sold([['tea', 2]])
    await asManager('closeDay', { day: DAY, note: '' })
    await world.crash()
    await world.boot()
    await world.clock.pass(1_000)
    expect((await asManager('getDay', { day: DAY })).closes).toHaveLength(1)
    expect(await world.ledger.rebuild()).toBeGreaterThan(0)
    expect((await asManager('getDay', { day: DAY })).closes).toHaveLength(1)
  })

  it.each(['getDay', 'closeDay', 'compareDay', 'exportDay'] as const)(
    '%s refuses a day that has not begun',
    async method => {
      const input = {
        day: '2026-11-25',
        note: '',
        file: null,
        encoding: 'utf8',
        what: 'sales',
        session: manager,
      }
      expect(await world.kiosk.desk(method, input)).toEqual({
        ok: false,
        failure: { kind: 'dayNotYet', day: '2026-11-25', today: DAY },
      })
    },
  )

  it.each(['2026-11-31', '2026-2-1', 'today', '2026-13-01'])('%s is no day', async day => {
    expect(await world.kiosk.desk('getDay', { day, session: manager })).toMatchObject({
      ok: false,
      failure: { kind: 'badInput', where: 'day' },
    })
  })
})

describe('who may', () => {
  const inputs = {
    getDay: { day: DAY },
    listDays: { before: null, limit: 5 },
    closeDay: { day: DAY, note: '' },
    compareDay: { day: DAY, file: null },
    getComparison: { day: DAY },
    exportDay: { day: DAY, encoding: 'utf8', what: 'sales' },
  } as const
  const methods = Object.keys(inputs) as (keyof typeof inputs)[]

  it.each(methods)('%s: nobody without a session', async method => {
    for (const session of [undefined, '', 'made-up'])
      expect(await world.kiosk.desk(method, { ...inputs[method], session })).toEqual({
        ok: false,
        failure: { kind: 'signedOut' },
      })
  })

  it.each(methods)('%s: an attendant only what the contract gives them', async method => {
    await world.addPerson('係', 'attendant', '826471')
    const inside = await desk('signIn', { lane: 'office', pin: '826471' })
    if (!inside.ok) throw new Error(inside.failure.kind)
    const answer = await world.kiosk.desk(method, { ...inputs[method], session: inside.value.token })
    if (attendantApi[method].access === 'attendant') expect(answer).toMatchObject({ ok: true })
    else expect(answer).toEqual({ ok: false, failure: { kind: 'notAllowed', needs: 'manager' } })
    expect(['closeDay', 'compareDay', 'getComparison'].includes(method)).toBe(
      attendantApi[method].access === 'manager',
    )
  })
})

describe('compared with PayPay', () => {
  it.each(['COMPLETED', 'REFUNDED'] as const)(
    'a day that agrees has no difference; in part refunded is %s',
    async partialRefundStatus => {
      world.switch({ partialRefundStatus })
      const returned = await sold([['tea', 1]])
      const inPart = await sold([
        ['tea', 2],
        ['bag', 1],
      ])
      await givesBack(returned)
      await givesBack(inPart, { kind: 'lines', lines: [{ line: 1, quantity: 1 }] })
      await paysTooLate()
      await until('2026-11-25T00:20:00')
      const agreed = { onlyOurs: [], onlyTheirs: [], differentAmount: [], differentState: [] }
      for (const dropped of [
        null,
        file(),
        file({ form: 'preauth', plain: 'asCaptured' }),
        file({ flaw: 'utf8' }),
      ]) {
        const result = await compared(DAY, dropped)
        expect(result).toMatchObject({ ...agreed, unchecked: { count: 0 } })
        expect(result.matched.count).toBe(3)
        expect(result.sums.api).toMatchObject({ netYen: result.sums.ours.netYen })
        if (dropped) expect(result.sums.file).toEqual(result.sums.ours)
      }
      const { comparisons } = await asManager('getDay', { day: DAY })
      expect(comparisons).toHaveLength(4)
      expect(comparisons[1]).toMatchObject({
        by: '店長',
        fileName: file().name,
        matched: { count: 3 },
        onlyTheirs: 0,
      })
    },
  )

  it('finds each payment that was planted at PayPay, and no other', async () => {
    await sold([['tea', 1]])
    const refundedThere = await sold([['tea', 2]])
    const keptThere = await sold([['bag', 1]])
    const keptForMore = await sold([
      ['tea', 2],
      ['bag', 1],
    ])
    const [, second] = world.simulator.bookReport().payments
    if (!second?.paymentId) throw new Error('PayPay has no payment')
    await givesBack(keptThere)
    // Somebody gives ¥320 back in PayPay's own tool, and pays ¥999 with a code that this till never made.
    await outside('POST', '/v2/refunds', {
      merchantRefundId: 'by-hand',
      paymentId: second.paymentId,
      amount: { amount: 320, currency: 'JPY' },
      requestedAt: Math.floor(world.clock.trueMs() / 1000),
    })
    for (const [id, terminalId] of [
      ['outside-1', 'kaikei'],
      ['outside-2', 'register-2'],
    ] as const) {
      await outside('POST', '/v2/codes', {
        merchantPaymentId: id,
        amount: { amount: 999, currency: 'JPY' },
        codeType: 'ORDER_QR',
        storeId: 'store',
        terminalId,
        requestedAt: Math.floor(world.clock.trueMs() / 1000),
      })
      world.simulator.phone(world.code(), 'approve')
      await world.clock.pass(1_000)
    }
    await until('2026-11-25T00:20:00')
    paypayNames(keptForMore, 541)
    for (const dropped of [null, file(), file({ form: 'preauth', plain: 'asCaptured' })]) {
      const result = await compared(DAY, dropped)
      expect(result.differentState).toMatchObject([
        {
          checkoutId: refundedThere,
          ours: { paidYen: 320, backYen: 0 },
          paypay: { backYen: 320 },
          next: 'openCheckout',
        },
      ])
      expect(result.differentAmount).toMatchObject([
        {
          checkoutId: keptForMore,
          ours: { paidYen: 540, backYen: 0 },
          paypay: { paidYen: 541, backYen: 0, by: 'api' },
          next: 'callPaypay',
        },
      ])
      // Only the file tells what this till has not asked for.
      const outsiders = [{ merchantPaymentId: 'outside-1', paypay: { paidYen: 999 }, next: 'refundAtPaypay' }]
      expect(result.onlyTheirs).toMatchObject(dropped === null ? [] : outsiders)
      expect(result.elsewhere).toMatchObject(dropped === null ? { count: 0 } : { count: 1, salesYen: 999 })
      expect(result.onlyOurs).toEqual([])
      expect(result.matched).toEqual({ count: 2, yen: 160 + 220 })
      expect(result.unchecked.count).toBe(0)
      expect(result.sums.api).toMatchObject({ salesYen: 160 + 320 + 541, answered: 4, of: 4 })
    }
  })

  it('a payment that the file lacks is told, with what to do', async () => {
    await sold([['tea', 1]])
    const early = file()
    const checkoutId = await sold([['bag', 1]])
    await until('2026-11-25T00:20:00')
    const result = await compared(DAY, early)
    expect(result.onlyOurs).toMatchObject([{ checkoutId, next: 'callPaypay' }])
    expect(result.matched.count).toBe(1)
  })

  it('a refund of an earlier payment is matched on the day on which it went back', async () => {
    const checkoutId = await sold([['tea', 5]])
    await until('2026-11-25T00:40:00')
    await givesBack(checkoutId)
    await until('2026-11-25T00:50:00')
    const day = '2026-11-25'
    const result = await compared(day, file({ day }))
    expect(result).toMatchObject({
      matched: { count: 1, yen: 0 },
      onlyOurs: [],
      onlyTheirs: [],
      differentState: [],
    })
  })

  it.each([
    ['cutOff', { flaw: 'cutOff' }],
    ['otherDay', { flaw: 'otherDay' }],
  ] as const)('a file that is %s comes back as its fault, and nothing is begun', async (kind, wish) => {
    await sold([['tea', 1]])
    const session = manager
    expect(await desk('compareDay', { day: DAY, file: file(wish), session })).toMatchObject({
      ok: false,
      failure: { kind: 'faultyFile', fault: { kind } },
    })
    expect(
      await desk('compareDay', { day: DAY, file: { name: 'sales.csv', base64: '' }, session }),
    ).toMatchObject({ failure: { kind: 'faultyFile', fault: { kind: 'unknownName' } } })
    expect(
      await desk('compareDay', { day: DAY, file: { ...file(), base64: '//79/Q==' }, session }),
    ).toMatchObject({ failure: { kind: 'faultyFile', fault: { kind: 'unreadable' } } })
    expect(
      await desk('compareDay', { day: DAY, file: { name: 'a.csv', base64: '*' }, session }),
    ).toMatchObject({
      failure: { kind: 'badInput', where: 'file.base64' },
    })
    expect(await asManager('getComparison', { day: DAY })).toBeNull()
  })

  it('tells how far it is, one day at a time, and goes on when its manager is out', async () => {
    for (let count = 0; count < 30; count += 1) await sold([['tea', 1]])
    await until('2026-11-24T13:00:00')
    const begun = await asManager('compareDay', { day: DAY, file: null })
    expect(begun).toMatchObject({ state: 'running', of: 30 })
    const [second, session] = ['2026-11-23', manager]
    expect(await desk('compareDay', { day: second, file: null, session })).toEqual({
      ok: false,
      failure: { kind: 'comparing', day: DAY },
    })
    await world.kiosk.desk('signOut', { session })
    await world.clock.pass(60_000)
    expect(await finished(DAY)).toMatchObject({ state: 'finished', result: { matched: { count: 30 } } })
  })

  it('throttled by PayPay, it stops asking, so that the lanes can go on', async () => {
    for (let count = 0; count < 20; count += 1) await sold([['tea', 1]])
    const before = world.simulator.seen.length
    world.faults({ endpoint: 'getPayment', what: { kind: 'status', status: 429 } })
    const result = await compared(DAY, null)
    expect(result).toMatchObject({ matched: { count: 0 }, unchecked: { count: 20 }, onlyOurs: [] })
    expect(world.simulator.seen.slice(before).length).toBeLessThan(6)
  })

  it('with PayPay away, nothing is called a difference, and it ends in seconds', async () => {
    for (let count = 0; count < 12; count += 1) await sold([['tea', 1]])
    world.away = true
    const result = await compared(DAY, null)
    expect(result).toMatchObject({ matched: { count: 0 }, unchecked: { count: 12 }, onlyOurs: [] })
    world.away = false
    await world.clock.pass(60_000)
  })
})

/** PayPay's own book has the payment of a checkout under another amount than the till asked for. */
function paypayNames(checkoutId: string, amountYen: number): void {
  const payment = [...world.book.payments.values()].find(one => one.merchantPaymentId.startsWith(checkoutId))
  const code = world.book.codes.get(payment?.codeId ?? '')
  if (!payment || !code) throw new Error(`PayPay has no payment of ${checkoutId}`)
  applyChange(world.book, { kind: 'code', record: { ...code, amountYen } })
  applyChange(world.book, { kind: 'payment', record: { ...payment, amountYen } })
}

/** Somebody else with the shop's keys. */
async function outside(method: string, path: string, body: object): Promise<void> {
  const { authorization } = await import('../core/paypay/auth.ts')
  const bytes = Buffer.from(JSON.stringify(body))
  const reply = await world.simulator.handle({
    method,
    path,
    query: {},
    headers: {
      'content-type': 'application/json',
      authorization: authorization({
        apiKey: 'key',
        apiSecret: 'secret',
        method,
        path,
        nonce: `outside-${world.clock.trueMs()}`,
        epochS: Math.floor(world.clock.trueMs() / 1000),
        contentType: 'application/json',
        body: bytes,
      }),
    },
    body: bytes,
  })
  if (reply.kind !== 'answer' || reply.status >= 300) throw new Error(JSON.stringify(reply))
  await world.clock.pass(1_000)
}
