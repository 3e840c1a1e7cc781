import type { CustomerMethod, InputOf, OutputOf } from '../shared/api.ts'
import type { AttendantInputOf, AttendantMethod, AttendantOutputOf } from '../shared/attendant.ts'
import type { LaneView, Shop } from '../shared/checkout.ts'
import type { DeskFailure } from '../shared/desk.ts'
import { fail, type Result } from '../shared/result.ts'
import { DELAYS } from './checkout/delays.ts'

/**
 * What the page asks of its host, over Electron's bridge or over HTTP; nothing else in renderer/ knows which.
 * `call` always answers and never rejects: an answer that did not come is the failure `hostAway`, and then nothing is
 * known of what the call did.
 * `watchLane` hands over whole snapshots, in order, the first one at once; `onLost` says that the line is down, and the
 * next snapshot says that it is up again. It returns the function that ends it.
 */
export type KaikeiApi = {
  call<M extends CustomerMethod>(method: M, input: InputOf<M>): Promise<Result<OutputOf<M>>>
  watchLane(lane: string, onView: (view: LaneView) => void, onLost: () => void): () => void
}

/**
 * What the attendant's desk asks of its host; it answers like `call`. `session` is the token of whoever is in, and left out
 * where a method is for anyone.
 */
export type DeskApi = {
  callDesk<M extends AttendantMethod>(
    method: M,
    input: AttendantInputOf<M> | (AttendantInputOf<M> & { readonly session: string }),
  ): Promise<Result<AttendantOutputOf<M>, DeskFailure>>
}

/** What a display asks: it looks at the shop and at one lane, and can do nothing. */
export type DisplayApi = Pick<KaikeiApi, 'watchLane'> & { getShop(): Promise<Result<Shop>> }

/** What Electron's preload puts into the page. */
export type KaikeiBridge = {
  call(method: string, input: unknown): Promise<unknown>
  callDesk(method: string, input: unknown): Promise<unknown>
  watchLane(lane: string, onView: (view: LaneView) => void): () => void
}

/** What it puts into the page of a display instead; the lane is the one that main opened the window for. */
export type DisplayBridge = {
  getShop(): Promise<unknown>
  watchLane(onView: (view: LaneView) => void): () => void
}

/** What the transport needs of a browser; a test gives its own. */
export type BrowserPorts = {
  readonly bridge: KaikeiBridge | null
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>
  readonly openEvents: (path: string) => EventLine
  /** The host says that this screen is not paired with it (any more): a tablet or TV of the network. */
  readonly unpaired: () => void
  /** Calls back once; returns the function that calls it off. */
  readonly after: (delayMs: number, callback: () => void) => () => void
}

/** The part of EventSource that is used. */
export type EventLine = {
  readonly readyState: number
  addEventListener(name: string, listener: (event: { readonly data?: unknown }) => void): void
  close(): void
}

declare global {
  interface Window {
    readonly kaikei?: KaikeiBridge
    readonly kaikeiDisplay?: DisplayBridge
  }
}

export function openApi(ports: BrowserPorts = browserPorts()): KaikeiApi & DeskApi {
  return ports.bridge ? bridgeApi(ports.bridge, ports) : httpApi(ports)
}

/** A display's own way: the bridge of its window, or HTTP where it is a TV of the network. */
export function openDisplayApi(
  bridge: DisplayBridge | null = window.kaikeiDisplay ?? null,
  ports: BrowserPorts = browserPorts(),
): DisplayApi {
  if (bridge)
    return {
      getShop: () => inTime(ports, () => bridge.getShop()),
      watchLane: (_lane, onView) => bridge.watchLane(onView),
    }
  const api = httpApi(ports)
  return { ...api, getShop: () => api.call('getShop', {}) }
}

function bridgeApi(bridge: KaikeiBridge, ports: BrowserPorts): KaikeiApi & DeskApi {
  return {
    call: (method, input) => inTime(ports, () => bridge.call(method, input)),
    callDesk: (method, input) => inTime(ports, () => bridge.callDesk(method, input)),
    // A lost main process takes its windows with it, so this line is never down.
    watchLane: (lane, onView) => bridge.watchLane(lane, onView),
  }
}

