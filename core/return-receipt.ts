import type { TaxLine } from '../shared/checkout.ts'
import { sumYen, type TaxRatePercent, taxInside, type Yen, yen } from '../shared/money.ts'
import type {
  ReturnedLine,
  ReturnKind,
  ReturnOrder,
  ReturnReceipt,
  ReturnRefusal,
} from '../shared/receipt.ts'
import type { Settings } from './config.ts'
import { jstDay } from './jst.ts'
import { type Issue, type PaidSale, paperOf, receiptLine } from './receipt.ts'

/** What was given back of a sale before. */
export type EarlierReturn = Pick<ReturnReceipt, 'what' | 'lines' | 'taxes'>

/** What is given back, what for, and by rate. */
export type ReturnPlan = EarlierReturn & { readonly totalYen: Yen }

export type Planned =
  | { readonly ok: true; readonly value: ReturnPlan }
  | { readonly ok: false; readonly refusal: ReturnRefusal }

/** For one rate: what was sold, and what came back of it, in yen. */
type Rate = TaxLine & { readonly givenYen: number; readonly givenTaxYen: number; readonly leftYen: Yen }

type Chosen =
  | {
      readonly ok: true
      readonly byRate: ReadonlyMap<TaxRatePercent, number>
      readonly lines: ReturnedLine[]
    }
  | { readonly ok: false; readonly refusal: ReturnRefusal }

/**
 * Works out a return of a sale after those before it. All returns of a sale together never exceed it, at any rate; when all
 * is given back, amounts and tax by rate are the sale's to the yen. Nothing is chosen by chance.
 *
 * The tax of a return is the tax inside all that was given back so far, rounded down, less what earlier returns gave back. So it is
 * within a yen of the exact tax of each return, and the last one gets the rest. Rounding each return down and giving
 * the last one the rest could leave ¥10 of tax for a last return of ¥1.
 */
export function planReturn(sale: PaidSale, earlier: readonly EarlierReturn[], order: ReturnOrder): Planned {
  const rates = ratesOf(sale, earlier)
  const leftYen = sumYen(rates.map(rate => rate.leftYen))
  if (leftYen === 0) return refuse({ kind: 'nothingLeft' })
  const left = linesLeft(sale, earlier)
  const chosen = choose(order, rates, left)
  if (!chosen.ok) return chosen

  const taxes: TaxLine[] = []
  for (const { ratePercent, givenYen, givenTaxYen, leftYen: leftAtRate } of rates) {
    const amount = chosen.byRate.get(ratePercent) ?? 0
    if (amount > leftAtRate) return refuse({ kind: 'moreThanLeft', leftYen: leftAtRate, ratePercent })
    if (amount === 0) continue
    const taxYen = yen(taxInside(yen(givenYen + amount), ratePercent) - givenTaxYen)
    taxes.push({ ratePercent, totalYen: yen(amount), taxYen })
  }
  const totalYen = sumYen(taxes.map(tax => tax.totalYen))
  const lines = chosen.lines.filter(line => taxes.some(tax => tax.ratePercent === line.taxRatePercent))
  const addsUp = order.kind !== 'amount' && sumYen(lines.map(line => line.lineYen)) === totalYen
  const what: ReturnKind = totalYen === sale.totalYen ? 'whole' : addsUp ? 'lines' : 'amount'
  return { ok: true, value: { what, lines, taxes, totalYen } }
}

/** What a decision of the desk is as an order. */
export function returnOrderOf(decision: {
  /** By the sale's lines, from 0; null: an amount. */
  readonly lines: readonly { readonly line: number; readonly quantity: number }[] | null
  readonly amountYen: number
}): ReturnOrder {
  const { lines, amountYen } = decision
  return lines === null
    ? { kind: 'amount', amountYen }
    : { kind: 'lines', lines: lines.map(({ line, quantity }) => ({ lineIndex: line, quantity })) }
}

/** The paper for a return that was planned and that PayPay took. Throws RangeError when the sale does not add up. */
export function returnReceiptOf(
  sale: PaidSale,
  plan: ReturnPlan,
  returned: { readonly returnNumber: string; readonly atMs: number },
  settings: Settings,
  issue: Issue,
): ReturnReceipt {
  return {
    kind: 'return',
    returnNumber: returned.returnNumber,
    receiptNumber: sale.receiptNumber,
    returnDate: jstDay(returned.atMs),
    saleDate: jstDay(sale.paidAtMs),
    ...paperOf(sale, settings, issue),
    ...plan,
  }
}

/**
 * Spreads an amount over parts in proportion to them: whole numbers that add up to it, none above its part. What rounding
 * leaves goes to the largest remainders; of equal ones, to the first. The amount may not exceed the sum of the parts.
 */
