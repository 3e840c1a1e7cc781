import { setTimeout as sleep } from 'node:timers/promises'

/** What a screen is told, as far as a customer of the loop looks at it; the words are the contract's. */
export type View = {
  readonly selling: { readonly open: boolean }
  readonly checkout: CheckoutView | null
}
export type CheckoutView = {
  readonly checkoutId: string
  readonly claimNumber: string
  readonly totalYen: number
  readonly attempt: number
  readonly status:
    | 'creating'
    | 'awaitingPayment'
    | 'checking'
    | 'paid'
    | 'unpaid'
    | 'returning'
    | 'returned'
    | 'problem'
  readonly code?: { readonly url: string; readonly remainingMs: number }
}

/** Shorter than the real page's second, so that a life of the host of half a second has its screens. */
const REOPEN_MS = 40

/** One screen: it watches its lane over server-sent events, opens the line again when it is lost, and calls methods. */
export class Page {
  readonly #url: string
  readonly #lane: string
  readonly #seen: (view: View) => void
  readonly #lost: () => void
  #line: AbortController | null = null

  constructor(url: string, lane: string, on: { seen: (view: View) => void; lost: () => void }) {
    this.#url = url
    this.#lane = lane
    this.#seen = on.seen
    this.#lost = on.lost
  }

  get isOpen(): boolean {
    return this.#line !== null
  }

  open(): void {
    if (this.#line) return
    this.#line = new AbortController()
    void this.#watch(this.#line.signal)
  }

  close(): void {
    this.#line?.abort()
    this.#line = null
  }

  /** True: done. False: refused, or the host is away, and nothing is known. */
  async call(method: string, input: object): Promise<boolean> {
    try {
      const response = await fetch(`${this.#url}api/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ lane: this.#lane, ...input }),
      })
      const answer = (await response.json()) as { ok: true; value: View } | { ok: false }
      if (answer.ok) this.#seen(answer.value)
      return answer.ok
    } catch {
      return false
    }
  }

  async #watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#listen(signal)
      } catch {
        // The host was killed, or has not come up yet.
      }
      if (signal.aborted) return
      this.#lost()
      await sleep(REOPEN_MS)
    }
  }

  async #listen(signal: AbortSignal): Promise<void> {
    const response = await fetch(`${this.#url}api/events?lane=${this.#lane}`, { signal })
    if (!response.body) return
    const decoder = new TextDecoder()
    let text = ''
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true })
      const events = text.split('\n\n')
      // What stands behind the last empty line is half an event still.
      text = events.pop() ?? ''
      for (const event of events) {
        const [name, data] = event.split('\n')
        if (name === 'event: lane' && data) this.#seen(JSON.parse(data.slice('data: '.length)) as View)
      }
    }
  }
}
