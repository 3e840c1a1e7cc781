import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { defaultSettings } from '../../core/config.ts'
import { certificateFile, certify, faultOf } from '../../core/ledger/certificate.ts'
import type { AttendantInputOf } from '../../shared/attendant.ts'
import type { Checkout } from '../../shared/checkout.ts'
import type { DeskCheckout, DeskFailure } from '../../shared/desk.ts'
import type { Result } from '../../shared/result.ts'
import { World } from './world.ts'

const MANAGER = '271828'
const ATTENDANT = '161803'

let world: World
const open = async (settings: Partial<typeof defaultSettings> = {}): Promise<void> => {
  world = await World.open({ settings })
  await world.desk('setUp', { lane: 'main', name: '店長', pin: MANAGER })
}
beforeEach(() => open())
afterEach(() => world.end())

let lanes = 0
/** At a lane where nobody buys, so that nothing ends the session but time. */
const signedIn = async (pin = MANAGER): Promise<string> => {
  lanes += 1
  const answer = await world.desk('signIn', { lane: `desk-${lanes}`, pin })
  if (!answer.ok) throw new Error(answer.failure.kind)
  return answer.value.token
}
let decisions = 0
const whole = { kind: 'whole' } as const
/** By the manager, unless somebody else is in. */
const giveBack = async (
  { checkoutId }: Pick<Checkout, 'checkoutId'>,
  what: AttendantInputOf<'giveBack'>['what'] = whole,
  extra: { decisionId?: string; secondPin?: string | null; seen?: number } = {},
  session?: string,
) => {
  decisions += 1
  const decisionId = `decision-${decisions}`
  const wish = {
    checkoutId,
    decisionId,
    what,
    reason: 'soldOut',
    note: '',
    secondPin: null,
    ...extra,
  } as const
  return world.desk('giveBack', wish, session ?? (await signedIn()))
}
const look = async (checkout: Pick<Checkout, 'checkoutId'>): Promise<DeskCheckout> => {
  const answer = await world.desk('getCheckout', { checkoutId: checkout.checkoutId }, await signedIn())
  if (!answer.ok) throw new Error(answer.failure.kind)
  return answer.value
}
const failureOf = (answer: Result<unknown, DeskFailure>): DeskFailure | null =>
  answer.ok ? null : answer.failure
const TWO_TEAS_AND_A_BAG = {
  kind: 'cart',
  lines: [
    { productId: 'tea', quantity: 2 },
    { productId: 'bag', quantity: 1 },
  ],
} as const
const BACK = { paypayKeepsYen: 0, deliveredYen: 0, open: 0 }

