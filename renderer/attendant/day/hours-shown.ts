import type { HourFigures } from '../../../shared/day.ts'

/** So many hours at least are drawn, or a day with one sale would be one bar. */
const LEAST_HOURS = 10

/** From the first hour with anything in it to the last, and some around them. */
export function openHours(hours: readonly HourFigures[]): readonly HourFigures[] {
  const isUsed = (one: HourFigures): boolean => one.sales > 0 || one.backYen > 0
  const first = hours.findIndex(isUsed)
  if (first < 0) return []
  let [from, to] = [first, hours.findLastIndex(isUsed)]
  while (to - from + 1 < LEAST_HOURS && (from > 0 || to < hours.length - 1)) {
    if (to < hours.length - 1) to += 1
    if (to - from + 1 < LEAST_HOURS && from > 0) from -= 1
  }
  return hours.slice(from, to + 1)
}
