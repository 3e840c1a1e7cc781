import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { HourFigures } from '../../../shared/day.ts'
import { Yen } from '../../ui/money.tsx'
import { inYen } from '../text/say.ts'
import { openHours } from './hours-shown.ts'
import { Out } from './signed.tsx'
import { useDay } from './text/say.ts'

/** The charts' library is larger than the desk; it comes with the first chart. */
const Chart = lazy(() => import('./hours-chart.tsx'))

/** A picture for the eyes; the table beneath says the same, is read out, and is what comes on paper. */
export function Hours({ hours }: { hours: readonly HourFigures[] }): ReactNode {
  const { say } = useDay()
  const [isTable, setTable] = useState(false)
  const shown = openHours(hours)
  return (
    <section className="day-hours">
      <div className="day-hours-head">
        <h3>{say('day.hours')}</h3>
        <button
          type="button"
          className="dbtn quiet"
          aria-expanded={isTable}
          onClick={() => setTable(!isTable)}
        >
          {say('day.hoursAsTable')}
        </button>
      </div>
      <div className="day-chart" aria-hidden="true">
        <Suspense fallback={null}>
          <Chart hours={shown} inYen={inYen} />
        </Suspense>
      </div>
      <div className={isTable ? undefined : 'day-unseen'}>
        <table className="day-table">
          <caption className="day-unseen">{say('day.hours')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('day.hour')}</th>
              <th scope="col">{say('day.quantity')}</th>
              <th scope="col">{say('day.sales')}</th>
              <th scope="col">{say('day.back')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(one => (
              <tr key={one.hour}>
                <th scope="row">{one.hour}:00</th>
                <td>{one.sales}</td>
                <td>
                  <Yen amount={one.salesYen} />
                </td>
                <td>
                  <Out amount={one.backYen} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
