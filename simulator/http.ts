import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import fastify, { type FastifyInstance } from 'fastify'
import { makeCertificates } from './certificates.ts'
import { addControl, whyNotAdmitted } from './control.ts'
import { addWebhookControl, FileServer } from './fileServer.ts'
import { addPhonePage } from './phonePage.ts'
import { type Outcome, type RawAnswer, type RawRequest, Simulator } from './simulator.ts'
import { openStateFile } from './stateFile.ts'
import type { Switches } from './switches.ts'
import { postOverHttp } from './webhooks/post.ts'

export type SimulatorServerOptions = {
  /** 0: any free port. */
  readonly port: number
  readonly apiKey: string
  readonly apiSecret: string
  readonly merchantId?: string
  readonly tls?: boolean
  /** Where the book is kept; without it the book ends with the process. Switches and faults are not kept. */
  readonly stateFile?: string
  /** Where webhooks go; it has to be on this machine. */
  readonly webhookUrl?: string
  readonly switches?: Partial<Switches>
  /** PayPay's clock, epoch ms. Left out: the machine's. */
  readonly nowMs?: () => number
  readonly seed?: number
}

export type RunningSimulator = {
  /** Where PayPay's API is, without a final slash: `http://127.0.0.1:4010`. */
  readonly paypayUrl: string
  readonly phoneUrl: string
  /** With TLS, the PEM file that clients have to trust. */
  readonly caFile: string | null
  readonly simulator: Simulator
  close(): Promise<void>
}

/** The simulator could not start for a reason a person can do something about; the message is that sentence. */
export class SimulatorStartError extends Error {}

/**
 * PayPay, faked over real HTTP on 127.0.0.1: the API under /v2/, the phone under /phone, control under /_simulator/. A
 * thin wrapper round `Simulator`. Rejects with SimulatorStartError (port taken) or StateFileError.
 */
export async function startSimulator(options: SimulatorServerOptions): Promise<RunningSimulator> {
  const nowMs = options.nowMs ?? Date.now
  const { port: _, tls: __, stateFile: path, webhookUrl, ...rest } = options
  const state = path === undefined ? null : openStateFile(path)
  const simulator = new Simulator({
    ...rest,
    nowMs,
    after,
    post: postOverHttp,
    ...(state && { book: state.book, onChanges: changes => state.append(changes) }),
  })
  const certificates = options.tls === true ? await makeCertificates() : null
  const app = newServer(certificates, simulator)
  guardControl(app, () => portOf(app))
  addControl(app, simulator, nowMs)
  const files = new FileServer(simulator, { nowMs, after }, options.apiSecret)
  addWebhookControl(app, simulator, files)
  addPhonePage(app)
  const release = () => {
    certificates?.discard()
    state?.close()
  }
  try {
    const listening: Promise<string> = app.listen({ host: '127.0.0.1', port: options.port })
    await listening
  } catch (error) {
    release()
    throw startError(error, options.port)
  }
  const paypayUrl = `${certificates ? 'https' : 'http'}://127.0.0.1:${portOf(app)}`
  simulator.phoneUrl = `${paypayUrl}/phone`
  files.baseUrl = paypayUrl
  files.announceDaily()
  if (webhookUrl !== undefined) simulator.webhooks.tell(webhookUrl)
  return {
    paypayUrl,
    phoneUrl: `${paypayUrl}/phone`,
    caFile: certificates?.caFile ?? null,
    simulator,
    async close() {
      await app.close()
      release()
    },
  }
}

const MOST_BODY_BYTES = 1_048_576

function newServer(
  tls: { readonly key: string; readonly cert: string } | null,
  simulator: Simulator,
): FastifyInstance {
  const app = fastify({
    forceCloseConnections: true,
    bodyLimit: MOST_BODY_BYTES,
    exposeHeadRoutes: false,
    serverFactory: others => {
      const listener = paypayBefore(others, simulator)
      const server = tls
        ? createTlsServer({ key: tls.key, cert: tls.cert }, listener)
        : createServer(listener)
      // No time is set to a connection: each request would set it anew.
      return Object.assign(server, { keepAliveTimeout: 0, requestTimeout: 0 })
    },
  })
  // curl sends JSON under another name unless it is told to; it is read as JSON all the same.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, JSON.parse(String(text)))
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      done(Object.assign(new Error(`The body has to be JSON: ${why}`), { statusCode: 400 }))
    }
  })
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({
      error: `There is nothing at ${request.method} ${request.url}. PayPay's API is under /v2/, the phone under /phone, control under /_simulator/.`,
    }),
  )
  app.setErrorHandler((error, _request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
    return reply.code(status).send({ error: error instanceof Error ? error.message : String(error) })
  })
  return app
}

