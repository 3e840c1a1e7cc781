import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readJwt, signedJwt } from '../accounts/jwt.ts'
import { openStateFile } from '../stateFile.ts'
import { START_MS, TestTill } from '../testTill.ts'

// Users who are linked with the merchant: linking, paying without a code, requests for money, balances, and who may not.

const SECRET = 'test-secret'
const yen = (amount: number) => ({ amount, currency: 'JPY' })
const scopes = [
  'direct_debit',
  'preauth_capture_native',
  'continuous_payments',
  'pending_payments',
  'get_balance',
]

class Shop extends TestTill {
  wish(more: object = {}) {
    return this.post('/v1/qr/sessions', {
      scopes,
      nonce: 'n-1',
      redirectUrl: 'https://shop.example/back?x=1',
      referenceId: 'ref-1',
      ...more,
    })
  }

  openAsk(): string {
    return this.simulator.asks().find(ask => ask.isOpen)?.askId ?? ''
  }

  claimsOf(redirectUrl: string | null | undefined) {
    const token = new URL(redirectUrl ?? '').searchParams.get('responseToken') ?? ''
    return readJwt(token, SECRET, this.nowMs)
  }

  async link(userId = 'user-1', more: object = {}): Promise<string> {
    await this.wish(more)
    const { redirectUrl } = this.simulator.answer(this.openAsk(), 'accept', userId)
    return String(this.claimsOf(redirectUrl)?.userAuthorizationId)
  }

  pay(
    merchantPaymentId: string,
    userAuthorizationId: string,
    amountYen: number,
    path = '/v2/payments',
    query = {},
  ) {
    const body = {
      merchantPaymentId,
      userAuthorizationId,
      amount: yen(amountYen),
      orderDescription: '定期便',
    }
    return this.call('POST', path, JSON.stringify(body), query)
  }

  balance(userId = 'user-1') {
    return this.simulator.users().find(user => user.id === userId)?.balanceYen
  }
}

let shop: Shop
beforeEach(() => {
  shop = new Shop()
})

