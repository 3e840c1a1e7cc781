import { type Row, rowOf, wordless } from './answer.ts'
import type { Answer, Evidence, KnownValue, OtherAmount, PaymentRead } from './calls.ts'
import { healthBy, isDone, isRefusal, type ReadAnswer, sameClass, toRow, wordlessFor } from './reading.ts'
import { createdCode, deletedCode, paymentDetails, refundDetails, sendableCodeId } from './wire.ts'

/** What each call hopes for, and what its answer is compared with. */
export type Expected =
  | { readonly api: 'createCode'; readonly merchantPaymentId: string; readonly amountYen: number }
  | { readonly api: 'getPayment'; readonly merchantPaymentId: string; readonly amountYen: number }
  | { readonly api: 'deleteCode'; readonly codeId: string }
  | { readonly api: 'cancelPayment'; readonly merchantPaymentId: string }
  | {
      readonly api: 'refundPayment' | 'getRefund'
      readonly merchantRefundId: string
      readonly paymentId: string
      readonly amountYen: number
    }

/** What an answer means for the call that it answers. The only place that decides this. */
export function judge(expected: Expected, answer: ReadAnswer, evidence: Evidence): Answer<KnownValue> {
  const { httpStatus, code } = answer
  const unknown = (name: string, row: Row, health = row.health): Answer<never> => {
    const retry = row.retry === 'never' ? 'ask' : row.retry
    return { sure: 'unknown', row: toRow(name, { ...row, retry, health }, answer), evidence }
  }
  if (code === null) {
    const name = wordlessFor(httpStatus)
    return unknown(name, wordless[name])
  }
  const found = readFor(expected, answer)
  if (found && 'known' in found) return { sure: 'known', value: found.known, evidence }
  if (found) {
    const row = wordless[found.because]
    const says = found.word === undefined ? row.says : `${row.says} Its word: ${JSON.stringify(found.word)}.`
    const { otherAmount } = found
    return { ...unknown(found.because, { ...row, says }), ...(otherAmount ? { otherAmount } : {}) }
  }
  const row = rowOf(code)
  if (!row) return unknown(code, wordless.unknownCode, healthBy(httpStatus))
  if (row.http.length > 0 && !row.http.some(documented => sameClass(documented, httpStatus)))
    return unknown('contradiction', wordless.contradiction, healthBy(httpStatus))
  if (row.refuses.includes(expected.api)) return { sure: 'refused', row: toRow(code, row, answer), evidence }
  return unknown(code, row)
}

/** An absence of an answer. */
export function judgeNone(why: 'timeout' | 'network' | 'noKeys', evidence: Evidence): Answer<never> {
  const { says, retry, health } = wordless[why]
  return { sure: 'unknown', row: { code: why, says, retry, health }, evidence }
}

/** `known`: settled. `because`: it looks like success and is not believed. null: the table decides. */
type Found<Known = KnownValue> =
  | { readonly known: Known }
  | {
      readonly because: 'foreign' | 'incomplete' | 'unknownWord'
      readonly word?: string
      readonly otherAmount?: OtherAmount
    }
  | null

function readFor(expected: Expected, { httpStatus, code, data }: ReadAnswer): Found {
  const success = code === 'SUCCESS' && isDone(httpStatus)
  switch (expected.api) {
    case 'createCode':
      return success ? readCreated(expected, data) : null
    case 'getPayment':
      // PayPay documents 400 in one table and 404 in another, so the code decides.
      if (code === 'DYNAMIC_QR_PAYMENT_NOT_FOUND' && isRefusal(httpStatus))
        return { known: { kind: 'notFound' } }
      return success ? readPayment(expected, data) : null
    case 'deleteCode':
      if (code === 'DYNAMIC_QR_NOT_FOUND' && isRefusal(httpStatus)) return { known: { kind: 'alreadyGone' } }
      if (code === 'DYNAMIC_QR_ALREADY_PAID' && isRefusal(httpStatus))
        return { known: { kind: 'alreadyPaid' } }
      if (!success) return null
      if (isForeign(data, { codeId: expected.codeId })) return { because: 'foreign' }
      return deletedCode.safeParse(data).success ? { known: { kind: 'deleted' } } : { because: 'incomplete' }
    case 'cancelPayment':
      if (!success && !(code === 'REQUEST_ACCEPTED' && isDone(httpStatus))) return null
      if (isForeign(data, { merchantPaymentId: expected.merchantPaymentId })) return { because: 'foreign' }
      return { known: { kind: 'cancelAccepted' } }
    case 'refundPayment':
      return success ? readRefund(expected, data) : null
    case 'getRefund':
      if (code === 'NO_SUCH_REFUND_ORDER' && isRefusal(httpStatus)) return { known: { kind: 'noSuchRefund' } }
      return success ? readRefund(expected, data) : null
    default:
      return expected satisfies never
  }
}

