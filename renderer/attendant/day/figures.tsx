import type { ReactNode } from 'react'
import { localText } from '../../../shared/checkout.ts'
import type { DayFigures } from '../../../shared/day.ts'
import { Yen } from '../../ui/money.tsx'
import { Hours } from './hours.tsx'
import { Out, Signed } from './signed.tsx'
import { useDay } from './text/say.ts'

/** The tables of a daily report. */
export function Figures({ figures }: { figures: DayFigures }): ReactNode {
  const { say } = useDay()
  const isEmpty = figures.sales.count === 0 && figures.givenBack.count === 0
  if (isEmpty) return <p className="day-waits">{say('day.nothing')}</p>
  return (
    <div className="day-figures">
      <Hours hours={figures.byHour} />
      <Products figures={figures} />
      <Rates figures={figures} />
      <Lanes figures={figures} />
    </div>
  )
}

function Products({ figures }: { figures: DayFigures }): ReactNode {
  const { locale, say } = useDay()
  return (
    <table className="day-table is-products">
      <caption>{say('day.products')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('day.product')}</th>
          <th scope="col">{say('day.quantity')}</th>
          <th scope="col">{say('day.amount')}</th>
          <th scope="col">{say('day.back')}</th>
        </tr>
      </thead>
      <tbody>
        {figures.byProduct.map(one => (
          <tr key={`${one.productId ?? one.names.ja} ${one.taxRatePercent}`}>
            <th scope="row">{localText(one.names, locale)}</th>
            <td>{one.quantity}</td>
            <td>
              <Yen amount={one.yen} />
            </td>
            <td>{one.backYen > 0 && <Out amount={one.backYen} />}</td>
          </tr>
        ))}
        {figures.amountsBackYen > 0 && (
          <tr>
            <th scope="row">{say('day.amountsBack')}</th>
            <td />
            <td />
            <td>
              <Out amount={figures.amountsBackYen} />
            </td>
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{say('day.total')}</th>
          <td />
          <td>
            <Yen amount={figures.sales.yen} />
          </td>
          <td>
            <Out amount={figures.givenBack.yen} />
          </td>
        </tr>
      </tfoot>
    </table>
  )
}

function Rates({ figures }: { figures: DayFigures }): ReactNode {
  const { say } = useDay()
  return (
    <table className="day-table">
      <caption>{say('day.rates')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('day.rate')}</th>
          <th scope="col">{say('day.sales')}</th>
          <th scope="col">{say('day.back')}</th>
          <th scope="col">{say('day.afterReturns')}</th>
          <th scope="col">{say('day.taxInside')}</th>
        </tr>
      </thead>
      <tbody>
        {figures.byRate.map(one => (
          <tr key={one.ratePercent}>
            <th scope="row">
              {say(one.ratePercent === 8 ? 'day.percentReduced' : 'day.percent', { rate: one.ratePercent })}
            </th>
            <td>
              <Yen amount={one.salesYen} />
            </td>
            <td>
              <Out amount={one.backYen} />
            </td>
            <td>
              <Signed amount={one.salesYen - one.backYen} />
            </td>
            <td>
              <Signed amount={one.salesTaxYen - one.backTaxYen} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Lanes({ figures }: { figures: DayFigures }): ReactNode {
  const { say } = useDay()
  return (
    <table className="day-table">
      <caption>{say('day.lanes')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('day.lane')}</th>
          <th scope="col">{say('day.quantity')}</th>
          <th scope="col">{say('day.sales')}</th>
          <th scope="col">{say('day.back')}</th>
          <th scope="col">{say('day.afterReturns')}</th>
        </tr>
      </thead>
      <tbody>
        {figures.byLane.map(one => (
          <tr key={one.lane}>
            <th scope="row">{one.lane}</th>
            <td>{one.sales}</td>
            <td>
              <Yen amount={one.salesYen} />
            </td>
            <td>
              <Out amount={one.backYen} />
            </td>
            <td>
              <Signed amount={one.salesYen - one.backYen} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
