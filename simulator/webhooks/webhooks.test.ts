import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { applyChange, type Change, emptyBook } from '../book.ts'
import { LinkedTill, yen } from '../linkedTill.ts'
import { fileWish } from '../reconciliationFile.ts'
import { START_MS } from '../testTill.ts'

// What PayPay tells the merchant's server: which events, word for word, how patiently, and what can go wrong on the way.

type Outcome = number | 'timeout' | 'refused'
const HOUR_MS = 3_600_000

/** A merchant whose server answers as it is told, and remembers what came and when. */
function listening(switches: object = {}, answers: Outcome[] = []) {
  const heard: {
    readonly atMs: number
    readonly body: Record<string, unknown>
    readonly timeoutMs: number
  }[] = []
  const till: LinkedTill = new LinkedTill({
    merchantId: 'M-1',
    post: async (_url, body, timeoutMs) => {
      heard.push({ atMs: till.nowMs - START_MS, body: JSON.parse(body), timeoutMs })
      return answers.shift() ?? 200
    },
  })
  till.switch({ preauth: 'contracted', ...switches })
  till.simulator.webhooks.tell('http://127.0.0.1:1/hook')
  const wait = async (ms: number) => {
    // Steps, because each try is planned only when the one before was answered.
    for (let passed = 0; passed < ms; passed += Math.min(ms, 100)) {
      await till.pass(Math.min(ms, 100))
      await new Promise(resolve => setImmediate(resolve))
    }
  }
  const states = () => heard.map(({ body }) => body.state ?? body.notification_type)
  return { till, heard, wait, states }
}

const authorize = async (till: LinkedTill, id: string, more: object = {}) => {
  await till.createCode(id, 1_000, { isAuthorization: true, ...more })
  till.phone('approve')
  return String((await till.getPayment(id)).data?.paymentId)
}
const reauthorize = (till: LinkedTill, paymentId: string, amountYen: number) =>
  till.post('/v2/payments/reauthorize', {
    requestId: `to-${amountYen}`,
    paymentId,
    updatedAmount: yen(amountYen),
    redirectUrl: 'https://shop.example/',
    redirectType: 'WEB_LINK',
    userAgent: 'x',
  })