describe('nothing goes wrong', () => {
  it('on the day it was paid the whole goes back as a cancel, and PayPay’s book shows it', async () => {
    const checkout = await world.sold()
    expect(await look(checkout)).toMatchObject({
      word: 'delivered',
      giveBack: { possible: true, leftYen: 160, way: 'cancel' },
    })
    expect(await giveBack(checkout)).toMatchObject({ value: { word: 'returning' } })
    await world.clock.pass(10_000)
    expect(await look(checkout)).toMatchObject({
      word: 'returned',
      returnedYen: 160,
      moneyBacks: [{ amountYen: 160, way: 'cancel', state: 'done', by: '店長', reason: 'soldOut' }],
      giveBack: { possible: false, because: 'allReturned' },
    })
    expect(await world.books()).toEqual(BACK)
    expect(await world.outcome(checkout.checkoutId)).toBe('delivered')
    const certificate = await certify(world.ledger, checkout.checkoutId)
    expect('proof' in certificate && certificate.proof.at(-1)?.says).toContain('given back ¥160')
    expect('proof' in certificate && (await faultOf(certificate, world.ledger))).toBeNull()
  })

  it('after 0:13 of the next day it goes as a refund', async () => {
    const checkout = await world.sold()
    await world.clock.pass(12 * 3_600_000 + 14 * 60_000)
    await giveBack(checkout)
    await world.clock.pass(5_000)
    expect(await look(checkout)).toMatchObject({
      word: 'returned',
      moneyBacks: [{ way: 'refund', state: 'done' }],
    })
    expect(await world.books()).toEqual(BACK)
    // Twelve hours of probes, event by event.
  }, 30_000)

  it('a part goes as a refund, by lines or by an amount, and what is left is counted', async () => {
    world.switch({ multipleRefunds: true })
    const checkout = await world.sold('main', TWO_TEAS_AND_A_BAG)
    await giveBack(checkout, { kind: 'lines', lines: [{ line: 0, quantity: 1 }] })
    await world.clock.pass(5_000)
    expect(await look(checkout)).toMatchObject({
      word: 'partlyReturned',
      returnedYen: 160,
      giveBack: { leftYen: 380, leftOfLines: [1, 1], way: 'refund' },
    })
    await giveBack(checkout, { kind: 'amount', amountYen: 300 })
    await world.clock.pass(5_000)
    expect(await look(checkout)).toMatchObject({ giveBack: { leftYen: 80, leftOfLines: null } })
    await giveBack(checkout)
    await world.clock.pass(5_000)
    expect(await look(checkout)).toMatchObject({ word: 'returned', returnedYen: 540 })
    expect(await world.books()).toEqual(BACK)
  })

  it('a customer who is still at the screen sees that the money is on its way, and that it went', async () => {
    const checkout = await world.sell()
    world.simulator.phone(world.code(), 'approve')
    await world.clock.pass(3_000)
    expect(await world.status()).toBe('paid')
    world.faults({ endpoint: 'cancelPayment', what: { kind: 'delay', ms: 1_000 } })
    await giveBack(checkout)
    expect(await world.status()).toBe('returning')
    await world.clock.pass(10_000)
    expect(await world.status()).toBe('returned')
  })

  it('a refund that PayPay calls CREATED has been taken on', async () => {
    world.switch({ refundTakesMs: 60_000 })
    const checkout = await world.sold('main', TWO_TEAS_AND_A_BAG)
    await giveBack(checkout, { kind: 'amount', amountYen: 100 })
    await world.clock.pass(5_000)
    expect(await look(checkout)).toMatchObject({ moneyBacks: [{ state: 'done' }] })
  })
})

describe('never twice for one decision', () => {
  it('ten taps on one decision are one', async () => {
    const checkout = await world.sold('main', TWO_TEAS_AND_A_BAG)
    const taps = Array.from({ length: 10 }, () =>
      giveBack(checkout, { kind: 'amount', amountYen: 100 }, { decisionId: 'one-decision' }),
    )
    for (const tap of await Promise.all(taps)) expect(tap).toMatchObject({ ok: true })
    await world.clock.pass(20_000)
    expect(
      await giveBack(checkout, { kind: 'amount', amountYen: 100 }, { decisionId: 'one-decision' }),
    ).toMatchObject({
      ok: true,
    })
    await world.clock.pass(20_000)
    expect(world.simulator.bookReport().keptYen).toBe(440)
    expect((await look(checkout)).moneyBacks).toHaveLength(1)
  })

  it('two attendants at once: one gives it back, the other is told that it is under way', async () => {
    const checkout = await world.sold()
    const sessions = [await signedIn(), await signedIn()]
    world.faults({ endpoint: 'cancelPayment', what: { kind: 'delay', ms: 1_000 } })
    const [first, second] = (await Promise.all(
      sessions.map(session => giveBack(checkout, whole, {}, session)),
    )) as [Awaited<ReturnType<typeof giveBack>>, Awaited<ReturnType<typeof giveBack>>]
    expect([first.ok, second.ok].filter(Boolean)).toHaveLength(1)
    expect(failureOf(first) ?? failureOf(second)).toEqual({ kind: 'noMoneyBack', because: 'underWay' })
    await world.clock.pass(20_000)
    expect(await world.books()).toEqual(BACK)
    expect(failureOf(await giveBack(checkout))).toEqual({
      kind: 'noMoneyBack',
      because: 'allReturned',
    })
  })

  it.each([
    ['cancelPayment', whole],
    ['refundPayment', { kind: 'amount', amountYen: 160 - 60 } as const],
  ] as const)(
    'the answer to %s is lost: it is asked about, and the money goes once',
    async (endpoint, what) => {
      const checkout = await world.sold()
      world.faults({ endpoint, what: { kind: 'dropAnswer' }, when: { from: 1, count: 3 } })
      await giveBack(checkout, what)
      await world.clock.pass(120_000)
      expect((await look(checkout)).moneyBacks).toMatchObject([{ state: 'done' }])
      expect(world.simulator.bookReport().keptYen).toBe(what === whole ? 0 : 60)
    },
  )

  it.each(['cancelPayment', 'refundPayment'] as const)(
    'the till is killed around %s, at every moment: the money goes once',
    async endpoint => {
      const what = endpoint === 'cancelPayment' ? whole : ({ kind: 'amount', amountYen: 100 } as const)
      for (const fault of ['delay', 'dropRequest', 'dropAnswer', 'none'] as const) {
        const checkout = await world.sold()
        const before = world.simulator.bookReport().keptYen
        if (fault === 'delay') world.faults({ endpoint, what: { kind: 'delay', ms: 5_000 } })
        else if (fault !== 'none') world.faults({ endpoint, what: { kind: fault }, when: { nth: 1 } })
        await giveBack(checkout, what)
        await world.crash()
        world.faults()
        await world.boot()
        await world.clock.pass(120_000)
        expect((await look(checkout)).moneyBacks, fault).toMatchObject([{ state: 'done' }])
        expect(world.simulator.bookReport().keptYen, fault).toBe(before - (what === whole ? 160 : 100))
      }
    },
  )

  it('killed between the decision and the first byte: the decision is kept', async () => {
    const checkout = await world.sold()
    world.away = true
    await giveBack(checkout)
    await world.crash()
    world.away = false
    await world.boot()
    await world.clock.pass(30_000)
    expect(await look(checkout)).toMatchObject({ word: 'returned' })
    expect(await world.books()).toEqual(BACK)
  })
})

