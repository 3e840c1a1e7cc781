import type { Page } from '@playwright/test'
import { type Ready, startKaikei, tempDir } from '../e2e/host.ts'
import { Paypay } from '../e2e/paypay.ts'

/** Chosen for the pictures; a till of one's own asks for another at its first start. */
const PIN = '284915'

const baskets = [
  ['唐揚げ弁当', 'ほうじ茶'],
  ['ほうじ茶'],
  ['唐揚げ弁当', '保冷バッグ'],
  ['唐揚げ弁当', '唐揚げ弁当', 'ほうじ茶'],
]

/** The pages of the attendant's desk after some sales, on a running till; `shot` is told the name of each picture. */
export async function deskPictures(
  open: () => Promise<Page>,
  shot: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  const data = tempDir()
  const till = startKaikei(['--data-dir', data.path])
  try {
    const { kioskUrl, paypayUrl } = await till.ready<Ready>()
    const paypay = new Paypay(paypayUrl)
    const page = await open()
    const press = (name: string | RegExp): Promise<void> => page.getByRole('button', { name }).first().click()
    await page.goto(kioskUrl)
    for (const basket of baskets) {
      await press('注文をはじめる')
      for (const name of basket) await press(`${name} を1つ追加`)
      await press('お会計へ')
      await press('PayPayで支払う')
      await page.locator('.qr').waitFor()
      await paypay.press('approve')
      await page.locator('.claim').waitFor()
      await press('おわる')
      await page.locator('h1', { hasText: 'いらっしゃいませ' }).waitFor()
    }
    await page.keyboard.press('Control+Shift+K')
    await page.getByText('はじめに、店長の暗証番号を決めます').waitFor()
    await shot(page, 'desk-first-start')
    await press('次へ')
    for (const asked of ['暗証番号を決めてください', '同じ番号をもう一度入れてください']) {
      await page.getByText(asked, { exact: true }).waitFor()
      await page.keyboard.type(PIN)
      await page.keyboard.press('Enter')
    }
    await page.getByRole('search').waitFor()
    await shot(page, 'desk-payments')
    await press('品切れ')
    await shot(page, 'desk-money-back')
    await press(/を返金する$/)
    await page.getByText('を返しました').waitFor()
    await shot(page, 'desk-money-back-done')
    for (const [id, ready] of [
      ['day', '.day-net'],
      ['catalogue', '[data-product]'],
      ['settings', '[data-field]'],
      ['users', '[data-user]'],
      ['audit', '.entry'],
      ['health', '.latency'],
    ] as const) {
      await page.locator(`[data-page=${id}]`).first().click()
      await page.locator(ready).first().waitFor()
      await shot(page, `desk-${id}`)
    }
    await page.locator('[data-page=checkouts]').first().click()
    await press('終了')
    await page.keyboard.press('Control+Shift+K')
    await page.getByRole('textbox', { name: '暗証番号' }).waitFor()
    await shot(page, 'desk-door')
    await page.close()
  } finally {
    await till.end()
    data.remove()
  }
}
