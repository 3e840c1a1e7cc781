/** One return of money of a payment, as the ledger has it. */
export type OurBack = {
  /** Null for a cancel, which has no id of its own. */
  readonly merchantRefundId: string | null
  readonly way: 'cancel' | 'refund'
  readonly amountYen: number
  /** When PayPay confirmed it, or when it was last asked for; epoch ms. */
  readonly atMs: number
  readonly state: 'underWay' | 'confirmed'
}

/** One payment that PayPay has confirmed to this till. */
export type OurPayment = {
  readonly checkoutId: string
  readonly claimNumber: string
  readonly lane: string
  readonly merchantPaymentId: string
  readonly paymentId: string | null
  readonly amountYen: number
  /** By PayPay's clock, epoch ms. */
  readonly paidAtMs: number
  readonly backs: readonly OurBack[]
  /** False while the till itself still works on it. */
  readonly settled: boolean
}

/** What PayPay's API says of a merchantPaymentId now. Amounts are null where it does not give them. */
export type ApiStatement = {
  readonly kind: 'completed' | 'refunded' | 'failed' | 'unpaid' | 'notFound' | 'unknown'
  readonly amountYen: number | null
  /** All that was given back so far, in yen. */
  readonly refundedYen: number | null
}

/** Which rows of a merchant's file are this till's. An empty list: not known. */
export type OurTill = { readonly storeIds: readonly string[]; readonly terminalIds: readonly string[] }
