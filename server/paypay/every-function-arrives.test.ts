import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '../../core/clock.ts'
import { httpTransport } from '../../core/paypay/http.ts'
import { type Opa, openOpa } from '../../core/paypay/opa/client.ts'
import { issueLinkToken, readLinkToken } from '../../core/paypay/opa/jwt.ts'
import { type FunctionName, functionNames } from '../../core/paypay/opa/table.ts'
import { scopes } from '../../core/paypay/wire.ts'
import { systemRandom } from '../../core/random.ts'
import { Secret } from '../../core/secret.ts'
import { type RunningSimulator, startSimulator } from '../../simulator/http.ts'

// Every function of our own client, once, signed and over TLS, against the simulator: the answer is read as what it is, and PayPay's
// book says the same. A new row of the table without a case here does not compile, and fails.

const keys = {
  apiKey: 'our-key',
  apiSecret: 'c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LTEyMzQ=',
  merchantId: 'M-1',
}
const tokenKeys = { apiSecret: new Secret(keys.apiSecret), merchantId: keys.merchantId }

let running: RunningSimulator
let opa: Opa
/** The consent of user-1, once it is given. */
let userAuthorizationId: string
beforeAll(async () => {
  running = await startSimulator({ port: 0, ...keys, tls: true, switches: { preauth: 'contracted' } })
  opa = openOpa({
    transport: httpTransport({ baseUrl: running.paypayUrl, ca: readFileSync(running.caFile ?? '', 'utf8') }),
    credentials: { ...keys, apiSecret: tokenKeys.apiSecret },
    clock: systemClock,
    nonce: () => systemRandom.word(8),
  })
})
afterAll(async () => {
  await opa.close()
  await running.close()
})

const yen = (amount: number) => ({ amount, currency: 'JPY' }) as const
const direct = (merchantPaymentId: string, amount: number) => ({
  merchantPaymentId,
  userAuthorizationId,
  amount: yen(amount),
})
const nowS = () => Math.floor(systemClock.nowMs() / 1000)
/** What PayPay's own book says of a payment. */
const inBook = (id: string) =>
  running.simulator.bookReport().payments.find(one => one.merchantPaymentId === id)
const balanceYen = () => running.simulator.users().find(({ id }) => id === 'user-1')?.balanceYen ?? 0
const paymentIdOf = (id: string): string => inBook(id)?.paymentId ?? ''
const done = (data: object, code = 'SUCCESS') => ({ ok: true, code, data })
const accepted = { ok: true, code: 'REQUEST_ACCEPTED' }

function answerOpenAsk(answer: 'accept' | 'refuse', userId: string | null = null): string {
  const askId = running.simulator.asks().find(ask => ask.isOpen)?.askId ?? ''
  return running.simulator.answer(askId, answer, userId).redirectUrl ?? ''
}

async function paidByCode(merchantPaymentId: string, amount: number, isAuthorization = false): Promise<void> {
  const made = await opa.createCode({ merchantPaymentId, amount: yen(amount), isAuthorization })
  if (!made.ok) throw new Error(made.failure.says)
  running.simulator.phone(made.data.codeId, 'approve')
}

