import type { FastifyInstance } from 'fastify'

import { PAGE_HEADERS } from '../shared/pageHeaders.ts'

/** Who may talk to this host: a page that it served itself, over loopback, under a loopback name. */
export function guard(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(PAGE_HEADERS)
    const { host = '', origin } = request.headers
    // A foreign name that resolves to us (DNS rebinding) would make a foreign page "same origin".
    if (!isLoopback(host))
      return reply.code(403).send({ error: 'this till answers under 127.0.0.1 and localhost only' })
    if (origin !== undefined && origin !== `http://${host}`)
      return reply.code(403).send({ error: 'only the till’s own page may call it' })
    // A form or an image of another site sends no Origin in old browsers; a call of ours always is JSON.
    const calls = request.method !== 'GET' && request.method !== 'HEAD'
    if (calls && !(request.headers['content-type'] ?? '').startsWith('application/json'))
      return reply.code(415).send({ error: 'send JSON with Content-Type: application/json' })
    return undefined
  })
}

function isLoopback(host: string): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host)
}
