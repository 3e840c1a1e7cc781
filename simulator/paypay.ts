import { type Book, type Payment, paymentOfCode, type Refund, refundsOf } from './book.ts'
import type { Switches } from './switches.ts'

/** PayPay's rules on a given clock: no sockets, no timers, no randomness but the words it is given. */
export type World = {
  readonly book: Book
  readonly switches: Switches
  readonly nowMs: number
  /** `length` letters and digits. */
  readonly word: (length: number) => string
  /** `length` decimal digits. */
  readonly digits: (length: number) => string
}

export type Call = {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
}
export type Reply = {
  readonly status: number
  readonly code: string
  readonly codeId: string
  readonly message: string
  readonly data: unknown
}

const YEN_MAX = 99_999_999_999
const ID = /^[A-Za-z0-9_-]{1,64}$/
const JST_MS = 9 * 3_600_000
const DAY_MS = 86_400_000

/** One call of the Open Payment API. The request's signature has been checked by then. */
export function answer(world: World, call: Call): Reply {
  for (const payment of world.book.payments.values()) settleCancel(world, payment)
  const [version, noun, ...ids] = call.path.split('/').slice(1)
  const route = `${call.method} /${version}/${noun}${ids.length > 1 ? `/${ids[0]}` : ''}`
  const id = ids.at(-1) ?? ''
  if (call.method === 'POST' && call.path === '/v2/codes') return createCode(world, call.body)
  if (call.method === 'POST' && call.path === '/v2/refunds') return refund(world, call.body)
  if (id === '') return notFound()
  switch (route) {
    case 'GET /v2/codes/payments':
      return readPayment(world, id)
    case 'DELETE /v2/codes':
      return deleteCode(world, id)
    case 'DELETE /v2/payments':
      return cancelPayment(world, id)
    case 'GET /v2/payments':
      return readNativePayment(world, id)
    case 'GET /v2/refunds':
      return readRefund(world, id, call.query.paymentId)
    default:
      return notFound()
  }
}

function createCode(world: World, body: unknown): Reply {
  const { book, switches, nowMs } = world
  const wrong = wrongField(body, ['merchantPaymentId', 'amount', 'codeType'])
  if (wrong) return wrong
  const request = body as Record<string, unknown>
  const { merchantPaymentId } = request
  const amountYen = yenOf(request.amount)
  if (typeof merchantPaymentId !== 'string' || !ID.test(merchantPaymentId))
    return invalid('merchantPaymentId')
  if (amountYen === null || amountYen < 1) return invalid('amount')
  if (request.codeType !== 'ORDER_QR') return invalid('codeType')
  for (const field of ['orderDescription', 'storeInfo', 'storeId', 'terminalId']) {
    const value = request[field]
    if (value !== undefined && value !== null && (typeof value !== 'string' || value.length > 255))
      return invalid(field)
  }
  if (request.isAuthorization === true)
    return refuse(
      400,
      'PRE_AUTH_CAPTURE_UNSUPPORTED_MERCHANT',
      '00400060',
      'Merchant does not support pre-auth',
    )
  const known = book.payments.get(merchantPaymentId)
  if (known) {
    if (switches.duplicateCreate === 'previousResult') return success(201, createdData(known))
    return refuse(400, 'DUPLICATE_DYNAMIC_QR_REQUEST', '01652073', 'Duplicate Dynamic QR request error')
  }
  const suffix = world.word(16)
  const payment: Payment = {
    merchantPaymentId,
    codeId: `04-${suffix}`,
    url: `https://qr-stg.sandbox.paypay.ne.jp/28180104${suffix}`,
    amountYen,
    request,
    createdAtMs: nowMs,
    expiresAtS: Math.floor(nowMs / 1000) + switches.codeLifetimeS,
    deletedAtMs: null,
    scannedAtMs: null,
    status: 'CREATED',
    paymentId: null,
    acceptedAtMs: null,
    canceledAtMs: null,
    cancelDueMs: book.parkedCancels.delete(merchantPaymentId) ? nowMs : null,
    history: [],
  }
  book.payments.set(merchantPaymentId, payment)
  remember(world, payment)
  return success(201, createdData(payment))
}

