import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** A request as it was received; nothing of it may have been parsed and written again. */
export type SignedRequest = {
  readonly method: string
  /** As on the request line, without the query. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array | null
}

export type Keys = {
  readonly apiKey: string
  readonly apiSecret: string
  /** With it, a call that names another merchant is refused. */
  readonly merchantId: string | null
}

/** A request is refused from this distance to PayPay's clock on, to either side ("less than two minutes"). */
export const MAX_CLOCK_SKEW_S = 120

/** Why a request is refused with 401, in a sentence for the request log (PayPay itself does not say), or the nonce it used. */
export type AuthVerdict =
  | { readonly ok: true; readonly nonce: string }
  | { readonly ok: false; readonly because: string }

/**
 * Checks OPA's HMAC header (OPA documentation, API authorization): recomputed from the method, the path, the Content-Type
 * header and the raw body as received. No body is signed as `empty`/`empty`, whatever the Content-Type says.
 */
export function checkSignature(request: SignedRequest, keys: Keys, nowMs: number): AuthVerdict {
  const header = request.headers.authorization
  if (header === undefined) return refused('there is no Authorization header')
  const parts = /^hmac OPA-Auth:([^:]+):([^:]+):([^:]+):(\d{1,15}):([^:]+)$/.exec(header)
  if (parts === null)
    return refused(
      'the Authorization header has not the form "hmac OPA-Auth:<key>:<mac>:<nonce>:<epoch>:<hash>"',
    )
  const [, apiKey = '', mac = '', nonce = '', epoch = '', hash = ''] = parts
  if (apiKey !== keys.apiKey) return refused('the API key is not the one of this simulator')
  const skewS = Math.abs(nowMs / 1_000 - Number(epoch))
  if (skewS >= MAX_CLOCK_SKEW_S)
    return refused(`the epoch is ${Math.floor(skewS)} s away from PayPay's clock; less than 120 s is allowed`)
  const { contentType, expectedHash } = digest(request)
  if (hash !== expectedHash)
    return refused('the hash does not belong to the Content-Type and the body received')
  // A string is taken as UTF-8; the same as a buffer costs Node seven times as long.
  const expectedMac = createHmac('sha256', keys.apiSecret)
    .update([request.path, request.method, nonce, epoch, contentType, hash].join('\n'), 'utf8')
    .digest('base64')
  if (!sameText(mac, expectedMac))
    return refused(
      'the signature does not belong to this secret, path, method, nonce, epoch, Content-Type and hash',
    )
  return { ok: true, nonce }
}

/** The query wins over the header where both are given (OPA documentation, X-ASSUME-MERCHANT). */
export function checkMerchant(request: SignedRequest, keys: Keys, required: boolean): string | null {
  if (keys.merchantId === null) return null
  const named = request.query.assumeMerchant ?? request.headers['x-assume-merchant']
  if (named === undefined) return required ? 'no merchant is named; switch assumeMerchant asks for it' : null
  return named === keys.merchantId ? null : 'the merchant named is not the one of this simulator'
}

function digest(request: SignedRequest): { contentType: string; expectedHash: string } {
  if (request.body === null || request.body.length === 0)
    return { contentType: 'empty', expectedHash: 'empty' }
  const contentType = request.headers['content-type'] ?? ''
  const md5 = createHash('md5').update(contentType, 'utf8').update(request.body)
  return { contentType, expectedHash: md5.digest('base64') }
}

function sameText(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given, 'utf8'), Buffer.from(expected, 'utf8')]
  return a.length === b.length && timingSafeEqual(a, b)
}

function refused(because: string): AuthVerdict {
  return { ok: false, because }
}
