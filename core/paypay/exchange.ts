import type { Clock } from '../clock.ts'
import type { Secret } from '../secret.ts'
import { authorization } from './auth.ts'
import type { Evidence } from './calls.ts'
import { askedPauseMs, measuredAheadMs } from './headers.ts'
import { type ReadAnswer, readEnvelope } from './reading.ts'
import type { Transport } from './transport.ts'

export type Credentials = {
  readonly apiKey: string
  readonly apiSecret: Secret
  /** X-ASSUME-MERCHANT: only for those to whom PayPay gave one. */
  readonly merchantId?: string
}

export type ExchangeOptions = {
  readonly transport: Transport
  /** A function is asked for each request; null: there are no keys, and nothing is sent. */
  readonly credentials: Credentials | (() => Credentials | null)
  readonly clock: Clock
  /** A fresh word for each request, without a colon; 8 characters are recommended. */
  readonly nonce: () => string
}

/** One call, complete but for its signature. */
export type Call = {
  /** The name of the endpoint. */
  readonly api: string
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: Buffer | null
  readonly timeoutMs: number
}

/** What came back, read but not judged. `none`: no complete answer; nothing is known of what PayPay did. */
export type Heard = {
  readonly evidence: Evidence
  /** Monotonic ms: when the request left. */
  readonly sentAtMs: number
} & (
  | { readonly kind: 'answer'; readonly answer: ReadAnswer }
  | { readonly kind: 'none'; readonly why: 'timeout' | 'network' | 'noKeys'; readonly detail: string }
)

/** The exact string that is signed and sent; PayPay hashes the header as it comes. */
const CONTENT_TYPE = 'application/json'
/** PayPay's own are at most 64 characters (OPA, X-REQUEST-ID); a gateway's may be anything. */
const MOST_REQUEST_ID_CHARACTERS = 255

/**
 * The one way to PayPay: signs, sends, reads. Never rejects for anything that PayPay or the network does. Throws for
 * credentials that no request could carry, in words that never show one.
 */
export function openExchange(options: ExchangeOptions): (call: Call) => Promise<Heard> {
  const { transport, clock, credentials } = options
  if (typeof credentials !== 'function') checkCredentials(credentials)
  const keys = typeof credentials === 'function' ? credentials : () => credentials

  return async ({ query = {}, body = null, ...call }) => {
    const signers = keys()
    const headers = signers && signedHeaders(options, signers, call.method, call.path, body)
    const sentAtMs = clock.monotonicMs()
    const raw = headers
      ? await transport.send({ ...call, query, headers, body })
      : ({ kind: 'none', why: 'noKeys', detail: 'nothing was sent' } as const)
    const atMs = clock.nowMs()
    const none: Evidence = {
      api: call.api,
      atMs,
      httpStatus: null,
      code: null,
      codeId: null,
      requestId: null,
    }
    if (raw.kind === 'none') return { ...raw, evidence: none, sentAtMs }
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
    const answer: ReadAnswer = {
      httpStatus: raw.status,
      code: evidence.code,
      codeId: evidence.codeId,
      data: read?.data,
      retryAfterMs: askedPauseMs(raw.headers['retry-after'], raw.headers.date),
      // A page of somebody else's has a clock of somebody else's.
      paypayAheadMs: read ? measuredAheadMs(raw.headers.date, midpointMs) : null,
    }
    return { kind: 'answer', answer, evidence, sentAtMs }
  }
}

function signedHeaders(
  { clock, nonce }: ExchangeOptions,
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