describe('PayPay says no, or nothing', () => {
  it('PayPay is away: the decision is kept, becomes a case after ten minutes, and goes by itself when PayPay is back', async () => {
    const checkout = await world.sold()
    world.away = true
    expect(await giveBack(checkout)).toMatchObject({ value: { moneyBacks: [{ state: 'waiting' }] } })
    await world.clock.pass(620_000)
    expect(await look(checkout)).toMatchObject({
      word: 'case',
      openCase: { why: { code: 'notBackYet' }, money: 'returning', amountYen: 160 },
    })
    world.away = false
    await world.clock.pass(130_000)
    expect(await look(checkout)).toMatchObject({ word: 'returned', openCase: null })
    expect(await world.books()).toEqual(BACK)
  })

  it('a cancel that PayPay refuses goes as a refund', async () => {
    const checkout = await world.sold()
    world.faults({
      endpoint: 'cancelPayment',
      what: { kind: 'status', status: 400, code: 'ORDER_NOT_REVERSIBLE' },
    })
    await giveBack(checkout)
    await world.clock.pass(20_000)
    expect(await look(checkout)).toMatchObject({ moneyBacks: [{ way: 'refund', state: 'done' }] })
    expect(await world.books()).toEqual(BACK)
  })

  it('a second refund that PayPay does not allow is refused in words, and is a case until somebody has decided', async () => {
    const checkout = await world.sold('main', TWO_TEAS_AND_A_BAG)
    await giveBack(checkout, { kind: 'amount', amountYen: 100 })
    await world.clock.pass(5_000)
    await giveBack(checkout, { kind: 'amount', amountYen: 50 })
    await world.clock.pass(20_000)
    const refused = await look(checkout)
    expect(refused).toMatchObject({ word: 'case', caseMoves: ['giveBack', 'close'] })
    expect(refused.moneyBacks[1]).toMatchObject({
      state: 'refused',
      code: 'MERCHANT_MULTIPLE_REFUND_REJECTED',
    })
    expect(
      await world.desk(
        'closeCase',
        { checkoutId: checkout.checkoutId, reason: '現金で返した' },
        await signedIn(),
      ),
    ).toMatchObject({ value: { word: 'partlyReturned', openCase: null } })
    expect(world.simulator.bookReport().keptYen).toBe(440)
  })

  it('after a year PayPay takes no refunds, and the till says so before it asks', async () => {
    const checkout = await world.sold()
    world.clock.jump(366 * 86_400_000)
    await world.clock.pass(30_000)
    expect(failureOf(await giveBack(checkout))).toEqual({ kind: 'noMoneyBack', because: 'windowOver' })
  })
})

