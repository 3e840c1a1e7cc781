import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import axios, { type AxiosError } from 'axios'
import type { Transport, WireAnswer, WireRequest } from './transport.ts'

/** No honest answer of PayPay's is longer; a captive portal's page may be. */
const MAX_ANSWER_BYTES = 1_000_000

/**
 * The network, on axios: keep-alive, no redirects, no proxies, the body's bytes untouched, one deadline for the whole
 * answer (a slow drip is no answer). `ca` is a PEM for a simulator's own certificate authority.
 */
export function httpTransport(options: { baseUrl: string; ca?: string; maxSockets?: number }): Transport {
  const keepAlive = { keepAlive: true, maxSockets: options.maxSockets ?? 16 }
  const httpAgent = new HttpAgent(keepAlive)
  const httpsAgent = new HttpsAgent({
    ...keepAlive,
    minVersion: 'TLSv1.2',
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  })
  const http = axios.create({
    baseURL: options.baseUrl,
    httpAgent,
    httpsAgent,
    proxy: false,
    maxRedirects: 0,
    maxContentLength: MAX_ANSWER_BYTES,
    validateStatus: () => true,
    responseType: 'text',
    transformRequest: [body => body],
    transformResponse: [body => body],
  })

  return {
    async send(request: WireRequest): Promise<WireAnswer> {
      // An abort of ours and a timeout look the same in axios, so the flag remembers which it was.
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
          body: answer.data ?? '',
        }
      } catch (error) {
        const detail = axios.isAxiosError(error) ? networkDetail(error) : String(error)
        return { kind: 'none', why: late ? 'timeout' : 'network', detail }
      } finally {
        clearTimeout(timer)
      }
    },
    async close() {
      httpAgent.destroy()
      httpsAgent.destroy()
    },
  }
}

function networkDetail(error: AxiosError): string {
  return error.code ?? error.message
}

function lowerCase(headers: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  )
}