/** In this order: later ones use what earlier ones have made. */
const cases: Readonly<Record<FunctionName, () => Promise<void>>> = {
  async createCode() {
    const made = await opa.createCode({ merchantPaymentId: 'q1', amount: yen(160), orderDescription: '緑茶' })
    expect(made).toMatchObject(done({ merchantPaymentId: 'q1', amount: yen(160) }))
    expect(running.simulator.codes()[0]).toMatchObject({ amount: 160, orderDescription: '緑茶', live: true })
  },
  async getPayment() {
    expect(await opa.getPayment({ merchantPaymentId: 'q1' })).toMatchObject(done({ status: 'CREATED' }))
    await paidByCode('q2', 300)
    expect(await opa.getPayment({ merchantPaymentId: 'q2' })).toMatchObject(
      done({ status: 'COMPLETED', amount: yen(300), paymentId: paymentIdOf('q2') }),
    )
  },
  async deleteCode() {
    const codeId = running.simulator.codes().find(one => one.merchantPaymentId === 'q1')?.codeId ?? ''
    expect(await opa.deleteCode({ codeId })).toMatchObject(done({ qrStatus: 'DELETED' }))
    expect(running.simulator.codes().find(one => one.codeId === codeId)).toMatchObject({ deleted: true })
  },
  async cancelPayment() {
    await paidByCode('q3', 90)
    expect(await opa.cancelPayment({ merchantPaymentId: 'q3' })).toMatchObject(accepted)
    expect(inBook('q3')).toMatchObject({ status: 'FAILED' })
  },
  async refundPayment() {
    const refund = { merchantRefundId: 'r1', paymentId: paymentIdOf('q2'), amount: yen(300) }
    expect(await opa.refundPayment(refund)).toMatchObject(done({ status: 'REFUNDED', ...refund }))
    expect(inBook('q2')).toMatchObject({ status: 'REFUNDED', refundedYen: 300 })
  },
  async getRefund() {
    const refund = { merchantRefundId: 'r1', paymentId: paymentIdOf('q2') }
    expect(await opa.getRefund(refund)).toMatchObject(done({ status: 'REFUNDED', amount: yen(300) }))
  },
  async capturePayment() {
    await paidByCode('a1', 500, true)
    const capture = { merchantPaymentId: 'a1', merchantCaptureId: 'a1-c1', orderDescription: '発送済み' }
    expect(inBook('a1')).toMatchObject({ status: 'AUTHORIZED', blockedYen: 500 })
    expect(await opa.capturePayment({ ...capture, amount: yen(450) })).toMatchObject(
      done({ status: 'COMPLETED', captures: { data: [{ amount: yen(450), status: 'COMPLETED' }] } }),
    )
    expect(inBook('a1')).toMatchObject({ status: 'COMPLETED', capturedYen: 450 })
  },
  async revertPayment() {
    await paidByCode('a2', 500, true)
    const revert = { merchantRevertId: 'a2-v1', paymentId: paymentIdOf('a2'), reason: '取消' }
    expect(await opa.revertPayment(revert)).toMatchObject(done({ status: 'CANCELED' }))
    expect(inBook('a2')).toMatchObject({ status: 'CANCELED' })
  },
  async reauthorizePayment() {
    await paidByCode('a3', 500, true)
    const lower = { requestId: 'a3-l', paymentId: paymentIdOf('a3'), updatedAmount: yen(400) }
    expect(await opa.reauthorizePayment(lower)).toMatchObject({ ok: true, code: 'SUCCESS' })
    expect(inBook('a3')).toMatchObject({ status: 'AUTHORIZED', blockedYen: 400 })
    const higher = {
      requestId: 'a3-h',
      paymentId: paymentIdOf('a3'),
      updatedAmount: yen(600),
      redirectUrl: 'https://shop.example/',
      redirectType: 'WEB_LINK',
      userAgent: 'test',
    } as const
    const asked = await opa.reauthorizePayment(higher)
    expect(asked).toMatchObject(done({ url: expect.any(String) }, 'USER_CONFIRMATION_REQUIRED'))
    answerOpenAsk('accept')
    expect(inBook('a3')).toMatchObject({ status: 'AUTHORIZED', blockedYen: 600 })
  },
  async createAccountLink() {
    const made = await opa.createAccountLink({
      scopes: [...scopes],
      nonce: 'n-1',
      redirectUrl: 'https://shop.example/linked',
      referenceId: 'user-7',
    })
    expect(made).toMatchObject(done({ linkQRCodeURL: expect.stringContaining('/wallet?ask=') }))
    const token = new URL(answerOpenAsk('accept', 'user-1')).searchParams.get('responseToken') ?? ''
    const linked = await readLinkToken(token, tokenKeys, { nonce: 'n-1', nowS: nowS() })
    expect(linked).toMatchObject({ ok: true, answer: { result: 'succeeded', referenceId: 'user-7' } })
    userAuthorizationId = running.simulator.users().find(({ id }) => id === 'user-1')?.consents[0]?.id ?? ''
  },
  async getUserAuthorization() {
    expect(await opa.getUserAuthorization({ userAuthorizationId })).toMatchObject(
      done({ status: 'ACTIVE', referenceIds: ['user-7'] }),
    )
  },
  async getUserProfile() {
    const profile = await opa.getUserProfile({ userAuthorizationId })
    expect(profile).toMatchObject(done({ phoneNumber: expect.stringMatching(/^\*{7}\d{4}$/) }))
  },
  async checkBalance() {
    const has = (amount: number) => opa.checkBalance({ userAuthorizationId, amount })
    expect(await has(balanceYen())).toMatchObject(done({ hasEnoughBalance: true }))
    expect(await has(balanceYen() + 1)).toMatchObject(done({ hasEnoughBalance: false }))
  },
  async getWalletBalance() {
    const balance = done({ userAuthorizationId, totalBalance: yen(balanceYen()) })
    expect(await opa.getWalletBalance({ userAuthorizationId })).toMatchObject(balance)
  },
  async getPaymentMethods() {
    const told = done({
      walletInfo: { userAuthorizationId, totalBalance: yen(balanceYen()) },
      paymentMethods: [
        {
          paymentMethodType: 'CREDIT_CARD',
          id: 'card-1',
          accountNo: '****6666',
          paymentMethodStatus: 'ACTIVATED',
        },
        { paymentMethodType: 'PAY_LATER_CC', id: 'later-1', paymentMethodStatus: 'ACTIVATED' },
      ],
    })
    expect(await opa.getPaymentMethods({ userAuthorizationId })).toMatchObject(told)
  },
  async createNativePayment() {
    const beforeYen = balanceYen()
    expect(await opa.createNativePayment(direct('p1', 200))).toMatchObject(done({ status: 'COMPLETED' }))
    const byCard = { ...direct('p2', 250), paymentMethodType: 'CREDIT_CARD', paymentMethodId: 'card-1' }
    expect(await opa.createNativePayment(byCard)).toMatchObject(
      done({ status: 'COMPLETED', paymentMethods: [{ amount: yen(250), type: 'CREDIT_CARD' }] }),
    )
    expect(balanceYen()).toBe(beforeYen - 200)
  },
  async getNativePayment() {
    const paid = done({ status: 'COMPLETED', amount: yen(200), userAuthorizationId })
    expect(await opa.getNativePayment({ merchantPaymentId: 'p1' })).toMatchObject(paid)
  },
  async authorizeNativePayment() {
    expect(await opa.authorizeNativePayment(direct('a4', 210))).toMatchObject(done({ status: 'AUTHORIZED' }))
    expect(inBook('a4')).toMatchObject({ status: 'AUTHORIZED', blockedYen: 210 })
  },
  async createContinuousPayment() {
    expect(await opa.createContinuousPayment(direct('s1', 220))).toMatchObject(done({ status: 'COMPLETED' }))
    expect(inBook('s1')).toMatchObject({ status: 'COMPLETED', amountYen: 220 })
  },
  async createPendingPayment() {
    const asked = done({ merchantPaymentId: 'w1', amount: yen(230) })
    expect(await opa.createPendingPayment(direct('w1', 230))).toMatchObject(asked)
  },
  async getPendingPayment() {
    const read = () => opa.getPendingPayment({ merchantPaymentId: 'w1' })
    expect(await read()).toMatchObject(done({ status: 'CREATED' }))
    running.simulator.answer('w1', 'accept')
    expect(await read()).toMatchObject(done({ status: 'COMPLETED' }))
    expect(inBook('w1')).toMatchObject({ status: 'COMPLETED', amountYen: 230 })
  },
  async cancelPendingPayment() {
    await opa.createPendingPayment(direct('w2', 240))
    expect(await opa.cancelPendingPayment({ merchantPaymentId: 'w2' })).toMatchObject(accepted)
    const cancelled = done({ status: 'CANCELED' })
    expect(await opa.getPendingPayment({ merchantPaymentId: 'w2' })).toMatchObject(cancelled)
  },
  async giveCashback() {
    const beforeYen = balanceYen()
    const gift = { merchantCashbackId: 'g1', userAuthorizationId, amount: yen(70) }
    expect(await opa.giveCashback(gift)).toMatchObject(accepted)
    expect(balanceYen()).toBe(beforeYen + 70)
  },
  async getCashback() {
    const given = done({ status: 'SUCCESS', amount: yen(70) })
    expect(await opa.getCashback({ merchantCashbackId: 'g1' })).toMatchObject(given)
  },
  async reverseCashback() {
    const beforeYen = balanceYen()
    const back = { merchantCashbackReversalId: 'g1-v', merchantCashbackId: 'g1', amount: yen(70) }
    expect(await opa.reverseCashback(back)).toMatchObject(accepted)
    expect(balanceYen()).toBe(beforeYen - 70)
  },
  async getCashbackReversal() {
    const ids = { merchantCashbackReversalId: 'g1-v', merchantCashbackId: 'g1' }
    expect(await opa.getCashbackReversal(ids)).toMatchObject(done({ status: 'SUCCESS', amount: yen(70) }))
  },
  async createTopupCode() {
    const made = await opa.createTopupCode({ merchantTopUpId: 't1', userAuthorizationId })
    expect(made).toMatchObject(done({ merchantTopUpId: 't1', codeId: expect.any(String) }))
  },
  async getTopup() {
    expect(await opa.getTopup({ merchantTopUpId: 't1' })).toMatchObject(done({ merchantTopUpId: 't1' }))
  },
  async deleteTopupCode() {
    const made = await opa.createTopupCode({ merchantTopUpId: 't2', userAuthorizationId })
    if (!made.ok) throw new Error(made.failure.says)
    expect(await opa.deleteTopupCode({ codeId: made.data.codeId })).toMatchObject({ ok: true })
    expect((await opa.deleteTopupCode({ codeId: '04-nobodys' })).ok).toBe(false)
  },
  // PayPay sends a browser on (302), and a program that follows nothing learns nothing: unknown, and never a success.
  async openWebAuthorization() {
    const wish = {
      issuer: 'shop',
      scopes: ['direct_debit'],
      nonce: 'n-2',
      redirectUrl: 'https://shop.example/',
      referenceId: 'user-8',
    } as const
    const requestToken = await issueLinkToken(wish, tokenKeys, nowS())
    const opened = await opa.openWebAuthorization({ apiKey: keys.apiKey, requestToken })
    expect(opened).toMatchObject({ ok: false, failure: { kind: 'unknown' }, evidence: { httpStatus: 302 } })
    expect(running.simulator.asks().some(ask => ask.isOpen)).toBe(true)
  },
  async getWebAuthorizationResult() {
    const responseToken = new URL(answerOpenAsk('refuse')).searchParams.get('responseToken') ?? ''
    const result = await opa.getWebAuthorizationResult({ apiKey: keys.apiKey, responseToken })
    expect(result).toMatchObject(done({ result: 'declined', nonce: 'n-2' }))
  },
  async unlinkUser() {
    expect(await opa.unlinkUser({ userAuthorizationId })).toMatchObject({ ok: true })
    const inactive = done({ status: 'INACTIVE' })
    expect(await opa.getUserAuthorization({ userAuthorizationId })).toMatchObject(inactive)
  },
}

it('has a case for each function, and none too many', () => {
  expect(Object.keys(cases).toSorted()).toEqual(functionNames.toSorted())
})

it.each(Object.entries(cases))('%s', async (_name, check) => {
  await check()
})

it('everything was let in, and in the merchant’s name', () => {
  const { seen } = running.simulator
  expect(seen.filter(({ refusedBecause }) => refusedBecause !== null)).toEqual([])
  expect(new Set(seen.map(({ headers }) => headers['x-assume-merchant']))).toEqual(new Set([keys.merchantId]))
})
