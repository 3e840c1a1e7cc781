import { acceptedAtMs, type Book, refundsOf, statusAt, wasPaid, withHistory } from './book.ts'
import { cancelWindowEndsMs } from './businessTime.ts'
import { isMerchantId } from './fields.ts'
import { type Ruling, type Surroundings, says } from './paypay.ts'
import { failure, requestAccepted } from './results.ts'

/**
 * DELETE /v2/payments/{merchantPaymentId}: 202, and the payment becomes FAILED a while later. Where there is no money
 * (or no such id) the cancel is parked: a payment that comes later goes COMPLETED and then FAILED (FAQ 4414069180943).
 */
export function cancelPayment(book: Book, merchantPaymentId: string, at: Surroundings): Ruling {
  if (!isMerchantId(merchantPaymentId)) return says(failure('INVALID_REQUEST_PARAMS', 'merchantPaymentId'))
  const payment = book.payments.get(merchantPaymentId) ?? null
  if (payment === null || !wasPaid(payment, at.nowMs)) {
    if (book.parkedCancels.has(merchantPaymentId)) return says(requestAccepted())
    return says(requestAccepted(), { kind: 'parkedCancel', record: { merchantPaymentId, atMs: at.nowMs } })
  }
  if (payment.cancelAcceptedAtMs !== null) return says(requestAccepted())
  if (payment.paymentId !== null && refundsOf(book, payment.paymentId, at.nowMs).length > 0)
    return says(failure('ORDER_NOT_REVERSIBLE', 'it was refunded'))
  if (payment.authorization !== undefined && statusAt(payment, at.nowMs) !== 'AUTHORIZED')
    return says(failure('ORDER_NOT_REVERSIBLE', 'a preauthorisation can be cancelled only while AUTHORIZED'))
  const paidAtMs = acceptedAtMs(payment, at.nowMs) ?? at.nowMs
  if (at.nowMs >= cancelWindowEndsMs(paidAtMs))
    return says(failure('ORDER_NOT_REVERSIBLE', 'the window to cancel has passed'))
  return says(requestAccepted(), {
    kind: 'payment',
    record: {
      ...withHistory(payment, at.nowMs, { atMs: at.nowMs + at.switches.cancelTakesMs, status: 'FAILED' }),
      cancelAcceptedAtMs: at.nowMs,
    },
  })
}
