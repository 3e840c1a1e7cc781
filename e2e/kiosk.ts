import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { test as base, expect, type Locator, type Page } from '@playwright/test'
import jsqr from 'jsqr'
import { PNG } from 'pngjs'
import { freePort, KEYS, type Program, type Ready, startKaikei, startSimulator, tempDir } from './host.ts'
import { Paypay } from './paypay.ts'

// jsqr is CommonJS whose types name a default that Node gives one level up.
const decode =
  (jsqr as unknown as { default?: typeof jsqr.default }).default ?? (jsqr as unknown as typeof jsqr.default)

/** A till, its PayPay and its data, all of it real processes; gone after the test. */
export class Till {
  readonly url: string
  readonly paypay: Paypay
  readonly dataDir: string
  protected readonly folder = tempDir()
  readonly #ports: { readonly host: string; readonly paypay: string }
  #host: Program | null = null
  #simulator: Program | null = null

  /** `inFolder`: where in the test's folder the data lies. */
  protected constructor(ports: { host: number; paypay: number }, inFolder = '') {
    this.#ports = { host: String(ports.host), paypay: String(ports.paypay) }
    this.url = `http://127.0.0.1:${ports.host}/`
    this.paypay = new Paypay(`http://127.0.0.1:${ports.paypay}`)
    this.dataDir = join(this.folder.path, inFolder)
    mkdirSync(this.dataDir, { recursive: true })
    // The quickest that PayPay allows, so that a test does not wait for longer than it must.
    this.folder.file(join(inFolder, 'settings.json'), JSON.stringify({ pollIntervalMs: 2_000 }))
  }

  /** Nothing runs yet. */
  static async build(): Promise<Till> {
    return new Till({ host: await freePort(), paypay: await freePort() })
  }

  /** Puts its page in front of somebody. */
  async shows(page: Page, lane: string): Promise<void> {
    await page.goto(`${this.url}?lane=${lane}`)
  }

  /** The page of its own window; null: whoever comes brings a browser. */
  get ownPage(): Page | null {
    return null
  }

  /** Starts the host, on the same port and data as before, so that a waiting page finds it again. */
  async start(
    env: Record<string, string> = {},
    args: readonly string[] = [],
  ): Promise<Pick<Program, 'pid' | 'stderr'>> {
    this.#host = startKaikei(
      ['--port', this.#ports.host, '--data-dir', this.dataDir, '--paypay-url', this.paypay.url, ...args],
      { ...KEYS, ...env },
    )
    await this.#host.ready<Ready>()
    return this.#host
  }

  /** Calls a method of the customer's contract as a page would. */
  async call(method: string, input: object): Promise<Answer> {
    return callHost(this.url, method, input)
  }

  /** The same with the attendant's. */
  async callDesk(method: string, input: object): Promise<Answer> {
    return callHost(this.url, method, input, 'desk')
  }

  async kill(): Promise<void> {
    await this.#host?.end('SIGKILL')
  }

  /** Killed and started again at once. */
  async crash(): Promise<void> {
    await this.kill()
    await this.start()
  }

  /** PayPay comes, or comes back: with its book, and with neither faults nor switches. */
  async paypayComes(): Promise<void> {
    const stateFile = `${this.dataDir}/paypay.jsonl`
    this.#simulator = startSimulator(['--port', this.#ports.paypay, '--state-file', stateFile])
    await this.#simulator.ready()
  }

  async paypayGoesAway(): Promise<void> {
    await this.#simulator?.end('SIGKILL')
  }

  /** Waits until PayPay has got such a request, whatever becomes of its answer. */
  async asksPaypay(method: string, path: RegExp): Promise<void> {
    await expect
      .poll(async () =>
        (await this.paypay.requests()).some(one => one.method === method && path.test(one.path)),
      )
      .toBe(true)
  }

