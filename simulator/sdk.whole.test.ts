import sdk from '@paypayopa/paypayopa-sdk-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scopes } from '../core/paypay/wire.ts'
import { signedJwt } from './accounts/jwt.ts'
import { type RunningSimulator, startSimulator } from './http.ts'
import { yen } from './linkedTill.ts'
import { type SdkPeer, startSdk } from './sdkPeer.ts'

// Every function that PayPay's own Node SDK exports, called once against the simulator. A new one has no case, and fails.

const keys = { apiKey: 'sdk-key', apiSecret: 'sdk-secret', merchantId: 'M-1' }
let running: RunningSimulator
let peer: SdkPeer
/** The consent of user-1. */
let userAuthorizationId: string
beforeAll(async () => {
  const switches = { preauth: 'contracted' } as const
  running = await startSimulator({ port: 0, ...keys, tls: true, switches })
  peer = await startSdk({ ...keys, paypayUrl: running.paypayUrl, caFile: running.caFile ?? '' })
})
afterAll(async () => {
  await peer.close()
  await running.close()
})

const call = (name: string, ...args: unknown[]) => peer.call(name, ...args)
const said = (STATUS: number, data: unknown = expect.anything(), code = 'SUCCESS') => ({
  STATUS,
  BODY: { resultInfo: { code }, data },
})
const accepted = said(202, null, 'REQUEST_ACCEPTED')
const code = (merchantPaymentId: string, more: object = {}) =>
  call('QRCodeCreate', { merchantPaymentId, amount: yen(100), codeType: 'ORDER_QR', ...more })
const direct = (merchantPaymentId: string, amountYen: number) => ({
  merchantPaymentId,
  userAuthorizationId,
  amount: yen(amountYen),
})
const paymentIdOf = (answer: Awaited<ReturnType<SdkPeer['call']>>) => String(answer.BODY?.data?.paymentId)

async function authorized(id: string): Promise<string> {
  await code(id, { isAuthorization: true })
  running.simulator.phone(running.simulator.codes()[0]?.codeId ?? '', 'approve')
  return paymentIdOf(await call('GetCodePaymentDetails', [id]))
}

