import { appendFileSync } from 'node:fs'

/** A file for all that main sends, for a test that looks through it. */
const SENT = process.env.KAIKEI_STANDIN_SENT

/**
 * The part of the Chrome DevTools Protocol that the stand-in speaks, over the WebSocket of a Chromium that the test started.
 * A second client (the test's Playwright) speaks to the same pages; neither disturbs the other.
 */
export class Browser {
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, (answer: Answer) => void>()
  readonly #listeners = new Set<Listener>()
  #sent = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => this.#take(JSON.parse(String(data)) as Message))
  }

  static connect(url: string): Promise<Browser> {
    const socket = new WebSocket(url)
    return new Promise((resolve, reject) => {
      socket.addEventListener('open', () => resolve(new Browser(socket)))
      socket.addEventListener('error', () => reject(new Error(`no Chromium answers at ${url}`)))
    })
  }

  /** Rejects with Chromium's own words. */
  send<C extends keyof Commands>(
    method: C,
    params: Commands[C]['params'],
    sessionId?: string,
  ): Promise<Commands[C]['result']> {
    this.#sent += 1
    const id = this.#sent
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result as Commands[C]['result']),
      )
      const text = JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) })
      // For a test that looks through everything that main has sent to its pages: answers, snapshots, files.
      if (SENT !== undefined) appendFileSync(SENT, `${text}\n`)
      this.#socket.send(text)
    })
  }

  /** `sessionId` is that of an attached page, or undefined for the browser's own events. */
  on<E extends keyof Events>(
    event: E,
    sessionId: string | undefined,
    listener: (params: Events[E]) => void,
  ): void {
    this.#listeners.add({ event, sessionId, listener: params => listener(params as Events[E]) })
  }

  #take(message: Message): void {
    if ('id' in message) {
      this.#waiting.get(message.id)?.(message)
      this.#waiting.delete(message.id)
      return
    }
    for (const { event, sessionId, listener } of this.#listeners)
      if (event === message.method && sessionId === message.sessionId) listener(message.params)
  }
}

type Answer = {
  readonly id: number
  readonly result?: unknown
  readonly error?: { readonly message: string }
}
type Notice = { readonly method: string; readonly params: unknown; readonly sessionId?: string }
type Message = Answer | Notice
type Listener = {
  readonly event: string
  readonly sessionId: string | undefined
  readonly listener: (params: unknown) => void
}

type Nothing = Readonly<Record<string, never>>
type Header = { readonly name: string; readonly value: string }

type Commands = {
  'Target.setDiscoverTargets': { params: { discover: boolean }; result: Nothing }
  'Target.createTarget': { params: { url: string; newWindow: boolean }; result: { targetId: string } }
  'Target.attachToTarget': { params: { targetId: string; flatten: true }; result: { sessionId: string } }
  'Browser.cancelDownload': { params: { guid: string }; result: Nothing }
  'Target.closeTarget': { params: { targetId: string }; result: Nothing }
  'Page.enable': { params: Nothing; result: Nothing }
  'Page.crash': { params: Nothing; result: Nothing }
  'Page.navigate': { params: { url: string }; result: { errorText?: string } }
  'Page.addScriptToEvaluateOnNewDocument': {
    params: { source: string; worldName?: string }
    result: Nothing
  }
  'Runtime.enable': { params: Nothing; result: Nothing }
  'Runtime.addBinding': { params: { name: string; executionContextName: string }; result: Nothing }
  'Runtime.evaluate': {
    params: { expression: string; returnByValue: true; awaitPromise: true }
    result: { result: { value?: unknown }; exceptionDetails?: unknown }
  }
  'Runtime.callFunctionOn': {
    params: {
      functionDeclaration: string
      executionContextId: number
      arguments: readonly { value: unknown }[]
    }
    result: unknown
  }
  'Inspector.enable': { params: Nothing; result: Nothing }
  'Fetch.enable': { params: { patterns: readonly { urlPattern: string }[] }; result: Nothing }
  'Fetch.continueRequest': { params: { requestId: string }; result: Nothing }
  'Fetch.failRequest': {
    params: { requestId: string; errorReason: 'Aborted' | 'BlockedByClient' }
    result: Nothing
  }
  'Fetch.fulfillRequest': {
    params: { requestId: string; responseCode: number; responseHeaders: readonly Header[]; body: string }
    result: Nothing
  }
}

export type PausedRequest = {
  readonly requestId: string
  readonly frameId: string
  readonly resourceType: string
  readonly request: {
    readonly url: string
    readonly method: string
    readonly headers: Readonly<Record<string, string>>
  }
}

/** A world of a frame's; `origin` is where its document comes from. */
export type ExecutionContext = {
  readonly id: number
  readonly origin: string
  readonly name: string
  readonly auxData: { readonly frameId: string }
}

type Events = {
  'Page.windowOpen': { url: string }
  'Target.targetCreated': {
    readonly targetInfo: { readonly targetId: string; readonly url: string; readonly openerId?: string }
  }
  'Target.targetDestroyed': { readonly targetId: string }
  'Page.loadEventFired': unknown
  'Page.downloadWillBegin': {
    readonly guid: string
    readonly url: string
    readonly suggestedFilename: string
  }
  'Runtime.executionContextCreated': { readonly context: ExecutionContext }
  'Runtime.bindingCalled': {
    readonly name: string
    readonly payload: string
    readonly executionContextId: number
  }
  'Inspector.targetCrashed': unknown
  'Fetch.requestPaused': PausedRequest
}
