import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { authorization, bodyHash, type Signable, stringToSign } from './auth.ts'
import vectors from './auth.vectors.json' with { type: 'json' }

// A signature that is wrong in one byte closes every till of the merchant. PayPay's published vectors (O), and those
// computed with its own SDK (V), are met byte for byte.

const named = (letter: string): string[] =>
  vectors.map(({ name }) => name.split(' ')[0] ?? '').filter(name => name.startsWith(letter))

it('has every vector', () => {
  expect(named('O')).toEqual(['O1', 'O2', 'O3'])
  expect(named('V')).toEqual(['V3', 'V4', 'V5', 'V6', 'V7', 'V8', 'V9', 'V10', 'V11'])
  expect(named('FAQ')).toHaveLength(3)
})

it.each(vectors)('signs as PayPay does: $name', vector => {
  const body = vector.hash === 'empty' ? null : Buffer.from(vector.body)
  const request = {
    apiKey: vector.key,
    apiSecret: vector.secret,
    method: vector.method,
    path: vector.path,
    nonce: vector.nonce,
    epochS: vector.epoch,
    contentType: vector.contentType,
    body,
  }
  expect(body?.length ?? 0).toBe(vector.bodyBytes)
  expect(stringToSign(request)).toBe(vector.stringToSign)
  expect(bodyHash(request)).toBe(vector.hash)
  expect(authorization(request)).toBe(vector.header)
})

const request: Signable = {
  apiKey: 'sample_key',
  apiSecret: 'sample_secret',
  method: 'GET',
  path: '/v2/payments/TEST_merchantPaymentID',
  nonce: 'a360e2',
  epochS: 1743139337,
  contentType: 'application/json',
  body: null,
}

it('signs the word "empty" when there is no body, whatever the content type', () => {
  expect(authorization({ ...request, contentType: 'empty', body: Buffer.alloc(0) })).toBe(
    authorization(request),
  )
})

describe('a request that PayPay would only call unauthorized', () => {
  it.each([
    '/v2/codes?assumeMerchant=1',
    '/v2/codes#top',
    'https://apigw.paypay.ne.jp/v2/codes',
    '/v2/a b',
    '',
  ])('is not signed: the path "%s"', path => {
    expect(() => authorization({ ...request, path })).toThrow('a signed path')
  })

  it.each(['', 'a:b', 'a\nb'])('is not signed: the nonce "%s"', nonce => {
    expect(() => authorization({ ...request, nonce })).toThrow('a nonce')
  })

  it('is not signed: half a second', () => {
    expect(() => authorization({ ...request, epochS: 0.5 })).toThrow('an epoch')
  })
})

it('hashes the bytes of the body as they are, valid text or not', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(bytes, fc.string({ minLength: 1, maxLength: 40 }), (body, contentType) => {
      const joined = Buffer.concat([Buffer.from(contentType), body])
      const expected = createHash('md5').update(joined).digest('base64')
      expect(bodyHash({ ...request, contentType, body })).toBe(expected)
      expect(authorization({ ...request, contentType, body }).endsWith(`:${expected}`)).toBe(true)
    }),
  )
})

it('gives another signature for any other byte of the body, and never shows the secret', () => {
  const body = fc.uint8Array({ minLength: 1, maxLength: 50 })
  fc.assert(
    fc.property(body, fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, at, by) => {
      const other = Uint8Array.from(bytes)
      const index = at % bytes.length
      other[index] = (other[index] ?? 0) ^ by
      const mac = (some: Uint8Array): string | undefined =>
        authorization({ ...request, body: some }).split(':')[2]
      expect(mac(other)).not.toBe(mac(bytes))
      expect(authorization({ ...request, body: bytes })).not.toContain('sample_secret')
    }),
  )
})

it('never signs a query', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9_-]{0,20}$/)
  fc.assert(
    fc.property(word, fc.string(), (id, query) => {
      expect(() => authorization({ ...request, path: `/v2/refunds/${id}?${query}` })).toThrow('query')
    }),
  )
})
