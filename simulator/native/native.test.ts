import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { LinkedShop } from '../accounts/linkedShop.ts'
import { paymentMethod } from '../accounts/paymentMethod.ts'
import { yen } from '../linkedTill.ts'
import { openStateFile } from '../stateFile.ts'
import { START_MS } from '../testTill.ts'

// Linked users pay without a code, and are asked for money; and who may not.

let shop: LinkedShop
beforeEach(() => {
  shop = new LinkedShop()
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

  it('by a method that is named is not from the wallet: not its refund, nor what is captured above it', async () => {
    shop.switch({ preauth: 'contracted' })
    const id = await shop.link('user-3')
    const card = { paymentMethodType: 'CREDIT_CARD', id: 'card-3', issuerName: 'カード' }
    shop.simulator.setUser('user-3', { paymentMethods: [paymentMethod.parse(card)] })
    const byCard = (merchantPaymentId: string, amountYen: number, path = '/v2/payments', more = {}) =>
      shop.post(path, {
        merchantPaymentId,
        userAuthorizationId: id,
        amount: yen(amountYen),
        paymentMethodType: 'CREDIT_CARD',
        paymentMethodId: 'card-3',
        ...more,
      })
    const paid = await byCard('a', 300)
    expect(paid).toMatchObject({
      status: 201,
      data: { status: 'COMPLETED', paymentMethods: [{ amount: yen(300), type: 'CREDIT_CARD' }] },
    })
    await shop.refund('r', String(paid.data?.paymentId), 100)
    expect(shop.balance('user-3')).toBe(0)
    await byCard('b', 400, '/v2/payments/preauthorize')
    const capture = { merchantPaymentId: 'b', merchantCaptureId: 'c', requestedAt: 1, orderDescription: 'x' }
    expect(await shop.post('/v2/payments/capture', { ...capture, amount: yen(500) })).toMatchObject({
      status: 202,
    })
    expect(shop.simulator.answer(shop.openAsk(), 'accept')).toMatchObject({ outcome: 'accepted' })
    expect((await byCard('s', 600, '/v1/subscription/payments')).status).toBe(201)
    expect(shop.balance('user-3')).toBe(0)
    const day = { day: '2026-11-24', form: 'instant', plain: 'left', flaw: 'none' } as const
    const file = new TextDecoder('shift_jis').decode(shop.simulator.reconciliationFile(day).bytes)
    expect(file).toContain('300,,CREDIT_CARD,a,"[{""paymentMethod"":""CREDIT_CARD"", ""amount"":300}]"')
    expect(
      await byCard('d', 1, '/v2/payments', { paymentMethodType: 'WALLET', paymentMethodId: null }),
    ).toMatchObject({
      code: 'NO_SUFFICIENT_FUND',
    })
  })

  it.each([
    { paymentMethodId: 'card-9' },
    { paymentMethodType: 'PAY_LATER_CC' },
    { paymentMethodType: 'CREDIT_CARD' },
    { paymentMethodType: 'CREDIT_CARD', paymentMethodId: 'card-2' },
  ])('by a method that is not there, or cannot pay, is refused: %j', async named => {
    const userAuthorizationId = await shop.link('user-2')
    const wish = { merchantPaymentId: 'a', userAuthorizationId, amount: yen(1), ...named }
    expect(await shop.post('/v2/payments', wish)).toMatchObject({ status: 400, code: 'INVALID_PARAMS' })
    expect(shop.simulator.bookReport().payments).toEqual([])
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
    const before = new LinkedShop({ book: state.book, onChanges: changes => state.append(changes) })
    const id = await before.link()
    await before.pay('a', id, 100)
    before.simulator.setUser('user-2', { openingYen: 7 })
    await before.post('/v1/requestOrder', { merchantPaymentId: 'q', userAuthorizationId: id, amount: yen(1) })
    state.close()
    const again = openStateFile(path)
    const after = new LinkedShop({ book: again.book, seed: 2 })
    expect(after.simulator.users()).toEqual(before.simulator.users())
    expect(after.simulator.asks()).toEqual(before.simulator.asks())
    expect(after.simulator.bookReport()).toEqual(before.simulator.bookReport())
    again.close()
  } finally {
    rmSync(folder, { recursive: true })
  }
})