describe('wrong input', () => {
  it.each([
    ['more than is left', { kind: 'amount', amountYen: 541 }, { kind: 'aboveWhatIsLeft', leftYen: 540 }],
    ['nothing', { kind: 'amount', amountYen: 0 }, { kind: 'amountTooSmall', minYen: 1 }],
    ['less than nothing', { kind: 'amount', amountYen: -5 }, { kind: 'amountTooSmall', minYen: 1 }],
    ['half a yen', { kind: 'amount', amountYen: 1.5 }, { kind: 'badInput', where: 'what.amountYen' }],
    [
      'three of two',
      { kind: 'lines', lines: [{ line: 0, quantity: 3 }] },
      { kind: 'notSoManyOfLine', line: 0, left: 2 },
    ],
    [
      'two and one of two',
      {
        kind: 'lines',
        lines: [
          { line: 0, quantity: 2 },
          { line: 0, quantity: 1 },
        ],
      },
      { kind: 'notSoManyOfLine', line: 0, left: 2 },
    ],
    [
      'a line that is not there',
      { kind: 'lines', lines: [{ line: 9, quantity: 1 }] },
      { kind: 'notSoManyOfLine', line: 9 },
    ],
  ] as const)('%s is refused, and nothing is written', async (_what, what, failure) => {
    const checkout = await world.sold('main', TWO_TEAS_AND_A_BAG)
    const session = await signedIn()
    const before = await world.ledger.head()
    expect(failureOf(await giveBack(checkout, what as never, {}, session))).toMatchObject(failure)
    expect(await world.ledger.head()).toEqual(before)
  })

  it('what was never paid, is being paid, or goes back by itself cannot be given back', async () => {
    const left = await world.sell()
    expect(failureOf(await giveBack(left))).toEqual({ kind: 'noMoneyBack', because: 'notOverYet' })
    await world.act('stopCheckout', left, { reason: 'customer' })
    await world.clock.pass(20_000)
    await world.act('leaveCheckout', left)
    await world.clock.pass(20_000)
    expect(failureOf(await giveBack(left))).toEqual({
      kind: 'noMoneyBack',
      because: 'nothingPaid',
    })
    expect(failureOf(await giveBack({ checkoutId: 'nobody' }))).toEqual({
      kind: 'unknownCheckout',
      checkoutId: 'nobody',
    })
  })
})

describe('who may', () => {
  const attendant = async (): Promise<string> => {
    await world.addPerson('係', 'attendant', ATTENDANT)
    return signedIn(ATTENDANT)
  }

  it('an attendant up to the limit, a manager everything, in however many parts', async () => {
    await world.end()
    await open({ moneyBack: { attendantYen: 200, secondPersonAboveYen: null } })
    world.switch({ multipleRefunds: true })
    const checkout = await world.sold('main', TWO_TEAS_AND_A_BAG)
    const session = await attendant()
    expect(failureOf(await giveBack(checkout, whole, {}, session))).toEqual({
      kind: 'aboveLimit',
      limitYen: 200,
    })
    expect(await giveBack(checkout, { kind: 'amount', amountYen: 150 }, {}, session)).toMatchObject({
      ok: true,
    })
    await world.clock.pass(5_000)
    expect(failureOf(await giveBack(checkout, { kind: 'amount', amountYen: 51 }, {}, session))).toEqual({
      kind: 'aboveLimit',
      limitYen: 200,
    })
    expect(
      failureOf(await world.desk('closeCase', { checkoutId: checkout.checkoutId, reason: 'abc' }, session)),
    ).toEqual({
      kind: 'notAllowed',
      needs: 'manager',
    })
    expect(await giveBack(checkout)).toMatchObject({ ok: true })
  })

  it('above a sum a second person gives their PIN, and it is not the first one’s', async () => {
    await world.end()
    await open({ moneyBack: { attendantYen: 3_000, secondPersonAboveYen: 500 } })
    const checkout = await world.sold('main', TWO_TEAS_AND_A_BAG)
    const session = await attendant()
    expect(failureOf(await giveBack(checkout, whole, {}, session))).toEqual({
      kind: 'secondPersonNeeded',
      aboveYen: 500,
    })
    expect(failureOf(await giveBack(checkout, whole, { secondPin: ATTENDANT }, session))).toEqual({
      kind: 'samePerson',
    })
    expect(failureOf(await giveBack(checkout, whole, { secondPin: '999999' }, session))).toMatchObject({
      kind: 'wrongPin',
    })
    const made = { moneyBacks: [{ decisionId: 'made-by-two', by: '係', approvedBy: '店長' }] }
    const decisionId = 'made-by-two'
    expect(await giveBack(checkout, whole, { decisionId, secondPin: MANAGER }, session)).toMatchObject({
      value: made,
    })
    // Whoever was not answered sees it, and sends it again without the PIN, which nobody has kept.
    expect(await look(checkout)).toMatchObject(made)
    const again = await giveBack(checkout, whole, { decisionId }, session)
    expect(again).toMatchObject({ value: made })
    expect(again.ok && again.value.moneyBacks).toHaveLength(1)
  })
})