function httpApi(ports: BrowserPorts): KaikeiApi & DeskApi {
  const post = async (path: string, input: unknown, signal: AbortSignal): Promise<unknown> => {
    const response = await ports.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
      cache: 'no-store',
      signal,
    })
    return response.json()
  }
  return {
    call: (method, input) => inTime(ports, signal => post(`/api/${method}`, input, signal)),
    callDesk: (method, input) => inTime(ports, signal => post(`/desk/${method}`, input, signal)),
    watchLane: (lane, onView, onLost) => watchOverHttp(ports, lane, onView, onLost),
  }
}

/** The answer, or `hostAway` when none came in time, none could be read, or it is not one of ours (a portal's page). */
function inTime<T, F>(
  ports: BrowserPorts,
  ask: (signal: AbortSignal) => Promise<unknown>,
): Promise<Result<T, F | { readonly kind: 'hostAway' }>> {
  return new Promise(resolve => {
    const aborter = new AbortController()
    const away = () => resolve(fail({ kind: 'hostAway' }))
    const callOff = ports.after(DELAYS.callMs, () => {
      away()
      aborter.abort()
    })
    Promise.resolve()
      .then(() => ask(aborter.signal))
      .then(answer => (isResult<T, F>(answer) ? resolve(answer) : away()), away)
      .finally(callOff)
  })
}

/** Our own host's answers are believed; this only tells them from somebody else's. */
function isResult<T, F>(answer: unknown): answer is Result<T, F> {
  if (typeof answer !== 'object' || answer === null || !('ok' in answer)) return false
  return answer.ok === true ? 'value' in answer : answer.ok === false && 'failure' in answer
}

const CLOSED = 2

/**
 * EventSource opens itself again after most errors, but not after an HTTP error, and it never notices a line that has gone
 * silent. Both are mended here: a closed or a silent line is replaced by a new one.
 */
function watchOverHttp(
  ports: BrowserPorts,
  lane: string,
  onView: (view: LaneView) => void,
  onLost: () => void,
): () => void {
  let ended = false
  let line: EventLine
  let stopListening = () => {}
  let stopReopening = () => {}

  const listenOn = () => {
    stopListening()
    stopListening = ports.after(DELAYS.silenceMs, () => {
      onLost()
      reopen()
    })
  }
  const reopen = () => {
    stopListening()
    stopReopening()
    line.close()
    stopReopening = ports.after(DELAYS.reopenMs, open)
  }
  const open = () => {
    const opened = ports.openEvents(`/api/events?lane=${encodeURIComponent(lane)}`)
    line = opened
    // A line that was replaced may still have something to say; nobody listens any more.
    const isCurrent = () => !ended && line === opened
    opened.addEventListener('lane', event => {
      if (!isCurrent()) return
      const view = laneViewIn(event.data)
      if (!view) return
      listenOn()
      onView(view)
    })
    opened.addEventListener('ping', () => {
      if (isCurrent()) listenOn()
    })
    opened.addEventListener('unpaired', () => {
      if (isCurrent()) ports.unpaired()
    })
    opened.addEventListener('error', () => {
      if (!isCurrent()) return
      onLost()
      if (opened.readyState === CLOSED) reopen()
    })
    listenOn()
  }

  open()
  return () => {
    ended = true
    stopListening()
    stopReopening()
    line.close()
  }
}

/** Null for what is not a snapshot: it is left out, and the silence that follows opens the line again. */
function laneViewIn(data: unknown): LaneView | null {
  if (typeof data !== 'string') return null
  try {
    const view: unknown = JSON.parse(data)
    return isLaneView(view) ? view : null
  } catch {
    return null
  }
}

function isLaneView(view: unknown): view is LaneView {
  return (
    typeof view === 'object' && view !== null && 'lane' in view && 'selling' in view && 'checkout' in view
  )
}

function browserPorts(): BrowserPorts {
  return {
    bridge: window.kaikei ?? null,
    fetch: (path, init) => fetch(path, init),
    openEvents: path => new EventSource(path),
    unpaired: () => window.location.replace('/pair?ended'),
    after(delayMs, callback) {
      const timer = setTimeout(callback, delayMs)
      return () => clearTimeout(timer)
    },
  }
}
