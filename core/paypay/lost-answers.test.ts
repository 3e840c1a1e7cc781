import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type HttpOptions, httpTransport } from './http.ts'
import type { Transport, WireAnswer, WireRequest } from './transport.ts'

// Everything that can happen to a request between the till and PayPay, over real connections. Whatever is not one whole
// answer in time is `none`; nothing is ever thrown, followed, trimmed or sent through a proxy.

/** Long enough for loopback on a busy machine; no test waits for it. */
const PATIENT_MS = 5_000
const SHORT_MS = 150

type Received = {
  method: string | undefined
  url: string | undefined
  headers: Record<string, unknown>
  body: Buffer
}
type Reply = (response: ServerResponse, received: Received) => void

let paypay: Awaited<ReturnType<typeof serve>>
const opened: (() => unknown)[] = []

beforeEach(async () => {
  paypay = await serve(response => response.end('{}'))
})

afterEach(async () => {
  vi.unstubAllEnvs()
  for (const close of opened.splice(0).reverse()) await close()
})

/** A server on loopback: answers with `reply`, remembers what it got and by how many connections. */
async function serve(reply: Reply) {
  const state = { reply, received: [] as Received[], connections: 0, url: '', closed: 0 }
  const listener = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { method, url, headers } = request
    const received = { method, url, headers, body: Buffer.concat(chunks) }
    state.received.push(received)
    state.reply(response, received)
  }
  const handle = (request: IncomingMessage, response: ServerResponse): void =>
    void listener(request, response).catch(() => response.destroy())
  const server = createServer(handle)
  server.keepAliveTimeout = 60_000
  server.on('connection', (socket: Socket) => {
    state.connections += 1
    socket.on('close', () => {
      state.closed += 1
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  opened.push(() => {
    server.closeAllConnections()
    return new Promise(resolve => server.close(resolve))
  })
  return state
}

function transportTo(baseUrl: string, options: Omit<HttpOptions, 'baseUrl'> = {}): Transport {
  const transport = httpTransport({ baseUrl, ...options })
  opened.push(() => transport.close())
  return transport
}

const read: WireRequest = {
  api: 'getPayment',
  method: 'GET',
  path: '/v2/codes/payments/kiosk-0001',
  query: {},
  headers: { Authorization: 'hmac OPA-Auth:k:m:n:1:empty' },
  body: null,
  timeoutMs: PATIENT_MS,
}

/** Asks the server of this test once. */
function ask(reply: Reply, request: Partial<WireRequest> = {}): Promise<WireAnswer> {
  paypay.reply = reply
  return transportTo(paypay.url).send({ ...read, ...request })
}

describe('no answer', () => {
  it.each<[string, Reply]>([
    ['the request is lost and the connection closed', response => response.socket?.end()],
    ['the connection is reset', response => response.socket?.resetAndDestroy()],
    [
      'half a body, then a cut',
      response => {
        response.writeHead(200, { 'content-length': 100 })
        response.write('{"resultInfo":', () => response.socket?.destroy())
      },
    ],
    [
      'half a chunked body, then a cut',
      response => {
        response.writeHead(200)
        response.write('{"resultInfo":', () => response.socket?.destroy())
      },
    ],
    ['more than any answer of PayPay’s', response => response.end('x'.repeat(1_000_001))],
    [
      'more than any answer of PayPay’s, packed small',
      response => {
        response.writeHead(200, { 'content-encoding': 'gzip' })
        response.end(gzipSync('x'.repeat(5_000_000)))
      },
    ],
    [
      'what is no gzip, although it says so',
      response => {
        response.writeHead(200, { 'content-encoding': 'gzip' })
        response.end('{"resultInfo":{}}')
      },
    ],
    ['what is no HTTP', response => response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n')],
  ])('%s', async (_what, reply) => {
    const answer = await ask(reply)
    expect(answer).toMatchObject({ kind: 'none', why: 'network', detail: expect.stringMatching(/./) })
    expect(JSON.stringify(answer)).not.toContain('OPA-Auth')
  })

  it('nobody listens', async () => {
    const gone = await serve(response => response.end())
    await opened.pop()?.()
    expect(await transportTo(gone.url).send(read)).toMatchObject({
      kind: 'none',
      why: 'network',
      detail: expect.stringContaining('ECONNREFUSED'),
    })
  })

  it('a request that cannot be written is a none too, never a throw', async () => {
    const headers = { 'no header has this name': 'x' }
    expect(await transportTo(paypay.url).send({ ...read, headers })).toMatchObject({
      kind: 'none',
      why: 'network',
    })
    expect(paypay.received).toEqual([])
  })

  it('a request that is under way when the till stops ends', async () => {
    let arrived: () => void = () => undefined
    const underWay = new Promise<void>(resolve => {
      arrived = resolve
    })
    paypay.reply = () => arrived()
    const transport = transportTo(paypay.url)
    const answer = transport.send(read)
    await underWay
    await transport.close()
    expect(await answer).toMatchObject({ kind: 'none', why: 'network' })
  })
})

describe('the deadline is for the whole answer', () => {
  it.each<[string, Reply]>([
    ['silence', () => undefined],
    ['headers, then silence', response => response.writeHead(200).flushHeaders()],
    [
      'half a body, then silence',
      response => void response.writeHead(200, { 'content-length': 100 }).write('{"resultInfo":'),
    ],
    [
      'a slow drip that never pauses for long',
      response => {
        response.writeHead(200, { 'content-length': 1_000 })
        const drip = setInterval(() => response.write(' '), 10)
        response.on('close', () => clearInterval(drip))
      },
    ],
  ])('%s', async (_what, reply) => {
    const startedMs = performance.now()
    expect(await ask(reply, { timeoutMs: SHORT_MS })).toEqual({
      kind: 'none',
      why: 'timeout',
      detail: `no complete answer in ${SHORT_MS} ms`,
    })
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(SHORT_MS - 5)
  })

  it('and a late answer does not disturb the next request', async () => {
    const transport = transportTo(paypay.url)
    paypay.reply = response => void setTimeout(() => response.end('late'), SHORT_MS * 2)
    expect(await transport.send({ ...read, timeoutMs: SHORT_MS })).toMatchObject({ why: 'timeout' })
    paypay.reply = response => response.end('next')
    expect(await transport.send(read)).toMatchObject({ kind: 'answer', body: 'next' })
  })
})

describe('an answer is handed on as it came', () => {
  it.each<[string, number, Record<string, string>, string]>([
    ['HTML', 200, { 'content-type': 'text/html' }, '<!doctype html><title>Wi-Fi login</title>'],
    ['nothing', 200, {}, ''],
    ['nothing, and it says so', 204, {}, ''],
    ['JSON, unparsed, with its spaces', 200, { 'content-type': 'application/json' }, ' {"a": 1.0}  \n'],
    ['a number', 200, { 'content-type': 'application/json' }, '1'],
    ['half a document', 200, { 'content-type': 'application/json' }, '{"resultInfo":{"code":"SUC'],
    ['a refusal', 400, {}, '{"resultInfo":{}}'],
    ['too many requests', 429, { 'retry-after': '3' }, ''],
    ['a gateway', 502, {}, '<h1>502</h1>'],
    ['Japanese', 200, {}, '取引が完了しました 🍵'],
  ])('%s', async (_what, status, headers, body) => {
    const answer = await ask(response => response.writeHead(status, headers).end(body))
    expect(answer).toMatchObject({ kind: 'answer', status, headers, body })
  })

  it('with header names in lower case', async () => {
    const answer = await ask(response => response.writeHead(200, { 'X-REQUEST-ID': 'OPA45F6' }).end())
    expect(answer).toMatchObject({ headers: { 'x-request-id': 'OPA45F6', date: expect.any(String) } })
  })

  it('unpacked', async () => {
    const packed = gzipSync('{"resultInfo":{"code":"SUCCESS"}}')
    const answer = await ask(response => response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed))
    expect(answer).toMatchObject({ kind: 'answer', body: '{"resultInfo":{"code":"SUCCESS"}}' })
  })

  it.each([301, 302, 303, 307, 308])('and a redirect is not followed: %d', async status => {
    const elsewhere = await serve(response => response.end('{"resultInfo":{"code":"SUCCESS"}}'))
    const answer = await ask(response => response.writeHead(status, { location: elsewhere.url }).end('moved'))
    expect(answer).toMatchObject({ kind: 'answer', status, body: 'moved' })
    expect(elsewhere.received).toEqual([])
  })
})

describe('a request leaves as it was signed', () => {
  const headers = { ...read.headers, 'Content-Type': 'application/json' }
  const post = { ...read, method: 'POST', path: '/v2/codes', headers } as const

  it.each([
    ['spaces at the end', Buffer.from('{"a": 1}  \n')],
    ['Japanese', Buffer.from('{"name":"緑茶 🍵"}')],
    ['bytes that are no text', Buffer.from([0x7b, 0xff, 0x00, 0xfe, 0x0d, 0x0a])],
    ['an empty object', Buffer.from('{}')],
    ['a text', Buffer.from('"  a  "')],
  ])('byte for byte: %s', async (_what, body) => {
    await ask(response => response.end(), { ...post, body })
    expect(paypay.received).toHaveLength(1)
    expect(paypay.received[0]).toMatchObject({ method: 'POST', url: '/v2/codes', body })
    expect(paypay.received[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(body.length),
      authorization: read.headers.Authorization,
    })
  })

  it.each(['GET', 'DELETE'] as const)('without body and type: %s', async method => {
    await ask(response => response.end(), { method })
    expect(paypay.received[0]).toMatchObject({ method, url: read.path, body: Buffer.alloc(0) })
    expect(paypay.received[0]?.headers).not.toHaveProperty('content-type')
  })

  it('with its query behind its path', async () => {
    await ask(response => response.end(), { query: { paymentId: '03930495384927838208' } })
    expect(paypay.received[0]?.url).toBe(`${read.path}?paymentId=03930495384927838208`)
  })

  it('to PayPay and not through a proxy of the environment', async () => {
    const proxy = await serve(response => response.end('proxied'))
    for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])
      vi.stubEnv(name, proxy.url)
    vi.stubEnv('NO_PROXY', '')
    vi.stubEnv('no_proxy', '')
    expect(await ask(response => response.end('direct'))).toMatchObject({ body: 'direct' })
    expect(proxy.connections).toBe(0)
  })

  it('without a header that hides in the value of another', async () => {
    await ask(response => response.end(), { headers: { 'X-ASSUME-MERCHANT': 'a\r\nX-Hidden: 1' } })
    for (const { headers: arrived } of paypay.received) expect(arrived).not.toHaveProperty('x-hidden')
  })

  it('never to a host that its path names', async () => {
    const elsewhere = await serve(response => response.end('elsewhere'))
    const answer = await ask(response => response.end('here'), { path: `${elsewhere.url}/v2/codes` })
    expect(answer).not.toMatchObject({ body: 'elsewhere' })
    expect(elsewhere.connections).toBe(0)
  })
})

describe('connections', () => {
  it('are used again', async () => {
    const transport = transportTo(paypay.url)
    for (let turn = 0; turn < 5; turn += 1) await transport.send(read)
    expect(paypay).toMatchObject({ connections: 1 })
    expect(paypay.received).toHaveLength(5)
  })

  it('are given up when they have been idle, before a router forgets them', async () => {
    const transport = transportTo(paypay.url, { idleSocketMs: 30 })
    await transport.send(read)
    await vi.waitFor(() => expect(paypay.closed).toBe(1), PATIENT_MS)
    expect(await transport.send(read)).toMatchObject({ kind: 'answer' })
    expect(paypay.connections).toBe(2)
  })

  it('are not given up as idle while an answer is awaited', async () => {
    paypay.reply = response => void setTimeout(() => response.end('slow'), 120)
    const transport = transportTo(paypay.url, { idleSocketMs: 30 })
    expect(await transport.send(read)).toMatchObject({ kind: 'answer', body: 'slow' })
  })

  it('are opened anew after PayPay has closed them', async () => {
    const transport = transportTo(paypay.url)
    paypay.reply = response => response.setHeader('connection', 'close').end('last')
    expect(await transport.send(read)).toMatchObject({ body: 'last' })
    paypay.reply = response => response.end('first')
    expect(await transport.send(read)).toMatchObject({ body: 'first' })
    expect(paypay.connections).toBe(2)
  })

  it('are as many as allowed, and the rest waits its turn', async () => {
    paypay.reply = response => void setTimeout(() => response.end(), 20)
    const transport = transportTo(paypay.url, { maxSockets: 2 })
    const answers = await Promise.all(Array.from({ length: 6 }, () => transport.send(read)))
    expect(answers.every(({ kind }) => kind === 'answer')).toBe(true)
    expect(paypay.connections).toBe(2)
  })

  it('are closed at the end', async () => {
    const transport = transportTo(paypay.url)
    await transport.send(read)
    await transport.close()
    await vi.waitFor(() => expect(paypay.closed).toBe(1), PATIENT_MS)
  })
})
