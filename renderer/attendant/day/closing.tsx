import { type ReactNode, useId, useState } from 'react'
import type { DayView } from '../../../shared/day.ts'
import type { DeskFailure } from '../../../shared/desk.ts'
import { saidOf } from '../bar.tsx'
import type { DeskClient } from '../client.ts'
import { dayAndTime, timeOfDay } from '../days.ts'
import { useDesk } from '../text/say.ts'
import { Waiting } from '../waiting.tsx'
import { Signed } from './signed.tsx'
import { useDay } from './text/say.ts'

/** Every close of the day, and the next one. */
export function Closing(props: {
  readonly client: DeskClient
  readonly view: DayView
  readonly isManager: boolean
  readonly onClosed: (view: DayView) => void
}): ReactNode {
  const { client, view, isManager } = props
  const { figures, closes, isOver } = view
  const { locale, say } = useDay()
  const { say: sayDesk } = useDesk()
  const field = useId()
  const [note, setNote] = useState('')
  const [isAsking, setAsking] = useState(false)
  const [failure, setFailure] = useState<DeskFailure | null>(null)
  const close = async (): Promise<void> => {
    if (isAsking) return
    setAsking(true)
    setFailure(null)
    const answer = await client.call('closeDay', { day: figures.day, note })
    setAsking(false)
    if (!answer.ok) return setFailure(answer.failure)
    setNote('')
    return props.onClosed(answer.value)
  }
  return (
    <section className="day-box">
      <h3>{say('close.title')}</h3>
      {closes.length === 0 && <p className="is-quiet">{say('close.none')}</p>}
      <ul className="day-closes">
        {closes.toReversed().map(one => (
          <li key={one.closedAtMs}>
            <span>{dayAndTime(one.closedAtMs, locale)}</span>
            <b>
              <Signed amount={one.totals.netYen} />
            </b>
            <span className="is-quiet">
              {one.wasOver ? say('close.whole') : say('close.before', { time: timeOfDay(one.closedAtMs) })} ·{' '}
              {one.by}
            </span>
            {one.note !== '' && <span className="day-said">{one.note}</span>}
          </li>
        ))}
      </ul>
      {isManager ? (
        <form
          onSubmit={event => {
            event.preventDefault()
            close().catch(() => {})
          }}
        >
          <label htmlFor={field}>{say('close.note')}</label>
          <input
            id={field}
            className="text-field"
            maxLength={200}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
          <p className="is-quiet">
            {isOver ? say('close.past', { netYen: figures.netYen }) : say('close.untilNow')}
          </p>
          <button type="submit" className="dbtn is-go" aria-disabled={isAsking}>
            {say(closes.length > 0 ? 'close.again' : 'close.do')}
          </button>
          <div role="status">
            {isAsking && <Waiting>{say('close.doing')}</Waiting>}
            {failure && <p className="is-told">{saidOf(failure, sayDesk)}</p>}
          </div>
        </form>
      ) : (
        <p className="is-quiet">{say('close.managerOnly')}</p>
      )}
    </section>
  )
}
