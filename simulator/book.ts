/** What the simulated PayPay knows: plain data, so that it can be written down and read back. */
export type Book = {
  readonly payments: Map<string, Payment>
  /** By `merchantRefundId paymentId`: PayPay's idempotency key. */
  readonly refunds: Map<string, Refund>
  /** merchantPaymentIds whose cancel came before any code. */
  readonly parkedCancels: Set<string>
}

/** A code and the payment made with it: one merchantPaymentId each. */
export type Payment = {
  merchantPaymentId: string
  codeId: string
  url: string
  amountYen: number
  /** The request's fields, echoed as PayPay does. */
  request: Record<string, unknown>
  createdAtMs: number
  expiresAtS: number
  deletedAtMs: number | null
  scannedAtMs: number | null
  status: 'CREATED' | 'COMPLETED' | 'FAILED' | 'REFUNDED'
  paymentId: string | null
  acceptedAtMs: number | null
  canceledAtMs: number | null
  /** A cancel was accepted; a payment that comes is reversed at this moment, or at once. */
  cancelDueMs: number | null
  /** Oldest first: for reads that are stale. */
  history: { atMs: number; status: Payment['status']; gone: boolean }[]
}

export type Refund = {
  merchantRefundId: string
  paymentId: string
  merchantPaymentId: string
  amountYen: number
  status: 'CREATED' | 'REFUNDED'
  requestedAtS: number
  acceptedAtMs: number
  reason: string | null
}

export function emptyBook(): Book {
  return { payments: new Map(), refunds: new Map(), parkedCancels: new Set() }
}

export function paymentOfCode(book: Book, codeId: string): Payment | undefined {
  return [...book.payments.values()].find(payment => payment.codeId === codeId)
}

export function refundsOf(book: Book, paymentId: string): Refund[] {
  return [...book.refunds.values()].filter(refund => refund.paymentId === paymentId)
}

/** For comparing with a till's ledger. Yen. */
export function bookSums(book: Book): { capturedYen: number; returnedYen: number; keptYen: number } {
  let capturedYen = 0
  let returnedYen = 0
  for (const payment of book.payments.values()) {
    if (payment.acceptedAtMs === null) continue
    capturedYen += payment.amountYen
    if (payment.status === 'FAILED') returnedYen += payment.amountYen
  }
  for (const refund of book.refunds.values()) returnedYen += refund.amountYen
  return { capturedYen, returnedYen, keptYen: capturedYen - returnedYen }
}
