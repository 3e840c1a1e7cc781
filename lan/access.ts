import type { IncomingMessage, ServerResponse } from 'node:http'
import { plainAddress } from './names.ts'

/** `__Host-`: only this host's own HTTPS may set it, for the whole host and no other. */
export const COOKIE = '__Host-kaikei'
/** The longest that browsers keep one; it is set anew whenever the page is loaded. */
const COOKIE_SECONDS = 400 * 86_400

export function cookieWith(token: string): string {
  return `${COOKIE}=${token}; Path=/; Max-Age=${COOKIE_SECONDS}; Secure; HttpOnly; SameSite=Strict`
}

export const NO_COOKIE = `${COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict`

/** The token that a screen shows, or ''. */
export function tokenOf(request: IncomingMessage): string {
  const cookies = (request.headers.cookie ?? '').split(/; */)
  const found = cookies.find(cookie => cookie.startsWith(`${COOKIE}=`))
  return found?.slice(COOKIE.length + 1) ?? ''
}

export function addressOf(request: IncomingMessage): string {
  return plainAddress(request.socket.remoteAddress ?? '')
}

/** Null: welcome. Otherwise why not, as a status and a sentence. */
export function refusal(
  request: IncomingMessage,
  hosts: ReadonlySet<string>,
): { readonly status: number; readonly error: string } | null {
  const { host = '', origin } = request.headers
  const site = request.headers['sec-fetch-site']
  // A foreign name that resolves to us (DNS rebinding) would make a foreign page "same origin".
  if (!hosts.has(host))
    return { status: 421, error: 'this till is not called that; use an address that its desk shows' }
  const calls = request.method !== 'GET' && request.method !== 'HEAD'
  // A browser says it with every call; whoever leaves it out is none of our pages.
  if (calls ? origin !== `https://${host}` : origin !== undefined && origin !== `https://${host}`)
    return { status: 403, error: 'only the till’s own page may call it' }
  if (calls && site !== undefined && site !== 'same-origin')
    return { status: 403, error: 'only the till’s own page may call it' }
  if (calls && !(request.headers['content-type'] ?? '').startsWith('application/json'))
    return { status: 415, error: 'send JSON with Content-Type: application/json' }
  return null
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) return
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  })
  response.end(JSON.stringify(body))
}

export function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location, 'cache-control': 'no-store' })
  response.end()
}

export function otherLane(response: ServerResponse): void {
  answerJson(response, 403, { error: 'this screen is paired with another lane' })
}

/** The body as JSON. Rejects with `Unreadable` when it is too large or none; what is too large is not read to its end. */
export async function jsonOf(request: IncomingMessage, mostBytes: number): Promise<unknown> {
  const told = Number(request.headers['content-length'] ?? 0)
  if (told > mostBytes) throw new Unreadable(413, `at most ${mostBytes} bytes`)
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > mostBytes) throw new Unreadable(413, `at most ${mostBytes} bytes`)
    parts.push(part)
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown
  } catch {
    throw new Unreadable(400, 'this is no JSON')
  }
}

export class Unreadable extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}
