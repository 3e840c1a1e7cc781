import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rememberingLog } from '../../core/log.ts'
import type { PaypayMode } from '../../shared/checkout.ts'
import { keyFile } from '../keyFile.ts'
import { World } from './world.ts'

const RIGHT = { apiKey: 'key', apiSecret: 'secret', merchantId: null }
const GIVEN = { apiKey: 'a_key_of_PayPays_0042', apiSecret: 'S3cret-of-PayPays', merchantId: '1234567' }

let world: World
let manager: string
let file: string
/** Whatever a person, a log or a disk was told. */
let told: string[]
let folder: string

async function open(mode: PaypayMode, transport?: 'tls' | 'refused'): Promise<void> {
  world = await World.open({
    mode,
    more: ({ clock }) => ({
      keys: keyFile(file),
      ...(transport === 'tls'
        ? {
            transport: {
              send: async () => ({
                kind: 'none' as const,
                why: 'network' as const,
                detail: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE: unable to verify the first certificate',
              }),
              close: async () => undefined,
            },
          }
        : {}),
      log: rememberingLog(
        {
          info: (event, says) => void told.push(JSON.stringify(event), says),
          warn: (event, says) => void told.push(JSON.stringify(event), says),
          error: (event, says) => void told.push(JSON.stringify(event), says),
        },
        clock,
      ),
    }),
  })
  manager = await world.manager()
}

beforeEach(() => {
  told = []
  folder = mkdtempSync(join(tmpdir(), 'kaikei-keys-'))
  file = join(folder, 'paypay-keys.json')
})
afterEach(async () => {
  await world.end()
  rmSync(folder, { recursive: true, force: true })
})

async function ask(method: 'getKeys' | 'setKeys' | 'testKeys', input: object = {}) {
  const answer = await world.kiosk.desk(method, { ...input, session: manager })
  told.push(JSON.stringify(answer))
  return answer
}

it('keys go in and never come out: not in an answer, a log line or a fact, and the file is its owner’s alone', async () => {
  await open('training')
  expect(await ask('getKeys')).toEqual({ ok: true, value: { needed: false, kept: null } })
  expect(await ask('setKeys', { keys: GIVEN })).toMatchObject({
    value: { needed: false, kept: { last4: '0042', by: '店長', sinceMs: expect.any(Number) } },
  })
  expect(await ask('getKeys')).toMatchObject({ value: { kept: { last4: '0042' } } })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ apiSecret: GIVEN.apiSecret })
  await ask('testKeys', { keys: GIVEN })
  await ask('setKeys', { keys: { ...GIVEN, apiSecret: 'two words' } })
  const facts = await world.ledger.stored(0, 1_000)
  const everything = [...told, ...world.told, JSON.stringify(facts)].join('\n')
  expect(everything).toContain('0042')
  for (const secret of [GIVEN.apiSecret, GIVEN.apiKey, 'two words']) expect(everything).not.toContain(secret)
})

it('in training nothing is sent anywhere', async () => {
  await open('training')
  const before = world.simulator.seen.length
  expect(await ask('testKeys', { keys: RIGHT })).toEqual({ ok: true, value: { kind: 'training' } })
  expect(world.simulator.seen.length).toBe(before)
})

it.each([
  [{ ...GIVEN, apiKey: 'with:colon' }, /API key must be one word/],
  [{ ...GIVEN, apiSecret: 'two words' }, /API secret must be one word/],
  [{ ...GIVEN, merchantId: 'ｍ' }, /merchant id must be one word/],
])('what no request could carry is refused in words, and not kept', async (keys, says) => {
  await open('training')
  expect(await ask('setKeys', { keys })).toMatchObject({
    failure: { kind: 'badKeys', says: expect.stringMatching(says) },
  })
  expect(await ask('getKeys')).toMatchObject({ value: { kept: null } })
})

it('a file of somebody else’s form is told without a word of what is in it', async () => {
  await open('training')
  writeFileSync(file, '{"apiSecret": "S3cret-of-PayPays"}')
  const answer = await ask('getKeys')
  expect(answer).toMatchObject({ failure: { kind: 'notKept', says: expect.stringMatching(/not in Kaikei/) } })
  expect(told.join('\n')).not.toContain(GIVEN.apiSecret)
})

describe('the doctor', () => {
  it('says that keys are right, with those that are given and with those that are kept', async () => {
    await open('production')
    expect(await ask('testKeys', { keys: null })).toEqual({ ok: true, value: { kind: 'noKeys' } })
    expect(await ask('testKeys', { keys: RIGHT })).toEqual({ ok: true, value: { kind: 'right' } })
    await ask('setKeys', { keys: RIGHT })
    expect(await ask('testKeys', { keys: null })).toEqual({ ok: true, value: { kind: 'right' } })
    // Of a short key the last four characters would be all of it.
    expect(await ask('getKeys')).toMatchObject({ value: { needed: true, kept: { last4: '' } } })
  })

  it('says that PayPay refuses them, and keeps the till open with its own', async () => {
    await open('production')
    expect(await ask('testKeys', { keys: GIVEN })).toMatchObject({ value: { kind: 'refused' } })
    expect((await world.view()).selling).toEqual({ open: true })
  })

  it('says that the clock is off', async () => {
    await open('production')
    world.clock.wallOffsetMs = 10 * 60_000
    expect(await ask('testKeys', { keys: RIGHT })).toMatchObject({
      value: { kind: 'clockOff', aheadMs: expect.any(Number) },
    })
  })

  it('says that nobody answers', async () => {
    await open('production')
    world.away = true
    expect(await ask('testKeys', { keys: RIGHT })).toMatchObject({ value: { kind: 'unreachable' } })
  })

  it('says that somebody stands between, or that a certificate is not to be trusted', async () => {
    await open('production', 'tls')
    expect(await ask('testKeys', { keys: RIGHT })).toMatchObject({ value: { kind: 'tls' } })
  })
})
