import type { CheckoutLine } from '../../shared/checkout.ts'
import type { LaneFigures, ProductFigures, RateFigures } from '../../shared/day.ts'
import type { TaxRatePercent, Yen } from '../../shared/money.ts'
import type { ReturnedLine } from '../../shared/receipt.ts'
import { type DayMoves, sumOf } from './figures.ts'

/**
 * By product, and what was given back as an amount. One whose price changed is one product; one that changed its rate is two. Keyed
 * amounts are one for each name.
 */
export function byProduct({ sales, returns }: DayMoves): {
  readonly byProduct: readonly ProductFigures[]
  readonly amountsBackYen: Yen
} {
  const products = new Map<string, ProductFigures>()
  const add = (
    line: CheckoutLine,
    change: (before: ProductFigures) => Partial<Omit<ProductFigures, 'names'>>,
  ): void => {
    const { productId, names, taxRatePercent } = line
    const key = `${taxRatePercent} ${productId ?? `amount ${names.ja}`}`
    const nothing = { quantity: 0, yen: sumOf([]), backQuantity: 0, backYen: sumOf([]) }
    const before = products.get(key) ?? { productId, taxRatePercent, ...nothing, names }
    // The newest name: a product may have been renamed during the day.
    products.set(key, { ...before, ...change(before), names })
  }
  for (const { lines } of sales)
    for (const line of lines)
      add(line, ({ quantity, yen }) => ({
        quantity: quantity + line.quantity,
        yen: sumOf([yen, line.lineYen]),
      }))
  const amounts: Yen[] = []
  for (const { trade, plan } of returns) {
    if (plan.what === 'amount') amounts.push(plan.totalYen)
    else
      for (const { line, returned } of linesOf(trade.lines, plan.lines))
        add(line, ({ backQuantity, backYen }) => ({
          backQuantity: backQuantity + returned.quantity,
          backYen: sumOf([backYen, returned.lineYen]),
        }))
  }
  const listed = [...products.values()].toSorted(
    (one, other) => other.yen - one.yen || other.quantity - one.quantity,
  )
  return { byProduct: listed, amountsBackYen: sumOf(amounts) }
}

export function byLane({ sales, returns }: DayMoves): LaneFigures[] {
  const lanes = new Set([...sales.map(one => one.row.lane), ...returns.map(one => one.trade.row.lane)])
  return [...lanes].toSorted().map(lane => {
    const sold = sales.filter(one => one.row.lane === lane)
    const returned = returns.filter(one => one.trade.row.lane === lane)
    return {
      lane,
      sales: sold.length,
      salesYen: sumOf(sold.map(({ sale }) => sale.amountYen)),
      backYen: sumOf(returned.map(({ back }) => back.amountYen)),
    }
  })
}

/** The tax of a day is the sum of what its papers say, each rounded on its own; it is not worked out anew from the day's total. */
export function byRate({ sales, returns }: DayMoves): RateFigures[] {
  const sold = sales.flatMap(one => one.taxes)
  const returned = returns.flatMap(one => one.plan.taxes)
  const rates = new Set([...sold, ...returned].map(tax => tax.ratePercent))
  return [...rates]
    .toSorted((one, other) => one - other)
    .map(ratePercent => {
      const at = (taxes: typeof sold): typeof sold => taxes.filter(tax => tax.ratePercent === ratePercent)
      return {
        ratePercent: ratePercent satisfies TaxRatePercent,
        salesYen: sumOf(at(sold).map(tax => tax.totalYen)),
        salesTaxYen: sumOf(at(sold).map(tax => tax.taxYen)),
        backYen: sumOf(at(returned).map(tax => tax.totalYen)),
        backTaxYen: sumOf(at(returned).map(tax => tax.taxYen)),
      }
    })
}

function linesOf(
  lines: readonly CheckoutLine[],
  returned: readonly ReturnedLine[],
): { readonly line: CheckoutLine; readonly returned: ReturnedLine }[] {
  return returned.flatMap(one => {
    const line = lines[one.lineIndex]
    return line ? [{ line, returned: one }] : []
  })
}
