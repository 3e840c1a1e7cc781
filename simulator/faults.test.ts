import { describe, expect, it } from 'vitest'
import { courseOf, type Fault, FaultPlan, faultList, readFaults } from './faults.ts'
import { TestTill } from './testTill.ts'

// Requests and answers are lost, late, doubled, cut in half or replaced, exactly when a test says so.

const hits = (when: Fault['when'], calls = 12, endpoint: Fault['endpoint'] = 'any') => {
  const plan = new FaultPlan()
  plan.set(faultList.parse([{ endpoint, ...(when && { when }), what: { kind: 'hang' } }]))
  return Array.from({ length: calls }, (_, index) =>
    plan.meet('getPayment').length > 0 ? index + 1 : 0,
  ).filter(Boolean)
}

describe('when a fault hits', () => {
  it('always, at the nth call, or from one on', () => {
    expect(hits(undefined, 3)).toEqual([1, 2, 3])
    expect(hits({ nth: 3 })).toEqual([3])
    expect(hits({ from: 10 })).toEqual([10, 11, 12])
    expect(hits({ from: 2, count: 3 })).toEqual([2, 3, 4])
  })
  it('by chance, the same for the same seed', () => {
    const once = hits({ probability: 0.3, seed: 7 }, 1_000)
    expect(once).toEqual(hits({ probability: 0.3, seed: 7 }, 1_000))
    expect(once).not.toEqual(hits({ probability: 0.3, seed: 8 }, 1_000))
    expect(once.length).toBeGreaterThan(250)
    expect(once.length).toBeLessThan(350)
    expect(hits({ probability: 0, seed: 1 }, 100)).toEqual([])
    expect(hits({ probability: 1, seed: 1 }, 100)).toHaveLength(100)
  })
  it('only at its endpoint, where it counts', async () => {
    const till = new TestTill()
    till.faults({
      endpoint: 'getPayment',
      when: { nth: 2 },
      what: { kind: 'dropRequest', connection: 'cut' },
    })
    await till.createCode('order-1')
    await till.getPayment('order-1')
    expect(await till.reply('GET', '/v2/codes/payments/order-1')).toEqual({ kind: 'cut' })
    expect(till.simulator.faults.list()).toMatchObject([{ endpoint: 'getPayment', seen: 2, fired: 1 }])
    expect(till.simulator.seen.at(-1)).toMatchObject({
      faults: ['dropRequest'],
      status: null,
      outcome: 'cut',
    })
  })
})

