import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultSettings } from '../core/config.ts'
import { COOKIE } from '../lan/access.ts'
import { type Network, openNetwork } from '../lan/network.ts'
import type { PairingWish } from '../shared/screens.ts'
import { World } from './misfortunes/world.ts'

// Somebody on the shop's Wi-Fi: under a wrong name, from a foreign page, without a token, with an old one, at another lane, at the desk,
// guessing, flooding. Over real TLS, on loopback.

const TABLET: PairingWish = { name: 'Tablet', lane: 'table-1', kind: 'till', desk: false }
const DISPLAY: PairingWish = { name: 'TV', lane: 'table-1', kind: 'display', desk: false }

let world: World
let network: Network
let port: number
let ca: string
let pageDir: string
const agent = new Agent({ keepAlive: true, maxSockets: 8 })

beforeEach(async () => {
  port = await freePort()
  pageDir = mkdtempSync(join(tmpdir(), 'kaikei-page-'))
  mkdirSync(join(pageDir, 'assets'))
  writeFileSync(join(pageDir, 'index.html'), '<title>the page</title>')
  writeFileSync(join(pageDir, 'assets/a-1.js'), '1')
  world = await World.open({
    settings: { network: { ...defaultSettings.network, enabled: true, address: '127.0.0.1', port } },
  })
  network = openNetwork({
    till: { ...world.kiosk, media: async () => null },
    dataDir: world.dataDir,
    pageDir,
    clock: world.clock,
    log: { info() {}, warn() {}, error() {} },
  })
  for (let tries = 0; tries < 200 && !world.kiosk.screens.state().network.on; tries += 1)
    await new Promise(resolve => setTimeout(resolve, 20))
  expect(world.kiosk.screens.state().network).toMatchObject({
    on: true,
    urls: [`https://127.0.0.1:${port}/`],
    fault: null,
  })
  ca = readFileSync(join(world.dataDir, 'network/authority.pem'), 'utf8')
})
afterEach(async () => {
  agent.destroy()
  await network.close()
  await world.end()
  rmSync(pageDir, { recursive: true, force: true })
})

type Asked = {
  readonly headers?: object
  readonly body?: unknown
  readonly token?: string
  readonly method?: string
}
type Answer = {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly text: string
  json<T>(): T
}

/** As our own page would; what a test does otherwise is in `asked`. */
async function ask(path: string, asked: Asked = {}): Promise<Answer> {
  const { message } = await open(path, asked)
  const parts: Buffer[] = []
  for await (const part of message) parts.push(part as Buffer)
  const text = Buffer.concat(parts).toString('utf8')
  return { status: message.statusCode ?? 0, headers: message.headers, text, json: () => JSON.parse(text) }
}

async function open(
  path: string,
  { headers, body, token, method }: Asked,
): Promise<{ message: IncomingMessage; end(): void }> {
  const posts = body !== undefined
  const host = `127.0.0.1:${port}`
  const sent = request({
    agent,
    ca,
    // Which name a browser was told is the till's to see, not the certificate's.
    ...(headers && 'host' in headers ? { checkServerIdentity: () => undefined } : {}),
    host: '127.0.0.1',
    port,
    path,
    method: method ?? (posts ? 'POST' : 'GET'),
    headers: {
      ...(posts ? { origin: `https://${host}`, 'content-type': 'application/json' } : {}),
      ...(token === undefined ? {} : { cookie: `${COOKIE}=${token}` }),
      ...headers,
    },
  })
  sent.end(posts ? (typeof body === 'string' ? body : JSON.stringify(body)) : undefined)
  const [message] = (await once(sent, 'response')) as [IncomingMessage]
  return { message, end: () => sent.destroy() }
}

async function paired(wish: PairingWish): Promise<string> {
  const answer = await ask('/pair', { body: { code: world.kiosk.screens.makeCode(wish, null).code } })
  expect(answer.status).toBe(200)
  const cookie = answer.headers['set-cookie']?.[0] ?? ''
  expect(cookie).toMatch(/^__Host-kaikei=[^;]+; Path=\/; Max-Age=\d+; Secure; HttpOnly; SameSite=Strict$/)
  return cookie.slice(`${COOKIE}=`.length, cookie.indexOf(';'))
}

