import type { Page } from '@playwright/test'
import { Customer, expect } from './kiosk.ts'

export const MANAGER_PIN = '284915'

/** A person at the desk. */
export class Attendant {
  readonly page: Page
  readonly #screen: Customer
  constructor(page: Page) {
    this.page = page
    this.#screen = new Customer(page)
  }

  /** First start: the manager's PIN is chosen, and the desk is open. */
  async setsUp(): Promise<void> {
    await this.page.keyboard.press('Control+Shift+K')
    await this.#screen.reads('はじめに、店長の暗証番号を決めます')
    await this.#screen.press('次へ')
    await this.#typesNewPin('暗証番号を決めてください')
    await this.#typesNewPin('同じ番号をもう一度入れてください')
    await this.seesDesk()
  }

  async #typesNewPin(asked: string): Promise<void> {
    await expect(this.page.getByText(asked, { exact: true })).toBeVisible()
    await this.types(MANAGER_PIN)
  }

  async types(pin: string): Promise<void> {
    await this.page.keyboard.type(pin)
    await this.page.keyboard.press('Enter')
  }

  /** Five taps in the top right corner, which no customer sees, and the PIN. */
  async getsIn(pin = MANAGER_PIN): Promise<void> {
    await this.tapsCorner()
    await this.seesDoor()
    await this.types(pin)
    await this.seesDesk()
  }

  async tapsCorner(): Promise<void> {
    const width = this.page.viewportSize()?.width ?? 0
    for (let tap = 0; tap < 5; tap += 1) await this.page.mouse.click(width - 20, 20)
  }

  async seesDoor(): Promise<void> {
    await expect(this.page.getByRole('textbox', { name: '暗証番号' })).toBeVisible()
  }

  async seesDesk(): Promise<void> {
    await this.page.getByRole('search').waitFor()
  }

  async presses(name: string): Promise<void> {
    await this.page.getByRole('button', { name }).first().click()
  }

  /** The newest payment is chosen when the desk opens. */
  async givesBack(yen: string): Promise<void> {
    await this.presses('品切れ')
    await this.presses(`¥${yen} を返金する`)
  }
}
