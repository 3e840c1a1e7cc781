import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { type Program, startSimulator } from './host.ts'
import { Merchant } from './merchant.ts'
import { Paypay } from './paypay.ts'

// What a linked user does on the wallet page is on PayPay's book, and the merchant's page hears of it.

let simulator: Program
let shop: Server
test.use({ contextOptions: { reducedMotion: 'reduce' } })
test.beforeEach(async () => {
  simulator = startSimulator()
  shop = createServer((_request, response) => response.end('the shop'))
  await new Promise<void>(resolve => shop.listen(0, '127.0.0.1', resolve))
})
test.afterEach(async () => {
  shop.closeAllConnections()
  shop.close()
  await simulator.end()
})

async function isAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.target).join(', ')}`)).toEqual([])
}

test('a user links an account, sees the balance, pays one request and refuses another', async ({ page }) => {
  const problems: string[] = []
  page.on('pageerror', error => problems.push(error.message))
  const { paypayUrl, phoneUrl } = await simulator.ready<{ paypayUrl: string; phoneUrl: string }>()
  const [paypay, merchant] = [new Paypay(paypayUrl), new Merchant(paypayUrl)]
  const { linkQRCodeURL } = await merchant.call<{ linkQRCodeURL: string }>('POST', '/v1/qr/sessions', {
    scopes: ['pending_payments'],
    nonce: 'n-1',
    redirectUrl: `http://127.0.0.1:${(shop.address() as AddressInfo).port}/linked`,
    referenceId: 'member-7',
  })

  await page.goto(linkQRCodeURL)
  await page.getByText('お店とアカウントをつなぎますか').waitFor()
  await isAccessible(page)
  await page.getByRole('button', { name: '認める' }).click()
  await page.waitForURL(/\/linked\?.*responseToken=/)

  await page.goto(`${phoneUrl}/wallet`)
  const user = page.locator('#users > li').filter({ hasText: 'member-7' })
  await user.getByText('¥100,000').waitFor()
  const [linked] = (await paypay.get<{ consents: { id: string }[] }[]>('users')).filter(
    one => one.consents.length > 0,
  )
  const request = (merchantPaymentId: string, amount: number) =>
    merchant.call('POST', '/v1/requestOrder', {
      merchantPaymentId,
      userAuthorizationId: linked?.consents[0]?.id,
      amount: { amount, currency: 'JPY' },
      requestedAt: Math.floor(Date.now() / 1_000),
      orderDescription: '弁当の予約',
    })
  const asked = page.locator('#asks > li')

  await request('w-1', 1_240)
  await asked.getByText('¥1,240').waitFor()
  await isAccessible(page)
  await asked.getByRole('button', { name: '認める' }).click()
  await user.getByText('¥98,760').waitFor()
  await page.getByText('お答えを送りました。').waitFor()
  await request('w-2', 500)
  await asked.getByRole('button', { name: '断る' }).click()
  await page.getByText('いまは何もありません。').waitFor()
  await isAccessible(page)
  expect((await paypay.book()).capturedYen).toBe(1_240)
  expect(problems).toEqual([])
})
