import type { Browser, ExecutionContext, PausedRequest } from './browser.ts'
import { decodeClone, encodeClone } from './clone.ts'
import { fromChromium, protocol, session } from './session.ts'
import {
  type FromPreload,
  PRELOAD_WORLD,
  pageWorldSource,
  preloadWorldSource,
  RECEIVE_FUNCTION,
  SEND_BINDING,
  type ToPreload,
} from './worlds.ts'

/** What happens to a page, told to the window that shows it. */
export type PageEvents = {
  /** `answer` reaches the world that the message came from, which need not be the preload's. */
  fromPreload(message: FromPreload, from: Subframe | null, answer: (message: ToPreload) => void): void
  /** Asked about every navigation of the main frame that main did not start. */
  mayNavigate(url: string): boolean
  mayOpen(url: string): boolean
  loaded(): void
  crashed(): void
  closed(): void
}

/**
 * A frame inside the page; the page's own frame is null wherever this is asked for. `url` is the root of its origin: an empty
 * frame that the page made claims to be the page itself.
 */
export type Subframe = { readonly url: string; readonly frameId: string }

const clone = { encode: encodeClone, decode: decodeClone }

/** A page of Chromium's, with the preload in its isolated world and main in its network's place. */
export class PageTarget {
  readonly #events: PageEvents
  readonly #ready: Promise<{ browser: Browser; sessionId: string; targetId: string }>
  /** Addresses that main itself is loading. */
  readonly #loading = new Set<string>()
  /** Every world that could send, by its id; the preload's own is `#world`. */
  readonly #worlds = new Map<number, ExecutionContext>()
  /** What the page wants to open: a window that is new does not know its address yet. */
  readonly #opening: string[] = []
  #world: number | null = null
  #closed = false

  constructor(browser: Promise<Browser>, preload: string, events: PageEvents) {
    this.#events = events
    this.#ready = browser.then(found => this.#open(found, preload))
  }

  /** Null when it was loaded, or Chromium's word for why not. */
  async load(url: string): Promise<string | null> {
    const { browser, sessionId } = await this.#ready
    this.#loading.add(url)
    const { errorText } = await browser.send('Page.navigate', { url }, sessionId)
    this.#loading.delete(url)
    return errorText ?? null
  }

  /** As the process of a page ends that nobody asked to. */
  crash(): void {
    // It never answers, because nobody is there to.
    this.#ready
      .then(({ browser, sessionId }) => browser.send('Page.crash', {}, sessionId))
      .catch(() => undefined)
  }

  /** In the page's own world; what the expression gives, or its promise, or a rejection when it throws. */
  async evaluate(expression: string): Promise<unknown> {
    const { browser, sessionId } = await this.#ready
    const { result, exceptionDetails } = await browser.send(
      'Runtime.evaluate',
      { expression, returnByValue: true, awaitPromise: true },
      sessionId,
    )
    if (exceptionDetails) throw new Error('the script threw')
    return result.value
  }

