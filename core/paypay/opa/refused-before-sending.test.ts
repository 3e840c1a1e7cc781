import { describe, expect, it } from 'vitest'
import { Secret } from '../../secret.ts'
import { Scripted } from '../scripted.ts'
import { type Opa, openOpa } from './client.ts'
import { documented, wireAnswer } from './documented.ts'
import { examples } from './examples.ts'
import { type FunctionName, functionNames, table } from './table.ts'

// What PayPay would refuse is refused here, with the field and the rule, and no byte of it leaves.

function openTo(paypay: Scripted): Opa {
  const credentials = { apiKey: 'test-key', apiSecret: new Secret('test-secret') }
  return openOpa({ transport: paypay, clock: paypay, credentials, nonce: () => 'nonce-1' })
}

async function problemsOf(name: FunctionName, input: unknown): Promise<string> {
  const paypay = new Scripted()
  const call = openTo(paypay)[name] as (input: unknown) => ReturnType<Opa['getPayment']>
  const outcome = await call(input)
  if (outcome.ok || outcome.failure.kind !== 'refused' || outcome.failure.by !== 'kaikei')
    throw new Error(`${name} sent ${JSON.stringify(input)}`)
  expect(paypay.sent).toEqual([])
  expect(outcome.evidence).toBeNull()
  expect(outcome.failure.says).toMatch(/^Nothing was sent, as PayPay would refuse it\. .+\.$/)
  return outcome.failure.problems.map(({ field, rule }) => `${field}: ${rule}`).join('; ')
}

const amount = { amount: 160, currency: 'JPY' }
const long = 'あ'.repeat(256)

describe('ids', () => {
  it.each(['', 'a b', 'a/b', 'あ', 'a.b', 'a'.repeat(65), '../x', 'a?b', 'a%2F'])('%j', async id => {
    const rule = 'merchantPaymentId: 1 to 64 letters, digits, hyphens or underscores'
    expect(await problemsOf('getPayment', { merchantPaymentId: id })).toBe(rule)
    expect(await problemsOf('cancelPayment', { merchantPaymentId: id })).toBe(rule)
    expect(await problemsOf('createCode', { merchantPaymentId: id, amount })).toBe(rule)
  })

  it('a number in place of PayPay’s paymentId, which would lose digits', async () => {
    const input = { ...examples.refundPayment, paymentId: Number('3930495384927838208') }
    expect(await problemsOf('refundPayment', input)).toContain('paymentId: a string')
  })

  it('a codeId that would leave its path', async () => {
    for (const codeId of ['..', 'a/b', '', 'a?b'])
      expect(await problemsOf('deleteCode', { codeId })).toContain('codeId: a codeId as PayPay gives it')
  })
})

describe('amounts', () => {
  it.each([
    [0, 'amount.amount: at least 1 yen'],
    [-1, 'amount.amount: at least 1 yen'],
    [1.5, 'amount.amount: a whole number'],
    ['160', 'amount.amount: a number, not text'],
    [100_000_000_000, 'amount.amount: at most 11 digits'],
    [undefined, 'amount.amount: missing: it has to be sent'],
  ])('%j', async (yen, words) => {
    const input = { merchantPaymentId: 'a', amount: { amount: yen, currency: 'JPY' } }
    expect(await problemsOf('createCode', input)).toBe(words)
  })

  it('in another currency', async () => {
    const input = { merchantPaymentId: 'a', amount: { amount: 1, currency: 'USD' } }
    expect(await problemsOf('createCode', input)).toBe('amount.currency: "JPY"; PayPay knows no other')
  })
})

describe('texts and times', () => {
  it('of more than 255 characters', async () => {
    const rule = 'at most 255 characters'
    expect(await problemsOf('createCode', { ...examples.createCode, orderDescription: long })).toBe(
      `orderDescription: ${rule}`,
    )
    expect(await problemsOf('refundPayment', { ...examples.refundPayment, reason: long })).toBe(
      `reason: ${rule}`,
    )
    expect(
      await problemsOf('createCode', { ...examples.createCode, orderItems: [{ name: long }] }),
    ).toContain('orderItems.0.name')
  })

  it('in milliseconds, as the README of PayPay’s SDK has it', async () => {
    const requestedAt = 1_587_460_334_340
    expect(await problemsOf('createCode', { ...examples.createCode, requestedAt })).toBe(
      'requestedAt: seconds since 1970; that looks like milliseconds',
    )
  })

  it('that are empty and name a payment method', async () => {
    const input = { ...examples.createNativePayment, paymentMethodType: '', paymentMethodId: '' }
    expect(await problemsOf('createNativePayment', input)).toBe(
      'paymentMethodType: not empty; paymentMethodId: not empty',
    )
  })

  it('that are no day', async () => {
    expect(
      await problemsOf('giveCashback', { ...examples.giveCashback, expiryDate: '2026-02-30' }),
    ).toContain('expiryDate: a day, such as')
  })
})

it('a field that PayPay does not know, which it might take for something else', async () => {
  expect(await problemsOf('createCode', { ...examples.createCode, ammount: 1 })).toBe(
    ': PayPay knows no ammount here',
  )
})

it.each(functionNames)('%s without what it needs', async name => {
  const required = await problemsOf(name, {})
  for (const [field, schema] of Object.entries(table[name].input.shape))
    if (!schema.safeParse(undefined).success) expect(required).toContain(`${field}: `)
  for (const nothing of [null, undefined, 5, 'x', []]) await problemsOf(name, nothing)
})

describe('a repetition', () => {
  it('is sent byte for byte, at another time too', async () => {
    const paypay = new Scripted()
    const opa = openTo(paypay)
    const { status, code, data } = documented.createCode
    paypay.answer = wireAnswer(status, code, data)
    await opa.createCode(examples.createCode)
    paypay.turn(5_000)
    await opa.createCode(examples.createCode)
    expect(paypay.sent.map(({ body }) => body?.toString())).toEqual(
      Array(2).fill(paypay.sent[0]?.body?.toString()),
    )
    expect(JSON.parse(paypay.sent[0]?.body?.toString() ?? '')).toEqual({
      ...examples.createCode,
      codeType: 'ORDER_QR',
      isAuthorization: false,
      requestedAt: 1_700_000_000,
    })
  })

  it('with another amount is refused, as PayPay might take either', async () => {
    const paypay = new Scripted()
    const opa = openTo(paypay)
    await opa.refundPayment({ ...examples.refundPayment })
    const outcome = await opa.refundPayment({
      ...examples.refundPayment,
      amount: { amount: 1, currency: 'JPY' },
    })
    expect(outcome).toMatchObject({
      ok: false,
      failure: { kind: 'refused', by: 'kaikei', problems: [{ field: 'merchantRefundId' }] },
      evidence: null,
    })
    expect(paypay.sent).toHaveLength(1)
  })
})

it('leaves the caller’s object as it was', async () => {
  const input = structuredClone(examples.createCode)
  await openTo(new Scripted()).createCode(input)
  expect(input).toEqual(examples.createCode)
})

it('signs the path without the query, and sends what only the query may hold there', async () => {
  const paypay = new Scripted()
  await openTo(paypay).createNativePayment({ ...examples.createNativePayment, agreeSimilarTransaction: true })
  expect(paypay.sent[0]).toMatchObject({ path: '/v2/payments', query: { agreeSimilarTransaction: 'true' } })
  expect(paypay.sent[0]?.body?.toString()).not.toContain('agreeSimilar')
})
