import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CODE_LIFETIME_MS, MOST_WRONG } from '../../core/pairing/codes.ts'
import { MOST_SCREENS } from '../../core/pairing/pairedScreens.ts'
import { TRIES_FREE } from '../../core/pairing/tries.ts'
import type { LaneView } from '../../shared/checkout.ts'
import type { PairingWish } from '../../shared/screens.ts'
import { World } from './world.ts'

// A code is guessed, mistyped, typed twice or too late; a screen is revoked; a TV that only shows is taken for a screen.

const TABLET: PairingWish = { name: 'Tablet', lane: 'table-1', kind: 'till', desk: false }
const HERE = '192.168.1.30'

let world: World
beforeEach(async () => {
  world = await World.open()
})
afterEach(() => world.end())

const screens = () => world.kiosk.screens
const pair = (code: string, from = HERE) => screens().pair(code, from)
/** Never the code: one digit further. */
const wrong = (code: string): string => `${code.slice(0, -1)}${(Number(code.at(-1)) + 1) % 10}`

async function paired(wish = TABLET): Promise<{ token: string; screenId: string }> {
  const answer = await pair(screens().makeCode(wish, 'u1').code)
  if (!answer.ok) throw new Error(answer.failure.kind)
  return { token: answer.value.token, screenId: answer.value.screen.screenId }
}

describe('a code', () => {
  it('pairs one screen, once', async () => {
    const { code } = screens().makeCode(TABLET, 'u1')
    expect(code).toMatch(/^\d{8}$/)
    const first = await pair(code)
    expect(first).toMatchObject({
      ok: true,
      value: { screen: { name: 'Tablet', lane: 'table-1', kind: 'till' } },
    })
    expect(await pair(code)).toEqual({ ok: false, failure: { kind: 'wrongCode' } })
    expect(screens().state().screens).toHaveLength(1)
  })

  it('that two screens type in the same moment pairs one of them', async () => {
    const { code } = screens().makeCode(TABLET, 'u1')
    const answers = await Promise.all([pair(code, '192.168.1.31'), pair(code, '192.168.1.32')])
    expect(answers.map(answer => answer.ok).toSorted()).toEqual([false, true])
  })

  it('is too old after five minutes, and not before', async () => {
    const first = screens().makeCode(TABLET, 'u1')
    await world.clock.pass(CODE_LIFETIME_MS - 1_000)
    expect((await pair(first.code)).ok).toBe(true)
    const second = screens().makeCode(TABLET, 'u1')
    await world.clock.pass(CODE_LIFETIME_MS)
    expect(await pair(second.code)).toEqual({ ok: false, failure: { kind: 'wrongCode' } })
  })

  it('that was guessed at from one address is not looked at from there for a minute, then two', async () => {
    const { code } = screens().makeCode(TABLET, 'u1')
    for (let tries = 0; tries < TRIES_FREE; tries += 1)
      expect(await pair(wrong(code))).toEqual({ ok: false, failure: { kind: 'wrongCode' } })
    // Even the right one.
    expect(await pair(code)).toEqual({ ok: false, failure: { kind: 'tooManyTries', waitMs: 60_000 } })
    // Somebody else is not kept out.
    await world.clock.pass(60_000)
    expect(await pair(wrong(code))).toMatchObject({ failure: { kind: 'wrongCode' } })
    expect(await pair(code)).toEqual({ ok: false, failure: { kind: 'tooManyTries', waitMs: 120_000 } })
    expect((await pair(code, '192.168.1.99')).ok).toBe(true)
  })

  it('that was guessed at from everywhere is void, and a new one is not', async () => {
    const { code } = screens().makeCode(TABLET, 'u1')
    for (let tries = 0; tries < MOST_WRONG; tries += 1) await pair(wrong(code), `192.168.2.${tries}`)
    expect(await pair(code)).toEqual({ ok: false, failure: { kind: 'wrongCode' } })
    expect((await pair(screens().makeCode(TABLET, 'u1').code, '192.168.1.98')).ok).toBe(true)
  })

  it('dies with the process, and so does nothing that it made', async () => {
    const { token } = await paired()
    const { code } = screens().makeCode(TABLET, 'u1')
    await world.crash()
    await world.boot()
    expect(await pair(code)).toEqual({ ok: false, failure: { kind: 'wrongCode' } })
    expect(screens().whose(token)).toMatchObject({ lane: 'table-1' })
  })

  it('is made by a manager alone', async () => {
    const wish = { ...TABLET }
    expect(await world.desk('makePairingCode', wish)).toMatchObject({ failure: { kind: 'signedOut' } })
    const manager = await world.manager()
    expect(await world.desk('makePairingCode', wish, manager)).toMatchObject({ ok: true })
    await world.addPerson('佐藤', 'attendant', '739146')
    const attendant = await world.signIn('739146', 'office')
    expect(await world.desk('makePairingCode', wish, attendant)).toMatchObject({
      failure: { kind: 'notAllowed' },
    })
    expect(await world.desk('listScreens', {}, attendant)).toMatchObject({ failure: { kind: 'notAllowed' } })
  })
})

