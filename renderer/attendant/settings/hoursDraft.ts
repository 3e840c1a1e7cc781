import type { OpeningHours } from '../../../shared/shopDocuments.ts'
import { WEEKDAYS, type Weekday } from '../../../shared/weekday.ts'
import type { Faults } from './kinds.tsx'

export type DayDraft = { readonly isOpen: boolean; readonly opens: string; readonly closes: string }
export type HoursDraft = {
  readonly isAlwaysOpen: boolean
  readonly days: Readonly<Record<Weekday, DayDraft>>
}

export function draftOfHours(hours: OpeningHours | null): HoursDraft {
  const day = (weekday: Weekday): DayDraft => {
    const own = hours?.[weekday]
    return {
      isOpen: hours === null || own !== null,
      opens: own?.opens ?? '10:00',
      closes: own?.closes ?? '19:00',
    }
  }
  const days = Object.fromEntries(WEEKDAYS.map(weekday => [weekday, day(weekday)]))
  return { isAlwaysOpen: hours === null, days: days as HoursDraft['days'] }
}

export function hoursOfDraft({ isAlwaysOpen, days }: HoursDraft): OpeningHours | null {
  if (isAlwaysOpen) return null
  const entries = WEEKDAYS.map(weekday => {
    const { isOpen, opens, closes } = days[weekday]
    return [weekday, isOpen ? { opens, closes } : null]
  })
  return Object.fromEntries(entries) as OpeningHours
}

/** As `core/config.ts` has it. */
export const isTime = (written: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(written)

export function faultsOfHours({ isAlwaysOpen, days }: HoursDraft): Faults {
  if (isAlwaysOpen) return []
  return WEEKDAYS.flatMap(weekday =>
    (['opens', 'closes'] as const).flatMap(end => {
      const isFine = !days[weekday].isOpen || isTime(days[weekday][end])
      return isFine ? [] : [[`.${weekday}.${end}`, { key: 'up.fault.time' }] as const]
    }),
  )
}