describe('of a transaction', () => {
  it('COMPLETED is told in PayPay’s words; cancel and refund are not told', async () => {
    const { till, heard } = listening()
    await till.createCode('order-1', 160, { storeId: 's', terminalId: 't' })
    till.phone('approve')
    const paymentId = String((await till.getPayment('order-1')).data?.paymentId)
    await till.refund('r1', paymentId, 160)
    await till.sell('order-2')
    await till.cancel('order-2')
    await till.createCode('order-3')
    till.phone('decline')
    expect(heard.map(({ body }) => body)).toEqual([
      {
        notification_type: 'Transaction',
        merchant_id: 'M-1',
        store_id: 's',
        pos_id: 't',
        order_id: paymentId,
        merchant_order_id: 'order-1',
        authorized_at: null,
        expires_at: null,
        paid_at: '2026-11-24T03:00:00Z',
        order_amount: '160',
        state: 'COMPLETED',
      },
      expect.objectContaining({ merchant_order_id: 'order-2', state: 'COMPLETED' }),
    ])
    till.switch({ failedEvent: 'sent' })
    await till.createCode('order-4')
    till.phone('decline')
    expect(heard.at(-1)?.body).not.toHaveProperty('paid_at')
    expect(heard.at(-1)?.body).toMatchObject({ merchant_order_id: 'order-4', state: 'FAILED' })
  })

  it('AUTHORIZED, CANCELED and, at its time, EXPIRED; a capture keeps the end from being told', async () => {
    const { till, heard, states, wait } = listening({ authorizationMostS: 60 })
    const first = await authorize(till, 'a')
    await authorize(till, 'b')
    await authorize(till, 'c')
    const requestedAt = 1
    await till.post('/v2/payments/preauthorize/revert', {
      merchantRevertId: 'v',
      paymentId: first,
      requestedAt,
    })
    const capture = {
      merchantPaymentId: 'b',
      amount: yen(700),
      merchantCaptureId: 'k',
      requestedAt,
      orderDescription: 'x',
    }
    await till.post('/v2/payments/capture', capture)
    await wait(60_000)
    expect(states()).toEqual(['AUTHORIZED', 'AUTHORIZED', 'AUTHORIZED', 'CANCELED', 'COMPLETED', 'EXPIRED'])
    expect(heard[4]?.body).toMatchObject({ order_amount: '700', authorized_at: '2026-11-24T03:00:00Z' })
    expect(heard[5]).toMatchObject({
      atMs: 60_000,
      body: { merchant_order_id: 'c', expires_at: '2026-11-24T03:01:00Z' },
    })
  })

  it('a reauthorisation is told when it holds, and a question when it is over', async () => {
    const { till, heard, wait } = listening({ confirmationLifetimeS: 60 })
    const paymentId = await authorize(till, 'a')
    await reauthorize(till, paymentId, 800)
    expect(heard.at(-1)?.body).toMatchObject({
      state: 'AUTHORIZED',
      reauth_request_id: 'to-800',
      order_amount: '800',
    })
    await reauthorize(till, paymentId, 900)
    await wait(60_000)
    expect(heard).toHaveLength(3)
    expect(heard.at(-1)?.body).toMatchObject({
      state: 'AUTHORIZED',
      reauth_request_id: 'to-900',
      confirmation_expires_at: '2026-11-24T03:01:00Z',
    })
  })

  it('an end a year ahead is told after a restart too, and not before its time', async () => {
    const changes: Change[] = []
    const first = new LinkedTill({ onChanges: some => void changes.push(...some) })
    first.switch({ preauth: 'contracted' })
    await authorize(first, 'a')
    const book = emptyBook()
    for (const change of changes) applyChange(book, change)
    const heard: string[] = []
    const again = new LinkedTill({ book, post: async (_url, body) => heard.push(body) })
    again.simulator.webhooks.tell('http://127.0.0.1:1/')
    await again.pass(365 * 24 * HOUR_MS - 1)
    expect(heard).toEqual([])
    await again.pass(1)
    expect(heard.join()).toContain('"state":"EXPIRED"')
  })
})

describe('of a consent', () => {
  it('is spelt as PayPay spells it', async () => {
    const { till, heard, states } = listening()
    const id = await till.link()
    expect(heard[0]?.body).toMatchObject({
      notification_type: 'customer.authroization.succeeded',
      notification_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      createdAt: '2026-11-24T03:00:00Z',
      referenceId: 'ref-1',
      nonce: 'n-1',
      userAuthorizationId: id,
      profileIdentifier: '*******0001',
      expiry: START_MS / 1_000 + 31_536_000,
    })
    till.simulator.changeConsent(id, 'extend')
    till.simulator.changeConsent(id, 'revoke')
    const other = await till.link()
    till.simulator.setUser('user-1', { state: 'CANCELED' })
    await till.call('DELETE', `/v2/user/authorizations/${other}`)
    const wish = {
      scopes: ['direct_debit'],
      nonce: 'n',
      redirectUrl: 'https://shop.example/',
      referenceId: 'r',
    }
    await till.post('/v1/qr/sessions', wish)
    till.simulator.answer(till.simulator.asks().find(ask => ask.isOpen)?.askId ?? '', 'refuse')
    expect(states().map(one => String(one).split('.').at(-1))).toEqual([
      'succeeded',
      'extended',
      'revoked',
      'succeeded',
      'canceled',
      'failed',
    ])
  })
})

