import { expect, type Page, test } from '@playwright/test'
import { type Program, type Ready, startKaikei, tempDir } from './host.ts'
import { makeUpDesk } from './made-up-desk.ts'

// The attendant's desk lies behind every customer's screen. A customer must not load a byte of it, nor find it; staff must
// always get in, and a customer who is paying meanwhile must be served.

const data = tempDir()
let till: Program
let url: string
test.beforeAll(async () => {
  till = startKaikei(['--data-dir', data.path])
  url = (await till.ready<Ready>()).kioskUrl
})
test.afterAll(async () => {
  await till.end()
  data.remove()
})

/** Everything that the page has loaded as script or style. */
function loadedBy(page: Page): Map<string, Promise<string>> {
  const loaded = new Map<string, Promise<string>>()
  page.on('response', response => {
    const path = new URL(response.url()).pathname
    if (/\.(js|css)$/.test(path)) loaded.set(path, response.text())
  })
  return loaded
}

async function knocks(page: Page): Promise<void> {
  const { width = 0 } = page.viewportSize() ?? {}
  for (let tap = 0; tap < 5; tap += 1) await page.mouse.click(width - 20, 20)
}

const welcome = (page: Page) => page.locator('h1', { hasText: 'いらっしゃいませ' })
const door = (page: Page) => page.getByText('暗証番号を入れてください')

async function enters(page: Page): Promise<void> {
  await page.keyboard.press('Control+Shift+K')
  await door(page).waitFor()
  await page.keyboard.type('246810')
  await page.keyboard.press('Enter')
  await page.getByRole('search').waitFor()
}

test('a customer loads nothing of the desk; five taps in the corner open its door, and the customer’s screen is there again after it', async ({
  page,
}) => {
  const loaded = loadedBy(page)
  const { asked } = await makeUpDesk(page)
  await page.goto(`${url}?lane=knock`)
  await welcome(page).waitFor()
  const before = [...loaded.keys()]
  const texts = (await Promise.all(loaded.values())).join('')
  // Words and names of the desk alone, and of the libraries that only it needs.
  const traces = ['暗証番号', '返金する', 'secondPersonAboveYen', 'giveBack', 'getVirtualItems', '.desk-bar']
  expect(traces.filter(trace => texts.includes(trace))).toEqual([])
  expect(asked).toEqual([])

  await knocks(page)
  await expect(door(page)).toBeVisible()
  const after = [...loaded.keys()].filter(path => !before.includes(path))
  expect(after.some(path => path.endsWith('.js'))).toBe(true)
  const all = (await Promise.all(loaded.values())).join('')
  // The words are still what the desk is known by.
  expect(traces.filter(trace => !all.includes(trace))).toEqual([])

  await page.getByRole('button', { name: 'お客さまの画面へもどる' }).click()
  await expect(door(page)).toBeHidden()
  await page.getByRole('button', { name: '注文をはじめる' }).click()
  await expect(page.locator('h1', { hasText: 'メニュー' })).toBeVisible()
})

test('by keyboard alone: a wrong PIN is told, the right one opens, and leaving ends the session', async ({
  page,
}) => {
  const { asked } = await makeUpDesk(page)
  await page.goto(`${url}?lane=keys`)
  await welcome(page).waitFor()
  await page.keyboard.press('Control+Shift+K')
  await expect(door(page)).toBeVisible()
  await page.keyboard.type('135790')
  await page.keyboard.press('Enter')
  await expect(page.getByText('暗証番号がちがいます')).toBeVisible()
  await page.keyboard.type('246810')
  // A PIN is nowhere in the page, not even in its field.
  expect(await page.content()).not.toContain('246810')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: '終了' })).toBeVisible()
  await page.getByRole('search').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('999')
  await expect(page.getByText('「999」に合う会計はありません')).toBeVisible()
  expect(
    await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])),
  ).not.toContain('a-token')
  await page.getByRole('button', { name: '終了' }).click()
  await expect(welcome(page)).toBeVisible()
  await expect.poll(() => asked.at(-1)?.method).toBe('signOut')
})

test('a door that nobody touches closes by itself', async ({ page }) => {
  await makeUpDesk(page)
  await page.clock.install()
  await page.goto(`${url}?lane=idle`)
  await welcome(page).waitFor()
  await page.keyboard.press('Control+Shift+K')
  await expect(door(page)).toBeVisible()
  await page.clock.runFor(29_000)
  await page.keyboard.type('1')
  await page.clock.runFor(29_000)
  await expect(door(page)).toBeVisible()
  await page.clock.runFor(2_000)
  await expect(door(page)).toBeHidden()
})

test('a customer who is paying is told of, and their screen is one press away and as it was', async ({
  page,
}) => {
  await makeUpDesk(page)
  await page.goto(`${url}?lane=paying`)
  await page.getByRole('button', { name: '注文をはじめる' }).click()
  await page.getByRole('button', { name: 'ほうじ茶 を1つ追加' }).first().click()
  await page.getByRole('button', { name: 'お会計へ' }).click()
  await page.getByRole('button', { name: 'PayPayで支払う' }).click()
  await page.locator('.qr').waitFor()
  await enters(page)
  await expect(page.getByText('お客さまがお支払い中')).toBeVisible()
  await page.getByRole('button', { name: 'お客さまの画面へ' }).click()
  await expect(page.locator('.qr')).toBeVisible()
  await page.getByRole('button', { name: 'やめる' }).click()
})

test('money goes back with the row, the reason and the button; a double tap and a host that was away are one decision', async ({
  page,
}) => {
  const desk = await makeUpDesk(page)
  await page.goto(`${url}?lane=back`)
  await welcome(page).waitFor()
  await enters(page)
  await page.getByRole('button', { name: /012/ }).click()
  await page.getByRole('button', { name: '品切れ' }).click()
  desk.away.add('giveBack')
  await page.getByRole('button', { name: '¥1,240 を返金する' }).dblclick()
  const again = page.getByRole('button', { name: '同じ返金をもう一度送る' })
  await expect(again).toBeVisible()
  // The desk has found out by itself that nothing was made.
  await expect(page.getByText('この返金はまだ行われていません')).toBeVisible()

  // Not even leaving makes another decision of it.
  await page.getByRole('button', { name: '終了' }).click()
  await enters(page)
  await page.getByRole('button', { name: /012/ }).click()
  desk.away.delete('giveBack')
  await again.click()
  await expect(page.getByText('¥1,240 を返しました')).toBeVisible()

  const sent = desk.asked.filter(({ method }) => method === 'giveBack').map(({ input }) => input)
  expect(sent.length).toBeGreaterThanOrEqual(2)
  expect(sent[0]).toMatchObject({
    checkoutId: 'c1',
    what: { kind: 'whole' },
    reason: 'soldOut',
    secondPin: null,
  })
  expect(new Set(sent.map(input => JSON.stringify(input))).size).toBe(1)
})
