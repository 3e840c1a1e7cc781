import { booksAgree, ledgerRows } from './books.ts'
import { Customer, expect, test } from './kiosk.ts'

// The whole of it, on the real engine, ledger and PayPay's simulator: a manager comes in for the first time, finds a sale that was
// paid, and gives the money back.

test('a first start, a sale, and its money back: found by its number, three presses, and PayPay has given it back @every-size @window', async ({
  page,
  till,
}) => {
  const customer = new Customer(page)
  await customer.wantsToPay(till)
  await customer.pays(till)
  await customer.press('おわる')
  await customer.reads('いらっしゃいませ')

  await page.keyboard.press('Control+Shift+K')
  await customer.reads('はじめに、店長の暗証番号を決めます')
  await customer.press('次へ')
  // A PIN that anybody would guess is not taken.
  for (const pin of ['111111', '284915']) {
    await expect(page.getByText('暗証番号を決めてください', { exact: true })).toBeVisible()
    await page.keyboard.type(pin)
    await page.keyboard.press('Enter')
    await expect(page.getByText('同じ番号をもう一度入れてください', { exact: true })).toBeVisible()
    await page.keyboard.type(pin)
    await page.keyboard.press('Enter')
  }
  await page.getByRole('search').waitFor()
  await page.keyboard.press('/')
  await expect(page.getByRole('textbox', { name: '番号・金額・PayPay番号でさがす' })).toBeFocused()
  await page.keyboard.type('００１')
  await page.keyboard.press('Enter')
  const one = page.getByRole('region', { name: '番号 001' })
  await expect(one.getByText('支払い完了')).toBeVisible()
  await expect(one.getByText('ほうじ茶')).toBeVisible()

  await page.getByRole('button', { name: '品切れ' }).click()
  await page.getByRole('button', { name: '¥850 を返金する' }).click()
  await expect(page.getByText('¥850 を返しました')).toBeVisible()
  await expect(one.getByText('返金済', { exact: true })).toBeVisible()
  await customer.press('終了')
  await customer.reads('いらっしゃいませ')

  // The goods went out, and all of the money went back, in PayPay's book too.
  expect(await ledgerRows(till.dataDir)).toMatchObject([
    { claimNumber: 1, totalYen: 850, outcome: 'delivered' },
  ])
  await booksAgree(till, 0, 0, 850)
})
