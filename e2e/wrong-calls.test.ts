import { expect, test } from '@playwright/test'
import { type Program, type Ready, startKaikei, tempDir } from './host.ts'
import { callHost } from './kiosk.ts'
import { Paypay } from './paypay.ts'

// A page that asks for nonsense, or somebody who pretends to be one, gets a plain answer. PayPay hears nothing of it.

test.describe.configure({ mode: 'default' })

const cart = (...lines: object[]): object => ({ kind: 'cart', lines })
const tea = { productId: 'hojicha', quantity: 1 }
const start = (order: unknown, lane = 'main'): object => ({ lane, order, locale: 'ja' })

const settings = { menu: { capYen: 1_000 }, keypad: { till: 'keypad', capYen: 1_000 } }
for (const [till, cases] of Object.entries({
  menu: [
    [
      'an unknown product',
      cart({ ...tea, productId: 'gold' }),
      { kind: 'unknownProduct', productId: 'gold' },
    ],
    [
      'a product that is sold out',
      cart({ ...tea, productId: 'saba-bento' }),
      { kind: 'unavailableProduct', productId: 'saba-bento' },
    ],
    [
      'quantity 0',
      cart({ ...tea, quantity: 0 }),
      { kind: 'badInput', where: 'order.lines.0.quantity', expected: 'at least 1' },
    ],
    [
      'quantity 1.5',
      cart({ ...tea, quantity: 1.5 }),
      { kind: 'badInput', where: 'order.lines.0.quantity', expected: 'a whole number' },
    ],
    [
      'quantity 10^9',
      cart({ ...tea, quantity: 1e9 }),
      { kind: 'tooManyOfOne', productId: 'hojicha', maxQuantity: 20 },
    ],
    [
      'a quantity in quotes',
      cart({ ...tea, quantity: '1' }),
      { kind: 'badInput', where: 'order.lines.0.quantity' },
    ],
    [
      'the same product twice, together too many',
      cart({ ...tea, quantity: 15 }, { ...tea, quantity: 15 }),
      { kind: 'tooManyOfOne', productId: 'hojicha', maxQuantity: 20 },
    ],
    [
      'more than one checkout may come to',
      cart({ productId: 'karaage-bento', quantity: 20 }),
      { kind: 'amountOverCap', capYen: 1_000 },
    ],
    [
      'a price that the customer saw and that is no longer',
      cart({ productId: 'omusubi', quantity: 1 }, { ...tea, seenPriceYen: 1 }),
      { kind: 'priceChanged', productId: 'hojicha' },
    ],
    [
      'the same product twice, once at another price',
      cart({ ...tea, seenPriceYen: 170 }, { ...tea, seenPriceYen: 169 }),
      { kind: 'priceChanged', productId: 'hojicha' },
    ],
    [
      'a seen price in words',
      cart({ ...tea, seenPriceYen: '170' }),
      { kind: 'badInput', where: 'order.lines.0.seenPriceYen' },
    ],
    ['an empty cart', cart(), { kind: 'emptyCart' }],
    [
      'a price of its own: it is not even read, and the cap is over the shop’s price',
      cart({ productId: 'karaage-bento', quantity: 20, priceYen: 1 }),
      { kind: 'amountOverCap' },
    ],
    [
      'an amount on a till with a menu',
      { kind: 'amount', amountYen: 100 },
      { kind: 'wrongTill', till: 'menu' },
    ],
    ['no order at all', undefined, { kind: 'badInput', where: 'order' }],
  ],
  keypad: [
    ['amount 0', { kind: 'amount', amountYen: 0 }, { kind: 'amountTooSmall', minYen: 1 }],
    ['an amount below nothing', { kind: 'amount', amountYen: -5 }, { kind: 'amountTooSmall', minYen: 1 }],
    [
      'half a yen',
      { kind: 'amount', amountYen: 100.5 },
      { kind: 'badInput', where: 'order.amountYen', expected: 'a whole number of yen' },
    ],
    [
      'an amount above the cap',
      { kind: 'amount', amountYen: 1_001 },
      { kind: 'amountOverCap', capYen: 1_000, amountYen: 1_001 },
    ],
    [
      'an amount of 10^9',
      { kind: 'amount', amountYen: 1e9 },
      { kind: 'amountOverCap', capYen: 1_000, amountYen: 1e9 },
    ],
    ['a cart on a till with a keypad', cart(tea), { kind: 'wrongTill', till: 'keypad' }],
  ],
} as const)) {
  test.describe(`a till with a ${till}`, () => {
    let dir: ReturnType<typeof tempDir>
    let host: Program
    let urls: Ready
    test.beforeAll(async () => {
      dir = tempDir()
      dir.file('settings.json', JSON.stringify(settings[till as keyof typeof settings]))
      host = startKaikei(['--data-dir', dir.path])
      urls = await host.ready<Ready>()
      await expect
        .poll(() => callHost(urls.kioskUrl, 'getLane', { lane: 'main' }))
        .toMatchObject({ value: { selling: { open: true } } })
    })
    test.afterAll(async () => {
      await host.end()
      dir.remove()
    })

    for (const [name, order, failure] of cases) {
      test(`refuses ${name}`, async () => {
        expect(await callHost(urls.kioskUrl, 'startCheckout', start(order))).toMatchObject({
          ok: false,
          failure,
        })
        expect(await callHost(urls.kioskUrl, 'getLane', { lane: 'main' })).toMatchObject({
          value: { checkout: null },
        })
        expect(await new Paypay(urls.paypayUrl).codes()).toEqual([])
      })
    }

    if (till !== 'menu') return

    test('refuses methods, lanes and languages that there are not', async () => {
      expect(await callHost(urls.kioskUrl, 'giveMoney', {})).toEqual({
        ok: false,
        failure: { kind: 'unknownMethod', method: 'giveMoney' },
      })
      expect(await callHost(urls.kioskUrl, 'startCheckout', start(cart(tea), '../main'))).toMatchObject({
        failure: { kind: 'badInput', where: 'lane' },
      })
      const inKlingon = { ...start(cart(tea)), locale: 'tlh' }
      expect(await callHost(urls.kioskUrl, 'startCheckout', inKlingon)).toMatchObject({
        failure: { kind: 'badInput', where: 'locale' },
      })
      expect(
        await callHost(urls.kioskUrl, 'leaveCheckout', { lane: 'main', checkoutId: 'nobodys' }),
      ).toMatchObject({ ok: true, value: { checkout: null } })
      for (const method of ['retryCheckout', 'checkNow'])
        expect(await callHost(urls.kioskUrl, method, { lane: 'main', checkoutId: 'nobodys' })).toEqual({
          ok: false,
          failure: { kind: 'unknownCheckout', checkoutId: 'nobodys' },
        })
    })

    test('refuses pages of others, other names of this machine, and what is not JSON', async () => {
      const { kioskUrl } = urls
      const call = (headers: Record<string, string>, body = '{}'): Promise<Response> =>
        fetch(`${kioskUrl}api/getShop`, { method: 'POST', headers, body })
      const json = { 'content-type': 'application/json' }
      expect((await call(json)).status).toBe(200)
      expect((await call({ ...json, origin: 'http://evil.example' })).status).toBe(403)
      expect((await call({ 'content-type': 'text/plain' })).status).toBe(415)
      expect((await call(json, '{')).status).toBe(400)
      expect((await call(json, JSON.stringify('x'.repeat(70_000)))).status).toBe(413)
    })

    test('refuses a second start while one is open, and the first is not touched', async () => {
      const first = await callHost(urls.kioskUrl, 'startCheckout', start(cart(tea), 'busy'))
      expect(first).toMatchObject({ ok: true, value: { checkout: { claimNumber: '001' } } })
      const { checkoutId } = (first.value as { checkout: { checkoutId: string } }).checkout
      expect(await callHost(urls.kioskUrl, 'startCheckout', start(cart(tea), 'busy'))).toEqual({
        ok: false,
        failure: { kind: 'laneBusy', checkoutId },
      })
      await expect.poll(async () => (await new Paypay(urls.paypayUrl).codes()).length).toBe(1)
      expect(await callHost(urls.kioskUrl, 'getLane', { lane: 'busy' })).toMatchObject({
        value: { checkout: { checkoutId, status: 'awaitingPayment' } },
      })
    })
  })
}
