import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type ExpectedFile, readPaypayFile } from '../core/day/paypayFile.ts'
import { fileWish } from '../simulator/reconciliationFile.ts'
import { START_MS, TestTill } from '../simulator/testTill.ts'
import type { BookReport } from '../simulator/views.ts'

// The file that the simulator writes, read by core: exactly the payments and refunds of the book on that day. Neither
// knows the other's columns.

const MERCHANT = '000000000000008181'
const HOUR_MS = 3_600_000
/** 00:00 of 24 November in Japan. */
const MIDNIGHT_MS = START_MS - 12 * HOUR_MS
const DAYS = ['2026-11-24', '2026-11-25', '2026-11-26']

const sale = fc.record({
  amountYen: fc.integer({ min: 1, max: 99_999_999_999 }),
  pauseMs: fc.integer({ min: 0, max: 9 * HOUR_MS }),
  fate: fc.constantFrom('kept', 'refunded', 'partRefunded', 'cancelled', 'declined'),
  storeInfo: fc.constantFrom('表参道ソース', 'ｶﾌｪ "能", 本店', '～∥－'),
})

async function trade(
  sales: readonly (typeof sale extends fc.Arbitrary<infer T> ? T : never)[],
  till: TestTill,
) {
  for (const [index, { amountYen, pauseMs, fate, storeInfo }] of sales.entries()) {
    const id = `order-${index}`
    await till.createCode(id, amountYen, { storeId: 'store', terminalId: 'kaikei', storeInfo })
    till.phone(fate === 'declined' ? 'decline' : 'approve')
    const paymentId = till.simulator
      .bookReport()
      .payments.find(one => one.merchantPaymentId === id)?.paymentId
    await till.pass(pauseMs)
    if (fate === 'refunded') await till.refund(`refund-${index}`, paymentId ?? '', amountYen)
    if (fate === 'partRefunded')
      await till.refund(`refund-${index}`, paymentId ?? '', Math.ceil(amountYen / 3))
    // Refused after the window, and then the payment is kept.
    if (fate === 'cancelled') await till.cancel(id)
    await till.pass(1_000)
  }
}

function read(till: TestTill, day: string, wish: object = {}, expected: Partial<ExpectedFile> = {}) {
  const { name, bytes } = till.simulator.reconciliationFile(fileWish.parse({ day, ...wish }))
  return readPaypayFile(bytes, name, { day, merchantId: MERCHANT, form: null, ...expected })
}

/** What the book has of a day, in whole seconds, as the file has it. */
function expectedOf(book: BookReport, dayIndex: number): unknown[] {
  const fromMs = MIDNIGHT_MS + dayIndex * 24 * HOUR_MS
  const seconds = (ms: number) => Math.floor(ms / 1_000) * 1_000
  const rows = [
    ...book.payments.flatMap(({ paymentId, amountYen, acceptedAtMs, failedAtMs }) =>
      acceptedAtMs === null
        ? []
        : [
            { kind: 'payment', paymentId, amountYen, atMs: seconds(acceptedAtMs) },
            ...(failedAtMs === null
              ? []
              : [{ kind: 'paymentFailed', paymentId, amountYen, atMs: seconds(failedAtMs) }]),
          ],
    ),
    ...book.refunds.map(({ paymentId, amountYen, acceptedAtMs }) => ({
      kind: 'refund',
      paymentId,
      amountYen,
      atMs: seconds(acceptedAtMs),
    })),
  ]
  return sorted(rows.filter(row => row.atMs >= fromMs && row.atMs < fromMs + 24 * HOUR_MS))
}

function sorted<T extends { readonly paymentId: string | null; readonly kind: string }>(
  rows: readonly T[],
): T[] {
  return rows.toSorted((one, other) => keyOf(one).localeCompare(keyOf(other)))
}

function keyOf(row: { readonly paymentId: string | null; readonly kind: string }): string {
  return `${row.paymentId} ${row.kind}`
}

it.each(['instant', 'preauth'] as const)(
  'the %s form holds exactly the day’s payments and refunds',
  async form => {
    await fc.assert(
      fc.asyncProperty(fc.array(sale, { maxLength: 8 }), fc.nat(), async (sales, seed) => {
        const till = new TestTill({ merchantId: MERCHANT, seed })
        await trade(sales, till)
        const book = till.simulator.bookReport()
        for (const [index, day] of DAYS.entries())
          for (const flaw of ['none', 'utf8']) {
            const result = await read(till, day, { form, flaw, plain: 'asCaptured' })
            if (!result.ok) throw new Error(JSON.stringify(result.fault))
            const { rows, ...about } = result.file
            expect(about).toEqual({ form, merchantId: MERCHANT, fromDay: day, toDay: day })
            const told = rows.map(({ kind, paymentId, amountYen, atMs }) => ({
              kind,
              paymentId,
              amountYen,
              atMs,
            }))
            expect(sorted(told)).toEqual(expectedOf(book, index))
            for (const row of rows) expect(row).toMatchObject({ storeId: 'store', terminalId: 'kaikei' })
          }
      }),
      { numRuns: 60 },
    )
  },
)

it('each flaw of the simulator’s is found by core', async () => {
  const till = new TestTill({ merchantId: MERCHANT })
  await till.sell('order-1')
  const day = '2026-11-24'
  const faultOf = async (wish: object, expected: Partial<ExpectedFile> = {}) => {
    const result = await read(till, day, wish, expected)
    return result.ok ? null : result.fault
  }
  expect(await faultOf({ flaw: 'cutOff' })).toEqual({ kind: 'cutOff', line: 2, why: 'openQuote' })
  expect(await faultOf({ flaw: 'otherMerchant' })).toMatchObject({
    kind: 'otherMerchant',
    expected: MERCHANT,
  })
  expect(await faultOf({ flaw: 'otherDay' })).toMatchObject({ kind: 'otherDay', fromDay: '2026-11-23' })
  expect(await faultOf({ form: 'preauth' }, { form: 'instant' })).toMatchObject({
    kind: 'otherForm',
    by: 'asked',
  })
})
