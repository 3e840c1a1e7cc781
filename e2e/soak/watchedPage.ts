import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import CDP from 'chrome-remote-interface'

const WAYS = [
  '--headless=new',
  '--no-sandbox',
  '--no-first-run',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--mute-audio',
  '--hide-scrollbars',
  '--window-size=1080,1920',
  '--remote-debugging-port=0',
]

/**
 * A page in a Chromium of its own, spoken to by DevTools' protocol and nothing more: a test library listens to the network as well,
 * and DevTools then keeps every answer in the page's process, which would be counted as the page's growth.
 */
export class WatchedPage {
  readonly client: CDP.Client
  readonly browser: CDP.Client
  readonly #end: () => Promise<void>

  private constructor(client: CDP.Client, browser: CDP.Client, end: () => Promise<void>) {
    this.client = client
    this.browser = browser
    this.#end = end
  }

  /** Opens an empty page. */
  static async open(chromiumPath: string): Promise<WatchedPage> {
    const folder = mkdtempSync(join(tmpdir(), 'kaikei-soak-'))
    const child = spawn(chromiumPath, [...WAYS, `--user-data-dir=${folder}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    process.once('exit', () => child.kill('SIGKILL'))
    const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
    const browserAt = await addressIn(child.stderr)
    const { hostname: host, port } = new URL(browserAt)
    // biome-ignore lint/nursery/useAwaitThenable: its types name the promise through a namespace that the rule does not follow
    const browser = await CDP({ target: browserAt })
    // biome-ignore lint/nursery/useAwaitThenable: its types name the promise through a namespace that the rule does not follow
    const targets = await CDP.List({ host, port: Number(port) })
    const page = targets.find(({ type }) => type === 'page')
    if (!page) throw new Error('Chromium has no page')
    // biome-ignore lint/nursery/useAwaitThenable: its types name the promise through a namespace that the rule does not follow
    const client = await CDP({ host, port: Number(port), target: page.id })
    return new WatchedPage(client, browser, async () => {
      child.kill()
      await gone
      rmSync(folder, { recursive: true, force: true })
    })
  }

  /** `script` runs before any of the page's own. */
  async goto(url: string, script: string): Promise<void> {
    await this.client.Page.enable()
    await this.client.Page.addScriptToEvaluateOnNewDocument({ source: script })
    await this.client.Page.navigate({ url })
    await this.client.Page.loadEventFired()
  }

  /** The value of an expression, which may be a promise, and counts as a touch. Rejects with what the page threw. */
  async evaluate(expression: string): Promise<unknown> {
    const told = await this.client.Runtime.evaluate({
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    })
    if (told.exceptionDetails)
      throw new Error(told.exceptionDetails.exception?.description ?? told.exceptionDetails.text)
    return told.result.value
  }

  async picture(): Promise<Buffer> {
    const { data } = await this.client.Page.captureScreenshot({ format: 'png' })
    return Buffer.from(data, 'base64')
  }

  async close(): Promise<void> {
    await this.client.close()
    await this.browser.close()
    await this.#end()
  }
}

async function addressIn(stderr: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stderr })) {
    const found = /DevTools listening on (ws:\S+)/.exec(line)
    if (!found?.[1]) continue
    // What it says later is read by nobody, and a pipe that is full would stop it.
    stderr.resume()
    return found[1]
  }
  throw new Error('Chromium ended before it could be spoken to')
}
