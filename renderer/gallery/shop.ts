import type { Category, CheckoutLine, LocalText, Product, Shop } from '../../shared/checkout.ts'
import { sumYen, type TaxRatePercent, taxInside, yen } from '../../shared/money.ts'
import type { Basket, Cart } from '../screens/props.ts'

/** The demo shop as the gallery draws it, and shops that are harder to draw: 400 products, long names, none chosen. */

export type CatalogueFile = {
  readonly categories: readonly Category[]
  readonly products: readonly {
    readonly id: string
    readonly names: LocalText
    readonly priceYen: number
    readonly taxRate: TaxRatePercent
    readonly category: string
    readonly image: string | null
    readonly available: boolean
  }[]
}

/** ¥1,240 in four things: the order that all pictures show. */
export const demoCart: Cart = { 'karaage-bento': 1, hojicha: 2, 'cooler-bag': 1 }

export function shopOf(file: CatalogueFile): Shop {
  return {
    revision: '1',
    names: { ja: 'こかげ', en: 'Kokage' },
    noren: 'こかげ',
    tagline: {
      ja: 'お弁当と珈琲。お支払いは PayPay です。',
      en: 'Bento and coffee. You pay with PayPay.',
      zh: '便当与咖啡，使用PayPay付款。',
      ko: '도시락과 커피. 결제는 PayPay입니다.',
    },
    till: 'menu',
    keypadDescription: { ja: '駐車料金', en: 'Parking', zh: '停车费', ko: '주차 요금' },
    keypadTaxRatePercent: 10,
    capYen: yen(100_000),
    maxQuantity: 9,
    categories: file.categories,
    products: file.products.map(({ taxRate, category, image, priceYen, ...product }) => ({
      ...product,
      priceYen: yen(priceYen),
      taxRatePercent: taxRate,
      categoryId: category,
      image: image === null ? null : `/media/${image}`,
    })),
    locales: ['ja', 'en', 'zh', 'ko'],
    receiptPaperMm: null,
    paypayLogo: null,
  }
}

/** 400 products in 12 categories, every seventh sold out. */
export function wholesaler(shop: Shop): Shop {
  const [first] = shop.categories
  const [model] = shop.products
  if (!first || !model) return shop
  const kinds = [
    'お弁当',
    'おむすび',
    '汁もの',
    '飲みもの',
    '和菓子',
    '洋菓子',
    '惣菜',
    'パン',
    '調味料',
    '贈りもの',
    '日用品',
    'そのほか',
  ]
  const categories = kinds.map((ja, index) => ({
    id: `kind-${index}`,
    names: { ja, en: `Shelf ${index + 1}` },
  }))
  const products = Array.from({ length: 400 }, (_, index): Product => {
    const like = shop.products[index % shop.products.length] ?? model
    return {
      ...like,
      id: `product-${index}`,
      categoryId: `kind-${Math.floor(index / 34)}`,
      available: index % 7 !== 6,
    }
  })
  return { ...shop, categories, products }
}

/** Names as long as real shops write them. */
export function longNamed(shop: Shop): Shop {
  const names: LocalText = {
    ja: '国産若鶏のじっくり揚げ唐揚げ弁当（ごはん大盛り・タルタルソース付き）',
    en: 'Slowly fried Japanese chicken bento with extra rice and tartar sauce',
    zh: '国产嫩鸡慢炸唐扬便当（大份米饭配塔塔酱）',
    ko: '국내산 영계를 천천히 튀긴 가라아게 도시락 (밥 곱빼기, 타르타르 소스)',
  }
  const products = shop.products.map((product, index) =>
    index % 2 === 0 ? { ...product, names, priceYen: yen(product.priceYen * 17) } : product,
  )
  const category = {
    ja: '季節のおすすめ弁当',
    en: 'Seasonal recommendations',
    zh: '季节推荐便当',
    ko: '계절 추천 도시락',
  }
  return {
    ...shop,
    names: { ja: 'お弁当と珈琲のこかげ 駅前本店', en: 'Kokage Bento and Coffee, Station Square' },
    categories: shop.categories.map((one, index) => (index === 0 ? { ...one, names: category } : one)),
    products,
  }
}

/** A basket priced from the shop's list. */
export function basketOf(shop: Shop, cart: Cart): Basket {
  return basketOfLines(
    shop.products.flatMap(product => {
      const quantity = cart[product.id] ?? 0
      return quantity === 0 ? [] : [lineOf(product, quantity)]
    }),
  )
}

export function keyedBasket(shop: Shop, amountYen: number): Basket {
  const lineYen = yen(amountYen)
  const names = shop.keypadDescription
  return basketOfLines([
    { productId: null, names, quantity: 1, unitPriceYen: lineYen, lineYen, taxRatePercent: 10 },
  ])
}

function lineOf(product: Product, quantity: number): CheckoutLine {
  return {
    productId: product.id,
    names: product.names,
    quantity,
    unitPriceYen: product.priceYen,
    lineYen: yen(product.priceYen * quantity),
    taxRatePercent: product.taxRatePercent,
  }
}

function basketOfLines(lines: readonly CheckoutLine[]): Basket {
  return {
    lines,
    count: lines.reduce((count, line) => count + line.quantity, 0),
    totalYen: sumYen(lines.map(line => line.lineYen)),
    taxes: ([8, 10] as const).flatMap(ratePercent => {
      const at = lines.filter(line => line.taxRatePercent === ratePercent)
      const totalYen = sumYen(at.map(line => line.lineYen))
      return at.length === 0 ? [] : [{ ratePercent, totalYen, taxYen: taxInside(totalYen, ratePercent) }]
    }),
  }
}