/** A timer of Node's holds 24 days at most, and rings at once for more; a preauthorisation can last a year. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

function after(delayMs: number, callback: () => void): void {
  const nowMs = Math.min(delayMs, LONGEST_TIMER_MS)
  const rings = delayMs > nowMs ? () => after(delayMs - nowMs, callback) : callback
  setTimeout(rings, nowMs).unref()
}

/**
 * PayPay's part is taken before fastify sees anything: the signature is over the bytes as they came, and clients are measured
 * against it, so that it should cost as little as it can.
 */
function paypayBefore(others: RequestListener, simulator: Simulator): RequestListener {
  return (message, response) => {
    if (PAYPAYS.test(message.url ?? ''))
      // A fault may ask for a header that cannot be written.
      answerAsPaypay(simulator, message, response).catch(() => response.destroy())
    else others(message, response)
  }
}

const PAYPAYS = /^\/v\d+\//

async function answerAsPaypay(
  simulator: Simulator,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = hasNoBody(message) ? null : await readBody(message)
  if (body === GONE) return
  await send(response, await simulator.receive(rawRequest(message, body)).catch(brokenAnswer))
}

/** The simulator itself is broken (its disk is full, say). A client is told nothing else than a gateway would tell it. */
function brokenAnswer(error: unknown): Outcome {
  const body = JSON.stringify({ error: error instanceof Error ? error.message : String(error) })
  const headers = { 'content-type': 'application/json', date: new Date().toUTCString() }
  return { kind: 'whole', answer: { kind: 'answer', status: 500, headers, body } }
}

function rawRequest(message: IncomingMessage, body: Buffer | null): RawRequest {
  const [path = '', search = ''] = (message.url ?? '').split('?', 2)
  return {
    method: message.method ?? 'GET',
    path,
    query: search === '' ? {} : Object.fromEntries(new URLSearchParams(search)),
    headers: asText(message.headers),
    body,
  }
}

function asText(headers: IncomingMessage['headers']): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const name in headers) texts[name] = String(headers[name] ?? '')
  return texts
}

/** A request with neither header has no body (RFC 9112, 6.3), and need not be waited for. */
function hasNoBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] === undefined && headers['transfer-encoding'] === undefined
}

const GONE = Symbol('the client went away in the middle, or sent more than PayPay would ever read')

/** Null where there is none. */
async function readBody(message: IncomingMessage): Promise<Buffer | null | typeof GONE> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > MOST_BODY_BYTES) {
        message.socket.destroy()
        return GONE
      }
      chunks.push(chunk)
    }
  } catch {
    return GONE
  }
  return bytes === 0 ? null : Buffer.concat(chunks)
}

async function send(response: ServerResponse, outcome: Outcome): Promise<void> {
  switch (outcome.kind) {
    case 'whole':
      writeHead(response, outcome.answer)
      response.end(outcome.answer.body)
      return
    case 'cut':
      response.destroy()
      return
    case 'silent':
      return
    case 'hang':
      writeHead(response, outcome.answer)
      response.flushHeaders()
      return
    case 'half': {
      const body = Buffer.from(outcome.answer.body)
      writeHead(response, outcome.answer)
      // The half has to be on its way before the connection is torn down.
      await new Promise<void>(resolve => {
        response.write(body.subarray(0, Math.floor(body.length / 2)), () => resolve())
      })
      response.destroy()
      return
    }
  }
}

function writeHead(response: ServerResponse, answer: RawAnswer): void {
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-length': String(Buffer.byteLength(answer.body)),
  })
}

function guardControl(app: FastifyInstance, port: () => number): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/_simulator/')) return
    const why = whyNotAdmitted(request, port())
    if (why !== null) return reply.code(403).send({ error: why })
  })
}

function portOf(app: FastifyInstance): number {
  return (app.server.address() as AddressInfo).port
}

function startError(error: unknown, port: number): Error {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'EADDRINUSE')
    return new SimulatorStartError(
      `port ${port} on 127.0.0.1 is taken by another program; name another with --port, or 0 for any free one`,
    )
  if (code === 'EACCES')
    return new SimulatorStartError(`port ${port} may not be opened by this user; name one from 1024 on`)
  return error instanceof Error ? error : new Error(String(error))
}
