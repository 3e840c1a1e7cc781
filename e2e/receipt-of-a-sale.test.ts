import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { readQr } from '../scripts/qr-reader.ts'
import { ledgerRows } from './books.ts'
import { Customer, expect, test } from './kiosk.ts'

// After a real sale: the receipt on the screen and out of the printer, and what becomes of it when it does not come.

test.beforeEach(async ({ shutTill: till }) => {
  const receipt = { issuer: '株式会社こかげ', registrationNumber: 'T7000012050002', paperMm: 80 }
  writeFileSync(join(till.dataDir, 'settings.json'), JSON.stringify({ pollIntervalMs: 2_000, receipt }))
  await till.paypayComes()
  await till.start()
})

test('is shown, is right to the yen, and printed twice says the second time that it is a copy', async ({
  page,
  shutTill: till,
}) => {
  const customer = new Customer(page)
  const asked: string[] = []
  page.on('request', request => asked.push(new URL(request.url()).pathname))
  await customer.wantsToPay(till)
  await printsIntoPage(page)
  await customer.pays(till)
  const before = asked.filter(path => path.startsWith('/assets/')).length

  await customer.press('レシート')
  const sheet = page.getByRole('dialog', { name: 'レシート' })
  const card = sheet.getByRole('region', { name: '領収書' })
  await expect(card).toContainText('株式会社こかげ')
  // What draws receipts has only now been asked for: the page starts without it.
  expect(asked.filter(path => path.startsWith('/assets/')).length).toBeGreaterThan(before)
  for (const said of [/合計\s*¥850/, /8%対象\s*¥850/, /内消費税等\s*¥62/, /PayPayでお支払い\s*¥850/])
    await expect(card).toContainText(said)
  await expect(card).not.toContainText('再発行')
  const [sold] = await ledgerRows(till.dataDir)
  expect(readQr(await card.locator('.qr').screenshot())).toBe(`KAIKEI-R1:${sold?.checkoutId}`)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(
    violations.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).join(', ')}`),
  ).toEqual([])

  await customer.press('印刷する')
  await expect(sheet).toContainText('プリンターに送りました')
  await customer.press('印刷する')
  await expect.poll(() => papersOf(page)).toHaveLength(2)
  const [first, second] = await papersOf(page)
  for (const paper of [first, second])
    expect(paper).toMatchObject({ width: 80, text: expect.stringMatching('¥850') })
  expect(first?.text).not.toContain('再発行')
  expect(second?.text).toContain('再発行 1回目')

  await customer.press('とじる')
  await expect(sheet).toHaveCount(0)
  await customer.readsNumber('001')
  await customer.press('おわる')
  await customer.reads('いらっしゃいませ')
})

test('that does not come is told in a sentence, the thank-you stays, and it may be asked for again @server', async ({
  page,
  shutTill: till,
}) => {
  const customer = new Customer(page)
  await customer.wantsToPay(till)
  await customer.pays(till)
  // Once what draws it, once what is on it.
  for (const path of ['**/assets/*', '**/api/getReceipt']) {
    await page.route(path, route => route.abort())
    await customer.press('レシート')
    await expect(page.getByText('いまレシートを出せません')).toBeVisible()
    await customer.readsNumber('001')
    await page.unroute(path)
    await customer.press('レシート')
    await expect(page.getByRole('dialog')).toContainText('株式会社こかげ')
    // Also in its styles.
    await expect(page.locator('.receipt')).toHaveCSS('display', 'grid')
    await customer.press('とじる')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
})

type Paper = { readonly width: number; readonly text: string }

/** A printer that keeps what it gets, and says that it is done. */
async function printsIntoPage(page: Page): Promise<void> {
  await page.evaluate(() => {
    const papers: Paper[] = []
    Object.assign(window, { papers })
    window.print = () => {
      const paper = document.querySelector('.receipt-print .receipt')
      const width = Number(paper?.getAttribute('data-paper'))
      papers.push({ width, text: paper?.textContent ?? '' })
      dispatchEvent(new Event('afterprint'))
    }
  })
}

function papersOf(page: Page): Promise<readonly Paper[]> {
  return page.evaluate(() => (window as unknown as { papers: readonly Paper[] }).papers)
}