describe('an account link', () => {
  it('sends the browser back with what PayPay has signed, and the consent is there', async () => {
    expect(await shop.wish()).toMatchObject({
      status: 201,
      data: { linkQRCodeURL: expect.stringContaining('wallet?ask=') },
    })
    const askId = shop.openAsk()
    expect(shop.simulator.answer(askId, 'accept')).toMatchObject({ done: false, outcome: 'unknownUser' })
    const { redirectUrl } = shop.simulator.answer(askId, 'accept', 'user-1')
    expect(redirectUrl).toMatch(/^https:\/\/shop\.example\/back\?x=1&apiKey=test-key&responseToken=/)
    const claims = shop.claimsOf(redirectUrl)
    expect(claims).toMatchObject({
      iss: 'paypay.ne.jp',
      result: 'succeeded',
      profileIdentifier: '*******0001',
      nonce: 'n-1',
      referenceId: 'ref-1',
    })
    const id = String(claims?.userAuthorizationId)
    const query = { userAuthorizationId: id }
    expect((await shop.call('GET', '/v2/user/authorizations', null, query)).data).toEqual({
      userAuthorizationId: id,
      referenceIds: ['ref-1'],
      status: 'ACTIVE',
      scopes,
      expireAt: START_MS / 1_000 + 31_536_000,
      issuedAt: START_MS / 1_000,
    })
    expect((await shop.call('GET', '/v2/user/profile/secure', null, query)).data).toEqual({
      phoneNumber: '*******0001',
    })
    expect(shop.simulator.answer(askId, 'accept', 'user-2')).toMatchObject({ outcome: 'askIsOver' })
  })

  it('declined, or never answered, leaves no consent', async () => {
    await shop.wish()
    const declined = shop.simulator.answer(shop.openAsk(), 'refuse')
    expect(shop.claimsOf(declined.redirectUrl)).toMatchObject({ result: 'declined', nonce: 'n-1' })
    await shop.wish()
    const askId = shop.openAsk()
    await shop.pass(300_000)
    expect(shop.simulator.answer(askId, 'accept', 'user-1')).toMatchObject({ outcome: 'askIsOver' })
    expect(shop.simulator.users().flatMap(user => user.consents)).toEqual([])
  })

  it('a second time keeps the id and adds the reference, or makes another', async () => {
    const id = await shop.link()
    expect(await shop.link('user-1', { referenceId: 'ref-2' })).toBe(id)
    expect(shop.simulator.users()[0]?.consents[0]?.referenceIds).toEqual(['ref-1', 'ref-2'])
    shop.switch({ relink: 'newId' })
    expect(await shop.link()).not.toBe(id)
  })

  it.each([
    [{ scopes: undefined }, 'MISSING_REQUEST_PARAMS'],
    [{ nonce: undefined }, 'MISSING_REQUEST_PARAMS'],
    [{ scopes: ['everything'] }, 'INVALID_REQUEST_PARAMS'],
    [{ scopes: [] }, 'INVALID_REQUEST_PARAMS'],
    [{ redirectUrl: 'http://shop.example/' }, 'INVALID_REQUEST_PARAMS'],
    [{ redirectUrl: 'shop.example/path' }, 'INVALID_REQUEST_PARAMS'],
  ])('with %j: %s', async (change, code) => {
    expect(await shop.wish(change)).toMatchObject({ status: 400, code })
  })

  it('leads back to this machine, unless the switch says otherwise', async () => {
    const here = { redirectUrl: 'http://127.0.0.1:8080/back' }
    expect((await shop.wish(here)).status).toBe(201)
    shop.switch({ redirectUrl: 'httpsOnly' })
    expect((await shop.wish(here)).status).toBe(400)
  })

  it('the older way: a token that the merchant has signed leads to the page', async () => {
    const exp = START_MS / 1_000 + 300
    const wish = {
      iss: 'shop',
      exp,
      scope: 'direct_debit',
      nonce: 'n',
      redirectUrl: 'https://shop.example/',
      referenceId: 'r',
    }
    const ask = (requestToken: string) =>
      shop.call('GET', '/v2/user_authorization', null, { apiKey: 'test-key', requestToken })
    const answer = await ask(signedJwt(wish, SECRET))
    expect(answer).toMatchObject({
      status: 302,
      headers: { location: expect.stringContaining('wallet?ask=') },
    })
    expect(shop.openAsk()).not.toBe('')
    expect(await ask(signedJwt(wish, 'another'))).toMatchObject({ status: 400 })
    expect(await ask(signedJwt({ ...wish, exp: START_MS / 1_000 }, SECRET))).toMatchObject({ status: 400 })
    shop.switch({ legacyAuthorization: 'gone' })
    expect(await ask(signedJwt(wish, SECRET))).toMatchObject({ status: 404 })
  })
})

