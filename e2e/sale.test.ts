import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { booksAgree, ledgerRows } from './books.ts'
import { KEYS } from './host.ts'
import { Customer, expect, test } from './kiosk.ts'

test('from a tap to "paid" @every-size @window', async ({ page, till, viewport, host }) => {
  const customer = new Customer(page)
  // What main tells a window's page is heard by electron/planted-secret.test.ts.
  const told = host === 'server' ? await hears(page) : null

  await customer.wantsToPay(till)
  const qr = customer.qr
  await expect(qr).toBeInViewport({ ratio: 1 })
  const side = Math.min(viewport?.width ?? 0, viewport?.height ?? 0)
  expect((await qr.boundingBox())?.width ?? 0).toBeGreaterThanOrEqual(side * 0.45)
  const [code] = await till.paypay.codes()
  expect(await customer.scans()).toBe(code?.url)
  expect(code?.amount).toBe(850)

  await customer.pays(till)
  await customer.readsNumber('001')
  await customer.press('おわる')
  await customer.reads('いらっしゃいませ')

  // The screen has told what the ledger says, and the ledger and PayPay's book agree.
  expect(await ledgerRows(till.dataDir)).toMatchObject([
    { lane: 'main', claimNumber: 1, totalYen: 850, outcome: 'delivered' },
  ])
  await booksAgree(till, 850)

  if (!told) return
  // Nothing leaves loopback, and no secret reaches a page.
  expect(
    told.requests.filter(
      url => !['127.0.0.1', 'localhost'].includes(new URL(url).hostname) && !url.startsWith('data:'),
    ),
  ).toEqual([])
  expect(told.events.join('\n')).toContain('awaitingPayment')
  const texts = [...(await Promise.all(told.answers)), ...told.events].join('\n')
  expect(texts).toContain('001')
  expect(texts).not.toContain(KEYS.KAIKEI_API_SECRET)
  expect(texts).not.toContain('OPA-Auth')
})

/** Everything that a page in a browser asks and is told, from now on. */
async function hears(page: Page) {
  const requests: string[] = []
  const answers: Promise<string>[] = []
  page.on('request', request => requests.push(request.url()))
  page.on('response', response => {
    if (!(response.headers()['content-type'] ?? '').includes('event-stream'))
      answers.push(response.text().catch(() => ''))
  })
  // A stream has no body to read when it is over, so the browser tells of each event as it comes.
  const devTools = await page.context().newCDPSession(page)
  const events: string[] = []
  devTools.on('Network.eventSourceMessageReceived', ({ data }) => events.push(data))
  await devTools.send('Network.enable')
  return { requests, answers, events }
}

test('no screen has a fault that axe can find', async ({ page, till }) => {
  const customer = new Customer(page)
  const looks = async (): Promise<void> => {
    // The stamp and the fades have to be over, or their colours are measured half-way.
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze()
    expect(
      violations.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).join(', ')}`),
    ).toEqual([])
  }
  await customer.comes(till)
  await customer.reads('いらっしゃいませ')
  await looks()
  await customer.press('注文をはじめる')
  await customer.press('唐揚げ弁当 を1つ追加')
  await looks()
  await customer.press('お会計へ')
  await customer.reads('ご注文の確認')
  await looks()
  await customer.asksForCode()
  await looks()
  await till.paypay.press('decline')
  await customer.reads('お金は引かれていません')
  await looks()
  await customer.triesAgain()
  await customer.pays(till)
  await looks()
})

test('a keyboard alone can buy', async ({ page, till }) => {
  const customer = new Customer(page)
  await customer.comes(till)
  const goTo = async (name: string): Promise<void> => {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab')
      const focused = await page.evaluate(
        () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
      )
      if (focused.includes(name)) return
    }
    throw new Error(`Tab never reaches ${name}`)
  }
  for (const [headline, ...names] of [
    ['いらっしゃいませ', '注文をはじめる'],
    ['メニュー', '唐揚げ弁当 を1つ追加', 'お会計へ'],
    ['ご注文の確認', 'PayPayで支払う'],
  ] as const) {
    // A new screen takes no key for a moment; when it does, the keyboard stands at its headline.
    await expect(page.getByRole('heading', { level: 1, name: headline })).toBeFocused()
    for (const name of names) {
      await goTo(name)
      await page.keyboard.press('Enter')
    }
  }
  await customer.seesCode()
  await customer.pays(till)
})
