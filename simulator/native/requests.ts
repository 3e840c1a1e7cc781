import { linkedUser } from '../accounts/authorizations.ts'
import { whyNotSpendable } from '../accounts/limits.ts'
import { type Book, codeOf, type DirectOrder, statusAt, withHistory } from '../book.ts'
import { epochS } from '../businessTime.ts'
import { readOrder, yenOnTheWire } from '../codes.ts'
import type { HandRuling } from '../customer.ts'
import { detailsOf, orderOnTheWire } from '../details.ts'
import { isMerchantId, readFields } from '../fields.ts'
import { type Ruling, type Surroundings, says } from '../paypay.ts'
import { recordOf } from '../records.ts'
import { failure, requestAccepted, success } from '../results.ts'
import { directPayment } from './payments.ts'

/** A request for money that waits in a user's app (PayPay: pending payment). Its id is the merchantPaymentId. */
export type RequestOrder = {
  readonly id: string
  readonly amountYen: number
  readonly direct: DirectOrder
  readonly createdAtMs: number
  /** Epoch seconds. */
  readonly expiryDateS: number
  /** By the user, or by the merchant; what was paid is a payment of the same id. */
  readonly ended: { readonly by: 'declined' | 'canceled'; readonly atMs: number } | null
}

/** POST /v1/requestOrder: 201; the user is asked in the app. */
export function createRequest(book: Book, body: unknown, at: Surroundings): Ruling {
  const fields = readFields(body, at.switches)
  const id = fields.id('merchantPaymentId')
  const userAuthorizationId = fields.requiredText('userAuthorizationId')
  const amountYen = fields.yen('amount', 1)
  const nowS = epochS(at.nowMs)
  const expiryDateS = fields.epochS('expiryDate') ?? nowS + at.switches.requestLifetimeS
  const orderReceiptNumber = fields.text('orderReceiptNumber') ?? null
  const order = readOrder(fields, nowS)
  const problem = fields.problem()
  if (problem) return says(problem)
  if (at.switches.accounts === 'notContracted') return says(failure('OP_OUT_OF_SCOPE'))
  if (expiryDateS <= nowS)
    return says(failure('INVALID_REQUEST_PARAMS', 'expiryDate has to be later than now'))
  const previous = recordOf(book, 'requestOrder', id)
  if (previous !== null) return says(success(at.switches.createdStatus, requestOnTheWire(previous)))
  if (book.payments.has(id) || codeOf(book, id) !== null)
    return says(failure('INVALID_PARAMS_ID', 'merchantPaymentId belongs to another order'))
  const linked = linkedUser(book, userAuthorizationId, 'pending_payments', at)
  if (!linked.ok) return says(linked.said)
  const direct = { userId: linked.user.id, userAuthorizationId, orderReceiptNumber, order }
  const record: RequestOrder = { id, amountYen, direct, createdAtMs: at.nowMs, expiryDateS, ended: null }
  return says(success(at.switches.createdStatus, requestOnTheWire(record)), { kind: 'requestOrder', record })
}

/** GET /v1/requestOrder/{merchantPaymentId} */
export function getRequest(book: Book, id: string, at: Surroundings): Ruling {
  if (!isMerchantId(id)) return says(failure('INVALID_REQUEST_PARAMS', 'merchantPaymentId'))
  const request = recordOf(book, 'requestOrder', id)
  const atMs = at.nowMs - at.switches.staleReadMs
  if (request === null || atMs < request.createdAtMs) return says(failure('RESOURCE_NOT_FOUND'))
  const payment = book.payments.get(id)
  const details = payment === undefined ? null : detailsOf(book, payment, atMs)
  return says(
    success(200, {
      ...requestOnTheWire(request),
      status: requestStatus(book, request, atMs, at),
      refunds: { data: [] },
      ...details,
    }),
  )
}

/** DELETE /v1/requestOrder/{merchantPaymentId}: 202, as long as nobody has paid. */
export function cancelRequest(book: Book, id: string, at: Surroundings): Ruling {
  if (!isMerchantId(id)) return says(failure('INVALID_REQUEST_PARAMS', 'merchantPaymentId'))
  const request = recordOf(book, 'requestOrder', id)
  if (request === null) return says(failure('RESOURCE_NOT_FOUND'))
  const payment = book.payments.get(id)
  if (payment !== undefined) {
    if (payment.cancelAcceptedAtMs !== null) return says(requestAccepted())
    if (at.switches.cancelPaidRequest === 'refused' || statusAt(payment, at.nowMs) !== 'COMPLETED')
      return says(failure('ORDER_NOT_CANCELABLE', 'it is paid; refund it'))
    const record = withHistory(payment, at.nowMs, {
      atMs: at.nowMs + at.switches.cancelTakesMs,
      status: 'FAILED',
    })
    return says(requestAccepted(), { kind: 'payment', record: { ...record, cancelAcceptedAtMs: at.nowMs } })
  }
  if (request.ended !== null) return says(requestAccepted())
  return says(requestAccepted(), {
    kind: 'requestOrder',
    record: { ...request, ended: { by: 'canceled', atMs: at.nowMs } },
  })
}

export function isRequestOpen(book: Book, request: RequestOrder, nowMs: number): boolean {
  return request.ended === null && nowMs < request.expiryDateS * 1_000 && !book.payments.has(request.id)
}

/** The user pays, or declines. Where the money is not there the request stays open. */
export function answerRequestOrder(
  book: Book,
  request: RequestOrder,
  isYes: boolean,
  at: Surroundings,
): HandRuling {
  if (!isYes)
    return {
      result: { done: true, outcome: 'refused', says: 'the user has declined; nothing was charged' },
      changes: [{ kind: 'requestOrder', record: { ...request, ended: { by: 'declined', atMs: at.nowMs } } }],
    }
  const { direct, amountYen, id } = request
  const linked = linkedUser(book, direct.userAuthorizationId, null, at)
  const why = linked.ok ? whyNotSpendable(book, linked.user, amountYen, at) : linked.said
  if (why !== null)
    return {
      result: { done: false, outcome: 'notSpendable', says: `${why.code}: ${why.message}` },
      changes: [],
    }
  const record = directPayment(book, { merchantPaymentId: id, amountYen, direct }, at)
  return {
    result: { done: true, outcome: 'accepted', says: 'the payment is COMPLETED' },
    changes: [{ kind: 'payment', record }],
  }
}

function requestStatus(book: Book, request: RequestOrder, atMs: number, at: Surroundings): string {
  const payment = book.payments.get(request.id)
  const paid = payment === undefined ? null : statusAt(payment, atMs)
  if (paid !== null) return paid
  if (request.ended !== null && request.ended.atMs <= atMs)
    return request.ended.by === 'canceled' ? 'CANCELED' : at.switches.declinedRequest
  return atMs >= request.expiryDateS * 1_000 ? 'EXPIRED' : 'CREATED'
}

function requestOnTheWire({ id, amountYen, direct, expiryDateS }: RequestOrder) {
  const { requestedAt, orderDescription, storeId, terminalId, orderItems, orderReceiptNumber } =
    orderOnTheWire({
      merchantPaymentId: id,
      amountYen,
      order: direct.order,
    })
  return {
    merchantPaymentId: id,
    userAuthorizationId: direct.userAuthorizationId,
    amount: yenOnTheWire(amountYen),
    requestedAt,
    expiryDate: expiryDateS,
    storeId,
    terminalId,
    orderReceiptNumber: direct.orderReceiptNumber ?? orderReceiptNumber,
    orderDescription,
    orderItems: orderItems ?? [],
  }
}