function createdData(payment: Payment): object {
  const { orderItems, ...request } = payment.request
  return {
    ...request,
    codeId: payment.codeId,
    url: payment.url,
    deeplink: `paypay://payment?link_key=${encodeURIComponent(payment.url)}`,
    expiryDate: payment.expiresAtS,
    // PayPay answers the request's `unitPrice` as `unit_price` here, and only here.
    ...(Array.isArray(orderItems) ? { orderItems: orderItems.map(snakePrice) } : {}),
  }
}

function snakePrice(item: unknown): unknown {
  if (typeof item !== 'object' || item === null) return item
  const { unitPrice, ...rest } = item as Record<string, unknown>
  return { ...rest, unit_price: unitPrice }
}

function readPayment(world: World, merchantPaymentId: string): Reply {
  const payment = world.book.payments.get(merchantPaymentId)
  const seen = payment && seenThen(payment, world.nowMs - world.switches.staleReadMs)
  if (!payment || !seen || (seen.status === 'CREATED' && seen.gone)) {
    return refuse(
      world.switches.notFoundStatus,
      'DYNAMIC_QR_PAYMENT_NOT_FOUND',
      '01652075',
      'Dynamic QR payment not found',
    )
  }
  return success(200, paymentData(world, payment, seen.status))
}

/** What a read sees that is as old as `atMs`; at the least what was there first. Expiry needs no event. */
function seenThen(payment: Payment, atMs: number): { status: Payment['status']; gone: boolean } | undefined {
  const seen = payment.history.findLast(entry => entry.atMs <= atMs) ?? payment.history[0]
  return seen && { status: seen.status, gone: seen.gone || payment.expiresAtS * 1000 <= atMs }
}

function paymentData(world: World, payment: Payment, status: Payment['status']): object {
  const paid = status !== 'CREATED' && payment.acceptedAtMs !== null
  const refunds = payment.paymentId === null ? [] : refundsOf(world.book, payment.paymentId)
  return {
    ...payment.request,
    status,
    paymentId: paid ? payment.paymentId : null,
    acceptedAt: paid ? seconds(payment.acceptedAtMs) : null,
    merchantPaymentId: payment.merchantPaymentId,
    amount: { amount: payment.amountYen, currency: 'JPY' },
    requestedAt: seconds(payment.createdAtMs),
    canceledAt: status === 'FAILED' && payment.canceledAtMs !== null ? seconds(payment.canceledAtMs) : null,
    expiresAt: null,
    refunds: refunds.length > 0 && paid ? { data: refunds.map(refundData) } : null,
    captures: null,
    revert: null,
    ...(paid
      ? { paymentMethods: [{ amount: { amount: payment.amountYen, currency: 'JPY' }, type: 'WALLET' }] }
      : {}),
  }
}

/** The trap: this endpoint is for native payments, and answers 404 for a code that nobody has paid. */
function readNativePayment(world: World, merchantPaymentId: string): Reply {
  const payment = world.book.payments.get(merchantPaymentId)
  if (!payment || payment.acceptedAtMs === null)
    return refuse(404, 'RESOURCE_NOT_FOUND', '00200001', 'Resource not found')
  return success(200, paymentData(world, payment, payment.status))
}

function deleteCode(world: World, codeId: string): Reply {
  const payment = paymentOfCode(world.book, codeId)
  if (!payment || payment.deletedAtMs !== null || expired(world, payment))
    return refuse(404, 'DYNAMIC_QR_NOT_FOUND', '01652072', 'Dynamic QR code not found')
  if (payment.acceptedAtMs !== null && world.switches.deletePaid === 'alreadyPaid')
    return refuse(400, 'DYNAMIC_QR_ALREADY_PAID', '01652074', 'Dynamic QR code already paid')
  payment.deletedAtMs = world.nowMs
  remember(world, payment)
  return success(200, { qrStatus: 'DELETED' })
}

