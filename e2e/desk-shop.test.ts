import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ledgerIsSound } from './books.ts'
import { Customer, expect, test } from './kiosk.ts'

// Running the shop through the screen, on the real engine and its files: what a manager changes is what the next customer sees.

const PIN = '284915'

test('a price and a sold-out product: changed at the desk, in the file, on the next customer’s screen, and in the records', async ({
  page,
  till,
}) => {
  const customer = new Customer(page)
  await page.goto(till.url)
  await customer.reads('いらっしゃいませ')
  await page.keyboard.press('Control+Shift+K')
  await customer.press('次へ')
  for (let time = 0; time < 2; time += 1) {
    await expect(
      page.getByText(time === 0 ? '暗証番号を決めてください' : '同じ番号をもう一度入れてください', {
        exact: true,
      }),
    ).toBeVisible()
    await page.keyboard.type(PIN)
    await page.keyboard.press('Enter')
  }
  await page.getByRole('button', { name: '商品', exact: true }).click()
  await page
    .getByRole('button', { name: /^ほうじ茶/ })
    .first()
    .click()
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