const call = (token: string, method: string, input: object, more: Asked = {}): Promise<Answer> =>
  ask(`/api/${method}`, { token, body: input, ...more })

/** What an open line says from now on, until it is closed. */
async function lineOf(token: string, lane = 'table-1') {
  const { message, end } = await open(`/api/events?lane=${lane}`, { token })
  const line = { said: '', isOver: false, end, status: message.statusCode }
  message.on('data', part => {
    line.said += String(part)
  })
  message.on('close', () => {
    line.isOver = true
  })
  message.on('error', () => {})
  return line
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 250 && !isSo(); tries += 1)
    await new Promise(resolve => setTimeout(resolve, 20))
  expect(isSo()).toBe(true)
}

describe('a tablet', () => {
  it('types the code, sells at its lane, and is out the moment it is revoked', async () => {
    expect(await ask('/')).toMatchObject({ status: 302, headers: { location: '/pair' } })
    expect((await ask('/pair')).text).toContain('the page')
    const token = await paired(TABLET)
    expect(await ask('/', { token })).toMatchObject({ status: 302, headers: { location: '/?lane=table-1' } })
    expect((await ask('/?lane=table-1', { token })).text).toContain('the page')
    expect((await ask('/screen', { token })).json()).toEqual({
      name: 'Tablet',
      lane: 'table-1',
      kind: 'till',
      desk: false,
    })
    const line = await lineOf(token)
    const order = { kind: 'cart', lines: [{ productId: 'tea', quantity: 2, seenPriceYen: 160 }] }
    const started = await call(token, 'startCheckout', { lane: 'table-1', order, locale: 'ja' })
    expect(started.json()).toMatchObject({ ok: true, value: { checkout: { totalYen: 320 } } })
    await world.clock.pass(1_000)
    await until(() => line.said.includes('awaitingPayment'))
    expect(world.kiosk.screens.state().screens).toMatchObject([{ lane: 'table-1', connected: true }])
    world.simulator.phone(world.code(), 'approve')
    await world.clock.pass(5_000)
    await until(() => line.said.includes('"status":"paid"'))

    expect(await world.kiosk.screens.revoke('s1', null)).toBe(true)
    await until(() => line.isOver)
    expect(line.said).toMatch(/event: unpaired\ndata: \{\}\n\n$/)
    expect((await call(token, 'getShop', {})).status).toBe(401)
    expect(await ask('/', { token })).toMatchObject({
      status: 302,
      headers: { location: '/pair', 'set-cookie': [expect.stringContaining('Max-Age=0')] },
    })
    // A page that comes back learns it the same way.
    const again = await lineOf(token)
    await until(() => again.said.includes('event: unpaired'))
    // The lane has no screen any more, which is core's to see to.
    const seen = await world.desk('getHealth', {}, await world.manager())
    expect(seen).toMatchObject({ value: { lanes: [{ lane: 'table-1', watched: false }] } })
  })

  it('of another lane hears, sees and does nothing here', async () => {
    const token = await paired(TABLET)
    expect(await call(token, 'getLane', { lane: 'main' })).toMatchObject({ status: 403 })
    const order = { kind: 'cart', lines: [{ productId: 'tea', quantity: 1 }] }
    expect(await call(token, 'startCheckout', { lane: 'main', order, locale: 'ja' })).toMatchObject({
      status: 403,
    })
    expect(await lineOf(token, 'main')).toMatchObject({ status: 403 })
    expect((await world.view('main')).checkout).toBeNull()
    expect((await call(token, 'getLane', { lane: 'table-1' })).json()).toMatchObject({ ok: true })
  })

  it('may open the desk only where that was allowed, and never owns the till', async () => {
    const manager = await world.manager()
    const plain = await paired(TABLET)
    const desk = (token: string, method: string, input: object) =>
      ask(`/desk/${method}`, { token, body: input })
    for (const method of ['getDoor', 'signIn', 'getDesk', 'giveBack', 'setUp', 'noSuchMethod'])
      expect((await desk(plain, method, { session: manager })).json(), method).toEqual({
        ok: false,
        failure: { kind: 'notHere' },
      })
    const allowed = await paired({ ...TABLET, desk: true })
    expect((await desk(allowed, 'getDoor', {})).json()).toMatchObject({ ok: true })
    expect((await desk(allowed, 'signIn', { lane: 'main', pin: '271828' })).status).toBe(403)
    const inside = await desk(allowed, 'signIn', { lane: 'table-1', pin: '271828' })
    expect(inside.json()).toMatchObject({ ok: true, value: { user: { role: 'manager' } } })
    for (const method of ['setUp', 'setKeys', 'testKeys'])
      expect((await desk(allowed, method, { session: manager })).json(), method).toMatchObject({
        failure: { kind: 'notHere' },
      })
    expect((await ask('/desk/getDoor', { body: {} })).status).toBe(401)
  })
})

