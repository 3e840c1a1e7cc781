import { Customer, expect, test } from './kiosk.ts'

test('the customer cancels: nothing is charged, and the code is dead', async ({ page, till }) => {
  const customer = new Customer(page)
  await customer.wantsToPay(till)
  await customer.press('やめる')
  await customer.reads('お金は引かれていません')
  expect((await till.paypay.codes())[0]?.live).toBe(false)
  await customer.press('やめる')
  await customer.reads('いらっしゃいませ')
})

test('the page is loaded again at each state: it goes on where it was', async ({ page, till }) => {
  const customer = new Customer(page)
  await customer.comes(till)
  await customer.choosesLunch()
  await page.reload()
  await customer.reads('ご注文の確認')
  await customer.press('PayPayで支払う')
  await customer.seesCode()
  const before = await customer.scans()
  await page.reload()
  await customer.seesCode()
  expect(await customer.scans()).toBe(before)
  await till.paypay.press('decline')
  await customer.reads('お金は引かれていません')
  await page.reload()
  await customer.reads('お金は引かれていません')
  await customer.press('もう一度支払う')
  await customer.seesCode()
  await till.paypay.press('approve')
  await customer.reads('お支払いが済みました')
  await page.reload()
  await customer.reads('お支払いが済みました')
  expect(await till.paypay.codes()).toHaveLength(2)
})

test('a second tab on the same lane shows the same code; there is only one', async ({
  page,
  till,
  context,
}) => {
  const customer = new Customer(page)
  await customer.wantsToPay(till)
  const other = new Customer(await context.newPage())
  await other.comes(till)
  await other.seesCode()
  expect(await other.scans()).toBe(await customer.scans())
  await till.paypay.press('approve')
  await other.reads('お支払いが済みました')
  await customer.reads('お支払いが済みました')
  expect(await till.paypay.codes()).toHaveLength(1)
})

test('five taps on "pay" make one code', async ({ page, till }) => {
  const customer = new Customer(page)
  await customer.comes(till)
  await customer.choosesLunch()
  await page.waitForTimeout(400)
  await page.getByRole('button', { name: 'PayPayで支払う' }).evaluate(button => {
    for (let tap = 0; tap < 5; tap += 1) (button as HTMLElement).click()
  })
  await customer.seesCode()
  expect(await till.paypay.codes()).toHaveLength(1)
})

test('the create is applied and its answer lost: nothing was charged, and the second try sells', async ({
  page,
  till,
}) => {
  const customer = new Customer(page)
  await till.paypay.put('faults', [
    { endpoint: 'createCode', when: { nth: 1 }, what: { kind: 'dropAnswer' } },
  ])
  await customer.comes(till)
  await customer.choosesLunch()
  await customer.press('PayPayで支払う')
  await customer.reads('お金は引かれていません')
  await customer.press('もう一度支払う')
  await customer.seesCode()
  await till.paypay.press('approve')
  await customer.reads('お支払いが済みました')
  expect(await till.paypay.book()).toMatchObject({ keptYen: 850 })
})
