import type { Page } from '@playwright/test'
import { Customer, expect, test } from './kiosk.ts'

// A till is touched. An arrow that stands where the last finger was looks broken, and hides what is under it.

const cursors = (page: Page) =>
  page.evaluate(() =>
    ['.screen', '.screen h1', '.screen button'].map(
      one => getComputedStyle(document.querySelector(one) as Element).cursor,
    ),
  )
const GONE = ['none', 'none', 'none']

test('a screen that is touched shows none; a mouse that moves shows it again', async ({ browser, till }) => {
  const context = await browser.newContext({ hasTouch: true, locale: 'ja-JP' })
  const page = await context.newPage()
  const customer = new Customer(page)
  await customer.comes(till)
  await customer.reads('いらっしゃいませ')
  await page.mouse.move(50, 300)
  expect((await cursors(page)).at(-1)).toBe('pointer')
  await page.getByRole('button', { name: '注文をはじめる' }).tap()
  await expect(page.getByRole('button', { name: 'お会計へ' })).toBeVisible()
  expect(await cursors(page)).toEqual(GONE)
  await page.mouse.move(60, 310)
  expect((await cursors(page)).at(-1)).toBe('pointer')
  await context.close()
})

test('a touch screen that nobody has touched yet shows none either', async ({ browser, till }) => {
  // Chromium's touch emulation says "coarse, and hovers over nothing", as a kiosk without a mouse does.
  const context = await browser.newContext({ hasTouch: true, isMobile: true, locale: 'ja-JP' })
  const page = await context.newPage()
  const customer = new Customer(page)
  await customer.comes(till)
  await customer.reads('いらっしゃいませ')
  expect(await cursors(page)).toEqual(GONE)
  await context.close()
})