describe('a display', () => {
  it('is told what its lane shows, and can do nothing', async () => {
    const token = await paired(DISPLAY)
    expect(await ask('/', { token })).toMatchObject({
      status: 302,
      headers: { location: '/display?lane=table-1' },
    })
    const line = await lineOf(token)
    await until(() => line.said.includes('event: lane'))
    const checkout = await world.sell('table-1')
    await until(() => line.said.includes('awaitingPayment'))
    expect((await call(token, 'getShop', {})).json()).toMatchObject({ ok: true })
    const about = { lane: 'table-1', checkoutId: checkout.checkoutId }
    for (const [method, input] of [
      ['getLane', { lane: 'table-1' }],
      ['stopCheckout', { ...about, reason: 'customer' }],
      ['leaveCheckout', about],
      ['callStaff', { lane: 'table-1' }],
      ['getReceipt', about],
    ] as const)
      expect((await call(token, method, input)).status, method).toBe(403)
    expect((await ask('/desk/getDoor', { token, body: {} })).json()).toEqual({
      ok: false,
      failure: { kind: 'notHere' },
    })
    expect(await world.status('table-1')).toBe('awaitingPayment')
    // Only the display is left: the lane has no screen.
    world.turnAway('table-1')
    await world.clock.pass(60_000)
    expect(await world.status('table-1')).not.toBe('awaitingPayment')
    line.end()
  })
})

