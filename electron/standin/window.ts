import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { app } from './app.ts'
import { encodeClone } from './clone.ts'
import { DISPLAY, type Rectangle } from './desktop.ts'
import { type Frame, ipcMain } from './ipc.ts'
import { PageTarget, type Subframe } from './page-target.ts'
import { Preventable } from './preventable.ts'
import { fromChromium, type Session, session, toChromium } from './session.ts'
import type { FromPreload, ToPreload } from './worlds.ts'

type WindowOptions = {
  readonly show?: boolean
  readonly webPreferences?: {
    readonly preload?: string
    readonly sandbox?: boolean
    readonly contextIsolation?: boolean
    readonly nodeIntegration?: boolean
  }
}

/** A window is a page of Chromium's. Size, fullscreen and kiosk mode are the test's viewport. */
export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents
  #destroyed = false

  constructor(options: WindowOptions = {}) {
    super()
    const { preload, sandbox, contextIsolation, nodeIntegration } = options.webPreferences ?? {}
    if (!sandbox || contextIsolation === false || nodeIntegration)
      throw new Error('the stand-in has only sandboxed pages with an isolated preload; so should a till')
    this.webContents = new WebContents(preload === undefined ? '' : readFileSync(preload, 'utf8'))
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'))
    this.webContents.once('destroyed', () => this.destroy())
    app.windowOpened(this)
    app.emit('web-contents-created', {}, this.webContents)
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }

  close(): void {
    const event = new Preventable()
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }

  destroy(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    this.webContents.destroy()
    this.emit('closed')
    app.windowClosed(this)
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  show(): void {}
  focus(): void {
    // For the test: a page in a headless browser has no front.
    process.stderr.write(`${JSON.stringify({ focused: true })}\n`)
  }
  restore(): void {}
  moveTop(): void {}

  // The test's viewport is the display, and the window covers it.
  getBounds(): Rectangle {
    return DISPLAY.bounds
  }
  setBounds(): void {}
  isKiosk(): boolean {
    return true
  }
  setKiosk(): void {}
  isFullScreen(): boolean {
    return true
  }
  setFullScreen(): void {}
  isMinimized(): boolean {
    return false
  }
}

type OpenHandler = (details: { readonly url: string }) => { readonly action: 'deny' | 'allow' }

let frames = 0
function newFrameId(): number {
  frames += 1
  return frames
}

/** A page as main sees it. */
class WebContents extends EventEmitter {
  readonly session: Session = session.defaultSession
  readonly #target: PageTarget
  readonly #frameTreeNodeId = newFrameId()
  readonly #subframes = new Map<string, number>()
  #url = ''
  #destroyed = false
  #openHandler: OpenHandler = () => ({ action: 'allow' })

  constructor(preload: string) {
    super()
    this.#target = new PageTarget(app.browser, preload, {
      fromPreload: (...message) => this.#receive(...message),
      mayNavigate: url => this.#mayNavigate(url),
      mayOpen: url => this.#openHandler({ url: fromChromium(url) }).action === 'allow',
      loaded: () => this.emit('did-finish-load'),
      crashed: () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }),
      closed: () => this.destroy(),
    })
  }

  get mainFrame(): Frame {
    return { url: this.#url, parent: null, frameTreeNodeId: this.#frameTreeNodeId }
  }

  getURL(): string {
    return this.#url
  }

  /** As in Electron, a message to a page that is gone is lost. */
  send(channel: string, ...args: unknown[]): void {
    this.#target.toPreload({ kind: 'message', channel, args: encodeClone(args) })
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler
  }

  /** A page that is gone or hangs never answers, as in Electron. */
  executeJavaScript(code: string): Promise<unknown> {
    return this.#target.evaluate(code)
  }

  forcefullyCrashRenderer(): void {
    this.#target.crash()
  }

  /** The stand-in takes no pictures: empty, as Electron's is for a window that is hidden. */
  capturePage(): Promise<{ isEmpty(): boolean; toBitmap(): Uint8Array }> {
    return Promise.resolve({ isEmpty: () => true, toBitmap: () => new Uint8Array() })
  }

  setZoomLevel(): void {}

  setVisualZoomLevelLimits(): Promise<void> {
    return Promise.resolve()
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  destroy(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    this.#target.close()
    this.emit('destroyed')
  }

  async loadURL(url: string): Promise<void> {
    const problem = await this.#target.load(toChromium(url))
    if (problem === null) return
    this.emit('did-fail-load', {}, -2, problem, url, true)
    throw new Error(`${problem} loading '${url}'`)
  }

  #receive(message: FromPreload, from: Subframe | null, reply: (answer: ToPreload) => void): void {
    if (message.kind === 'document') {
      this.#url = fromChromium(message.url)
      this.emit('did-navigate', {}, this.#url, 200, 'OK')
      return
    }
    const senderFrame = from ? this.#subframe(from) : this.mainFrame
    ipcMain.receive({ sender: this, senderFrame }, message).then(answer => {
      if (answer && !this.#destroyed) reply(answer)
    }, stopMain)
  }

  #subframe({ url, frameId }: Subframe): Frame {
    const frameTreeNodeId = this.#subframes.get(frameId) ?? newFrameId()
    this.#subframes.set(frameId, frameTreeNodeId)
    return { url, parent: this.mainFrame, frameTreeNodeId }
  }

  /** Electron asks twice: as any frame's navigation, and as the main frame's. */
  #mayNavigate(url: string): boolean {
    const event = Object.assign(new Preventable(), { url: fromChromium(url), isMainFrame: true })
    this.emit('will-frame-navigate', event)
    if (!event.defaultPrevented) this.emit('will-navigate', event)
    return !event.defaultPrevented
  }
}

/** A fault of the stand-in's own, or an exception in a listener of main's: both have to be seen. */
function stopMain(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(70)
}
