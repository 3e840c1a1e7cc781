import { expect, it } from 'vitest'
import { authorization, bodyHash, stringToSign } from './auth.ts'
import vectors from './auth.vectors.json' with { type: 'json' }

// A signature that is wrong in one byte closes every till of the merchant. PayPay's published vectors, and those computed
// with its own SDK, are met byte for byte.
it.each(vectors)('signs as PayPay does: $name', vector => {
  const request = {
    apiKey: vector.key,
    apiSecret: vector.secret,
    method: vector.method,
    path: vector.path,
    nonce: vector.nonce,
    epochS: vector.epoch,
    contentType: vector.stringToSign.split('\n')[4] ?? '',
    body: vector.hash === 'empty' ? null : Buffer.from(vector.body),
  }
  expect(stringToSign(request)).toBe(vector.stringToSign)
  expect(bodyHash(request)).toBe(vector.hash)
  expect(authorization(request)).toBe(vector.header)
})

const official = { apiKey: 'sample_key', apiSecret: 'sample_secret', contentType: 'application/json' }

it('meets the vector of the FAQ, whose body is printed with uneven spaces: the bytes are signed, not the meaning', () => {
  const body =
    '{\n    "merchantPaymentId": "TEST_QR_Payment",\n    "amount": {\n        "amount":10,\n        "currency": "JPY"\n    },\n    "codeType": "ORDER_QR",\n    "isAuthorization":false,\n    "redirectUrl":"https://about.paypay.ne.jp/",\n    "redirectType":"WEB_LINK"\n}'
  const header = authorization({
    ...official,
    method: 'POST',
    path: '/v2/codes',
    nonce: 'fedaa4',
    epochS: 1743138611,
    body: Buffer.from(body),
  })
  expect(header).toBe(
    'hmac OPA-Auth:sample_key:C2a7jD7OjL1DXnZhSYQfRI2Oxfdh43htV7pG8cwgCy4=:fedaa4:1743138611:T9wzkv1tUWIxzIHQUT7iDQ==',
  )
})

it('signs the words "empty" when there is no body, whatever the content type', () => {
  const request = {
    ...official,
    method: 'GET',
    path: '/v2/payments/TEST_merchantPaymentID',
    nonce: 'a360e2',
    epochS: 1743139337,
    body: null,
  }
  expect(authorization(request)).toBe(
    'hmac OPA-Auth:sample_key:JbUZwAUKeQ+WDClEjkCGwYG/juFR+Dd5RK5AfL0gK9w=:a360e2:1743139337:empty',
  )
  expect(authorization({ ...request, contentType: 'empty', body: Buffer.alloc(0) })).toBe(
    authorization(request),
  )
})
