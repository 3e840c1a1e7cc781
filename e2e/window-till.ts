import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { type Standin, startStandin } from '../electron/standin/start.ts'
import { findElectron } from '../scripts/electron-binary.ts'
import { type Exposed, root } from './electron/kiosk.ts'
import { freePort, KEYS, usualEnv } from './host.ts'
import { type Answer, Till } from './kiosk.ts'

/** A till in a window: its main process, and whatever page its newest window has. */
type Window = {
  readonly page: Page
  readonly pid: number
  readonly stderr: string
  kill(): Promise<unknown>
  close(): Promise<unknown>
}
type Start = {
  readonly userDataDir: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/**
 * The same till with Electron's main behind it: the built bundles, and a window that main opens itself. It has one lane and one page;
 * specs with a second tab, a lane of their own or options of the server's command line stay with the server.
 */
abstract class WindowTill extends Till {
  #window: Window | null = null

  protected abstract opens(start: Start): Promise<Window>

  override async start(env: Record<string, string> = {}, args: readonly string[] = []): Promise<Window> {
    this.#window = await this.opens({
      userDataDir: this.folder.path,
      args: [`--paypay-url=${this.paypay.url}`, ...args],
      env: { ...KEYS, ...env },
    })
    return this.#window
  }

  /** Over the preload, as the window's own page calls. */
  override async call(method: string, input: object): Promise<Answer> {
    return this.ownPage.evaluate(([name, given]) => (globalThis as Exposed).kaikei.call(name, given), [
      method,
      input,
    ] as const)
  }

  override async callDesk(method: string, input: object): Promise<Answer> {
    return this.ownPage.evaluate(([name, given]) => (globalThis as Exposed).kaikei.callDesk(name, given), [
      method,
      input,
    ] as const)
  }

  override async kill(): Promise<void> {
    await this.#window?.kill()
  }

  /** Its window has been open since its start. */
  override async shows(): Promise<void> {}

  /** A till that starts again opens another window, and a spec goes on with the page of that one. */
  override get ownPage(): Page {
    const newest = (): Page => {
      if (!this.#window) throw new Error('the till was not started')
      return this.#window.page
    }
    return new Proxy({} as Page, {
      get(_page, name) {
        const page = newest()
        const value: unknown = Reflect.get(page, name)
        return typeof value === 'function' ? value.bind(page) : value
      },
    })
  }

  override async close(): Promise<void> {
    await this.#window?.close()
    await super.close()
  }
}

/** With the stand-in for Electron's program. */
export class StandinTill extends WindowTill {
  static override async build(): Promise<Till> {
    return new StandinTill({ host: await freePort(), paypay: await freePort() }, 'till')
  }

  protected opens(start: Start): Promise<Standin> {
    const chromium = process.env.PLAYWRIGHT_CHROMIUM_PATH
    return startStandin({
      mainBundle: `${root}out/main/main.js`,
      ...start,
      ...(chromium === undefined ? {} : { chromium }),
    })
  }
}

/** With Electron's own program. */
export class ElectronTill extends WindowTill {
  static override async build(): Promise<Till> {
    return new ElectronTill({ host: await freePort(), paypay: await freePort() }, 'till')
  }

  protected async opens({ userDataDir, args, env }: Start): Promise<Window> {
    const executablePath = findElectron()
    if (executablePath === null) throw new Error('there is no Electron here')
    const app = await _electron.launch({
      executablePath,
      args: [root, `--user-data-dir=${userDataDir}`, ...args],
      env: { ...wordsOf(usualEnv()), ...env },
    })
    return new ElectronWindow(app, await app.firstWindow())
  }
}

class ElectronWindow implements Window {
  stderr = ''
  readonly pid: number
  readonly #app: ElectronApplication
  readonly #first: Page

  constructor(app: ElectronApplication, first: Page) {
    this.#app = app
    this.#first = first
    this.pid = app.process().pid ?? 0
    app.process().stderr?.on('data', chunk => {
      this.stderr += String(chunk)
    })
  }

  get page(): Page {
    return this.#app.windows().at(-1) ?? this.#first
  }

  async kill(): Promise<void> {
    const gone = this.#app.waitForEvent('close')
    this.#app.process().kill('SIGKILL')
    await gone
  }

  /** Of a till that was killed there is nothing to close. */
  async close(): Promise<void> {
    if (this.#app.process().exitCode === null && this.#app.process().signalCode === null)
      await this.#app.close()
  }
}

function wordsOf(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