describe('a consent', () => {
  it('ends when the merchant or the user takes it back, or with its time', async () => {
    const id = await shop.link()
    expect(await shop.call('DELETE', `/v2/user/authorizations/${id}`)).toMatchObject({ status: 200 })
    const invalid = { status: 401, code: 'INVALID_USER_AUTHORIZATION_ID' }
    expect(await shop.pay('a', id, 1)).toMatchObject(invalid)
    expect(await shop.pay('a', 'nonesuch', 1)).toMatchObject(invalid)
    const other = await shop.link()
    expect(shop.simulator.changeConsent(other, 'revoke')).toBe(true)
    expect(await shop.pay('a', other, 1)).toMatchObject(invalid)
    const third = await shop.link()
    await shop.pass(31_536_000_000)
    expect(await shop.pay('a', third, 1)).toMatchObject({
      status: 401,
      code: 'EXPIRED_USER_AUTHORIZATION_ID',
    })
    shop.simulator.changeConsent(third, 'extend')
    expect(await shop.pay('a', third, 1)).toMatchObject({ status: 201 })
  })

  it('holds for what it was given for, and for an account that is there', async () => {
    const id = await shop.link('user-1', { scopes: ['direct_debit'] })
    const outOfScope = { status: 401, resultInfo: { code: 'OP_OUT_OF_SCOPE', codeId: '08100023' } }
    expect(await shop.pay('a', id, 1, '/v1/subscription/payments')).toMatchObject(outOfScope)
    const paid = await shop.pay('a', id, 100)
    shop.simulator.setUser('user-1', { state: 'INACTIVE' })
    const inactive = { status: 401, code: 'USER_STATE_IS_NOT_ACTIVE' }
    expect(await shop.pay('b', id, 1)).toMatchObject(inactive)
    expect(await shop.refund('r', String(paid.data?.paymentId), 100)).toMatchObject(inactive)
    shop.simulator.setUser('user-1', { state: 'CANCELED' })
    expect(await shop.refund('r', String(paid.data?.paymentId), 100)).toMatchObject({ code: 'CANCELED_USER' })
    shop.switch({ accounts: 'notContracted' })
    expect(await shop.pay('c', id, 1)).toMatchObject(outOfScope)
  })
})

describe('a payment without a code', () => {
  it('takes the money at once, and all the rest works as with a code', async () => {
    const id = await shop.link()
    const answer = await shop.pay('a', id, 3_000)
    expect(answer).toMatchObject({
      status: 201,
      data: { status: 'COMPLETED', merchantPaymentId: 'a', userAuthorizationId: id, amount: yen(3_000) },
    })
    expect(shop.balance()).toBe(97_000)
    expect((await shop.call('GET', '/v2/payments/a')).data).toEqual(answer.data)
    expect((await shop.pay('a', id, 9)).data).toEqual(answer.data)
    expect(await shop.getPayment('a')).toMatchObject({ code: 'DYNAMIC_QR_PAYMENT_NOT_FOUND' })
    expect(await shop.createCode('a')).toMatchObject({ code: 'DUPLICATE_DYNAMIC_QR_REQUEST' })
    await shop.refund('r', String(answer.data?.paymentId), 1_000)
    expect(shop.balance()).toBe(98_000)
    await shop.pay('b', id, 500)
    expect(await shop.cancel('b')).toMatchObject({ status: 202 })
    expect(shop.balance()).toBe(98_000)
    await shop.cancel('c')
    expect((await shop.pay('c', id, 700)).data).toMatchObject({ status: 'FAILED' })
    expect(shop.balance()).toBe(98_000)
    await shop.createCode('code')
    expect(await shop.pay('code', id, 1)).toMatchObject({ resultInfo: { codeId: '00200004' } })
  })

  it('that looks like one before is suspected, unless the merchant agrees', async () => {
    const id = await shop.link()
    await shop.pay('a', id, 100)
    const suspected = { status: 400, resultInfo: { code: 'SUSPECTED_DUPLICATE_PAYMENT', codeId: '00200017' } }
    expect(await shop.pay('b', id, 100)).toMatchObject(suspected)
    expect(await shop.pay('b', id, 100, '/v2/payments', { agreeSimilarTransaction: 'false' })).toMatchObject(
      suspected,
    )
    expect((await shop.pay('c', id, 101)).status).toBe(201)
    expect((await shop.pay('b', id, 100, '/v2/payments', { agreeSimilarTransaction: 'true' })).status).toBe(
      201,
    )
    expect((await shop.pay('d', id, 100, '/v1/subscription/payments')).status).toBe(201)
    await shop.pass(300_000)
    expect((await shop.pay('e', id, 100)).status).toBe(201)
  })

  it('of more than there is, or may be spent, takes nothing', async () => {
    const poor = await shop.link('user-2')
    expect(await shop.pay('a', poor, 501)).toMatchObject({ status: 400, code: 'NO_SUFFICIENT_FUND' })
    const rich = await shop.link('user-1')
    shop.simulator.setUser('user-1', { openingYen: 9_000_000, dailyLimitYen: 1_000, monthlyLimitYen: 1_500 })
    expect(await shop.pay('b', rich, 500_001)).toMatchObject({ code: 'LIMIT_EXCEEDED' })
    expect(await shop.pay('b', rich, 1_001)).toMatchObject({ code: 'USER_DEFINED_DAILY_LIMIT_EXCEEDED' })
    expect((await shop.pay('b', rich, 1_000)).status).toBe(201)
    await shop.pass(86_400_001)
    expect(await shop.pay('c', rich, 501)).toMatchObject({ code: 'USER_DEFINED_MONTHLY_LIMIT_EXCEEDED' })
    expect((await shop.pay('c', rich, 500)).status).toBe(201)
    expect(shop.balance('user-2')).toBe(500)
  })

  it('can be blocked first: preauthorisation, capture above it only with the money for it', async () => {
    shop.switch({ preauth: 'contracted' })
    const id = await shop.link('user-2')
    const path = '/v2/payments/preauthorize'
    expect((await shop.pay('a', id, 400, path)).data).toMatchObject({
      status: 'AUTHORIZED',
      expiresAt: START_MS / 1_000 + 31_536_000,
    })
    expect(shop.balance('user-2')).toBe(100)
    const capture = (amountYen: number) =>
      shop.post('/v2/payments/capture', {
        merchantPaymentId: 'a',
        amount: yen(amountYen),
        merchantCaptureId: `c${amountYen}`,
        requestedAt: 1,
        orderDescription: 'x',
      })
    expect(await capture(501)).toMatchObject({ code: 'NO_SUFFICIENT_FUND' })
    expect(await capture(500)).toMatchObject({ status: 202 })
    shop.simulator.setUser('user-2', { openingYen: 450 })
    expect(shop.simulator.answer(shop.openAsk(), 'accept')).toMatchObject({ outcome: 'notSpendable' })
    shop.simulator.setUser('user-2', { openingYen: 500 })
    expect(shop.simulator.answer(shop.openAsk(), 'accept')).toMatchObject({ outcome: 'accepted' })
    expect(shop.balance('user-2')).toBe(0)
    shop.switch({ preauth: 'notContracted' })
    expect(await shop.pay('b', id, 1, path)).toMatchObject({ code: 'PRE_AUTH_CAPTURE_UNSUPPORTED_MERCHANT' })
  })
})

