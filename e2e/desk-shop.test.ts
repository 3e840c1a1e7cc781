import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { PNG } from 'pngjs'
import { ledgerIsSound } from './books.ts'
import { Customer, expect, type Till, test } from './kiosk.ts'

// Running the shop through the screen, on the real engine and its files: what a manager changes is what the next customer sees.

const PIN = '284915'

/** The first start: a manager chooses a PIN and is in. */
async function staffCome(page: Page): Promise<void> {
  await page.keyboard.press('Control+Shift+K')
  await page.getByRole('button', { name: '次へ' }).click()
  for (const asks of ['暗証番号を決めてください', '同じ番号をもう一度入れてください']) {
    await expect(page.getByText(asks, { exact: true })).toBeVisible()
    await page.keyboard.type(PIN)
    await page.keyboard.press('Enter')
  }
}

/** A picture of one colour, so many pixels wide and high. */
function pngOf(side: number): Buffer {
  const png = new PNG({ width: side, height: side })
  png.data.fill(0xff)
  return PNG.sync.write(png)
}

/** Staff come to the till and have ほうじ茶 open at the desk. */
async function opensTea(page: Page, till: Till): Promise<Customer> {
  const customer = new Customer(page)
  await customer.comes(till)
  await customer.reads('いらっしゃいませ')
  await staffCome(page)
  await page.getByRole('button', { name: '商品', exact: true }).click()
  await page
    .getByRole('button', { name: /^ほうじ茶/ })
    .first()
    .click()
  return customer
}

test('a price and a sold-out product: changed at the desk, in the file, on the next customer’s screen, and in the records', async ({
  page,
  till,
}) => {
  const customer = await opensTea(page, till)
  const price = page.getByRole('textbox', { name: '税込価格（円）' })
  await price.fill('0')
  await expect(page.getByRole('button', { name: '保存する' })).toHaveAttribute('aria-disabled', 'true')
  await price.fill('190')
  await expect(page.getByText('お客さまには ¥190（うち消費税 ¥14）')).toBeVisible()
  await page.getByRole('button', { name: '保存する' }).click()
  await expect(page.getByText('次のお会計から有効です。')).toBeVisible()
  await page.getByRole('switch', { name: /唐揚げ弁当: 販売中/ }).click()
  await expect(page.getByRole('switch', { name: /唐揚げ弁当: 売り切れ/ })).toBeVisible()

  const file = JSON.parse(readFileSync(join(till.dataDir, 'shop/catalogue.json'), 'utf8'))
  const products = file.products as { names: { ja: string }; priceYen: number; available: boolean }[]
  expect(products.find(one => one.names.ja === 'ほうじ茶')?.priceYen).toBe(190)
  expect(products.find(one => one.names.ja === '唐揚げ弁当')?.available).toBe(false)

  await page.getByRole('button', { name: '記録', exact: true }).click()
  await expect(page.getByText(/商品を変更しました: products\.\S+\.priceYen: .* → ¥190/)).toBeVisible()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSVで出す' }).click()
  expect(readFileSync(await (await download).path(), 'utf8')).toMatch(/shopChanged/)
  await page.getByRole('button', { name: '状態', exact: true }).click()
  await expect(page.getByText('つながっています')).toBeVisible()
  await customer.press('終了')
  await customer.reads('いらっしゃいませ')
  await page.getByRole('button', { name: '注文をはじめる' }).click()
  await expect(page.getByText('190')).toBeVisible()
  await expect(page.getByText('売り切れ').first()).toBeVisible()
  await ledgerIsSound(till.dataDir)
})

test('pictures, the logo and the order: chosen from this machine at the desk, refused in words, and on the next customer’s screens', async ({
  page,
  till,
}) => {
  const customer = await opensTea(page, till)
  const choose = async (field: string, name: string, mimeType: string, buffer: Buffer): Promise<void> => {
    const chooser = page.waitForEvent('filechooser')
    await page.locator(`[data-field="${field}"] .upload`).click()
    await (await chooser).setFiles({ name, mimeType, buffer })
  }
  const whole = pngOf(40)
  const gif = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64')
  await choose('image', 'tea.gif', 'image/gif', gif)
  await expect(page.getByText('PNG、JPEG、WebP のファイルを選んでください。')).toBeVisible()
  await choose('image', 'big.png', 'image/png', Buffer.concat([whole, Buffer.alloc(2 * 1024 * 1024)]))
  await expect(page.getByText('画像が大きすぎます。')).toBeVisible()
  await choose('image', 'half.png', 'image/png', whole.subarray(0, 50))
  await expect(page.getByText('画像が壊れているか、途中で切れています。')).toBeVisible()
  await choose('image', 'tea.png', 'image/png', whole)
  await expect(page.locator('[data-field="image"] img')).toHaveAttribute('src', /^\/media\/tea-\w+\.png$/)
  await expect(page.locator('[data-field="image"] .field-fault')).toHaveText('')
  await page.getByRole('button', { name: '保存する' }).click()
  await expect(page.getByText('次のお会計から有効です。')).toBeVisible()

  // By keyboard, twice with the same key: the arrow goes up with its product and keeps the focus.
  const rows = page.locator('[data-product]')
  const before = await rows.evaluateAll(all => all.map(one => one.textContent))
  const last = page.getByRole('button', { name: /を上へ/ }).nth(2)
  const own = (await last.getAttribute('data-move')) ?? ''
  await last.focus()
  for (const place of [2, 1]) {
    await page.keyboard.press('Enter')
    await expect(page.locator(`[data-move="${own}"]`)).toHaveAttribute(
      'aria-label',
      new RegExp(`いま${place}番目`),
    )
    await expect(page.locator(`[data-move="${own}"]`)).toBeFocused()
  }
  expect(await rows.evaluateAll(all => all.map(one => one.textContent))).toEqual([
    before[2],
    before[0],
    before[1],
    ...before.slice(3),
  ])

  await page.getByRole('button', { name: '設定', exact: true }).click()
  await choose('paypayLogo', 'logo.png', 'image/png', pngOf(60))
  await expect(page.locator('[data-field="paypayLogo"] img')).toBeVisible()
  await page.getByRole('button', { name: '保存する', exact: true }).click()
  await expect(page.locator('.upkeep-foot .is-good')).toHaveText('保存しました。')
  await customer.press('終了')
  await customer.reads('いらっしゃいませ')
  await page.getByRole('button', { name: '注文をはじめる' }).click()
  const shown = (start: string) =>
    page
      .locator(`img[src^="/media/${start}-"]`)
      .first()
      .evaluate(one => (one as HTMLImageElement).naturalWidth)
  await expect.poll(() => shown('tea')).toBe(40)
  const file = JSON.parse(readFileSync(join(till.dataDir, 'shop/catalogue.json'), 'utf8'))
  expect(file.products[0].id).toBe(own.split(' ')[0])
  await expect(page.locator('main').getByRole('button').first()).toHaveAccessibleName(
    `${file.products[0].names.ja} を1つ追加`,
  )
  await page.locator('main').getByRole('button').first().click()
  await customer.press('お会計へ')
  await customer.reads('ご注文の確認')
  await customer.press('PayPayで支払う')
  await expect.poll(() => shown('logo')).toBe(60)
  await ledgerIsSound(till.dataDir)
})