describe('a token', () => {
  it('is nobody’s when a letter of it is another one, and stands nowhere in the ledger', async () => {
    const { token } = await paired()
    const [screenId = '', secret = ''] = token.split('.')
    expect(screens().whose(`${screenId}.${secret.slice(0, -1)}z`)).toBeNull()
    expect(screens().whose(`s99.${secret}`)).toBeNull()
    expect(screens().whose('')).toBeNull()
    const facts = JSON.stringify(await world.ledger.factsOf('screens'))
    expect(facts).toContain('"lane":"table-1"')
    expect(facts).not.toContain(secret)
  })

  it('of a screen that was revoked is nobody’s, also after a restart; who did it is in the records', async () => {
    const manager = await world.manager()
    const { token, screenId } = await paired()
    const told: string[] = []
    screens().onRevoked(id => told.push(id))
    expect(await world.desk('revokeScreen', { screenId }, manager)).toMatchObject({
      ok: true,
      value: { screens: [] },
    })
    expect(told).toEqual([screenId])
    expect(screens().whose(token)).toBeNull()
    expect(await world.desk('revokeScreen', { screenId }, manager)).toMatchObject({
      failure: { kind: 'unknownScreen' },
    })
    const audit = await world.desk(
      'findAudit',
      {
        userId: null,
        kinds: ['screenPaired', 'screenRevoked'],
        fromMs: null,
        toMs: null,
        before: null,
        limit: 9,
      },
      manager,
    )
    expect(audit).toMatchObject({
      value: {
        entries: [
          { what: { kind: 'screenRevoked', name: 'Tablet' }, who: { name: '店長' } },
          { what: { kind: 'screenPaired', name: 'Tablet', lane: 'table-1', screen: 'till' } },
        ],
      },
    })
    await world.crash()
    await world.boot()
    expect(screens().whose(token)).toBeNull()
    // Its number is not given out again: an old token must never be somebody else's.
    expect((await paired()).screenId).not.toBe(screenId)
  })

  it('is made for so many screens and no more', async () => {
    for (let made = 0; made < MOST_SCREENS; made += 1) await paired()
    expect(await pair(screens().makeCode(TABLET, 'u1').code)).toEqual({
      ok: false,
      failure: { kind: 'tooManyScreens', most: MOST_SCREENS },
    })
  })
})

it('a display is told everything that its lane’s screen is, and is no screen of the lane', async () => {
  const shown: LaneView[] = []
  const stop = world.kiosk.showLane('main', view => shown.push(view))
  expect(shown).toHaveLength(1)
  await world.sell()
  await world.clock.pass(60_000)
  expect(shown.at(-1)?.checkout).toMatchObject({
    status: 'awaitingPayment',
    code: { url: expect.stringContaining('paypay.ne.jp') },
  })
  // The tablet goes, and the TV beside it keeps nobody there: the code is taken down as if there were none.
  world.turnAway()
  await world.clock.pass(60_000)
  expect(shown.at(-1)?.checkout?.status).not.toBe('awaitingPayment')
  const { lanes } = await seenLanes()
  expect(lanes).toMatchObject([{ lane: 'main', watched: false }])
  const heard = shown.length
  stop()
  await world.sell('main').catch(() => undefined)
  expect(shown).toHaveLength(heard)
})

async function seenLanes(): Promise<{ lanes: readonly object[] }> {
  const health = await world.desk('getHealth', {}, await world.manager())
  if (!health.ok) throw new Error(health.failure.kind)
  return health.value
}
