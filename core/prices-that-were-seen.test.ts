import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Catalogue, priceOrder, shopOf } from './catalogue.ts'
import { defaultSettings } from './config.ts'

// Nobody pays a price that they have not looked at: each line is held against the catalogue as it stands when the order comes.

const price = fc.integer({ min: 1, max: 5_000 })
/** What a screen showed of some products, and what came of their prices meanwhile. */
const prices = fc.array(
  fc.record({ seenYen: price, nowYen: price, quantity: fc.integer({ min: 1, max: 2 }) }),
  {
    minLength: 1,
    maxLength: 4,
  },
)

const shopWith = (pricesYen: readonly number[]) => {
  const products = pricesYen.map((priceYen, index) => ({
    id: `p${index}`,
    names: { ja: '品' },
    priceYen,
    taxRate: 8 as const,
    category: 'all',
    image: null,
    available: true,
  }))
  const catalogue: Catalogue = { categories: [{ id: 'all', names: { ja: 'すべて' } }], products }
  return shopOf(catalogue, { ...defaultSettings, capYen: 100_000 }, 'now')
}
const order = (lines: readonly { quantity: number; seenPriceYen?: number }[]) => ({
  kind: 'cart' as const,
  lines: lines.map((line, index) => ({ productId: `p${index}`, ...line })),
})

it('a line whose price is another one refuses the order, whatever the total is', () => {
  fc.assert(
    fc.property(prices, lines => {
      const shop = shopWith(lines.map(({ nowYen }) => nowYen))
      const asked = order(lines.map(({ quantity, seenYen }) => ({ quantity, seenPriceYen: seenYen })))
      const changed = lines.findIndex(({ seenYen, nowYen }) => seenYen !== nowYen)
      const refused = { ok: false, failure: { kind: 'priceChanged', productId: `p${changed}` } }
      expect(priceOrder(shop, asked)).toMatchObject(changed === -1 ? { ok: true } : refused)
    }),
    {
      examples: [
        [
          [
            { seenYen: 200, nowYen: 210, quantity: 1 },
            { seenYen: 120, nowYen: 110, quantity: 1 },
          ],
        ],
      ],
    },
  )
})

it('what was seen prices nothing: without it the order costs the same', () => {
  fc.assert(
    fc.property(prices, lines => {
      const shop = shopWith(lines.map(({ nowYen }) => nowYen))
      const seen = order(lines.map(({ quantity, nowYen }) => ({ quantity, seenPriceYen: nowYen })))
      expect(priceOrder(shop, order(lines.map(({ quantity }) => ({ quantity }))))).toEqual(
        priceOrder(shop, seen),
      )
    }),
  )
})
