import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '../core/clock.ts'
import { createPaypayClient } from '../core/paypay/client.ts'
import { httpTransport } from '../core/paypay/http.ts'
import { Secret } from '../core/secret.ts'
import { type RunningSimulator, startSimulator } from '../simulator/http.ts'
import { type SdkPeer, startSdk } from '../simulator/sdkPeer.ts'
import type { SeenRequest } from '../simulator/simulator.ts'

// Our client beside PayPay's own Node SDK: for the same wish both send the same request. That the SDK takes the simulator
// for PayPay is shown in simulator/sdk.conformance.test.ts.

const keys = { apiKey: 'key', apiSecret: 'secret' }
const order = { merchantPaymentId: 'order-1', orderDescription: '緑茶' }
const refund = { merchantRefundId: 'refund-1', paymentId: '01234567890123456789', reason: 'test' }
const amountYen = 160

let paypay: RunningSimulator
let caFile: string
let sdk: SdkPeer
beforeAll(async () => {
  paypay = await startSimulator({ port: 0, ...keys, tls: true })
  caFile = paypay.caFile ?? ''
  sdk = await startSdk({ ...keys, paypayUrl: paypay.paypayUrl, caFile })
}, 40_000)
afterAll(async () => {
  await sdk.close()
  await paypay.close()
})

/** The shape of what PayPay was sent meanwhile: ids that PayPay draws differ from code to code. */
async function sent(asking: () => Promise<void>): Promise<unknown[]> {
  const before = paypay.simulator.seen.length
  await asking()
  return paypay.simulator.seen.slice(before).map(({ method, path, headers, body }: SeenRequest) => ({
    method,
    path: path.replace(/(?<=^\/v2\/codes\/)(?!payments\/).+/, 'CODE'),
    contentType: headers['content-type'],
    fields: typeof body === 'object' && body !== null ? Object.keys(body).toSorted() : body,
  }))
}

it('our client sends the SDK’s method, path, content type and body fields for the same wish', async () => {
  const theirs = await sent(async () => {
    const amount = { amount: amountYen, currency: 'JPY' }
    const { BODY } = await sdk.call('QRCodeCreate', {
      ...order,
      amount,
      codeType: 'ORDER_QR',
      isAuthorization: false,
    })
    await sdk.call('GetCodePaymentDetails', [order.merchantPaymentId])
    await sdk.call('QRCodeDelete', [BODY?.data?.codeId])
    await sdk.call('PaymentCancel', [order.merchantPaymentId])
    await sdk.call('PaymentRefund', { ...refund, amount })
    await sdk.call('GetRefundDetails', [refund.merchantRefundId])
  })
  const ours = await sent(async () => {
    const client = createPaypayClient({
      transport: httpTransport({ baseUrl: paypay.paypayUrl, ca: readFileSync(caFile, 'utf8') }),
      credentials: { apiKey: keys.apiKey, apiSecret: new Secret(keys.apiSecret) },
      clock: systemClock,
      nonce: () => 'n',
    })
    // The SDK has used the id, so PayPay makes no second code; what is sent is what counts here.
    await client.createCode({ ...order, amountYen })
    await client.getPayment({ merchantPaymentId: order.merchantPaymentId, amountYen })
    await client.deleteCode({ codeId: '04-nobodys' })
    await client.cancelPayment({ merchantPaymentId: order.merchantPaymentId })
    await client.refundPayment({ ...refund, amountYen })
    await client.getRefund({ ...refund, amountYen })
    await client.close()
  })
  expect(ours).toHaveLength(6)
  expect(ours).toEqual(theirs)
})
