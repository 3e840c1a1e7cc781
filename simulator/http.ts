import { readFileSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { generate } from 'selfsigned'
import * as z from 'zod'
import { faultList } from './faults.ts'
import { Journal } from './journal.ts'
import { Simulator } from './simulator.ts'
import { switches } from './switches.ts'

export type RunningSimulator = {
  readonly paypayUrl: string
  readonly phoneUrl: string
  readonly caFile: string | null
  readonly simulator: Simulator
  close(): Promise<void>
}

export type SimulatorServerOptions = {
  /** 0: any free port. */
  readonly port: number
  readonly apiKey: string
  readonly apiSecret: string
  readonly merchantId?: string
  readonly tls?: boolean
  /** Where the book is kept; without it the book ends with the process. */
  readonly stateFile?: string
}

/** PayPay on loopback. Rejects with the system's error when the port is taken. */
export async function startSimulator(options: SimulatorServerOptions): Promise<RunningSimulator> {
  const journal = options.stateFile === undefined ? null : new Journal(options.stateFile)
  const changed = new Set<() => void>()
  const simulator = new Simulator({
    ...options,
    nowMs: Date.now,
    after: (delayMs, run) => void setTimeout(run, delayMs).unref(),
    ...(journal ? { book: journal.book } : {}),
    onChange() {
      journal?.save()
      for (const tell of changed) tell()
    },
  })
  const certificate = options.tls ? await makeCertificate() : null
  const app = certificate
    ? (fastify({ https: { key: certificate.key, cert: certificate.cert } }) as unknown as FastifyInstance)
    : fastify()
  // The signature is over the bytes as they came, so no parser may touch them.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  control(app, simulator, changed)
  phonePage(app)
  app.setNotFoundHandler((request, reply) => void toPaypay(simulator, request, reply))
  app.setErrorHandler(
    (error, _request, reply) =>
      void reply
        .code(error instanceof z.ZodError ? 400 : 500)
        .send({ error: error instanceof z.ZodError ? z.prettifyError(error) : String(error) }),
  )
  // biome-ignore lint/nursery/useAwaitThenable: it is a promise; the rule does not see through fastify's overloads
  await app.listen({ host: '127.0.0.1', port: options.port })
  const { port } = app.server.address() as AddressInfo
  const paypayUrl = `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`
  return {
    paypayUrl,
    phoneUrl: `${paypayUrl}/phone`,
    caFile: certificate?.caFile ?? null,
    simulator,
    async close() {
      app.server.closeAllConnections()
      await app.close()
    },
  }
}

async function toPaypay(simulator: Simulator, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.hijack()
  const url = new URL(request.raw.url ?? '/', 'http://paypay')
  const answer = await simulator.handle({
    method: request.method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: request.headers as Record<string, string | undefined>,
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  })
  if (answer.kind === 'cut') {
    reply.raw.destroy()
    return
  }
  if (answer.kind === 'hang') {
    reply.raw.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
    reply.raw.flushHeaders()
    return
  }
  reply.raw.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) })
  reply.raw.end(answer.body)
}

/** Everything under /_simulator/: for tests, the phone page and curious developers. Loopback only, like all of it. */
function control(app: FastifyInstance, simulator: Simulator, changed: Set<() => void>): void {
  const json = (request: FastifyRequest): unknown => {
    try {
      return JSON.parse(String(request.body))
    } catch {
      throw new z.ZodError([
        { code: 'custom', path: [], message: 'the body has to be JSON', input: request.body },
      ])
    }
  }
  // A page of somebody else's in the same browser must not be able to press "approve".
  app.addHook('onRequest', async (request, reply) => {
    const { origin, host = '' } = request.headers
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host))
      return reply.code(403).send({ error: 'this simulator answers to 127.0.0.1 and localhost only' })
    if (origin !== undefined && new URL(origin).host !== host)
      return reply.code(403).send({ error: 'another site’s page may not control the simulator' })
    return undefined
  })
  app.get('/_simulator/codes', () => simulator.codes())
  app.get('/_simulator/book', () => simulator.bookReport())
  app.get('/_simulator/requests', () => simulator.seen)
  app.get('/_simulator/switches', () => simulator.switches)
  app.put('/_simulator/switches', request => {
    simulator.switches = switches.parse({ ...simulator.switches, ...(json(request) as object) })
    return simulator.switches
  })
  app.get('/_simulator/faults', () => simulator.faults.list())
  app.put('/_simulator/faults', request => {
    simulator.faults.set(faultList.parse(json(request)))
    return simulator.faults.list()
  })
  app.delete('/_simulator/faults', () => {
    simulator.faults.set([])
    return []
  })
  for (const act of ['scan', 'approve', 'decline'] as const) {
    app.post<{ Params: { codeId: string } }>(`/_simulator/codes/:codeId/${act}`, (request, reply) => {
      const answer = simulator.phone(request.params.codeId, act)
      return reply.code(answer.done ? 200 : answer.status === 'UNKNOWN' ? 404 : 409).send(answer)
    })
  }
  app.get('/_simulator/events', (_request, reply) => {
    reply.hijack()
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    const tell = (): void =>
      void reply.raw.write(`data: ${JSON.stringify(simulator.codes().slice(0, 50))}\n\n`)
    tell()
    // A code that runs out changes nothing in the book, so the page is told every second all the same.
    const timer = setInterval(tell, 1_000).unref()
    changed.add(tell)
    reply.raw.on('close', () => {
      changed.delete(tell)
      clearInterval(timer)
    })
  })
}

const phoneFiles = {
  '/phone': ['phone.html', 'text/html; charset=utf-8'],
  '/phone/phone.css': ['phone.css', 'text/css'],
  '/phone/phone.js': ['phone.js', 'text/javascript'],
} as const

function phonePage(app: FastifyInstance): void {
  for (const [path, [file, type]] of Object.entries(phoneFiles)) {
    const bytes = readFileSync(new URL(`./phone/${file}`, import.meta.url))
    app.get(path, (_request, reply) =>
      reply.header('content-security-policy', "default-src 'self'").type(type).send(bytes),
    )
  }
}

/** A certificate authority made on the spot. Its certificate goes to a file that a client can be told to trust. */
async function makeCertificate(): Promise<{ key: string; cert: string; caFile: string }> {
  const made = await generate([{ name: 'commonName', value: 'Kaikei PayPay simulator' }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'keyUsage', keyCertSign: true, digitalSignature: true, keyEncipherment: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  })
  const caFile = join(tmpdir(), `kaikei-simulator-ca-${process.pid}.pem`)
  writeFileSync(caFile, made.cert)
  return { key: made.private, cert: made.cert, caFile }
}