export function spread(amount: number, parts: readonly number[]): number[] {
  const sum = parts.reduce((so, part) => so + BigInt(part), 0n)
  if (sum === 0n) return parts.map(() => 0)
  const shares = parts.map((part, index) => {
    // Above 2^53 as soon as both are amounts that PayPay can carry.
    const product = BigInt(amount) * BigInt(part)
    return { index, share: Number(product / sum), remainder: product % sum }
  })
  const rest = amount - shares.reduce((so, { share }) => so + share, 0)
  const lucky = shares
    .toSorted((one, other) =>
      one.remainder === other.remainder ? one.index - other.index : one.remainder > other.remainder ? -1 : 1,
    )
    .slice(0, rest)
    .map(({ index }) => index)
  return shares.map(({ index, share }) => share + (lucky.includes(index) ? 1 : 0))
}

function choose(order: ReturnOrder, rates: readonly Rate[], left: readonly ReturnedLine[]): Chosen {
  switch (order.kind) {
    case 'whole':
      return {
        ok: true,
        byRate: new Map(rates.map(rate => [rate.ratePercent, rate.leftYen])),
        lines: stillThere(left),
      }
    case 'amount':
      return chooseAmount(order.amountYen, rates, left)
    case 'lines':
      return chooseLines(order.lines, left)
  }
}

function chooseAmount(amountYen: number, rates: readonly Rate[], left: readonly ReturnedLine[]): Chosen {
  if (!Number.isSafeInteger(amountYen) || amountYen < 1)
    return refuse({ kind: 'badOrder', expected: 'a whole number of yen from 1' })
  const parts = rates.map(rate => rate.leftYen)
  const leftYen = sumYen(parts)
  if (amountYen > leftYen) return refuse({ kind: 'moreThanLeft', leftYen, ratePercent: null })
  const shares = spread(amountYen, parts)
  const byRate = new Map(rates.map((rate, index) => [rate.ratePercent, shares[index] ?? 0]))
  return { ok: true, byRate, lines: stillThere(left) }
}

function chooseLines(
  wanted: Extract<ReturnOrder, { kind: 'lines' }>['lines'],
  left: readonly ReturnedLine[],
): Chosen {
  if (wanted.length === 0) return refuse({ kind: 'badOrder', expected: 'at least one line' })
  if (new Set(wanted.map(one => one.lineIndex)).size < wanted.length)
    return refuse({ kind: 'badOrder', expected: 'each line once' })
  const byRate = new Map<TaxRatePercent, number>()
  const lines: ReturnedLine[] = []
  for (const { lineIndex, quantity } of wanted.toSorted((one, other) => one.lineIndex - other.lineIndex)) {
    const line = left[lineIndex]
    if (!line) return refuse({ kind: 'unknownLine', lineIndex, lines: left.length })
    if (!Number.isSafeInteger(quantity) || quantity < 1)
      return refuse({ kind: 'badOrder', expected: 'a whole number of things from 1' })
    if (quantity > line.quantity) return refuse({ kind: 'moreThanBought', lineIndex, left: line.quantity })
    const lineYen = yen(line.unitPriceYen * quantity)
    lines.push({ ...line, quantity, lineYen })
    byRate.set(line.taxRatePercent, (byRate.get(line.taxRatePercent) ?? 0) + lineYen)
  }
  return { ok: true, byRate, lines }
}

function ratesOf(sale: PaidSale, earlier: readonly EarlierReturn[]): readonly Rate[] {
  const before = earlier.flatMap(one => one.taxes)
  return sale.taxes.map(tax => {
    const atRate = before.filter(one => one.ratePercent === tax.ratePercent)
    const givenYen = sumYen(atRate.map(one => one.totalYen))
    const givenTaxYen = sumYen(atRate.map(one => one.taxYen))
    return { ...tax, givenYen, givenTaxYen, leftYen: yen(tax.totalYen - givenYen) }
  })
}

/** Every line of the sale with the count that was not given back; an amount takes no thing away. */
function linesLeft(sale: PaidSale, earlier: readonly EarlierReturn[]): readonly ReturnedLine[] {
  const before = earlier.filter(one => one.what !== 'amount').flatMap(one => one.lines)
  return sale.lines.map((line, lineIndex) => {
    const given = before.filter(one => one.lineIndex === lineIndex).reduce((so, one) => so + one.quantity, 0)
    const quantity = line.quantity - given
    return { ...receiptLine(line), lineIndex, quantity, lineYen: yen(line.unitPriceYen * quantity) }
  })
}

function stillThere(lines: readonly ReturnedLine[]): ReturnedLine[] {
  return lines.filter(line => line.quantity > 0)
}

function refuse(refusal: ReturnRefusal): { readonly ok: false; readonly refusal: ReturnRefusal } {
  return { ok: false, refusal }
}