describe('goods that could not be handed over', () => {
  beforeEach(async () => {
    await world.end()
    world = await World.open({
      handover: { release: async () => ({ done: false, says: 'the spiral is stuck' }) },
    })
    await world.desk('setUp', { lane: 'main', name: '店長', pin: MANAGER })
  })
  const stuck = async (): Promise<Checkout> => {
    const checkout = await world.sold()
    expect(await look(checkout)).toMatchObject({ word: 'case', caseMoves: ['handOver', 'giveBack', 'close'] })
    return checkout
  }

  it('are given back: the checkout ends returned, with its proof', async () => {
    const checkout = await stuck()
    await giveBack(checkout)
    await world.clock.pass(20_000)
    expect(await world.outcome(checkout.checkoutId)).toBe('returned')
    const certificate = await certify(world.ledger, checkout.checkoutId)
    expect(certificate).toMatchObject({
      outcome: 'returned',
      proof: [{ says: expect.stringContaining('to give back ¥160') }, { seq: expect.any(Number) }],
    })
    expect(await world.books()).toEqual(BACK)
  })

  it('are handed over by hand: delivered', async () => {
    const checkout = await stuck()
    expect(await world.desk('handOver', { checkoutId: checkout.checkoutId }, await signedIn())).toMatchObject(
      {
        ok: true,
      },
    )
    await world.clock.pass(1_000)
    expect(await world.outcome(checkout.checkoutId)).toBe('delivered')
    expect(await look(checkout)).toMatchObject({ word: 'delivered' })
    expect(
      failureOf(await world.desk('handOver', { checkoutId: checkout.checkoutId }, await signedIn())),
    ).toBeNull()
  })

  it('are a manager’s decision: nothing more is tried, over a restart too', async () => {
    const checkout = await stuck()
    await world.desk(
      'closeCase',
      { checkoutId: checkout.checkoutId, reason: '現金で返した' },
      await signedIn(),
    )
    expect(await look(checkout)).toMatchObject({ word: 'decided', openCase: null })
    await world.crash()
    await world.boot()
    expect(world.kiosk.recovered).toBe(0)
    await world.clock.pass(700_000)
    expect(await look(checkout)).toMatchObject({ word: 'decided' })
  })
})

it('the certificate is at the desk: when it is proven, and before', async () => {
  const checkout = await world.sell()
  const ask = async () => world.desk('getCertificate', { checkoutId: checkout.checkoutId }, await signedIn())
  expect(await ask()).toMatchObject({
    value: { given: false, because: expect.stringContaining('no outcome') },
  })
  world.simulator.phone(world.code(), 'approve')
  await world.clock.pass(3_000)
  const answer = await ask()
  expect(answer).toMatchObject({ value: { given: true, outcome: 'delivered' } })
  const json = answer.ok && answer.value.given ? answer.value.file.json : '{}'
  expect(await faultOf(certificateFile.parse(JSON.parse(json)), world.ledger)).toBeNull()
})

