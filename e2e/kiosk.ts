import { test as base, expect, type Page } from '@playwright/test'
import jsqr from 'jsqr'
import { PNG } from 'pngjs'
import { Paypay, type Program, type Ready, startKaikei, startSimulator, tempDir } from './host.ts'

// jsqr is CommonJS whose types name a default that Node gives one level up.
const decode =
  (jsqr as unknown as { default?: typeof jsqr.default }).default ?? (jsqr as unknown as typeof jsqr.default)

export const KEYS = { KAIKEI_API_KEY: 'key', KAIKEI_API_SECRET: 'top-secret-word' }

/** A till, its PayPay and its data, all of it real processes; gone after the test. */
export class Till {
  readonly paypay: Paypay
  url = ''
  #host: Program | null = null
  readonly #simulator: Program
  readonly #data = tempDir()
  readonly #paypayUrl: string

  private constructor(simulator: Program, paypayUrl: string) {
    this.#simulator = simulator
    this.#paypayUrl = paypayUrl
    this.paypay = new Paypay(paypayUrl)
  }

  static async open(): Promise<Till> {
    const simulator = startSimulator([])
    const { paypayUrl } = await simulator.ready<{ paypayUrl: string }>()
    const till = new Till(simulator, paypayUrl)
    await till.start()
    return till
  }

  /** Starts the host, on the same port as before, so that a waiting page finds it again. */
  async start(): Promise<void> {
    const port = this.url === '' ? '0' : new URL(this.url).port
    this.#host = startKaikei(
      ['--port', port, '--data-dir', this.#data.path, '--paypay-url', this.#paypayUrl],
      KEYS,
    )
    this.url = (await this.#host.ready<Ready>()).kioskUrl
  }

  async kill(): Promise<void> {
    await this.#host?.end('SIGKILL')
  }

  async close(): Promise<void> {
    await this.#host?.end()
    await this.#simulator.end()
    this.#data.remove()
  }
}

export const test = base.extend<{ till: Till }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  till: async ({}, use) => {
    const till = await Till.open()
    await use(till)
    await till.close()
  },
})

/** A person in front of the screen. Names what they read and press. */
export class Customer {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  async comes(till: Till, lane = 'main'): Promise<void> {
    await this.page.goto(`${till.url}?lane=${lane}`)
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: false }).first().click()
  }

  async reads(title: string): Promise<void> {
    await expect(this.page.locator('h1', { hasText: title })).toBeVisible()
  }

  /** 唐揚げ弁当 and ほうじ茶, ¥850. */
  async choosesLunch(): Promise<void> {
    await this.press('注文をはじめる')
    await this.press('唐揚げ弁当 を1つ追加')
    await this.press('ほうじ茶 を1つ追加')
    await this.press('お会計へ')
    await this.reads('ご注文の確認')
  }

  async wantsToPay(till: Till): Promise<void> {
    await this.comes(till)
    await this.choosesLunch()
    await this.press('PayPayで支払う')
    await this.seesCode()
  }

  async seesCode(): Promise<void> {
    await expect(this.page.locator('.qr svg')).toBeVisible()
  }

  /** What a phone would read off the screen as it is. */
  async scans(): Promise<string> {
    const { data, width, height } = PNG.sync.read(await this.page.screenshot())
    return decode(new Uint8ClampedArray(data), width, height)?.data ?? ''
  }
}

export { expect }
