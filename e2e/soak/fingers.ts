import type { Page } from '@playwright/test'

/** Longer than the page guards against a double tap (`settleMs` of `renderer/checkout/delays.ts`). */
const GUARDED_MS = 600

/**
 * A customer who is quicker than any: presses as soon as something is there, and waits for no animation. For the time in which
 * the page takes no press, as it may be the second tap of a double tap, the page's clock is put forward.
 */
export class Fingers {
  readonly #page: Page
  constructor(page: Page) {
    this.#page = page
  }

  /** To be called before the page is opened. */
  async hurry(): Promise<void> {
    await this.#page.addInitScript(guardedMs => {
      const now = performance.now.bind(performance)
      let skippedMs = 0
      performance.now = () => now() + skippedMs
      addEventListener('click', () => (skippedMs += guardedMs), { capture: true })
    }, GUARDED_MS)
  }

  press(name: string): Promise<void> {
    return this.#page.getByRole('button', { name }).first().dispatchEvent('click')
  }

  /** Again and again, as people do when a press does nothing: the lane may not be free yet. */
  async pressUntilThereIs(name: string, next: string): Promise<void> {
    const button = this.#page.getByRole('button', { name: next }).first()
    for (let tries = 0; tries < 50 && (await button.count()) === 0; tries += 1) {
      await this.#page
        .getByRole('button', { name })
        .evaluateAll(([one]) => (one as HTMLElement | undefined)?.click())
      await button.waitFor({ timeout: 200 }).catch(() => {})
    }
  }

  async sees(title: string): Promise<void> {
    await this.#page.getByRole('heading', { level: 1, name: title }).waitFor()
  }

  async seesCode(): Promise<void> {
    await this.#page.getByRole('img', { name: /QRコード$/ }).waitFor()
  }
}
