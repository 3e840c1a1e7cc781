import { beforeEach, describe, expect, it } from 'vitest'
import type { Answer, KnownValue } from './calls.ts'
import { askedPauseMs, measuredAheadMs } from './headers.ts'
import { callWithOurs, envelopeOf, everyApi, good, Scripted } from './scripted.ts'

// PayPay refuses a till whose clock is two minutes off, and says no more than "Unauthorized request". Its Date header is
// the one thing that tells why. The scripted wall clock starts at Tue, 14 Nov 2023 22:13:20 GMT.
let scripted: Scripted

beforeEach(() => {
  scripted = new Scripted()
})

const unauthorized = envelopeOf('UNAUTHORIZED')
const dateAt = (aheadMs: number): string => new Date(1_700_000_000_000 + aheadMs).toUTCString()

const rowOfAnswer = (answer: Answer<KnownValue>): object => (answer.sure === 'known' ? {} : answer.row)

describe('a 401', () => {
  it.each(everyApi)('%s: is explained by the clock, with the skew that was measured', async api => {
    const answer = await scripted.ask(api, 401, unauthorized, { date: dateAt(-300_000) })
    const mustStillHappen = api === 'cancelPayment' || api === 'refundPayment'
    expect(answer.sure).toBe(mustStillHappen ? 'unknown' : 'refused')
    expect(rowOfAnswer(answer)).toMatchObject({
      code: 'UNAUTHORIZED',
      health: 'clockWrong',
      says: expect.stringMatching(/clock is 300 s fast against PayPay’s.*Set the clock/),
    })
    expect(scripted.observed.at(-1)).toMatchObject({ health: 'clockWrong', paypayAheadMs: -299_500 })
  })

  it.each([
    [60_000, 'clockWrong'],
    [59_000, 'refused'],
    [-61_000, 'clockWrong'],
    [-60_000, 'refused'],
    [0, 'refused'],
  ])('with a Date %d ms away: %s', async (aheadMs, health) => {
    const answer = await scripted.ask('getPayment', 401, unauthorized, { date: dateAt(aheadMs) })
    expect(rowOfAnswer(answer)).toMatchObject({ health })
  })

  it('without a Date does not say that the clock is right', async () => {
    const answer = await scripted.ask('createCode', 401, unauthorized)
    expect(rowOfAnswer(answer)).toMatchObject({
      health: 'refused',
      says: expect.stringContaining('could not be seen'),
    })
  })

  it('from a page that is not PayPay’s says nothing of the clock', async () => {
    await scripted.ask('createCode', 401, '<html>', { date: dateAt(-3_600_000) })
    expect(scripted.observed.at(-1)).toMatchObject({ health: 'unreachable', paypayAheadMs: null })
  })
})

describe('PayPay’s clock', () => {
  const fine = envelopeOf(good.deleteCode.code, good.deleteCode.data)
  const ahead = async (date: string): Promise<number | null | undefined> => {
    await scripted.ask('deleteCode', 200, fine, { date })
    return scripted.observed.at(-1)?.paypayAheadMs
  }

  it('is told with every answer, against the middle of the request', async () => {
    scripted.takesMs = 4_000
    expect(await ahead(dateAt(2_000))).toBe(500)
  })

  it('is measured against the clock as it is when the answer comes, should it be set meanwhile', async () => {
    const day = 86_400_000
    const send = scripted.send.bind(scripted)
    scripted.send = request => {
      scripted.wallMs += day
      return send(request)
    }
    scripted.takesMs = 4_000
    expect(await ahead(dateAt(day + 2_000))).toBe(500)
  })

  it.each(['', 'soon', '5', '2023-11-14T22:13:20Z', 'Tue, 99 Nov 2023 22:13:20 GMT'])(
    'is not read from "%s"',
    async date => {
      expect(await ahead(date)).toBeNull()
    },
  )

  it('is measured to the middle of the second that Date names', () => {
    expect(measuredAheadMs('Tue, 14 Nov 2023 22:13:20 GMT', 1_700_000_000_500)).toBe(0)
    expect(measuredAheadMs(undefined, 0)).toBeNull()
  })
})

describe('health', () => {
  it.each([
    [429, envelopeOf('RATE_LIMIT'), 'busy'],
    [503, envelopeOf('MAINTENANCE_MODE'), 'maintenance'],
    [500, envelopeOf('INTERNAL_SERVER_ERROR'), 'unreachable'],
    [500, envelopeOf('TRANSACTION_FAILED'), 'fine'],
    [401, envelopeOf('OP_OUT_OF_SCOPE'), 'refused'],
    [404, envelopeOf('DYNAMIC_QR_PAYMENT_NOT_FOUND'), 'fine'],
    [401, envelopeOf('BRAND_NEW'), 'refused'],
    [429, envelopeOf('BRAND_NEW'), 'busy'],
    [500, envelopeOf('SUCCESS'), 'unreachable'],
    [502, '<html>', 'unreachable'],
    [200, '<html>', 'unreachable'],
  ])('%d %j: %s', async (status, body, health) => {
    await scripted.ask('getPayment', status, body)
    const observed = scripted.observed.at(-1)
    expect(observed).toMatchObject({ health })
    expect(observed?.says === '').toBe(status === 404)
  })

  it('says what the network said', async () => {
    scripted.answer = { kind: 'none', why: 'network', detail: 'ECONNREFUSED' }
    await callWithOurs(scripted.client(), 'getPayment')
    expect(scripted.observed.at(-1)).toMatchObject({
      health: 'unreachable',
      says: 'PayPay cannot be reached. Check the network of the till. (ECONNREFUSED)',
      paypayAheadMs: null,
    })
  })
})

describe('the pause that is asked for', () => {
  const pause = async (code: string, status: number, headers: Record<string, string>): Promise<object> =>
    rowOfAnswer(await scripted.ask('refundPayment', status, envelopeOf(code), headers))

  it('is Retry-After', async () => {
    expect(await pause('RATE_LIMIT', 429, { 'retry-after': '7' })).toMatchObject({ retryAfterMs: 7_000 })
    expect(await pause('RATE_LIMIT', 429, {})).not.toHaveProperty('retryAfterMs')
  })

  it('is at least what PayPay documents', async () => {
    const code = 'THROTTLED_MULTIPLE_REFUND_REJECTED'
    expect(await pause(code, 400, {})).toMatchObject({ retryAfterMs: 60_000 })
    expect(await pause(code, 400, { 'retry-after': '5' })).toMatchObject({ retryAfterMs: 60_000 })
    expect(await pause(code, 400, { 'retry-after': '90' })).toMatchObject({ retryAfterMs: 90_000 })
  })

  it.each([
    ['0', 0],
    ['120', 120_000],
    ['Tue, 14 Nov 2023 22:13:50 GMT', 30_000],
    ['Tue, 14 Nov 2023 22:13:00 GMT', 0],
    ['', null],
    ['-1', null],
    ['1.5', null],
    ['0x10', null],
    ['soon', null],
    ['1'.repeat(40), null],
  ])('"%s" is %s ms', (retryAfter, expected) => {
    expect(askedPauseMs(retryAfter, 'Tue, 14 Nov 2023 22:13:20 GMT')).toBe(expected)
  })

  it('as a date means nothing without PayPay’s own', () => {
    expect(askedPauseMs('Tue, 14 Nov 2023 22:13:50 GMT', undefined)).toBeNull()
  })
})
