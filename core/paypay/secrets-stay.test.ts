import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { Secret } from '../secret.ts'
import { createPaypayClient } from './client.ts'
import type { WireAnswer, WireRequest } from './transport.ts'

// A secret that prints itself once, in any log, crash report or snapshot, is no secret any more (I15).
const VALUE = 'hunter2hunter2'
const secret = new Secret(VALUE)
const holder = { credentials: { apiSecret: secret } }

describe('a Secret', () => {
  it.each([
    ['String()', String(secret)],
    ['a template', `${secret}`],
    ['JSON', JSON.stringify(holder)],
    ['inspect', inspect(holder, { depth: 9, showHidden: true })],
    ['inspect of its own', inspect(secret, { showHidden: true })],
    ['an error with it', inspect(new Error('wrong', { cause: secret }))],
    ['its keys', JSON.stringify(Object.getOwnPropertyNames(secret))],
    ['a copy', JSON.stringify({ ...secret })],
  ])('does not print itself: %s', (_how, printed) => {
    expect(printed).not.toContain(VALUE)
  })

  it('prints as ***', () => {
    expect(`${secret} ${JSON.stringify(secret)} ${inspect(secret)}`).toBe('*** "***" ***')
  })

  it('is there where it is used', () => {
    expect(secret.reveal()).toBe(VALUE)
  })
})

describe('the client', () => {
  it.each<WireAnswer>([
    { kind: 'none', why: 'network', detail: 'ECONNRESET' },
    { kind: 'answer', status: 401, headers: {}, body: '{"resultInfo":{"code":"UNAUTHORIZED"}}' },
  ])('keeps secret and signature out of what it sends, answers and observes', async raw => {
    const seen: unknown[] = []
    let sent: WireRequest | null = null
    const client = createPaypayClient({
      transport: {
        async send(request) {
          sent = request
          return raw
        },
        async close() {},
      },
      credentials: { apiKey: 'key', apiSecret: secret },
      clock: systemClock,
      nonce: () => 'n0nce',
      observe: observed => seen.push(observed),
    })
    seen.push(await client.createCode({ merchantPaymentId: 'k-1', amountYen: 160 }))
    expect(inspect(sent, { depth: 9 })).not.toContain(VALUE)
    const told = inspect(seen, { depth: 9 })
    expect(told).not.toContain(VALUE)
    expect(told).not.toContain('OPA-Auth')
  })

  it('does not show a secret that it refuses', () => {
    const build = (apiSecret: string): unknown =>
      createPaypayClient({
        transport: { send: () => Promise.reject(new Error('not sent')), close: async () => {} },
        credentials: { apiKey: 'key', apiSecret: new Secret(apiSecret) },
        clock: systemClock,
        nonce: () => 'n',
      })
    expect(() => build(`${VALUE}\n`)).toThrow(/^The PayPay API secret must be one word\. Copy it again/)
    expect(() => build('')).toThrow('API secret')
  })
})
