import { createHmac, timingSafeEqual } from 'node:crypto'

/** JSON Web Tokens as PayPay's account linking uses them: HS256 with the base64-decoded API secret as its key (RFC 7519). */
export function signedJwt(claims: object, apiSecret: string): string {
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${signed}.${signatureOf(signed, apiSecret)}`
}

/** Its claims; null where it is not whole, of another algorithm, signed with another secret, or over. */
export function readJwt(token: string, apiSecret: string, nowMs: number): Record<string, unknown> | null {
  const [head = '', claims = '', signature = '', ...more] = token.split('.')
  const [given, expected] = [signature, signatureOf(`${head}.${claims}`, apiSecret)].map(one =>
    Buffer.from(one),
  )
  if (!given || !expected || more.length > 0 || given.length !== expected.length) return null
  if (!timingSafeEqual(given, expected) || parsed(head)?.alg !== 'HS256') return null
  const read = parsed(claims)
  return typeof read?.exp === 'number' && read.exp * 1_000 > nowMs ? read : null
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function signatureOf(signed: string, apiSecret: string): string {
  return createHmac('sha256', Buffer.from(apiSecret, 'base64')).update(signed).digest('base64url')
}