describe('a server that does not answer 200', () => {
  it.each([
    ['threeRetries', 2_000, [0, 100, 200, 300]],
    ['tenRetries', 1_500, [0, 500, 1_000, 1_500, 2_000, 2_500, 3_000, 3_500, 4_000, 4_500, 5_000]],
    ['noRetry', 1_500, [0]],
  ] as const)('is tried as %s says', async (transactionEventTries, timeoutMs, at) => {
    const { till, heard, wait } = listening({ transactionEventTries }, Array<Outcome>(20).fill('timeout'))
    await till.sell('a')
    await wait(10_000)
    expect(heard.map(({ atMs }) => atMs)).toEqual(at)
    expect(heard.every(one => one.timeoutMs === timeoutMs)).toBe(true)
    expect(till.simulator.webhooks.deliveries[0]).toMatchObject({ state: 'dropped' })
  })

  it('is not tried again once it has', async () => {
    const { till, heard, wait } = listening({}, [500, 'refused'])
    await till.sell('a')
    await wait(1_000)
    expect(heard).toHaveLength(3)
    expect(till.simulator.webhooks.deliveries[0]).toMatchObject({
      state: 'delivered',
      tries: [{ outcome: 500 }, { outcome: 'refused' }, { outcome: 200 }],
    })
  })
})

describe('a fault', () => {
  it.each([
    ['lost', { kind: 'dropRequest' }, []],
    ['late', { kind: 'delay', ms: 5_000 }, [5_000]],
    ['doubled', { kind: 'duplicate' }, [0, 0]],
    ['unheard', { kind: 'dropAnswer' }, [0, 100, 200, 300]],
  ] as const)('has it %s', async (_name, what, at) => {
    const { till, heard, wait } = listening()
    till.faults({ endpoint: 'transactionEvent', what })
    await till.sell('a')
    await wait(6_000)
    expect(heard.map(({ atMs }) => atMs)).toEqual(at)
  })

  it('that is meant for any call leaves webhooks alone', async () => {
    const { till, heard } = listening()
    till.faults({ what: { kind: 'delay', ms: 0 } })
    await till.sell('a')
    expect(heard).toHaveLength(1)
    expect(till.simulator.faults.list()[0]).toMatchObject({ seen: 1 })
  })
})

it('the preauth file has a row for each amount and each end', async () => {
  const { till } = listening({ authorizationMostS: 3_600 })
  const first = await authorize(till, 'a')
  await till.pass(1_000)
  await reauthorize(till, first, 800)
  await till.pass(1_000)
  const capture = {
    merchantPaymentId: 'a',
    amount: yen(700),
    merchantCaptureId: 'cap',
    requestedAt: 1,
    orderDescription: 'x',
  }
  await till.post('/v2/payments/capture', capture)
  await till.pass(1_000)
  await till.refund('ref', first, 100)
  const second = await authorize(till, 'b')
  await till.post('/v2/payments/preauthorize/revert', {
    merchantRevertId: 'rev',
    paymentId: second,
    requestedAt: 1,
  })
  await till.pass(1_000)
  await authorize(till, 'c')
  await till.sell('plain')
  await till.pass(2 * HOUR_MS)
  const rows = (form: string) => {
    const { bytes } = till.simulator.reconciliationFile(fileWish.parse({ day: '2026-11-24', form }))
    const lines = iconv.decode(Buffer.from(bytes), 'shift_jis').split('\n').slice(1, -1)
    return lines.map(line => [6, 8, 11].map(column => line.split(',')[column]).join(' '))
  }
  expect(rows('preauth')).toEqual([
    'AUTHORIZED 1000 a',
    'AUTHORIZED 800 a',
    'COMPLETED 700 cap',
    'AUTHORIZED 1000 b',
    'CANCELED 1000 rev',
    'REFUNDED 100 ref',
    'AUTHORIZED 1000 c',
    'EXPIRED 1000 c',
  ])
  expect(rows('instant')).toEqual(['取引完了 160 plain'])
})
