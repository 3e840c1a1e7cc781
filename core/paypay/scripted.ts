import type { Clock } from '../clock.ts'
import { Secret } from '../secret.ts'
import type { Answer, AnswerObserver, KnownValue, PaypayClient } from './calls.ts'
import { createPaypayClient, type PaypayClientOptions } from './client.ts'
import type { Transport, WireAnswer, WireRequest } from './transport.ts'
import { type EndpointName, endpoints } from './wire.ts'

/** For tests: a network that answers what it is told to, and a clock that only the test turns. */
export class Scripted implements Transport, Clock {
  readonly sent: WireRequest[] = []
  readonly observed: Parameters<AnswerObserver>[0][] = []
  answer: WireAnswer = { kind: 'none', why: 'network', detail: 'nothing was scripted' }
  /** How long every answer takes. */
  takesMs = 0
  wallMs = 1_700_000_000_000
  monotonic = 5_000
  closed = false

  async send(request: WireRequest): Promise<WireAnswer> {
    this.sent.push(request)
    this.turn(this.takesMs)
    return this.answer
  }

  turn(byMs: number): void {
    this.wallMs += byMs
    this.monotonic += byMs
  }

  nowMs(): number {
    return this.wallMs
  }

  monotonicMs(): number {
    return this.monotonic
  }

  after(): () => void {
    throw new Error('a call to PayPay sets no timer')
  }

  async close(): Promise<void> {
    this.closed = true
  }

  client(credentials: Partial<PaypayClientOptions['credentials']> = {}): PaypayClient {
    let nonces = 0
    return createPaypayClient({
      transport: this,
      clock: this,
      credentials: { apiKey: 'test-key', apiSecret: new Secret('test-secret'), ...credentials },
      nonce: () => `nonce${++nonces}`,
      observe: observed => this.observed.push(observed),
    })
  }

  /** Makes one call of each kind with `ours`, and answers it with this. */
  ask(
    api: EndpointName,
    status: number,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<KnownValue>> {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    this.answer = { kind: 'answer', status, headers, body: text }
    return callWithOurs(this.client(), api)
  }
}

/** What our calls are about. */
export const ours = {
  merchantPaymentId: 'kiosk-0001',
  merchantRefundId: 'kiosk-0001-r1',
  paymentId: '03930495384927838208',
  codeId: '04-jT9F6LVcDfx5fMbj',
  amountYen: 160,
} as const

export const everyApi = Object.keys(endpoints) as EndpointName[]

export function callWithOurs(client: PaypayClient, api: EndpointName): Promise<Answer<KnownValue>> {
  const { merchantPaymentId, merchantRefundId, paymentId, codeId, amountYen } = ours
  switch (api) {
    case 'createCode':
      return client.createCode({ merchantPaymentId, amountYen, orderDescription: '緑茶 🍵' })
    case 'getPayment':
      return client.getPayment({ merchantPaymentId, amountYen })
    case 'deleteCode':
      return client.deleteCode({ codeId })
    case 'cancelPayment':
      return client.cancelPayment({ merchantPaymentId })
    case 'refundPayment':
      return client.refundPayment({ merchantRefundId, paymentId, amountYen, reason: 'VEND_FAILED' })
    case 'getRefund':
      return client.getRefund({ merchantRefundId, paymentId, amountYen })
    default:
      return api satisfies never
  }
}

const amount = { amount: ours.amountYen, currency: 'JPY' }
const refund = {
  status: 'CREATED',
  acceptedAt: 1_700_000_100,
  merchantRefundId: ours.merchantRefundId,
  paymentId: ours.paymentId,
  amount,
  requestedAt: 1_700_000_099,
  reason: 'VEND_FAILED',
  assumeMerchant: '1',
}

/** PayPay's answer to each of our calls when all is well; `data` and its status. */
export const good: Readonly<Record<EndpointName, { status: number; code: string; data: object | null }>> = {
  createCode: {
    status: 201,
    code: 'SUCCESS',
    data: {
      codeId: ours.codeId,
      url: 'https://qr-stg.sandbox.paypay.ne.jp/28180104jT9F6LVcDfx5fMbj',
      deeplink:
        'paypay://payment?link_key=https%3A%2F%2Fqr-stg.sandbox.paypay.ne.jp%2F28180104jT9F6LVcDfx5fMbj',
      expiryDate: 1_700_000_300,
      merchantPaymentId: ours.merchantPaymentId,
      amount,
      codeType: 'ORDER_QR',
      requestedAt: 1_700_000_000,
      isAuthorization: false,
    },
  },
  getPayment: {
    status: 200,
    code: 'SUCCESS',
    data: {
      status: 'COMPLETED',
      paymentId: ours.paymentId,
      acceptedAt: 1_700_000_042,
      merchantPaymentId: ours.merchantPaymentId,
      amount,
      refunds: null,
      captures: null,
      revert: null,
      requestedAt: 1_700_000_000,
      expiresAt: null,
      canceledAt: null,
    },
  },
  deleteCode: { status: 200, code: 'SUCCESS', data: { qrStatus: 'DELETED' } },
  cancelPayment: { status: 202, code: 'REQUEST_ACCEPTED', data: null },
  refundPayment: { status: 200, code: 'SUCCESS', data: refund },
  getRefund: { status: 200, code: 'SUCCESS', data: { ...refund, status: 'REFUNDED' } },
}

export function envelopeOf(code: string, data: unknown = null): object {
  return { resultInfo: { code, message: `${code} | [OPA1D06]`, codeId: '08100001' }, data }
}