describe('what another might not see', () => {
  it('a part that somebody gave back in PayPay’s own tool is not the whole: what is left becomes a case, never "done"', async () => {
    world.switch({ partialRefundStatus: 'REFUNDED' })
    const checkout = await world.sold()
    const paid = (await look(checkout)).payments[0]
    // Not by this till: PayPay is asked as its own tool would ask it.
    const elsewhere = await world.refundElsewhere(paid?.paymentId ?? '', 60)
    expect(elsewhere).toBe(true)
    await giveBack(checkout)
    await world.clock.pass(120_000)
    const after = await look(checkout)
    expect(after.moneyBacks[0]?.state).not.toBe('done')
    expect(after.word).toBe('case')
    expect(world.simulator.bookReport().keptYen).toBe(100)
  })

  it('whoever decides on an older picture is told that somebody else has decided since', async () => {
    world.switch({ multipleRefunds: true })
    const checkout = await world.sold('main', TWO_TEAS_AND_A_BAG)
    const part = { kind: 'amount', amountYen: 100 } as const
    expect(await giveBack(checkout, part, { seen: 0 })).toMatchObject({ ok: true })
    await world.clock.pass(10_000)
    expect(failureOf(await giveBack(checkout, part, { seen: 0 }))).toEqual({
      kind: 'noMoneyBack',
      because: 'decidedSince',
    })
    expect(await giveBack(checkout, part, { seen: 1 })).toMatchObject({ ok: true })
    await world.clock.pass(10_000)
    expect(world.simulator.bookReport().keptYen).toBe(340)
  })

  it('a cancel that PayPay has accepted and never shows is closed by a manager: nothing more is sent, nothing goes twice', async () => {
    // Longer than PayPay is known to take, so past the switch's own bounds.
    world.simulator.switches = { ...world.simulator.switches, cancelTakesMs: 86_400_000 }
    const checkout = await world.sold('main', TWO_TEAS_AND_A_BAG)
    const { checkoutId } = checkout
    await giveBack(checkout)
    await world.clock.pass(590_000)
    const close = { checkoutId, reason: '現金で返した' }
    expect(failureOf(await world.desk('closeCase', close, await signedIn()))).toEqual({ kind: 'noCase' })
    await world.clock.pass(200_000)
    expect(await look(checkout)).toMatchObject({
      word: 'case',
      openCase: { why: { code: 'notBackYet' }, amountYen: 540 },
      caseMoves: ['close'],
      moneyBacks: [{ state: 'taken' }],
    })
    expect(await world.desk('closeCase', close, await signedIn())).toMatchObject({
      value: { word: 'decided', openCase: null, moneyBacks: [{ state: 'closed', doneAtMs: null }] },
    })
    expect((await world.facts(checkoutId)).at(-1)).toMatchObject({
      type: 'caseClosed',
      data: { reason: '現金で返した', by: 'u1' },
    })
    // Whatever PayPay still has counts as given back.
    expect(failureOf(await giveBack(checkout))).toEqual({ kind: 'noMoneyBack', because: 'closed' })
    await world.crash()
    await world.boot()
    expect(world.kiosk.recovered).toBe(0)
    const before = await world.facts(checkoutId)
    await world.clock.pass(700_000)
    expect(await world.facts(checkoutId)).toEqual(before)
    expect(await look(checkout)).toMatchObject({ word: 'decided', openCase: null, caseMoves: [] })
  })

  it('a payment that goes back by itself, its cancel unanswered, is not closed by a person: whoever pays by hand might pay twice', async () => {
    const checkout = await world.sell('second')
    const lost = { endpoint: 'cancelPayment', what: { kind: 'dropAnswer', connection: 'cut' } } as const
    world.faults({ endpoint: 'deleteCode', what: { kind: 'dropRequest', connection: 'cut' } }, lost)
    // Gone, and paid all the same: the goods stay, and the money goes back by itself.
    await world.act('leaveCheckout', checkout, {}, 'second')
    world.simulator.phone(world.code(), 'approve')
    const isCancelled = async (): Promise<boolean> =>
      (await world.facts(checkout.checkoutId)).some(({ type }) => type === 'cancelIntended')
    for (let tries = 0; tries < 100 && !(await isCancelled()); tries += 1) await world.clock.pass(500)
    world.faults(lost, { endpoint: 'getPayment', what: { kind: 'status', status: 503 } })
    await world.clock.pass(700_000)
    expect(await look(checkout)).toMatchObject({ word: 'case', moneyBacks: [], caseMoves: [] })
    const close = { checkoutId: checkout.checkoutId, reason: '現金で返した' }
    expect(failureOf(await world.desk('closeCase', close, await signedIn()))).toEqual({
      kind: 'noMoneyBack',
      because: 'underWay',
    })
    // PayPay speaks again, and it went back once.
    world.faults()
    await world.clock.pass(60_000)
    expect(await look(checkout)).toMatchObject({ word: 'returned', openCase: null })
    expect(await world.books()).toEqual(BACK)
  })

  it('a case whose money is still on its way is not offered to be closed, and says why it is not', async () => {
    const checkout = await world.sold()
    world.away = true
    await giveBack(checkout)
    await world.clock.pass(620_000)
    expect(await look(checkout)).toMatchObject({ word: 'case', caseMoves: [] })
    const close = { checkoutId: checkout.checkoutId, reason: '現金で返した' }
    expect(failureOf(await world.desk('closeCase', close, await signedIn()))).toEqual({
      kind: 'noMoneyBack',
      because: 'underWay',
    })
  })
})