describe('balances', () => {
  it('are told as enough or not, and, with the scope for it, in yen', async () => {
    const id = await shop.link('user-2')
    const check = (amount: string, more: object = {}) =>
      shop.call('GET', '/v2/wallet/check_balance', null, {
        userAuthorizationId: id,
        amount,
        currency: 'JPY',
        ...more,
      })
    expect((await check('500')).data).toEqual({ hasEnoughBalance: true })
    expect((await check('501')).data).toEqual({ hasEnoughBalance: false })
    expect(await check('')).toMatchObject({ code: 'MISSING_REQUEST_PARAMS' })
    expect(await check('0')).toMatchObject({ code: 'INVALID_REQUEST_PARAMS' })
    expect(await check('1', { currency: 'USD' })).toMatchObject({ code: 'INVALID_REQUEST_PARAMS' })
    const balance = (path: string) =>
      shop.call('GET', path, null, { userAuthorizationId: id, currency: 'JPY' })
    expect((await balance('/v6/wallet/balance')).data).toMatchObject({ totalBalance: yen(500) })
    expect((await balance('/v2/wallet/balance')).status).toBe(200)
    expect((await balance('/v7/wallet/balance')).status).toBe(404)
    const without = await shop.link('user-3', { scopes: ['direct_debit'] })
    const query = { userAuthorizationId: without, currency: 'JPY' }
    expect(await shop.call('GET', '/v6/wallet/balance', null, query)).toMatchObject({
      code: 'OP_OUT_OF_SCOPE',
    })
  })
})

