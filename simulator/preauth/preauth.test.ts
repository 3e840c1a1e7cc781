import { describe, expect, it } from 'vitest'
import { yen } from '../linkedTill.ts'
import { START_MS } from '../testTill.ts'
import { PreauthTill } from './preauthTill.ts'

// Money that is blocked first and taken later: each way it can go, and each refusal by its code.

const HOUR_MS = 3_600_000

describe('a preauthorisation', () => {
  it('is created with its end, and blocks the money', async () => {
    const shop = new PreauthTill()
    const authorizationExpiry = START_MS / 1_000 + 86_400
    const created = await shop.createCode('a', 1_000, { isAuthorization: true, authorizationExpiry })
    expect(created).toMatchObject({ status: 201, data: { isAuthorization: true, authorizationExpiry } })
    shop.phone('approve')
    expect((await shop.getPayment('a')).data).toMatchObject({
      status: 'AUTHORIZED',
      acceptedAt: START_MS / 1_000,
      expiresAt: authorizationExpiry,
      captures: null,
      revert: null,
    })
    expect(shop.simulator.bookReport()).toMatchObject({ blockedYen: 1_000, capturedYen: 0, keptYen: 0 })
  })

  it('for longer than was granted: PRE_AUTH_CAPTURE_INVALID_EXPIRY_DATE', async () => {
    const shop = new PreauthTill({ authorizationMostS: 3_600 })
    const wish = (aheadS: number) => ({
      isAuthorization: true,
      authorizationExpiry: START_MS / 1_000 + aheadS,
    })
    const refused = { status: 400, resultInfo: { codeId: '00400061' } }
    expect(await shop.createCode('a', 1, wish(3_601))).toMatchObject(refused)
    expect(await shop.createCode('a', 1, wish(0))).toMatchObject(refused)
    expect(await shop.createCode('a', 1, wish(3_600))).toMatchObject({ status: 201 })
  })

  it('that nobody captures EXPIRES by itself', async () => {
    const shop = new PreauthTill({ authorizationMostS: 3_600 })
    const paymentId = await shop.authorize('a')
    await shop.pass(HOUR_MS - 1)
    expect(await shop.status('a')).toBe('AUTHORIZED')
    await shop.pass(1)
    expect(await shop.status('a')).toBe('EXPIRED')
    expect(await shop.capture('a', 1_000)).toMatchObject({ code: 'ORDER_EXPIRED', status: 400 })
    expect(await shop.cancel('a')).toMatchObject({ code: 'ORDER_NOT_REVERSIBLE' })
    expect(await shop.revert(paymentId)).toMatchObject({ code: 'ORDER_NOT_CANCELABLE' })
    expect(await shop.reauthorize(paymentId, 500)).toMatchObject({ code: 'REAUTHORIZE_REJECTED' })
    expect(shop.simulator.bookReport()).toMatchObject({ blockedYen: 0, capturedYen: 0 })
  })

  it('can be cancelled while AUTHORIZED only, and a parked cancel frees it at once', async () => {
    const shop = new PreauthTill()
    await shop.authorize('a')
    expect(await shop.cancel('a')).toMatchObject({ status: 202 })
    expect(await shop.status('a')).toBe('FAILED')
    expect(await shop.capture('a', 1_000)).toMatchObject({ code: 'ORDER_NOT_CAPTURABLE' })
    await shop.authorize('b')
    await shop.capture('b', 1_000)
    expect(await shop.cancel('b')).toMatchObject({ code: 'ORDER_NOT_REVERSIBLE' })
    await shop.createCode('c', 1_000, { isAuthorization: true })
    await shop.cancel('c')
    expect(shop.phone('approve')).toMatchObject({ outcome: 'paidAndReversed' })
    expect(await shop.status('c')).toBe('FAILED')
    expect(shop.simulator.bookReport()).toMatchObject({ blockedYen: 0, keptYen: 1_000 })
  })
})

