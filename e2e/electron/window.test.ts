import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Frame } from '@playwright/test'
import { forgedInvoke } from '../../electron/standin/forged.ts'
import { Attendant, MANAGER_PIN } from '../attendant.ts'
import { Customer, expect } from '../kiosk.ts'
import { type Exposed, test } from './kiosk.ts'

// The built main, preload and page, together. What only Electron's own binary can show is named in the stand-in's start.ts, and
// nothing of it is claimed here.

test('from a tap to "paid", over the preload', async ({ kiosk }) => {
  const customer = new Customer(kiosk.page)
  await customer.choosesLunch()
  await customer.press('PayPayで支払う')
  await customer.seesCode()
  const [code] = await kiosk.paypay.codes()
  expect(await customer.scans()).toBe(code?.url)
  await kiosk.paypay.press('approve')
  await customer.reads('お支払いが済みました')
  expect(await kiosk.paypay.book()).toMatchObject({ capturedYen: 850, keptYen: 850 })
})

test('the page has the contract of Electron, and nothing else', async ({ kiosk }) => {
  const found = await kiosk.page.evaluate(() => {
    const { kaikei } = globalThis as Exposed
    return {
      bridge: Object.keys(kaikei),
      frozen: Object.isFrozen(kaikei),
      node: ['require', 'process', 'module', 'ipcRenderer', '__standinSend'].filter(
        name => name in globalThis,
      ),
    }
  })
  expect(found).toEqual({ bridge: ['call', 'callDesk', 'watchLane'], frozen: true, node: [] })
  const lane = await kiosk.page.evaluate(() =>
    (globalThis as Exposed).kaikei.call('getLane', { lane: 'main' }),
  )
  expect(lane).toMatchObject({ ok: true, value: { lane: 'main' } })
})

