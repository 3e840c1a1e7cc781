import type { ReactNode } from 'react'
import { WEEKDAYS, type Weekday } from '../../../shared/weekday.ts'
import { useDesk } from '../text/say.ts'
import { Choice, Field } from '../upkeep/parts.tsx'
import type { DayDraft, HoursDraft } from './hoursDraft.ts'
import type { DrawProps } from './kinds.tsx'

/** Always open, or a line for each weekday. */
export function Hours(props: DrawProps<HoursDraft>): ReactNode {
  const { path, label, hint, draft, onDraft, faultAt } = props
  const { say } = useDesk()
  const set = (weekday: Weekday, changes: Partial<DayDraft>): void =>
    onDraft({ ...draft, days: { ...draft.days, [weekday]: { ...draft.days[weekday], ...changes } } })
  return (
    <div className="field-group" data-field={path}>
      <Choice
        legend={label}
        options={[
          ['always', say('set.always')],
          ['days', say('set.byDay')],
        ]}
        chosen={draft.isAlwaysOpen ? 'always' : 'days'}
        onChoose={chosen => onDraft({ ...draft, isAlwaysOpen: chosen === 'always' })}
      />
      {!draft.isAlwaysOpen && (
        <ul className="hours">
          {WEEKDAYS.map(weekday => {
            const day = draft.days[weekday]
            const name = say(`set.day.${weekday}`)
            return (
              <li key={weekday}>
                <b>{name}</b>
                <button
                  type="button"
                  role="switch"
                  className={`dbtn ${day.isOpen ? 'is-on' : ''}`}
                  aria-checked={day.isOpen}
                  aria-label={`${name}: ${say(day.isOpen ? 'set.dayOpen' : 'set.dayClosed')}`}
                  onClick={() => set(weekday, { isOpen: !day.isOpen })}
                >
                  {say(day.isOpen ? 'set.dayOpen' : 'set.dayClosed')}
                </button>
                {day.isOpen &&
                  (['opens', 'closes'] as const).map(end => (
                    <Field
                      key={end}
                      kind="time"
                      name={`${path}.${weekday}.${end}`}
                      label={say(`set.${end}`, { day: name })}
                      value={day[end]}
                      onValue={time => set(weekday, { [end]: time })}
                      fault={faultAt(`${path}.${weekday}.${end}`)}
                    />
                  ))}
              </li>
            )
          })}
        </ul>
      )}
      <p className="field-hint">{hint}</p>
    </div>
  )
}
