import type { ServerResponse } from 'node:http'
import { createServer as createTls, type Server as TlsServer } from 'node:https'
import type { Socket } from 'node:net'
import { type AddressInfo, createServer as createTcp, type Server } from 'node:net'
import { isRecord } from '../../core/paypay/opa/endpoint.ts'

/** What PayPay would say if nothing were wrong, as an HTTP answer. */
export type Whole = { readonly status: number; readonly body: string }

/** One way in which a request and its answer can go wrong between a merchant and PayPay. */
export type BrokenWire = {
  readonly name: string
  /** What has to be made of it: never a success. */
  readonly kind: 'unknown' | 'rateLimited' | 'maintenance'
  /** It goes on for as long as the client waits. */
  readonly hangs?: true
  readonly break: Break
}

type Break =
  | { readonly at: 'name' | 'port' | 'tls' | 'certificate' }
  | { readonly at: 'request'; readonly how: 'cut' | 'silent' }
  | { readonly at: 'answer'; readonly send: (response: ServerResponse, whole: Whole, socket: Socket) => void }
  /** The answer is whole and wrong: another `data`, or null where it has nothing that could be. */
  | { readonly at: 'data'; readonly spoil: (data: Readonly<Record<string, unknown>>) => object | null }

const page = (response: ServerResponse, status: number, body: string, headers = {}): void => {
  response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body)
}
const head = (response: ServerResponse, { status, body }: Whole): ServerResponse =>
  response.writeHead(status, { 'content-length': Buffer.byteLength(body) })
const half = (response: ServerResponse, whole: Whole, then: () => void): void => {
  head(response, whole).write(Buffer.from(whole.body).subarray(0, Math.floor(whole.body.length / 2)), then)
}
const said = (status: number, code: string, headers = {}): Break => ({
  at: 'answer',
  send: response =>
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify({ resultInfo: { code, message: code, codeId: '1' }, data: null })),
})
const gateway = (status: number): Break => ({
  at: 'answer',
  send: response => page(response, status, `<html>${status}</html>`),
})
const IDS = /^(merchant\w+Id|paymentId|requestId|userAuthorizationId)$/
/** The first id of a kind that requests name, a wallet's too. */
function withAnotherId(data: Readonly<Record<string, unknown>>): object | null {
  const field = Object.keys(data).find(name => IDS.test(name))
  if (field !== undefined) return { ...data, [field]: 'somebody-else' }
  return isRecord(data.walletInfo) ? { ...data, walletInfo: withAnotherId(data.walletInfo) } : null
}

