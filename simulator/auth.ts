import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** A request as it came in: the header and the body as received, byte for byte. */
export type SignedRequest = {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
}

/** PayPay refuses a signature that is two minutes old or more. */
const MAX_SKEW_S = 120

/**
 * Checks OPA-Auth with code of its own, shared with no client, so that agreement means something. Returns why it is
 * refused, for the simulator's log only (PayPay itself says no more than "Unauthorized request"), or null.
 */
export function refusal(
  request: SignedRequest,
  keys: { apiKey: string; apiSecret: string },
  nowMs: number,
  usedNonce: (nonce: string) => boolean,
): string | null {
  const match = /^hmac OPA-Auth:([^:]*):([^:]*):([^:]*):(\d+):([^:]*)$/.exec(
    request.headers.authorization ?? '',
  )
  if (!match) return 'the Authorization header has not the form hmac OPA-Auth:key:mac:nonce:epoch:hash'
  const [, key = '', mac = '', nonce = '', epoch = '', hash = ''] = match
  if (key !== keys.apiKey) return 'unknown API key'
  if (Math.abs(nowMs / 1000 - Number(epoch)) >= MAX_SKEW_S) return 'the epoch is two minutes or more away'
  if (usedNonce(nonce)) return 'the nonce was used before'
  const empty = request.body.length === 0
  const type = empty ? 'empty' : (request.headers['content-type'] ?? '')
  const md5 = createHash('md5')
  md5.update(Buffer.concat([Buffer.from(type), request.body]))
  const expectedHash = empty ? 'empty' : md5.digest('base64')
  if (hash !== expectedHash) return 'the hash is not that of the content type and body received'
  const text = `${request.path}\n${request.method}\n${nonce}\n${epoch}\n${type}\n${expectedHash}`
  const expected = createHmac('sha256', Buffer.from(keys.apiSecret, 'utf8')).update(text, 'utf8').digest()
  const given = Buffer.from(mac, 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
    ? null
    : 'the signature is wrong'
}