  toPreload(message: ToPreload, world = this.#world): void {
    if (world === null || this.#closed) return
    const deliver = async (): Promise<void> => {
      const { browser, sessionId } = await this.#ready
      await browser.send(
        'Runtime.callFunctionOn',
        {
          functionDeclaration: `function (text) { globalThis.${RECEIVE_FUNCTION}(text) }`,
          executionContextId: world,
          arguments: [{ value: JSON.stringify(message) }],
        },
        sessionId,
      )
    }
    // The document may be gone by now, and its world with it.
    deliver().catch(() => undefined)
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#ready
      .then(({ browser, targetId }) => browser.send('Target.closeTarget', { targetId }))
      .catch(() => undefined)
  }

  async #open(
    browser: Browser,
    preload: string,
  ): Promise<{ browser: Browser; sessionId: string; targetId: string }> {
    await browser.send('Target.setDiscoverTargets', { discover: true })
    const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank', newWindow: true })
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true })
    this.#listen(browser, sessionId, targetId)
    await browser.send('Page.enable', {}, sessionId)
    await browser.send('Inspector.enable', {}, sessionId)
    await browser.send('Runtime.enable', {}, sessionId)
    await browser.send(
      'Runtime.addBinding',
      { name: SEND_BINDING, executionContextName: PRELOAD_WORLD },
      sessionId,
    )
    await browser.send(
      'Page.addScriptToEvaluateOnNewDocument',
      { source: preloadWorldSource(clone, preload), worldName: PRELOAD_WORLD },
      sessionId,
    )
    await browser.send('Page.addScriptToEvaluateOnNewDocument', { source: pageWorldSource(clone) }, sessionId)
    await browser.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }, sessionId)
    return { browser, sessionId, targetId }
  }

  #listen(browser: Browser, sessionId: string, targetId: string): void {
    browser.on('Runtime.executionContextCreated', sessionId, ({ context }) => {
      this.#worlds.set(context.id, context)
    })
    browser.on('Runtime.bindingCalled', sessionId, ({ name, payload, executionContextId }) => {
      const world = this.#worlds.get(executionContextId)
      if (name !== SEND_BINDING || !world) return
      const message = JSON.parse(payload) as FromPreload
      const { frameId } = world.auxData
      if (message.kind === 'document') {
        if (frameId !== targetId) return
        // What the document before left behind has no sender any more.
        for (const id of this.#worlds.keys()) if (id !== executionContextId) this.#worlds.delete(id)
        this.#world = executionContextId
      }
      this.#events.fromPreload(
        message,
        frameId === targetId ? null : { frameId, url: fromChromium(`${world.origin}/`) },
        answer => this.toPreload(answer, executionContextId),
      )
    })
    browser.on('Page.loadEventFired', sessionId, () => this.#events.loaded())
    browser.on('Inspector.targetCrashed', sessionId, () => {
      this.#world = null
      this.#events.crashed()
    })
    browser.on('Target.targetDestroyed', undefined, gone => {
      if (gone.targetId === targetId) this.#events.closed()
    })
    browser.on('Page.windowOpen', sessionId, ({ url }) => this.#opening.push(url))
    browser.on('Target.targetCreated', undefined, ({ targetInfo }) => {
      if (targetInfo.openerId !== targetId) return
      if (this.#events.mayOpen(this.#opening.shift() ?? targetInfo.url)) return
      const refused = (): void => {
        // For the test: the window was there too briefly for a second client of Chromium's to be sure to see it.
        process.stderr.write(`${JSON.stringify({ refusedWindow: targetInfo.url })}\n`)
      }
      browser.send('Target.closeTarget', { targetId: targetInfo.targetId }).then(refused, refused)
    })
    browser.on('Page.downloadWillBegin', sessionId, ({ guid, url, suggestedFilename: name }) => {
      const isAllowed = session.defaultSession.allowsDownload(fromChromium(url), name)
      // For the test: a small file is there before it can be called off, which Electron does before the first byte.
      process.stderr.write(`${JSON.stringify(isAllowed ? { saved: name } : { refusedFile: name })}\n`)
      if (!isAllowed) browser.send('Browser.cancelDownload', { guid }).catch(() => undefined)
    })
    browser.on('Fetch.requestPaused', sessionId, paused => {
      // A page that goes away takes its requests along.
      this.#decide(browser, sessionId, targetId, paused).catch(() => undefined)
    })
  }

  async #decide(
    browser: Browser,
    sessionId: string,
    targetId: string,
    { requestId, request, resourceType, frameId }: PausedRequest,
  ): Promise<void> {
    // A page's main frame has the id of its target.
    const navigates = resourceType === 'Document' && frameId === targetId
    if (navigates && !this.#loading.has(request.url) && !this.#events.mayNavigate(request.url)) {
      await browser.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' }, sessionId)
      return
    }
    const url = fromChromium(request.url)
    if (!(await session.defaultSession.allows(url, request.method))) {
      await browser.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }, sessionId)
      return
    }
    const handler = url === request.url ? undefined : protocol.handlerOf(url)
    if (!handler) {
      await browser.send('Fetch.continueRequest', { requestId }, sessionId)
      return
    }
    const { method, headers } = request
    const response = await Promise.resolve(handler(new Request(url, { method, headers })))
    await browser.send(
      'Fetch.fulfillRequest',
      {
        requestId,
        responseCode: response.status,
        responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
        body: Buffer.from(await response.arrayBuffer()).toString('base64'),
      },
      sessionId,
    )
  }
}