describe('capture', () => {
  it('takes a part, once, and what was taken can be refunded', async () => {
    const shop = new PreauthTill()
    const paymentId = await shop.authorize('a', 1_000)
    await shop.pass(5_000)
    const nowS = shop.nowMs / 1_000
    expect(await shop.capture('a', 700)).toMatchObject({
      status: 200,
      data: {
        paymentId,
        status: 'COMPLETED',
        acceptedAt: nowS - 5,
        captures: {
          data: [{ merchantCaptureId: 'c1', amount: yen(700), acceptedAt: nowS, status: 'COMPLETED' }],
        },
      },
    })
    expect(await shop.capture('a', 700)).toMatchObject({ code: 'ALREADY_CAPTURED', status: 400 })
    shop.switch({ sameCaptureId: 'previousResult' })
    expect((await shop.capture('a', 1)).data).toMatchObject({ captures: { data: [{ amount: yen(700) }] } })
    expect(await shop.capture('a', 700, { merchantCaptureId: 'c2' })).toMatchObject({
      code: 'ALREADY_CAPTURED',
    })
    expect(await shop.refund('r1', paymentId, 701)).toMatchObject({ code: 'INVALID_PARAMS' })
    expect(await shop.refund('r1', paymentId, 700)).toMatchObject({ status: 200 })
    expect(await shop.status('a')).toBe('REFUNDED')
    expect(shop.simulator.bookReport()).toMatchObject({
      blockedYen: 0,
      capturedYen: 700,
      returnedYen: 700,
      keptYen: 0,
    })
    // Long after its end it is still what it became.
    await shop.pass(400 * 24 * HOUR_MS)
    expect(await shop.status('a')).toBe('REFUNDED')
  })

  it('of more than is blocked asks the customer, who agrees', async () => {
    const shop = new PreauthTill({ reauthorizingMs: 2_000 })
    const paymentId = await shop.authorize('a', 1_000)
    const asked = await shop.capture('a', 1_500)
    expect(asked).toMatchObject({
      status: 202,
      resultInfo: { code: 'USER_CONFIRMATION_REQUIRED', codeId: '08300103' },
      data: null,
    })
    expect((await shop.getPayment('a')).data).toMatchObject({
      status: 'AUTHORIZED',
      captures: { data: [{ status: 'USER_REQUESTED', acceptedAt: null, amount: yen(1_500) }] },
    })
    expect(await shop.capture('a', 1_500)).toMatchObject({ status: 202 })
    const other = { merchantCaptureId: 'c2' }
    const inProgress = { code: 'REAUTHORIZATION_IN_PROGRESS', resultInfo: { codeId: '00200038' } }
    expect(await shop.capture('a', 900, other)).toMatchObject(inProgress)
    const askId = shop.openAsk()
    expect(shop.simulator.answer(askId, 'accept')).toMatchObject({ done: true, outcome: 'accepted' })
    expect(shop.simulator.answer(askId, 'accept')).toMatchObject({ done: false, outcome: 'askIsOver' })
    expect(await shop.status('a')).toBe('REAUTHORIZING')
    expect(await shop.capture('a', 900, other)).toMatchObject(inProgress)
    await shop.pass(2_000)
    expect(await shop.status('a')).toBe('COMPLETED')
    expect(await shop.refund('r1', paymentId, 1_500)).toMatchObject({ status: 200 })
    expect(shop.simulator.bookReport()).toMatchObject({ capturedYen: 1_500, keptYen: 0 })
  })

  it('of more than is blocked: refused by the customer, or never answered, it leaves no trace', async () => {
    const shop = new PreauthTill()
    await shop.authorize('a', 1_000)
    await shop.capture('a', 1_500)
    expect(shop.simulator.answer(shop.openAsk(), 'refuse')).toMatchObject({ outcome: 'refused' })
    expect((await shop.getPayment('a')).data).toMatchObject({ status: 'AUTHORIZED', captures: null })
    await shop.capture('a', 1_600, { merchantCaptureId: 'c2' })
    const askId = shop.openAsk()
    await shop.pass(6 * HOUR_MS)
    expect(shop.simulator.answer(askId, 'accept')).toMatchObject({ done: false, outcome: 'askIsOver' })
    expect((await shop.getPayment('a')).data).toMatchObject({ captures: null })
    expect(await shop.capture('a', 1_000, { merchantCaptureId: 'c3' })).toMatchObject({ status: 200 })
    expect(shop.simulator.answer('nonesuch', 'accept')).toMatchObject({ outcome: 'unknownAsk' })
  })

  it.each([
    [{ higherCapture: 'refused' }, 'HIGHER_CAPTURE_NOT_PERMITTED', '00400062'],
    [{ tooCloseToExpiryS: 3_601, authorizationMostS: 3_600 }, 'TOO_CLOSE_TO_EXPIRY', '00400064'],
    [{ merchantLimitYen: 1_499 }, 'UNACCEPTABLE_OP', '00400035'],
  ])('of more than is blocked, with %j: %s', async (switches, code, codeId) => {
    const shop = new PreauthTill(switches)
    await shop.authorize('a', 1_000)
    expect(await shop.capture('a', 1_500)).toMatchObject({ status: 400, resultInfo: { code, codeId } })
    expect(await shop.capture('a', 1_000)).toMatchObject({ status: 200 })
  })

  it('of what is none: RESOURCE_NOT_FOUND, ORDER_NOT_CAPTURABLE; of what is not whole: MISSING_REQUEST_PARAMS', async () => {
    const shop = new PreauthTill()
    expect(await shop.capture('nonesuch', 1)).toMatchObject({ status: 404, code: 'RESOURCE_NOT_FOUND' })
    await shop.sell('plain')
    expect(await shop.capture('plain', 160)).toMatchObject({ code: 'ORDER_NOT_CAPTURABLE' })
    await shop.authorize('a')
    for (const field of [
      'merchantPaymentId',
      'amount',
      'merchantCaptureId',
      'requestedAt',
      'orderDescription',
    ])
      expect(await shop.capture('a', 1, { [field]: undefined })).toMatchObject({
        code: 'MISSING_REQUEST_PARAMS',
      })
    expect(await shop.capture('a', 0)).toMatchObject({ code: 'INVALID_REQUEST_PARAMS' })
    expect(await shop.status('a')).toBe('AUTHORIZED')
  })
})

