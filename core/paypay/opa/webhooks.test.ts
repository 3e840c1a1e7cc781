import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFromPaypay, webhookSources } from './sources.ts'
import { readWebhook } from './webhooks.ts'

// Anybody can post to a shop's address, so an event is believed in nothing: it may only start a read.

const transaction = {
  notification_type: 'Transaction',
  merchant_id: '1234',
  store_id: 'S1',
  pos_id: 'till-1',
  order_id: '01234567890123456789',
  merchant_order_id: 'order-1',
  authorized_at: null,
  expires_at: null,
  paid_at: '2026-11-24T02:17:42Z',
  order_amount: '160',
  state: 'COMPLETED',
}
const read = (event: object) => readWebhook(JSON.stringify(event))

describe('an event leads to a read', () => {
  it('of the payment', () => {
    expect(read(transaction)).toMatchObject({
      ok: true,
      event: { kind: 'transaction', state: 'COMPLETED' },
      reads: { call: 'getPayment', merchantPaymentId: 'order-1' },
    })
    expect(read({ ...transaction, merchant_order_id: '' })).toMatchObject({ reads: { call: 'nothing' } })
  })

  it.each(['succeeded', 'failed', 'revoked', 'extended', 'canceled'])('of the link that %s', what => {
    const event = { notification_type: `customer.authroization.${what}`, notification_id: 'n1' }
    expect(read({ ...event, userAuthorizationId: 'u1' })).toMatchObject({
      ok: true,
      event: { kind: 'customer' },
      reads: { call: 'getUserAuthorization', userAuthorizationId: 'u1' },
      dedupeKey: `customer.authroization.${what}|n1`,
    })
    expect(read(event)).toMatchObject({ reads: { call: 'nothing' } })
  })

  it('of the file, over HTTPS alone', () => {
    const event = {
      notification_type: 'file.created',
      notification_id: 'n2',
      fileType: 'transaction_recon',
      path: 'https://files.example/x.csv',
      requestedAt: 1_700_000_000,
    }
    expect(read(event)).toMatchObject({ reads: { call: 'download', url: event.path } })
    expect(read({ ...event, path: 'file:///etc/passwd' })).toMatchObject({ reads: { call: 'nothing' } })
  })
})

it('knows a repetition of an event, and another event about the same payment', () => {
  const key = (event: object): string => {
    const told = read(event)
    return told.ok ? told.dedupeKey : ''
  }
  expect(key(transaction)).toBe(key({ ...transaction, paid_at: '2026-11-24T02:17:43Z' }))
  const others = [
    { ...transaction, state: 'FAILED' },
    { ...transaction, order_id: '2' },
    { ...transaction, reauth_request_id: 'r1' },
  ]
  expect(new Set([transaction, ...others].map(key)).size).toBe(4)
})

it.each([
  ['no JSON', 'x'],
  ['the right spelling, which is not PayPay’s', '{"notification_type":"customer.authorization.succeeded"}'],
  ['a state that PayPay does not know', JSON.stringify({ ...transaction, state: 'PAID' })],
  ['no id of a payment', JSON.stringify({ ...transaction, order_id: undefined })],
])('does nothing about %s', (_, body) => {
  expect(readWebhook(body)).toMatchObject({ ok: false, says: expect.stringContaining('Nothing is done') })
})

it('never throws, whatever is posted', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), body => typeof readWebhook(body).ok === 'boolean'))
})

it('takes a connection from PayPay’s addresses alone', () => {
  for (const address of webhookSources.PROD) {
    expect(isFromPaypay(address)).toBe(true)
    expect(isFromPaypay(`::ffff:${address}`)).toBe(true)
    expect(isFromPaypay(address, webhookSources.STAGING)).toBe(false)
  }
  for (const address of ['127.0.0.1', '52.68.128.9', '::1', '', 'localhost', '52.68.128.8, 1.2.3.4'])
    expect(isFromPaypay(address)).toBe(false)
})
