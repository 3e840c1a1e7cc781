import { amountYenAt, type Payment } from '../book.ts'
import { epochS } from '../businessTime.ts'
import type { Authorization, Capture, Revert } from './authorization.ts'
import { captureStatusAt } from './authorization.ts'

/** What details of a preauthorisation say besides those of a plain payment (OPA, PaymentState). */
export function authorizationOnTheWire(payment: Payment, authorization: Authorization, atMs: number) {
  const captures = authorization.captures.flatMap(capture => {
    const status = captureStatusAt(capture, atMs)
    return status === null ? [] : [captureOnTheWire(capture, status)]
  })
  const { revert } = authorization
  const isReverted = revert !== null && revert.acceptedAtMs <= atMs
  return {
    amount: { amount: amountYenAt(payment, atMs), currency: 'JPY' },
    expiresAt: authorization.expiresAtS,
    captures: captures.length === 0 ? null : { data: captures },
    revert: isReverted ? revertOnTheWire(revert) : null,
  }
}

function captureOnTheWire(capture: Capture, status: 'COMPLETED' | 'USER_REQUESTED') {
  const isCompleted = status === 'COMPLETED' && capture.completedAtMs !== null
  return {
    acceptedAt: isCompleted ? epochS(capture.completedAtMs) : null,
    merchantCaptureId: capture.merchantCaptureId,
    amount: { amount: capture.amountYen, currency: 'JPY' },
    orderDescription: capture.orderDescription,
    requestedAt: capture.requestedAt,
    ...(capture.asked !== null && !isCompleted && { expiresAt: capture.asked.expiresAtS }),
    status,
  }
}

function revertOnTheWire({ merchantRevertId, requestedAt, reason, acceptedAtMs }: Revert) {
  return { acceptedAt: epochS(acceptedAtMs), merchantRevertId, requestedAt, reason }
}
