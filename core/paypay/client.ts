import type { Clock } from '../clock.ts'
import type { Secret } from '../secret.ts'
import { type Expected, judge, judgeNone, type KnownValue, readEnvelope } from './answer.ts'
import { authorization } from './auth.ts'
import type { Transport } from './transport.ts'
import { type CreateCodeRequest, createCodeRequest, endpoints, merchantId64, refundRequest } from './wire.ts'

/**
 * PayPay's calls as Kaikei sees them. Every method answers; none throws for anything PayPay, the network or a gateway
 * does. What an answer means is decided in answer.ts alone.
 */
export type PaypayClient = {
  /** POST /v2/codes. */
  createCode(input: CreateCode): Promise<Answer<CreatedCode>>
  /** GET /v2/codes/payments/{merchantPaymentId}. `amountYen` is what we asked for: a body with another id, amount or currency is `unknown`, `foreign`. */
  getPayment(input: { merchantPaymentId: string; amountYen: number }): Promise<Answer<PaymentRead>>
  /** DELETE /v2/codes/{codeId}. */
  deleteCode(input: { codeId: string }): Promise<Answer<CodeDeleted>>
  /** DELETE /v2/payments/{merchantPaymentId}. */
  cancelPayment(input: { merchantPaymentId: string }): Promise<Answer<CancelAccepted>>
  /** POST /v2/refunds. */
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
  | { readonly kind: 'completed'; readonly paymentId: string; readonly acceptedAtS: number | null }
  /** FAILED: declined in the app, or reversed by a cancel. CANCELED and EXPIRED mean the same to a till without preauthorisation. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'refunded'; readonly paymentId: string | null }
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

/**
 * `known`: PayPay said something definite. `refused`: PayPay definitely did not do it, and will not for this request.
 * `unknown`: nothing may be concluded. Evidence is kept with every one of them.
 */
export type Answer<Known> =
  | { readonly sure: 'known'; readonly value: Known; readonly evidence: Evidence }
  | { readonly sure: 'refused'; readonly row: AnswerRow; readonly evidence: Evidence }
  | { readonly sure: 'unknown'; readonly row: AnswerRow; readonly evidence: Evidence }

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

/** One row of answer.ts. */
export type AnswerRow = {
  readonly code: string
  /** What it means, in one English sentence for operators and logs, with what to do. */
  readonly says: string
  readonly retry: RetryRule
  /** What it tells about PayPay as a whole; `fine` for anything that concerns this request only. */
  readonly health: PaypayHealth
  /** From Retry-After, when PayPay sent one. */
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
}) => void

export type PaypayClientOptions = {
  readonly transport: Transport
  readonly credentials: { readonly apiKey: string; readonly apiSecret: Secret; readonly merchantId?: string }
  readonly clock: Clock
  /** A fresh word for each request, without a colon; 8 characters are recommended. */
  readonly nonce: () => string
  readonly observe?: AnswerObserver
}

