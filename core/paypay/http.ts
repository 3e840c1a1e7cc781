import { Agent as HttpAgent, type IncomingMessage, request as overHttp, type RequestOptions } from 'node:http'
import { Agent as HttpsAgent, request as overHttps } from 'node:https'
import { checkedOrigin } from './hosts.ts'
import type { Transport, WireAnswer, WireRequest } from './transport.ts'
import { textOf, unpacked } from './unpacking.ts'

export type HttpOptions = {
  /** `https://apigw.paypay.ne.jp` (hosts.ts), or a simulator's. Without a path. */
  readonly baseUrl: string
  /** PEM of the one certificate authority to trust instead of the system's: a simulator's own. */
  readonly ca?: string
  readonly maxSockets?: number
  /** An idle connection is closed after this; see IDLE_SOCKET_MS. */
  readonly idleSocketMs?: number
}

/** No honest answer of PayPay's is longer; a captive portal's page may be. */
const MAX_ANSWER_BYTES = 1_000_000
/**
 * A router forgets a quiet connection without a word, and the next request on it would wait for its whole deadline. This
 * is shorter than any router's memory, and longer than the pause between two reads.
 */
const IDLE_SOCKET_MS = 20_000

/**
 * The network, on Node's own client: keep-alive, no redirects, no proxies, the body's bytes untouched, one deadline for the
 * whole answer (a slow drip is no answer). Nothing is sent a second time by itself. Throws for a base URL that is none; `send`
 * never throws.
 */
export function httpTransport(options: HttpOptions): Transport {
  const { protocol, hostname, port } = new URL(checkedOrigin(options.baseUrl))
  const agentOptions = {
    keepAlive: true,
    maxSockets: options.maxSockets ?? 16,
    timeout: options.idleSocketMs ?? IDLE_SOCKET_MS,
  }
  const isTls = protocol === 'https:'
  const agent = isTls
    ? new HttpsAgent({
        ...agentOptions,
        minVersion: 'TLSv1.2',
        // Not left to Node's environment: NODE_TLS_REJECT_UNAUTHORIZED would open the till to anybody's Wi-Fi.
        rejectUnauthorized: true,
        ...(options.ca === undefined ? {} : { ca: options.ca }),
      })
    : new HttpAgent(agentOptions)
  // All of it goes to one server. Node would tell servers apart by every option, certificates too, at each request.
  agent.getName = () => protocol
  const start = isTls ? overHttps : overHttp
  // An address of IPv6 stands in brackets in a URL, and in none here.
  const to = { agent, host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? null : Number(port) }

  return {
    send: request =>
      new Promise(resolve => {
        const none = (why: 'timeout' | 'network', detail: string): void => {
          clearTimeout(timer)
          resolve({ kind: 'none', why, detail })
        }
        const broken = (error: unknown): void => none('network', inWords(error))
        let sent: ReturnType<typeof overHttp> | null = null
        let isAnswered = false
        const timer = setTimeout(() => {
          none('timeout', `no complete answer in ${request.timeoutMs} ms`)
          sent?.destroy()
        }, request.timeoutMs)
        try {
          sent = start(written(request, to))
        } catch (error) {
          broken(error)
          return
        }
        sent.on('error', broken)
        sent.on('response', (response: IncomingMessage) => {
          isAnswered = true
          read(response).then(answer => {
            clearTimeout(timer)
            resolve(answer)
          }, broken)
        })
        // Whatever else ends it (an answer that changes the protocol, say) is no answer either.
        sent.on('close', () => isAnswered || none('network', 'the connection was closed'))
        sent.end(request.body ?? undefined)
      }),
    /** What is still under way ends as `none`. */
    async close() {
      agent.destroy()
    },
  }
}

function written(request: WireRequest, to: RequestOptions): RequestOptions {
  const hasQuery = Object.keys(request.query).length > 0
  return {
    ...to,
    method: request.method,
    path: hasQuery ? `${request.path}?${new URLSearchParams(request.query)}` : request.path,
    // Content-Length is Node's to write: the body is ended in one piece.
    headers: { Accept: 'application/json', ...request.headers },
  }
}

/** The answer when all of it is there. Rejects for half of one, and for more than any answer of PayPay's. */
function read(response: IncomingMessage): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      chunks.push(chunk)
      if (bytes > MAX_ANSWER_BYTES)
        response.destroy(new Error(`an answer of more than ${MAX_ANSWER_BYTES} bytes`))
    })
    response.on('error', reject)
    response.on('end', () => {
      const headers = asText(response.headers)
      const told = (body: string): void =>
        resolve({ kind: 'answer', status: response.statusCode ?? 0, headers, body })
      const bytes = Buffer.concat(chunks)
      const encoding = headers['content-encoding']
      if (encoding === undefined) told(textOf(bytes))
      else unpacked(bytes, encoding, MAX_ANSWER_BYTES).then(told, reject)
    })
  })
}

/** Never the request itself: its headers hold a signature. */
function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const says = error.message === '' ? error.name : error.message
  return 'code' in error ? `${error.code}: ${says}` : says
}

/** Names are in lower case already. */
function asText(headers: IncomingMessage['headers']): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const name in headers) texts[name] = String(headers[name])
  return texts
}
