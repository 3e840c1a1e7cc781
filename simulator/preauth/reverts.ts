import { type Book, paymentByPaypayId, statusAt, withHistory } from '../book.ts'
import { epochS } from '../businessTime.ts'
import { readFields } from '../fields.ts'
import { type Ruling, type Surroundings, says } from '../paypay.ts'
import { failure, success } from '../results.ts'
import type { Revert } from './authorization.ts'

/** POST /v2/payments/preauthorize/revert: blocked money is set free; the payment is CANCELED. The same id gives the previous result. */
export function revertPayment(book: Book, body: unknown, at: Surroundings): Ruling {
  const fields = readFields(body, at.switches)
  const merchantRevertId = fields.id('merchantRevertId')
  const paymentId = fields.requiredText('paymentId')
  const requestedAt = fields.requiredEpochS('requestedAt')
  const reason = fields.text('reason') ?? null
  const problem = fields.problem()
  if (problem) return says(problem)

  const payment = paymentByPaypayId(book, paymentId)
  if (payment === null) return says(failure('RESOURCE_NOT_FOUND'))
  const { authorization } = payment
  if (authorization === undefined)
    return says(failure('ORDER_NOT_CANCELABLE', 'it is no preauthorisation; cancel or refund it'))
  if (authorization.revert?.merchantRevertId === merchantRevertId)
    return says(success(200, revertResult(paymentId, authorization.revert)))
  if (statusAt(payment, at.nowMs) !== 'AUTHORIZED' || payment.cancelAcceptedAtMs !== null)
    return says(failure('ORDER_NOT_CANCELABLE'))
  const revert: Revert = { merchantRevertId, requestedAt, reason, acceptedAtMs: at.nowMs }
  const record = {
    ...withHistory(payment, at.nowMs, { atMs: at.nowMs, status: 'CANCELED' }),
    authorization: { ...authorization, revert },
  }
  return says(success(200, revertResult(paymentId, revert)), { kind: 'payment', record })
}

function revertResult(paymentId: string, { acceptedAtMs, requestedAt, reason }: Revert) {
  return { status: 'CANCELED', acceptedAt: epochS(acceptedAtMs), paymentId, requestedAt, reason }
}
