import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import type { DisplayDouble } from './desktop.ts'

/**
 * Electron without its binary, for tests. The unmodified built main bundle runs in a Node process of its own, with `electron`
 * mapped to doubles; the unmodified preload bundle runs in an isolated world of a Chromium page; the page is the built one.
 *
 * It shows that the wiring holds: main, preload and page find each other, only the contract crosses, worlds stay apart, the
 * page's scheme is answered with its headers, senders are checked, a reload or a crash is survived, main can be killed.
 *
 * It does not show, and a test here must not claim: fullscreen and kiosk mode, the operating system's sandbox, fuses, the
 * system's way to tell the first instance of a second, which display a window is on, menus and shortcuts, zoom, permission prompts, real key stores, power saving, packaging, updates.
 * Known differences: the page's origin is http://app.kaikei.localhost instead of kaikei://app; every navigation of the main
 * frame counts as the page's own, also one by the test; a denied window opens and is closed at once, and one that keeps its
 * opener may hang the page with it; a frame inside the page has its origin for its address; values that cross are copied by
 * clone.ts, which knows plain data, dates, maps, sets, bytes and errors, and refuses everything else.
 */
export async function startStandin(options: StandinOptions): Promise<Standin> {
  const profile = mkdtempSync(join(tmpdir(), 'kaikei-standin-'))
  const context = await chromium.launchPersistentContext(profile, {
    headless: true,
    viewport: options.viewport ?? { width: 1_280, height: 800 },
    locale: 'ja-JP',
    ...(options.chromium === undefined ? {} : { executablePath: options.chromium }),
    args: [
      '--remote-debugging-port=0',
      '--disable-quic',
      '--disable-gpu',
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1',
    ],
  })
  const main = new MainProcess(options, debuggerOf(profile))
  // A window does not outlive its main process.
  const ended = main.ended.then(async result => {
    await context.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    return result
  })
  const windows = new Windows(context)
  await Promise.race([
    windows.next(),
    // Asked of main itself: the browser's end would be the only thing to be seen a moment later.
    main.ended.then(({ code, stderr }) => {
      throw new Error(`main ended with ${code} before its window was there: ${main.stdout}${stderr}`)
    }),
  ]).catch(async error => {
    // Neither a program nor a folder stays behind.
    await main.end('SIGKILL', ended)
    throw error
  })
  return {
    get page() {
      return windows.newest
    },
    nextPage: () => windows.next(),
    get stderr() {
      return main.stderr
    },
    get stdout() {
      return main.stdout
    },
    profile,
    pid: main.pid,
    plug: displays => main.plug(displays),
    breaks: () => main.breaks(),
    ended,
    close: () => main.end('SIGTERM', ended),
    kill: () => main.end('SIGKILL', ended),
  }
}

export type StandinOptions = {
  /** `out/main/main.js`, as built. */
  readonly mainBundle: string
  readonly userDataDir: string
  /** Command line switches of the application: `--lane=left`. */
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** A Chromium other than Playwright's own. */
  readonly chromium?: string
  readonly viewport?: { readonly width: number; readonly height: number }
}

export type Ended = { readonly code: number | null; readonly stderr: string }

export type Standin = {
  /** The page in the newest window. */
  readonly page: Page
  /** The page of the next window that opens, when its document is loaded. */
  nextPage(): Promise<Page>
  /** What main has written so far, one JSON line for each event. */
  readonly stderr: string
  readonly stdout: string
  /** The folder of the browser that shows its windows, until main has ended. */
  readonly profile: string
  /** Main's, for whoever measures it. */
  readonly pid: number
  /** These displays are plugged in beside the till's, and no others. Every window is a page; sizes are the test's viewport. */
  plug(displays: readonly DisplayDouble[]): void
  /** Something in main throws, and nobody catches it. */
  breaks(): void
  /** When main has ended, by itself or not. */
  readonly ended: Promise<Ended>
  /** As the system asks an application to end. */
  close(): Promise<Ended>
  /** kill -9. */
  kill(): Promise<Ended>
}

class MainProcess {
  stderr = ''
  stdout = ''
  readonly ended: Promise<Ended>
  readonly #child: ChildProcess

  constructor(options: StandinOptions, browser: string) {
    const launch = fileURLToPath(new URL('launch.ts', import.meta.url))
    this.#child = spawn(
      process.execPath,
      [launch, options.mainBundle, `--user-data-dir=${options.userDataDir}`, ...(options.args ?? [])],
      {
        env: { ...process.env, ...options.env, KAIKEI_STANDIN_BROWSER: browser },
        // The last is for what happens to the machine: displays that are plugged in.
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    )
    this.#child.stdout?.on('data', chunk => {
      this.stdout += String(chunk)
    })
    this.#child.stderr?.on('data', chunk => {
      this.stderr += String(chunk)
    })
    this.ended = new Promise(resolve =>
      this.#child.on('close', code => resolve({ code, stderr: this.stderr })),
    )
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  plug(displays: readonly DisplayDouble[]): void {
    this.#child.send({ displays })
  }

  breaks(): void {
    this.#child.send({ breaks: true })
  }

  end(signal: NodeJS.Signals, ended: Promise<Ended>): Promise<Ended> {
    this.#child.kill(signal)
    return ended
  }
}

/** The pages that main's windows show; Chromium's own first, empty page is none of them. */
class Windows {
  readonly #context: BrowserContext
  #newest: Page | null = null

  constructor(context: BrowserContext) {
    this.#context = context
  }

  get newest(): Page {
    if (!this.#newest) throw new Error('no window is open yet')
    return this.#newest
  }

  async next(): Promise<Page> {
    const page = await this.#context.waitForEvent('page')
    await page.waitForURL(/^http:\/\/[a-z]+\.[a-z]+\.localhost\//)
    this.#newest = page
    return page
  }
}

/** Chromium writes its port and path into the profile before Playwright calls it launched. */
function debuggerOf(profile: string): string {
  const [port, path] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')
  return `ws://127.0.0.1:${port}${path}`
}
