import { Attendant, MANAGER_PIN } from './attendant.ts'
import { ledgerIsSound } from './books.ts'
import { Customer, expect, type Till, test } from './kiosk.ts'

// Money back when things go wrong, on real processes: PayPay's book says in the end what the desk said.

const SOLD_YEN = 850
const BACK = { capturedYen: SOLD_YEN, returnedYen: SOLD_YEN, keptYen: 0 }

async function sell(customer: Customer, till: Till): Promise<void> {
  await customer.wantsToPay(till)
  await customer.pays(till)
  await customer.press('おわる')
  await customer.reads('いらっしゃいませ')
}

test('five taps, the PIN, a reason, and the button: the last payment goes back', async ({ page, till }) => {
  await sell(new Customer(page), till)
  await till.callDesk('setUp', { lane: 'main', name: '店長', pin: MANAGER_PIN })
  const attendant = new Attendant(page)
  await attendant.getsIn()
  await attendant.givesBack('850')
  await expect(page.getByText('¥850 を返しました')).toBeVisible()
  expect(await till.paypay.book()).toMatchObject(BACK)
  // All of it can be shown, there and as a file.
  await page.getByRole('button', { name: '見る', exact: true }).click()
  await expect(page.locator('.cert-lines')).toContainText('PayPay has given back ¥850')
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'ファイルに保存' }).click()
  expect((await saving).suggestedFilename()).toMatch(/^kaikei-certificate-[0-9a-f]+\.json$/)
})

test('the answers to the cancel are lost: it is asked about, and the money goes once', async ({
  page,
  till,
}) => {
  await sell(new Customer(page), till)
  const attendant = new Attendant(page)
  await attendant.setsUp()
  await till.paypay.faults({
    endpoint: 'cancelPayment',
    when: { from: 1, count: 2 },
    what: { kind: 'dropAnswer', connection: 'cut' },
  })
  await attendant.givesBack('850')
  await expect(page.getByText('¥850 を返しました')).toBeVisible({ timeout: 30_000 })
  expect(await till.paypay.book()).toMatchObject(BACK)
  await ledgerIsSound(till.dataDir)
})

