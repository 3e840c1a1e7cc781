import { readFile } from 'node:fs/promises'
import { ledgerIsSound } from './books.ts'
import { Customer, expect, test } from './kiosk.ts'

// A day at the desk on the real engine, ledger and PayPay's simulator: its figures, its close, its tables, and PayPay's file beside it.

test('a sale is in the day, the day is closed, kept as a table, and agrees with PayPay’s file', async ({
  page,
  till,
}) => {
  const refused: string[] = []
  page.on('console', message => {
    if (/Content Security Policy/.test(message.text())) refused.push(message.text())
  })
  const customer = new Customer(page)
  await customer.wantsToPay(till)
  await customer.pays(till)
  await customer.press('おわる')
  await page.keyboard.press('Control+Shift+K')
  await customer.press('次へ')
  for (let times = 0; times < 2; times += 1) {
    await page
      .getByText(times === 0 ? '暗証番号を決めてください' : '同じ番号をもう一度', { exact: false })
      .first()
      .waitFor()
    await page.keyboard.type('284915')
    await page.keyboard.press('Enter')
  }
  await page.getByRole('button', { name: '日計', exact: true }).click()
  const report = page.getByRole('region', { name: '日計表' })
  await expect(report.locator('.day-net strong')).toHaveText('¥850')
  await expect(report.getByRole('table', { name: '商品別' })).toContainText('ほうじ茶')
  await expect(report.locator('.day-chart .recharts-bar-rectangle').first()).toBeVisible()

  await page.getByLabel('覚え書き').fill('レジ点検')
  await page.keyboard.press('Enter')
  await expect(page.getByText('レジ点検')).toBeVisible()
  await expect(report.getByText('締め済', { exact: true })).toBeVisible()

  const kept = page.waitForEvent('download')
  await page.getByRole('button', { name: '明細 CSV' }).click()
  const download = await kept
  expect(download.suggestedFilename()).toMatch(/^kaikei-\d{4}-\d\d-\d\d-sales\.csv$/)
  const table = await readFile(await download.path(), 'utf8')
  expect(table.startsWith('\uFEFF日時,区分,')).toBe(true)
  expect(table).toContain('売上,001,main,ほうじ茶')

  await page.getByRole('button', { name: 'PayPayと照合' }).click()
  const day = download.suggestedFilename().slice('kaikei-'.length, -'-sales.csv'.length)
  const answer = await fetch(`${till.paypay.url}/_simulator/reconciliation-file?day=${day}`)
  const name = /filename="(.*)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? ''
  const buffer = Buffer.from(await answer.arrayBuffer())
  const field = page.getByLabel('ファイルを選ぶ')
  await field.setInputFiles({ name: 'sales.csv', mimeType: 'text/csv', buffer })
  await expect(page.getByText('このファイルは照合に使えません')).toBeVisible()
  await field.setInputFiles({ name, mimeType: 'text/csv', buffer })
  await expect(page.getByRole('heading', { name: 'すべて一致' })).toBeVisible()
  // The chart draws within what the page is allowed.
  expect(refused).toEqual([])
  await ledgerIsSound(till.dataDir)
})

test('a file of the largest size that is read comes through to its fault @server', async ({ page, till }) => {
  const customer = new Customer(page)
  await customer.wantsToPay(till)
  const most = Buffer.alloc(20 * 1024 * 1024 + 1, 0x20).toString('base64')
  const answer = await page.request.post(new URL('/desk/compareDay', page.url()).href, {
    data: { day: '2026-11-24', file: { name: 'a.csv', base64: most }, session: 'nobody' },
  })
  // It was read, and its sender is nobody.
  expect(await answer.json()).toEqual({ ok: false, failure: { kind: 'signedOut' } })
})
