import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { type Ready, startKaikei, tempDir } from '../e2e/host.ts'
import { Paypay } from '../e2e/paypay.ts'
import { findBrowser } from './browser.ts'
import { deskPictures } from './desk-screens.ts'
import { startGallery } from './gallery.ts'
import { GalleryVisit } from './gallery-visit.ts'
import { noOptions, print, root } from './run.ts'

/**
 * Pictures into docs/screens/, at the three sizes: of the running product, and of screens that a sale rarely meets, which are
 * drawn from made-up data (docs/screens/README.md says which). Look at them.
 */
const sizes = {
  '1080x1920': { width: 1080, height: 1920 },
  '1280x800': { width: 1280, height: 800 },
  '800x480': { width: 800, height: 480 },
}

noOptions('npm run screens    makes the pictures in docs/screens/ anew')
const folder = join(root, 'docs/screens')
mkdirSync(folder, { recursive: true })
const browser = await findBrowser()
if (browser.path === null) {
  print(browser.says)
  process.exit(1)
}

type Size = keyof typeof sizes
const chrome = await chromium.launch({ executablePath: browser.path })
try {
  await running()
  await shut()
  await drawn()
  await desk()
} finally {
  await chrome.close()
}

function open(size: Size): Promise<Page> {
  return chrome.newPage({ viewport: sizes[size], locale: 'ja-JP', reducedMotion: 'reduce' })
}

/** A sale, from the welcome to the thank-you, and the customer's phone. */
async function running(): Promise<void> {
  const data = tempDir()
  const till = startKaikei(['--data-dir', data.path])
  const { kioskUrl, phoneUrl, paypayUrl } = await till.ready<Ready>()
  const paypay = new Paypay(paypayUrl)
  try {
    for (const size of Object.keys(sizes) as Size[]) {
      const page = await open(size)
      await page.goto(`${kioskUrl}?lane=${size}`)
      await sale(page, paypay, phoneUrl, async name => {
        // Pictures load, and a touch within 300 ms of a new screen is not taken.
        await page.waitForTimeout(600)
        await page.screenshot({ path: join(folder, `${name}-${size}.png`) })
      })
      await page.close()
      print(`docs/screens: a sale at ${size}`)
    }
  } finally {
    await till.end()
    data.remove()
  }
}

/** A till whose PayPay is not there. */
async function shut(): Promise<void> {
  const data = tempDir()
  const nowhere = ['--data-dir', data.path, '--paypay-url', 'http://127.0.0.1:9']
  const till = startKaikei(nowhere, { KAIKEI_API_KEY: 'key', KAIKEI_API_SECRET: 'a-secret-of-nothing' })
  const { kioskUrl } = await till.ready<Ready>()
  try {
    for (const size of Object.keys(sizes) as Size[]) {
      const page = await open(size)
      await page.goto(`${kioskUrl}?lane=${size}`)
      await page.locator('h1', { hasText: 'お支払いを休んでいます' }).waitFor()
      await page.screenshot({ path: join(folder, `closed-${size}.png`) })
      await page.close()
    }
  } finally {
    await till.end()
    data.remove()
  }
}

/** The attendant's desk, at a tablet's size. */
async function desk(): Promise<void> {
  const size = '1280x800'
  await deskPictures(
    () => open(size),
    async (page, name) => {
      await page.waitForTimeout(600)
      await page.screenshot({ path: join(folder, `${name}-${size}.png`) })
    },
  )
  print('docs/screens: the desk')
}

/** What the gallery draws, by the name of its picture. */
async function drawn(): Promise<void> {
  const everySize = Object.keys(sizes) as Size[]
  const wishes = [
    ...[
      'keypad',
      'returned',
      'problem-unknown',
      'still-there',
      'code-last',
      'review-long',
      'receipt-open-print',
      'network-pair',
      'network-authority',
      'network-display-code',
    ].map(screen => ({ screen, set: 'ja', at: everySize }) as const),
    { screen: 'code', set: 'en', at: everySize },
    { screen: 'menu', set: 'ko', at: ['1280x800'] },
    { screen: 'thank-you', set: 'zh', at: ['1280x800'] },
    { screen: 'menu', set: 'ja-large', at: ['1280x800'] },
    { screen: 'code', set: 'ja-contrast', at: ['1280x800'] },
  ] as const
  const gallery = await startGallery()
  try {
    for (const { screen, set, at } of wishes)
      for (const size of at) {
        const page = await open(size)
        const visit = new GalleryVisit(page, set)
        await visit.comes(gallery.url)
        await visit.shows(screen)
        const name = set === 'ja' ? screen : `${screen}-${set}`
        await page.screenshot({ path: join(folder, `${name}-${size}.png`) })
        await page.close()
      }
  } finally {
    await gallery.close()
  }
}

async function sale(
  page: Page,
  paypay: Paypay,
  phoneUrl: string,
  shot: (name: string) => Promise<void>,
): Promise<void> {
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
  const phone = await chrome.newPage({ viewport: { width: 480, height: 900 }, locale: 'ja-JP' })
  await phone.goto(phoneUrl)
  await phone.locator('button').first().waitFor()
  await phone.screenshot({ path: join(folder, 'phone.png') })
  await phone.close()
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
