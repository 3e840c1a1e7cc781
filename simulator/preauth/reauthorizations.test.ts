import { describe, expect, it } from 'vitest'
import { yen } from '../linkedTill.ts'
import { START_MS } from '../testTill.ts'
import { PreauthTill } from './preauthTill.ts'

// Another amount for money that is blocked: less at once, more when the customer agrees, and each refusal by its code.

const HOUR_MS = 3_600_000

describe('reauthorise', () => {
  it('to less at once', async () => {
    const shop = new PreauthTill()
    const paymentId = await shop.authorize('a', 1_000)
    const answer = await shop.reauthorize(paymentId, 400)
    expect(answer).toMatchObject({
      status: 200,
      data: { requestId: 'ra1', updatedAmount: yen(400), acceptedAt: START_MS / 1_000 },
    })
    expect((await shop.getPayment('a')).data).toMatchObject({ status: 'AUTHORIZED', amount: yen(400) })
    expect(await shop.capture('a', 401)).toMatchObject({ status: 202 })
  })

  it('to more when the customer agrees within six hours', async () => {
    const shop = new PreauthTill()
    const paymentId = await shop.authorize('a', 1_000)
    expect(await shop.reauthorize(paymentId, 1_200, { userAgent: undefined })).toMatchObject({
      code: 'MISSING_REQUEST_PARAMS',
    })
    const asked = await shop.reauthorize(paymentId, 1_200)
    expect(asked).toMatchObject({
      status: 201,
      resultInfo: { code: 'USER_CONFIRMATION_REQUIRED', codeId: '08300104' },
      data: { expiresAt: START_MS / 1_000 + 31_536_000, url: expect.stringContaining('wallet?ask=') },
    })
    expect(await shop.capture('a', 900)).toMatchObject({ code: 'REAUTHORIZATION_IN_PROGRESS' })
    expect((await shop.getPayment('a')).data).toMatchObject({ amount: yen(1_000) })
    expect(shop.simulator.answer(shop.openAsk(), 'accept')).toMatchObject({
      redirectUrl: 'https://shop.example/back',
    })
    expect((await shop.getPayment('a')).data).toMatchObject({ status: 'AUTHORIZED', amount: yen(1_200) })
    shop.switch({ reauthorizeExpiresAt: 'ofConfirmation' })
    expect(await shop.reauthorize(paymentId, 1_300, { requestId: 'ra2' })).toMatchObject({
      data: { expiresAt: START_MS / 1_000 + 21_600 },
    })
    await shop.pass(6 * HOUR_MS)
    expect((await shop.getPayment('a')).data).toMatchObject({ amount: yen(1_200) })
    expect(await shop.capture('a', 1_200)).toMatchObject({ status: 200 })
  })

  it('is refused by its codes', async () => {
    const shop = new PreauthTill()
    const paymentId = await shop.authorize('a', 1_000)
    expect(await shop.reauthorize(paymentId, 1_000)).toMatchObject({ code: 'REAUTH_AMOUNT_UNCHANGED' })
    for (let nth = 1; nth <= 10; nth += 1)
      expect(await shop.reauthorize(paymentId, 1_000 - nth, { requestId: `n${nth}` })).toMatchObject({
        status: 200,
      })
    expect(await shop.reauthorize(paymentId, 5, { requestId: 'n1' })).toMatchObject({
      code: 'REAUTHORIZE_REJECTED',
    })
    expect(await shop.reauthorize(paymentId, 5, { requestId: 'n11' })).toMatchObject({
      code: 'REAUTH_MAX_LIMIT_EXCEEDED',
    })
    expect(await shop.reauthorize('nonesuch', 5)).toMatchObject({ status: 404, code: 'RESOURCE_NOT_FOUND' })
    expect((await shop.reauthorize(paymentId, 5, { requestId: 'x'.repeat(256) })).code).toBe(
      'INVALID_REQUEST_PARAMS',
    )
  })
})
