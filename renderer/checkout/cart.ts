import type { CheckoutLine, Product, Shop } from '../../shared/checkout.ts'
import { sumYen, taxInside, type Yen, yen } from '../../shared/money.ts'
import type { Basket, Cart, Notice } from '../screens/props.ts'

/**
 * The rules of the basket before core has priced it. They are for showing and for saying no early; what is sent is what
 * was shown, and core decides again.
 */

/** What a touch did to the basket: `notice` says why it did nothing. */
export type CartChange = { readonly cart: Cart; readonly notice: Notice }
export type DigitsChange = { readonly digits: string; readonly notice: Notice }

export const EMPTY_CART: Cart = {}

/** One more of a product, unless it is unknown, sold out, at its most, or the total would pass the shop's cap. */
export function addProduct(cart: Cart, productId: string, shop: Shop): CartChange {
  const product = productOf(shop, productId)
  if (!product) return { cart, notice: { key: 'notice.unknownProduct' } }
  if (!product.available) return { cart, notice: soldOut() }
  const quantity = quantityOf(cart, productId)
  if (quantity >= shop.maxQuantity) return { cart, notice: tooManyOfOne(shop.maxQuantity) }
  const grown = withQuantity(cart, productId, quantity + 1)
  if (plainTotal(grown, shop) > shop.capYen) return { cart, notice: overCap(shop.capYen) }
  return { cart: grown, notice: null }
}

/** One less of a product; the last one takes its line away. */
export function removeProduct(cart: Cart, productId: string): CartChange {
  const quantity = quantityOf(cart, productId)
  return { cart: quantity === 0 ? cart : withQuantity(cart, productId, quantity - 1), notice: null }
}

/** The part of a cart that this shop sells, after its list has changed or a page was loaded again. */
export function fitCart(cart: Cart, shop: Shop): CartChange {
  let fitted: Cart = EMPTY_CART
  let notice: Notice = null
  for (const productId of Object.keys(cart)) {
    const wanted = Math.min(quantityOf(cart, productId), shop.maxQuantity)
    for (let count = 0; count < wanted; count += 1) {
      const change = addProduct(fitted, productId, shop)
      fitted = change.cart
      notice ??= change.notice
    }
  }
  return { cart: fitted, notice }
}

/** The cart of a checkout's lines: what a customer changes after a payment did not go through. */
export function cartOf(lines: readonly CheckoutLine[]): Cart {
  return Object.fromEntries(
    lines.flatMap(line => (line.productId === null ? [] : [[line.productId, line.quantity] as const])),
  )
}

/** The cart as it is drawn: lines in the shop's order, total, and tax rounded down once for each rate. */
export function basketOfCart(cart: Cart, shop: Shop): Basket {
  return basketOf(
    shop.products
      .filter(product => quantityOf(cart, product.id) > 0)
      .map(product => {
        const quantity = quantityOf(cart, product.id)
        return {
          productId: product.id,
          names: product.names,
          quantity,
          unitPriceYen: product.priceYen,
          lineYen: yen(product.priceYen * quantity),
          taxRatePercent: product.taxRatePercent,
        }
      }),
  )
}

/** A keyed amount as it is drawn: one line, named as the shop calls it; empty at 0. */
export function basketOfDigits(digits: string, shop: Shop): Basket {
  const amountYen = amountOf(digits)
  if (amountYen === 0) return basketOf([])
  const lineYen = yen(amountYen)
  return basketOf([
    {
      productId: null,
      names: shop.keypadDescription,
      quantity: 1,
      unitPriceYen: lineYen,
      lineYen,
      taxRatePercent: shop.keypadTaxRatePercent,
    },
  ])
}

/**
 * One more key. The number may be one digit longer than the cap, so that a customer sees what they typed and is told that
 * it is too much; digits are never taken away.
 */
export function pressDigit(digits: string, digit: string, shop: Shop): DigitsChange {
  if (!/^[0-9]{1,3}$/.test(digit)) return { digits, notice: null }
  const grown = `${digits}${digit}`.replace(/^0+/, '')
  if (grown.length > String(shop.capYen).length + 1) return { digits, notice: overCap(shop.capYen) }
  return { digits: grown, notice: isOverCap(grown, shop) ? overCap(shop.capYen) : null }
}

export function eraseDigit(digits: string): DigitsChange {
  return { digits: digits.slice(0, -1), notice: null }
}

/** In yen; 0 while nothing is keyed. */
export function amountOf(digits: string): number {
  return digits === '' ? 0 : Number(digits)
}

export function isOverCap(digits: string, shop: Shop): boolean {
  return amountOf(digits) > shop.capYen
}

/** The number of a page that was loaded again: only digits, and no more of them than the keypad lets in. */
export function fitDigits(digits: string, shop: Shop): string {
  return /^[1-9][0-9]*$/.test(digits) && digits.length <= String(shop.capYen).length + 1 ? digits : ''
}

/** Why this basket cannot be reviewed or paid yet; null when it can. */
export function whyNotReady(cart: Cart, digits: string, shop: Shop): Notice {
  if (shop.till === 'menu')
    return Object.keys(fitCart(cart, shop).cart).length === 0 ? { key: 'notice.emptyCart' } : null
  if (digits === '') return { key: 'keypad.empty' }
  return isOverCap(digits, shop) ? overCap(shop.capYen) : null
}

export function soldOut(): Notice {
  return { key: 'notice.soldOut' }
}

export function tooManyOfOne(maxQuantity: number): Notice {
  return { key: 'notice.tooManyOfOne', values: { max: String(maxQuantity) } }
}

export function overCap(capYen: Yen): Notice {
  return { key: 'notice.overCap', values: { cap: yenText(capYen) } }
}

/** `¥30,000`: the same in all four languages. */
export function yenText(amountYen: number): string {
  return `¥${amountYen.toLocaleString('en-US')}`
}

function basketOf(lines: readonly CheckoutLine[]): Basket {
  const rates = [...new Set(lines.map(line => line.taxRatePercent))].sort((a, b) => a - b)
  return {
    lines,
    count: lines.reduce((count, line) => count + line.quantity, 0),
    totalYen: sumYen(lines.map(line => line.lineYen)),
    taxes: rates.map(ratePercent => {
      const totalYen = sumYen(
        lines.filter(line => line.taxRatePercent === ratePercent).map(line => line.lineYen),
      )
      return { ratePercent, totalYen, taxYen: taxInside(totalYen, ratePercent) }
    }),
  }
}

/** What one of a product costs in this shop; undefined where it is not sold. */
export function priceOf(shop: Shop, productId: string): Yen | undefined {
  return productOf(shop, productId)?.priceYen
}

function productOf(shop: Shop, productId: string): Product | undefined {
  return shop.products.find(product => product.id === productId)
}

/** 0 for what is not in the cart, also when its id is the name of something that every object has. */
function quantityOf(cart: Cart, productId: string): number {
  return Object.hasOwn(cart, productId) ? (cart[productId] ?? 0) : 0
}

function withQuantity(cart: Cart, productId: string, quantity: number): Cart {
  const others = Object.entries(cart).filter(([id]) => id !== productId)
  return Object.fromEntries(quantity > 0 ? [...others, [productId, quantity]] : others)
}

/** Not `Yen`: it is what the total would be, and may be more than there is a type for. */
function plainTotal(cart: Cart, shop: Shop): number {
  return shop.products.reduce((total, product) => total + product.priceYen * quantityOf(cart, product.id), 0)
}
