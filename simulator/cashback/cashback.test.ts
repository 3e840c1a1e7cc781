import { beforeEach, describe, expect, it } from 'vitest'
import { LinkedTill, yen } from '../linkedTill.ts'

// Money that goes to a user: cashbacks and what a merchant takes back of them; and money that a user puts in with a code.

let till: LinkedTill
let id: string
beforeEach(async () => {
  till = new LinkedTill()
  id = await till.link('user-2')
})

const give = (merchantCashbackId: string, amountYen: number, more: object = {}) =>
  till.post('/v2/cashback', {
    merchantCashbackId,
    userAuthorizationId: id,
    amount: yen(amountYen),
    requestedAt: 1,
    ...more,
  })
const takeBack = (merchantCashbackReversalId: string, merchantCashbackId: string, amountYen: number) =>
  till.post('/v2/cashback_reversal', {
    merchantCashbackReversalId,
    merchantCashbackId,
    amount: yen(amountYen),
    requestedAt: 1,
    reason: 'x',
  })
const accepted = { status: 202, code: 'REQUEST_ACCEPTED', data: null }
const notEnough = {
  status: 200,
  resultInfo: { code: 'NOT_ENOUGH_MONEY', codeId: 'WAL_500017' },
  data: { status: 'FAILURE' },
}

describe('a cashback', () => {
  it('is accepted, then read, and is on the account once', async () => {
    till.switch({ cashbackTakesMs: 2_000 })
    expect(await give('c1', 300, { walletType: 'CASHBACK', expiryDate: '2027-01-31' })).toMatchObject(
      accepted,
    )
    expect(await give('c1', 300)).toMatchObject(accepted)
    expect(await till.get('/v2/cashback/c1')).toMatchObject(accepted)
    expect(till.balance('user-2')).toBe(500)
    await till.pass(2_000)
    expect(await till.get('/v2/cashback/c1')).toMatchObject({
      status: 200,
      code: 'SUCCESS',
      data: { status: 'SUCCESS', amount: yen(300), walletType: 'CASHBACK', merchantCashbackId: 'c1' },
    })
    expect(till.balance('user-2')).toBe(800)
  })

  it('above the campaign’s money fails, with HTTP 200', async () => {
    till.switch({ cashbackBudgetYen: 500 })
    await give('c1', 300)
    expect(await give('c2', 201)).toMatchObject(accepted)
    expect(await till.get('/v2/cashback/c2')).toMatchObject(notEnough)
    expect(till.balance('user-2')).toBe(800)
  })

  it.each([
    [{ amount: undefined }, 'MISSING_REQUEST_PARAMS'],
    [{ requestedAt: undefined }, 'MISSING_REQUEST_PARAMS'],
    [{ walletType: 'PURSE' }, 'INVALID_REQUEST_PARAMS'],
    [{ expiryDate: '2027-02-30' }, 'INVALID_REQUEST_PARAMS'],
    [{ userAuthorizationId: 'nonesuch' }, 'INVALID_USER_AUTHORIZATION_ID'],
  ])('with %j: %s', async (change, code) => {
    expect((await give('c1', 1, change)).code).toBe(code)
    expect(await till.get('/v2/cashback/c1')).toMatchObject({ status: 404, code: 'RESOURCE_NOT_FOUND' })
  })
})

describe('a reversal', () => {
  it('takes back up to what was given, if the user has it', async () => {
    await give('c1', 300)
    expect(await takeBack('v1', 'c1', 200)).toMatchObject(accepted)
    expect(await takeBack('v1', 'c1', 200)).toMatchObject(accepted)
    expect(await till.get('/v2/cashback_reversal/v1/c1')).toMatchObject({
      status: 200,
      data: {
        status: 'SUCCESS',
        amount: yen(200),
        merchantCashbackReversalId: 'v1',
        merchantCashbackId: 'c1',
      },
    })
    expect(till.balance('user-2')).toBe(600)
    expect(await takeBack('v2', 'c1', 101)).toMatchObject({ status: 400, code: 'INVALID_PARAMS' })
    till.simulator.setUser('user-2', { openingYen: 0 })
    await till.post('/v2/payments', { merchantPaymentId: 'p', userAuthorizationId: id, amount: yen(50) })
    expect(await takeBack('v3', 'c1', 100)).toMatchObject(accepted)
    expect(await till.get('/v2/cashback_reversal/v3/c1')).toMatchObject(notEnough)
    expect(till.balance('user-2')).toBe(50)
    expect(await takeBack('v4', 'nonesuch', 1)).toMatchObject({ status: 404 })
    expect(await till.get('/v2/cashback_reversal/nonesuch/c1')).toMatchObject({ status: 404 })
  })
})

describe('a top-up code', () => {
  const create = (merchantTopUpId: string, more: object = {}) =>
    till.post('/v1/code/topup', {
      merchantTopUpId,
      userAuthorizationId: id,
      codeType: 'TOPUP_QR',
      minimumTopUpAmount: yen(700),
      ...more,
    })
  const status = async (one: string) => (await till.get(`/v1/code/topup/${one}`)).data?.status

  it('puts money on the account once, unless it is deleted or over', async () => {
    const created = await create('t1')
    expect(created).toMatchObject({ status: 201, data: { status: 'CREATED', codeType: 'TOPUP_QR' } })
    expect((await create('t1')).data).toEqual(created.data)
    const codeId = String(created.data?.codeId)
    expect(await status('t1')).toBe('CREATED')
    expect(till.simulator.answer(codeId, 'accept')).toMatchObject({ outcome: 'accepted' })
    expect(till.simulator.answer(codeId, 'accept')).toMatchObject({ outcome: 'askIsOver' })
    expect(await status('t1')).toBe('COMPLETED')
    expect(till.balance('user-2')).toBe(1_200)
    expect(await till.call('DELETE', `/v1/code/topup/${codeId}`)).toMatchObject({ status: 404 })
    const other = String((await create('t2')).data?.codeId)
    expect(await till.call('DELETE', `/v1/code/topup/${other}`)).toMatchObject({
      data: { qrStatus: 'DELETED' },
    })
    expect(till.simulator.answer(other, 'accept')).toMatchObject({ outcome: 'askIsOver' })
    await create('t3')
    await till.pass(300_000)
    expect(await status('t3')).toBe('EXPIRED')
    expect(await create('t4', { codeType: 'ORDER_QR' })).toMatchObject({ code: 'INVALID_REQUEST_PARAMS' })
    expect(await create('t4', { userAuthorizationId: undefined })).toMatchObject({
      code: 'MISSING_REQUEST_PARAMS',
    })
  })
})
