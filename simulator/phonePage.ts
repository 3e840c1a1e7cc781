import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { FastifyInstance, FastifyReply } from 'fastify'

const TYPES = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
} as const

/** Nothing inline, nothing from elsewhere, in no frame. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The customer's phone at /phone, and what linked users are asked at /phone/wallet; whatever else lies in its folder is served beside it. */
export function addPhonePage(app: FastifyInstance): void {
  const folder = new URL('./phone/', import.meta.url)
  app.get('/', (_request, reply) => reply.redirect('/phone'))
  app.get('/favicon.ico', (_request, reply) => reply.code(204).send())
  app.get('/phone', (_request, reply) => send(reply, new URL('phone.html', folder), 'html'))
  app.get('/phone/wallet', (_request, reply) => send(reply, new URL('wallet.html', folder), 'html'))
  for (const name of readdirSync(folder)) {
    const [, extension] = /\.(css|js)$/.exec(name) ?? []
    if (extension === 'css' || extension === 'js')
      app.get(`/phone/${name}`, (_request, reply) => send(reply, new URL(name, folder), extension))
  }
}

async function send(reply: FastifyReply, file: URL, type: keyof typeof TYPES) {
  const content = await readFile(file)
  return reply
    .header('content-security-policy', CONTENT_SECURITY_POLICY)
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-cache')
    .type(TYPES[type])
    .send(content)
}
