import { Customer, expect } from '../kiosk.ts'
import { test } from './kiosk.ts'

// A second display is plugged into a till that sells: customers see on it what the till shows, and can do nothing there.

const TV = { id: 2, bounds: { x: 1_280, y: 0, width: 1_920, height: 1_080 } } as const

test('a mirror of the lane comes with its display, is put up again when it dies, and goes; the till sells on', async ({
  kiosk,
}) => {
  const till = kiosk.page
  const customer = new Customer(till)
  await customer.choosesLunch()
  kiosk.spoil('settings.json', JSON.stringify({ pollIntervalMs: 2_000, secondScreen: { shows: 'mirror' } }))
  const shown = kiosk.standin.nextPage()
  kiosk.standin.plug([TV])
  const tv = new Customer(await shown)
  await tv.reads('いらっしゃいませ')
  expect(new URL(tv.page.url())).toMatchObject({ pathname: '/display', search: '?lane=main' })
  await expect(tv.page.getByRole('button')).toHaveCount(0)
  const has = (name: string) => tv.page.evaluate(one => Object.keys(Reflect.get(globalThis, one) ?? {}), name)
  expect([await has('kaikei'), await has('kaikeiDisplay')]).toEqual([[], ['getShop', 'watchLane']])

  await customer.asksForCode()
  await tv.seesCode()
  const [code] = await kiosk.paypay.codes()
  expect(await tv.scans()).toBe(code?.url)

  const again = kiosk.standin.nextPage()
  const cdp = await tv.page.context().newCDPSession(tv.page)
  // It never answers, because nobody is there to.
  cdp.send('Page.crash').catch(() => undefined)
  const newTv = new Customer(await again)
  await newTv.seesCode()
  expect(await newTv.scans()).toBe(code?.url)
  expect(await customer.scans()).toBe(code?.url)

  kiosk.standin.plug([])
  await expect.poll(() => newTv.page.isClosed()).toBe(true)
  await kiosk.paypay.press('approve')
  await customer.reads('お支払いが済みました')
  expect(await kiosk.paypay.book()).toMatchObject({ capturedYen: 850, keptYen: 850 })
})

test('no arrow stands on the screen after a finger, and a mouse that moves brings it back', async ({
  kiosk,
}) => {
  const { page } = kiosk
  await new Customer(page).reads('いらっしゃいませ')
  const cursor = () =>
    page.evaluate(() => getComputedStyle(document.querySelector('button') as Element).cursor)
  const cdp = await page.context().newCDPSession(page)
  await page.mouse.move(30, 300)
  expect(await cursor()).toBe('pointer')
  const touches = (type: 'touchStart' | 'touchEnd', points: { x: number; y: number }[]) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints: points })
  await touches('touchStart', [{ x: 20, y: 300 }])
  await touches('touchEnd', [])
  expect(await cursor()).toBe('none')
  await page.mouse.move(40, 310)
  expect(await cursor()).toBe('pointer')
})
