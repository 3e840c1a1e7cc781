import { request as httpRequest, type IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type RunningSimulator, startSimulator } from './http.ts'
import { signature } from './testTill.ts'

// On the wire it is PayPay as it is without one; control is for this machine and its own page alone.

const keys = { apiKey: 'k', apiSecret: 's' }
let running: RunningSimulator
beforeEach(async () => {
  running = await startSimulator({ port: 0, ...keys })
})
afterEach(() => running.close())

let nonce = 0
function paypay(
  method: string,
  path: string,
  body: string | null = null,
  type = 'application/json',
  query = '',
) {
  nonce += 1
  const bytes = body === null ? null : Buffer.from(body)
  const by = { ...keys, nonce: `n${nonce}`, epochS: Math.floor(Date.now() / 1_000) }
  const authorization = signature({ method, path, body: bytes, contentType: type }, by)
  const headers = { authorization, ...(type !== '' && { 'content-type': type }) }
  return fetch(`${running.paypayUrl}${path}${query}`, { method, headers, body: bytes })
}
const order = (merchantPaymentId: string) =>
  JSON.stringify({ merchantPaymentId, amount: { amount: 160, currency: 'JPY' }, codeType: 'ORDER_QR' })

const control = (method: string, path: string, body?: unknown) =>
  fetch(`${running.paypayUrl}/_simulator/${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
const json = async (answer: Promise<Response>) => (await answer).json() as Promise<Record<string, unknown>>

/** With headers that fetch does not let one choose. */
function raw(path: string, headers: Record<string, string>, method = 'GET'): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(running.paypayUrl)
    const answered = (answer: IncomingMessage) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    }
    httpRequest({ host: '127.0.0.1', port, path, method, headers }, answered).on('error', reject).end()
  })
}

describe('PayPay on the wire', () => {
  it('takes every Content-Type that its clients send, and hashes the bytes as they come', async () => {
    for (const [index, type] of [
      'application/json',
      'application/json;charset=UTF-8',
      'application/json;charset=UTF-8;',
      'text/plain',
    ].entries()) {
      const spaced = order(`order-${index}`).replaceAll(',', ' ,\n ')
      expect((await paypay('POST', '/v2/codes', spaced, type)).status).toBe(201)
    }
    for (const type of ['empty', 'application/json;charset=UTF-8', ''])
      expect((await paypay('GET', '/v2/codes/payments/order-0', null, type)).status).toBe(200)
    for (const type of ['empty', 'application/json', ''])
      expect((await paypay('DELETE', '/v2/payments/order-0', null, type)).status).toBe(202)
    const withQuery = await paypay('GET', '/v2/refunds/r1', null, '', '?paymentId=1')
    expect([withQuery.status, withQuery.headers.get('x-request-id')]).toEqual([
      404,
      expect.stringMatching(/^OPA/),
    ])
  })

  it('refuses what was not signed, and says so in PayPay’s envelope', async () => {
    const answer = await fetch(`${running.paypayUrl}/v2/codes`, { method: 'POST', body: '{}' })
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ resultInfo: { code: 'UNAUTHORIZED' } })
    expect(answer.headers.get('x-request-id')).toMatch(/^OPA/)
    expect(answer.headers.get('date')).toMatch(/GMT$/)
  })

  it('keeps a list of requests, without their signatures', async () => {
    await paypay('POST', '/v2/codes', order('order-1'))
    const [entry] = (await json(control('GET', 'requests'))) as unknown as Record<string, unknown>[]
    expect(entry).toMatchObject({
      seq: 1,
      method: 'POST',
      path: '/v2/codes',
      query: {},
      headers: { authorization: '(not kept)', 'content-type': 'application/json' },
      body: JSON.parse(order('order-1')),
      status: 201,
      faults: [],
    })
    expect(JSON.stringify(entry)).not.toContain('OPA-Auth')
  })

  it('a body that no PayPay would read ends the connection', async () => {
    await expect(paypay('POST', '/v2/codes', 'x'.repeat(2_000_000))).rejects.toThrow()
    expect((await paypay('GET', '/v2/codes/payments/order-1')).status).toBe(400)
  })
})

describe('a fault on the wire', () => {
  it.each([
    [{ kind: 'dropRequest' }, 'cut'],
    [{ kind: 'dropAnswer' }, 'cut'],
    // A header that no answer can carry is the wish of a test, and no end of the simulator.
    [{ kind: 'status', status: 500, headers: { 'x-odd': 'a\nb' } }, 'cut'],
    [{ kind: 'halfBody' }, 'head, half a body and the end'],
    [{ kind: 'hang' }, 'head and then nothing'],
    [{ kind: 'dropAnswer', connection: 'silent' }, 'nothing'],
  ])('%j: the client gets %s', async (what, gets) => {
    await control('PUT', 'faults', [{ what }])
    const { port } = new URL(running.paypayUrl)
    const socket = new Socket()
    const chunks: Buffer[] = []
    let ended = false
    socket.on('data', chunk => chunks.push(chunk))
    socket.on('close', () => {
      ended = true
    })
    socket.on('error', () => undefined)
    socket.connect(Number(port), '127.0.0.1', () =>
      socket.write('GET /v2/codes/payments/order-1 HTTP/1.1\r\nHost: x\r\n\r\n'),
    )
    const seen = () => Buffer.concat(chunks).toString()
    if (gets === 'cut') await expect.poll(() => ended).toBe(true)
    if (gets.startsWith('head')) await expect.poll(seen).toContain('\r\n\r\n')
    if (gets === 'nothing') await expect.poll(() => running.simulator.seen.at(-1)?.outcome).toBe('silent')
    if (gets.endsWith('the end')) await expect.poll(() => ended).toBe(true)
    const [head = '', body = ''] = seen().split('\r\n\r\n')
    const length = Number(/content-length: (\d+)/.exec(head)?.[1] ?? 0)
    expect(head === '').toBe(!gets.startsWith('head'))
    if (gets.endsWith('the end')) expect(body.length).toBe(Math.floor(length / 2))
    else expect(body).toBe('')
    expect(ended).toBe(gets === 'cut' || gets.endsWith('the end'))
    socket.destroy()
  })
})

describe('control', () => {
  it('codes, the phone and the book', async () => {
    expect(await json(control('GET', 'codes'))).toEqual([])
    await paypay('POST', '/v2/codes', order('order-1'))
    const [code] = (await json(control('GET', 'codes'))) as unknown as Record<string, unknown>[]
    expect(code).toMatchObject({
      merchantPaymentId: 'order-1',
      amount: 160,
      status: 'CREATED',
      live: true,
      scanned: false,
    })
    const act = (what: string, id = String(code?.codeId)) => control('POST', `codes/${id}/${what}`)
    expect(await json(act('scan'))).toMatchObject({ done: true, outcome: 'scanned', code: { scanned: true } })
    expect(await json(act('approve'))).toMatchObject({
      done: true,
      outcome: 'paid',
      code: { status: 'COMPLETED' },
    })
    const again = await act('approve')
    expect(again.status).toBe(409)
    expect(await again.json()).toMatchObject({
      done: false,
      outcome: 'alreadyPaid',
      says: expect.stringContaining('paid'),
    })
    const unknown = await act('approve', '04-x')
    expect([unknown.status, await unknown.json()]).toMatchObject([404, { done: false, code: null }])
    const dance = await act('dance')
    expect([dance.status, await dance.json()]).toEqual([
      404,
      { error: expect.stringContaining('cannot dance') },
    ])
    expect(await json(control('GET', 'book'))).toMatchObject({
      payments: [{ merchantPaymentId: 'order-1', status: 'COMPLETED', amountYen: 160 }],
      refunds: [],
      parkedCancels: [],
      capturedYen: 160,
      returnedYen: 0,
      keptYen: 160,
    })
  })

  it('faults and switches are set, shown and refused with a sentence', async () => {
    const fault = { endpoint: 'getPayment', when: { nth: 2 }, what: { kind: 'hang' } }
    expect(await json(control('PUT', 'faults', [fault]))).toEqual([{ ...fault, seen: 0, fired: 0 }])
    expect(await json(control('GET', 'faults'))).toEqual([{ ...fault, seen: 0, fired: 0 }])
    expect(await json(control('DELETE', 'faults'))).toEqual([])
    expect(await json(control('PUT', 'switches', { decline: 'stillCreated' }))).toMatchObject({
      decline: 'stillCreated',
    })
    expect(await json(control('GET', 'switches'))).toMatchObject({
      decline: 'stillCreated',
      codeLifetimeS: 300,
    })
    expect(await json(control('GET', 'switches/about'))).toMatchObject({ decline: { default: 'failed' } })
    for (const [path, body, error] of [
      ['faults', [{ what: { kind: 'x' } }], 'faults[0].what.kind: '],
      ['switches', { x: 1 }, 'there is no x'],
    ] as const) {
      const refused = await control('PUT', path, body)
      expect(refused.status).toBe(400)
      expect(await refused.json()).toEqual({
        error: expect.stringContaining(error),
        problems: [expect.any(String)],
      })
    }
    const broken = await fetch(`${running.paypayUrl}/_simulator/faults`, { method: 'PUT', body: '[' })
    expect([broken.status, await broken.json()]).toEqual([
      400,
      { error: expect.stringContaining('has to be JSON') },
    ])
    expect(running.simulator.faults.list()).toEqual([])
  })

  it('what is nowhere is said to be nowhere', async () => {
    for (const path of ['/', '/_simulator/tea', '/phone/../http.ts', '/phone/http.ts', '/nowhere']) {
      const answer = await fetch(`${running.paypayUrl}${path}`, { redirect: 'manual' })
      if (path === '/') expect(answer.headers.get('location')).toBe('/phone')
      else
        expect([answer.status, await answer.json()]).toEqual([
          404,
          { error: expect.stringContaining('/_simulator/') },
        ])
    }
  })

  it('answers to its own name and to its own page only', async () => {
    const { host, port } = new URL(running.paypayUrl)
    expect(await raw('/_simulator/book', { host })).toBe(200)
    expect(await raw('/_simulator/book', { host: `localhost:${port}` })).toBe(200)
    expect(await raw('/_simulator/book', { host, origin: `http://${host}` })).toBe(200)
    expect(await raw('/_simulator/book', { host: `evil.example:${port}` })).toBe(403)
    expect(await raw('/_simulator/book', { host: '127.0.0.1:1' })).toBe(403)
    expect(await raw('/_simulator/faults', { host, origin: 'https://evil.example' }, 'DELETE')).toBe(403)
    expect(await raw('/_simulator/faults', { host, origin: 'null' }, 'DELETE')).toBe(403)
  })

  it('events: the codes on connecting, and again at every change', async () => {
    const abort = new AbortController()
    const stream = await fetch(`${running.paypayUrl}/_simulator/events`, { signal: abort.signal })
    expect(stream.headers.get('content-type')).toBe('text/event-stream')
    const reader = (stream.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader()
    const next = async () => {
      const { value = '' } = await reader.read()
      const [, data = ''] = /^event: codes\ndata: (.*)\n\n$/.exec(value) ?? []
      return JSON.parse(data) as { codes: { status: string }[]; sums: { keptYen: number } }
    }
    expect(await next()).toMatchObject({ nowMs: expect.any(Number), codes: [], sums: { keptYen: 0 } })
    await paypay('POST', '/v2/codes', order('order-1'))
    expect((await next()).codes).toMatchObject([{ status: 'CREATED' }])
    running.simulator.switches = { ...running.simulator.switches, cancelTakesMs: 30 }
    running.simulator.phone(running.simulator.codes()[0]?.codeId ?? '', 'approve')
    expect(await next()).toMatchObject({ codes: [{ status: 'COMPLETED' }], sums: { keptYen: 160 } })
    await paypay('DELETE', '/v2/payments/order-1')
    expect(await next()).toMatchObject({ codes: [{ status: 'COMPLETED', cancelled: true }] })
    // The end of a cancel is no request, and is told all the same.
    expect(await next()).toMatchObject({ codes: [{ status: 'FAILED' }], sums: { keptYen: 0 } })
    abort.abort()
  })
})

it('the phone page brings everything with it and lets nothing else in', async () => {
  const page = await fetch(running.phoneUrl)
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toContain('unsafe')
  const html = await page.text()
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|https?:\/\//)
  const parts = [...html.matchAll(/(?:href|src)="(\/[^"]+)"/g)].map(([, path]) => path ?? '')
  expect(parts.length).toBeGreaterThan(1)
  for (const path of parts) expect((await fetch(`${running.paypayUrl}${path}`)).status).toBe(200)
})

it('closing ends what hangs', async () => {
  await control('PUT', 'faults', [{ what: { kind: 'hang' } }])
  const hanging = paypay('GET', '/v2/codes/payments/order-1').then(answer => answer.text())
  const ended = expect(hanging).rejects.toThrow()
  await expect.poll(() => running.simulator.seen.length).toBe(1)
  await running.close()
  await ended
  running = await startSimulator({ port: 0, ...keys })
})
