import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { booksAgree } from './books.ts'
import { Customer, expect, test } from './kiosk.ts'

test('an amount is keyed in, by finger and by keyboard: over the cap it says so and keeps the digits, then it sells', async ({
  page,
  shutTill: till,
}) => {
  writeFileSync(join(till.dataDir, 'settings.json'), JSON.stringify({ till: 'keypad', capYen: 50_000 }))
  await till.paypayComes()
  await till.start()
  const customer = new Customer(page)
  await customer.comes(till)
  await customer.press('お支払いをする')
  await customer.reads('金額を入れてください')
  const checkOut = page.getByRole('button', { name: 'お会計へ' })
  await expect(checkOut).toBeDisabled()

  for (const digit of ['1', '2', '4']) await page.getByRole('button', { name: digit, exact: true }).click()
  await page.keyboard.type('000')
  await expect(page.getByText('124,000')).toBeVisible()
  await expect(page.getByText('一度に¥50,000までお支払いいただけます。')).toBeVisible()
  await expect(checkOut).toBeDisabled()

  for (let key = 0; key < 3; key += 1) await page.keyboard.press('Backspace')
  await page.keyboard.type('0')
  await customer.press('お会計へ')
  await customer.reads('ご注文の確認')
  await expect(page.getByText('1点')).toBeHidden()
  await customer.asksForCode()
  expect((await till.paypay.codes())[0]?.amount).toBe(1_240)
  await customer.pays(till)
  await booksAgree(till, 1_240)
})
