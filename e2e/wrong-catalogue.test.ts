import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { booksAgree } from './books.ts'
import { tempDir } from './host.ts'
import { Customer, expect, type Till, test } from './kiosk.ts'

const demo = readFileSync(fileURLToPath(new URL('../server/demo/catalogue.json', import.meta.url)), 'utf8')

/** From a catalogue in a folder of the test's. */
async function sells(till: Till) {
  const folder = tempDir()
  await till.paypayComes()
  const host = await till.start({}, ['--catalogue', folder.file('catalogue.json', demo)])
  return { folder, host }
}

test('the catalogue turns bad while the till sells: the last good one stays, and the mended one is taken', async ({
  page,
  shutTill: till,
}) => {
  const { folder, host } = await sells(till)
  const customer = new Customer(page)
  await customer.comes(till)
  await customer.reads('いらっしゃいませ')

  folder.file('catalogue.json', demo.replace('"priceYen": 680', '"priceYen": "free"'))
  await expect
    .poll(() => host.stderr)
    .toMatch(
      /the catalogue has a fault, so the last good one stays in use: \S+catalogue\.json: products\[0\]\.priceYen: a whole number of yen/,
    )
  await customer.choosesLunch()
  await customer.asksForCode()
  await customer.pays(till)
  await customer.press('おわる')
  await booksAgree(till, 850)

  folder.file('catalogue.json', demo.replace('"priceYen": 680', '"priceYen": 700'))
  await customer.press('注文をはじめる')
  await expect(page.getByText('700').first()).toBeVisible()
  await customer.press('唐揚げ弁当 を1つ追加')
  await customer.press('お会計へ')
  await customer.asksForCode()
  expect((await till.paypay.codes())[0]?.amount).toBe(700)
  folder.remove()
})

test('two prices change by opposite amounts under a finger: the review comes again with them, and no code before', async ({
  page,
  shutTill: till,
}) => {
  const { folder } = await sells(till)
  const customer = new Customer(page)
  await customer.comes(till)
  await customer.choosesLunch()

  // The press is faster than the page's look at the new prices.
  const { promise: pressed, resolve: press } = Promise.withResolvers<void>()
  await page.route('**/api/getShop', async route => {
    await pressed
    await route.continue()
  })
  const asksForShop = page.waitForRequest('**/api/getShop')
  folder.file(
    'catalogue.json',
    demo.replace('"priceYen": 680', '"priceYen": 690').replace('"priceYen": 170', '"priceYen": 160'),
  )
  await asksForShop
  await customer.press('PayPayで支払う')
  await expect(page.getByText('値段が変わりました。合計をもう一度ご確認ください。')).toBeVisible()
  press()
  await expect(page.getByText('690').first()).toBeVisible()
  await customer.reads('ご注文の確認')
  expect(await till.paypay.codes()).toEqual([])
  await customer.asksForCode()
  await customer.pays(till)
  await booksAgree(till, 850)
  folder.remove()
})

test('a picture that is not there: the log says which, and the name hangs in its place', async ({
  page,
  shutTill: till,
}) => {
  const folder = tempDir()
  const names = { ja: '栗ごはん' }
  const product = { id: 'kuri', names, priceYen: 500, taxRate: 8, category: 'rice', available: true }
  const file = folder.file(
    'catalogue.json',
    JSON.stringify({
      categories: [{ id: 'rice', names: { ja: 'ごはん' } }],
      products: [{ ...product, image: 'kuri.png' }],
    }),
  )
  await till.paypayComes()
  const host = await till.start({}, ['--catalogue', file])
  expect(host.stderr).toMatch(/the picture kuri\.png of kuri is not beside the catalogue/)

  const customer = new Customer(page)
  await customer.comes(till)
  await customer.press('注文をはじめる')
  await customer.press('栗ごはん を1つ追加')
  await expect(page.getByText('¥500').first()).toBeVisible()
  await expect.poll(() => page.evaluate(() => document.images.length)).toBe(0)
  folder.remove()
})
