import { afterEach, expect, it } from 'vitest'
import { World } from './world.ts'

// A kiosk's window has no way out but the desk: whoever finds it open must not end the till, and a manager must be able to.

let world: World
afterEach(() => world.end())

const MANAGER_PIN = '271828'
const heard = (): { closed: boolean } => {
  const told = { closed: false }
  void world.kiosk.closeAsked.then(() => {
    told.closed = true
  })
  return told
}
const close = (session: string, pin: string) => world.desk('closeTill', { pin }, session)

it('a manager closes it with their PIN; it is written down and stands in the records', async () => {
  world = await World.open({ more: () => ({ mayClose: true }) })
  const session = await world.manager()
  const told = heard()
  expect(await close(session, MANAGER_PIN)).toEqual({ ok: true, value: null })
  expect(told.closed).toBe(true)
  const fact = await world.ledger.lastFactOf('door')
  expect(fact).toMatchObject({ type: 'tillClosed', data: { lane: 'main', by: 'u1' } })
  const query = {
    userId: null,
    kinds: ['tillClosed' as const],
    fromMs: null,
    toMs: null,
    before: null,
    limit: 10,
  }
  expect(await world.desk('findAudit', query, session)).toMatchObject({
    value: { entries: [{ what: { kind: 'tillClosed', lane: 'main' }, who: { userId: 'u1' } }] },
  })
})

it('nobody else does: not with a wrong PIN, not as an attendant, not without having got in', async () => {
  world = await World.open({ more: () => ({ mayClose: true }) })
  const session = await world.manager()
  const told = heard()
  expect(await close(session, '591827')).toMatchObject({ failure: { kind: 'wrongPin' } })
  expect(await close('', MANAGER_PIN)).toMatchObject({ failure: { kind: 'signedOut' } })
  await world.desk('addUser', { name: '佐藤', role: 'attendant', pin: '730194' }, session)
  const signedIn = await world.desk('signIn', { lane: 'main', pin: '730194' }, '')
  if (!signedIn.ok) throw new Error(signedIn.failure.kind)
  expect(await close(signedIn.value.token, '730194')).toMatchObject({
    failure: { kind: 'notAllowed', needs: 'manager' },
  })
  expect(told.closed).toBe(false)
})

it('a till in somebody else’s browser is ended where it was started', async () => {
  world = await World.open()
  const session = await world.manager()
  const told = heard()
  expect(await close(session, MANAGER_PIN)).toMatchObject({ failure: { kind: 'noExit' } })
  expect(told.closed).toBe(false)
})