/** In this order: later ones use what earlier ones have made. */
const cases: Readonly<Record<string, () => Promise<void>>> = {
  async PayPayRestSDK() {
    // The class behind the rest: the methods that are exported are all that it has.
    const methods = Object.entries(new sdk.PayPayRestSDK()).filter(([, one]) => typeof one === 'function')
    const inner = ['createAuthHeader', 'paypaySetupOptions', 'getEndpoint', 'invokeMethod']
    const exported = Object.keys(sdk).filter(name => !['Conf', 'PayPayRestSDK'].includes(name))
    expect(methods.map(([name]) => name).filter(name => !inner.includes(name))).toHaveLength(exported.length)
  },
  async QRCodeCreate() {
    expect(await code('q1')).toMatchObject(said(201, { merchantPaymentId: 'q1' }))
  },
  async GetCodePaymentDetails() {
    expect(await call('GetCodePaymentDetails', ['q1'])).toMatchObject(said(200, { status: 'CREATED' }))
  },
  // The peer has called these two before anything else: what was asked has reached the simulator, and in the merchant's name.
  async Conf() {
    expect(peer.contacted()).toEqual(['127.0.0.1'])
  },
  async Configure() {
    expect(running.simulator.seen[0]?.headers).toMatchObject({ 'x-assume-merchant': keys.merchantId })
  },
  async QRCodeDelete() {
    const codeId = running.simulator.codes()[0]?.codeId
    expect(await call('QRCodeDelete', [codeId])).toMatchObject(said(200, { qrStatus: 'DELETED' }))
  },
  async AccountLinkQRCodeCreate() {
    const wish = { scopes, nonce: 'n-1', redirectUrl: 'https://shop.example/', referenceId: 'ref-1' }
    const answer = await call('AccountLinkQRCodeCreate', wish)
    expect(answer).toMatchObject(said(201))
    expect(String(answer.BODY?.data?.linkQRCodeURL)).toContain(`${running.phoneUrl}/wallet?ask=`)
  },
  async ValidateJWT() {
    const askId = running.simulator.asks()[0]?.askId ?? ''
    const { redirectUrl } = running.simulator.answer(askId, 'accept', 'user-1')
    const token = new URL(redirectUrl ?? '').searchParams.get('responseToken') ?? ''
    const claims = sdk.ValidateJWT(token, keys.apiSecret) as { userAuthorizationId: string }
    expect(claims).toMatchObject({ result: 'succeeded', nonce: 'n-1', aud: 'M-1' })
    expect(() => sdk.ValidateJWT(token, 'another-secret')).toThrow('invalid signature')
    userAuthorizationId = claims.userAuthorizationId
  },
  async GetUserAuthorizationStatus() {
    const answer = await call('GetUserAuthorizationStatus', [userAuthorizationId])
    expect(answer).toMatchObject(said(200, { status: 'ACTIVE', referenceIds: ['ref-1'], scopes }))
  },
  async CheckUserWalletBalance() {
    const has = (amount: number) => call('CheckUserWalletBalance', [userAuthorizationId, amount, 'JPY'])
    expect(await has(100_000)).toMatchObject(said(200, { hasEnoughBalance: true }))
    expect(await has(100_001)).toMatchObject(said(200, { hasEnoughBalance: false }))
  },
  async CreatePayment() {
    expect(await call('CreatePayment', direct('p1', 200))).toMatchObject(
      said(201, { status: 'COMPLETED', userAuthorizationId }),
    )
    // As in its README: suspected, then agreed to.
    const suspected = await call('CreatePayment', direct('p2', 200))
    expect(suspected).toMatchObject(said(400, null, 'SUSPECTED_DUPLICATE_PAYMENT'))
    expect(suspected.BODY?.resultInfo.codeId).toBe('00200017')
    expect(await call('CreatePayment', direct('p2', 200), true)).toMatchObject(said(201))
  },
  async GetPaymentDetails() {
    expect(await call('GetPaymentDetails', ['p1'])).toMatchObject(said(200, { status: 'COMPLETED' }))
    expect(await call('GetPaymentDetails', ['q1'])).toMatchObject(said(404, null, 'RESOURCE_NOT_FOUND'))
  },
  async PaymentCancel() {
    expect(await call('PaymentCancel', ['p2'])).toMatchObject(accepted)
    expect(await call('GetPaymentDetails', ['p2'])).toMatchObject(said(200, { status: 'FAILED' }))
  },
  async PaymentRefund() {
    const paymentId = paymentIdOf(await call('GetPaymentDetails', ['p1']))
    const refund = { merchantRefundId: 'r1', paymentId, amount: yen(200), reason: 'x' }
    expect(await call('PaymentRefund', refund)).toMatchObject(said(200, { status: 'REFUNDED' }))
  },
  async GetRefundDetails() {
    expect(await call('GetRefundDetails', ['r1'])).toMatchObject(said(200, { merchantRefundId: 'r1' }))
  },
  async PaymentPreauthorize() {
    expect(await call('PaymentPreauthorize', direct('a1', 300))).toMatchObject(
      said(201, { status: 'AUTHORIZED' }),
    )
    expect(await call('PaymentPreauthorize', direct('a2', 300))).toMatchObject(
      said(400, null, 'SUSPECTED_DUPLICATE_PAYMENT'),
    )
  },
  async PaymentAuthCapture() {
    const capture = (amountYen: number) => ({
      merchantPaymentId: 'a1',
      amount: yen(amountYen),
      merchantCaptureId: `c-${amountYen}`,
      orderDescription: 'x',
    })
    const asked = await call('PaymentAuthCapture', capture(400))
    expect(asked).toMatchObject(said(202, null, 'USER_CONFIRMATION_REQUIRED'))
    running.simulator.answer(running.simulator.asks().find(ask => ask.isOpen)?.askId ?? '', 'refuse')
    expect(await call('PaymentAuthCapture', capture(300))).toMatchObject(
      said(200, { status: 'COMPLETED', captures: { data: [{ status: 'COMPLETED' }] } }),
    )
  },
  async PaymentAuthRevert() {
    const paymentId = await authorized('a3')
    const revert = { merchantRevertId: 'v1', paymentId, reason: 'x' }
    expect(await call('PaymentAuthRevert', revert)).toMatchObject(said(200, { status: 'CANCELED' }))
  },
  async CreateSubscriptionPayment() {
    expect(await call('CreateSubscriptionPayment', direct('s1', 500))).toMatchObject(
      said(201, { status: 'COMPLETED' }),
    )
  },
  async CreatePendingPayment() {
    const answer = await call('CreatePendingPayment', direct('w1', 600))
    expect(answer).toMatchObject(said(201, { merchantPaymentId: 'w1', userAuthorizationId }))
  },
  async GetPendingPaymentDetails() {
    expect(await call('GetPendingPaymentDetails', ['w1'])).toMatchObject(said(200, { status: 'CREATED' }))
    running.simulator.answer('w1', 'accept')
    expect(await call('GetPendingPaymentDetails', ['w1'])).toMatchObject(said(200, { status: 'COMPLETED' }))
  },
  async RefundPendingPayment() {
    const paymentId = paymentIdOf(await call('GetPendingPaymentDetails', ['w1']))
    const refund = { merchantRefundId: 'r2', paymentId, amount: yen(600) }
    expect(await call('RefundPendingPayment', refund)).toMatchObject(said(200, { paymentId }))
  },
  async CancelPendingOrder() {
    await call('CreatePendingPayment', direct('w2', 600))
    expect(await call('CancelPendingOrder', ['w2'])).toMatchObject(accepted)
    expect(await call('GetPendingPaymentDetails', ['w2'])).toMatchObject(said(200, { status: 'CANCELED' }))
  },
  async CashBack() {
    const cashback = { merchantCashbackId: 'cb1', userAuthorizationId, amount: yen(70) }
    expect(await call('CashBack', cashback)).toMatchObject(accepted)
  },
  async CheckCashBackDetails() {
    expect(await call('CheckCashBackDetails', ['cb1'])).toMatchObject(said(200, { status: 'SUCCESS' }))
  },
  async ReversalCashBack() {
    const reversal = { merchantCashbackReversalId: 'rv1', merchantCashbackId: 'cb1', amount: yen(70) }
    expect(await call('ReversalCashBack', reversal)).toMatchObject(accepted)
  },
  async CheckCashBackReversalDetails() {
    const answer = await call('CheckCashBackReversalDetails', ['rv1', 'cb1'])
    expect(answer).toMatchObject(said(200, { status: 'SUCCESS', merchantCashbackReversalId: 'rv1' }))
  },
  async Authorization() {
    const exp = Math.floor(Date.now() / 1_000) + 300
    const wish = {
      iss: 'shop',
      exp,
      scope: 'direct_debit',
      nonce: 'n',
      redirectUrl: 'https://shop.example/',
      referenceId: 'r',
    }
    const token = signedJwt(wish, keys.apiSecret)
    expect((await call('Authorization', [keys.apiKey, token])).STATUS).toBe(302)
  },
  async AuthorizationResult() {
    const token = signedJwt(
      { exp: Math.floor(Date.now() / 1_000) + 300, result: 'succeeded' },
      keys.apiSecret,
    )
    expect(await call('AuthorizationResult', [keys.apiKey, token])).toMatchObject(
      said(200, { result: 'succeeded' }),
    )
  },
  async UnlinkUser() {
    expect(await call('UnlinkUser', [userAuthorizationId])).toMatchObject(said(200, {}, 'REQUEST_ACCEPTED'))
    expect(await call('CreatePayment', direct('p9', 1))).toMatchObject(
      said(401, null, 'INVALID_USER_AUTHORIZATION_ID'),
    )
  },
}

describe('the official SDK, function by function', () => {
  it('has a case for each, and no case too many', () => {
    expect(Object.keys(cases).toSorted()).toEqual(Object.keys(sdk).toSorted())
  })

  it.each(Object.entries(cases))('%s', async (_name, check) => {
    await check()
  })

  it('is let in with everything it has sent, and has sent it to this machine alone', () => {
    expect(running.simulator.seen.filter(entry => entry.refusedBecause !== null)).toEqual([])
    expect(peer.contacted()).toEqual(['127.0.0.1'])
  })
})
