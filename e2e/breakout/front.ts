import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { stripTypeScriptTypes } from 'node:module'
import type { Look, Order } from './reporter.ts'

/** The port that the package's policies name. */
const PORT = 4649

/**
 * The real host with one more script in its page, which tells how the page is and does what a page that was taken over could do. The
 * browser itself is asked nothing and has no debugging port. Everything else goes through byte for byte, the page's policy (CSP) too.
 */
export class Front {
  readonly #server: Server
  #order: Order | null = null
  readonly #seeds: string
  #waiting: ServerResponse | null = null
  #answer: ((look: Look) => void) | null = null
  #count = 0
  /** What left the page for another path of this host than its own: a navigation that went through. */
  readonly strays: string[] = []

  private constructor(hostPort: number, seeds: string) {
    this.#seeds = seeds
    this.#server = createServer((asked, answer) => {
      if (asked.url?.startsWith('/breakout/')) this.#own(asked, answer)
      else this.#pass(hostPort, asked, answer)
    })
  }

  /** `isKeyless`: the page's own refusal of keys and gestures is taken away, to see what the rest stops. */
  static async open(hostPort: number, isKeyless: boolean): Promise<Front> {
    const front = new Front(hostPort, `keyless=${isKeyless}`)
    await new Promise<void>((resolve, reject) => {
      front.#server.once('error', reject)
      front.#server.listen(PORT, '127.0.0.1', resolve)
    })
    return front
  }

  /** The page does it, or only looks; null when it does not answer in time. */
  async order(name: string, timeoutMs: number): Promise<Look | null> {
    this.#count += 1
    this.#order = { count: this.#count, name }
    return new Promise(resolve => {
      const timer = setTimeout(() => resolve(null), timeoutMs)
      this.#answer = look => {
        if (look.count !== this.#count) return
        this.#order = null
        clearTimeout(timer)
        resolve(look)
      }
      this.#hand()
    })
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  #hand(): void {
    const order = this.#order
    if (!order || !this.#waiting) return
    this.#waiting.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(order))
    this.#waiting = null
  }

  #own(asked: IncomingMessage, answer: ServerResponse): void {
    if (asked.url?.startsWith('/breakout/reporter.js')) {
      const source = readFileSync(new URL('./reporter.ts', import.meta.url), 'utf8')
      answer.writeHead(200, { 'content-type': 'text/javascript' })
      answer.end(stripTypeScriptTypes(source).replaceAll(/^export /gm, ''))
    } else if (asked.url === '/breakout/orders') {
      this.#waiting = answer
      // A page that has gone takes its question with it; the next one gets the order.
      answer.on('close', () => {
        if (this.#waiting === answer) this.#waiting = null
      })
      this.#hand()
    } else if (asked.url === '/breakout/told') {
      let text = ''
      asked.on('data', chunk => {
        text += String(chunk)
      })
      asked.on('end', () => {
        answer.writeHead(204).end()
        this.#answer?.(JSON.parse(text) as Look)
      })
    } else if (asked.url === '/breakout/file') {
      answer.writeHead(200, {
        'content-disposition': 'attachment; filename="x.html"',
        'content-type': 'text/html',
      })
      answer.end('x')
    } else {
      this.strays.push(asked.url ?? '')
      answer.writeHead(200, { 'content-type': 'text/html' }).end('<h1>not the till</h1>')
    }
  }

  #pass(hostPort: number, asked: IncomingMessage, answer: ServerResponse): void {
    const { url: path, method, headers } = asked
    const isPage = asked.headers['sec-fetch-dest'] === 'document'
    const { 'if-none-match': _tag, 'if-modified-since': _date, ...plain } = headers
    const to = request(
      {
        host: '127.0.0.1',
        port: hostPort,
        path,
        method,
        agent: false,
        headers: isPage ? { ...plain, 'accept-encoding': 'identity' } : headers,
      },
      from => {
        if (!isPage) {
          answer.writeHead(from.statusCode ?? 502, from.headers)
          from.pipe(answer)
          return
        }
        const parts: Buffer[] = []
        from.on('data', (part: Buffer) => parts.push(part))
        from.on('end', () => {
          const script = `<head><script src="/breakout/reporter.js?${this.#seeds}"></script>`
          const page = Buffer.concat(parts).toString('utf8').replace('<head>', script)
          const { 'content-length': _length, ...kept } = from.headers
          answer.writeHead(from.statusCode ?? 502, kept).end(page)
        })
      },
    )
    to.on('error', () => answer.destroy())
    answer.on('close', () => to.destroy())
    asked.pipe(to)
  }
}
