import { createServer, type ServerOptions } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { generate } from 'selfsigned'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { paypayHosts } from './hosts.ts'
import { type HttpOptions, httpTransport } from './http.ts'
import type { Transport, WireRequest } from './transport.ts'

// A shop's Wi-Fi is anybody's. The till speaks only to a PayPay that proves who it is, in a TLS that holds.

/** Long enough for loopback on a busy machine; no test waits for it. */
const PATIENT_MS = 5_000
const SHORT_MS = 150

const opened: (() => unknown)[] = []

afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

/** A server on loopback that says "sealed" to whoever gets through to it. */
async function serve(
  options: ServerOptions,
): Promise<{ url: string; received: number; connections: number }> {
  const state = { url: '', received: 0, connections: 0 }
  const server = createServer(options, (_request, response) => {
    state.received += 1
    response.end('sealed')
  })
  server.on('connection', () => {
    state.connections += 1
  })
  opened.push(() => server.closeAllConnections())
  state.url = await listen(server)
  return state
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  opened.unshift(() => new Promise(resolve => server.close(resolve)))
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`
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
  headers: {},
  body: null,
  timeoutMs: PATIENT_MS,
}

describe('TLS', () => {
  const own = generate([{ name: 'commonName', value: '127.0.0.1' }], {
    keySize: 2048,
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
    ],
  }).then(({ private: key, cert }) => ({ key, cert }))

  it('is trusted by the authority that was given', async () => {
    const tls = await own
    const server = await serve(tls)
    const transport = transportTo(server.url, { ca: tls.cert })
    expect(await transport.send(read)).toMatchObject({ kind: 'answer', body: 'sealed' })
    expect(await transport.send(read)).toMatchObject({ kind: 'answer' })
    expect(server.connections).toBe(1)
  })

  it('is not trusted without it', async () => {
    const server = await serve(await own)
    expect(await transportTo(server.url).send(read)).toMatchObject({
      kind: 'none',
      why: 'network',
      detail: expect.stringMatching(/SELF_SIGNED|UNABLE_TO_VERIFY/),
    })
    expect(server.received).toBe(0)
  })

  it('is not trusted without it either where Node is told to trust everybody', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    opened.push(() => vi.unstubAllEnvs())
    const server = await serve(await own)
    expect(await transportTo(server.url).send(read)).toMatchObject({ kind: 'none', why: 'network' })
    expect(server.received).toBe(0)
  })

  it('is not spoken in a version before 1.2', async () => {
    const tls = await own
    const old = await serve({
      ...tls,
      minVersion: 'TLSv1.1',
      maxVersion: 'TLSv1.1',
      // OpenSSL offers so old a version only when its own bar is lowered too.
      ciphers: 'DEFAULT@SECLEVEL=0',
    })
    expect(await transportTo(old.url, { ca: tls.cert }).send(read)).toMatchObject({
      kind: 'none',
      why: 'network',
    })
    const enough = await serve({ ...tls, maxVersion: 'TLSv1.2' })
    expect(await transportTo(enough.url, { ca: tls.cert }).send(read)).toMatchObject({ body: 'sealed' })
  })

  it('stalls no longer than the deadline, and leaves no connection behind', async () => {
    let closed = 0
    const mute = createTcpServer(socket => {
      socket.resume().on('close', () => {
        closed += 1
      })
    })
    const transport = transportTo(await listen(mute))
    expect(await transport.send({ ...read, timeoutMs: SHORT_MS })).toMatchObject({ why: 'timeout' })
    await vi.waitFor(() => expect(closed).toBe(1), PATIENT_MS)
  })
})

describe('PayPay’s address', () => {
  it.each([
    '',
    'apigw.paypay.ne.jp',
    'ftp://127.0.0.1',
    'http://127.0.0.1/v2',
    'http://u:p@127.0.0.1',
    'http://127.0.0.1?a',
  ])('is refused in words: "%s"', baseUrl => {
    expect(() => httpTransport({ baseUrl })).toThrow('must look like https://apigw.paypay.ne.jp')
  })

  it('is PayPay’s own, over TLS', () => {
    expect(paypayHosts).toEqual({
      sandbox: 'https://apigw.sandbox.paypay.ne.jp',
      production: 'https://apigw.paypay.ne.jp',
      staging: 'https://apigw.stg.paypay.ne.jp',
      perf: 'https://perf-apigw.paypay.ne.jp',
    })
    for (const baseUrl of Object.values(paypayHosts)) expect(() => httpTransport({ baseUrl })).not.toThrow()
  })
})
