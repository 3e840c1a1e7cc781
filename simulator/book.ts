import { type Authorization, blockedYenAt, completedCapture } from './preauth/authorization.ts'
import { type RecordChange, recordKey } from './records.ts'

/**
 * What PayPay would have on its books, as plain data. Records are never edited in place: a rule answers with the changes
 * it makes, and `applyChange` is the only writer. What is true at a time is read off the records' times, so a cancel that
 * is still under way, or a read that is some seconds old, needs no timer.
 */
export type Book = {
  /** By codeId. */
  readonly codes: Map<string, Code>
  /** By merchantPaymentId. Only ids for which a customer has paid or been declined. */
  readonly payments: Map<string, Payment>
  /** By `refundKey`. */
  readonly refunds: Map<string, Refund>
  /** By merchantPaymentId: cancels accepted before there was money, which reverse a payment that comes later. */
  readonly parkedCancels: Map<string, ParkedCancel>
  /** By `recordKey`: users, what they have agreed to, what they are asked for. */
  readonly records: Map<string, RecordChange>
  /** Which record belongs to another id; follows from the records above. */
  readonly index: {
    readonly codeIdByMerchantPaymentId: Map<string, string>
    readonly merchantPaymentIdByPaymentId: Map<string, string>
  }
}

export type Code = {
  readonly codeId: string
  readonly merchantPaymentId: string
  readonly url: string
  readonly deeplink: string
  readonly amountYen: number
  readonly createdAtMs: number
  /** Epoch seconds, as on the wire. */
  readonly expiryDateS: number
  /** The first scan. */
  readonly scannedAtMs: number | null
  readonly deletedAtMs: number | null
  /** Only for a preauthorisation: until when the money stays blocked once it is paid, epoch seconds. */
  readonly authorizationExpiryS?: number
  /** What the request said and the answers repeat. */
  readonly order: Order
}

export type Order = {
  /** Epoch seconds. */
  readonly requestedAt: number
  readonly orderDescription?: string
  readonly orderItems?: readonly OrderItem[]
  readonly storeInfo?: string
  readonly storeId?: string
  readonly terminalId?: string
  readonly productType?: string
  readonly redirectUrl?: string
  readonly redirectType?: string
}

export type OrderItem = {
  readonly name: string
  readonly quantity: number
  readonly unitPriceYen: number
  readonly category?: string
  readonly productId?: string
}

export type Payment = {
  readonly merchantPaymentId: string
  /** Null where a linked user paid without a code. */
  readonly codeId: string | null
  readonly amountYen: number
  /** PayPay's id, about 20 digits; null while there were only declines. */
  readonly paymentId: string | null
  /** False after a decline that is final: the code cannot be paid any more. */
  readonly payable: boolean
  readonly cancelAcceptedAtMs: number | null
  /**
   * In order of time. An entry can lie in the future: a cancel that PayPay has accepted and not carried out, and the end of a
   * preauthorisation that nobody has captured.
   */
  readonly history: readonly StatusChange[]
  /** Only for a preauthorisation, once the customer has agreed to it. */
  readonly authorization?: Authorization
  /** Only where a linked user paid without a code. */
  readonly direct?: DirectOrder
}

export type DirectOrder = {
  readonly userId: string
  readonly userAuthorizationId: string
  readonly orderReceiptNumber: string | null
  readonly order: Order
  /** PayPay's word for what it was paid with; left out: the wallet. */
  readonly methodType?: string
}

/** PayPay's word for what a payment was paid with. */
export const methodTypeOf = (payment: Payment): string => payment.direct?.methodType ?? WALLET
export const WALLET = 'WALLET'

export type StatusChange = {
  readonly atMs: number
  readonly status:
    | 'AUTHORIZED'
    | 'REAUTHORIZING'
    | 'COMPLETED'
    | 'FAILED'
    | 'REFUNDED'
    | 'CANCELED'
    | 'EXPIRED'
}

export type Refund = {
  readonly merchantRefundId: string
  readonly paymentId: string
  readonly merchantPaymentId: string
  readonly amountYen: number
  /** Epoch seconds. */
  readonly requestedAt: number
  readonly reason: string | null
  readonly acceptedAtMs: number
  /** From here on the refund reads REFUNDED instead of CREATED. */
  readonly refundedAtMs: number
}

export type ParkedCancel = { readonly merchantPaymentId: string; readonly atMs: number }

/** One record, whole, as it is from now on. */
export type Change =
  | { readonly kind: 'code'; readonly record: Code }
  | { readonly kind: 'payment'; readonly record: Payment }
  | { readonly kind: 'refund'; readonly record: Refund }
  | { readonly kind: 'parkedCancel'; readonly record: ParkedCancel }
  | RecordChange

