import { yen } from '../../shared/money.ts'
import type { DayComparison, Difference, NextStep } from '../../shared/reconciliation.ts'
import { jstDay } from '../jst.ts'
import { atOnce, partly, ROWS_A_TURN } from '../turn.ts'
import type { ApiStatement, OurPayment, OurTill } from './books.ts'
import type { FileRow } from './paypayFile.ts'
import { matchRecords, type PaypayRecord, placeOf, recordsOf } from './records.ts'
import { apiPart, filePart, isUndone, ourPart, total } from './sums.ts'
import {
  apiVerdict,
  confirmedBacks,
  type DifferenceList,
  fileVerdict,
  nearMidnight,
  sumYen,
  type Verdict,
} from './verdict.ts'

export type DayBooks = {
  /** JST: `2026-11-24`. */
  readonly day: string
  readonly till: OurTill
  /** Paid, or given back, on the day. Payments of a few minutes around it do no harm, and find what PayPay dates otherwise. */
  readonly ours: readonly OurPayment[]
  /** By merchantPaymentId; without those that were not asked about. */
  readonly byApi: ReadonlyMap<string, ApiStatement>
  /** Rows of PayPay's file of that day; null where there is none yet. */
  readonly file: readonly FileRow[] | null
}

/** Compares the till's ledger, PayPay's API and PayPay's file. Each payment is in one place of the result. Pure. */
export function reconcile(books: DayBooks): DayComparison {
  return atOnce(reconcileInSteps(books))
}

/** The same, some rows a step: a file of PayPay's may have tens of thousands. */
export function* reconcileInSteps(books: DayBooks): Generator<void, DayComparison> {
  const { day, till, ours, byApi, file } = books
  const records = file === null ? null : yield* recordsOf(file)
  yield
  const recordOf = matchRecords(ours, records ?? new Map())
  yield
  const lists: Record<DifferenceList, Difference[]> = {
    onlyOurs: [],
    differentAmount: [],
    differentState: [],
  }
  const matched: OurPayment[] = []
  const unchecked: OurPayment[] = []
  const differing = new Set<OurPayment>()
  const considered = yield* partly(ours, some => some.filter(one => recordOf.has(one) || isOfDay(one, day)))
  for (const [index, one] of considered.entries()) {
    if (index % ROWS_A_TURN === ROWS_A_TURN - 1) yield
    const record = recordOf.get(one) ?? null
    const fromApi = apiVerdict(one, byApi.get(one.merchantPaymentId) ?? null)
    const fromFile: Verdict = records === null ? { kind: 'silent' } : fileVerdict(one, record, day, fromApi)
    // The API knows what became of a payment after its day, so it is heard first.
    const [verdict, by] = fromApi.kind === 'differs' ? [fromApi, 'api' as const] : [fromFile, 'file' as const]
    if (verdict.kind === 'differs') {
      differing.add(one)
      lists[verdict.list].push(ourDifference(one, record, verdict, by))
    } else (fromApi.kind === 'silent' && fromFile.kind === 'silent' ? unchecked : matched).push(one)
  }

  const known = new Set(recordOf.values())
  const foreign = [...(records?.values() ?? [])].filter(record => !known.has(record))
  // An id that the till has asked about is the till's, whatever terminal the file names.
  const isElsewhere = (record: PaypayRecord) =>
    placeOf(record, till) === 'elsewhere' && !byApi.has(record.merchantPaymentId)
  const elsewhere = yield* partly(foreign, some => some.filter(isElsewhere))
  const elsewhereToo = new Set(elsewhere)
  const here = foreign.filter(record => !elsewhereToo.has(record))
  yield
  const ourIds = new Set(ours.map(one => one.merchantPaymentId))
  const askedOnly = [...byApi].filter(([id]) => !ourIds.has(id))
  const inFile = new Set(here.map(record => record.merchantPaymentId))
  const onlyTheirs = [
    ...(yield* partly(here, some =>
      some.flatMap(record => theirDifference(record, placeOf(record, till), day)),
    )),
    ...askedOnly.filter(([id]) => !inFile.has(id)).flatMap(([id, api]) => apiDifference(id, api)),
  ]

  const asked = [
    ...(yield* partly(considered, some =>
      some.map(one => apiPart(byApi.get(one.merchantPaymentId) ?? null, one, day)),
    )),
    ...askedOnly.map(([, api]) => apiPart(api, null, day)),
  ]
  const answers = asked.filter(part => part !== null)
  // PayPay lists a cancelled payment as it likes; where nobody disagrees about it, it counts as failed.
  const isAgreedUndone = (one: OurPayment) => isUndone(one) && !differing.has(one)
  const listed = [...recordOf].filter(([one]) => !isAgreedUndone(one)).map(([, record]) => record)
  yield
  const ourParts = yield* partly(considered, some => some.map(one => ourPart(one, day)))
  const fileParts = yield* partly([...listed, ...here], some => some.map(filePart))
  yield
  return {
    day,
    matched: countOf(matched, day),
    unchecked: countOf(unchecked, day),
    ...lists,
    onlyTheirs,
    elsewhere: { count: elsewhere.length, ...total(elsewhere.map(filePart)) },
    sums: {
      ours: total(ourParts),
      api: byApi.size === 0 ? null : { ...total(answers), answered: answers.length, of: asked.length },
      file: records === null ? null : total(fileParts),
    },
  }
}

