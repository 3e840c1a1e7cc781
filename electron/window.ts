import { BrowserWindow, type BrowserWindowConstructorOptions, type Display, type WebContents } from 'electron'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import { mayType } from '../shared/keyboard.ts'
import { CRASH_LOOP, CrashLoop } from './crashLoop.ts'
import { cover, onDisplayChange } from './displays.ts'
import { watchPage } from './pageWatch.ts'
import { Printing } from './printing.ts'

export type KioskWindowOptions = {
  readonly url: string
  /** What stands there when the page dies again and again: plain words, without a script. */
  readonly closedUrl: string
  /** The till goes on without this window: what keeps it from being opened is told in the log alone. */
  readonly isExtra?: boolean
  /** The display that the window covers, asked at each change; null: it is not there now, and neither is the window. */
  readonly display: () => Display | null
  /** The built preload, as an absolute path. */
  readonly preload: string
  /** For a developer's desk: a plain window instead of the whole screen. */
  readonly windowed: boolean
  /** DevTools may be opened; never true for a packaged application. */
  readonly inspectable: boolean
  readonly clock: Clock
  readonly log: Log
  /** Told of every WebContents before it loads anything; `prints` is to be called when its page is about to print. */
  readonly admit: (contents: WebContents, prints: () => void) => void
  /** Told every second that its page has drawn words. */
  readonly stands?: () => void
  /** Told of every touch and key. */
  readonly touched?: () => void
  /** Told when somebody other than the till has ended its window. */
  readonly gone?: () => void
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
  /** Before a window that has left the full screen takes it again: the system has to be done with it. */
  coverMs: 250,
} as const

/** Chromium's code for a navigation that was called off: the page that was there is still there. */
const ABORTED = -3

/** The window's shape and its walls, as data. */
export function windowOptions(
  { preload, windowed, inspectable }: Pick<KioskWindowOptions, 'preload' | 'windowed' | 'inspectable'>,
  { bounds }: Pick<Display, 'bounds'>,
): BrowserWindowConstructorOptions {
  return {
    ...(windowed ? { width: 1_280, height: 800 } : { ...bounds, kiosk: true, fullscreen: true }),
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
      // alert() and its like stop everything on the screen until somebody presses a button that no customer knows.
      disableDialogs: true,
      plugins: false,
      spellcheck: false,
      // The countdown on a screen that something covers still has to run out in time.
      backgroundThrottling: false,
      devTools: inspectable,
    },
  }
}

/**
 * One window on the till, over the whole of its display, put up again whenever its page dies, hangs, stays white or cannot be loaded,
 * until it is closed. After too many times in a row a plain screen says that the till is closed, and the page is tried again later.
 */
export function openKioskWindow(options: KioskWindowOptions): KioskWindow {
  const { clock, log, windowed } = options
  const loop = new CrashLoop(clock)
  let closed = false
  let current: Opened | null = null
  place()
  const endDisplays = onDisplayChange(clock, place)

  /** Where its display is now, and on it. */
  function place(): void {
    if (closed) return
    const display = options.display()
    if (display === null) {
      const gone = current
      current = null
      gone?.end()
      return
    }
    current ??= tryOpen(options.url, display)
    if (current && !windowed) cover(current.window, display)
  }

  function tryOpen(url: string, display: Display): Opened | null {
    try {
      return open(url, display)
    } catch (error) {
      if (!options.isExtra) throw error
      log.error({ error: String(error) }, 'a screen beside the till could not be opened')
      return null
    }
  }

  function open(url: string, display: Display): Opened {
    const window = new BrowserWindow(windowOptions(options, display))
    const { webContents } = window
    const printing = new Printing(clock)
    const callOffs: (() => void)[] = []
    let callOffHanging: () => void = () => undefined
    const isCurrent = (): boolean => !closed && current?.window === window
    /** Replaces this window once, whatever goes wrong with it how often. */
    const reopenIn = (delayMs: number, says: string, waits: Pick<Clock, 'after'> = clock): (() => void) =>
      waits.after(delayMs, () => {
        if (!isCurrent()) return
        const isLoop = loop.isLoop()
        if (isLoop)
          log.error({}, `the page died too often, so the screen says that the till is closed: ${says}`)
        else log.warn({}, `the window is opened again: ${says}`)
        replace(isLoop ? options.closedUrl : options.url)
      })
    const replace = (next: string): void => {
      const old = current
      // The new one first: an application without a window would end.
      current = null
      const place = options.display()
      if (place) current = tryOpen(next, place)
      old?.end()
    }

    options.admit(webContents, () => printing.begin())
    lockZoom(webContents)
    if (!windowed) lockIn(window)
    window.once('ready-to-show', () => window.show())
    window.on('closed', () => {
      if (current?.window !== window) return
      closed = true
      options.gone?.()
    })
    webContents.on('input-event', () => options.touched?.())
    webContents.on('render-process-gone', (_event, { reason }) => {
      reopenIn(DELAYS.reopenMs, `its page is gone (${reason})`)
    })
    webContents.on('did-fail-load', (_event, code, problem, _url, isMainFrame) => {
      if (isMainFrame && code !== ABORTED) reopenIn(DELAYS.reopenMs, `its page did not load (${problem})`)
    })
    window.on('unresponsive', () => {
      callOffHanging()
      callOffHanging = reopenIn(DELAYS.unresponsiveMs, 'its page did not answer any more', printing)
    })
    window.on('responsive', () => callOffHanging())
    if (!windowed)
      for (const change of ['leave-full-screen', 'minimize', 'hide'] as const) {
        const again = (): void => void clock.after(DELAYS.coverMs, () => isCurrent() && place())
        // One event in three overloads.
        window.on(change as 'minimize', again)
      }
    if (url === options.closedUrl)
      callOffs.push(clock.after(CRASH_LOOP.restMs, () => isCurrent() && replace(options.url)))
    else
      callOffs.push(
        watchPage({
          contents: webContents,
          clock,
          printing,
          lost: says => void reopenIn(0, says),
          stands: () => options.stands?.(),
        }),
      )
    // What went wrong with a load is told by did-fail-load.
    window.loadURL(url).catch(() => undefined)
    return {
      window,
      end() {
        for (const callOff of callOffs) callOff()
        callOffHanging()
        if (!window.isDestroyed()) window.destroy()
      },
    }
  }

  return {
    focus() {
      if (closed || !current) return
      if (current.window.isMinimized()) current.window.restore()
      current.window.focus()
    },
    close() {
      closed = true
      endDisplays()
      current?.end()
    },
  }
}

type Opened = {
  readonly window: BrowserWindow
  /** Nothing of it is left. */
  end(): void
}

/** Nobody leaves a kiosk's window but through the desk: no shortcut, no Alt+F4, no menu of the system's. */
function lockIn(window: BrowserWindow): void {
  window.webContents.on('before-input-event', (event, input) => {
    if (!mayType(input)) event.preventDefault()
  })
  // What the system asks (Alt+F4, a window list); the till itself destroys its windows, which is not asked for.
  window.on('close', event => event.preventDefault())
  window.on('system-context-menu', event => event.preventDefault())
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
