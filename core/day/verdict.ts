import type { NextStep } from '../../shared/reconciliation.ts'
import { jstDay, jstDaySpan } from '../jst.ts'
import type { ApiStatement, OurBack, OurPayment } from './books.ts'
import type { PaypayRecord } from './records.ts'

export type DifferenceList = 'onlyOurs' | 'differentAmount' | 'differentState'

/** What PayPay has said of one of our payments. `silent`: nothing that could agree or disagree. */
export type Verdict =
  | { readonly kind: 'agrees' | 'silent' }
  | {
      readonly kind: 'differs'
      readonly list: DifferenceList
      readonly paypay: { readonly paidYen: number | null; readonly backYen: number } | null
      readonly next: NextStep
    }

/** Clocks differ, and an answer takes a while: so near to midnight a payment can be another day's to PayPay. */
const NEAR_MIDNIGHT_MS = 5 * 60_000

const agrees: Verdict = { kind: 'agrees' }
const silent: Verdict = { kind: 'silent' }

export function sumYen(backs: readonly OurBack[]): number {
  return backs.reduce((sum, back) => sum + back.amountYen, 0)
}

export function confirmedBacks(ours: OurPayment): readonly OurBack[] {
  return ours.backs.filter(back => back.state === 'confirmed')
}

/** What PayPay's API says now, against all that the ledger knows. Null: not asked. */
export function apiVerdict(ours: OurPayment, api: ApiStatement | null): Verdict {
  const confirmedYen = sumYen(confirmedBacks(ours))
  const known = { leastYen: confirmedYen, mostYen: sumYen(ours.backs) }
  const paidYen = api?.amountYen ?? ours.amountYen
  switch (api?.kind) {
    case undefined:
    case 'unknown':
      return silent
    case 'unpaid':
    case 'notFound':
      // A cancelled payment may be one that PayPay no longer shows.
      if (isCancelled(ours)) return agrees
      return { kind: 'differs', list: 'onlyOurs', paypay: null, next: whoKnows(ours) }
    case 'failed':
      return compare(ours, { paidYen, backYen: paidYen }, known, {
        less: giveBack(ours),
        more: whoKnows(ours),
      })
    case 'refunded':
    case 'completed': {
      const backYen = api?.refundedYen ?? (api?.kind === 'refunded' ? paidYen : 0)
      return compare(ours, { paidYen, backYen }, known, { less: giveBack(ours), more: 'openCheckout' })
    }
  }
}

/** What PayPay's file of the day says, in the light of what its API says. `record` is null where it lists nothing. */
export function fileVerdict(
  ours: OurPayment,
  record: PaypayRecord | null,
  day: string,
  api: Verdict,
): Verdict {
  const paidToday = jstDay(ours.paidAtMs) === day
  const backYen =
    record === null ? 0 : record.refundedYen + (record.failed ? (record.paidYen ?? ours.amountYen) : 0)
  const isListed = record !== null && (record.paidYen !== null || record.failed)
  if (paidToday && !isListed) {
    // PayPay need not list a cancelled payment: "it may not be output ... depending on the cause" (OPA, changelog 2023-04-13).
    if (isCancelled(ours)) return agrees
    return { kind: 'differs', list: 'onlyOurs', paypay: null, next: whereMissing(ours, day, api) }
  }
  const expected = expectedBacks(ours, day)
  if (record === null && expected.leastYen === 0) return silent
  const paypay = { paidYen: record?.paidYen ?? (record?.failed ? ours.amountYen : null), backYen }
  // How a cancel is listed is not documented; the API is enough.
  if (backYen < expected.leastYen && isCancelled(ours) && api.kind === 'agrees') return agrees
  const next: Next =
    api.kind === 'agrees'
      ? { less: 'waitForPaypay', more: 'callPaypay' }
      : { less: 'askAgain', more: 'openCheckout' }
  return compare(ours, paypay, expected, next)
}

/** What may have been given back. */
type Known = { readonly leastYen: number; readonly mostYen: number }
/** What to do where PayPay has given back less than that, or more. */
type Next = { readonly less: NextStep; readonly more: NextStep }

function compare(
  ours: OurPayment,
  paypay: { readonly paidYen: number | null; readonly backYen: number },
  known: Known,
  next: Next,
): Verdict {
  if (paypay.paidYen !== null && paypay.paidYen !== ours.amountYen)
    return { kind: 'differs', list: 'differentAmount', paypay, next: whoKnows(ours) }
  if (paypay.backYen >= known.leastYen && paypay.backYen <= known.mostYen) return agrees
  return {
    kind: 'differs',
    list: paypay.backYen > 0 && known.mostYen > 0 ? 'differentAmount' : 'differentState',
    paypay,
    next: paypay.backYen < known.leastYen ? next.less : next.more,
  }
}

/**
 * What the file of a day may say was given back. A return that is under way may be in it or not, as may one near midnight;
 * a cancel of the quarter of an hour after midnight undoes a payment that the file may already call failed.
 */
function expectedBacks(ours: OurPayment, day: string): Known {
  const { fromMs, toMs } = jstDaySpan(day)
  const surely = (back: OurBack) =>
    back.state === 'confirmed' &&
    back.atMs >= fromMs + NEAR_MIDNIGHT_MS &&
    back.atMs < toMs - NEAR_MIDNIGHT_MS
  const possibly = (back: OurBack) =>
    back.way === 'cancel' || (back.atMs >= fromMs - NEAR_MIDNIGHT_MS && back.atMs < toMs + NEAR_MIDNIGHT_MS)
  return { leastYen: sumYen(ours.backs.filter(surely)), mostYen: sumYen(ours.backs.filter(possibly)) }
}

function isCancelled(ours: OurPayment): boolean {
  return ours.backs.some(back => back.way === 'cancel')
}

function whoKnows(ours: OurPayment): NextStep {
  return ours.settled ? 'callPaypay' : 'openCheckout'
}

/** While the till still works on it, a refund by hand could be a second one. */
function giveBack(ours: OurPayment): NextStep {
  return ours.settled ? 'refundAtPaypay' : 'openCheckout'
}

function whereMissing(ours: OurPayment, day: string, api: Verdict): NextStep {
  return nearMidnight(ours.paidAtMs, day) ?? (api.kind === 'agrees' ? 'callPaypay' : 'askAgain')
}

/** Which other day it may belong to, or null. */
export function nearMidnight(atMs: number, day: string): 'waitForPaypay' | 'compareDayBefore' | null {
  const { fromMs, toMs } = jstDaySpan(day)
  if (atMs >= toMs - NEAR_MIDNIGHT_MS) return 'waitForPaypay'
  return atMs < fromMs + NEAR_MIDNIGHT_MS ? 'compareDayBefore' : null
}
