import { afterEach, beforeEach, expect, it } from 'vitest'
import { type AttendantMethod, attendantApi } from '../../shared/attendant.ts'
import { World } from './world.ts'

const MANAGER = '271828'
const OTHER = '161803'
const THIRD = '141421'

let world: World
let manager: string
beforeEach(async () => {
  world = await World.open()
  manager = await world.manager(MANAGER)
})
afterEach(() => world.end())

const add = (pin: string, role: 'attendant' | 'manager' = 'attendant', name = '佐藤') =>
  world.desk('addUser', { name, role, pin }, manager)
const change = (userId: string, changes: object, session = manager) =>
  world.desk('changeUser', { userId, ...changes }, session)

it('adds people, lists them, and what is said of them is never a PIN', async () => {
  expect(await add(OTHER)).toMatchObject({
    value: { userId: 'u2', name: '佐藤', role: 'attendant', active: true },
  })
  const listed = await world.desk('listUsers', {}, manager)
  expect(listed).toMatchObject({ value: [{ userId: 'u1' }, { userId: 'u2' }] })
  expect(JSON.stringify(listed)).not.toMatch(/pin|hash|161803/i)
  expect(await world.signIn(OTHER, 'b')).not.toBe('')
})

it('every method of the manager’s is refused to an attendant, and everything without a session', async () => {
  await add(OTHER)
  const attendant = await world.signIn(OTHER, 'b')
  const valid: Partial<Record<AttendantMethod, object>> = {
    addUser: { name: 'x', role: 'manager', pin: THIRD },
    changeUser: { userId: 'u2', role: 'manager' },
    setCatalogue: { revision: 'x', document: {} },
    addPicture: { name: 'x.png', base64: '' },
    setSettings: { revision: 'x', document: {} },
    setKeys: { keys: { apiKey: 'k', apiSecret: 's', merchantId: null } },
    testKeys: { keys: null },
    findAudit: { userId: null, kinds: [], fromMs: null, toMs: null, before: null, limit: 10 },
    exportAudit: { userId: null, kinds: [], fromMs: null, toMs: null },
  }
  const managers = [
    'listUsers',
    'addUser',
    'changeUser',
    'getCatalogue',
    'setCatalogue',
    'addPicture',
    'getSettings',
    'setSettings',
    'getKeys',
    'setKeys',
    'testKeys',
    'findAudit',
    'exportAudit',
  ] as const
  for (const method of managers) {
    expect(attendantApi[method].access, method).toBe('manager')
    const input = valid[method] ?? {}
    expect(await world.kiosk.desk(method, { ...input, session: attendant }), method).toMatchObject({
      failure: { kind: 'notAllowed', needs: 'manager' },
    })
    expect(await world.kiosk.desk(method, input), method).toMatchObject({ failure: { kind: 'signedOut' } })
  }
  expect(await world.desk('listUsers', {}, manager)).toMatchObject({ value: [{}, { role: 'attendant' }] })
})

it.each([
  [{ name: '', role: 'attendant', pin: OTHER }, 'name'],
  [{ name: '   ', role: 'attendant', pin: OTHER }, 'name'],
  [{ name: 'あ'.repeat(41), role: 'attendant', pin: OTHER }, 'name'],
  [{ name: 'x', role: 'owner', pin: OTHER }, 'role'],
  [{ name: 'x', role: 'attendant', pin: 161803 }, 'pin'],
])('%j is told by its field', async (input, where) => {
  expect(await world.kiosk.desk('addUser', { ...input, session: manager })).toMatchObject({
    failure: { kind: 'badInput', where },
  })
})

it('a PIN belongs to one person, also when two are added in the same moment', async () => {
  expect(await add(MANAGER)).toEqual({ ok: false, failure: { kind: 'pinTaken' } })
  expect(await add('1234')).toMatchObject({ failure: { kind: 'weakPin', why: 'tooShort' } })
  const both = await Promise.all([add(OTHER), add(OTHER)])
  expect(both.filter(answer => answer.ok)).toHaveLength(1)
  expect(both.filter(answer => !answer.ok)).toEqual([{ ok: false, failure: { kind: 'pinTaken' } }])
})

it('the last manager stays one, also when two managers put each other out in the same moment', async () => {
  for (const changes of [{ role: 'attendant' }, { active: false }])
    expect(await change('u1', changes)).toEqual({ ok: false, failure: { kind: 'lastManager' } })
  await add(OTHER, 'manager')
  const other = await world.signIn(OTHER, 'b')
  const both = await Promise.all([
    change('u2', { active: false }, manager),
    change('u1', { active: false }, other),
  ])
  expect(both.filter(answer => answer.ok)).toHaveLength(1)
})

