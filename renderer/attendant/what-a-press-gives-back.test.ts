import { describe, expect, it } from 'vitest'
import type { DeskCheckout, MoneyBackView } from '../../shared/desk.ts'
import { yen } from '../../shared/money.ts'
import { amountOfDecision, type Draft, EMPTY_DRAFT, lastOf, placeOf, planOf } from './plan.ts'
import { sentenceKey, timelineLines } from './steps.ts'

// The button says an amount. Exactly that amount must go, and never more than is left.

const line = (priceYen: number, quantity: number) => ({
  productId: 'p',
  names: { ja: 'p' },
  quantity,
  unitPriceYen: yen(priceYen),
  lineYen: yen(priceYen * quantity),
  taxRatePercent: 8 as const,
})
const giveBack = {
  possible: true,
  leftYen: yen(1_240),
  leftOfLines: [1, 2, 1],
  way: 'cancel',
  untilMs: 0,
} as const
const checkout = {
  totalYen: yen(1_240),
  lines: [line(680, 1), line(170, 2), line(220, 1)],
  giveBack,
  moneyBacks: [] as readonly MoneyBackView[],
} as unknown as DeskCheckout
const noLimits = { limitYen: null, secondPersonAboveYen: null }
const plan = (draft: Partial<Draft>, limits: Parameters<typeof planOf>[3] = noLimits) =>
  planOf({ ...EMPTY_DRAFT, reason: 'soldOut', ...draft }, checkout, giveBack, limits)

describe('the plan', () => {
  it('whole is whatever is left, the way it goes now', () => {
    expect(plan({})).toEqual({
      amountYen: 1_240,
      what: { kind: 'whole' },
      way: 'cancel',
      needsSecondPin: false,
      missing: null,
    })
  })

  it('lines are what was chosen of what is left, and go as a refund', () => {
    const chosen = plan({ kind: 'lines', quantities: { 0: 1, 1: 9, 2: 0 } })
    expect(chosen.amountYen).toBe(680 + 2 * 170)
    expect(chosen.what).toEqual({
      kind: 'lines',
      lines: [
        { line: 0, quantity: 1 },
        { line: 1, quantity: 2 },
      ],
    })
    expect(chosen.way).toBe('refund')
    expect(plan({ kind: 'lines' }).missing?.key).toBe('back.chooseLines')
  })

  it('an amount is what was typed, up to what is left', () => {
    expect(plan({ kind: 'amount', digits: '1240' })).toMatchObject({ amountYen: 1_240, missing: null })
    expect(plan({ kind: 'amount', digits: '1241' }).missing).toEqual({
      key: 'back.aboveLeft',
      values: { leftYen: 1_240 },
    })
    expect(plan({ kind: 'amount' }).missing?.key).toBe('back.enterAmount')
  })

  it('wants a reason', () => {
    expect(plan({ reason: null }).missing?.key).toBe('back.chooseReason')
  })

  it('above a limit it is a manager’s', () => {
    const limits = { limitYen: yen(1_000), secondPersonAboveYen: null }
    expect(plan({}, limits).missing?.key).toBe('back.aboveLimit')
    expect(plan({ kind: 'amount', digits: '1000' }, limits).missing).toBeNull()
  })

  it('above an amount a second person comes, and not at it', () => {
    const limits = { limitYen: null, secondPersonAboveYen: yen(1_000) }
    expect(plan({ kind: 'amount', digits: '1000' }, limits).needsSecondPin).toBe(false)
    expect(plan({}, limits)).toMatchObject({ needsSecondPin: true, missing: { key: 'back.enterSecondPin' } })
    expect(plan({ secondPin: '123456' }, limits).missing).toBeNull()
  })
})

it('a decision that is sent again says the amount it was sent with', () => {
  const sent = { checkoutId: 'c1', decisionId: 'd1', reason: 'soldOut', note: '', secondPin: null } as const
  expect(amountOfDecision({ ...sent, what: { kind: 'whole' } }, checkout)).toBe(1_240)
  expect(amountOfDecision({ ...sent, what: { kind: 'amount', amountYen: 300 } }, checkout)).toBe(300)
  const lines = [{ line: 1, quantity: 2 }]
  expect(amountOfDecision({ ...sent, what: { kind: 'lines', lines } }, checkout)).toBe(340)
})

it('the dots fill as the money goes, and the last decision is told of', () => {
  const back = (state: MoneyBackView['state'], decidedAtMs: number) =>
    ({ state, decidedAtMs }) as MoneyBackView
  expect(placeOf(null)).toBe(1)
  expect(placeOf(back('waiting', 1))).toBe(1)
  expect(placeOf(back('taken', 1))).toBe(2)
  expect(placeOf(back('done', 1))).toBe(3)
  expect(placeOf(back('refused', 1))).toBe(1)
  expect(lastOf({ ...checkout, moneyBacks: [back('done', 2), back('waiting', 1)] })?.state).toBe('done')
  expect(lastOf(checkout)).toBeNull()
})

describe('the timeline', () => {
  it('reads that found the same are one line, with all that PayPay said', () => {
    const said = (requestId: string) => ({ httpStatus: 200, code: 'SUCCESS', requestId })
    const read = (seq: number, found: 'unpaid' | 'completed') =>
      ({ seq, atMs: seq * 1_000, what: { kind: 'read', found }, said: said(`r${seq}`) }) as const
    const lines = timelineLines([read(1, 'unpaid'), read(2, 'unpaid'), read(3, 'completed')])
    expect(lines).toMatchObject([
      { seq: 1, atMs: 2_000, times: 2, mark: 'plain', said: [said('r1'), said('r2')] },
      { seq: 3, times: 1, mark: 'paid' },
    ])
  })

  it('other steps are never put together', () => {
    const shown = (seq: number) => ({ seq, atMs: 0, what: { kind: 'codeShown' }, said: null }) as const
    expect(timelineLines([shown(1), shown(2)])).toHaveLength(2)
  })

  it('the sentence tells who handed over, and who decided', () => {
    expect(sentenceKey({ kind: 'handedOver', by: null })).toBe('step.handedOver')
    expect(sentenceKey({ kind: 'handedOver', by: '店長' })).toBe('step.handedOverBy')
  })
})