function cancelPayment(world: World, merchantPaymentId: string): Reply {
  const { book, nowMs, switches } = world
  const payment = book.payments.get(merchantPaymentId)
  const accepted: Reply = {
    status: 202,
    code: 'REQUEST_ACCEPTED',
    codeId: '08100001',
    message: 'Request accepted',
    data: null,
  }
  if (!payment) {
    book.parkedCancels.add(merchantPaymentId)
    return accepted
  }
  const tooLate = payment.acceptedAtMs !== null && nowMs >= cancelEndsMs(payment.acceptedAtMs)
  if (payment.status === 'REFUNDED' || tooLate)
    return refuse(400, 'ORDER_NOT_REVERSIBLE', '00200044', 'Order cannot be reversed')
  if (payment.status !== 'FAILED') payment.cancelDueMs ??= nowMs + switches.cancelTakesMs
  settleCancel(world, payment)
  return accepted
}

/** Until 00:14:59 JST on the day after the payment. Returns the first ms at which it is too late. */
export function cancelEndsMs(acceptedAtMs: number): number {
  const dayStart = Math.floor((acceptedAtMs + JST_MS) / DAY_MS) * DAY_MS - JST_MS
  return dayStart + DAY_MS + 15 * 60_000
}

/** A cancel that is due turns COMPLETED into FAILED; one that waits for a payment stays waiting. */
export function settleCancel(world: World, payment: Payment): void {
  if (payment.cancelDueMs === null || payment.status !== 'COMPLETED' || world.nowMs < payment.cancelDueMs)
    return
  payment.status = 'FAILED'
  payment.canceledAtMs = world.nowMs
  remember(world, payment)
}

function refund(world: World, body: unknown): Reply {
  const { book, nowMs, switches } = world
  const wrong = wrongField(body, ['merchantRefundId', 'paymentId', 'amount', 'requestedAt'])
  if (wrong) return wrong
  const request = body as Record<string, unknown>
  const { merchantRefundId, paymentId, reason } = request
  const amountYen = yenOf(request.amount)
  if (typeof merchantRefundId !== 'string' || !ID.test(merchantRefundId)) return invalid('merchantRefundId')
  if (typeof paymentId !== 'string' || amountYen === null || amountYen < 1) return invalid('amount')
  // FAQ 5953150296463: our own id in place of PayPay's is answered with a 500.
  if (book.payments.has(paymentId))
    return refuse(500, 'INTERNAL_SERVER_ERROR', '08101000', 'Something went wrong on PayPay service side')
  const payment = [...book.payments.values()].find(one => one.paymentId === paymentId)
  if (!payment) return refuse(404, 'RESOURCE_NOT_FOUND', '00200001', 'Resource not found')
  const same = book.refunds.get(refundKey(merchantRefundId, paymentId))
  if (same) return success(200, refundData(same))
  const others = refundsOf(book, paymentId)
  if (payment.status === 'FAILED' || payment.acceptedAtMs === null)
    return refuse(400, 'UNACCEPTABLE_OP', '00200013', 'Order cannot be refunded')
  if (nowMs >= payment.acceptedAtMs + 366 * DAY_MS)
    return refuse(400, 'REFUND_WINDOW_EXCEED', '00200020', 'Refund window exceeded')
  if (others.length > 0 && !switches.multipleRefunds)
    return refuse(403, 'MERCHANT_MULTIPLE_REFUND_REJECTED', '00200014', 'Multiple refund not allowed')
  const leftYen = payment.amountYen - others.reduce((sum, one) => sum + one.amountYen, 0)
  if (amountYen > leftYen) return refuse(400, 'INVALID_PARAMS', '00200015', 'Invalid refund amount')
  const taken: Refund = {
    merchantRefundId,
    paymentId,
    merchantPaymentId: payment.merchantPaymentId,
    amountYen,
    status: 'REFUNDED',
    requestedAtS: Number(request.requestedAt),
    acceptedAtMs: nowMs,
    reason: typeof reason === 'string' ? reason : null,
  }
  book.refunds.set(refundKey(merchantRefundId, paymentId), taken)
  payment.status = amountYen === leftYen ? 'REFUNDED' : switches.partialRefundStatus
  remember(world, payment)
  return success(200, refundData(taken))
}

