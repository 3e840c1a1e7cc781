import { startStandin } from '../../electron/standin/start.ts'
import { Customer, expect } from '../kiosk.ts'
import { root, test } from './kiosk.ts'

test('a till that is started a second time shows the first one, and the customer goes on paying', async ({
  kiosk,
}) => {
  const customer = new Customer(kiosk.page)
  await customer.choosesLunch()
  await customer.asksForCode()
  const [code] = await kiosk.paypay.codes()
  const chromium = process.env.PLAYWRIGHT_CHROMIUM_PATH
  const second = await startStandin({
    mainBundle: `${root}out/main/main.js`,
    userDataDir: kiosk.userDataDir,
    ...(chromium === undefined ? {} : { chromium }),
  }).then(
    () => 'it opened a window',
    (error: Error) => error.message,
  )
  expect(second).toBe('main ended with 0 before its window was there: ')
  await expect.poll(() => kiosk.standin.stderr).toContain('{"focused":true}')
  expect(await customer.scans()).toBe(code?.url)
  await kiosk.paypay.press('approve')
  await customer.reads('お支払いが済みました')
  expect(await kiosk.paypay.book()).toMatchObject({ capturedYen: 850, keptYen: 850 })
})