/** Money safety's list of what can befall one request. */
export const brokenWires: readonly BrokenWire[] = [
  { name: 'a name that nobody has', kind: 'unknown', break: { at: 'name' } },
  { name: 'a port where nobody listens', kind: 'unknown', break: { at: 'port' } },
  { name: 'a handshake that stands still', kind: 'unknown', hangs: true, break: { at: 'tls' } },
  { name: 'a certificate of somebody else', kind: 'unknown', break: { at: 'certificate' } },
  { name: 'the request is cut off', kind: 'unknown', break: { at: 'request', how: 'cut' } },
  { name: 'the request is lost', kind: 'unknown', hangs: true, break: { at: 'request', how: 'silent' } },
  {
    name: 'done, and the answer is cut off',
    kind: 'unknown',
    break: { at: 'answer', send: (_, __, socket) => socket.end() },
  },
  {
    name: 'done, and the answer is lost',
    kind: 'unknown',
    hangs: true,
    break: { at: 'answer', send: () => undefined },
  },
  {
    name: 'done, and the answer comes too late',
    kind: 'unknown',
    hangs: true,
    break: {
      at: 'answer',
      send: (response, whole) =>
        void setTimeout(() => response.writeHead(whole.status).end(whole.body), 45_000).unref(),
    },
  },
  {
    name: 'a head, and then silence',
    kind: 'unknown',
    hangs: true,
    break: {
      at: 'answer',
      send: (response, whole) => head(response, whole).flushHeaders(),
    },
  },
  {
    name: 'half a body, and the end',
    kind: 'unknown',
    break: {
      at: 'answer',
      send: (response, whole, socket) => half(response, whole, () => socket.destroy()),
    },
  },
  {
    name: 'half a body, and silence',
    kind: 'unknown',
    hangs: true,
    break: {
      at: 'answer',
      send: (response, whole) => half(response, whole, () => undefined),
    },
  },
  {
    name: 'a connection that is reset',
    kind: 'unknown',
    break: { at: 'answer', send: (_, __, socket) => void socket.resetAndDestroy() },
  },
  {
    name: 'a byte a second',
    kind: 'unknown',
    hangs: true,
    break: {
      at: 'answer',
      send: (response, whole) => {
        head(response, whole)
        let sent = 0
        const drip = setInterval(() => response.write(whole.body.charAt(sent++)), 1_000).unref()
        response.once('close', () => clearInterval(drip))
      },
    },
  },
  {
    name: 'a login page in PayPay’s place',
    kind: 'unknown',
    break: { at: 'answer', send: response => page(response, 200, '<html>Welcome to our Wi-Fi</html>') },
  },
  {
    name: 'an empty answer',
    kind: 'unknown',
    break: { at: 'answer', send: response => page(response, 200, '') },
  },
  {
    name: 'another id',
    kind: 'unknown',
    break: { at: 'data', spoil: withAnotherId },
  },
  {
    name: 'another amount',
    kind: 'unknown',
    break: {
      at: 'data',
      spoil: data =>
        data.amount === undefined ? null : { ...data, amount: { amount: 999, currency: 'JPY' } },
    },
  },
  {
    name: 'a redirect',
    kind: 'unknown',
    break: { at: 'answer', send: response => page(response, 302, '', { location: '/login' }) },
  },
  {
    name: '429 with Retry-After',
    kind: 'rateLimited',
    break: said(429, 'RATE_LIMIT', { 'retry-after': '3' }),
  },
  { name: '429 without', kind: 'rateLimited', break: said(429, 'RATE_LIMIT') },
  { name: '500 TRANSACTION_FAILED', kind: 'unknown', break: said(500, 'TRANSACTION_FAILED') },
  { name: '500 INTERNAL_SERVER_ERROR', kind: 'unknown', break: said(500, 'INTERNAL_SERVER_ERROR') },
  { name: '502 of a gateway', kind: 'unknown', break: gateway(502) },
  { name: '503 of a gateway', kind: 'unknown', break: gateway(503) },
  { name: '504 of a gateway', kind: 'unknown', break: gateway(504) },
  { name: '503 MAINTENANCE_MODE', kind: 'maintenance', break: said(503, 'MAINTENANCE_MODE') },
  {
    name: 'a word for a status that nobody knows',
    kind: 'unknown',
    break: {
      at: 'data',
      spoil: data => (typeof data.status === 'string' ? { ...data, status: 'SETTLED' } : null),
    },
  },
]

export type RunningWire = { readonly baseUrl: string; close(): Promise<void> }

/** Opens one broken way to PayPay on this machine. `wholeFor`: what PayPay would say to such a request. */
export async function openWire(
  wire: BrokenWire,
  certificates: { readonly key: string; readonly cert: string },
  wholeFor: (method: string, path: string) => Whole,
): Promise<RunningWire> {
  const broken = wire.break
  if (broken.at === 'name') return { baseUrl: 'https://nobody.invalid', close: async () => undefined }
  const sockets = new Set<Socket>()
  const server = broken.at === 'tls' || broken.at === 'port' ? createTcp() : overTls()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = (): Promise<void> => {
    for (const socket of sockets) socket.destroy()
    return new Promise(resolve => (server.listening ? server.close(() => resolve()) : resolve()))
  }
  // Nobody is behind the port any more.
  if (broken.at === 'port') await close()
  return { baseUrl: `https://127.0.0.1:${port}`, close }

  function overTls(): Server | TlsServer {
    return createTls(certificates, (request, response) => {
      response.on('error', () => undefined)
      if (broken.at === 'request') {
        if (broken.how === 'cut') request.socket.destroy()
        return
      }
      const whole = wholeFor(request.method ?? '', request.url ?? '')
      request.resume().once('end', () => {
        // TLS has no reset of its own; the connection below it has.
        const below = [...sockets].find(({ remotePort }) => remotePort === request.socket.remotePort)
        if (broken.at === 'answer') return broken.send(response, whole, below ?? request.socket)
        const envelope = JSON.parse(whole.body) as { data: Record<string, unknown> | null }
        const data = broken.at === 'data' ? broken.spoil(envelope.data ?? {}) : null
        response.writeHead(whole.status, { 'content-type': 'application/json' })
        response.end(JSON.stringify({ ...envelope, data: data ?? envelope.data }))
      })
    })
  }
}
