import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { type RunningSimulator, startSimulator } from '../simulator/http.ts'
import { filesBelow, holdsOne } from '../simulator/planted.ts'

// A secret that is written down once, anywhere, is no secret any more: one is planted, a day is lived, and then it is looked for.
const API_KEY = 'canary_key_of_a_merchant_0042'
const SECRET = 'canary-7Qx9Zb4WvT2-of-a-merchant'
const NEXT_SECRET = 'canary-3Lp8Rm5NcY6-of-a-merchant'
const SECRETS = [API_KEY, SECRET, NEXT_SECRET]
const PIN = '284915'

let folder: string
let child: ChildProcess
let paypay: RunningSimulator
afterEach(async () => {
  child?.kill('SIGKILL')
  await paypay?.close()
  rmSync(folder, { recursive: true, force: true })
})

type Json = Record<string, unknown>

it('PayPay’s keys are in their store and nowhere else, after a day in production over TLS', async () => {
  folder = mkdtempSync(join(tmpdir(), 'kaikei-planted-'))
  const dataDir = join(folder, 'data')
  const store = join(dataDir, 'paypay-keys.json')
  mkdirSync(dataDir)
  writeFileSync(store, JSON.stringify({ apiKey: API_KEY, apiSecret: SECRET }), { mode: 0o600 })
  paypay = await startSimulator({ port: 0, apiKey: API_KEY, apiSecret: SECRET, tls: true })
  const program = join(import.meta.dirname, 'a-production-till.ts')
  // Every word that the program writes, and every answer that a screen gets.
  const seen: string[] = []
  child = spawn(process.execPath, [program, dataDir, paypay.paypayUrl, paypay.caFile ?? ''], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise(resolve => child.on('close', resolve))
  const url = await new Promise<string>((resolve, reject) => {
    let out = ''
    child.stderr?.on('data', chunk => void seen.push(String(chunk)))
    child.stdout?.on('data', chunk => {
      seen.push(String(chunk))
      out += String(chunk)
      if (out.includes('\n')) resolve((JSON.parse(out) as { kioskUrl: string }).kioskUrl)
    })
    child.on('close', () => reject(new Error(seen.join(''))))
  })
  const ask = async (path: string, input: object): Promise<Json> => {
    const answer = await fetch(new URL(path, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    const text = await answer.text()
    seen.push(JSON.stringify([...answer.headers]), text)
    return JSON.parse(text) as Json
  }
  const value = async (path: string, input: object): Promise<Json> => {
    const { ok, value, failure } = await ask(path, input)
    expect(ok, `${path}: ${JSON.stringify(failure)}`).toBe(true)
    return value as Json
  }
  const lane = async (): Promise<Json> => (await value('api/getLane', { lane: 'main' })) as Json
  const checkout = async () => (await lane()).checkout as { checkoutId: string; status: string } | null

  // Events too.
  const lines = await fetch(new URL('api/events?lane=main', url))
  const reading = (async () => {
    for await (const part of lines.body ?? []) seen.push(Buffer.from(part as Uint8Array).toString())
  })().catch(() => undefined)

  const order = { kind: 'cart', lines: [{ productId: 'karaage-bento', quantity: 1 }] }
  await value('api/startCheckout', { lane: 'main', locale: 'ja', order })
  await expect.poll(async () => (await checkout())?.status, { timeout: 10_000 }).toBe('awaitingPayment')
  const [code] = paypay.simulator.codes()
  paypay.simulator.phone(code?.codeId ?? '', 'approve')
  await expect.poll(async () => (await checkout())?.status, { timeout: 15_000 }).toBe('paid')
  const checkoutId = (await checkout())?.checkoutId ?? ''
  await value('api/getReceipt', { lane: 'main', checkoutId })
  await ask('api/leaveCheckout', { lane: 'main', checkoutId })

  // The desk asks for everything that it has, and is asked wrongly.
  const { token: session } = await value('desk/setUp', { lane: 'main', name: '店長', pin: PIN })
  for (const method of ['getKeys', 'getHealth', 'getSettings', 'getCatalogue', 'listUsers', 'getDesk'])
    await value(`desk/${method}`, { session })
  const all = { userId: null, kinds: [], fromMs: null, toMs: null }
  await value('desk/testKeys', { session, keys: null })
  await ask('desk/testKeys', { session, keys: { apiKey: API_KEY, apiSecret: NEXT_SECRET, merchantId: null } })
  await ask('desk/setKeys', {
    session,
    keys: { apiKey: API_KEY, apiSecret: `${NEXT_SECRET} x`, merchantId: null },
  })
  await value('desk/setKeys', {
    session,
    keys: { apiKey: API_KEY, apiSecret: NEXT_SECRET, merchantId: null },
  })
  await value('desk/testKeys', { session, keys: null })
  await value('desk/findAudit', { session, ...all, before: null, limit: 200 })
  await value('desk/exportAudit', { session, ...all })
  await value('desk/getCheckout', { session, checkoutId })
  await ask('desk/getCertificate', { session, checkoutId })
  // PayPay refuses the new keys, and says so: the till closes, with words.
  await ask('api/startCheckout', { lane: 'main', locale: 'ja', order })
  // A customer who begins has signed the desk out.
  const { token } = await value('desk/signIn', { lane: 'main', pin: PIN })
  await value('desk/getHealth', { session: token })

  // Of the process itself, as everybody of the same user sees it.
  const { pid } = child
  const ofProcess =
    process.platform === 'linux'
      ? ['cmdline', 'environ'].map(name => readFileSync(`/proc/${pid}/${name}`, 'latin1'))
      : []
  child.kill('SIGTERM')
  await ended
  await reading

  const files = filesBelow(folder, SECRETS)
  expect(files.all.length).toBeGreaterThan(5)
  // Its store holds it, so that what looks can see; that is all.
  expect(files.holding).toEqual([store])
  expect(statSync(store).mode & 0o777).toBe(0o600)
  expect(seen.length).toBeGreaterThan(30)
  expect([...seen, ...ofProcess].filter(text => holdsOne(text, SECRETS))).toEqual([])
}, 60_000)
