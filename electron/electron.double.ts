import { EventEmitter } from 'node:events'

/**
 * What unit tests find instead of `electron` (vitest.config.ts maps the name to this file): the few parts that main and preload
 * use, each a recorder with a handle to turn. Main and preload are joined, so a call of the preload's reaches main's handler.
 * standin/ is the other double, for whole hosts in a browser.
 */
type Listener = (...args: unknown[]) => void

export type FrameDouble = { url: string; parent: FrameDouble | null; frameTreeNodeId: number }
export type SenderEvent = { readonly sender: unknown; readonly senderFrame: FrameDouble | null }

class IpcMainDouble extends EventEmitter {
  readonly handlers = new Map<string, (event: SenderEvent, ...args: unknown[]) => unknown>()

  handle(channel: string, handler: (event: SenderEvent, ...args: unknown[]) => unknown): void {
    if (this.handlers.has(channel)) throw new Error(`a second handler for ${channel}`)
    this.handlers.set(channel, handler)
  }

  removeHandler(channel: string): void {
    this.handlers.delete(channel)
  }

  /** As Electron: a handler that throws, or none, rejects. */
  async invoke(channel: string, event: SenderEvent, ...args: unknown[]): Promise<unknown> {
    const handler = this.handlers.get(channel)
    if (!handler) throw new Error(`No handler registered for '${channel}'`)
    return structuredClone(await Promise.resolve(handler(event, ...structuredClone(args))))
  }
}

export const ipcMain = new IpcMainDouble()