test('a page that is loaded again stands behind the same policy, and no script that is brought in runs', async ({
  kiosk,
}) => {
  const { page } = kiosk
  const response = await page.reload()
  expect(response?.headers()['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/)
  await new Customer(page).reads('いらっしゃいませ')
  const ran = await page.evaluate(() => {
    const script = document.createElement('script')
    try {
      // Trusted Types refuse the text itself; the policy on scripts would not run it.
      script.textContent = 'globalThis.broughtIn = true'
    } catch {
      script.append('globalThis.broughtIn = true')
    }
    document.head.append(script)
    return 'broughtIn' in globalThis
  })
  expect(ran).toBe(false)
})

test('the page may not leave, open a window or ask anybody but main', async ({ kiosk }) => {
  const { page } = kiosk
  const customer = new Customer(page)
  await customer.reads('いらっしゃいませ')
  const address = page.url()
  // Somebody who would answer, and is not to be asked.
  const elsewhere = kiosk.phoneUrl
  expect((await fetch(elsewhere)).status).toBe(200)

  const asks = (url: string) => fetch(url, { mode: 'no-cors' }).then(String, () => 'refused')
  expect(await page.evaluate(asks, elsewhere)).toBe('refused')

  const windows = page.context().pages().length
  // A window with an opener would share the page's process, which hangs now and then when the stand-in closes it.
  await page.evaluate(url => void window.open(url, '_blank', 'noopener'), elsewhere)
  await expect.poll(() => kiosk.standin.stderr).toContain('"refusedWindow"')
  await expect.poll(() => page.context().pages().length).toBe(windows)

  await page.evaluate(url => {
    window.location.href = url
  }, elsewhere)
  await customer.choosesLunch()
  expect(page.url()).toBe(address)
})

test('a frame inside the page calls nothing', async ({ kiosk }) => {
  const { page } = kiosk
  await new Customer(page).reads('いらっしゃいませ')
  await page.evaluate(() => document.body.append(document.createElement('iframe')))
  const ask = (frame: Frame | undefined) =>
    frame && forgedInvoke(frame, 'kaikei:call:getLane', { lane: 'main' })
  // The same message from the page itself is answered, so it is the frame that is refused.
  expect(await ask(page.mainFrame())).toMatchObject({ kind: 'answer' })
  expect(await ask(page.mainFrame().childFrames()[0])).toMatchObject({
    kind: 'refusal',
    says: 'Error: refused',
  })
})

test('a page that crashes comes back with the code that a customer is paying', async ({ kiosk }) => {
  const before = new Customer(kiosk.page)
  await before.choosesLunch()
  await before.press('PayPayで支払う')
  await before.seesCode()
  const next = kiosk.standin.nextPage()
  const cdp = await kiosk.page.context().newCDPSession(kiosk.page)
  // It never answers, because nobody is there to.
  void cdp.send('Page.crash').catch(() => undefined)
  const after = new Customer(await next)
  await after.seesCode()
  const codes = await kiosk.paypay.codes()
  expect(codes.map(code => code.url)).toEqual([await after.scans()])
})

test('a till that is ended and opened again goes on with the code on its screen', async ({ kiosk }) => {
  const before = new Customer(kiosk.page)
  await before.choosesLunch()
  await before.press('PayPayで支払う')
  await before.seesCode()
  const [code] = await kiosk.paypay.codes()
  expect(await kiosk.close()).toMatchObject({ code: 0 })

  await kiosk.start()
  const after = new Customer(kiosk.page)
  await after.seesCode()
  expect(await after.scans()).toBe(code?.url)
  await kiosk.paypay.press('approve')
  await after.reads('お支払いが済みました')
})

test('a till that cannot open says so to customers and why in its log, and ends to be started anew', async ({
  kiosk,
}) => {
  await kiosk.close()
  kiosk.spoil('shop/catalogue.json', '{')
  await kiosk.start()
  await expect(kiosk.page.getByRole('heading', { name: 'ただいまお休みしています' })).toBeVisible()
  const { code, stderr } = await kiosk.standin.ended
  expect(code).toBe(1)
  expect(stderr).toContain('Kaikei cannot go on')
  expect(stderr).toContain('catalogue.json')
})

test('a fault that nobody has caught ends main at once, and the next start goes on with the code', async ({
  kiosk,
}) => {
  const customer = new Customer(kiosk.page)
  await customer.choosesLunch()
  await customer.asksForCode()
  const code = await customer.scans()
  kiosk.standin.breaks()
  expect(await kiosk.standin.ended).toMatchObject({
    code: 1,
    stderr: expect.stringMatching('a fault of a test'),
  })
  await kiosk.start()
  const after = new Customer(kiosk.page)
  await after.seesCode()
  expect(await after.scans()).toBe(code)
})

test('systemd is told that the till is ready, lives and ends', async ({ kiosk }) => {
  await kiosk.close()
  const heard = kiosk.program('systemd-notify', 'echo "$@" >> "$0.heard"')
  await kiosk.start({
    env: {
      NOTIFY_SOCKET: '/run/nobody',
      WATCHDOG_USEC: '600000',
      // The compositor's, as the unit has it.
      WATCHDOG_PID: '1',
      PATH: `${dirname(heard)}:${process.env.PATH}`,
    },
  })
  const words = () => readFileSync(`${heard}.heard`, 'utf8')
  await expect.poll(words).toContain('READY=1 WATCHDOG=1 STATUS=nobody pays')
  await expect.poll(() => words().split('WATCHDOG=1').length).toBeGreaterThan(3)
  await kiosk.close()
  expect(words()).toContain('STOPPING=1')
})

test('the desk’s records, a day’s table and a certificate are kept as files; no other file leaves the page', async ({
  kiosk,
}) => {
  const { page } = kiosk
  const customer = new Customer(page)
  await customer.choosesLunch()
  await customer.press('PayPayで支払う')
  await customer.seesCode()
  await kiosk.paypay.press('approve')
  await customer.reads('お支払いが済みました')
  await customer.press('おわる')
  const attendant = new Attendant(page)
  await attendant.setsUp()
  const keeps = async (button: string): Promise<string> => {
    const saving = page.waitForEvent('download')
    await attendant.presses(button)
    const file = await saving
    await expect
      .poll(() => kiosk.standin.stderr)
      .toContain(JSON.stringify({ saved: file.suggestedFilename() }))
    return readFileSync(await file.path(), 'utf8')
  }
  await page.getByRole('button', { name: '見る', exact: true }).first().click()
  expect(JSON.parse(await keeps('ファイルに保存'))).toMatchObject({ outcome: 'delivered' })
  await attendant.presses('日計')
  expect(await keeps('明細 CSV')).toContain('唐揚げ弁当')
  await attendant.presses('記録')
  expect(await keeps('CSVで出す')).toContain('店長')

  const gives = (url: string, name: string) =>
    page.evaluate(
      ([href, download]) => {
        const own = href === '' ? URL.createObjectURL(new Blob(['x'])) : href
        Object.assign(document.createElement('a'), { href: own, download }).click()
      },
      [url, name] as const,
    )
  for (const [url, name] of [
    ['', 'kaikei.exe'],
    ['data:text/csv,a', 'kaikei-1-data.csv'],
    ['/index.html', 'kaikei-2-page.csv'],
  ] as const) {
    await gives(url, name)
    await expect.poll(() => kiosk.standin.stderr).toContain(JSON.stringify({ refusedFile: name }))
  }
})

test('a manager closes the till at the desk, with their PIN once more, and its books are closed with it', async ({
  kiosk,
}) => {
  const { page } = kiosk
  const attendant = new Attendant(page)
  await new Customer(page).reads('いらっしゃいませ')
  await attendant.setsUp()
  await attendant.presses('状態')
  await page.getByRole('textbox', { name: 'あなたの暗証番号' }).click()
  await page.keyboard.type(MANAGER_PIN)
  await page.getByRole('button', { name: 'レジを終える' }).click()
  const { code, stderr } = await kiosk.standin.ended
  // What tells a unit not to start it again.
  expect(code).toBe(10)
  expect(stderr).toContain('a manager has closed the till')
  // It is a till that was closed, not one that fell: the next start opens it.
  await kiosk.start()
  await new Customer(kiosk.page).reads('いらっしゃいませ')
})
