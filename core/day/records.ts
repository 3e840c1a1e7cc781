import { partly } from '../turn.ts'
import type { OurPayment, OurTill } from './books.ts'
import { isSameId } from './ids.ts'
import type { FileRow } from './paypayFile.ts'

/** All that PayPay's file of a day says of one payment. */
export type PaypayRecord = {
  readonly paymentId: string
  readonly merchantPaymentId: string
  /** Null where the payment itself is not of this day. */
  readonly paidYen: number | null
  /** PayPay keeps nothing of it: it failed, or was cancelled after it was paid. */
  readonly failed: boolean
  readonly refundedYen: number
  readonly storeId: string
  readonly terminalId: string
  readonly atMs: number
}

/** By paymentId, in steps. Rows without one are payments that never came to be, and hold no money. */
export function* recordsOf(rows: readonly FileRow[]): Generator<void, Map<string, PaypayRecord>> {
  const byId = Map.groupBy(
    rows.filter(row => row.paymentId !== '' && row.kind !== 'authorized' && row.kind !== 'refundFailed'),
    row => row.paymentId,
  )
  yield
  const records = yield* partly([...byId], some =>
    some.map(([paymentId, its]) => [paymentId, recordOf(paymentId, its)] as const),
  )
  return new Map(records)
}

function recordOf(paymentId: string, rows: readonly FileRow[]): PaypayRecord {
  const paid = rows.find(row => row.kind === 'payment')
  const failures = rows.filter(row => row.kind === 'paymentFailed')
  const refunds = rows.filter(row => row.kind === 'refund')
  const named = paid ?? failures[0] ?? refunds[0]
  return {
    paymentId,
    merchantPaymentId: named?.merchantPaymentId ?? '',
    paidYen: paid?.amountYen ?? null,
    // A cancelled payment is COMPLETED and then FAILED, or only FAILED; one that was declined before it was paid is neither.
    failed: failures.some(row => paid === undefined || row.atMs >= paid.atMs),
    refundedYen: refunds.reduce((sum, row) => sum + row.amountYen, 0),
    storeId: named?.storeId ?? '',
    terminalId: named?.terminalId ?? '',
    atMs: named?.atMs ?? 0,
  }
}

/** Which record is about which of our payments: by PayPay's id, or by ours where the ledger has no other. */
export function matchRecords(
  ours: readonly OurPayment[],
  records: ReadonlyMap<string, PaypayRecord>,
): Map<OurPayment, PaypayRecord> {
  const byMerchantPaymentId = new Map([...records.values()].map(record => [record.merchantPaymentId, record]))
  const matched = new Map<OurPayment, PaypayRecord>()
  for (const payment of ours) {
    const record =
      payment.paymentId === null
        ? byMerchantPaymentId.get(payment.merchantPaymentId)
        : records.get(payment.paymentId)
    if (record !== undefined) matched.set(payment, record)
  }
  return matched
}

/** `unknown`: the record names nothing to tell by. */
export function placeOf(record: PaypayRecord, till: OurTill): 'here' | 'elsewhere' | 'unknown' {
  const places = [place(record.storeId, till.storeIds), place(record.terminalId, till.terminalIds)]
  if (places.includes('elsewhere')) return 'elsewhere'
  return places[1] ?? 'unknown'
}

function place(id: string, ours: readonly string[]): 'here' | 'elsewhere' | 'unknown' {
  if (id === '' || ours.length === 0) return 'unknown'
  return ours.some(one => isSameId(one, id)) ? 'here' : 'elsewhere'
}
