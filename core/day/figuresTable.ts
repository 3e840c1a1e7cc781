import type { DayFigures } from '../../shared/day.ts'
import type { Cell } from './csv.ts'

const kinds: Readonly<Record<DayFigures['open'][number]['kind'], string>> = {
  case: '要対応',
  returning: '返金中',
  underWay: '確認中',
  keptUnsold: '責任者が終了(PayPayに入金あり)',
}

/** The figures of a day, one below the other, with an empty row between its parts. */
export function figuresTable(figures: DayFigures): readonly (readonly Cell[])[] {
  const { sales, givenBack, cancels, refunds, wentBackByItself, netYen } = figures
  return [
    ['日計', figures.day],
    ['', '件数', '金額(税込)'],
    ['売上', sales.count, sales.yen],
    ['返金・取消', givenBack.count, 0 - givenBack.yen],
    ['うち取消', cancels.count, 0 - cancels.yen],
    ['うち返金', refunds.count, 0 - refunds.yen],
    ['差引', null, netYen],
    ['遅れて届き自動で返した支払い(差引に含まない)', wentBackByItself.count, wentBackByItself.yen],
    [],
    ['税率(%)', '売上(税込)', '内消費税', '返金(税込)', '内消費税', '差引(税込)', '内消費税'],
    ...figures.byRate.map(one => [
      one.ratePercent,
      one.salesYen,
      one.salesTaxYen,
      0 - one.backYen,
      0 - one.backTaxYen,
      one.salesYen - one.backYen,
      one.salesTaxYen - one.backTaxYen,
    ]),
    [],
    ['時', '件数', '売上(税込)', '返金(税込)'],
    ...figures.byHour.map(one => [one.hour, one.sales, one.salesYen, 0 - one.backYen]),
    [],
    ['商品', '税率(%)', '数量', '売上(税込)', '返金数量', '返金(税込)'],
    ...figures.byProduct.map(one => [
      one.names.ja,
      one.taxRatePercent,
      one.quantity,
      one.yen,
      one.backQuantity,
      0 - one.backYen,
    ]),
    ['金額での返金', null, null, null, null, 0 - figures.amountsBackYen],
    [],
    ['レーン', '件数', '売上(税込)', '返金(税込)'],
    ...figures.byLane.map(one => [one.lane, one.sales, one.salesYen, 0 - one.backYen]),
    [],
    ['未完了', '呼出番号', 'レーン', '金額(税込)'],
    ...figures.open.map(one => [kinds[one.kind], one.claimNumber, one.lane, one.yen]),
  ]
}
