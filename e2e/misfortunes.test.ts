import { booksAgree, ledgerRows } from './books.ts'
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

test('the code expires: nothing is charged, and a new code can be asked for @window', async ({
  page,
  till,
}) => {
  const customer = new Customer(page)
  await till.paypay.put('switches', { codeLifetimeS: 2 })
  await customer.wantsToPay(till)
  await customer.reads('お金は引かれていません')
  await till.paypay.put('switches', { codeLifetimeS: 300 })
  await customer.triesAgain()
  await customer.pays(till)
  await booksAgree(till, 850)
})

test('the customer walks away with the page closed and pays later: the money goes back @server', async ({
  page,
  till,
}) => {
  const customer = new Customer(page)
  await till.paypay.put('switches', { lateApproval: 'honoured' })
  await customer.wantsToPay(till)
  await till.paypay.press('scan')
  await page.close()
  await expect.poll(async () => (await till.paypay.codes())[0]?.live).toBe(false)
  await till.paypay.press('approve')
  await booksAgree(till, 0, 850)
  expect(await ledgerRows(till.dataDir)).toMatchObject([{ outcome: 'returned' }])
})

test('two lanes at once: each customer reads an own number, and only who has paid is told so @server', async ({
  page,
  till,
  context,
}) => {
  const left = new Customer(page)
  const right = new Customer(await context.newPage())
  await left.wantsToPay(till, 'left')
  await right.wantsToPay(till, 'right')
  const code = await left.scans()
  expect(await right.scans()).not.toBe(code)
  await till.paypay.press('approve', code)
  await left.reads('お支払いが済みました')
  await left.readsNumber('001')
  await right.seesCode()
  await till.paypay.press('approve', await right.scans())
  await right.reads('お支払いが済みました')
  await right.readsNumber('002')
  await booksAgree(till, 1_700)
})

test('a second tab on the same lane shows the same code; there is only one @server', async ({
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
  await booksAgree(till, 850)
})

test('five taps on "pay" make one code', async ({ page, till }) => {
  const customer = new Customer(page)
  await customer.comes(till)
  await customer.choosesLunch()
  const pay = page.getByRole('button', { name: 'PayPayで支払う' })
  // The review takes no touch for a moment after it has come up, and a click from a script would not wait for it.
  await expect(pay.and(page.locator(':not([inert] *)'))).toBeVisible()
  await pay.evaluate(button => {
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
  await till.paypay.faults({ endpoint: 'createCode', when: { nth: 1 }, what: { kind: 'dropAnswer' } })
  await customer.asksToPay(till)
  await customer.reads('お金は引かれていません')
  await customer.triesAgain()
  await customer.pays(till)
  await booksAgree(till, 850)
})

test('the create is never answered: after a while the customer may leave it to us, and the lane is free @server', async ({
  page,
  till,
}) => {
  const customer = new Customer(page)
  await till.paypay.faults({ endpoint: 'createCode', when: { nth: 1 }, what: { kind: 'hang' } })
  await page.clock.install()
  await customer.asksToPay(till)
  await customer.reads('コードを用意しています')
  // The screen's clock alone is turned on: the host still waits for PayPay.
  await page.clock.fastForward(21_000)
  await customer.press('係にまかせる')
  await customer.reads('いらっしゃいませ')
  await customer.choosesLunch()
  await customer.asksForCode()
  await customer.pays(till)
  await customer.readsNumber('002')
  expect(await till.paypay.book()).toMatchObject({ keptYen: 850 })
})

test('PayPay answers with an error, about somebody else, and with a login page: never "paid", then the truth @window', async ({
  page,
  till,
}) => {
  const customer = new Customer(page)
  await customer.wantsToPay(till)
  const path = `/v2/codes/payments/${(await till.paypay.codes())[0]?.merchantPaymentId}`
  const nonsense = [
    { kind: 'status', status: 500, code: 'INTERNAL_SERVER_ERROR' },
    { kind: 'patch', data: { merchantPaymentId: 'somebody-else' } },
    { kind: 'body', body: '<html>Please log in</html>' },
  ]
  for (const [index, what] of nonsense.entries()) {
    await till.paypay.faults({ endpoint: 'getPayment', what })
    if (index === 0) await till.paypay.press('approve')
    await expect
      .poll(async () =>
        (await till.paypay.requests()).some(one => one.path === path && one.faults[0] === what.kind),
      )
      .toBe(true)
    await expect(page.getByRole('heading', { name: 'お支払いが済みました' })).toHaveCount(0)
  }
  await till.paypay.faults()
  await customer.reads('お支払いが済みました')
  await booksAgree(till, 850)
})

test('PayPay is away in the middle and comes back: the screen asks, and then tells the truth @window', async ({
  page,
  till,
}) => {
  const customer = new Customer(page)
  await customer.wantsToPay(till)
  await till.paypay.faults({ endpoint: 'getPayment', what: { kind: 'dropRequest' } })
  await till.paypay.press('approve')
  await till.paypayGoesAway()
  await customer.reads('PayPayに確認しています')
  await till.paypayComes()
  await customer.reads('お支払いが済みました')
  await booksAgree(till, 850)
})