describe('a request for money', () => {
  const ask = (merchantPaymentId: string, userAuthorizationId: string, more: object = {}) =>
    shop.post('/v1/requestOrder', {
      merchantPaymentId,
      userAuthorizationId,
      amount: yen(300),
      requestedAt: 1,
      ...more,
    })
  const status = async (id: string) => (await shop.call('GET', `/v1/requestOrder/${id}`)).data?.status

  it('waits six hours, and is paid on the phone', async () => {
    const id = await shop.link('user-2')
    expect(await ask('a', id)).toMatchObject({
      status: 201,
      data: { expiryDate: START_MS / 1_000 + 21_601, userAuthorizationId: id, orderItems: [] },
    })
    expect(await status('a')).toBe('CREATED')
    expect((await ask('a', id, { amount: yen(9) })).data).toMatchObject({ amount: yen(300) })
    expect(shop.simulator.answer('a', 'accept')).toMatchObject({ outcome: 'accepted' })
    expect((await shop.call('GET', '/v1/requestOrder/a')).data).toMatchObject({
      status: 'COMPLETED',
      paymentId: expect.stringMatching(/^\d{20}$/),
    })
    expect(shop.balance('user-2')).toBe(200)
    await ask('b', id)
    expect(shop.simulator.answer('b', 'accept')).toMatchObject({ done: false, outcome: 'notSpendable' })
    await shop.pass(21_601_000)
    expect(await status('b')).toBe('EXPIRED')
    expect(shop.simulator.answer('b', 'accept')).toMatchObject({ outcome: 'askIsOver' })
  })

  it('can be declined by the user and taken back by the merchant', async () => {
    const id = await shop.link('user-1')
    const remove = (one: string) => shop.call('DELETE', `/v1/requestOrder/${one}`)
    await ask('a', id)
    shop.simulator.answer('a', 'refuse')
    expect(await status('a')).toBe('FAILED')
    await ask('b', id)
    expect(await remove('b')).toMatchObject({ status: 202, code: 'REQUEST_ACCEPTED', data: null })
    expect(await status('b')).toBe('CANCELED')
    expect(shop.simulator.answer('b', 'accept')).toMatchObject({ outcome: 'askIsOver' })
    await ask('c', id)
    shop.simulator.answer('c', 'accept')
    expect(await remove('c')).toMatchObject({ code: 'ORDER_NOT_CANCELABLE' })
    shop.switch({ cancelPaidRequest: 'reverses' })
    expect(await remove('c')).toMatchObject({ status: 202 })
    expect(await status('c')).toBe('FAILED')
    expect(shop.balance()).toBe(100_000)
    expect(await remove('nonesuch')).toMatchObject({ status: 404, code: 'RESOURCE_NOT_FOUND' })
    expect(await ask('d', id, { expiryDate: START_MS / 1_000 })).toMatchObject({
      code: 'INVALID_REQUEST_PARAMS',
    })
    expect(await ask('d', id, { amount: undefined })).toMatchObject({ code: 'MISSING_REQUEST_PARAMS' })
  })
})

it('users, consents and requests are in the state file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kaikei-state-'))
  try {
    const path = join(folder, 'paypay.jsonl')
    const state = openStateFile(path)
    const before = new Shop({ book: state.book, onChanges: changes => state.append(changes) })
    const id = await before.link()
    await before.pay('a', id, 100)
    before.simulator.setUser('user-2', { openingYen: 7 })
    await before.post('/v1/requestOrder', { merchantPaymentId: 'q', userAuthorizationId: id, amount: yen(1) })
    state.close()
    const again = openStateFile(path)
    const after = new Shop({ book: again.book, seed: 2 })
    expect(after.simulator.users()).toEqual(before.simulator.users())
    expect(after.simulator.asks()).toEqual(before.simulator.asks())
    expect(after.simulator.bookReport()).toEqual(before.simulator.bookReport())
    again.close()
  } finally {
    rmSync(folder, { recursive: true })
  }
})