it('whoever is put out is out at once, with their PIN, and comes back when a manager says so', async () => {
  await add(OTHER)
  const attendant = await world.signIn(OTHER, 'b')
  expect(await world.desk('getDesk', {}, attendant)).toMatchObject({ ok: true })
  expect(await change('u2', { active: false })).toMatchObject({ value: { active: false } })
  expect(await world.desk('getDesk', {}, attendant)).toMatchObject({ failure: { kind: 'signedOut' } })
  expect(await world.desk('signIn', { lane: 'b', pin: OTHER })).toMatchObject({
    failure: { kind: 'wrongPin' },
  })
  const last = await world.ledger.lastFactOf('door')
  expect(last).toMatchObject({ type: 'signedOut', data: { userId: 'u2', why: 'removed' } })
  // Meanwhile somebody else got that PIN.
  await add(OTHER, 'attendant', '鈴木')
  expect(await change('u2', { active: true })).toEqual({ ok: false, failure: { kind: 'pinTaken' } })
  expect(await change('u2', { active: true, pin: THIRD })).toMatchObject({ value: { active: true } })
  expect(await world.signIn(THIRD, 'b')).not.toBe('')
})

it('a changed role holds from the next call on, and after a restart', async () => {
  await add(OTHER)
  const attendant = await world.signIn(OTHER, 'b')
  expect(await world.desk('listUsers', {}, attendant)).toMatchObject({ failure: { kind: 'notAllowed' } })
  await change('u2', { role: 'manager', name: '佐藤 花' })
  expect(await world.desk('listUsers', {}, attendant)).toMatchObject({ ok: true })
  await world.crash()
  await world.boot()
  const again = await world.signIn(OTHER)
  expect(await world.desk('listUsers', {}, again)).toMatchObject({
    value: [{}, { name: '佐藤 花', role: 'manager' }],
  })
})

it('who changes nothing writes nothing, and of somebody unknown that is said', async () => {
  const before = await world.ledger.head()
  expect(await change('u1', { name: '店長', role: null })).toMatchObject({ ok: true })
  expect((await world.ledger.head()).seq).toBe(before.seq)
  expect(await change('u9', { name: 'x' })).toEqual({
    ok: false,
    failure: { kind: 'unknownUser', userId: 'u9' },
  })
})

it('everybody changes their own PIN, who knows the old one', async () => {
  await add(OTHER)
  const attendant = await world.signIn(OTHER, 'b')
  const mine = (oldPin: string, newPin: string) => world.desk('changeMyPin', { oldPin, newPin }, attendant)
  expect(await mine(THIRD, THIRD)).toMatchObject({ failure: { kind: 'wrongPin' } })
  // Somebody else's is as wrong as any other.
  expect(await mine(MANAGER, THIRD)).toMatchObject({ failure: { kind: 'wrongPin' } })
  expect(await mine(OTHER, MANAGER)).toMatchObject({ failure: { kind: 'pinTaken' } })
  expect(await mine(OTHER, '1')).toMatchObject({ failure: { kind: 'weakPin' } })
  expect(await mine(OTHER, THIRD)).toMatchObject({ value: { userId: 'u2' } })
  expect(await world.desk('signIn', { lane: 'b', pin: OTHER })).toMatchObject({
    failure: { kind: 'wrongPin' },
  })
  expect(await world.signIn(THIRD, 'b')).not.toBe('')
})

it('wrong old PINs are tries like any other', async () => {
  for (let time = 0; time < 5; time += 1)
    await world.desk('changeMyPin', { oldPin: THIRD, newPin: OTHER }, manager)
  expect(await world.desk('changeMyPin', { oldPin: MANAGER, newPin: OTHER }, manager)).toMatchObject({
    failure: { kind: 'pinLocked' },
  })
})

it('whoever types for long stays in, and whoever only looks does not', async () => {
  for (let time = 0; time < 3; time += 1) {
    await world.clock.pass(115_000)
    expect(await world.desk('stayIn', {}, manager)).toMatchObject({ ok: true })
  }
  await world.clock.pass(115_000)
  expect(await world.desk('getSettings', {}, manager)).toMatchObject({ failure: { kind: 'noFiles' } })
  await world.clock.pass(10_000)
  expect(await world.desk('stayIn', {}, manager)).toMatchObject({ failure: { kind: 'signedOut' } })
})
