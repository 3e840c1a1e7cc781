import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { type Program, startSimulator } from './host.ts'
import { Merchant } from './merchant.ts'
import { Paypay } from './paypay.ts'

// The customer's phone in a real browser: what it says about money is what the simulator has on its book.

let simulator: Program
let paypay: Paypay
let merchant: Merchant
let page: Page
let problems: string[]

test.use({ viewport: { width: 1_280, height: 800 }, contextOptions: { reducedMotion: 'reduce' } })
test.beforeEach(async ({ page: fresh }) => {
  simulator = startSimulator()
  const { paypayUrl, phoneUrl } = await simulator.ready<{ paypayUrl: string; phoneUrl: string }>()
  paypay = new Paypay(paypayUrl)
  merchant = new Merchant(paypayUrl)
  page = fresh
  problems = []
  // A refusal is an HTTP 409, which the browser reports as an error although the page expects it.
  page.on('console', message => {
    if (message.type() === 'error' && !message.text().includes('status of 409')) problems.push(message.text())
  })
  page.on('pageerror', error => problems.push(error.message))
  await page.goto(phoneUrl)
})
test.afterEach(async () => {
  await page.close()
  await simulator.end()
  expect(problems).toEqual([])
})

let orders = 0
async function offer(amountYen: number, storeInfo = 'こかげ'): Promise<string> {
  orders += 1
  await merchant.call('POST', '/v2/codes', {
    merchantPaymentId: `order-${orders}`,
    amount: { amount: amountYen, currency: 'JPY' },
    codeType: 'ORDER_QR',
    orderDescription: '唐揚げ弁当ほか 4点',
    storeInfo,
  })
  return (await paypay.codes())[0]?.codeId ?? ''
}

const status = async () => (await paypay.codes())[0]?.status
const slip = (amount: string) => page.getByRole('button', { name: amount })
const title = (text: string) => page.getByRole('heading', { name: text })

