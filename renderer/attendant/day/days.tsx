import type { ReactNode } from 'react'
import type { ListedDay } from '../../../shared/day.ts'
import { dayInShort } from '../days.ts'
import { Shape } from '../shapes.tsx'
import { Waiting } from '../waiting.tsx'
import { Signed } from './signed.tsx'
import { useDay } from './text/say.ts'

/** Days on which something was sold or given back, newest first. */
export function Days(props: {
  readonly days: readonly ListedDay[] | null
  readonly hasMore: boolean
  readonly onMore: () => void
  readonly chosen: string
  readonly onChoose: (day: string) => void
}): ReactNode {
  const { days, chosen } = props
  const { say } = useDay()
  return (
    <nav className="day-days" aria-label={say('day.days')}>
      {days === null && (
        <p className="day-waits">
          <Waiting>{say('day.loading')}</Waiting>
        </p>
      )}
      {days?.length === 0 && <p className="day-waits">{say('day.noDays')}</p>}
      <ul>
        {days?.map(one => (
          <li key={one.day}>
            <Row listed={one} isChosen={one.day === chosen} onChoose={() => props.onChoose(one.day)} />
          </li>
        ))}
      </ul>
      {props.hasMore && (
        <button type="button" className="dbtn" onClick={props.onMore}>
          {say('day.more')}
        </button>
      )}
    </nav>
  )
}

function Row(props: { listed: ListedDay; isChosen: boolean; onChoose: () => void }): ReactNode {
  const { day, sales, netYen, close } = props.listed
  const { locale, say } = useDay()
  return (
    <button
      type="button"
      className="day-row"
      aria-current={props.isChosen ? 'date' : undefined}
      onClick={props.onChoose}
    >
      <span className="day-name">{dayInShort(day, locale)}</span>
      <span className="amt">
        <Signed amount={netYen} />
      </span>
      <CloseWord isClosed={close !== null} />
      <span className="is-quiet">{say('day.number', { number: sales.count })}</span>
    </button>
  )
}

/** A shape and a word, which each say it alone. */
export function CloseWord({ isClosed }: { isClosed: boolean }): ReactNode {
  const { say } = useDay()
  return (
    <span className={`st ${isClosed ? 'st-done' : 'st-none'}`}>
      <Shape shape={isClosed ? 'check' : 'none'} />
      <span>{say(isClosed ? 'close.isClosed' : 'close.isOpen')}</span>
    </span>
  )
}
