import { BrowserWindow, type BrowserWindowConstructorOptions, type WebContents } from 'electron'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'

export type KioskWindowOptions = {
  readonly url: string
  /** The built preload, as an absolute path. */
  readonly preload: string
  /** For a developer's desk: a plain window instead of the whole screen. */
  readonly windowed: boolean
  /** DevTools may be opened; never true for a packaged application. */
  readonly inspectable: boolean
  readonly clock: Clock
  readonly log: Log
  /** Told of every WebContents before it loads anything. */
  readonly admit: (contents: WebContents) => void
}

export type KioskWindow = {
  /** Brings it to the front. */
  focus(): void
  /** It is not opened again. */
  close(): void
}

export const DELAYS = {
  /** Between a page that died and the next: long enough not to spin, short enough for a customer to wait. */
  reopenMs: 1_000,
  /** A page that answers nothing for so long after Electron calls it unresponsive does not come back by itself. */
  unresponsiveMs: 5_000,
} as const

/** Chromium's code for a navigation that was called off: the page that was there is still there. */
const ABORTED = -3

/** The window's shape and its walls, as data. */
export function windowOptions({
  preload,
  windowed,
  inspectable,
}: Pick<KioskWindowOptions, 'preload' | 'windowed' | 'inspectable'>): BrowserWindowConstructorOptions {
  return {
    ...(windowed ? { width: 1_280, height: 800 } : { kiosk: true, fullscreen: true }),
    show: false,
    title: 'Kaikei',
    // The paper of the page, so that nothing flashes before it is drawn.
    backgroundColor: '#faf8f2',
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      // The countdown on a screen that something covers still has to run out in time.
      backgroundThrottling: false,
      devTools: inspectable,
    },
  }
}

/** One window on the till, put up again whenever its page dies, hangs or cannot be loaded, until it is closed. */
export function openKioskWindow(options: KioskWindowOptions): KioskWindow {
  const { clock, log } = options
  let closed = false
  let current = open()

  function open(): BrowserWindow {
    const window = new BrowserWindow(windowOptions(options))
    const { webContents } = window
    let callOff: () => void = () => undefined
    /** Replaces this window once, whatever goes wrong with it how often. */
    const reopenIn = (delayMs: number, says: string): (() => void) =>
      clock.after(delayMs, () => {
        if (closed || window !== current) return
        log.warn({}, `the window is opened again: ${says}`)
        // The new one first: an application without a window would end.
        current = open()
        window.destroy()
      })

    options.admit(webContents)
    lockZoom(webContents)
    window.once('ready-to-show', () => window.show())
    window.on('closed', () => {
      if (window === current) closed = true
    })
    webContents.on('render-process-gone', (_event, { reason }) => {
      reopenIn(DELAYS.reopenMs, `its page is gone (${reason})`)
    })
    webContents.on('did-fail-load', (_event, code, problem, _url, isMainFrame) => {
      if (isMainFrame && code !== ABORTED) reopenIn(DELAYS.reopenMs, `its page did not load (${problem})`)
    })
    window.on('unresponsive', () => {
      callOff()
      callOff = reopenIn(DELAYS.unresponsiveMs, 'its page did not answer any more')
    })
    window.on('responsive', () => callOff())
    // What went wrong with a load is told by did-fail-load.
    window.loadURL(options.url).catch(() => undefined)
    return window
  }

  return {
    focus() {
      if (closed) return
      if (current.isMinimized()) current.restore()
      current.focus()
    },
    close() {
      closed = true
      if (!current.isDestroyed()) current.destroy()
    },
  }
}

/** Two fingers or a wheel must not leave half a button on the screen. */
function lockZoom(contents: WebContents): void {
  const lock = (): void => {
    contents.setZoomLevel(0)
    contents.setVisualZoomLevelLimits(1, 1).catch(() => undefined)
  }
  contents.on('did-finish-load', lock)
  contents.on('zoom-changed', lock)
  contents.on('before-input-event', (event, input) => {
    if ((input.control || input.meta) && ['+', '-', '=', '0'].includes(input.key)) event.preventDefault()
  })
}
