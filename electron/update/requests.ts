import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { FeedFault } from '../../core/update/rounds.ts'
import { mayFetch } from '../../core/update/rules.ts'
import type { PaypayMode } from '../../shared/checkout.ts'

const MOST_REDIRECTS = 5
/** A release file is some hundred bytes, and its signature 88. */
const MOST_TEXT_BYTES = 65_536
const TEXT_WITHIN_MS = 15_000
/** A hundred megabytes over a slow line; a night is longer. */
const FILE_WITHIN_MS = 60 * 60_000

/**
 * How a feed is asked: as PayPay is, with Node's own HTTP and its list of authorities. Every address is looked at, those of redirects too, no
 * answer is longer than it may be, and nothing is sent that tells one till from another. Rejects with FeedFault.
 */
export class Requests {
  readonly #mode: PaypayMode

  constructor(mode: PaypayMode) {
    this.#mode = mode
  }

  async text(url: URL): Promise<string> {
    const parts: Uint8Array[] = []
    for await (const part of this.#parts(url, MOST_TEXT_BYTES, TEXT_WITHIN_MS)) parts.push(part)
    return Buffer.concat(parts).toString('utf8')
  }

  /** The file lies at `destination` when it resolves; one that is not `sha512` (base64) is nobody's. */
  async file(
    url: URL,
    destination: string,
    { bytes, sha512 }: { bytes: number; sha512: string },
  ): Promise<void> {
    const hash = createHash('sha512')
    const parts = this.#parts(url, bytes, FILE_WITHIN_MS)
    await pipeline(async function* () {
      for await (const part of parts) {
        hash.update(part)
        yield part
      }
    }, createWriteStream(destination))
    if (hash.digest('base64') !== sha512)
      throw new FeedFault('malformed', `${url.href} is not the file whose digest the release names`)
  }

  async *#parts(url: URL, mostBytes: number, withinMs: number): AsyncGenerator<Uint8Array> {
    const signal = AbortSignal.timeout(withinMs)
    try {
      const response = await this.#answer(url, signal)
      let bytes = 0
      for await (const part of response.body ?? []) {
        bytes += part.length
        // A feed must not be able to fill the disk: a full one closes the till.
        if (bytes > mostBytes)
          throw new FeedFault(
            'malformed',
            `${url.href} has more than the ${mostBytes} bytes that it may have`,
          )
        yield part
      }
    } catch (error) {
      if (error instanceof FeedFault) throw error
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
      throw new FeedFault(
        'unreachable',
        `${url.href}: ${cause instanceof Error ? cause.message : String(cause)}`,
      )
    }
  }

  async #answer(first: URL, signal: AbortSignal): Promise<Response> {
    let url = first
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      if (!mayFetch(url.href, this.#mode))
        throw new FeedFault('unreachable', `${url.href} is not fetched: it is not https`)
      const response = await fetch(url, { redirect: 'manual', signal, cache: 'no-store' })
      const location = response.headers.get('location')
      if (response.ok) return response
      await response.body?.cancel()
      if (response.status < 300 || response.status >= 400 || location === null)
        throw new FeedFault('unreachable', `${url.href} answered ${response.status}`)
      url = new URL(location, url)
    }
    throw new FeedFault('unreachable', `${first.href} leads on and on`)
  }
}
