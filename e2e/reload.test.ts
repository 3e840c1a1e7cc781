import { booksAgree } from './books.ts'
import { Customer, expect, test } from './kiosk.ts'

// Somebody presses F5, or the browser loads the page again by itself: it goes on where it was, at each state.

test('loaded again before money: the welcome, the menu with its cart, and the review', async ({
  page,
  till,
}) => {
  const customer = new Customer(page)
  await customer.comes(till)
  await customer.reads('いらっしゃいませ')
  await page.reload()
  await customer.reads('いらっしゃいませ')
  await customer.press('注文をはじめる')
  await customer.press('唐揚げ弁当 を1つ追加')
  await customer.press('ほうじ茶 を1つ追加')
  const toPay = page.getByRole('button', { name: 'お会計へ' })
  await expect(page.getByText('850').first()).toBeVisible()
  await page.reload()
  await expect(toPay).toBeVisible()
  await expect(page.getByText('850').first()).toBeVisible()
  await toPay.click()
  await customer.reads('ご注文の確認')
  await page.reload()
  await customer.reads('ご注文の確認')
  await expect(page.getByText('850').first()).toBeVisible()
  expect(await till.paypay.codes()).toEqual([])
})

test('loaded again while PayPay is waited for: creating the code, the code, and checking', async ({
  page,
  till,
}) => {
  const customer = new Customer(page)
  await till.paypay.faults({ endpoint: 'createCode', what: { kind: 'delay', ms: 4_000 } })
  await customer.asksToPay(till)
  await customer.reads('コードを用意しています')
  await page.reload()
  await customer.reads('コードを用意しています')
  await customer.seesCode()
  const shown = await customer.scans()
  await page.reload()
  await customer.seesCode()
  expect(await customer.scans()).toBe(shown)
  await till.paypay.faults({ endpoint: 'getPayment', what: { kind: 'status', status: 503 } })
  await till.paypay.press('approve', shown)
  await customer.reads('PayPayに確認しています')
  await page.reload()
  await customer.reads('PayPayに確認しています')
  await till.paypay.faults()
  await customer.reads('お支払いが済みました')
  expect(await till.paypay.codes()).toHaveLength(1)
  await booksAgree(till, 850)
})

test('loaded again when the answer is there: declined, then thank you with its number @window', async ({
  page,
  till,
}) => {
  const customer = new Customer(page)
  await customer.wantsToPay(till)
  await till.paypay.press('decline')
  await customer.reads('お金は引かれていません')
  await page.reload()
  await customer.reads('お金は引かれていません')
  await customer.triesAgain()
  await customer.pays(till)
  await page.reload()
  await customer.reads('お支払いが済みました')
  await customer.readsNumber('001')
  expect(await till.paypay.codes()).toHaveLength(2)
  await booksAgree(till, 850)
})

test('loaded again while money goes back, and when it is back', async ({ page, till }) => {
  const customer = new Customer(page)
  await till.paypay.put('switches', { cancelTakesMs: 5_000 })
  await customer.paysTooLate(till)
  await customer.reads('お金をお返ししています')
  await page.reload()
  await customer.reads('お金をお返ししています')
  await till.paypay.faults()
  await customer.reads('お金をお返ししました')
  await page.reload()
  await customer.reads('お金をお返ししました')
  await booksAgree(till, 0, 850)
})

test('loaded again when only a person can help: the screen still says where the money is', async ({
  page,
  till,
}) => {
  const customer = new Customer(page)
  const refused = { kind: 'status', status: 400, code: 'INVALID_PARAMS' }
  await customer.paysTooLate(till)
  await customer.reads('お金をお返ししています')
  await till.paypay.faults(
    { endpoint: 'cancelPayment', what: { ...refused, code: 'ORDER_NOT_REVERSIBLE' } },
    { endpoint: 'refundPayment', what: refused },
  )
  await customer.reads('お金をお返しします')
  await customer.readsNumber('001')
  await page.reload()
  await customer.reads('お金をお返しします')
  await customer.readsNumber('001')
})

test('loaded again while PayPay is away at the start: closed, and open by itself when it is there', async ({
  page,
  shutTill,
}) => {
  const customer = new Customer(page)
  await shutTill.start()
  await customer.comes(shutTill)
  await customer.reads('ただいまPayPayのお支払いを休んでいます')
  await page.reload()
  await customer.reads('ただいまPayPayのお支払いを休んでいます')
  await expect(page.getByText('PayPayと通信できないためです。')).toBeVisible()
  await shutTill.paypayComes()
  await customer.reads('いらっしゃいませ')
})
