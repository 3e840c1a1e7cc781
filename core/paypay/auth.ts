import { createHash, createHmac } from 'node:crypto'

/** What is signed (OPA, API authorization). `body` is the exact bytes that are sent, or null. */
export type Signable = {
  readonly apiKey: string
  readonly apiSecret: string
  readonly method: string
  /** Without host and query. */
  readonly path: string
  readonly nonce: string
  /** Epoch seconds; PayPay refuses more than two minutes either way. */
  readonly epochS: number
  /** The string in the Content-Type header, to the letter. */
  readonly contentType: string
  readonly body: Uint8Array | null
}

/** The Authorization header: `hmac OPA-Auth:{key}:{mac}:{nonce}:{epoch}:{hash}`. */
export function authorization(request: Signable): string {
  const hash = bodyHash(request)
  const mac = createHmac('sha256', request.apiSecret).update(stringToSign(request)).digest('base64')
  return `hmac OPA-Auth:${request.apiKey}:${mac}:${request.nonce}:${request.epochS}:${hash}`
}

/** Six fields joined by LF, none after the last. Without a body, type and hash are the word `empty`. */
export function stringToSign(request: Signable): string {
  const contentType = hasBody(request) ? request.contentType : 'empty'
  return [request.path, request.method, request.nonce, request.epochS, contentType, bodyHash(request)].join(
    '\n',
  )
}

/** base64(MD5(content type, then the body's bytes)). */
export function bodyHash(request: Signable): string {
  if (!hasBody(request)) return 'empty'
  return createHash('md5').update(request.contentType).update(request.body).digest('base64')
}

function hasBody(request: Signable): request is Signable & { body: Uint8Array } {
  return request.body !== null && request.body.length > 0
}
