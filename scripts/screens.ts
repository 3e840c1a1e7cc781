import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { type Ready, startKaikei, tempDir } from '../e2e/host.ts'
import { Paypay } from '../e2e/paypay.ts'
import { findBrowser } from './browser.ts'
import { print, root } from './run.ts'

/** Pictures of the running product, at its three sizes, into docs/screens/. Look at them. */
const sizes = {
  '1080x1920': { width: 1080, height: 1920 },
  '1280x800': { width: 1280, height: 800 },
  '800x480': { width: 800, height: 480 },
}

const folder = join(root, 'docs/screens')
mkdirSync(folder, { recursive: true })
const browser = await findBrowser()
if (browser.path === null) {
  print(browser.says)
  process.exit(1)
}

const data = tempDir()
const till = startKaikei(['--data-dir', data.path])
const { kioskUrl, paypayUrl } = await till.ready<Ready>()
const paypay = new Paypay(paypayUrl)
const chrome = await chromium.launch({ executablePath: browser.path })
try {
  for (const [size, viewport] of Object.entries(sizes)) {
    const page = await chrome.newPage({ viewport, locale: 'ja-JP', reducedMotion: 'reduce' })
    await page.goto(`${kioskUrl}?lane=${size}`)
    await sale(page, async name => {
      // Pictures load, and a touch within 300 ms of a new screen is not taken.
      await page.waitForTimeout(600)
      await page.screenshot({ path: join(folder, `${name}-${size}.png`) })
    })
    await page.close()
    print(`docs/screens/*-${size}.png`)
  }
} finally {
  await chrome.close()
  await till.end()
  data.remove()
}

async function sale(page: Page, shot: (name: string) => Promise<void>): Promise<void> {
  const press = (name: string): Promise<void> => page.getByRole('button', { name }).first().click()
  await page.locator('h1', { hasText: 'いらっしゃいませ' }).waitFor()
  await shot('attract')
  await press('注文をはじめる')
  for (const name of ['唐揚げ弁当', 'ほうじ茶', 'ほうじ茶', '保冷バッグ']) await press(`${name} を1つ追加`)
  await page.locator('.rail button').first().click()
  await shot('menu')
  await press('お会計へ')
  await shot('review')
  await press('PayPayで支払う')
  await page.locator('.qr').waitFor()
  await shot('code')
  await paypay.press('decline')
  await page.locator('h1', { hasText: 'お金は引かれていません' }).waitFor()
  await shot('declined')
  await press('もう一度支払う')
  await page.locator('.qr').waitFor()
  // The answer to the next read is lost for a while: the screen says that PayPay is being asked.
  await paypay.put('faults', [{ endpoint: 'getPayment', what: { kind: 'status', status: 503 } }])
  await page.locator('h1', { hasText: 'PayPayに確認しています' }).waitFor()
  await shot('checking')
  await paypay.put('faults', [])
  await paypay.press('approve')
  await page.locator('.claim').waitFor()
  await shot('thank-you')
  await press('おわる')
  await page.locator('h1', { hasText: 'いらっしゃいませ' }).waitFor()
}