export function emptyBook(): Book {
  return {
    codes: new Map(),
    payments: new Map(),
    refunds: new Map(),
    parkedCancels: new Map(),
    records: new Map(),
    index: { codeIdByMerchantPaymentId: new Map(), merchantPaymentIdByPaymentId: new Map() },
  }
}

export function applyChange(book: Book, change: Change): void {
  switch (change.kind) {
    case 'code':
      book.codes.set(change.record.codeId, change.record)
      book.index.codeIdByMerchantPaymentId.set(change.record.merchantPaymentId, change.record.codeId)
      return
    case 'payment':
      book.payments.set(change.record.merchantPaymentId, change.record)
      if (change.record.paymentId !== null)
        book.index.merchantPaymentIdByPaymentId.set(change.record.paymentId, change.record.merchantPaymentId)
      return
    case 'refund':
      book.refunds.set(refundKey(change.record.merchantRefundId, change.record.paymentId), change.record)
      return
    case 'parkedCancel':
      book.parkedCancels.set(change.record.merchantPaymentId, change.record)
      return
    default:
      book.records.set(recordKey(change.kind, change.record.id), change)
  }
}

/** The changes that would make this book out of an empty one. */
export function changesOf(book: Book): Change[] {
  return [
    ...[...book.codes.values()].map(record => ({ kind: 'code', record }) as const),
    ...[...book.payments.values()].map(record => ({ kind: 'payment', record }) as const),
    ...[...book.refunds.values()].map(record => ({ kind: 'refund', record }) as const),
    ...[...book.parkedCancels.values()].map(record => ({ kind: 'parkedCancel', record }) as const),
    ...book.records.values(),
  ]
}

/** PayPay knows a refund by (merchantRefundId, paymentId). Neither can hold a space. */
export function refundKey(merchantRefundId: string, paymentId: string): string {
  return `${merchantRefundId} ${paymentId}`
}

/** The code that was made for a merchantPaymentId; there is never a second one. */
export function codeOf(book: Book, merchantPaymentId: string): Code | null {
  const codeId = book.index.codeIdByMerchantPaymentId.get(merchantPaymentId)
  return codeId === undefined ? null : (book.codes.get(codeId) ?? null)
}

export function paymentByPaypayId(book: Book, paymentId: string): Payment | null {
  const merchantPaymentId = book.index.merchantPaymentIdByPaymentId.get(paymentId)
  return merchantPaymentId === undefined ? null : (book.payments.get(merchantPaymentId) ?? null)
}

/** The status of a payment at a time, or null where it had none yet. */
export function statusAt(payment: Payment, atMs: number): StatusChange['status'] | null {
  return payment.history.findLast(change => change.atMs <= atMs)?.status ?? null
}

/** When it first reached a status, or null if it had not by then. */
export function reachedAtMs(payment: Payment, status: StatusChange['status'], byMs: number): number | null {
  return payment.history.find(change => change.status === status && change.atMs <= byMs)?.atMs ?? null
}

/** When the customer's money was taken, or blocked where it is a preauthorisation; or null if it was not by then. */
export function acceptedAtMs(payment: Payment, byMs: number): number | null {
  return reachedAtMs(payment, payment.authorization === undefined ? 'COMPLETED' : 'AUTHORIZED', byMs)
}

/** True once the customer has agreed, whatever became of the money later. */
export function wasPaid(payment: Payment | null, atMs: number): boolean {
  return payment !== null && acceptedAtMs(payment, atMs) !== null
}

/** The amount of the order as details tell it: of a preauthorisation, what was blocked last. */
export function amountYenAt(payment: Payment, atMs: number): number {
  return payment.authorization === undefined
    ? payment.amountYen
    : blockedYenAt(payment.amountYen, payment.authorization, atMs)
}

/** What the merchant got for it, whatever went back later: of a preauthorisation, what was captured. */
export function takenYenAt(payment: Payment, atMs: number): number {
  if (payment.authorization !== undefined)
    return completedCapture(payment.authorization, atMs)?.amountYen ?? 0
  return reachedAtMs(payment, 'COMPLETED', atMs) === null ? 0 : payment.amountYen
}

/** Its history without what has not happened yet, and then something else. */
export function withHistory(payment: Payment, nowMs: number, ...changes: readonly StatusChange[]): Payment {
  return { ...payment, history: [...payment.history.filter(past => past.atMs <= nowMs), ...changes] }
}

export function refundsOf(book: Book, paymentId: string, acceptedByMs: number): Refund[] {
  return [...book.refunds.values()].filter(
    refund => refund.paymentId === paymentId && refund.acceptedAtMs <= acceptedByMs,
  )
}

export function sumRefundedYen(refunds: readonly Refund[]): number {
  return refunds.reduce((sum, refund) => sum + refund.amountYen, 0)
}
