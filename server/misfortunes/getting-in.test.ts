import { afterEach, beforeEach, expect, it } from 'vitest'
import { type AttendantMethod, attendantApi } from '../../shared/attendant.ts'
import { World } from './world.ts'

const MANAGER = '271828'
const WRONG = '314159'

let world: World
beforeEach(async () => {
  world = await World.open()
})
afterEach(() => world.end())

const setUp = async (): Promise<string> => {
  const answer = await world.desk('setUp', { lane: 'main', name: '店長', pin: MANAGER })
  if (!answer.ok) throw new Error(answer.failure.kind)
  return answer.value.token
}
const signIn = (pin: string, lane = 'main') => world.desk('signIn', { lane, pin })
const wrong = async (times: number): Promise<void> => {
  for (let time = 0; time < times; time += 1) {
    expect(await signIn(WRONG)).toMatchObject({ failure: { kind: 'wrongPin' } })
    const door = await world.desk('getDoor', {})
    await world.clock.pass(door.ok ? door.value.waitMs : 0)
  }
}

it('the first start asks for a manager, and there is no PIN before', async () => {
  expect(await world.desk('getDoor', {})).toMatchObject({ value: { firstStart: true, waitMs: 0 } })
  expect(await signIn(MANAGER)).toMatchObject({ failure: { kind: 'notSetUp' } })
  const session = await setUp()
  expect(await world.desk('getDesk', {}, session)).toMatchObject({
    value: { user: { name: '店長', role: 'manager' } },
  })
  expect(await world.desk('getDoor', {})).toMatchObject({ value: { firstStart: false } })
  expect(await world.desk('setUp', { lane: 'main', name: 'x', pin: WRONG })).toMatchObject({
    failure: { kind: 'alreadySetUp' },
  })
})

it.each([
  ['1', 'tooShort'],
  ['12345', 'tooShort'],
  ['1'.repeat(13), 'tooLong'],
  ['12345a', 'notDigits'],
  ['111111', 'tooSimple'],
  ['123456', 'tooSimple'],
  ['987654', 'tooSimple'],
  ['121212', 'tooSimple'],
])('"%s" cannot become a PIN', async (pin, why) => {
  expect(await world.desk('setUp', { lane: 'main', name: '店長', pin })).toEqual({
    ok: false,
    failure: { kind: 'weakPin', why, minDigits: 6 },
  })
  expect(await world.desk('getDoor', {})).toMatchObject({ value: { firstStart: true } })
})

it('two who set up in the same moment: one is the manager', async () => {
  const both = await Promise.all(
    [MANAGER, WRONG].map(pin => world.desk('setUp', { lane: 'main', name: '店長', pin })),
  )
  expect(both.filter(answer => answer.ok)).toHaveLength(1)
})

it('the right PIN is in, after a restart too; sessions are not', async () => {
  const session = await setUp()
  await world.crash()
  await world.boot()
  expect(await world.desk('getDesk', {}, session)).toMatchObject({ failure: { kind: 'signedOut' } })
  expect(await signIn(MANAGER)).toMatchObject({ ok: true })
})

it('the fifth wrong PIN waits, the tenth locks for half an hour, and the right one is not looked at meanwhile', async () => {
  await setUp()
  for (let time = 0; time < 4; time += 1)
    expect(await signIn(WRONG)).toEqual({ ok: false, failure: { kind: 'wrongPin', waitMs: 0 } })
  for (const waitMs of [5_000, 10_000, 20_000, 40_000, 80_000, 1_800_000]) {
    expect(await signIn(WRONG)).toEqual({ ok: false, failure: { kind: 'wrongPin', waitMs } })
    expect(await signIn(MANAGER)).toMatchObject({ failure: { kind: 'pinLocked' } })
    await world.clock.pass(waitMs - 1)
    expect(await signIn(MANAGER)).toEqual({ ok: false, failure: { kind: 'pinLocked', waitMs: 1 } })
    await world.clock.pass(1)
  }
  expect(await signIn(MANAGER)).toMatchObject({ ok: true })
  expect(await signIn(WRONG)).toEqual({ ok: false, failure: { kind: 'wrongPin', waitMs: 0 } })
})

it('ten at once are ten tries', async () => {
  await setUp()
  const answers = await Promise.all(Array.from({ length: 10 }, () => signIn(WRONG)))
  expect(answers.filter(answer => !answer.ok && answer.failure.kind === 'wrongPin')).toHaveLength(5)
  expect(answers.filter(answer => !answer.ok && answer.failure.kind === 'pinLocked')).toHaveLength(5)
})

it('kill -9 and a clock that is put forward change nothing of a lock', async () => {
  await setUp()
  await wrong(9)
  expect(await signIn(WRONG)).toEqual({ ok: false, failure: { kind: 'wrongPin', waitMs: 1_800_000 } })
  await world.crash()
  world.clock.wallOffsetMs = 86_400_000
  await world.boot()
  expect(await signIn(MANAGER)).toEqual({ ok: false, failure: { kind: 'pinLocked', waitMs: 1_800_000 } })
  await world.clock.pass(1_800_000)
  expect(await signIn(MANAGER)).toMatchObject({ ok: true })
})