describe('somebody else', () => {
  it('under a name that is not the till’s is told nothing', async () => {
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', 'localhost:1'])
      expect((await ask('/pair', { headers: { host } })).status, host).toBe(421)
  })

  it('on a foreign page can call nothing, whoever’s browser it is', async () => {
    const token = await paired(TABLET)
    const forms: readonly (readonly [object, number])[] = [
      [{ origin: 'https://evil.example' }, 403],
      [{ origin: `https://127.0.0.1:${port + 1}` }, 403],
      [{ origin: `http://127.0.0.1:${port}` }, 403],
      [{ origin: 'null' }, 403],
      [{ 'sec-fetch-site': 'cross-site' }, 403],
      [{ 'content-type': 'text/plain' }, 415],
    ]
    for (const [headers, status] of forms) {
      expect((await call(token, 'getShop', {}, { headers })).status, JSON.stringify(headers)).toBe(status)
      expect((await ask('/pair', { body: { code: '1' }, headers })).status).toBe(status)
    }
    expect((await ask('/screen', { token, headers: { origin: 'https://evil.example' } })).status).toBe(403)
    // A caller that says no origin at all is no page of ours.
    const bare = await ask('/api/getShop', {
      token,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    })
    expect(bare.status).toBe(403)
  })

  it('without a token, or with a made-up one, gets the pairing page and nothing else', async () => {
    for (const token of [undefined, '', 's1', 's1.', 's1.00', `s1.${'0'.repeat(64)}`]) {
      const who = token === undefined ? {} : { token }
      expect((await ask('/api/getShop', { ...who, body: {} })).status).toBe(401)
      expect((await ask('/screen', who)).status).toBe(401)
      expect((await ask('/media/tea.svg', who)).status).toBe(404)
      expect((await ask('/settings.json', who)).status).toBe(404)
      expect((await ask('/display', who)).headers.location).toBe('/pair')
    }
    expect((await ask('/assets/a-1.js')).status).toBe(200)
    for (const path of [
      '/assets/..%2findex.html',
      '/assets/../../ledger-training.sqlite',
      '/assets/',
      '/index.html',
    ])
      expect((await ask(path)).status, path).toBe(404)
  })

  it('who guesses codes a hundred times is stopped after five', async () => {
    const { code } = world.kiosk.screens.makeCode(TABLET, null)
    const statuses: number[] = []
    for (let tries = 0; tries < 100; tries += 1) {
      // Below the stranger's own limit of calls, so that it is the guessing which is counted.
      await world.clock.pass(500)
      const guess = String((Number(code) + 1 + tries) % 100_000_000).padStart(8, '0')
      statuses.push((await ask('/pair', { body: { code: guess } })).status)
    }
    expect(statuses.filter(status => status === 403)).toHaveLength(5)
    expect(statuses.filter(status => status === 429)).toHaveLength(95)
    expect((await ask('/pair', { body: { code } })).json()).toMatchObject({
      failure: { kind: 'tooManyTries' },
    })
    expect(world.kiosk.screens.state().screens).toEqual([])
  })

  it('who floods is turned away, and others are served', async () => {
    const token = await paired(TABLET)
    const strangers = await Promise.all(Array.from({ length: 120 }, () => ask('/pair')))
    expect(strangers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(60)
    // The page itself has dozens of files, and is read to the end.
    const files = await Promise.all(Array.from({ length: 100 }, () => ask('/assets/a-1.js')))
    expect(files.every(({ status }) => status === 200)).toBe(true)
    expect(strangers.at(-1)).toMatchObject({ status: 429, headers: { 'retry-after': '10' } })
    // One that is paired is not a stranger, has a limit of its own, and gets on again after a moment.
    const calls = await Promise.all(Array.from({ length: 100 }, () => call(token, 'getShop', {})))
    expect(calls.filter(({ status }) => status === 200)).toHaveLength(60)
    await world.clock.pass(1_000)
    expect((await call(token, 'getShop', {})).status).toBe(200)
  })

  it('who sends too much, or nonsense, is cut off', async () => {
    const token = await paired(TABLET)
    expect((await ask('/pair', { body: { code: 'x'.repeat(2_000) } })).status).toBe(413)
    expect((await call(token, 'getShop', {}, { body: 'x'.repeat(70_000) })).status).toBe(413)
    expect((await call(token, 'getShop', {}, { body: '{' })).status).toBe(400)
    expect((await call(token, 'getShop', {})).status).toBe(200)
  })

  it('who opens connections and holds them gets so many and no more', async () => {
    const sockets = Array.from({ length: 60 }, () => {
      const socket = connect({ host: '127.0.0.1', port, ca })
      socket.on('error', () => {})
      return socket
    })
    let closed = 0
    for (const socket of sockets) socket.on('close', () => void closed++)
    await until(() => closed >= 60 - 32)
    for (const socket of sockets) socket.destroy()
  })
})

it('the authority is the till’s own, kept from others, the same after a restart, and offered to be installed', async () => {
  expect(statSync(join(world.dataDir, 'network/authority.pem')).mode & 0o777).toBe(0o600)
  const { fingerprint } = (await ask('/authority.json')).json<{ fingerprint: string }>()
  expect(fingerprint).toBe(world.kiosk.screens.state().network.fingerprint)
  expect(await ask('/authority.crt')).toMatchObject({
    status: 200,
    headers: { 'content-type': 'application/x-x509-ca-cert' },
  })
  expect(ca).toContain('PRIVATE KEY')
  expect((await ask('/authority.crt')).text).not.toContain('PRIVATE KEY')
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port: free } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return free
}
