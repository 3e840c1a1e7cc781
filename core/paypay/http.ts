import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import axios from 'axios'
import { checkedOrigin } from './hosts.ts'
import type { Transport, WireAnswer, WireRequest } from './transport.ts'

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
 * The network, on axios: keep-alive, no redirects, no proxies, the body's bytes untouched, one deadline for the whole
 * answer (a slow drip is no answer). Throws for a base URL that is none; `send` never throws.
 */
export function httpTransport(options: HttpOptions): Transport {
  const agentOptions = {
    keepAlive: true,
    maxSockets: options.maxSockets ?? 16,
    timeout: options.idleSocketMs ?? IDLE_SOCKET_MS,
  }
  const httpAgent = new HttpAgent(agentOptions)
  const httpsAgent = new HttpsAgent({
    ...agentOptions,
    minVersion: 'TLSv1.2',
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  })
  const http = axios.create({
    baseURL: checkedOrigin(options.baseUrl),
    allowAbsoluteUrls: false,
    httpAgent,
    httpsAgent,
    proxy: false,
    maxRedirects: 0,
    maxContentLength: MAX_ANSWER_BYTES,
    decompress: true,
    validateStatus: () => true,
    responseType: 'text',
    transformRequest: [body => body],
    transformResponse: [body => body],
  })

  return {
    async send(request: WireRequest): Promise<WireAnswer> {
      // An abort of ours and any other look the same in axios, so the flag remembers which it was.
      const deadline = new AbortController()
      let late = false
      const timer = setTimeout(() => {
        late = true
        deadline.abort()
      }, request.timeoutMs)
      try {
        const answer = await http.request<string>({
          method: request.method,
          url: request.path,
          params: request.query,
          headers: { Accept: 'application/json', ...request.headers },
          signal: deadline.signal,
          ...(request.body === null ? {} : { data: request.body }),
        })
        return {
          kind: 'answer',
          status: answer.status,
          headers: lowerCase(answer.headers),
          body: answer.data,
        }
      } catch (error) {
        return late
          ? { kind: 'none', why: 'timeout', detail: `no complete answer in ${request.timeoutMs} ms` }
          : { kind: 'none', why: 'network', detail: inWords(error) }
      } finally {
        clearTimeout(timer)
      }
    },
    /** What is still under way ends as `none`. */
    async close() {
      httpAgent.destroy()
      httpsAgent.destroy()
    },
  }
}

/** Never the request itself: its headers hold a signature. */
function inWords(error: unknown): string {
  if (!axios.isAxiosError(error)) return error instanceof Error ? error.message : String(error)
  return error.code === undefined ? error.message : `${error.code}: ${error.message}`
}

function lowerCase(headers: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  )
}
