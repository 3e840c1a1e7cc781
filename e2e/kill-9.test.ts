import { booksAgree } from './books.ts'
import { Customer, expect, test } from './kiosk.ts'

// The power goes while a customer stands there, and the till comes up again. At each state: the customer's page ends in the
// truth, both books say the same, and the goods went out once or not at all.

const LUNCH_YEN = 850

test('killed while the code is being created: it is never shown, and the second try sells once', async ({
  page,
  till,
}) => {
  const customer = new Customer(page)
  await till.paypay.faults({ endpoint: 'createCode', when: { nth: 1 }, what: { kind: 'delay', ms: 60_000 } })
  await customer.asksToPay(till)
  await customer.reads('コードを用意しています')
  await till.asksPaypay('POST', /\/codes$/)
  await till.crash()
  await customer.reads('お金は引かれていません')
  // Somebody pays the code that nobody was shown: PayPay takes it back by itself.
  await till.paypay.press('approve')
  expect(await till.paypay.book()).toMatchObject({ capturedYen: LUNCH_YEN, keptYen: 0 })
  await customer.triesAgain()
  await customer.pays(till)
  await expect.poll(() => till.paypay.book()).toMatchObject({ keptYen: LUNCH_YEN })
})

test('killed while the code is shown, and the customer pays meanwhile: paid @window', async ({
  page,
  till,
}) => {
  const customer = new Customer(page)
  await customer.wantsToPay(till)
  await till.kill()
  await till.paypay.press('approve')
  await till.start()
  await customer.reads('お支払いが済みました')
  await customer.readsNumber('001')
  await booksAgree(till, LUNCH_YEN)
})

test('killed while the code is shown, and nobody pays: the same code is there again', async ({
  page,
  till,
}) => {
  const customer = new Customer(page)
  await customer.wantsToPay(till)
  const before = await customer.scans()
  await till.crash()
  await page.reload()
  await customer.seesCode()
  expect(await customer.scans()).toBe(before)
  expect(await till.paypay.codes()).toHaveLength(1)
  await till.paypay.press('approve', before)
  await customer.reads('お支払いが済みました')
  await booksAgree(till, LUNCH_YEN)
})

test('killed when the customer has just paid and the till does not know: paid', async ({ page, till }) => {
  const customer = new Customer(page)
  await customer.wantsToPay(till)
  // PayPay answers the read that would tell, and the till is dead before the answer is there.
  await till.paypay.faults({ endpoint: 'getPayment', what: { kind: 'delay', ms: 60_000 } })
  await till.paypay.press('approve')
  const before = (await till.paypay.requests()).length
  await expect.poll(async () => (await till.paypay.requests()).length).toBeGreaterThan(before)
  await till.kill()
  await till.paypay.faults()
  await till.start()
  await customer.reads('お支払いが済みました')
  await booksAgree(till, LUNCH_YEN)
})

test('killed while PayPay is being asked and does not answer: paid, once it answers', async ({
  page,
  till,
}) => {
  const customer = new Customer(page)
  await customer.wantsToPay(till)
  await till.paypay.faults({ endpoint: 'getPayment', what: { kind: 'status', status: 503 } })
  await till.paypay.press('approve')
  await customer.reads('PayPayに確認しています')
  await till.crash()
  await customer.reads('PayPayに確認しています')
  await till.paypay.faults()
  await customer.reads('お支払いが済みました')
  await booksAgree(till, LUNCH_YEN)
})

test('killed while the code is being deleted: nothing is charged, and the code is dead', async ({
  page,
  till,
}) => {
  const customer = new Customer(page)
  await customer.wantsToPay(till)
  await till.paypay.faults({ endpoint: 'deleteCode', what: { kind: 'delay', ms: 60_000 } })
  await customer.press('やめる')
  await customer.reads('お支払いを止めています')
  await till.asksPaypay('DELETE', /\/codes\//)
  await till.kill()
  await till.paypay.faults()
  await till.start()
  await customer.reads('お金は引かれていません')
  expect((await till.paypay.codes())[0]?.live).toBe(false)
  await booksAgree(till, 0)
})

test('killed while the delete is on its way, and the customer pays before it arrives: paid', async ({
  page,
  till,
}) => {
  const customer = new Customer(page)
  await customer.wantsToPay(till)
  await till.paypay.faults({ endpoint: 'deleteCode', what: { kind: 'dropRequest', connection: 'silent' } })
  await customer.press('やめる')
  await customer.reads('お支払いを止めています')
  await till.asksPaypay('DELETE', /\/codes\//)
  await till.paypay.press('approve')
  await till.kill()
  await till.paypay.faults()
  await till.start()
  await customer.reads('お支払いが済みました')
  await booksAgree(till, LUNCH_YEN)
})

test('killed after a decline: nothing was charged, and the second try sells', async ({ page, till }) => {
  const customer = new Customer(page)
  await customer.wantsToPay(till)
  await till.paypay.press('decline')
  await customer.reads('お金は引かれていません')
  await till.crash()
  await page.reload()
  await customer.reads('お金は引かれていません')
  await customer.triesAgain()
  await customer.pays(till)
  await booksAgree(till, LUNCH_YEN)
})

test('killed before the cancel of a late payment has reached PayPay: the money is given back @window', async ({
  page,
  till,
}) => {
  const customer = new Customer(page)
  await till.paypay.put('switches', { cancelTakesMs: 4_000 })
  await customer.paysTooLate(till, { kind: 'dropRequest', connection: 'silent' })
  await till.kill()
  await till.paypay.faults()
  await till.start()
  await customer.reads('お金をお返ししました')
  await booksAgree(till, 0, LUNCH_YEN)
})

test('killed when PayPay has taken the cancel and its answer is lost: the money is given back once', async ({
  page,
  till,
}) => {
  const customer = new Customer(page)
  await till.paypay.put('switches', { cancelTakesMs: 6_000 })
  await customer.paysTooLate(till)
  await till.paypay.faults({
    endpoint: 'cancelPayment',
    what: { kind: 'dropAnswer', connection: 'silent' },
  })
  await customer.reads('お金をお返ししています')
  await till.kill()
  await till.paypay.faults()
  await till.start()
  await customer.reads('お金をお返ししました')
  await booksAgree(till, 0, LUNCH_YEN)
})

test('killed on the thank-you screen: the number comes back @window', async ({ page, till }) => {
  const customer = new Customer(page)
  await customer.wantsToPay(till)
  await customer.pays(till)
  await till.crash()
  await page.reload()
  await customer.reads('お支払いが済みました')
  await customer.readsNumber('001')
  await booksAgree(till, LUNCH_YEN)
})
