import type { Opens } from '../shared/checkout.ts'
import type { OpeningHours } from '../shared/shopDocuments.ts'
import { WEEKDAYS, type Weekday } from '../shared/weekday.ts'
import type { Clock } from './clock.ts'
import { jstDay, jstDaySpan, jstSecond } from './jst.ts'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** Whether the shop's hours say open at a moment, and if not when they do again; null: never. Epoch ms. */
export type HoursVerdict =
  | { readonly open: true }
  | { readonly open: false; readonly opensAtMs: number | null }

export function hoursAt(hours: OpeningHours | null, atMs: number): HoursVerdict {
  if (hours === null) return { open: true }
  // Yesterday's hours may go on into this morning; a week from now every weekday has come once.
  const spans = [-1, 0, 1, 2, 3, 4, 5, 6, 7].flatMap(ahead => spanOf(hours, jstDay(atMs + ahead * DAY_MS)))
  if (spans.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs)) return { open: true }
  const next = spans.find(({ fromMs }) => fromMs > atMs)
  return { open: false, opensAtMs: next?.fromMs ?? null }
}

function spanOf(hours: OpeningHours, day: string): { readonly fromMs: number; readonly toMs: number }[] {
  const midnightMs = jstDaySpan(day).fromMs
  const own = hours[weekdayOf(day)]
  if (!own) return []
  const fromMs = midnightMs + minutesOf(own.opens) * MINUTE_MS
  const toMs = midnightMs + minutesOf(own.closes) * MINUTE_MS
  return [{ fromMs, toMs: toMs > fromMs ? toMs : toMs + DAY_MS }]
}

function weekdayOf(day: string): Weekday {
  // Sunday is 0 to Date, and the last to us.
  return WEEKDAYS[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'mon'
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

/** As a screen says it. */
export function opensOf(opensAtMs: number, nowMs: number): Opens {
  const day = jstDay(opensAtMs)
  return { time: jstSecond(opensAtMs).slice(11, 16), weekday: day === jstDay(nowMs) ? null : weekdayOf(day) }
}

/** How late a screen may close, or open, after the minute. */
const LOOK_MS = 5_000

/** Looks whether the hours have changed what they say, as long as there are any. `look` is for when they became others. */
export function startHours(
  clock: Clock,
  hours: () => OpeningHours | null,
  changed: () => void,
): { look(): void; stop(): void } {
  let callOff: (() => void) | null = null
  let isStopped = false
  const look = (): void => {
    callOff?.()
    callOff = null
    if (isStopped || hours() === null) return
    callOff = clock.after(LOOK_MS, () => {
      changed()
      look()
    })
  }
  look()
  return {
    look,
    stop() {
      isStopped = true
      callOff?.()
    },
  }
}
