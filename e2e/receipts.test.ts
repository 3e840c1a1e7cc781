import { expect, type Page, test } from '@playwright/test'
import { startGallery } from '../scripts/gallery.ts'
import { readQr } from '../scripts/qr-reader.ts'

// Receipts as they come out of Chromium's own printing: one page, as wide as the roll and as long as the receipt, nothing beyond
// what the printer's head reaches, nothing else of the page, and a code that a scanner reads.

let gallery: Awaited<ReturnType<typeof startGallery>>
test.beforeAll(async () => {
  gallery = await startGallery()
})
test.afterAll(() => gallery.close())

/** What the heads of such printers reach, in mm. */
const printableMm = { 58: 48, 80: 72 } as const
/** In dots of 72 to an inch, as PDF counts; Chromium rounds a page to whole px. */
const POINTS_PER_MM = 72 / 25.4

for (const [name, paperMm] of [
  ['receipt-58', 58],
  ['receipt-80', 80],
  ['receipt-training-58', 58],
  ['receipt-names-58', 58],
  ['receipt-names-80', 80],
  ['receipt-long-58', 58],
  ['return-whole-80', 80],
  ['return-amount-58', 58],
] as const)
  for (const locale of ['ja', 'en'] as const)
    test(`${name} in ${locale} is one page of ${paperMm} mm with all of it on it`, async ({ page }) => {
      await printsWithoutPrinter(page)
      await page.goto(`${gallery.url}?screen=${name}&locale=${locale}&print=1`)
      await expect.poll(() => page.evaluate(() => document.documentElement.dataset.printed)).toBe('1')

      await page.emulateMedia({ media: 'print' })
      const paper = page.locator('.receipt-print .receipt')
      await expect(page.locator('#page')).toBeHidden()
      expect(await paper.evaluate(outsideOf, { paperMm, printableMm: printableMm[paperMm] })).toEqual([])
      expect(readQr(await page.locator('.receipt-print .qr').screenshot())).toMatch(
        /^KAIKEI-R1:[0-9a-f-]{36}$/,
      )

      const { height } = (await paper.boundingBox()) ?? { height: 0 }
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
      const boxes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(box => [
        +(box[1] ?? 0),
        +(box[2] ?? 0),
      ])
      expect(boxes).toHaveLength(1)
      expect(Math.abs((boxes[0]?.[0] ?? 0) - paperMm * POINTS_PER_MM)).toBeLessThan(1)
      const beyond = (boxes[0]?.[1] ?? 0) - height * 0.75
      expect(beyond).toBeGreaterThan(0)
      expect(beyond).toBeLessThan(3 * POINTS_PER_MM)

      // Printing is over: the page is as it was.
      await page.evaluate(() => dispatchEvent(new Event('afterprint')))
      await expect(page.locator('.receipt-print')).toHaveCount(0)
      expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0)
      await expect(page.locator('.receipt-card')).toBeVisible()
    })

test('a second printing takes the place of a first one that never said it was over', async ({ page }) => {
  await printsWithoutPrinter(page)
  await page.goto(`${gallery.url}?screen=receipt-58&print=1`)
  const printed = (times: string) =>
    expect.poll(() => page.evaluate(() => document.documentElement.dataset.printed)).toBe(times)
  await printed('1')
  await page.evaluate(() => {
    history.pushState(null, '', '?screen=return-whole-80&print=1')
    dispatchEvent(new PopStateEvent('popstate'))
  })
  await printed('2')
  await expect(page.locator('.receipt-print h2')).toHaveText('返金明細書')
  const sizes = await page.evaluate(() =>
    document.adoptedStyleSheets.map(sheet => sheet.cssRules[0]?.cssText),
  )
  expect(sizes).toEqual([expect.stringMatching(/size: 80mm \d+mm/)])
})

/** The page is served under the policy of the product's hosts, and tells of each time it asks to be printed. */
async function printsWithoutPrinter(page: Page): Promise<void> {
  page.on('pageerror', error => {
    throw error
  })
  await page.route('**/?screen=*', async route => {
    const policy =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
    const answer = await route.fetch()
    await route.fulfill({
      response: answer,
      headers: { ...answer.headers(), 'content-security-policy': policy },
    })
  })
  await page.addInitScript(() => {
    window.print = () => {
      const { dataset } = document.documentElement
      dataset.printed = String(Number(dataset.printed ?? 0) + 1)
    }
  })
}

/** Runs in the page: what stands outside the reach of the head, or is wider than its place. */
function outsideOf(
  paper: Element,
  { paperMm, printableMm }: { paperMm: number; printableMm: number },
): string[] {
  const pxPerMm = 96 / 25.4
  const whole = paper.getBoundingClientRect()
  const margin = ((paperMm - printableMm) / 2) * pxPerMm
  const outside: string[] = []
  if (Math.abs(whole.width - paperMm * pxPerMm) > 1) outside.push(`the paper is ${whole.width} px wide`)
  const texts = document.createTreeWalker(paper, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const range = document.createRange()
    range.selectNodeContents(node)
    for (const { left, right } of range.getClientRects())
      if (left < whole.left + margin - 0.5 || right > whole.right - margin + 0.5)
        outside.push(`${node.textContent}: ${left} to ${right}`)
  }
  const rights = [...paper.querySelectorAll('dd, .line-yen')].map(
    amount => amount.getBoundingClientRect().right,
  )
  if (Math.max(...rights) - Math.min(...rights) > 0.5) outside.push(`amounts end at ${rights.join(', ')}`)
  return outside
}
