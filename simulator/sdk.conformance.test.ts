import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningSimulator, startSimulator } from './http.ts'
import { type SdkPeer, startSdk } from './sdkPeer.ts'

// PayPay's own Node SDK takes the simulator for PayPay.

const keys = { apiKey: 'sdk-key', apiSecret: 'sdk-secret', merchantId: 'M-1' }
let running: RunningSimulator
let sdk: SdkPeer
beforeAll(async () => {
  running = await startSimulator({ port: 0, ...keys, tls: true })
  sdk = await startSdk({ ...keys, paypayUrl: running.paypayUrl, caFile: running.caFile ?? '' })
})
afterAll(async () => {
  await sdk.close()
  await running.close()
})

const create = (merchantPaymentId: string) =>
  sdk.call('QRCodeCreate', {
    merchantPaymentId,
    amount: { amount: 1_240, currency: 'JPY' },
    codeType: 'ORDER_QR',
    orderDescription: '緑茶 600ml 🍵',
    isAuthorization: false,
  })

async function sell(merchantPaymentId: string): Promise<string> {
  const { BODY } = await create(merchantPaymentId)
  running.simulator.phone(String(BODY?.data?.codeId), 'approve')
  const details = await sdk.call('GetCodePaymentDetails', [merchantPaymentId])
  return String(details.BODY?.data?.paymentId)
}

describe('the official SDK', () => {
  it('creates, reads and deletes a code', async () => {
    const created = await create('order-1')
    expect(created).toMatchObject({
      STATUS: 201,
      BODY: {
        resultInfo: { code: 'SUCCESS' },
        data: { merchantPaymentId: 'order-1', orderDescription: '緑茶 600ml 🍵' },
      },
    })
    expect(await sdk.call('GetCodePaymentDetails', ['order-1'])).toMatchObject({
      STATUS: 200,
      BODY: { data: { status: 'CREATED' } },
    })
    expect(await sdk.call('GetPaymentDetails', ['order-1'])).toMatchObject({
      STATUS: 404,
      BODY: { resultInfo: { code: 'RESOURCE_NOT_FOUND' } },
    })
    expect(await sdk.call('QRCodeDelete', [created.BODY?.data?.codeId])).toMatchObject({
      STATUS: 200,
      BODY: { data: { qrStatus: 'DELETED' } },
    })
  })

  it('cancels a payment', async () => {
    await sell('order-2')
    expect(await sdk.call('PaymentCancel', ['order-2'])).toMatchObject({
      STATUS: 202,
      BODY: { resultInfo: { code: 'REQUEST_ACCEPTED' }, data: null },
    })
    expect((await sdk.call('GetCodePaymentDetails', ['order-2'])).BODY?.data).toMatchObject({
      status: 'FAILED',
    })
  })

  it('refunds, and reads a refund without the query', async () => {
    const paymentId = await sell('order-3')
    const amount = { amount: 1_240, currency: 'JPY' }
    const payload = { merchantRefundId: 'r-3', paymentId, amount, reason: '品切れ' }
    expect(await sdk.call('PaymentRefund', payload)).toMatchObject({
      STATUS: 200,
      BODY: { data: { status: 'REFUNDED', paymentId } },
    })
    expect(await sdk.call('GetRefundDetails', ['r-3'])).toMatchObject({
      STATUS: 200,
      BODY: { data: { merchantRefundId: 'r-3', amount } },
    })
  })

  it('sends what the request log says', () => {
    const entry = running.simulator.seen[0]
    expect(entry).toMatchObject({
      method: 'POST',
      path: '/v2/codes',
      headers: { 'content-type': 'application/json', 'x-assume-merchant': 'M-1' },
      status: 201,
    })
  })

  it('is refused with a wrong secret or merchant', async () => {
    for (const wrong of [{ apiSecret: 'wrong' }, { merchantId: 'M-2' }]) {
      const at = { paypayUrl: running.paypayUrl, caFile: running.caFile ?? '' }
      const stranger = await startSdk({ ...keys, ...at, ...wrong })
      expect(await stranger.call('GetCodePaymentDetails', ['order-1'])).toMatchObject({
        STATUS: 401,
        BODY: { resultInfo: { code: 'UNAUTHORIZED', codeId: '08100016' } },
      })
      await stranger.close()
    }
  })

  it('contacted nothing but loopback', () => {
    expect(sdk.contacted()).toEqual(['127.0.0.1'])
  })
})
