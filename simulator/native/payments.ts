import { linkedUser } from '../accounts/authorizations.ts'
import { whyNotSpendable } from '../accounts/limits.ts'
import { payingMethodType } from '../accounts/paymentMethod.ts'
import { type Book, codeOf, type DirectOrder, type Payment, statusAt, WALLET } from '../book.ts'
import { epochS } from '../businessTime.ts'
import { readOrder, whyNotAuthorizable } from '../codes.ts'
import { agreed, freshAuthorization, freshPaymentId } from '../customer.ts'
import { detailsOf } from '../details.ts'
import { readFields } from '../fields.ts'
import { type Ruling, type Surroundings, says } from '../paypay.ts'
import { failure, success } from '../results.ts'

type Kind = 'native' | 'preauthorization' | 'continuous'

const scopeOf = {
  native: 'direct_debit',
  preauthorization: 'preauth_capture_native',
  continuous: 'continuous_payments',
} as const

/**
 * POST /v2/payments, /v2/payments/preauthorize and /v1/subscription/payments: a linked user pays without being asked. The same
 * merchantPaymentId gives the previous result.
 */
export function payDirectly(
  book: Book,
  kind: Kind,
  request: { readonly body: unknown; readonly query: Readonly<Record<string, string>> },
  at: Surroundings,
): Ruling {
  const fields = readFields(request.body, at.switches)
  const merchantPaymentId = fields.id('merchantPaymentId')
  const userAuthorizationId = fields.requiredText('userAuthorizationId')
  const amountYen = fields.yen('amount', 1)
  const expiresAtS = fields.epochS('expiresAt')
  const methodType = fields.text('paymentMethodType')
  const methodId = fields.text('paymentMethodId')
  const orderReceiptNumber = fields.text('orderReceiptNumber') ?? null
  const order = readOrder(fields, epochS(at.nowMs))
  const problem = fields.problem()
  if (problem) return says(problem)
  if (at.switches.accounts === 'notContracted') return says(failure('OP_OUT_OF_SCOPE'))

  const previous = book.payments.get(merchantPaymentId)
  if (previous?.direct?.userAuthorizationId === userAuthorizationId)
    return says(success(at.switches.createdStatus, detailsOf(book, previous, at.nowMs)))
  if (previous !== undefined || codeOf(book, merchantPaymentId) !== null)
    return says(failure('INVALID_PARAMS_ID', 'merchantPaymentId belongs to another order'))
  const linked = linkedUser(book, userAuthorizationId, scopeOf[kind], at)
  if (!linked.ok) return says(linked.said)
  const payingWith = payingMethodType(linked.user.paymentMethods ?? [], methodType, methodId)
  if (payingWith === null)
    return says(failure('INVALID_PARAMS_ID', 'the user has no such payment method, or it cannot pay now'))
  const isAuthorization = kind === 'preauthorization'
  const refusal =
    (isAuthorization ? whyNotAuthorizable(expiresAtS, at) : null) ??
    whyNotSpendable(book, linked.user, amountYen, at, payingWith)
  if (refusal) return says(refusal)
  if (kind !== 'continuous' && request.query.agreeSimilarTransaction !== 'true') {
    const isSimilar = [...book.payments.values()].some(one => isSimilarTo(one, linked.user.id, amountYen, at))
    if (isSimilar) return says(failure('SUSPECTED_DUPLICATE_PAYMENT'))
  }
  const direct = {
    userId: linked.user.id,
    userAuthorizationId,
    orderReceiptNumber,
    order,
    ...(payingWith === WALLET ? {} : { methodType: payingWith }),
  }
  const endS = isAuthorization ? (expiresAtS ?? epochS(at.nowMs) + at.switches.authorizationMostS) : undefined
  const payment = directPayment(book, { merchantPaymentId, amountYen, direct, endS }, at)
  return says(success(at.switches.createdStatus, directResult(book, payment, at)), {
    kind: 'payment',
    record: payment,
  })
}

/** The record of a payment that needs no code; a cancel that was parked reverses it. */
export function directPayment(
  book: Book,
  paid: {
    readonly merchantPaymentId: string
    readonly amountYen: number
    readonly direct: DirectOrder
    readonly endS?: number | undefined
  },
  at: Surroundings,
): Payment {
  const { merchantPaymentId, amountYen, direct, endS } = paid
  const parked = book.parkedCancels.get(merchantPaymentId)
  return {
    merchantPaymentId,
    codeId: null,
    amountYen,
    paymentId: freshPaymentId(book, at.random),
    payable: true,
    cancelAcceptedAtMs: parked?.atMs ?? null,
    history: agreed(endS, parked !== undefined, at),
    direct,
    ...freshAuthorization(endS),
  }
}

/** As details, without what cannot be known yet (sandbox fixture of createPayment). */
function directResult(book: Book, payment: Payment, at: Surroundings) {
  return detailsOf(book, payment, at.nowMs)
}

function isSimilarTo(payment: Payment, userId: string, amountYen: number, at: Surroundings): boolean {
  if (payment.direct?.userId !== userId || payment.amountYen !== amountYen) return false
  const paidAtMs = payment.history[0]?.atMs ?? -Infinity
  const isRecent = at.nowMs - paidAtMs < at.switches.similarWithinS * 1_000
  return isRecent && statusAt(payment, at.nowMs) !== 'FAILED'
}
