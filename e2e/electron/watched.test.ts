import type { Page } from '@playwright/test'
import { Customer, expect } from '../kiosk.ts'
import { type Kiosk, test } from './kiosk.ts'

// After hours of service a page hangs, turns white, or dies again and again. Nobody is there to press a key.

/** Main looks every second, waits three for an answer, and a page needs a moment to load on a busy machine. */
const BACK_WITHIN_MS = 15_000

async function paying({ page }: Kiosk): Promise<void> {
  const customer = new Customer(page)
  await customer.choosesLunch()
  await customer.press('PayPayで支払う')
  await customer.seesCode()
}

const misfortunes: Readonly<Record<string, (page: Page) => void>> = {
  'a page that hangs': page => {
    page
      .evaluate(() => {
        for (;;);
      })
      .catch(() => undefined)
  },
  'a page that turns white': page => {
    page.evaluate(() => document.getElementById('page')?.remove()).catch(() => undefined)
  },
}

for (const [name, happens] of Object.entries(misfortunes))
  test(`${name} is replaced, and the customer goes on with the same code`, async ({ kiosk }) => {
    await paying(kiosk)
    const [code] = await kiosk.paypay.codes()
    const next = kiosk.standin.nextPage()
    const atMs = performance.now()
    happens(kiosk.page)
    const after = new Customer(await next)
    await after.seesCode()
    expect(performance.now() - atMs).toBeLessThan(BACK_WITHIN_MS)
    expect(await after.scans()).toBe(code?.url)
    await kiosk.paypay.press('approve')
    await after.reads('お支払いが済みました')
  })

test('a page that dies as often as it is opened gives way to plain words that call staff', async ({
  kiosk,
}) => {
  let { page } = kiosk
  for (let time = 0; time < 6; time += 1) {
    const next = kiosk.standin.nextPage()
    const cdp = await page.context().newCDPSession(page)
    // It never answers, because nobody is there to.
    cdp.send('Page.crash').catch(() => undefined)
    page = await next
  }
  await expect(page.getByRole('heading', { name: 'ただいまお休みしています' })).toBeVisible()
  await expect(page.getByText('Please call staff')).toBeVisible()
  expect(await page.evaluate(() => document.scripts.length)).toBe(0)
  expect(kiosk.standin.stderr).toContain('the page died too often')
})