function readRefund(world: World, merchantRefundId: string, paymentId: string | undefined): Reply {
  if (paymentId === undefined && world.switches.refundPaymentId === 'required') return missing('paymentId')
  const found = [...world.book.refunds.values()].find(
    one =>
      one.merchantRefundId === merchantRefundId && (paymentId === undefined || one.paymentId === paymentId),
  )
  return found
    ? success(200, refundData(found))
    : refuse(404, 'NO_SUCH_REFUND_ORDER', '00200018', 'No such refund order')
}

function refundData(one: Refund): object {
  return {
    status: one.status,
    acceptedAt: seconds(one.acceptedAtMs),
    merchantRefundId: one.merchantRefundId,
    paymentId: one.paymentId,
    amount: { amount: one.amountYen, currency: 'JPY' },
    requestedAt: one.requestedAtS,
    reason: one.reason,
  }
}

/** What the customer's phone can do, and what it is told. */
export type PhoneAct = 'scan' | 'approve' | 'decline'
export type PhoneReply = { readonly done: boolean; readonly says: string; readonly status: string }

export function phone(world: World, codeId: string, act: PhoneAct): PhoneReply {
  const payment = paymentOfCode(world.book, codeId)
  if (!payment) return { done: false, says: 'no code has this id', status: 'UNKNOWN' }
  settleCancel(world, payment)
  const no = (says: string): PhoneReply => ({ done: false, says, status: payment.status })
  const yes = (says: string): PhoneReply => ({ done: true, says, status: payment.status })
  if (payment.status !== 'CREATED') return no(`the payment is ${payment.status}`)
  const gone = payment.deletedAtMs !== null ? 'deleted' : expired(world, payment) ? 'expired' : null
  const honoured =
    act === 'approve' && payment.scannedAtMs !== null && world.switches.lateApproval === 'honoured'
  if (gone && !honoured) return no(`the code is ${gone}`)
  payment.scannedAtMs ??= world.nowMs
  if (act === 'scan') {
    remember(world, payment)
    return yes('scanned')
  }
  if (act === 'decline') {
    if (world.switches.decline === 'failed') payment.status = 'FAILED'
    remember(world, payment)
    return yes('declined')
  }
  payment.status = 'COMPLETED'
  payment.paymentId = world.digits(20)
  payment.acceptedAtMs = world.nowMs
  remember(world, payment)
  settleCancel(world, payment)
  return yes('approved')
}

export function expired(world: World, payment: Payment): boolean {
  return world.nowMs >= payment.expiresAtS * 1000
}

function remember(world: World, payment: Payment): void {
  payment.history = [
    ...payment.history,
    { atMs: world.nowMs, status: payment.status, gone: payment.deletedAtMs !== null },
  ]
}

function wrongField(body: unknown, required: string[]): Reply | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return refuse(400, 'INVALID_REQUEST_PARAMS', '08100006', 'The request body is invalid')
  const absent = required.find(
    field =>
      (body as Record<string, unknown>)[field] === undefined ||
      (body as Record<string, unknown>)[field] === null,
  )
  return absent === undefined ? null : missing(absent)
}

function yenOf(value: unknown): number | null {
  if (typeof value !== 'object' || value === null) return null
  const { amount, currency } = value as Record<string, unknown>
  if (currency !== 'JPY' || typeof amount !== 'number' || !Number.isInteger(amount) || amount > YEN_MAX)
    return null
  return amount
}

export const refundKey = (merchantRefundId: string, paymentId: string): string =>
  `${merchantRefundId} ${paymentId}`
const seconds = (ms: number | null): number | null => (ms === null ? null : Math.floor(ms / 1000))
const success = (status: number, data: object): Reply => ({
  status,
  code: 'SUCCESS',
  codeId: '08100001',
  message: 'Success',
  data,
})
const missing = (field: string): Reply =>
  refuse(400, 'MISSING_REQUEST_PARAMS', '08100024', `Missing request params: ${field}`)
const invalid = (field: string): Reply =>
  refuse(400, 'INVALID_REQUEST_PARAMS', '08100006', `Invalid request params: ${field}`)
const notFound = (): Reply => refuse(404, 'RESOURCE_NOT_FOUND', '00200001', 'Resource not found')

export function refuse(status: number, code: string, codeId: string, message: string): Reply {
  return { status, code, codeId, message, data: null }
}