function isOfDay(one: OurPayment, day: string): boolean {
  return [one.paidAtMs, ...one.backs.map(back => back.atMs)].some(atMs => jstDay(atMs) === day)
}

function countOf(payments: readonly OurPayment[], day: string): { count: number; yen: number } {
  const paidToday = payments.filter(one => jstDay(one.paidAtMs) === day)
  return { count: payments.length, yen: paidToday.reduce((sum, one) => sum + one.amountYen, 0) }
}

function ourDifference(
  one: OurPayment,
  record: PaypayRecord | null,
  verdict: Extract<Verdict, { kind: 'differs' }>,
  by: 'api' | 'file',
): Difference {
  const { checkoutId, claimNumber, lane, merchantPaymentId } = one
  return {
    checkoutId,
    claimNumber,
    lane,
    merchantPaymentId,
    paymentId: one.paymentId ?? record?.paymentId ?? null,
    merchantRefundIds: one.backs.flatMap(back => back.merchantRefundId ?? []),
    storeId: record?.storeId || null,
    terminalId: record?.terminalId || null,
    atMs: one.paidAtMs,
    ours: { paidYen: yen(one.amountYen), backYen: yen(sumYen(confirmedBacks(one))) },
    paypay: paypayOf(verdict.paypay, by),
    next: verdict.next,
  }
}

/** A payment of this till's of which nothing is kept, because it failed, is no difference. */
function theirDifference(
  record: PaypayRecord,
  place: 'here' | 'elsewhere' | 'unknown',
  day: string,
): Difference[] {
  if (record.failed) return []
  const { paymentId, merchantPaymentId, paidYen, refundedYen, atMs } = record
  const here: NextStep = (paidYen ?? 0) > refundedYen ? 'refundAtPaypay' : 'findCheckout'
  return [
    {
      ...nobody,
      merchantPaymentId: merchantPaymentId || null,
      paymentId,
      storeId: record.storeId || null,
      terminalId: record.terminalId || null,
      atMs,
      paypay: paypayOf({ paidYen, backYen: refundedYen }, 'file'),
      next: nearMidnight(atMs, day) ?? (place === 'unknown' ? 'otherTill' : here),
    },
  ]
}

/** The till has asked about an id of its own for which it holds no payment, and PayPay has one. */
function apiDifference(merchantPaymentId: string, api: ApiStatement): Difference[] {
  if (api.kind !== 'completed' && api.kind !== 'refunded') return []
  const paidYen = api.amountYen
  const backYen = api.refundedYen ?? (api.kind === 'refunded' ? (paidYen ?? 0) : 0)
  const next = paidYen === null || paidYen > backYen ? 'refundAtPaypay' : 'findCheckout'
  return [{ ...nobody, merchantPaymentId, paypay: paypayOf({ paidYen, backYen }, 'api'), next }]
}

const nobody = {
  checkoutId: null,
  claimNumber: null,
  lane: null,
  paymentId: null,
  merchantRefundIds: [],
  storeId: null,
  terminalId: null,
  atMs: null,
  ours: null,
}

function paypayOf(
  said: { readonly paidYen: number | null; readonly backYen: number } | null,
  by: 'api' | 'file',
): Difference['paypay'] {
  if (said === null) return null
  return { paidYen: said.paidYen === null ? null : yen(said.paidYen), backYen: yen(said.backYen), by }
}
