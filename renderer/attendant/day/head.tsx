import type { ReactNode } from 'react'
import type { DayView } from '../../../shared/day.ts'
import { Yen } from '../../ui/money.tsx'
import { dayInWords, timeOfDay } from '../days.ts'
import { Shape } from '../shapes.tsx'
import { CloseWord } from './days.tsx'
import { changeInNumber, changeInYen, Out, Signed } from './signed.tsx'
import { useDay } from './text/say.ts'

/** The day, what is left of it in money, what that is made of, and what somebody has to know of it. */
export function Head({ view, now }: { view: DayView; now: () => number }): ReactNode {
  const { figures, isOver, closes, sinceClose } = view
  const { locale, say } = useDay()
  const { sales, givenBack, cancels, refunds, wentBackByItself } = figures
  return (
    <header className="day-head">
      <div className="day-title">
        <h2>{dayInWords(figures.day, locale)}</h2>
        <CloseWord isClosed={closes.length > 0} />
      </div>
      <div className="day-net">
        <span>{say('day.net')}</span>
        <strong>
          <Signed amount={figures.netYen} />
        </strong>
        {!isOver && <small>{say('day.soFar', { time: timeOfDay(now()) })}</small>}
      </div>
      <dl className="day-sums">
        <div>
          <dt>{say('day.sales')}</dt>
          <dd>
            <Yen amount={sales.yen} />
          </dd>
          <dd className="is-quiet">{say('day.number', { number: sales.count })}</dd>
        </div>
        <div>
          <dt>{say('day.givenBack')}</dt>
          <dd>
            <Out amount={givenBack.yen} />
          </dd>
          <dd className="is-quiet">
            {say('day.cancels', { number: cancels.count })} · {say('day.refunds', { number: refunds.count })}
          </dd>
        </div>
        {wentBackByItself.count > 0 && (
          <div>
            <dt>{say('day.itself')}</dt>
            <dd>
              <Yen amount={wentBackByItself.yen} />
            </dd>
            <dd className="is-quiet">
              {say('day.number', { number: wentBackByItself.count })} · {say('day.itselfHint')}
            </dd>
          </div>
        )}
      </dl>
      {sinceClose && (
        <div className="day-note is-wait">
          <h3>{say('close.changed')}</h3>
          <ul>
            {(sinceClose.sales !== 0 || sinceClose.salesYen !== 0) && (
              <li>
                {say('close.changed.sales', {
                  number: changeInNumber(sinceClose.sales),
                  amount: changeInYen(sinceClose.salesYen),
                })}
              </li>
            )}
            {(sinceClose.givenBack !== 0 || sinceClose.givenBackYen !== 0) && (
              <li>
                {say('close.changed.givenBack', {
                  number: changeInNumber(sinceClose.givenBack),
                  amount: changeInYen(sinceClose.givenBackYen),
                })}
              </li>
            )}
            {sinceClose.wentBackByItself !== 0 && (
              <li>
                {say('close.changed.itself', {
                  number: changeInNumber(sinceClose.wentBackByItself),
                  amount: changeInYen(sinceClose.wentBackByItselfYen),
                })}
              </li>
            )}
            <li>
              <strong>{say('close.changed.net', { amount: changeInYen(sinceClose.netYen) })}</strong>
            </li>
          </ul>
        </div>
      )}
      {figures.open.length > 0 && (
        <div className="day-note is-alarm">
          <h3>{say('day.open')}</h3>
          <ul>
            {figures.open.map(one => (
              <li key={one.checkoutId} className={one.kind === 'case' ? 'st-case' : undefined}>
                <Shape shape={shapes[one.kind]} />
                <b>{one.claimNumber}</b>
                <span>{say(`day.open.${one.kind}`)}</span>
                <Yen amount={one.yen} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </header>
  )
}

const shapes = { case: 'alarm', returning: 'onItsWay', underWay: 'half', keptUnsold: 'closed' } as const
