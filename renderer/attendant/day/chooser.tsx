import type { ReactNode } from 'react'
import { Mark } from '../shapes.tsx'
import { dayFrom } from './day-from.ts'
import { useDay } from './text/say.ts'

/** One day back, one day on, any day up to today, today. */
export function Chooser(props: {
  readonly day: string
  readonly today: string
  readonly onChoose: (day: string) => void
}): ReactNode {
  const { day, today, onChoose } = props
  const { say } = useDay()
  const isToday = day >= today
  return (
    <div className="day-choose">
      <button
        type="button"
        className="dbtn outlined"
        aria-label={say('day.before')}
        onClick={() => onChoose(dayFrom(day, -1))}
      >
        <Mark name="left" />
      </button>
      <input
        type="date"
        className="text-field"
        aria-label={say('day.choose')}
        value={day}
        max={today}
        onChange={({ target }) => {
          if (/^\d{4}-\d\d-\d\d$/.test(target.value) && target.value <= today) onChoose(target.value)
        }}
      />
      <button
        type="button"
        className="dbtn outlined is-forward"
        aria-label={say('day.after')}
        aria-disabled={isToday}
        onClick={() => !isToday && onChoose(dayFrom(day, 1))}
      >
        <Mark name="left" />
      </button>
      <button
        type="button"
        className="dbtn"
        aria-disabled={isToday}
        onClick={() => !isToday && onChoose(today)}
      >
        {say('day.today')}
      </button>
    </div>
  )
}
