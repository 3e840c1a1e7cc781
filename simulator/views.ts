import {
  acceptedAtMs,
  amountYenAt,
  type Book,
  type Code,
  type ParkedCancel,
  type Payment,
  refundsOf,
  type StatusChange,
  statusAt,
  sumRefundedYen,
  takenYenAt,
  wasPaid,
} from './book.ts'
import { isExpired } from './codes.ts'
import { obstacleTo } from './customer.ts'
import type { Surroundings } from './paypay.ts'

/** One code as the phone and the control endpoints show it. */
export type CodeView = {
  readonly codeId: string
  readonly merchantPaymentId: string
  readonly url: string
  /** Yen. */
  readonly amount: number
  /** As details would say now, read without delay; `NOT_FOUND` where there is neither a payment nor a live code. */
  readonly status: StatusChange['status'] | 'CREATED' | 'NOT_FOUND'
  /** Epoch seconds, as on the wire. */
  readonly expiryDate: number
  readonly createdAtMs: number
  readonly scanned: boolean
  readonly deleted: boolean
  readonly expired: boolean
  /** True once money came in, whatever became of it. */
  readonly paid: boolean
  /** True from an accepted cancel on, parked ones included. */
  readonly cancelled: boolean
  readonly refundedYen: number
  /** Whether a phone can scan it now. */
  readonly live: boolean
  /** Whether a customer can pay it now; with a late approval honoured, that can still be true when `live` is not. */
  readonly payable: boolean
  readonly orderDescription: string | null
  readonly storeInfo: string | null
  readonly storeId: string | null
  readonly terminalId: string | null
}

/** All codes, newest first. */
export function codeViews(book: Book, at: Surroundings): CodeView[] {
  return [...book.codes.values()].reverse().map(code => codeView(book, code, at))
}

export function codeView(book: Book, code: Code, at: Surroundings): CodeView {
  const payment = book.payments.get(code.merchantPaymentId) ?? null
  const expired = isExpired(code, at.nowMs)
  return {
    codeId: code.codeId,
    merchantPaymentId: code.merchantPaymentId,
    url: code.url,
    amount: code.amountYen,
    status:
      (payment && statusAt(payment, at.nowMs)) ??
      (code.deletedAtMs === null && !expired ? 'CREATED' : 'NOT_FOUND'),
    expiryDate: code.expiryDateS,
    createdAtMs: code.createdAtMs,
    scanned: code.scannedAtMs !== null,
    deleted: code.deletedAtMs !== null,
    expired,
    paid: wasPaid(payment, at.nowMs),
    cancelled:
      (payment?.cancelAcceptedAtMs ?? null) !== null || book.parkedCancels.has(code.merchantPaymentId),
    refundedYen: payment?.paymentId ? sumRefundedYen(refundsOf(book, payment.paymentId, at.nowMs)) : 0,
    live: obstacleTo(book, code, at, 'scan') === null,
    payable: obstacleTo(book, code, at, 'pay') === null,
    orderDescription: code.order.orderDescription ?? null,
    storeInfo: code.order.storeInfo ?? null,
    storeId: code.order.storeId ?? null,
    terminalId: code.order.terminalId ?? null,
  }
}

export type PaymentView = {
  readonly merchantPaymentId: string
  readonly paymentId: string | null
  readonly codeId: string | null
  readonly userId: string | null
  readonly amountYen: number
  readonly status: StatusChange['status'] | 'CREATED'
  readonly acceptedAtMs: number | null
  readonly failedAtMs: number | null
  /** A cancel is accepted and not yet carried out. */
  readonly cancelPending: boolean
  readonly refundedYen: number
  /** Of a preauthorisation: what is blocked now, and what was captured; else null. */
  readonly blockedYen: number | null
  readonly capturedYen: number | null
}

export type RefundView = {
  readonly merchantRefundId: string
  readonly paymentId: string
  readonly merchantPaymentId: string
  readonly amountYen: number
  readonly status: 'CREATED' | 'REFUNDED'
  readonly acceptedAtMs: number
}

/**
 * Every yen. `capturedYen - returnedYen = keptYen`; `returningYen` is the part of keptYen that accepted cancels will return.
 * `blockedYen` is the customers' still: preauthorisations that nobody has captured.
 */
export type BookReport = {
  readonly nowMs: number
  readonly payments: readonly PaymentView[]
  readonly refunds: readonly RefundView[]
  readonly parkedCancels: readonly ParkedCancel[]
  readonly capturedYen: number
  readonly returnedYen: number
  readonly returningYen: number
  readonly keptYen: number
  readonly blockedYen: number
}

export function bookReport(book: Book, nowMs: number): BookReport {
  const payments = [...book.payments.values()].map(payment => paymentView(book, payment, nowMs))
  const paid = payments.filter(payment => payment.acceptedAtMs !== null)
  const taken = (payment: PaymentView) => payment.capturedYen ?? payment.amountYen
  const capturedYen = sum(paid.map(taken))
  const returnedYen = sum(
    paid.map(payment => (payment.status === 'FAILED' ? taken(payment) : payment.refundedYen)),
  )
  return {
    nowMs,
    payments,
    refunds: [...book.refunds.values()].map(refund => ({
      merchantRefundId: refund.merchantRefundId,
      paymentId: refund.paymentId,
      merchantPaymentId: refund.merchantPaymentId,
      amountYen: refund.amountYen,
      status: nowMs >= refund.refundedAtMs ? 'REFUNDED' : 'CREATED',
      acceptedAtMs: refund.acceptedAtMs,
    })),
    parkedCancels: [...book.parkedCancels.values()],
    capturedYen,
    returnedYen,
    returningYen: sum(paid.filter(payment => payment.cancelPending).map(taken)),
    blockedYen: sum(paid.map(payment => payment.blockedYen ?? 0)),
    keptYen: capturedYen - returnedYen,
  }
}

function paymentView(book: Book, payment: Payment, nowMs: number): PaymentView {
  const status = statusAt(payment, nowMs) ?? 'CREATED'
  const isBlocked = status === 'AUTHORIZED' || status === 'REAUTHORIZING'
  return {
    merchantPaymentId: payment.merchantPaymentId,
    paymentId: payment.paymentId,
    codeId: payment.codeId,
    userId: payment.direct?.userId ?? null,
    amountYen: payment.amountYen,
    status,
    acceptedAtMs: acceptedAtMs(payment, nowMs),
    failedAtMs: status === 'FAILED' ? (payment.history.findLast(c => c.atMs <= nowMs)?.atMs ?? null) : null,
    cancelPending: payment.cancelAcceptedAtMs !== null && (status === 'COMPLETED' || status === 'AUTHORIZED'),
    refundedYen: payment.paymentId === null ? 0 : sumRefundedYen(refundsOf(book, payment.paymentId, nowMs)),
    blockedYen: payment.authorization === undefined ? null : isBlocked ? amountYenAt(payment, nowMs) : 0,
    capturedYen: payment.authorization === undefined ? null : takenYenAt(payment, nowMs),
  }
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}
