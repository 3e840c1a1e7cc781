import type { CheckoutLine, TaxLine } from '../../shared/checkout.ts'
import type { CheckoutWord } from '../../shared/desk.ts'
import { jstSecond } from '../jst.ts'
import { spread } from '../return-receipt.ts'
import type { Cell } from './csv.ts'
import { movesOf, type SoldTrade } from './figures.ts'
import type { Return, Trade } from './trade.ts'

const HEADER = [
  '日時',
  '区分',
  '呼出番号',
  'レーン',
  '商品',
  '数量',
  '税率(%)',
  '金額(税込)',
  '内消費税',
  'PayPay決済番号',
  '加盟店決済ID',
  '返金ID',
  '状態',
]

/** The Japanese of the desk's screen. */
const words: Readonly<Record<CheckoutWord, string>> = {
  underWay: '確認中',
  delivered: '受渡済',
  unpaid: '支払なし',
  returning: '返金中',
  partlyReturned: '一部返金済',
  returned: '返金済',
  case: '要対応',
  decided: '責任者が終了',
}

/**
 * One row for each line of a sale of the day and of a return of the day, in the order of time. The amounts add up to the day's net, and
 * the tax to the tax of its receipts less that of its return receipts: a line has its share of what the paper says.
 */
export function salesTable(day: string, trades: readonly Trade[]): readonly (readonly Cell[])[] {
  const { sales, returns } = movesOf(day, trades)
  const entries = [
    ...sales.map(sold => ({ atMs: sold.sale.paidAtMs, rows: saleRows(sold) })),
    ...returns.map(({ trade, ...one }) => ({ atMs: one.back.atMs, rows: returnRows(trade, one) })),
  ]
  const inTime = entries.toSorted((one, other) => one.atMs - other.atMs)
  return [HEADER, ...inTime.flatMap(({ rows }) => rows)]
}

function saleRows({ row, sale, lines, taxes }: SoldTrade): Cell[][] {
  const taxOf = taxShares(lines, taxes)
  return lines.map((line, index) => [
    jstSecond(sale.paidAtMs),
    '売上',
    String(row.claimNumber).padStart(3, '0'),
    row.lane,
    line.names.ja,
    line.quantity,
    line.taxRatePercent,
    line.lineYen,
    taxOf[index] ?? 0,
    sale.paymentId,
    sale.merchantPaymentId,
    '',
    words[row.word],
  ])
}

/** An amount that names no product has a row for each rate. */
function returnRows({ row, sale }: Trade, { back, plan }: Return): Cell[][] {
  const isCancel = back.way === 'cancel'
  const cells = (
    name: string,
    quantity: number | null,
    ratePercent: number,
    amountYen: number,
    taxYen: number,
  ): Cell[] => [
    jstSecond(back.atMs),
    isCancel ? '取消' : '返金',
    String(row.claimNumber).padStart(3, '0'),
    row.lane,
    name,
    quantity === null ? null : -quantity,
    ratePercent,
    -amountYen,
    // No spreadsheet likes -0.
    0 - taxYen,
    sale?.paymentId ?? '',
    back.merchantPaymentId,
    isCancel ? '' : back.merchantRefundId,
    words[row.word],
  ]
  if (plan.what === 'amount')
    return plan.taxes.map(tax => cells('金額での返金', null, tax.ratePercent, tax.totalYen, tax.taxYen))
  const taxOf = taxShares(plan.lines, plan.taxes)
  return plan.lines.map((line, index) =>
    cells(line.names.ja, line.quantity, line.taxRatePercent, line.lineYen, taxOf[index] ?? 0),
  )
}

/** The tax of each rate, spread over its lines. */
function taxShares(
  lines: readonly Pick<CheckoutLine, 'lineYen' | 'taxRatePercent'>[],
  taxes: readonly TaxLine[],
): number[] {
  const shares = new Map(
    taxes.map(tax => [
      tax.ratePercent,
      spread(
        tax.taxYen,
        lines.map(line => (line.taxRatePercent === tax.ratePercent ? line.lineYen : 0)),
      ),
    ]),
  )
  return lines.map((line, index) => shares.get(line.taxRatePercent)?.[index] ?? 0)
}
