import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { taxInside, yen } from '../../shared/money.ts'
import {
  addProduct,
  amountOf,
  basketOfCart,
  basketOfDigits,
  cartOf,
  eraseDigit,
  fitCart,
  isOverCap,
  pressDigit,
  removeProduct,
  whyNotReady,
} from './cart.ts'
import { keypadShop, menuShop } from './test-host.ts'

/** What a customer sees before core has priced it adds up, and a touch that does nothing says why. */

const shop = menuShop()

describe('a cart', () => {
  it('is shown in the shop’s order, with tax rounded down once for each rate', () => {
    const basket = basketOfCart({ cup: 1, bun: 1, tea: 3 }, menuShop({ capYen: yen(9_999) }))
    expect(basket.lines.map(line => [line.productId, line.quantity, line.lineYen])).toEqual([
      ['tea', 3, 540],
      ['bun', 1, 220],
      ['cup', 1, 1_500],
    ])
    expect(basket).toMatchObject({
      count: 5,
      totalYen: 2_260,
      // 760 * 8 / 108 = 56.29…; by line it would have been 40 + 16 = 56 as well, by piece 13 * 3 + 16 = 55.
      taxes: [
        { ratePercent: 8, totalYen: 760, taxYen: 56 },
        { ratePercent: 10, totalYen: 1_500, taxYen: 136 },
      ],
    })
  })

  it.each([
    ['unknown', {}, 'never-was', 'notice.unknownProduct'],
    ['sold out', {}, 'gone', 'notice.soldOut'],
    ['one too many', { tea: 5 }, 'tea', 'notice.tooManyOfOne'],
    ['over the cap', { cup: 1, tea: 2 }, 'tea', 'notice.overCap'],
  ])('refuses what is %s, says so and stays as it was', (_, cart, productId, key) => {
    const change = addProduct(cart, productId, shop)
    expect(change.cart).toBe(cart)
    expect(change.notice?.key).toBe(key)
  })

  it('lets a product go, down to nothing', () => {
    expect(removeProduct({ tea: 2 }, 'tea').cart).toEqual({ tea: 1 })
    expect(removeProduct({ tea: 1 }, 'tea').cart).toEqual({})
    expect(removeProduct({ tea: 1 }, 'bun').cart).toEqual({ tea: 1 })
  })

  it('is not fooled by ids that every object knows', () => {
    for (const id of ['__proto__', 'constructor', 'toString']) {
      const odd = menuShop({ products: [{ ...firstProduct(), id }] })
      const { cart } = addProduct({}, id, odd)
      expect(basketOfCart(cart, odd)).toMatchObject({ count: 1, totalYen: 180 })
      expect(basketOfCart({}, odd)).toMatchObject({ count: 0, totalYen: 0, lines: [], taxes: [] })
    }
  })

  it('adds up, stays under the cap and under the most of one, whatever is touched', () => {
    const touch = fc.tuple(fc.boolean(), fc.constantFrom('tea', 'bun', 'cup', 'gone', 'x'))
    fc.assert(
      fc.property(fc.array(touch, { maxLength: 60 }), touches => {
        let cart = {}
        for (const [isMore, id] of touches)
          cart = (isMore ? addProduct(cart, id, shop) : removeProduct(cart, id)).cart
        const { lines, totalYen, taxes, count } = basketOfCart(cart, shop)
        expect(totalYen).toBeLessThanOrEqual(shop.capYen)
        expect(totalYen).toBe(lines.reduce((sum, line) => sum + line.unitPriceYen * line.quantity, 0))
        expect(totalYen).toBe(taxes.reduce((sum, tax) => sum + tax.totalYen, 0))
        for (const tax of taxes) expect(tax.taxYen).toBe(taxInside(tax.totalYen, tax.ratePercent))
        for (const line of lines) expect(line.quantity).toBeLessThanOrEqual(shop.maxQuantity)
        expect(count === 0).toBe(whyNotReady(cart, '', shop) !== null)
        expect(fitCart(cart, shop)).toEqual({ cart, notice: null })
        expect(cartOf(lines)).toEqual(cart)
      }),
    )
  })
})

describe('a keypad', () => {
  const till = keypadShop()
  const press = (keys: string) =>
    [...keys].reduce((pressed, key) => pressDigit(pressed.digits, key, till), {
      digits: '',
      notice: null,
    } as {
      digits: string
      notice: unknown
    })

  it('says the cap and keeps the digits', () => {
    const pressed = press('2001')
    expect(pressed).toEqual({ digits: '2001', notice: { key: 'notice.overCap', values: { cap: '¥2,000' } } })
    expect(isOverCap(pressed.digits, till)).toBe(true)
    expect(whyNotReady({}, pressed.digits, till)?.key).toBe('notice.overCap')
    expect(eraseDigit(pressed.digits)).toEqual({ digits: '200', notice: null })
  })

  it('takes one digit more than the cap has, and says why it takes no other', () => {
    expect(press('99999')).toMatchObject({ digits: '99999' })
    expect(press('999999')).toMatchObject({ digits: '99999', notice: { key: 'notice.overCap' } })
  })

  it('has no leading zeros, and knows a double zero', () => {
    expect(press('00').digits).toBe('')
    expect(press('007').digits).toBe('7')
    expect(pressDigit('12', '00', till).digits).toBe('1200')
    expect(pressDigit('12', 'x', till)).toEqual({ digits: '12', notice: null })
  })

  it('has nothing to pay at nothing', () => {
    expect(amountOf('')).toBe(0)
    expect(whyNotReady({}, '', till)).toEqual({ key: 'keypad.empty' })
    expect(basketOfDigits('', till)).toMatchObject({ count: 0, totalYen: 0 })
  })

  it('shows one line with the shop’s word for it', () => {
    expect(basketOfDigits('1980', till)).toMatchObject({
      count: 1,
      totalYen: 1_980,
      lines: [{ productId: null, names: till.keypadDescription }],
      taxes: [{ ratePercent: 10, taxYen: 180 }],
    })
  })
})

function firstProduct() {
  const product = shop.products[0]
  if (!product) throw new Error('the test shop sells nothing')
  return product
}