function readCreated(expected: Extract<Expected, { api: 'createCode' }>, data: unknown): Found {
  const { merchantPaymentId, amountYen } = expected
  if (isForeign(data, { merchantPaymentId }, amountYen)) return { because: 'foreign' }
  const parsed = createdCode.safeParse(data)
  if (!parsed.success) return { because: 'incomplete' }
  const { codeId, url, expiryDate } = parsed.data
  // A code that could not be deleted again must not be shown.
  if (!sendableCodeId.safeParse(codeId).success) return { because: 'incomplete' }
  return { known: { kind: 'codeCreated', codeId, url, expiresAtS: expiryDate } }
}

function readPayment(expected: Extract<Expected, { api: 'getPayment' }>, data: unknown): Found<PaymentRead> {
  const { merchantPaymentId, amountYen } = expected
  if (isForeign(data, { merchantPaymentId }, amountYen))
    return { because: 'foreign', ...otherAmountIn(expected, data) }
  const parsed = paymentDetails.safeParse(data)
  if (!parsed.success) return { because: 'incomplete' }
  const { status, paymentId, acceptedAt, refunds } = parsed.data
  switch (status) {
    case 'CREATED':
      return { known: { kind: 'unpaid' } }
    case 'COMPLETED': {
      if (!paymentId) return { because: 'incomplete' }
      const completed: PaymentRead = { kind: 'completed', paymentId, acceptedAtS: acceptedAt ?? null }
      return readReturned(completed, refunds?.data ?? [], amountYen)
    }
    case 'FAILED':
    case 'CANCELED':
    case 'EXPIRED':
      return { known: { kind: 'failed', acceptedAtS: acceptedAt ?? null } }
    case 'REFUNDED':
      return {
        known: withPart(
          { kind: 'refunded', paymentId: paymentId ?? null },
          takenYen(refunds?.data ?? []),
          amountYen,
        ),
      }
    default:
      return { because: 'unknownWord', word: shorten(status) }
  }
}

/** Read as if it were the amount that we asked for. Nothing, where the body is wrong in more than that. */
function otherAmountIn(
  expected: Extract<Expected, { api: 'getPayment' }>,
  data: unknown,
): { otherAmount?: OtherAmount } {
  const parsed = paymentDetails.safeParse(data)
  if (!parsed.success) return {}
  const { amount: amountYen } = parsed.data.amount
  if (amountYen < 1 || isForeign(data, { merchantPaymentId: expected.merchantPaymentId }, amountYen))
    return {}
  const found = readPayment({ ...expected, amountYen }, data)
  return found && 'known' in found ? { otherAmount: { amountYen, read: found.known } } : {}
}

/** What a payment is after a partial refund is not documented, so its refunds are added up: all of it is `refunded`. */
function readReturned(
  completed: PaymentRead & { kind: 'completed' },
  refunds: readonly ListedRefund[],
  amountYen: number,
): Found<PaymentRead> {
  const refundedYen = takenYen(refunds)
  if (refundedYen >= amountYen) return { known: { kind: 'refunded', paymentId: completed.paymentId } }
  const odd = refunds.find(({ status }) => !isTaken(status))
  // Only where the odd word would make the difference is nothing known.
  if (odd && sumYen(refunds) >= amountYen) return { because: 'unknownWord', word: shorten(odd.status) }
  return { known: withPart(completed, refundedYen, amountYen) }
}

function withPart<Read extends PaymentRead>(read: Read, refundedYen: number, amountYen: number): Read {
  return refundedYen > 0 && refundedYen < amountYen ? { ...read, refundedYen } : read
}

type ListedRefund = { readonly status: string; readonly amount: { readonly amount: number } }

function takenYen(refunds: readonly ListedRefund[]): number {
  return sumYen(refunds.filter(({ status }) => isTaken(status)))
}

function sumYen(refunds: readonly ListedRefund[]): number {
  return refunds.reduce((total, one) => total + one.amount.amount, 0)
}

function readRefund(
  expected: Extract<Expected, { api: 'refundPayment' | 'getRefund' }>,
  data: unknown,
): Found {
  const { merchantRefundId, paymentId, amountYen } = expected
  if (isForeign(data, { merchantRefundId, paymentId }, amountYen)) return { because: 'foreign' }
  const parsed = refundDetails.safeParse(data)
  if (!parsed.success) return { because: 'incomplete' }
  const { status } = parsed.data
  return isTaken(status)
    ? { known: { kind: 'refundTaken' } }
    : { because: 'unknownWord', word: shorten(status) }
}

/** CREATED is PayPay's promise to go on until it is REFUNDED (FAQ 4414054913423). */
function isTaken(refundStatus: string): boolean {
  return refundStatus === 'CREATED' || refundStatus === 'REFUNDED'
}

/** True when the body names any of these, and names it otherwise. What it does not name, its schema misses. */
function isForeign(data: unknown, ours: Readonly<Record<string, string>>, amountYen?: number): boolean {
  if (!isObject(data)) return false
  if (Object.entries(ours).some(([name, value]) => data[name] !== undefined && data[name] !== value))
    return true
  const { amount } = data
  if (amountYen === undefined || !isObject(amount)) return false
  const { amount: theirs, currency } = amount
  return (theirs !== undefined && theirs !== amountYen) || (currency !== undefined && currency !== 'JPY')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** A word of somebody else's, for a log line. */
function shorten(word: string): string {
  return word.slice(0, 40)
}
