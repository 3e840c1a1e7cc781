import { EventEmitter } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Browser } from './browser.ts'
import { Preventable } from './preventable.ts'

/** What the app double has to know of windows. */
export type QuittableWindow = { close(): void; isDestroyed(): boolean }

/** The life of the application: ready once Chromium is there, ended by quit, exit, a signal, or its last window. */
class App extends EventEmitter {
  readonly isPackaged = false
  readonly commandLine = {
    hasSwitch: (name: string): boolean => switchValue(name) !== null,
    getSwitchValue: (name: string): string => switchValue(name) ?? '',
    appendSwitch: (): void => undefined,
  }
  readonly #windows = new Set<QuittableWindow>()
  readonly #browser: Promise<Browser>
  #quitting = false

  constructor() {
    super()
    const url = process.env.KAIKEI_STANDIN_BROWSER
    if (url === undefined)
      throw new Error('the stand-in is started by start.ts, which says where Chromium is')
    this.#browser = Browser.connect(url)
    process.on('message', (message: { readonly breaks?: boolean }) => {
      if (message.breaks)
        setImmediate(() => {
          throw new Error('a fault of a test')
        })
    })
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => this.quit())
  }

  get browser(): Promise<Browser> {
    return this.#browser
  }

  async whenReady(): Promise<void> {
    await this.#browser
  }

  enableSandbox(): void {}

  getVersion(): string {
    return process.env.KAIKEI_STANDIN_VERSION ?? '0.0.0-standin'
  }

  getPath(name: string): string {
    const dir = switchValue('user-data-dir')
    if (name !== 'userData' || dir === null) throw new Error(`the stand-in has no path "${name}"`)
    return dir
  }

  /** True for one live process in each folder, as in Electron; the first one is told of the second, but not of its command line. */
  requestSingleInstanceLock(): boolean {
    const file = join(this.getPath('userData'), 'standin-instance')
    const first = pidIn(file)
    if (isAlive(first)) {
      process.kill(first, 'SIGUSR2')
      return false
    }
    writeFileSync(file, String(process.pid))
    process.on('SIGUSR2', () => this.emit('second-instance', {}, [], ''))
    return true
  }

  /** In KiB, as Electron tells it; Chromium is not the stand-in's own. */
  getAppMetrics(): readonly { memory: { workingSetSize: number } }[] {
    return [{ memory: { workingSetSize: Math.round(process.memoryUsage.rss() / 1024) } }]
  }

  /** For the test, which may start the next life. */
  relaunch(): void {
    process.stderr.write(`${JSON.stringify({ relaunch: true })}\n`)
  }

  quit(): void {
    this.#quitting = true
    if (this.#prevented('before-quit')) return
    for (const window of this.#windows) window.close()
    if ([...this.#windows].some(window => !window.isDestroyed())) return
    if (!this.#prevented('will-quit')) this.exit(0)
  }

  exit(code = 0): void {
    this.emit('quit', {}, code)
    process.exit(code)
  }

  windowOpened(window: QuittableWindow): void {
    this.#windows.add(window)
  }

  windowClosed(window: QuittableWindow): void {
    this.#windows.delete(window)
    if (this.#windows.size > 0 || this.#quitting) return
    // Without a listener Electron quits with its last window.
    if (!this.emit('window-all-closed')) this.quit()
  }

  #prevented(name: string): boolean {
    const event = new Preventable()
    this.emit(name, event)
    return event.defaultPrevented
  }
}

export const app = new App()

function switchValue(name: string): string | null {
  const given = process.argv.find(arg => arg === `--${name}` || arg.startsWith(`--${name}=`))
  return given === undefined ? null : given.slice(`--${name}=`.length)
}

function pidIn(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch {
    return 0
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch {
    return false
  }
}
