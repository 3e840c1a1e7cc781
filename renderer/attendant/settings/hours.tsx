import type { ReactNode } from 'react'
import { WEEKDAYS, type Weekday } from '../../../shared/shopDocuments.ts'
import { useDesk } from '../text/say.ts'
import { Choice, Field } from '../upkeep/parts.tsx'
import type { DayDraft, SettingsDraft } from './draft.ts'

/** Always open, or a line for each weekday. */
export function Hours(props: {
  readonly draft: SettingsDraft
  readonly onChange: (changes: Partial<SettingsDraft>) => void
  readonly faultAt: (path: string) => string | null
}): ReactNode {
  const { draft, onChange, faultAt } = props
  const { say } = useDesk()
  const set = (weekday: Weekday, changes: Partial<DayDraft>): void =>
    onChange({ hours: { ...draft.hours, [weekday]: { ...draft.hours[weekday], ...changes } } })
  return (
    <>
      <Choice
        legend={say('set.hours')}
        options={[
          ['always', say('set.always')],
          ['days', say('set.byDay')],
        ]}
        chosen={draft.isAlwaysOpen ? 'always' : 'days'}
        onChoose={chosen => onChange({ isAlwaysOpen: chosen === 'always' })}
      />
      {!draft.isAlwaysOpen && (
        <ul className="hours">
          {WEEKDAYS.map(weekday => {
            const day = draft.hours[weekday]
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
                      name={`openingHours.${weekday}.${end}`}
                      label={say(`set.${end}`, { day: name })}
                      value={day[end]}
                      onValue={time => set(weekday, { [end]: time })}
                      fault={faultAt(`openingHours.${weekday}.${end}`)}
                    />
                  ))}
              </li>
            )
          })}
        </ul>
      )}
      <p className="field-hint">{say('set.hoursHint')}</p>
    </>
  )
}
