import type { ComparisonSummary, DayFigures } from '../../shared/day.ts'

/** What is written down of a JST day, in a stream of its own for each: `day-2026-11-24`. */
export type DayFactData = {
  /** A person has closed the day with these figures. `wasOver`: after midnight. */
  dayClosed: {
    readonly by: string
    readonly note: string
    readonly wasOver: boolean
    readonly figures: DayFigures
  }
  /** The comparison with PayPay is finished; `by` is a userId. */
  dayCompared: Omit<ComparisonSummary, 'atMs'>
}

export type DayFact = {
  [T in keyof DayFactData]: { readonly type: T; readonly atMs: number; readonly data: DayFactData[T] }
}[keyof DayFactData]

export function dayStream(day: string): string {
  return `day-${day}`
}