describe('revert', () => {
  it('sets the money free, once; the same id gives the same answer', async () => {
    const shop = new PreauthTill()
    const paymentId = await shop.authorize('a')
    const first = await shop.revert(paymentId, { reason: '品切れ' })
    expect(first).toMatchObject({ status: 200, data: { status: 'CANCELED', paymentId, reason: '品切れ' } })
    await shop.pass(1_000)
    expect((await shop.revert(paymentId)).data).toEqual(first.data)
    expect(await shop.revert(paymentId, { merchantRevertId: 'v2' })).toMatchObject({
      resultInfo: { code: 'ORDER_NOT_CANCELABLE', codeId: '00200042' },
    })
    expect((await shop.getPayment('a')).data).toMatchObject({
      status: 'CANCELED',
      revert: { merchantRevertId: 'v1', reason: '品切れ' },
    })
    expect(await shop.revert('nonesuch')).toMatchObject({ status: 404, code: 'RESOURCE_NOT_FOUND' })
    expect(shop.simulator.bookReport()).toMatchObject({ blockedYen: 0, keptYen: 0 })
  })
})

it('faults meet each of the new calls by its name', async () => {
  const shop = new PreauthTill()
  const paymentId = await shop.authorize('a')
  shop.faults(
    { endpoint: 'capturePayment', what: { kind: 'status', status: 500, code: 'TRANSACTION_FAILED' } },
    { endpoint: 'reauthorizePayment', what: { kind: 'status', status: 400, code: 'REAUTHORIZE_FAILED' } },
    { endpoint: 'revertPayment', what: { kind: 'status', status: 503 } },
  )
  expect(await shop.capture('a', 1)).toMatchObject({ code: 'TRANSACTION_FAILED' })
  expect(await shop.reauthorize(paymentId, 1)).toMatchObject({ code: 'REAUTHORIZE_FAILED' })
  expect(await shop.reply('POST', '/v2/payments/preauthorize/revert', '{}')).toMatchObject({ status: 503 })
  expect(await shop.status('a')).toBe('AUTHORIZED')
})