/** A window's page, and main's side of it. */
export class WebContentsDouble extends EventEmitter {
  mainFrame: FrameDouble
  readonly sent: unknown[][] = []
  readonly zoomLevels: number[] = []
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })
  #destroyed = false

  constructor(url = 'kaikei://app/?lane=main') {
    super()
    this.mainFrame = { url, parent: null, frameTreeNodeId: newFrameId() }
  }

  /** An IPC event as the top frame of this page sends it. */
  get event(): SenderEvent {
    return { sender: this, senderFrame: this.mainFrame }
  }

  getURL(): string {
    return this.mainFrame.url
  }

  send(...message: unknown[]): void {
    this.sent.push(structuredClone(message))
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler
  }

  /** What main's look at the page finds; null: the page hangs and answers nothing. */
  drawn: boolean | null = true
  /** The picture of the window, four bytes a pixel. */
  picture: Uint8Array = Uint8Array.from({ length: 4_000 }, (_one, at) => at % 251)

  readonly #unanswered: ((drawn: boolean) => void)[] = []

  executeJavaScript(): Promise<unknown> {
    return this.drawn === null
      ? new Promise(resolve => this.#unanswered.push(resolve))
      : Promise.resolve(this.drawn)
  }

  /** A page that stood still goes on, and answers what it was asked meanwhile. */
  answerAll(): void {
    this.drawn = true
    for (const answer of this.#unanswered.splice(0)) answer(true)
  }

  capturePage(): Promise<unknown> {
    return Promise.resolve({ isEmpty: () => this.picture.length === 0, toBitmap: () => this.picture })
  }

  setZoomLevel(level: number): void {
    this.zoomLevels.push(level)
  }

  setVisualZoomLevelLimits(): Promise<void> {
    return Promise.resolve()
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  destroy(): void {
    this.#destroyed = true
    this.emit('destroyed')
  }

  /** Emits an event that can be called off, and tells whether it was. */
  prevents(name: string, details: Readonly<Record<string, unknown>> = {}, ...rest: unknown[]): boolean {
    let prevented = false
    const preventDefault = (): void => {
      prevented = true
    }
    this.emit(name, { ...details, preventDefault }, ...rest)
    return prevented
  }
}

let frames = 0
export function newFrameId(): number {
  frames += 1
  return frames
}

export class BrowserWindow extends EventEmitter {
  /** Every window of this test file so far, the newest last. */
  static readonly opened: BrowserWindow[] = []
  /** What the system throws in place of a window. */
  static refuses: Error | null = null
  readonly options: unknown
  readonly webContents = new WebContentsDouble('')
  readonly loaded: string[] = []
  shown = false
  focused = 0
  #destroyed = false

  constructor(options: unknown) {
    super()
    if (BrowserWindow.refuses) throw BrowserWindow.refuses
    this.options = options
    BrowserWindow.opened.push(this)
  }

  loadURL(url: string): Promise<void> {
    this.loaded.push(url)
    return Promise.resolve()
  }

  show(): void {
    this.shown = true
  }

  /** As the system has it now. */
  bounds = { x: 0, y: 0, width: 1, height: 1 }
  kiosk = false
  full = false
  onTop = 0

  getBounds(): typeof this.bounds {
    return this.bounds
  }

  setBounds(bounds: typeof this.bounds): void {
    this.bounds = bounds
  }

  isKiosk(): boolean {
    return this.kiosk
  }

  setKiosk(kiosk: boolean): void {
    this.kiosk = kiosk
  }

  isFullScreen(): boolean {
    return this.full
  }

  setFullScreen(full: boolean): void {
    this.full = full
  }

  moveTop(): void {
    this.onTop += 1
  }

  restore(): void {}

  focus(): void {
    this.focused += 1
  }

  isMinimized(): boolean {
    return false
  }

  /** As the system asks a window to close. */
  close(): void {
    let prevented = false
    this.emit('close', { preventDefault: () => (prevented = true) })
    if (!prevented) this.destroy()
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  destroy(): void {
    this.#destroyed = true
    this.webContents.destroy()
    this.emit('closed')
  }
}

export type DisplayDouble = {
  readonly id: number
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

/** The displays that are plugged in, the primary one first. */
class ScreenDouble extends EventEmitter {
  displays: readonly DisplayDouble[] = [{ id: 1, bounds: { x: 0, y: 0, width: 1_920, height: 1_080 } }]

  getAllDisplays(): readonly DisplayDouble[] {
    return this.displays
  }

  getPrimaryDisplay(): DisplayDouble | undefined {
    return this.displays[0]
  }
}

export const screen = new ScreenDouble()
export const powerMonitor = new EventEmitter()
/** What keeps the screen on at the moment. */
export const awake = new Set<number>()
let asks = 0
export const powerSaveBlocker = {
  start(): number {
    asks += 1
    awake.add(asks)
    return asks
  },
  stop: (id: number): void => void awake.delete(id),
}

type Decision = (...details: unknown[]) => boolean
type Answer<T> = (details: T, answer: (given: { cancel?: boolean }) => void) => void

/** Keeps what main decides, so that a test can ask. */
export class SessionDouble extends EventEmitter {
  permissionCheck: Decision = () => true
  devicePermission: Decision = () => true
  permissionRequest: (contents: unknown, permission: string, answer: (given: boolean) => void) => void = () =>
    undefined
  beforeRequest: Answer<{ url: string }> = () => undefined
  readonly webRequest = {
    onBeforeRequest: (listener: Answer<{ url: string }>): void => {
      this.beforeRequest = listener
    },
  }

  setPermissionCheckHandler(handler: Decision): void {
    this.permissionCheck = handler
  }

  setDevicePermissionHandler(handler: Decision): void {
    this.devicePermission = handler
  }

  setPermissionRequestHandler(handler: typeof this.permissionRequest): void {
    this.permissionRequest = handler
  }

  setSpellCheckerEnabled(): void {}
}

/** A key store that turns bytes over, so that what was stored is not readable by itself; a test sets what it claims to be. */
export const safeStorage = {
  available: true,
  backend: 'gnome_libsecret',
  /** What Chromium on Linux writes in front: `v10` for the password in its source, `v11` for a key of the store's. */
  prefix: 'v11',
  rotated: false,
  locked: false,
  isAsyncEncryptionAvailable(): Promise<boolean> {
    return Promise.resolve(safeStorage.available)
  },
  getSelectedStorageBackend(): string {
    return safeStorage.backend
  },
  async encryptStringAsync(text: string): Promise<Buffer> {
    if (safeStorage.locked) throw new Error('the store is locked')
    return Buffer.concat([Buffer.from(safeStorage.prefix), turned(Buffer.from(text))])
  },
  async decryptStringAsync(encrypted: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    if (safeStorage.locked) throw new Error('the store is locked')
    return { result: turned(encrypted.subarray(3)).toString(), shouldReEncrypt: safeStorage.rotated }
  },
}

const turned = (bytes: Uint8Array): Buffer => Buffer.from(bytes.map(byte => byte ^ 0xff))

/** The preload's side, in the page of `rendererOf`. */
export const rendererOf = { contents: new WebContentsDouble() }
export const exposed: Record<string, unknown> = {}

export const contextBridge = {
  exposeInMainWorld(name: string, api: unknown): void {
    exposed[name] = api
  },
}

const rendererEvents = new EventEmitter()

export const ipcRenderer = {
  invoke: (channel: string, ...args: unknown[]): Promise<unknown> =>
    ipcMain.invoke(channel, rendererOf.contents.event, ...args),
  send(channel: string, ...args: unknown[]): void {
    ipcMain.emit(channel, rendererOf.contents.event, ...structuredClone(args))
  },
  on: (channel: string, listener: Listener): unknown => rendererEvents.on(channel, listener),
  /** What main has sent to this page arrives. */
  deliver(): void {
    for (const [channel, ...args] of rendererOf.contents.sent.splice(0))
      rendererEvents.emit(String(channel), {}, ...args)
  },
}
