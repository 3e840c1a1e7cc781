import type { ReactNode } from 'react'
import type { Comparison } from '../../../shared/day.ts'
import type { DaySums, Difference } from '../../../shared/reconciliation.ts'
import { Yen } from '../../ui/money.tsx'
import { dayAndTime, timeOfDay } from '../days.ts'
import { CopyableNumber } from '../number.tsx'
import { Shape } from '../shapes.tsx'
import { Out, Signed } from './signed.tsx'
import { useDay } from './text/say.ts'

const lists = ['onlyTheirs', 'onlyOurs', 'differentAmount', 'differentState'] as const

/** What a comparison came to: what agrees, then every payment that does not, each with its next step. */
export function Outcome({
  comparison,
}: {
  comparison: Extract<Comparison, { state: 'finished' }>
}): ReactNode {
  const { result, fileName, finishedAtMs } = comparison
  const { locale, say } = useDay()
  const differences = lists.reduce((count, list) => count + result[list].length, 0)
  const { matched, unchecked, elsewhere } = result
  return (
    <section className="day-outcome">
      <p className="is-quiet">
        {say('compare.at', { time: dayAndTime(finishedAtMs, locale) })} ·{' '}
        {fileName === null ? say('compare.apiOnly') : say('compare.withFile', { name: fileName })}
      </p>
      <h3
        className={`day-verdict st ${differences > 0 ? 'st-case' : unchecked.count > 0 ? 'st-wait' : 'st-done'}`}
      >
        <Shape shape={differences > 0 ? 'alarm' : unchecked.count > 0 ? 'half' : 'check'} />
        <span>
          {differences > 0
            ? say('compare.differs', { number: differences })
            : say(unchecked.count > 0 ? 'compare.agreesSoFar' : 'compare.agrees')}
        </span>
      </h3>
      <ul className="day-tally">
        <li className="st st-done">
          <Shape shape="check" />
          <span>{say('compare.matched', { number: matched.count, amountYen: matched.yen })}</span>
        </li>
        {unchecked.count > 0 && (
          <li>
            <span className="st st-wait">
              <Shape shape="half" />
              <span>{say('compare.unchecked', { number: unchecked.count, amountYen: unchecked.yen })}</span>
            </span>
            <small>{say('compare.uncheckedHint')}</small>
          </li>
        )}
        {elsewhere.count > 0 && (
          <li>
            <span className="st st-none">
              <Shape shape="none" />
              <span>
                {say('compare.elsewhere', { number: elsewhere.count, amountYen: elsewhere.salesYen })}
              </span>
            </span>
            <small>{say('compare.elsewhereHint')}</small>
          </li>
        )}
      </ul>
      {lists.map(list => (
        <Differences key={list} list={list} differences={result[list]} />
      ))}
      <Sums sums={result.sums} />
    </section>
  )
}

function Differences(props: { list: (typeof lists)[number]; differences: readonly Difference[] }): ReactNode {
  const { list, differences } = props
  const { say } = useDay()
  if (differences.length === 0) return null
  const mayBeElsewhere = differences.some(one => one.next === 'refundAtPaypay' || one.next === 'otherTill')
  return (
    <section className="day-differences">
      <h4>
        {say(`compare.${list}`)} · {say('day.number', { number: differences.length })}
      </h4>
      {list === 'onlyTheirs' && mayBeElsewhere && (
        <p className="day-note is-alarm">
          <Shape shape="alarm" />
          {say('compare.otherTillWarning')}
        </p>
      )}
      <ul>
        {differences.map(one => (
          <li key={`${one.paymentId} ${one.merchantPaymentId}`}>
            <One difference={one} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function One({ difference }: { difference: Difference }): ReactNode {
  const { claimNumber, lane, terminalId, atMs, ours, paypay, next } = difference
  const { say } = useDay()
  return (
    <article className="day-difference">
      <p className="day-difference-head">
        {claimNumber !== null && <b>{claimNumber}</b>}
        {atMs !== null && <span>{timeOfDay(atMs)}</span>}
        {lane !== null && <span>{say('compare.lane', { lane })}</span>}
        {lane === null && terminalId !== null && (
          <span>{say('compare.terminal', { terminal: terminalId })}</span>
        )}
      </p>
      <dl className="day-sides">
        <div>
          <dt>{say('compare.ours')}</dt>
          <dd>
            {ours === null
              ? say('compare.nothing')
              : `${say('compare.paid', { amountYen: ours.paidYen })} · ${say('compare.back', { amountYen: ours.backYen })}`}
          </dd>
        </div>
        <div>
          <dt>
            {say('compare.theirs')}
            {paypay && ` (${say(paypay.by === 'api' ? 'compare.byApi' : 'compare.byFile')})`}
          </dt>
          <dd>
            {paypay === null
              ? say('compare.nothing')
              : `${
                  paypay.paidYen === null
                    ? say('compare.paidNotSaid')
                    : say('compare.paid', { amountYen: paypay.paidYen })
                } · ${say('compare.back', { amountYen: paypay.backYen })}`}
          </dd>
        </div>
      </dl>
      <p className="day-next">
        <b>{say('compare.next')}</b> {say(`next.${next}`)}
      </p>
      <dl className="day-ids">
        {difference.paymentId !== null && (
          <CopyableNumber name={say('compare.paymentId')} number={difference.paymentId} />
        )}
        {difference.merchantPaymentId !== null && (
          <CopyableNumber name={say('compare.merchantPaymentId')} number={difference.merchantPaymentId} />
        )}
        {difference.merchantRefundIds.map(id => (
          <CopyableNumber key={id} name={say('compare.refundId')} number={id} />
        ))}
      </dl>
    </article>
  )
}

function Sums({ sums }: { sums: Extract<Comparison, { state: 'finished' }>['result']['sums'] }): ReactNode {
  const { say } = useDay()
  const row = (name: string, one: DaySums): ReactNode => (
    <tr key={name}>
      <th scope="row">{name}</th>
      <td>
        <Yen amount={one.salesYen} />
      </td>
      <td>
        <Out amount={one.givenBackYen} />
      </td>
      <td>
        <Signed amount={one.netYen} />
      </td>
    </tr>
  )
  return (
    <>
      <table className="day-table">
        <caption>{say('compare.sums')}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{say('day.sales')}</th>
            <th scope="col">{say('day.givenBack')}</th>
            <th scope="col">{say('day.net')}</th>
          </tr>
        </thead>
        <tbody>
          {row(say('compare.sums.ours'), sums.ours)}
          {sums.api &&
            row(say('compare.sums.api', { answered: sums.api.answered, of: sums.api.of }), sums.api)}
          {sums.file && row(say('compare.sums.file'), sums.file)}
        </tbody>
      </table>
      <p className="is-quiet">{say('compare.cancelsHint')}</p>
    </>
  )
}
