import {
  acceptedAtMs,
  amountYenAt,
  type Book,
  type Code,
  codeOf,
  methodTypeOf,
  type Payment,
  refundsOf,
  statusAt,
} from './book.ts'
import { epochS } from './businessTime.ts'
import { isExpired, yenOnTheWire } from './codes.ts'
import { isMerchantId } from './fields.ts'
import { type Ruling, type Surroundings, says } from './paypay.ts'
import { authorizationOnTheWire } from './preauth/onTheWire.ts'
import { refundOnTheWire } from './refunds.ts'
import { failure, type Said, success } from './results.ts'

/**
 * GET /v2/codes/payments/{merchantPaymentId}: CREATED while a live code is out, then what became of the payment, and
 * DYNAMIC_QR_PAYMENT_NOT_FOUND once neither a payment nor a live code is there.
 */
export function getPayment(book: Book, merchantPaymentId: string, at: Surroundings): Ruling {
  if (!isMerchantId(merchantPaymentId)) return says(failure('INVALID_REQUEST_PARAMS', 'merchantPaymentId'))
  const atMs = at.nowMs - at.switches.staleReadMs
  const code = codeOf(book, merchantPaymentId)
  if (code === null || atMs < code.createdAtMs) return says(notFound(at))
  const payment = book.payments.get(merchantPaymentId) ?? null
  const status = payment === null ? null : statusAt(payment, atMs)
  if (payment !== null && status !== null)
    return says(success(200, paidDetails(book, code, payment, status, atMs)))
  return says(isLive(code, atMs, at) ? success(200, createdDetails(code, at)) : notFound(at))
}

/** GET /v2/payments/{merchantPaymentId}: the trap. It knows payments, not codes: 404 until the customer has paid. */
export function readPayment(book: Book, merchantPaymentId: string, at: Surroundings): Ruling {
  const atMs = at.nowMs - at.switches.staleReadMs
  const payment = book.payments.get(merchantPaymentId)
  const details = payment === undefined || payment.paymentId === null ? null : detailsOf(book, payment, atMs)
  return says(details === null ? failure('RESOURCE_NOT_FOUND') : success(200, details))
}

/** Details of a payment as of then, wherever its order is written down. */
export function detailsOf(book: Book, payment: Payment, atMs: number) {
  const order = orderOf(book, payment)
  const status = statusAt(payment, atMs)
  if (order === null || status === null) return null
  const details = paidDetails(book, order, payment, status, atMs)
  if (payment.direct === undefined) return details
  const { userAuthorizationId, orderReceiptNumber } = payment.direct
  return { ...details, userAuthorizationId, orderReceiptNumber }
}

function orderOf(book: Book, payment: Payment): OrderOfPayment | null {
  const { merchantPaymentId, amountYen, direct } = payment
  return direct === undefined
    ? codeOf(book, merchantPaymentId)
    : { merchantPaymentId, amountYen, order: direct.order }
}

function isLive(code: Code, atMs: number, at: Surroundings): boolean {
  if (code.deletedAtMs !== null && code.deletedAtMs <= atMs) return false
  return !isExpired(code, atMs - at.switches.expiredReadsCreatedMs)
}

function notFound(at: Surroundings): Said {
  return { ...failure('DYNAMIC_QR_PAYMENT_NOT_FOUND'), status: at.switches.notFoundStatus }
}

function createdDetails(code: Code, at: Surroundings) {
  const unpaid = at.switches.createdDetails === 'paymentIdNull' ? { paymentId: null, acceptedAt: null } : {}
  return { ...unpaid, status: 'CREATED', refunds: null, canceledAt: null, ...orderOnTheWire(code) }
}

/** A payment that the customer has agreed to (or that FAILED before), as details and captures tell it. */
export function paidDetails(
  book: Book,
  order: OrderOfPayment,
  payment: Payment,
  status: string,
  atMs: number,
) {
  const agreedAtMs = acceptedAtMs(payment, atMs)
  const failedAtMs = status === 'FAILED' ? payment.history.findLast(c => c.atMs <= atMs)?.atMs : undefined
  const refunds = payment.paymentId === null ? [] : refundsOf(book, payment.paymentId, atMs)
  return {
    paymentId: agreedAtMs === null ? null : payment.paymentId,
    status,
    acceptedAt: agreedAtMs === null ? null : epochS(agreedAtMs),
    refunds: refunds.length === 0 ? null : { data: refunds.map(refund => refundOnTheWire(refund, atMs)) },
    canceledAt: failedAtMs === undefined ? null : epochS(failedAtMs),
    ...orderOnTheWire(order),
    ...(payment.authorization && authorizationOnTheWire(payment, payment.authorization, atMs)),
    paymentMethods:
      agreedAtMs === null
        ? []
        : [{ amount: yenOnTheWire(amountYenAt(payment, atMs)), type: methodTypeOf(payment) }],
  }
}

/** What of a code, or of a payment without one, the details repeat. */
export type OrderOfPayment = Pick<Code, 'merchantPaymentId' | 'amountYen' | 'order'>

/** Details write `unitPrice`, where the answer to a create writes `unit_price`. */
export function orderOnTheWire(code: OrderOfPayment) {
  const { requestedAt, orderDescription, storeId, terminalId, orderItems } = code.order
  return {
    captures: null,
    revert: null,
    merchantPaymentId: code.merchantPaymentId,
    amount: yenOnTheWire(code.amountYen),
    requestedAt,
    expiresAt: null,
    storeId: storeId ?? null,
    terminalId: terminalId ?? null,
    orderReceiptNumber: null,
    orderDescription: orderDescription ?? null,
    orderItems:
      orderItems?.map(({ unitPriceYen, ...item }) => ({ ...item, unitPrice: yenOnTheWire(unitPriceYen) })) ??
      null,
  }
}