test('the host is killed while the money is on its way: it goes once, and the desk tells after the PIN @server', async ({
  page,
  till,
}) => {
  await sell(new Customer(page), till)
  const attendant = new Attendant(page)
  await attendant.setsUp()
  await till.paypay.faults({ endpoint: 'cancelPayment', what: { kind: 'delay', ms: 60_000 } })
  await attendant.givesBack('850')
  await till.asksPaypay('DELETE', /\/payments\//)
  await till.kill()
  await till.paypay.faults()
  await till.start()
  await expect.poll(() => till.paypay.book(), { timeout: 30_000 }).toMatchObject(BACK)
  // The session went with the process.
  await attendant.seesDoor()
  await attendant.types(MANAGER_PIN)
  await attendant.seesDesk()
  const one = page.getByRole('region', { name: '番号 001' })
  await expect(one.getByText('返金済', { exact: true })).toBeVisible({ timeout: 20_000 })
  await ledgerIsSound(till.dataDir)
})

test('the till takes the decision and its answer is lost: the desk finds out that it was made, and sends nothing again @server', async ({
  page,
  till,
}) => {
  await sell(new Customer(page), till)
  const attendant = new Attendant(page)
  await attendant.setsUp()
  let sent = 0
  await page.route('**/desk/giveBack', async route => {
    sent += 1
    await route.fetch()
    await route.abort()
  })
  await attendant.givesBack('850')
  await expect(page.getByText('¥850 を返しました')).toBeVisible({ timeout: 15_000 })
  expect(sent).toBe(1)
  expect(await till.paypay.book()).toMatchObject(BACK)
})

test('two attendants at two screens in the same moment: the money goes once @server', async ({
  page,
  context,
  till,
}) => {
  await sell(new Customer(page), till)
  const first = new Attendant(page)
  await first.setsUp()
  const other = await context.newPage()
  await new Customer(other).comes(till, 'counter')
  await new Customer(other).reads('いらっしゃいませ')
  const second = new Attendant(other)
  await other.keyboard.press('Control+Shift+K')
  await second.seesDoor()
  await second.types(MANAGER_PIN)
  await second.seesDesk()
  await till.paypay.faults({
    endpoint: 'cancelPayment',
    when: { nth: 1 },
    what: { kind: 'delay', ms: 2_000 },
  })
  for (const one of [first, second]) await one.presses('品切れ')
  // Whoever is later by more than a second or so has no button any more: their screen tells that the money is on its way.
  const pressed = [page, other].map(screen =>
    screen
      .getByRole('button', { name: '¥850 を返金する' })
      .click({ timeout: 5_000 })
      .then(
        () => true,
        () => false,
      ),
  )
  expect(await Promise.all(pressed)).toContain(true)
  await expect.poll(() => till.paypay.book()).toMatchObject(BACK)
  const cancels = (await till.paypay.requests()).filter(
    ({ method, path }) => method === 'DELETE' && path.includes('/payments/'),
  )
  expect(cancels).toHaveLength(1)
  for (const screen of [page, other])
    await expect(
      screen.getByRole('region', { name: '番号 001' }).getByText('返金済', { exact: true }),
    ).toBeVisible()
})

test('wrong PINs are counted over kill -9, and the right one is not looked at while they lock', async ({
  till,
}) => {
  const signIn = (pin: string) => till.callDesk('signIn', { lane: 'main', pin })
  const waits = async (ms: number) => {
    const { value } = (await till.callDesk('getDoor', {})) as { value: { waitMs: number } }
    expect(value.waitMs).toBeGreaterThan(ms / 2)
    expect(value.waitMs).toBeLessThanOrEqual(ms)
    expect(await signIn(MANAGER_PIN)).toMatchObject({ failure: { kind: 'pinLocked' } })
  }
  await till.callDesk('setUp', { lane: 'main', name: '店長', pin: MANAGER_PIN })
  for (let tries = 1; tries <= 5; tries += 1)
    expect(await signIn('999888')).toMatchObject({ failure: { kind: 'wrongPin' } })
  await waits(5_000)
  await till.crash()
  await waits(5_000)
  await expect
    .poll(() => till.callDesk('getDoor', {}), { timeout: 10_000 })
    .toMatchObject({ value: { waitMs: 0 } })
  // The sixth, although the process is another.
  expect(await signIn('999888')).toMatchObject({ failure: { kind: 'wrongPin' } })
  await waits(10_000)
  await till.crash()
  await waits(10_000)
})

test('the receipt of a sale and of its money back are shown and printed at the desk, copies named', async ({
  page,
  till,
}) => {
  await sell(new Customer(page), till)
  await page.evaluate(() => {
    window.print = () => {
      const paper = document.querySelector('.receipt-print .receipt')
      document.documentElement.setAttribute('data-printed', paper?.textContent ?? '')
      dispatchEvent(new Event('afterprint'))
    }
  })
  const attendant = new Attendant(page)
  await attendant.setsUp()
  await attendant.givesBack('850')
  await expect(page.getByText('¥850 を返しました')).toBeVisible()
  const papers = page.locator('.papers li')
  await expect(papers).toHaveCount(2)
  await papers.nth(1).getByRole('button', { name: '表示' }).click()
  await expect(page.locator('.papers-card')).toContainText('返金')
  for (const copy of [false, true]) {
    await papers.first().getByRole('button', { name: '58mmで印刷' }).click()
    const printed = page.locator('html[data-printed]')
    await expect(printed).toBeAttached()
    const text = (await printed.getAttribute('data-printed')) ?? ''
    expect(text).toContain('唐揚げ弁当')
    expect(text.includes('再発行')).toBe(copy)
    await page.evaluate(() => document.documentElement.removeAttribute('data-printed'))
  }
})

test('without a session, and in the wrong role, the host does nothing, whoever calls it', async ({
  page,
  till,
}) => {
  await sell(new Customer(page), till)
  const first = (await till.callDesk('setUp', { lane: 'main', name: '店長', pin: MANAGER_PIN })) as {
    value: { token: string }
  }
  const everything = { text: '', words: [], lane: null, fromMs: null, toMs: null, before: null, limit: 1 }
  const found = (await till.callDesk('findCheckouts', { ...everything, session: first.value.token })) as {
    value: { rows: { checkoutId: string }[] }
  }
  const checkoutId = found.value.rows[0]?.checkoutId
  const wish = {
    checkoutId,
    decisionId: 'decision-1',
    what: { kind: 'whole' },
    reason: 'other',
    note: '',
    secondPin: null,
  }
  for (const session of [undefined, '', 'made-up'])
    expect(await till.callDesk('giveBack', { ...wish, session })).toEqual({
      ok: false,
      failure: { kind: 'signedOut' },
    })
  expect(
    await till.callDesk('giveBack', {
      ...wish,
      what: { kind: 'amount', amountYen: 9_999 },
      session: first.value.token,
    }),
  ).toEqual({
    ok: false,
    failure: { kind: 'aboveWhatIsLeft', leftYen: SOLD_YEN },
  })
  expect(await till.paypay.book()).toMatchObject({ keptYen: SOLD_YEN })
})
