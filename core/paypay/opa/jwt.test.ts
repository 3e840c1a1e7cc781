import { SignJWT } from 'jose'
import { expect, it } from 'vitest'
import { Secret } from '../../secret.ts'
import { issueLinkToken, readLinkToken } from './jwt.ts'

// A token decides whose money is moved later, so each way to forge one is tried.

// Accepted by ValidateJWT of PayPay's Node SDK 2.2.0.
const secret = 'c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LTEyMzQ='
const vector =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJhdWQiOiJNRVJDSEFOVF9JRCIsImlzcyI6InBheXBheS5uZS5qcCIsImV4cCI6NDEwMjQ0NDgwMCwicmVzdWx0Ijoic3VjY2VlZGVkIiwicHJvZmlsZUlkZW50aWZpZXIiOiIqKioqKioqNDU2NyIsIm5vbmNlIjoibi0xIiwidXNlckF1dGhvcml6YXRpb25JZCI6InVhaWQtMSIsInJlZmVyZW5jZUlkIjoicmVmLTEiLCJpYXQiOjE3MDAwMDAwMDB9.8zTzbAMf4XIjfBCA4LMZSPaU62d0nVlgvKKgPj6Pa58'
const keys = { apiSecret: new Secret(secret), merchantId: 'MERCHANT_ID' }
const asked = { nonce: 'n-1', nowS: 1_700_000_100 }

const claims = { result: 'succeeded', nonce: 'n-1', userAuthorizationId: 'uaid-1' }
type Forgery = { alg?: string; key?: Buffer; aud?: string; exp?: number; claims?: Record<string, unknown> }
const forged = ({
  alg = 'HS256',
  key = Buffer.from(secret, 'base64'),
  aud = 'MERCHANT_ID',
  ...rest
}: Forgery) =>
  new SignJWT(rest.claims ?? claims)
    .setProtectedHeader({ alg })
    .setAudience(aud)
    .setExpirationTime(rest.exp ?? asked.nowS + 60)
    .sign(key)

it('reads the token that PayPay’s own SDK accepts', async () => {
  expect(await readLinkToken(vector, keys, asked)).toMatchObject({
    ok: true,
    answer: {
      result: 'succeeded',
      userAuthorizationId: 'uaid-1',
      referenceId: 'ref-1',
      profileIdentifier: '*******4567',
    },
  })
  expect(await readLinkToken(await forged({}), keys, asked)).toMatchObject({ ok: true })
})

const unsigned = (): string => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part({ ...claims, aud: 'MERCHANT_ID', exp: asked.nowS + 60 })}.`
}

it.each<readonly [string, () => string | Promise<string>, string]>([
  ['the SDK’s gap: HS512', () => forged({ alg: 'HS512', key: Buffer.alloc(64, 1) }), 'algorithm'],
  ['no algorithm at all', unsigned, 'algorithm'],
  ['another secret', () => forged({ key: Buffer.alloc(32, 1) }), 'signature'],
  ['the secret’s text instead of its bytes', () => forged({ key: Buffer.from(secret) }), 'signature'],
  ['another merchant', () => forged({ aud: 'SOMEBODY' }), 'audience'],
  ['a minute too late', () => forged({ exp: asked.nowS - 60 }), 'expired'],
  ['somebody else’s nonce', () => forged({ claims: { ...claims, nonce: 'n-2' } }), 'nonce'],
  ['no nonce', () => forged({ claims: { ...claims, nonce: undefined } }), 'form'],
  ['linked, and to nobody', () => forged({ claims: { ...claims, userAuthorizationId: undefined } }), 'form'],
  ['an answer that PayPay does not give', () => forged({ claims: { ...claims, result: 'yes' } }), 'form'],
  ['no token', () => 'abc', 'form'],
])('refuses %s', async (_, token, because) => {
  const read = await readLinkToken(await token(), keys, asked)
  expect(read).toMatchObject({ ok: false, because })
  expect(JSON.stringify(read)).not.toContain(secret)
})

it('refuses HS512 even with the right secret', async () => {
  const long = Buffer.alloc(64, 7)
  const token = await forged({ alg: 'HS512', key: long })
  const read = await readLinkToken(token, { ...keys, apiSecret: new Secret(long.toString('base64')) }, asked)
  expect(read).toMatchObject({ ok: false, because: 'algorithm' })
})

it('issues what PayPay reads, for five minutes', async () => {
  const token = await issueLinkToken(
    {
      issuer: 'Kokage',
      scopes: ['direct_debit', 'get_balance'],
      nonce: 'n-1',
      redirectUrl: 'https://shop.example/linked',
      referenceId: 'user-7',
    },
    keys,
    asked.nowS,
  )
  const [head, body] = token
    .split('.')
    .slice(0, 2)
    .map(part => JSON.parse(Buffer.from(part, 'base64url').toString()))
  expect(head).toEqual({ alg: 'HS256', typ: 'JWT' })
  expect(body).toEqual({
    iss: 'Kokage',
    aud: 'MERCHANT_ID',
    exp: asked.nowS + 300,
    scope: 'direct_debit get_balance',
    nonce: 'n-1',
    redirectUrl: 'https://shop.example/linked',
    referenceId: 'user-7',
  })
})