  async close(): Promise<void> {
    await Promise.all([this.#host?.end(), this.#simulator?.end()])
    this.folder.remove()
  }
}

/** Who stands behind the page, as the project has it: the server's host, or Electron's main with a window, on the stand-in or on Electron's own program. */
export type HostOption = { readonly host: 'server' | 'standin' | 'electron' }

/** What drives a window is loaded only where one is asked for. */
const makers: Readonly<Record<HostOption['host'], () => Promise<Till>>> = {
  server: () => Till.build(),
  standin: async () => (await import('./window-till.ts')).StandinTill.build(),
  electron: async () => (await import('./window-till.ts')).ElectronTill.build(),
}

export const test = base.extend<{ till: Till; shutTill: Till } & HostOption>({
  host: ['server', { option: true }],
  /** Built, and nothing of it is running. */
  shutTill: async ({ host }, use) => {
    const till = await makers[host]()
    await use(till)
    await till.close()
  },
  /** A window brings its own page, another one after each start. */
  page: async ({ page, shutTill }, use) => {
    await use(shutTill.ownPage ?? page)
  },
  till: async ({ shutTill }, use) => {
    await shutTill.paypayComes()
    await shutTill.start()
    await use(shutTill)
  },
})

/** A person in front of the screen. Names what they read and press. */
export class Customer {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  async comes(till: Till, lane = 'main'): Promise<void> {
    await till.shows(this.page, lane)
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: false }).first().click()
  }

  async reads(title: string): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  }

  /** The number that staff call out, and nobody else's. */
  async readsNumber(number: string): Promise<void> {
    await expect(this.page.getByText(number, { exact: true })).toBeVisible()
  }

  /** 唐揚げ弁当 and ほうじ茶, ¥850. */
  async choosesLunch(): Promise<void> {
    await this.press('注文をはじめる')
    await this.press('唐揚げ弁当 を1つ追加')
    await this.press('ほうじ茶 を1つ追加')
    await this.press('お会計へ')
    await this.reads('ご注文の確認')
  }

  /** Presses "pay" and waits for nothing. */
  async asksToPay(till: Till, lane = 'main'): Promise<void> {
    await this.comes(till, lane)
    await this.choosesLunch()
    await this.press('PayPayで支払う')
  }

  async wantsToPay(till: Till, lane = 'main'): Promise<void> {
    await this.asksToPay(till, lane)
    await this.seesCode()
  }

  /**
   * Pays when the till has begun to take the money back: the code's making was not answered, so a cancel is on its way.
   * `cancel` is what becomes of every cancel until the faults are set anew.
   */
  async paysTooLate(till: Till, cancel: object = { kind: 'dropRequest' }): Promise<void> {
    await till.paypay.faults(
      { endpoint: 'createCode', when: { nth: 1 }, what: { kind: 'dropAnswer' } },
      { endpoint: 'cancelPayment', what: cancel },
    )
    await this.asksToPay(till)
    await till.asksPaypay('DELETE', /\/payments\//)
    await till.paypay.press('approve')
  }

  /** From the review to the code. */
  async asksForCode(): Promise<void> {
    await this.press('PayPayで支払う')
    await this.seesCode()
  }

  /** Pays the newest code with the phone, and is told so. */
  async pays(till: Pick<Till, 'paypay'>): Promise<void> {
    await till.paypay.press('approve')
    await this.reads('お支払いが済みました')
  }

  /** Again and again, as people do: while the page waits for a host that starts, a press is told so and does nothing. */
  async triesAgain(): Promise<void> {
    const again = this.page.getByRole('button', { name: 'もう一度支払う' }).first()
    await expect(async () => {
      if (await again.isVisible()) await again.click()
      await expect(this.qr).toBeVisible({ timeout: 3_000 })
    }).toPass({ timeout: 30_000 })
  }

  get qr(): Locator {
    return this.page.getByRole('img', { name: /QRコード$/ })
  }

  async seesCode(): Promise<void> {
    await expect(this.qr).toBeVisible()
  }

  /** What a phone would read off the screen as it is. */
  async scans(): Promise<string> {
    const { data, width, height } = PNG.sync.read(await this.page.screenshot())
    return decode(new Uint8ClampedArray(data), width, height)?.data ?? ''
  }
}

export type Answer = { readonly ok: boolean; readonly failure?: unknown; readonly value?: unknown }

/** Calls a method of the server's host as a page would, without a page. */
export async function callHost(
  kioskUrl: string,
  method: string,
  input: unknown,
  contract: 'api' | 'desk' = 'api',
): Promise<Answer> {
  const response = await fetch(`${kioskUrl}${contract}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  })
  return (await response.json()) as Answer
}

export { expect }