it('power that is cut while a PIN is looked at was a try', async () => {
  await setUp()
  await wrong(4)
  void signIn(WRONG)
  // The try is in the ledger before the PIN is compared.
  await world.clock.pass(0)
  await world.crash()
  await world.boot()
  expect(await world.desk('getDoor', {})).toMatchObject({ value: { waitMs: 5_000 } })
})

it('two idle minutes end a session; a screen that asks by itself does not keep it', async () => {
  const session = await setUp()
  for (let minute = 0; minute < 3; minute += 1) {
    await world.clock.pass(60_000)
    expect(await world.desk('answerCall', { lane: 'main' }, session)).toMatchObject({ ok: true })
  }
  await world.clock.pass(119_999)
  expect(await world.desk('getDesk', {}, session)).toMatchObject({ ok: true })
  await world.clock.pass(1)
  expect(await world.desk('getDesk', {}, session)).toMatchObject({ failure: { kind: 'signedOut' } })
})

it('a customer who starts at the lane ends its session; another lane’s stays', async () => {
  const here = await setUp()
  const there = await signIn(MANAGER, 'counter')
  await world.sell('main')
  expect(await world.desk('getDesk', {}, here)).toMatchObject({ failure: { kind: 'signedOut' } })
  expect(await world.desk('getDesk', {}, there.ok ? there.value.token : '')).toMatchObject({ ok: true })
})

it('getting in while a customer pays changes nothing for the customer', async () => {
  await setUp()
  const checkout = await world.sell()
  await signIn(MANAGER)
  world.simulator.phone(world.code(), 'approve')
  await world.clock.pass(3_000)
  expect(await world.status()).toBe('paid')
  expect(await world.outcome(checkout.checkoutId)).toBe('delivered')
})

it('without a session no method but the door’s does anything', async () => {
  await setUp()
  const { checkoutId } = await world.sold()
  const guarded = (Object.keys(attendantApi) as AttendantMethod[]).filter(
    method => attendantApi[method].access !== 'anyone',
  )
  expect(guarded).toContain('giveBack')
  const wish = { checkoutId, decisionId: 'decision-1', reason: 'other', note: '', secondPin: null }
  for (const method of guarded)
    for (const session of [undefined, '', 'made-up', { toString: () => 'x' }])
      expect(await world.kiosk.desk(method, { ...wish, what: { kind: 'whole' }, session })).toEqual({
        ok: false,
        failure: { kind: 'signedOut' },
      })
  expect(world.simulator.bookReport().keptYen).toBe(160)
})

it('every try is a fact, and no fact holds a PIN', async () => {
  await setUp()
  await signIn(WRONG)
  const facts = await world.ledger.factsOf('pin')
  expect(facts.map(fact => fact.type)).toEqual(['pinAccepted', 'pinTried'])
  const all = await world.ledger.stored(0, 1_000)
  for (const fact of all) {
    expect(fact.dataJson).not.toContain(MANAGER)
    expect(fact.dataJson).not.toContain(WRONG)
  }
})

it('whoever knows one PIN cannot guess at others for ever: guesses are counted whatever comes between, over a restart too', async () => {
  await setUp()
  const guesses = async (): Promise<number> => {
    for (let wrongTries = 0; wrongTries < 100; wrongTries += 1) {
      if (wrongTries % 4 === 3) {
        const own = await signIn(MANAGER)
        if (!own.ok) return wrongTries
      }
      const answer = await signIn(WRONG)
      if (!answer.ok && answer.failure.kind === 'pinLocked') return wrongTries
    }
    return 100
  }
  expect(await guesses()).toBeLessThanOrEqual(21)
  const door = await world.desk('getDoor', {})
  expect(door.ok && door.value.waitMs).toBeGreaterThan(1_700_000)
  await world.crash()
  await world.boot()
  expect(await signIn(MANAGER)).toMatchObject({ failure: { kind: 'pinLocked' } })
  await world.clock.pass(1_800_000)
  expect(await signIn(MANAGER)).toMatchObject({ ok: true })
})

it('asking for a PIN is a guess at whose it is', async () => {
  await setUp()
  let session = await signIn(MANAGER)
  let mine = MANAGER
  let asked = 0
  for (; asked < 60; asked += 1) {
    const next = `28${String(1_000 + asked * 7)}`
    const answer = await world.desk(
      'changeMyPin',
      { oldPin: mine, newPin: next },
      session.ok ? session.value.token : '',
    )
    if (!answer.ok) {
      expect(answer.failure.kind).toBe('pinLocked')
      break
    }
    mine = next
    session = await signIn(mine)
    if (!session.ok) break
  }
  expect(asked).toBeLessThanOrEqual(21)
})

it('somebody whose PIN a manager has changed is out', async () => {
  const manager = await setUp()
  await world.addPerson('係', 'attendant', '161803')
  const inside = await signIn('161803', 'counter')
  const session = inside.ok ? inside.value.token : ''
  const again = await signIn(MANAGER, 'office')
  const token = again.ok ? again.value.token : manager
  const change = { userId: 'u2', name: null, role: null, pin: '577215', active: null }
  expect(await world.desk('changeUser', change, token)).toMatchObject({ ok: true })
  expect(await world.desk('getDesk', {}, session)).toMatchObject({ failure: { kind: 'signedOut' } })
})