async function isAccessible(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.target).join(', ')}`)).toEqual([])
}

async function slideTo(part: number): Promise<void> {
  const box = await page.getByRole('slider').boundingBox()
  if (box === null) throw new Error('there is no slider')
  const middle = box.y + box.height / 2
  await page.mouse.move(box.x + 38, middle)
  await page.mouse.down()
  await page.mouse.move(box.x + 38 + (box.width - 76) * part, middle, { steps: 6 })
  await page.mouse.up()
}

test.describe('a customer', () => {
  test('sees a code appear, scans it, slides, and has paid', async () => {
    await page.getByText('レジでお会計に進むと').waitFor()
    await isAccessible()
    await offer(1_240)
    await slip('1,240').click()
    await title('こかげ').waitFor()
    expect((await paypay.codes())[0]).toMatchObject({ scanned: true, status: 'CREATED' })
    await page.getByText('唐揚げ弁当ほか 4点').waitFor()
    await isAccessible()
    await slideTo(1)
    await title('お支払いが済みました').waitFor()
    expect(await status()).toBe('COMPLETED')
    await page.getByRole('definition').first().getByText('1,240').waitFor()
    await isAccessible()
    await page.getByRole('button', { name: 'おわる' }).click()
    await page.getByText('コードを読みとります').waitFor()
  })

  test('who lets go too early, or taps at the end of the slide, has not paid', async () => {
    await offer(1_240)
    await slip('1,240').click()
    await title('こかげ').waitFor()
    await slideTo(0.7)
    const box = await page.getByRole('slider').boundingBox()
    if (box) await page.mouse.click(box.x + box.width - 10, box.y + box.height / 2)
    expect(await page.getByRole('slider').inputValue()).toBe('0')
    expect(await status()).toBe('CREATED')
  })

  for (const key of ['End', 'Enter'])
    test(`can pay with the keyboard alone: ${key}`, async () => {
      await offer(1_240)
      await slip('1,240').focus()
      await page.keyboard.press('Enter')
      await title('こかげ').waitFor()
      await page.getByRole('slider').focus()
      await page.keyboard.press('ArrowRight')
      expect(await status()).toBe('CREATED')
      await page.keyboard.press(key)
      await title('お支払いが済みました').waitFor()
      expect(await status()).toBe('COMPLETED')
    })

  test('whose payment does not go through is told that nothing was charged', async () => {
    await offer(1_240)
    await slip('1,240').click()
    await page.getByRole('button', { name: '支払えない' }).click()
    await title('お金は引かれていません').waitFor()
    await page.getByText('お支払いが完了しませんでした').waitFor()
    expect(await status()).toBe('FAILED')
    await isAccessible()
  })

  test('who leaves has done nothing, and can come back', async () => {
    await offer(1_240)
    await slip('1,240').click()
    await page.getByRole('button', { name: 'やめる' }).click()
    expect(await status()).toBe('CREATED')
    await slip('1,240').click()
    await title('こかげ').waitFor()
  })

  test('who pays a code that the till has taken away meanwhile is warned, and then told that nothing was charged', async () => {
    const codeId = await offer(1_240)
    await slip('1,240').click()
    await title('こかげ').waitFor()
    await merchant.call('DELETE', `/v2/codes/${codeId}`)
    await page.getByText('レジがこのコードを取り消しました').waitFor()
    await slideTo(1)
    await title('お金は引かれていません').waitFor()
    expect((await paypay.book()).capturedYen).toBe(0)
  })

  test('sees the money come back while looking at the phone', async () => {
    await offer(1_240)
    await slip('1,240').click()
    await slideTo(1)
    await title('お支払いが済みました').waitFor()
    await merchant.call('DELETE', `/v2/payments/${(await paypay.codes())[0]?.merchantPaymentId}`)
    await title('お金が戻りました').waitFor()
    expect((await paypay.book()).keptYen).toBe(0)
  })

  test('on a slow network pays five seconds later, or finds the code gone by then', async () => {
    await page.clock.install()
    await page.reload()
    const codeId = await offer(1_240)
    await slip('1,240').click()
    await page.getByText('電波が弱い').click()
    await slideTo(1)
    await page.getByText('送っています').waitFor()
    // The page's clock goes on by itself as well, so a busy machine is given a second.
    await page.clock.runFor(4_000)
    expect(await status()).toBe('CREATED')
    await merchant.call('DELETE', `/v2/codes/${codeId}`)
    await page.clock.runFor(1_200)
    await title('お金は引かれていません').waitFor()
    expect((await paypay.book()).capturedYen).toBe(0)
  })
})

test('on a narrow screen the page is the phone: the codes first, then the one that was picked', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  await offer(1_240)
  await offer(98_000, 'ひなた食堂 駅前店')
  await isAccessible()
  await slip('98,000').click()
  await title('ひなた食堂 駅前店').waitFor()
  expect(await slip('1,240').isVisible()).toBe(false)
  for (const control of [page.getByRole('slider'), page.getByRole('button', { name: 'やめる' })]) {
    const box = await control.boundingBox()
    expect((box?.y ?? 844) + (box?.height ?? 0)).toBeLessThanOrEqual(844)
  }
  await isAccessible()
  await page.getByRole('button', { name: 'やめる' }).click()
  await slip('1,240').waitFor()
})

test('says everywhere that it is training', async () => {
  expect(await page.title()).toContain('トレーニング')
  await page.getByText('本物のお金は動きません').waitFor()
  // Beside the codes it is a plate on the rod; where they have the page to themselves it is a band, as on the phone.
  const band = page.getByText('トレーニング Training').filter({ visible: true })
  await expect(band).toHaveCount(1)
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(band).toHaveCount(1)
  await offer(1_240)
  await slip('1,240').click()
  await title('こかげ').waitFor()
  await expect(band).toHaveCount(1)
})
