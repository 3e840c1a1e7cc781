import { afterEach, beforeEach, expect, it } from 'vitest'
import { defaultSettings } from '../../core/config.ts'
import type { AttendantInputOf } from '../../shared/attendant.ts'
import type { ReturnReceipt } from '../../shared/receipt.ts'
import type { Result } from '../../shared/result.ts'
import { World } from './world.ts'

const PIN = '271828'

let world: World
beforeEach(async () => {
  world = await World.open({
    settings: {
      receipt: { ...defaultSettings.receipt, issuer: '株式会社こかげ', registrationNumber: 'T7000012050002' },
    },
  })
  world.switch({ multipleRefunds: true })
  await world.desk('setUp', { lane: 'office', name: '店長', pin: PIN })
})
afterEach(() => world.end())

const signedIn = async (): Promise<string> => {
  const answer = await world.desk('signIn', { lane: 'office', pin: PIN })
  return answer.ok ? answer.value.token : ''
}
const TWO_TEAS_AND_A_BAG = {
  kind: 'cart',
  lines: [
    { productId: 'tea', quantity: 2 },
    { productId: 'bag', quantity: 1 },
  ],
} as const

it('the customer sees the receipt while they are at the lane, and the next one does not', async () => {
  const checkout = await world.sell('main', TWO_TEAS_AND_A_BAG)
  const ask = (): Promise<Result<unknown>> =>
    world.call('getReceipt', { lane: 'main', checkoutId: checkout.checkoutId })
  expect(await ask()).toMatchObject({ failure: { kind: 'unknownCheckout' } })
  world.simulator.phone(world.code(), 'approve')
  await world.clock.pass(3_000)
  expect(await ask()).toMatchObject({
    value: {
      kind: 'sale',
      issuer: { name: '株式会社こかげ', registrationNumber: 'T7000012050002' },
      totalYen: 540,
      taxes: [
        { ratePercent: 8, totalYen: 320, taxYen: 23 },
        { ratePercent: 10, totalYen: 220, taxYen: 20 },
      ],
      claimNumber: '001',
      printedBefore: 0,
    },
  })
  const elsewhere = { lane: 'other', checkoutId: checkout.checkoutId }
  expect(await world.call('getReceipt', elsewhere)).toMatchObject({ ok: false })
  await world.act('leaveCheckout', checkout)
  expect(await ask()).toMatchObject({ failure: { kind: 'unknownCheckout' } })
})

it('the second printing says that it is a copy, whoever printed the first', async () => {
  const checkout = await world.sell()
  world.simulator.phone(world.code(), 'approve')
  await world.clock.pass(3_000)
  const { checkoutId } = checkout
  expect(await world.call('printReceipt', { lane: 'main', checkoutId })).toMatchObject({
    value: { printedBefore: 0 },
  })
  await world.act('leaveCheckout', checkout)
  expect(await world.desk('issuePaper', { checkoutId, of: 'sale' }, await signedIn())).toMatchObject({
    value: { receipt: { printedBefore: 1 } },
  })
  expect(await world.desk('issuePaper', { checkoutId, of: 'nothing' }, await signedIn())).toMatchObject({
    failure: { kind: 'noPaper' },
  })
})

it('returns in parts have a paper each, and together they are the sale, tax and all', async () => {
  const { checkoutId } = await world.sold('main', TWO_TEAS_AND_A_BAG)
  const parts: AttendantInputOf<'giveBack'>['what'][] = [
    { kind: 'lines', lines: [{ line: 0, quantity: 1 }] },
    { kind: 'amount', amountYen: 113 },
    { kind: 'whole' },
  ]
  for (const what of parts) {
    const wish = {
      checkoutId,
      decisionId: `decision-${what.kind}`,
      what,
      reason: 'quality',
      note: '',
      secondPin: null,
    } as const
    expect(await world.desk('giveBack', wish, await signedIn())).toMatchObject({ ok: true })
    await world.clock.pass(10_000)
  }
  const answer = await world.desk('getPapers', { checkoutId }, await signedIn())
  if (!answer.ok) throw new Error(answer.failure.kind)
  const [sale, ...returns] = answer.value.map(paper => paper.receipt)
  expect(answer.value.map(paper => paper.of)).toEqual([
    'sale',
    ...[1, 2, 3].map(n => `${checkoutId}-1-m${n}`),
  ])
  expect(returns.map(paper => paper.totalYen)).toEqual([160, 113, 267])
  expect(returns.map(paper => (paper as ReturnReceipt).what)).toEqual(['lines', 'amount', 'amount'])
  for (const rate of sale?.taxes ?? []) {
    const ofRate = returns.flatMap(paper => paper.taxes.filter(tax => tax.ratePercent === rate.ratePercent))
    expect(ofRate.reduce((sum, tax) => sum + tax.totalYen, 0)).toBe(rate.totalYen)
    expect(ofRate.reduce((sum, tax) => sum + tax.taxYen, 0)).toBe(rate.taxYen)
  }
})

it('a whole return of the day is one paper that names the whole', async () => {
  const { checkoutId } = await world.sold()
  const wish = {
    checkoutId,
    decisionId: 'decision-1',
    what: { kind: 'whole' },
    reason: 'mistake',
    note: '',
    secondPin: null,
  } as const
  await world.desk('giveBack', wish, await signedIn())
  await world.clock.pass(10_000)
  const answer = await world.desk('getPapers', { checkoutId }, await signedIn())
  expect(answer).toMatchObject({
    value: [{ of: 'sale' }, { receipt: { kind: 'return', what: 'whole', totalYen: 160 } }],
  })
})