export function createPaypayClient(options: PaypayClientOptions): PaypayClient {
  const { transport, credentials, clock } = options

  /** `Known` is what judge() returns for this api; the switch there is the only proof, so the cast is made once, here. */
  async function call<Known extends KnownValue>(
    expected: Expected,
    path: string,
    { body, query = {} }: { body?: object; query?: Record<string, string> } = {},
  ): Promise<Answer<Known>> {
    const { method, timeoutMs } = endpoints[expected.api]
    const sentAtMs = clock.nowMs()
    const bytes = body === undefined ? null : Buffer.from(JSON.stringify(body))
    const contentType = 'application/json'
    const headers: Record<string, string> = {
      Authorization: authorization({
        apiKey: credentials.apiKey,
        apiSecret: credentials.apiSecret.reveal(),
        method,
        path,
        nonce: options.nonce(),
        epochS: Math.floor(sentAtMs / 1000),
        contentType,
        body: bytes,
      }),
      ...(bytes === null ? {} : { 'Content-Type': contentType }),
      ...(credentials.merchantId === undefined ? {} : { 'X-ASSUME-MERCHANT': credentials.merchantId }),
    }
    const raw = await transport.send({
      api: expected.api,
      method,
      path,
      query,
      headers,
      body: bytes,
      timeoutMs,
    })
    const atMs = clock.nowMs()
    const none = { api: expected.api, atMs, httpStatus: null, code: null, codeId: null, requestId: null }
    if (raw.kind === 'none') {
      const answer = judgeNone(raw.why, none)
      options.observe?.({
        evidence: none,
        health: 'unreachable',
        says: `${wordsFor(answer)} (${raw.detail})`,
        paypayAheadMs: null,
      })
      return answer
    }
    const read = readEnvelope(raw.body)
    const evidence: Evidence = {
      ...none,
      httpStatus: raw.status,
      code: read?.code ?? null,
      codeId: read?.codeId ?? null,
      requestId: raw.headers['x-request-id'] ?? null,
    }
    // A page of somebody else's has a clock of somebody else's.
    const paypayAheadMs = read ? paypayAhead(raw.headers.date, sentAtMs, atMs) : null
    const answer = judge(
      expected,
      {
        httpStatus: raw.status,
        code: read?.code ?? null,
        data: read?.data,
        retryAfterMs: retryAfter(raw.headers['retry-after']),
        paypayAheadMs,
      },
      evidence,
    )
    options.observe?.({
      evidence,
      health: answer.sure === 'known' ? 'fine' : answer.row.health,
      says: wordsFor(answer),
      paypayAheadMs,
    })
    return answer as Answer<Known>
  }

  return {
    createCode({ amountYen, ...rest }) {
      const body = createCodeRequest.parse({
        ...rest,
        amount: { amount: amountYen, currency: 'JPY' },
        codeType: 'ORDER_QR',
        isAuthorization: false,
        requestedAt: Math.floor(clock.nowMs() / 1000),
      })
      return call<CreatedCode>(
        { api: 'createCode', merchantPaymentId: rest.merchantPaymentId, amountYen },
        endpoints.createCode.path,
        { body },
      )
    },
    getPayment({ merchantPaymentId, amountYen }) {
      const path = `/v2/codes/payments/${merchantId64.parse(merchantPaymentId)}`
      return call<PaymentRead>({ api: 'getPayment', merchantPaymentId, amountYen }, path)
    },
    deleteCode({ codeId }) {
      return call<CodeDeleted>({ api: 'deleteCode' }, `/v2/codes/${merchantId64.parse(codeId)}`)
    },
    cancelPayment({ merchantPaymentId }) {
      return call<CancelAccepted>(
        { api: 'cancelPayment' },
        `/v2/payments/${merchantId64.parse(merchantPaymentId)}`,
      )
    },
    refundPayment({ merchantRefundId, paymentId, amountYen, reason }) {
      const body = refundRequest.parse({
        merchantRefundId,
        paymentId,
        amount: { amount: amountYen, currency: 'JPY' },
        requestedAt: Math.floor(clock.nowMs() / 1000),
        ...(reason === undefined ? {} : { reason }),
      })
      return call<RefundTaken>(
        { api: 'refundPayment', merchantRefundId, paymentId, amountYen },
        endpoints.refundPayment.path,
        { body },
      )
    },
    getRefund({ merchantRefundId, paymentId, amountYen }) {
      const path = `/v2/refunds/${merchantId64.parse(merchantRefundId)}`
      return call<RefundTaken>({ api: 'getRefund', merchantRefundId, paymentId, amountYen }, path, {
        query: { paymentId },
      })
    },
    close: () => transport.close(),
  }
}

function wordsFor(answer: Answer<unknown>): string {
  return answer.sure === 'known' ? '' : answer.row.says
}

/** PayPay's clock minus ours, ms. Date has whole seconds, so its middle is taken. */
function paypayAhead(date: string | undefined, sentAtMs: number, atMs: number): number | null {
  const paypayMs = date === undefined ? Number.NaN : Date.parse(date)
  return Number.isNaN(paypayMs) ? null : paypayMs + 500 - (sentAtMs + atMs) / 2
}

/** Retry-After in seconds; PayPay documents none, gateways send it. A date form is ignored. */
function retryAfter(header: string | undefined): number | null {
  const seconds = Number(header)
  return header === undefined || !Number.isFinite(seconds) || seconds < 0 ? null : seconds * 1000
}