describe('what a fault does', () => {
  it('delay: applied at once, answered later', async () => {
    const till = new TestTill()
    till.faults({ what: { kind: 'delay', ms: 20_000 } }, { what: { kind: 'delay', ms: 5_000 } })
    let answered = false
    const answer = till.createCode('order-1').then(value => {
      answered = true
      return value
    })
    await till.pass(24_999)
    expect(answered).toBe(false)
    expect(till.simulator.codes()).toHaveLength(1)
    await till.pass(1)
    expect((await answer).status).toBe(201)
  })

  it('dropRequest: not applied; dropAnswer: applied; neither answers, by an end or by silence', async () => {
    const till = new TestTill()
    till.faults({ when: { nth: 1 }, what: { kind: 'dropRequest', connection: 'cut' } })
    const body = (id: string) =>
      JSON.stringify({ merchantPaymentId: id, amount: { amount: 1, currency: 'JPY' }, codeType: 'ORDER_QR' })
    expect(await till.reply('POST', '/v2/codes', body('a'))).toEqual({ kind: 'cut' })
    expect(till.simulator.codes()).toEqual([])
    till.faults({ what: { kind: 'dropAnswer', connection: 'silent' } })
    expect(await till.reply('POST', '/v2/codes', body('a'))).toEqual({ kind: 'hang' })
    expect(till.simulator.codes()).toHaveLength(1)
  })

  it('applyLate: nothing now, the effect later, even past two minutes', async () => {
    const till = new TestTill()
    await till.createCode('order-1')
    till.faults({ endpoint: 'deleteCode', what: { kind: 'applyLate', ms: 150_000, connection: 'cut' } })
    expect(await till.reply('DELETE', `/v2/codes/${till.newestCodeId()}`)).toEqual({ kind: 'cut' })
    await till.pass(149_999)
    expect(till.simulator.codes()[0]).toMatchObject({ deleted: false })
    await till.pass(1)
    expect(till.simulator.codes()[0]).toMatchObject({ deleted: true })
  })

  it('applyLate of a request that was not signed: never applied', async () => {
    const till = new TestTill()
    till.faults({ what: { kind: 'applyLate', ms: 1_000, connection: 'cut' } })
    const request = till.request('DELETE', '/v2/payments/order-1')
    await till.simulator.handle({ ...request, headers: {} })
    await till.pass(1_000)
    expect(till.simulator.bookReport().parkedCancels).toEqual([])
  })

  it('duplicate: delivered twice, and the second answer comes', async () => {
    const till = new TestTill()
    till.faults({ what: { kind: 'duplicate' } })
    expect(await till.createCode('order-1')).toMatchObject({ code: 'DUPLICATE_DYNAMIC_QR_REQUEST' })
    expect(till.simulator.codes()).toHaveLength(1)
    till.simulator.faults.set([])
    await till.sell('order-2', 1_000)
    const { paymentId } = till.simulator.bookReport().payments[0] ?? {}
    till.faults({ what: { kind: 'duplicate' } })
    expect((await till.refund('r1', String(paymentId), 400)).status).toBe(200)
    expect(till.simulator.bookReport().returnedYen).toBe(400)
  })

  it('status: PayPay’s envelope with a code, a gateway’s page without; applied only if it says so', async () => {
    const till = new TestTill()
    till.faults({
      what: {
        kind: 'status',
        status: 429,
        code: 'RATE_LIMIT',
        codeId: '08100998',
        retryAfterS: 7,
        headers: {},
        applied: false,
      },
    })
    const limited = await till.createCode('order-1')
    expect(limited).toMatchObject({
      status: 429,
      resultInfo: { code: 'RATE_LIMIT', codeId: '08100998' },
      data: null,
    })
    expect(limited.headers).toMatchObject({
      'retry-after': '7',
      'x-request-id': expect.stringMatching(/^OPA/),
    })
    expect(till.simulator.codes()).toEqual([])
    till.simulator.faults.set(
      faultList.parse([
        { what: { kind: 'status', status: 302, headers: { location: 'https://x/' }, applied: true } },
      ]),
    )
    const reply = await till.reply('DELETE', '/v2/payments/order-1')
    expect(reply).toMatchObject({
      status: 302,
      headers: { location: 'https://x/', 'content-type': 'text/html' },
    })
    expect(reply).not.toHaveProperty('headers.x-request-id')
    expect(till.simulator.bookReport().parkedCancels).toHaveLength(1)
  })

  it('body: these bytes instead', async () => {
    const till = new TestTill()
    for (const [body, contentType, applied] of [
      ['<html>Log in to the station’s Wi-Fi</html>', 'text/html', false],
      ['', 'application/json', true],
    ] as const) {
      till.faults({ what: { kind: 'body', body, contentType, applied, status: 200, headers: {} } })
      const reply = await till.reply('DELETE', '/v2/payments/order-1')
      expect(reply).toMatchObject({
        kind: 'answer',
        status: 200,
        body,
        headers: { 'content-type': contentType },
      })
      expect(till.simulator.bookReport().parkedCancels).toHaveLength(applied ? 1 : 0)
    }
  })

  it('patch: another id, another amount, a word nobody knows', async () => {
    const till = new TestTill()
    await till.createCode('order-1')
    till.faults(
      { what: { kind: 'patch', data: { merchantPaymentId: 'foreign', status: 'DREAMING' } } },
      { what: { kind: 'patch', data: { status: 'COMPLETED' } } },
    )
    expect((await till.getPayment('order-1')).data).toMatchObject({
      merchantPaymentId: 'foreign',
      status: 'COMPLETED',
      amount: { amount: 160 },
    })
    // An error has no data to patch.
    expect(await till.getPayment('order-2')).toMatchObject({
      code: 'DYNAMIC_QR_PAYMENT_NOT_FOUND',
      data: null,
    })
  })

  it('hang and halfBody: applied, and only a part of the answer comes', async () => {
    const till = new TestTill()
    till.faults(
      { when: { nth: 1 }, what: { kind: 'hang' } },
      { when: { nth: 2 }, what: { kind: 'halfBody' } },
    )
    const request = till.request('DELETE', '/v2/payments/order-1')
    expect(await till.simulator.receive(request)).toMatchObject({ kind: 'hang', answer: { status: 202 } })
    expect(await till.simulator.receive(request)).toMatchObject({ kind: 'half', answer: { status: 202 } })
    expect(till.simulator.bookReport().parkedCancels).toHaveLength(1)
  })

  it('several together: delays add up, patches are merged, the later answer wins', () => {
    const whats = faultList
      .parse([
        { what: { kind: 'delay', ms: 100 } },
        { what: { kind: 'hang' } },
        { what: { kind: 'status', status: 503 } },
        { what: { kind: 'delay', ms: 20 } },
        { what: { kind: 'patch', data: { a: 1, b: 1 } } },
        { what: { kind: 'patch', data: { b: 2 } } },
      ])
      .map(one => one.what)
    expect(courseOf(whats)).toMatchObject({
      apply: 'never',
      delayMs: 120,
      answer: { kind: 'status', status: 503 },
      patch: { a: 1, b: 2 },
    })
    expect(courseOf([])).toMatchObject({ apply: 'once', delayMs: 0, answer: { kind: 'own' } })
  })
})

describe('a fault that is written wrongly', () => {
  it.each([
    [{}, 'faults: '],
    [[{}], 'faults[0].what: '],
    [[{ what: { kind: 'explode' } }], 'faults[0].what.kind: '],
    [[{ what: { kind: 'hang' }, when: { nth: 0 } }], 'faults[0].when.nth: '],
    [[{ what: { kind: 'hang' }, when: { often: true } }], 'faults[0].when: expected {"nth": n}'],
    [[{ what: { kind: 'hang' }, endpoint: 'createcode' }], 'faults[0].endpoint: '],
    [[{ what: { kind: 'delay' } }], 'faults[0].what.ms: '],
    [[{ what: { kind: 'status', status: 9_000 } }], 'faults[0].what.status: '],
    [[{ what: { kind: 'hang', ms: 1 } }], 'faults[0].what: '],
  ])('%j is refused with its place', (input, place) => {
    const read = readFaults(input)
    expect(read.ok).toBe(false)
    expect(read.ok ? '' : read.problems[0]).toContain(place)
  })
})
