import { userOf } from './accounts/users.ts'
import {
  type Book,
  type Payment,
  paymentByPaypayId,
  type Refund,
  reachedAtMs,
  refundKey,
  refundsOf,
  statusAt,
  sumRefundedYen,
  takenYenAt,
} from './book.ts'
import { epochS, refundWindowEndsMs } from './businessTime.ts'
import { yenOnTheWire } from './codes.ts'
import { isMerchantId, readFields } from './fields.ts'
import { type Ruling, type Surroundings, says } from './paypay.ts'
import { failure, type Said, success } from './results.ts'

/** POST /v2/refunds. The same merchantRefundId for the same payment gives the previous result, whatever else the body says. */
export function refundPayment(book: Book, body: unknown, at: Surroundings): Ruling {
  const fields = readFields(body, at.switches)
  const merchantRefundId = fields.id('merchantRefundId')
  const paymentId = fields.requiredText('paymentId')
  const amountYen = fields.yen('amount', 1)
  const requestedAt = fields.requiredEpochS('requestedAt')
  const reason = fields.text('reason') ?? null
  const problem = fields.problem()
  if (problem) return says(problem)

  const payment = paymentByPaypayId(book, paymentId)
  // A merchantPaymentId where PayPay's own id belongs is not refused cleanly (FAQ 5953150296463).
  if (payment === null)
    return says(failure(/^\d{20}$/.test(paymentId) ? 'RESOURCE_NOT_FOUND' : 'INTERNAL_SERVER_ERROR'))
  const previous = book.refunds.get(refundKey(merchantRefundId, paymentId))
  if (previous !== undefined) return says(success(200, refundOnTheWire(previous, at.nowMs)))
  const refusal = whyNotRefundable(book, payment, paymentId, amountYen, at)
  if (refusal) return says(refusal)

  const refund: Refund = {
    merchantRefundId,
    paymentId,
    merchantPaymentId: payment.merchantPaymentId,
    amountYen,
    requestedAt,
    reason,
    acceptedAtMs: at.nowMs,
    refundedAtMs: at.nowMs + at.switches.refundTakesMs,
  }
  const refundedYen = sumRefundedYen(refundsOf(book, paymentId, at.nowMs)) + amountYen
  const leavesRefunded =
    refundedYen === takenYenAt(payment, at.nowMs) || at.switches.partialRefundStatus === 'REFUNDED'
  const refunded: Payment = {
    ...payment,
    history: [...payment.history, { atMs: at.nowMs, status: 'REFUNDED' }],
  }
  return says(
    success(200, refundOnTheWire(refund, at.nowMs)),
    { kind: 'refund', record: refund },
    ...(leavesRefunded ? [{ kind: 'payment', record: refunded } as const] : []),
  )
}

/** GET /v2/refunds/{merchantRefundId}?paymentId=. Without the query (if that is let through), the first of that name. */
export function getRefund(
  book: Book,
  merchantRefundId: string,
  paymentId: string | null,
  at: Surroundings,
): Ruling {
  if (!isMerchantId(merchantRefundId)) return says(failure('INVALID_REQUEST_PARAMS', 'merchantRefundId'))
  if (paymentId === null && at.switches.refundPaymentId === 'required')
    return says(failure('MISSING_REQUEST_PARAMS', 'the query needs paymentId'))
  const atMs = at.nowMs - at.switches.staleReadMs
  const refund = [...book.refunds.values()].find(
    candidate =>
      candidate.merchantRefundId === merchantRefundId &&
      candidate.acceptedAtMs <= atMs &&
      (paymentId === null || candidate.paymentId === paymentId),
  )
  if (refund === undefined) return says(failure('NO_SUCH_REFUND_ORDER'))
  return says(success(200, refundOnTheWire(refund, atMs)))
}

/** As in the answers about refunds and inside payment details. */
export function refundOnTheWire(refund: Refund, atMs: number) {
  return {
    status: atMs >= refund.refundedAtMs ? 'REFUNDED' : 'CREATED',
    acceptedAt: epochS(refund.acceptedAtMs),
    merchantRefundId: refund.merchantRefundId,
    paymentId: refund.paymentId,
    amount: yenOnTheWire(refund.amountYen),
    requestedAt: refund.requestedAt,
    reason: refund.reason,
  }
}

function whyNotRefundable(
  book: Book,
  payment: Payment,
  paymentId: string,
  amountYen: number,
  at: Surroundings,
): Said | null {
  // An accepted cancel returns the whole amount already; a refund on top would return it twice.
  if (payment.cancelAcceptedAtMs !== null || statusAt(payment, at.nowMs) === 'FAILED')
    return failure('UNACCEPTABLE_OP')
  const paidAtMs = reachedAtMs(payment, 'COMPLETED', at.nowMs)
  if (paidAtMs === null) return failure('UNACCEPTABLE_OP')
  const user = payment.direct === undefined ? null : userOf(book, payment.direct.userId)
  if (user?.state === 'CANCELED') return failure('CANCELED_USER')
  if (user?.state === 'INACTIVE') return failure('USER_STATE_IS_NOT_ACTIVE')
  if (at.nowMs >= refundWindowEndsMs(paidAtMs)) return failure('REFUND_WINDOW_EXCEED')
  const earlier = refundsOf(book, paymentId, at.nowMs)
  if (earlier.length > 0) {
    if (!at.switches.multipleRefunds)
      return failure(
        at.switches.multipleRefundsRefusal === 'UNACCEPTABLE_OP'
          ? 'UNACCEPTABLE_OP_MULTIPLE'
          : 'MERCHANT_MULTIPLE_REFUND_REJECTED',
      )
    if (earlier.length >= at.switches.maxRefunds) return failure('REFUND_LIMIT_EXCEEDED')
  }
  if (sumRefundedYen(earlier) + amountYen > takenYenAt(payment, at.nowMs)) return failure('INVALID_PARAMS')
  return null
}
