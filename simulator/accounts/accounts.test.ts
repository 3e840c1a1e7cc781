import { beforeEach, describe, expect, it } from 'vitest'
import { yen } from '../linkedTill.ts'
import { START_MS } from '../testTill.ts'
import { signedJwt } from './jwt.ts'
import { LinkedShop, SECRET, scopes } from './linkedShop.ts'
import { userChange } from './views.ts'

// Users who are linked with the merchant: how a consent comes, what it is for, how it ends, and what may be asked of a balance.

let shop: LinkedShop
beforeEach(() => {
  shop = new LinkedShop()
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

describe('payment methods', () => {
  const ask = (query: Record<string, string>) => shop.call('GET', '/v4/paymentMethods', null, query)

  it('are told beside the wallet, as the user has them now', async () => {
    const userAuthorizationId = await shop.link('user-2')
    const card = {
      paymentMethodType: 'CREDIT_CARD',
      id: 'card-2',
      issuerName: 'クレジットカード',
      accountNo: '****7777',
      logoUrl: null,
      disabled: false,
      underMaintenance: false,
      authenticated: true,
      limited: false,
      paymentMethodStatus: 'EXPIRED',
    }
    const walletInfo = { userAuthorizationId, totalBalance: yen(500) }
    const answer = await ask({ userAuthorizationId })
    expect(answer).toMatchObject({ status: 200, code: 'SUCCESS' })
    expect(answer.data).toEqual({ walletInfo, paymentMethods: [card] })
    shop.simulator.setUser('user-2', { paymentMethods: [] })
    expect((await ask({ userAuthorizationId })).data).toEqual({ walletInfo, paymentMethods: [] })
  })

  it('are for a user who is linked, and who has agreed to payments unless the switch says otherwise', async () => {
    expect(await ask({})).toMatchObject({ status: 400, code: 'MISSING_REQUEST_PARAMS' })
    const invalid = { status: 401, code: 'INVALID_USER_AUTHORIZATION_ID' }
    expect(await ask({ userAuthorizationId: 'nonesuch' })).toMatchObject(invalid)
    const userAuthorizationId = await shop.link('user-3', { scopes: ['get_balance'] })
    expect(await ask({ userAuthorizationId })).toMatchObject({ status: 401, code: 'OP_OUT_OF_SCOPE' })
    shop.switch({ paymentMethodsScope: 'none' })
    expect((await ask({ userAuthorizationId })).data).toMatchObject({ paymentMethods: [] })
  })

  it('can be given to a user from outside, in the words that there are', () => {
    const least = { paymentMethodType: 'PAY_LATER_CC', id: 'later-2', issuerName: 'PayPayあと払い' }
    const whole = { ...least, paymentMethodStatus: 'ACTIVATED', accountNo: null, disabled: false }
    expect(userChange.parse({ paymentMethods: [least] })).toMatchObject({ paymentMethods: [whole] })
    const unknown = { paymentMethods: [{ ...least, paymentMethodStatus: 'PAUSED' }] }
    expect(userChange.safeParse(unknown).success).toBe(false)
  })
})
