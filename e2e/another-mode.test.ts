import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { AS_IN_A_SHOP, freePort, type Ready, startKaikei, tempDir } from './host.ts'

// A mode is a life of its own: chosen at the desk, it begins when nobody pays. Without keys the new one sends nothing to anybody.

let dir: ReturnType<typeof tempDir>
test.beforeEach(() => {
  dir = tempDir()
})
test.afterEach(() => dir.remove())

const asks =
  (kioskUrl: string) =>
  async (path: string, input: object): Promise<Answer> => {
    const answer = await fetch(new URL(path, kioskUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    return (await answer.json()) as Answer
  }

type Answer = { readonly ok: boolean; readonly value: Record<string, unknown> }

test('the mode that a manager chooses begins by itself, with its own people and ledger, and goes back', async () => {
  const port = await freePort()
  const host = startKaikei(['--data-dir', join(dir.path, 'data'), '--port', String(port)], AS_IN_A_SHOP)
  const { kioskUrl } = await host.ready<Ready>()
  const ask = asks(kioskUrl)
  const lane = () =>
    ask('api/getLane', { lane: 'main' }).then(
      ({ value }) => value,
      () => null,
    )
  const choose = async (mode: string, pin: string): Promise<void> => {
    const { value } = await ask('desk/setUp', { lane: 'main', name: '店長', pin })
    const session = value.token
    const settings = await ask('desk/getSettings', { session })
    const { revision, document } = settings.value as { revision: string; document: object }
    await ask('desk/setSettings', { session, revision, document: { ...document, mode } })
  }
  await choose('sandbox', '284915')
  await expect
    .poll(lane, { timeout: 20_000 })
    .toMatchObject({ mode: 'sandbox', selling: { open: false, reason: 'paypayRefused' } })
  // The manager of training is nobody here.
  expect(await ask('desk/signIn', { lane: 'main', pin: '284915' })).toMatchObject({ ok: false })
  await choose('training', '519284')
  await expect.poll(lane, { timeout: 20_000 }).toMatchObject({ mode: 'training', selling: { open: true } })
  expect(await ask('desk/signIn', { lane: 'main', pin: '284915' })).toMatchObject({ ok: true })
  expect((await host.end()).code).toBe(0)
  expect(host.stderr).toContain('the settings say sandbox now: the till starts again')
})

test('torn keys keep no till from starting in production: it sells nothing, and says where to enter them', async () => {
  mkdirSync(join(dir.path, 'data'))
  dir.file('data/paypay-keys.json', '{"apiKey":"torn-in-half-canary","apiSe')
  const port = await freePort()
  const args = ['--data-dir', join(dir.path, 'data'), '--port', String(port), '--mode', 'production']
  const host = startKaikei(args, AS_IN_A_SHOP)
  const { kioskUrl } = await host.ready<Ready>()
  const ask = asks(kioskUrl)
  await expect
    .poll(() => ask('api/getLane', { lane: 'main' }), { timeout: 20_000 })
    .toMatchObject({ value: { mode: 'production', selling: { open: false, reason: 'paypayRefused' } } })
  const { value } = await ask('desk/setUp', { lane: 'main', name: '店長', pin: '284915' })
  const health = await ask('desk/getHealth', { session: value.token })
  expect(health).toMatchObject({
    value: {
      troubles: expect.arrayContaining([
        expect.objectContaining({ says: expect.stringContaining('enter them again at the desk') }),
      ]),
      hardening: expect.arrayContaining([
        expect.objectContaining({ check: 'keysFile', because: 'unreadable' }),
      ]),
    },
  })
  expect((await host.end()).code).toBe(0)
  expect(host.stderr).toContain('enter them again at the desk')
  expect(host.stderr).not.toContain('canary')
  const [aside = ''] = readdirSync(join(dir.path, 'data')).filter(name => name.includes('.torn-'))
  expect(statSync(join(dir.path, 'data', aside)).mode & 0o777).toBe(0o600)
})

test('a damaged ledger of production’s lets a till train, and nobody choose production', async () => {
  mkdirSync(join(dir.path, 'data'))
  dir.file('data/ledger-production.sqlite', 'not a ledger')
  const port = await freePort()
  const host = startKaikei(['--data-dir', join(dir.path, 'data'), '--port', String(port)])
  const ask = asks((await host.ready<Ready>()).kioskUrl)
  await expect
    .poll(() => ask('api/getLane', { lane: 'main' }), { timeout: 20_000 })
    .toMatchObject({ value: { mode: 'training', selling: { open: true } } })
  const { value } = await ask('desk/setUp', { lane: 'main', name: '店長', pin: '284915' })
  const session = value.token
  const settings = await ask('desk/getSettings', { session })
  const { revision, document } = settings.value as { revision: string; document: object }
  const chosen = { ...document, mode: 'production' }
  expect(await ask('desk/setSettings', { session, revision, document: chosen })).toMatchObject({
    ok: false,
    failure: {
      kind: 'badDocument',
      faults: [{ path: 'mode', says: expect.stringContaining('cannot change to production') }],
    },
  })
  expect(JSON.stringify(await ask('desk/getHealth', { session }))).toContain('cannot change to production')
  expect((await host.end()).code).toBe(0)
  expect(host.stderr).toContain('ledger-production.sqlite is not a ledger of Kaikei')
})

test('a till that others could read along does not begin with PayPay’s own hosts, and says why', async () => {
  const args = ['--data-dir', join(dir.path, 'data'), '--mode', 'production']
  const env = { NODE_OPTIONS: '--no-deprecation', HTTPS_PROXY: 'http://till:canary@127.0.0.1:9' }
  const { code, stderr, stdout } = await startKaikei(args, env).ended
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(/^In production the till does not start like this\. .*NODE_OPTIONS.*HTTPS_PROXY/)
  expect(stderr).not.toMatch(/canary| {4}at /)
})
