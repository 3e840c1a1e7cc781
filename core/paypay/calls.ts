import type { CreateCodeRequest } from './wire.ts'

/**
 * PayPay's calls as Kaikei sees them. Every method answers; none rejects for anything PayPay, the network or a gateway
 * does. What an answer means is decided in answer.ts and judge.ts alone. An id or amount that PayPay's schema forbids,
 * or an id that was sent before with another body, is a bug: the promise rejects and nothing is sent.
 */
export type PaypayClient = {
  /** POST /v2/codes. The same input again sends the same bytes again. */
  createCode(input: CreateCode): Promise<Answer<CreatedCode>>
  /** GET /v2/codes/payments/{merchantPaymentId}. `amountYen` is what we asked for: a body with another id, amount or currency is `unknown`, `foreign`. */
  getPayment(input: {
    merchantPaymentId: string
    amountYen: number
    /** Shorter than PayPay's own 15 s: for a probe, on which no money hangs. */
    timeoutMs?: number
  }): Promise<Answer<PaymentRead>>
  /** DELETE /v2/codes/{codeId}. */
  deleteCode(input: { codeId: string }): Promise<Answer<CodeDeleted>>
  /** DELETE /v2/payments/{merchantPaymentId}. */
  cancelPayment(input: { merchantPaymentId: string }): Promise<Answer<CancelAccepted>>
  /** POST /v2/refunds. The same input again sends the same bytes again. */
  refundPayment(input: {
    merchantRefundId: string
    paymentId: string
    amountYen: number
    reason?: string
  }): Promise<Answer<RefundTaken>>
  /** GET /v2/refunds/{merchantRefundId}?paymentId=. */
  getRefund(input: {
    merchantRefundId: string
    paymentId: string
    amountYen: number
  }): Promise<Answer<RefundTaken>>
  close(): Promise<void>
}

export type CreateCode = Omit<
  CreateCodeRequest,
  'amount' | 'codeType' | 'isAuthorization' | 'requestedAt'
> & { amountYen: number }

export type CreatedCode = {
  readonly kind: 'codeCreated'
  readonly codeId: string
  readonly url: string
  readonly expiresAtS: number
}

/** What a read of a payment says, after its id, amount and currency were compared with ours. */
export type PaymentRead =
  /** CREATED: a code is out and nobody has paid. */
  | { readonly kind: 'unpaid' }
  | {
      readonly kind: 'completed'
      readonly paymentId: string
      readonly acceptedAtS: number | null
      /** Only where a part was given back. */
      readonly refundedYen?: number
    }
  /**
   * FAILED: declined in the app, or, where it was COMPLETED once (`acceptedAtS`, epoch s), reversed by a cancel. CANCELED and
   * EXPIRED mean the same to a till without preauthorisation.
   */
  | { readonly kind: 'failed'; readonly acceptedAtS: number | null }
  | {
      readonly kind: 'refunded'
      readonly paymentId: string | null
      /** Only where PayPay lists refunds that are less than the payment. */
      readonly refundedYen?: number
    }
  /** DYNAMIC_QR_PAYMENT_NOT_FOUND: no payment and no live code. */
  | { readonly kind: 'notFound' }

export type CodeDeleted =
  | { readonly kind: 'deleted' }
  /** DYNAMIC_QR_NOT_FOUND. */
  | { readonly kind: 'alreadyGone' }
  /** DYNAMIC_QR_ALREADY_PAID. */
  | { readonly kind: 'alreadyPaid' }

export type CancelAccepted = { readonly kind: 'cancelAccepted' }

export type RefundTaken =
  | { readonly kind: 'refundTaken' }
  /** NO_SUCH_REFUND_ORDER: PayPay knows no refund under this id. Only getRefund says this. */
  | { readonly kind: 'noSuchRefund' }

export type KnownValue = CreatedCode | PaymentRead | CodeDeleted | CancelAccepted | RefundTaken

/**
 * `known`: PayPay said something definite. `refused`: PayPay definitely did not do it, and will not for this request.
 * `unknown`: nothing may be concluded. Evidence is kept with every one of them.
 */
export type Answer<Known> =
  | { readonly sure: 'known'; readonly value: Known; readonly evidence: Evidence }
  | { readonly sure: 'refused'; readonly row: AnswerRow; readonly evidence: Evidence }
  | {
      readonly sure: 'unknown'
      readonly row: AnswerRow
      readonly evidence: Evidence
      /** Only of a read that names our payment, whole and with another amount. Nobody acts on it; a comparison tells it. */
      readonly otherAmount?: OtherAmount
    }

/** What PayPay says of an id of ours, over an amount that we never asked for. */
export type OtherAmount = { readonly amountYen: number; readonly read: PaymentRead }

/** What PayPay's answer was, word for word as far as it identifies it. Never holds a secret, a body or a signature. */
export type Evidence = {
  readonly api: string
  /** Epoch ms by our clock, when the answer (or its absence) was known. */
  readonly atMs: number
  /** Null: no complete answer. */
  readonly httpStatus: number | null
  readonly code: string | null
  readonly codeId: string | null
  /** X-REQUEST-ID. */
  readonly requestId: string | null
}

/** What answer.ts says of one answer. */
export type AnswerRow = {
  /** PayPay's code, or, where it gave none that can be believed, a name of ours from `wordless`. */
  readonly code: string
  /** What it means, in English for operators and logs, with what to do. */
  readonly says: string
  readonly retry: RetryRule
  /** What it tells about PayPay as a whole; `fine` for anything that concerns this request only. */
  readonly health: PaypayHealth
  /** A refusal that says something of the payment itself (it cannot be reversed, it is not there), not only of the request. */
  readonly aboutPayment?: true
  /** From Retry-After when PayPay sent one, otherwise from PayPay's documentation where that names a pause. */
  readonly retryAfterMs?: number
}

/** same: the same request again, after backing off. ask: first ask what became of it. never: it will not get better. */
export type RetryRule = 'same' | 'ask' | 'never'

export type PaypayHealth = 'fine' | 'unreachable' | 'maintenance' | 'busy' | 'refused' | 'clockWrong'

/** Told of every answer, for health and for the clock: PayPay's Date header against ours. */
export type AnswerObserver = (observed: {
  readonly evidence: Evidence
  readonly health: PaypayHealth
  /** In words, when health is not fine. */
  readonly says: string
  /** PayPay's clock minus ours, ms (Date has a resolution of 1 s); null where there was no Date header. */
  readonly paypayAheadMs: number | null
  /** When the request left, on the monotonic clock, ms: a slow answer tells how PayPay was then, not how it is now. */
  readonly sentAtMs: number
}) => void
