import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { HealthReport } from '../../../shared/upkeep.ts'
import { chainInWords } from '../audit/words.ts'
import { dayAndTime, timeWithSeconds } from '../days.ts'
import { DELAYS } from '../delays.ts'
import { useDesk } from '../text/say.ts'
import type { UpkeepProps } from '../upkeep/pages.tsx'
import { NotYet } from '../upkeep/parts.tsx'
import { Card, Line } from './card.tsx'
import { Exit } from './exit.tsx'
import { Hardening } from './hardening.tsx'
import { Updates } from './updates.tsx'
import { bytesInWords, upInWords } from './words.ts'
import './health.css'

/** How the machine is; asked again and again while it is looked at. */
export function HealthPage(props: UpkeepProps): ReactNode {
  const { client, state } = props
  const { locale, say } = useDesk()
  const asked = useQuery({
    queryKey: ['health'],
    queryFn: () => client.ask('getHealth', {}),
    refetchInterval: DELAYS.healthMs,
  })
  const report = asked.data
  if (!report) return <NotYet error={asked.error} />
  const { paypay, ledger, version, openMoney } = report
  const chainIsBad = ledger.chain.last?.sound === false
  const diskIsFull = report.diskFreeBytes !== null && report.diskFreeBytes < report.diskLeastBytes
  const clock =
    paypay.clockAheadMs === null
      ? say('health.unknown')
      : say('health.seconds', { seconds: (paypay.clockAheadMs / 1_000).toFixed(1) })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard has to be able to scroll what has no button in it
    <section className="upkeep-body health-page" tabIndex={0} aria-label={say('desk.page.health')}>
      <h2>{say('desk.page.health')}</h2>
      <div className="wide health-cards">
        <Card title={say('health.selling')}>
          <Line good={report.selling.open}>{say(report.selling.open ? 'health.open' : 'health.shut')}</Line>
          {!report.selling.open && <p>{say(`desk.paypay.${report.selling.reason}`)}</p>}
          {report.says !== '' && <p className="is-quiet">{report.says}</p>}
          <p className="is-quiet">{say(`set.mode.${report.mode}`)}</p>
        </Card>
        <Card title={say('health.paypay')}>
          <Line good={paypay.reachable}>{say(paypay.reachable ? 'health.reachable' : 'health.away')}</Line>
          <p>
            {say('health.clock')}: <b className="num">{clock}</b>
          </p>
        </Card>
        <Card title={say('health.openMoney')}>
          <p className="num big">
            {say('health.openMoneyIs', { number: openMoney.checkouts, totalYen: openMoney.totalYen })}
          </p>
        </Card>
        <Card title={say('health.ledger')}>
          <Line good={!chainIsBad}>{chainInWords(ledger.chain, say, locale)}</Line>
          <p className="num">
            {say('health.facts', { number: ledger.facts })} ・ {bytesInWords(ledger.bytes, say)}
          </p>
        </Card>
        <Card title={say('health.disk')}>
          <Line good={!diskIsFull}>{bytesInWords(report.diskFreeBytes, say)}</Line>
        </Card>
        <Card title={say('health.machine')}>
          <p>{say('health.version', version)}</p>
          <p>
            {say('health.up')}: <b className="num">{upInWords(report.upMs)}</b>
          </p>
          <p>
            {say('health.folder')}: {report.dataFolder ?? say('up.none')}
          </p>
        </Card>
        {report.updates && <Updates updates={report.updates} />}
        <Lanes report={report} />
        <Times report={report} />
      </div>
      {report.hardening && <Hardening findings={report.hardening} />}
      <section className="wide">
        <h3>{say('health.troubles')}</h3>
        {report.troubles.length === 0 ? (
          <p className="is-quiet">{say('up.none')}</p>
        ) : (
          <ol className="troubles">
            {report.troubles.map((trouble, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced as a whole
              <li key={index} className={trouble.level === 'error' ? 'is-told' : ''}>
                <span className="num">{dayAndTime(trouble.atMs, locale)}</span>
                <span>{trouble.says}</span>
              </li>
            ))}
          </ol>
        )}
      </section>
      {report.mayClose && state.user.role === 'manager' && <Exit {...props} openMoney={openMoney} />}
    </section>
  )
}

function Lanes({ report }: { readonly report: HealthReport }): ReactNode {
  const { say } = useDesk()
  return (
    <Card title={say('health.lanes')}>
      {report.lanes.length === 0 && <p className="is-quiet">{say('up.none')}</p>}
      <ul>
        {report.lanes.map(({ lane, watched, seenAtMs }) => (
          <li key={lane}>
            <b>{lane}</b>{' '}
            {watched ? say('health.watched') : say('health.seen', { time: timeWithSeconds(seenAtMs) })}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Times({ report }: { readonly report: HealthReport }): ReactNode {
  const { say } = useDesk()
  const { latency } = report.paypay
  const answers = latency.reduce((sum, one) => sum + one.answers, 0)
  return (
    <Card title={say('health.latency', { number: answers })}>
      {latency.length === 0 ? (
        <p className="is-quiet">{say('health.unknown')}</p>
      ) : (
        <table className="latency">
          <thead>
            <tr>
              <th scope="col">{say('health.api')}</th>
              <th scope="col">{say('health.last')}</th>
              <th scope="col">{say('health.p50')}</th>
              <th scope="col">{say('health.p95')}</th>
            </tr>
          </thead>
          <tbody>
            {latency.map(one => (
              <tr key={one.api}>
                <th scope="row">{one.api}</th>
                {[one.lastMs, one.p50Ms, one.p95Ms].map((ms, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: three columns, which never change places
                  <td key={index} className="num">
                    {say('health.ms', { ms })}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  )
}
