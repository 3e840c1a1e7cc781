import type { Clock } from '../clock.ts'
import type { Secret } from '../secret.ts'
import { authorization } from './auth.ts'
import { SentBodies } from './bodies.ts'
import type {
  Answer,
  AnswerObserver,
  CancelAccepted,
  CodeDeleted,
  CreatedCode,
  Evidence,
  KnownValue,
  PaymentRead,
  PaypayClient,
  RefundTaken,
} from './calls.ts'
import { askedPauseMs, measuredAheadMs } from './headers.ts'
import { type Expected, judge, judgeNone, readEnvelope } from './judge.ts'
import type { Transport } from './transport.ts'
import {
  createCodeRequest,
  type EndpointName,
  endpoints,
  merchantId64,
  refundRequest,
  sendableCodeId,
} from './wire.ts'

export type * from './calls.ts'

export type PaypayClientOptions = {
  readonly transport: Transport
  /** A function is asked for each request; null: there are no keys, and nothing is sent. */
  readonly credentials: Credentials | (() => Credentials | null)
  readonly clock: Clock
  /** A fresh word for each request, without a colon; 8 characters are recommended. */
  readonly nonce: () => string
  readonly observe?: AnswerObserver
}

export type Credentials = {
  readonly apiKey: string
  readonly apiSecret: Secret
  /** X-ASSUME-MERCHANT: only for those to whom PayPay gave one. */
  readonly merchantId?: string
}

/** The exact string that is signed and sent; PayPay hashes the header as it comes. */
const CONTENT_TYPE = 'application/json'
/** PayPay's own are at most 64 characters (OPA, X-REQUEST-ID); a gateway's may be anything. */
const MOST_REQUEST_ID_CHARACTERS = 255

/** Throws for credentials that no request could carry, in words that never show one. */
export function createPaypayClient(options: PaypayClientOptions): PaypayClient {
  const { transport, clock, credentials } = options
  if (typeof credentials !== 'function') checkCredentials(credentials)
  const keys = typeof credentials === 'function' ? credentials : () => credentials
  const created = new SentBodies('merchantPaymentId')
  const refunded = new SentBodies('merchantRefundId')
  const nowS = (): number => Math.floor(clock.nowMs() / 1000)

  /** `Known` is what judge() returns for this api; the switch there is the only proof, so the cast is made once, here. */
  async function call<Known extends KnownValue>(
    expected: Expected,
    path: string,
    {
      body = null,
      query = {},
      timeoutMs = endpoints[expected.api].timeoutMs,
    }: { body?: Buffer | null; query?: Record<string, string>; timeoutMs?: number } = {},
  ): Promise<Answer<Known>> {
    const { api } = expected
    const { method } = endpoints[api]
    const signers = keys()
    const headers = signers && signedHeaders(options, signers, method, path, body)
    const sentAtMs = clock.monotonicMs()
    const raw = headers
      ? await transport.send({ api, method, path, query, headers, body, timeoutMs })
      : ({ kind: 'none', why: 'noKeys', detail: 'nothing was sent' } as const)
    const atMs = clock.nowMs()
    const none: Evidence = { api, atMs, httpStatus: null, code: null, codeId: null, requestId: null }
    if (raw.kind === 'none') {
      const answer = judgeNone(raw.why, none)
      tell(answer, sentAtMs, null, ` (${raw.detail})`)
      return answer
    }
    const read = readEnvelope(raw.body)
    const evidence: Evidence = {
      ...none,
      httpStatus: raw.status,
      code: read?.code ?? null,
      codeId: read?.codeId ?? null,
      requestId: raw.headers['x-request-id']?.slice(0, MOST_REQUEST_ID_CHARACTERS) ?? null,
    }
    // The wall clock may have been set while we waited, so the way back to the middle is measured without it.
    const midpointMs = atMs - (clock.monotonicMs() - sentAtMs) / 2
    // A page of somebody else's has a clock of somebody else's.
    const paypayAheadMs = read ? measuredAheadMs(raw.headers.date, midpointMs) : null
    const answer = judge(
      expected,
      {
        httpStatus: raw.status,
        code: read?.code ?? null,
        data: read?.data,
        retryAfterMs: askedPauseMs(raw.headers['retry-after'], raw.headers.date),
        paypayAheadMs,
      },
      evidence,
    )
    tell(answer, sentAtMs, paypayAheadMs)
    return answer as Answer<Known>
  }

  function tell(
    answer: Answer<KnownValue>,
    sentAtMs: number,
    paypayAheadMs: number | null,
    detail = '',
  ): void {
    const { evidence } = answer
    const { health, says } = answer.sure === 'known' ? { health: 'fine' as const, says: '' } : answer.row
    options.observe?.({ evidence, health, says: `${says}${detail}`, paypayAheadMs, sentAtMs })
  }

  return {
    async createCode({ amountYen, ...rest }) {
      const { merchantPaymentId } = rest
      const body = created.bytesFor(merchantPaymentId, nowS(), requestedAt =>
        createCodeRequest.parse({
          ...rest,
          amount: { amount: amountYen, currency: 'JPY' },
          codeType: 'ORDER_QR',
          isAuthorization: false,
          requestedAt,
        }),
      )
      return call<CreatedCode>(
        { api: 'createCode', merchantPaymentId, amountYen },
        endpoints.createCode.path,
        { body },
      )
    },
    async getPayment({ merchantPaymentId, amountYen, ...deadline }) {
      const path = pathTo('getPayment', merchantId64.parse(merchantPaymentId))
      return call<PaymentRead>({ api: 'getPayment', merchantPaymentId, amountYen }, path, deadline)
    },
    async deleteCode({ codeId }) {
      const path = pathTo('deleteCode', sendableCodeId.parse(codeId))
      return call<CodeDeleted>({ api: 'deleteCode', codeId }, path)
    },
    async cancelPayment({ merchantPaymentId }) {
      const path = pathTo('cancelPayment', merchantId64.parse(merchantPaymentId))
      return call<CancelAccepted>({ api: 'cancelPayment', merchantPaymentId }, path)
    },
    async refundPayment({ merchantRefundId, paymentId, amountYen, reason }) {
      const body = refunded.bytesFor(merchantRefundId, nowS(), requestedAt =>
        refundRequest.parse({
          merchantRefundId,
          paymentId,
          amount: { amount: amountYen, currency: 'JPY' },
          requestedAt,
          ...(reason === undefined ? {} : { reason }),
        }),
      )
      return call<RefundTaken>(
        { api: 'refundPayment', merchantRefundId, paymentId, amountYen },
        endpoints.refundPayment.path,
        { body },
      )
    },
    async getRefund({ merchantRefundId, paymentId, amountYen }) {
      const path = pathTo('getRefund', merchantId64.parse(merchantRefundId))
      const expected = { api: 'getRefund', merchantRefundId, paymentId, amountYen } as const
      return call<RefundTaken>(expected, path, { query: { paymentId } })
    },
    close: () => transport.close(),
  }
}

