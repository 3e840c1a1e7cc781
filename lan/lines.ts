import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Kiosk } from '../core/kiosk.ts'
import type { LaneView } from '../shared/checkout.ts'
import type { ScreenKind } from '../shared/screens.ts'

/** As on loopback: so that a page notices a dead host, and a host a dead page. */
const PING_MS = 5_000
/** A page that is loaded again opens its line before the old one is known to be gone. */
const MOST_LINES = 4
/** A screen that takes nothing any more must not fill the till's memory. */
const MOST_WAITING_BYTES = 256 * 1024

type Line = { readonly response: ServerResponse; end(): void }

/** The open lines to screens: whole snapshots of one lane each, as server-sent events. */
export class Lines {
  readonly #till: Pick<Kiosk, 'watchLane' | 'showLane' | 'screens'>
  readonly #open = new Map<string, Set<Line>>()
  readonly #stop: () => void

  constructor(till: Pick<Kiosk, 'watchLane' | 'showLane' | 'screens'>) {
    this.#till = till
    this.#stop = till.screens.onRevoked(screenId => {
      for (const { response } of this.#open.get(screenId) ?? []) unpaired(response)
    })
  }

  /** A till's open line is what "a screen watches the lane" means; a display's is not. */
  open(
    request: IncomingMessage,
    response: ServerResponse,
    screen: { readonly screenId: string; readonly lane: string; readonly kind: ScreenKind },
  ): void {
    const { screenId, lane, kind } = screen
    const lines = this.#open.get(screenId) ?? new Set()
    this.#open.set(screenId, lines)
    const [oldest] = lines
    if (lines.size >= MOST_LINES) oldest?.response.destroy()
    begin(response)
    const say = (view: LaneView): void => {
      response.write(`event: lane\ndata: ${JSON.stringify(view)}\n\n`)
      if (response.writableLength > MOST_WAITING_BYTES) response.destroy()
    }
    const stop = kind === 'till' ? this.#till.watchLane(lane, say) : this.#till.showLane(lane, say)
    const closed = this.#till.screens.lineOpened(screenId)
    const ping = setInterval(() => {
      if (response.writableLength > MOST_WAITING_BYTES) response.destroy()
      else response.write('event: ping\ndata: {}\n\n')
    }, PING_MS)
    let ended = false
    const line: Line = {
      response,
      end() {
        if (ended) return
        ended = true
        clearInterval(ping)
        stop()
        closed()
        lines.delete(line)
      },
    }
    lines.add(line)
    response.on('close', () => line.end())
    request.on('error', () => response.destroy())
  }

  /** Whoever is not paired (any more) is told so. */
  refuse(response: ServerResponse): void {
    unpaired(response)
  }

  close(): void {
    this.#stop()
    for (const lines of this.#open.values()) for (const { response } of [...lines]) response.destroy()
  }
}

function begin(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
}

/** The page goes to the pairing page. A status in its place would be opened again for ever. */
function unpaired(response: ServerResponse): void {
  if (!response.headersSent) begin(response)
  response.end('event: unpaired\ndata: {}\n\n')
}
