import { createHmac, hash as digestOf } from 'node:crypto'

/** What is signed (OPA, API authorization). `body` is the exact bytes that are sent, or null. */
export type Signable = {
  readonly apiKey: string
  readonly apiSecret: string
  readonly method: string
  /** Without host and query. */
  readonly path: string
  /** Any word without a colon; PayPay recommends 8 characters. */
  readonly nonce: string
  /** Epoch seconds; PayPay refuses two minutes or more either way. */
  readonly epochS: number
  /** The string in the Content-Type header, to the letter. Without a body it is not looked at. */
  readonly contentType: string
  readonly body: Uint8Array | null
}

/**
 * The Authorization header: `hmac OPA-Auth:{key}:{mac}:{nonce}:{epoch}:{hash}`. Pure. Throws for a path with a query or
 * a host, and for a nonce that would break the header: PayPay would answer only "Unauthorized request".
 */
export function authorization(request: Signable): string {
  const { apiKey, apiSecret, path, nonce, epochS } = request
  if (!/^\/[^?#\s]*$/.test(path))
    throw new Error(`a signed path begins with / and has no query, fragment or space: ${path}`)
  if (!/^[^:\s]+$/.test(nonce)) throw new Error('a nonce is one word without a colon')
  if (!Number.isSafeInteger(epochS)) throw new Error(`an epoch is whole seconds: ${epochS}`)
  const hash = bodyHash(request)
  const mac = createHmac('sha256', apiSecret).update(stringToSign(request, hash)).digest('base64')
  return `hmac OPA-Auth:${apiKey}:${mac}:${nonce}:${epochS}:${hash}`
}

/** Six fields joined by LF, none after the last. Without a body, type and hash are the word `empty`. */
export function stringToSign(request: Signable, hash: string = bodyHash(request)): string {
  const { path, method, nonce, epochS } = request
  const contentType = hasBody(request) ? request.contentType : 'empty'
  return [path, method, nonce, epochS, contentType, hash].join('\n')
}

/** base64(MD5(content type, then the body's bytes as they are)). */
export function bodyHash(request: Signable): string {
  if (!hasBody(request)) return 'empty'
  return digestOf('md5', Buffer.concat([Buffer.from(request.contentType), request.body]), 'base64')
}

function hasBody(request: Signable): request is Signable & { body: Uint8Array } {
  return request.body !== null && request.body.length > 0
}