/** `id` has been checked to hold nothing that a path would have to encode. */
function pathTo(api: EndpointName, id: string): string {
  return endpoints[api].path.replace(/\{\w+\}/, id)
}

function signedHeaders(
  { clock, nonce }: PaypayClientOptions,
  { apiKey, apiSecret, merchantId }: Credentials,
  method: string,
  path: string,
  body: Buffer | null,
): Record<string, string> {
  return {
    Authorization: authorization({
      apiKey,
      apiSecret: apiSecret.reveal(),
      method,
      path,
      nonce: nonce(),
      epochS: Math.floor(clock.nowMs() / 1000),
      contentType: CONTENT_TYPE,
      body,
    }),
    ...(body === null ? {} : { 'Content-Type': CONTENT_TYPE }),
    ...(merchantId === undefined ? {} : { 'X-ASSUME-MERCHANT': merchantId }),
  }
}

function checkCredentials(credentials: Credentials): void {
  const fault = faultOfKeys(credentials)
  if (fault !== null) throw new Error(fault)
}

/** Why no request could carry these, in words that never show one; null: they can be sent. */
export function faultOfKeys({ apiKey, apiSecret, merchantId }: Credentials): string | null {
  const isWord = (text: string): boolean => /^[\x21-\x7e]+$/.test(text)
  if (!isWord(apiKey) || apiKey.includes(':'))
    return 'The PayPay API key must be one word without a colon. Copy it again from the developer panel.'
  if (!isWord(apiSecret.reveal()))
    return 'The PayPay API secret must be one word. Copy it again from the developer panel.'
  if (merchantId !== undefined && !isWord(merchantId))
    return 'The PayPay merchant id must be one word. Leave it out unless PayPay gave one.'
  return null
}
