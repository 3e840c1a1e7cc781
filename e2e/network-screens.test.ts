import type { Page } from '@playwright/test'
import { Attendant } from './attendant.ts'
import { booksAgree } from './books.ts'
import { freePort } from './host.ts'
import { Customer, expect, test } from './kiosk.ts'

// A tablet and a TV on the shop's network, over HTTPS with the till's own authority: paired by code at the desk, sold on, revoked.

/** What the desk shows for a new screen. */
async function codeFor(page: Page, name: string, kind: string): Promise<string> {
  await page.locator('[data-field=screenName] input').fill(name)
  await page.locator('[data-field=screenLane] input').fill('table-1')
  await page.locator('.screens-new').getByRole('button', { name: kind }).click()
  const before = await page.locator('[data-code]').allTextContents()
  await page.locator('[data-pair]').click()
  await expect(page.locator('[data-code]')).not.toHaveText(before[0] ?? '')
  return (await page.locator('[data-code]').textContent()) ?? ''
}

async function pairs(page: Page, url: string, code: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('textbox', { name: '登録コード' }).fill(code)
  await page.getByRole('button', { name: '登録する' }).click()
}

test('a tablet pairs by code and sells, a TV shows its QR, and revoking ends both @window', async ({
  page,
  till,
  browser,
}) => {
  const port = await freePort()
  const counter = new Customer(page)
  await counter.comes(till)
  // The staff's keys are heard once the page stands.
  await counter.reads('いらっしゃいませ')
  const manager = new Attendant(page)
  await manager.setsUp()
  await page.getByRole('button', { name: '設定' }).click()
  await page.locator('[data-field="network.enabled"]').getByRole('button', { name: 'はい' }).click()
  await page.locator('[data-field="network.port"] input').fill(String(port))
  await page.locator('[data-field="network.address"] input').fill('127.0.0.1')
  await page.locator('[data-save]').click()
  await expect(page.locator('.screens-urls')).toHaveText(`https://127.0.0.1:${port}/`)
  const url = `https://127.0.0.1:${port}/`

  // Each screen is a machine of its own, with its own cookies.
  const options = { ignoreHTTPSErrors: true, locale: 'ja-JP' }
  const tabletsBrowser = await browser.newContext({ ...options, viewport: { width: 1180, height: 820 } })
  const tvsBrowser = await browser.newContext({ ...options, viewport: { width: 1920, height: 1080 } })
  const tablet = await tabletsBrowser.newPage()
  const tv = await tvsBrowser.newPage()
  await pairs(tablet, url, await codeFor(page, 'Tablet', '会計する画面'))
  const customer = new Customer(tablet)
  await customer.reads('いらっしゃいませ')
  await pairs(tv, url, await codeFor(page, 'TV', 'お客さま用の表示'))
  const display = new Customer(tv)
  await display.reads('いらっしゃいませ')
  await expect(tv.getByRole('button')).toHaveCount(0)

  await customer.choosesLunch()
  await customer.asksForCode()
  await display.seesCode()
  await expect(display.qr).toBeInViewport({ ratio: 1 })
  const [code] = await till.paypay.codes()
  expect(await display.scans()).toBe(code?.url)
  expect(await customer.scans()).toBe(code?.url)
  await customer.pays(till)
  await display.reads('お支払いが済みました')
  await display.readsNumber('001')
  await customer.press('おわる')
  await display.reads('いらっしゃいませ')

  await expect(page.locator('[data-screen] .is-on')).toHaveCount(2)
  for (const gone of ['Tablet', 'TV']) {
    const row = page.locator('[data-screen]', { hasText: gone })
    await row.locator('[data-revoke]').click()
    await row.locator('[data-revoke]').click()
    await expect(row).toHaveCount(0)
  }
  await customer.reads('この画面を登録します')
  await display.reads('この画面を登録します')
  await tablet.goto(`${url}?lane=table-1`)
  await customer.reads('この画面を登録します')
  await booksAgree(till, 850)
  await Promise.all([tabletsBrowser.close(), tvsBrowser.close()])
})
