import type { CheckoutLine, Locale, PaypayMode, TaxLine } from '../shared/checkout.ts'
import { sumYen, type TaxRatePercent, type Yen } from '../shared/money.ts'
import type { Receipt, ReceiptIssuer, ReceiptLine } from '../shared/receipt.ts'
import { taxLines } from './catalogue.ts'
import type { Settings } from './config.ts'
import { jstDay } from './jst.ts'

/** The rate for food and drink to take away. */
const REDUCED_RATE_PERCENT: TaxRatePercent = 8

/** A sale that was paid, as the ledger knows it. */
export type PaidSale = {
  readonly checkoutId: string
  readonly claimNumber: string
  readonly receiptNumber: string
  readonly lines: readonly CheckoutLine[]
  readonly taxes: readonly TaxLine[]
  readonly totalYen: Yen
  readonly paymentId: string
  /** In ms since 1970. */
  readonly paidAtMs: number
}

/** How and when a paper comes out. */
export type Issue = {
  /** In ms since 1970. */
  readonly atMs: number
  readonly mode: PaypayMode
  readonly locale: Locale
  readonly printedBefore: number
}

/** The receipt of a sale. Throws RangeError when the sale does not add up: that is a bug, and no paper may say so. */
export function receiptOf(sale: PaidSale, settings: Settings, issue: Issue): Receipt {
  return {
    kind: 'sale',
    receiptNumber: sale.receiptNumber,
    saleDate: jstDay(sale.paidAtMs),
    lines: sale.lines.map(receiptLine),
    message: settings.receipt.message,
    ...paperOf(sale, settings, issue),
    taxes: sale.taxes,
    totalYen: sale.totalYen,
  }
}

/** What both kinds of paper say of their sale. Throws RangeError when the sale does not add up. */
export function paperOf(sale: PaidSale, settings: Settings, issue: Issue) {
  refuseWrongSums(sale)
  return {
    checkoutId: sale.checkoutId,
    claimNumber: sale.claimNumber,
    issuer: issuerOf(settings),
    issuedAtMs: issue.atMs,
    paymentId: sale.paymentId,
    mode: issue.mode,
    printedBefore: issue.printedBefore,
    locale: issue.locale,
  }
}

export function receiptLine(line: CheckoutLine): ReceiptLine {
  const { names, quantity, unitPriceYen, lineYen, taxRatePercent } = line
  const isReducedRate = taxRatePercent === REDUCED_RATE_PERCENT
  return { names, quantity, unitPriceYen, lineYen, taxRatePercent, isReducedRate }
}

function issuerOf({ receipt, shop }: Settings): ReceiptIssuer {
  const name = receipt.issuer ?? shop.names.ja
  return {
    name,
    shop: name === shop.names.ja ? null : shop.names.ja,
    address: receipt.address,
    phone: receipt.phone,
    registrationNumber: receipt.registrationNumber,
  }
}

function refuseWrongSums(sale: PaidSale): void {
  const wrongLine = sale.lines.find(line => line.unitPriceYen * line.quantity !== line.lineYen)
  if (wrongLine)
    throw new RangeError(
      `${sale.checkoutId}: a line of ${wrongLine.lineYen} yen is not its price times its count`,
    )
  const total = sumYen(sale.lines.map(line => line.lineYen))
  if (total !== sale.totalYen)
    throw new RangeError(`${sale.checkoutId}: the lines come to ${total} yen, the sale to ${sale.totalYen}`)
  const written = (taxes: readonly TaxLine[]): string =>
    taxes
      .map(tax => `${tax.ratePercent} %: ${tax.totalYen}, tax ${tax.taxYen}`)
      .toSorted()
      .join('; ')
  const [expected, found] = [written(taxLines(sale.lines)), written(sale.taxes)]
  if (expected !== found)
    throw new RangeError(
      `${sale.checkoutId}: the sums by rate are ${found}; by its lines they are ${expected}`,
    )
}
