import { describe, expect, it } from 'vitest'
import { checkSignature } from './auth.ts'
import vectors from './auth.vectors.json' with { type: 'json' }
import { START_MS, signature, TestTill } from './testTill.ts'

// Only what was signed with the secret, lately and byte for byte, gets in.

describe('PayPay’s own published signatures', () => {
  for (const vector of vectors) {
    const request = {
      method: vector.method,
      path: vector.path,
      query: {},
      headers: {
        authorization: vector.authorization,
        ...(vector.contentType !== null && { 'content-type': vector.contentType }),
      },
      body: vector.body === null ? null : Buffer.from(vector.body),
    }
    const keys = { apiKey: vector.apiKey, apiSecret: vector.apiSecret, merchantId: null }
    const nowMs = vector.epoch * 1_000

    it(`${vector.name}: is right`, () => {
      expect(checkSignature(request, keys, nowMs)).toMatchObject({ ok: true })
    })
    it(`${vector.name}: is wrong with another secret, method, path or clock`, () => {
      const wrong = [
        checkSignature(request, { ...keys, apiSecret: `${keys.apiSecret} ` }, nowMs),
        checkSignature(request, { ...keys, apiKey: 'other' }, nowMs),
        checkSignature({ ...request, method: 'PUT' }, keys, nowMs),
        checkSignature({ ...request, path: `${request.path}/` }, keys, nowMs),
        checkSignature(request, keys, nowMs + 120_000),
        checkSignature(request, keys, nowMs - 120_000),
      ]
      expect(wrong.map(verdict => verdict.ok)).toEqual(wrong.map(() => false))
    })
    it(`${vector.name}: holds up to two minutes away from PayPay’s clock`, () => {
      expect(checkSignature(request, keys, nowMs + 119_999).ok).toBe(true)
      expect(checkSignature(request, keys, nowMs - 119_999).ok).toBe(true)
    })
  }
})

describe('the body and its Content-Type', () => {
  const body = '{"a" :1}'
  const by = { apiKey: 'k', apiSecret: 's', nonce: 'n', epochS: 1_700_000_000 }
  const keys = { apiKey: 'k', apiSecret: 's', merchantId: null }
  const verdict = (
    signedType: string,
    sentType: string | undefined,
    sentBody: string | null,
    signedBody = body,
  ) => {
    const signed = {
      method: 'POST',
      path: '/v2/codes',
      body: Buffer.from(signedBody),
      contentType: signedType,
    }
    const headers = { authorization: signature(signed, by), ...(sentType && { 'content-type': sentType }) }
    const sent = { method: 'POST', path: '/v2/codes', query: {}, headers }
    return checkSignature(
      { ...sent, body: sentBody === null ? null : Buffer.from(sentBody) },
      keys,
      by.epochS * 1_000,
    )
  }

  it('are taken as they came, whatever the type is called', () => {
    for (const type of [
      'application/json',
      'application/json;charset=UTF-8',
      'application/json;charset=UTF-8;',
    ])
      expect(verdict(type, type, body)).toMatchObject({ ok: true })
  })
  it('may not differ from what was signed, not by a space', () => {
    expect(verdict('application/json', 'application/json', '{"a":1}').ok).toBe(false)
    expect(verdict('application/json', 'application/json;charset=UTF-8', body).ok).toBe(false)
    expect(verdict('application/json', undefined, body).ok).toBe(false)
    expect(verdict('application/json', 'application/json', null).ok).toBe(false)
  })
  it('are “empty” without a body, whatever Content-Type is sent', () => {
    const authorization = signature({ method: 'GET', path: '/v2/x', body: null, contentType: '' }, by)
    for (const type of [undefined, 'empty', 'application/json;charset=UTF-8']) {
      const headers = { authorization, ...(type && { 'content-type': type }) }
      const request = { method: 'GET', path: '/v2/x', query: { paymentId: '1' }, headers }
      expect(checkSignature({ ...request, body: null }, keys, by.epochS * 1_000).ok).toBe(true)
      expect(checkSignature({ ...request, body: Buffer.alloc(0) }, keys, by.epochS * 1_000).ok).toBe(true)
    }
  })
})

describe('a request that may not come in', () => {
  it('hears UNAUTHORIZED and nothing else; the reason is in the request log', async () => {
    const till = new TestTill()
    const request = till.request('GET', '/v2/codes/payments/a')
    await till.pass(121_000)
    const late = await till.simulator.handle(request)
    expect(late).toMatchObject({ kind: 'answer', status: 401 })
    expect(JSON.parse(late.kind === 'answer' ? late.body : '')).toMatchObject({
      resultInfo: { code: 'UNAUTHORIZED', codeId: '08100016' },
      data: null,
    })
    expect(till.simulator.seen.at(-1)?.refusedBecause).toContain('121 s away')
    await till.simulator.handle({ ...request, headers: {} })
    expect(till.simulator.seen.at(-1)?.refusedBecause).toContain('no Authorization header')
    await till.simulator.handle({ ...request, headers: { authorization: 'hmac OPA-Auth:a:b:c' } })
    expect(till.simulator.seen.at(-1)?.refusedBecause).toContain('has not the form')
  })

  it('changes nothing', async () => {
    const till = new TestTill()
    const request = till.request('POST', '/v2/codes', '{}')
    await till.simulator.handle({ ...request, body: Buffer.from('{"merchantPaymentId":"a"}') })
    expect(till.simulator.codes()).toEqual([])
  })

  it('names another merchant, in the header or in the query, which wins', async () => {
    const till = new TestTill({ merchantId: 'M1' })
    const call = (header: string | null, query: Record<string, string>) => {
      const request = till.request('GET', '/v2/codes/payments/a', null, query)
      const headers = { ...request.headers, ...(header !== null && { 'x-assume-merchant': header }) }
      return till.simulator.handle({ ...request, headers })
    }
    expect(await call('M1', {})).toMatchObject({ status: 400 })
    expect(await call('M2', {})).toMatchObject({ status: 401 })
    expect(await call('M2', { assumeMerchant: 'M1' })).toMatchObject({ status: 400 })
    expect(await call('M1', { assumeMerchant: 'M2' })).toMatchObject({ status: 401 })
    expect(await call(null, {})).toMatchObject({ status: 400 })
    till.switch({ assumeMerchant: 'required' })
    expect(await call(null, {})).toMatchObject({ status: 401 })
    expect(await call('M1', {})).toMatchObject({ status: 400 })
  })

  it('repeats a nonce, where the switch refuses that, for four minutes', async () => {
    const till = new TestTill()
    const first = till.request('GET', '/v2/codes/payments/a')
    expect(await till.simulator.handle(first)).toMatchObject({ status: 400 })
    expect(await till.simulator.handle(first)).toMatchObject({ status: 400 })
    till.switch({ nonceReplay: 'refused' })
    expect(await till.simulator.handle(first)).toMatchObject({ status: 401 })
    expect(till.simulator.seen.at(-1)?.refusedBecause).toContain('nonce')
    const again = (nowMs: number) => {
      till.nowMs = nowMs
      const by = { apiKey: 'test-key', apiSecret: 'test-secret', nonce: 'nonce-1', epochS: nowMs / 1_000 }
      const signed = { method: 'GET', path: '/v2/codes/payments/a', body: null, contentType: '' }
      return till.simulator.handle({ ...first, headers: { authorization: signature(signed, by) } })
    }
    expect(await again(START_MS + 240_000)).toMatchObject({ status: 401 })
    expect(await again(START_MS + 241_000)).toMatchObject({ status: 400 })
  })
})
