import type { AddressInfo } from 'node:net'
import fastifyStatic from '@fastify/static'
import fastify, { type FastifyInstance } from 'fastify'
import type { Till } from '../core/till.ts'
import { guard } from './access.ts'

export type RunningHost = { readonly kioskUrl: string; close(): Promise<void> }

/** So that a page notices a dead host, and a host a dead page: something is said this often. */
const PING_MS = 5_000
/** More than the largest file that is read, in base64, and what is around it. */
const MOST_FILE_BYTES = 29_000_000

/** More screens than any shop has; each holds a connection and is told of every change of its lane. */
export const MOST_WATCHERS = 64
/** A page has up to six connections of its own; whoever comes after so many is hung up on until one of them goes. */
export const MOST_CONNECTIONS = 512

/** A picture of 2 MiB as base64, or a catalogue of some thousand products. */
const MOST_DESK_BYTES = 4 * 1024 * 1024

/** The page and the contract on loopback. Rejects with the system's error when the port is taken. */
export async function startHost(options: {
  till: Till
  port: number
  pageDir: string
}): Promise<RunningHost> {
  const { till, port, pageDir } = options
  const app = fastify({ bodyLimit: 64 * 1024 })
  guard(app)
  app.setErrorHandler<Error & { statusCode?: number }>(
    (error, _request, reply) => void reply.code(error.statusCode ?? 500).send({ error: error.message }),
  )
  void app.register(fastifyStatic, { root: pageDir, cacheControl: false })
  methods(app, till)
  events(app, till)
  app.server.maxConnections = MOST_CONNECTIONS
  // biome-ignore lint/nursery/useAwaitThenable: it is a promise; the rule does not see through fastify's overloads
  await app.listen({ host: '127.0.0.1', port })
  const address = app.server.address() as AddressInfo
  return {
    kioskUrl: `http://127.0.0.1:${address.port}/`,
    async close() {
      app.server.closeAllConnections()
      await app.close()
    },
  }
}

function methods(app: FastifyInstance, till: Till): void {
  app.post<{ Params: { method: string } }>('/api/:method', (request, reply) => {
    void reply.header('cache-control', 'no-store')
    return till.dispatch(request.params.method, request.body)
  })
  app.post<{ Params: { method: string } }>(
    '/desk/:method',
    { bodyLimit: MOST_DESK_BYTES },
    (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return till.desk(request.params.method, request.body)
    },
  )
  // PayPay's file of a day comes with this one alone.
  app.post('/desk/compareDay', { bodyLimit: MOST_FILE_BYTES }, (request, reply) => {
    void reply.header('cache-control', 'no-store')
    return till.desk('compareDay', request.body)
  })
  app.get<{ Params: { name: string } }>('/media/:name', async (request, reply) => {
    const media = await till.media(`/media/${request.params.name}`)
    if (!media) return reply.code(404).send({ error: 'there is no such picture beside the catalogue' })
    return reply.type(media.contentType).send(Buffer.from(media.bytes))
  })
}

/** Server-sent events: whole snapshots of one lane. The open connection is what "a screen watches the lane" means. */
function events(app: FastifyInstance, till: Till): void {
  let watchers = 0
  app.get<{ Querystring: { lane?: string } }>('/api/events', (request, reply) => {
    const lane = request.query.lane ?? 'main'
    if (!/^[A-Za-z0-9-]{1,32}$/.test(lane))
      return reply.code(400).send({ error: 'lane: 1 to 32 letters, digits or hyphens' })
    if (watchers >= MOST_WATCHERS)
      return reply
        .code(503)
        .send({ error: `${MOST_WATCHERS} screens watch this till, and no more can: close one of them first` })
    watchers += 1
    reply.hijack()
    const headers = Object.fromEntries(
      Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]),
    )
    reply.raw.writeHead(200, { ...headers, 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    const stop = till.watchLane(
      lane,
      view => void reply.raw.write(`event: lane\ndata: ${JSON.stringify(view)}\n\n`),
    )
    const ping = setInterval(() => void reply.raw.write('event: ping\ndata: {}\n\n'), PING_MS)
    reply.raw.on('close', () => {
      watchers -= 1
      clearInterval(ping)
      stop()
    })
    return undefined
  })
}
