import type { DeskLocale } from './text/say.ts'

/** Times as the desk writes them: always Japan's, whatever the machine believes. */

const tags = { ja: 'ja-JP', en: 'en-GB' } as const
const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit' })
const clockWithSeconds = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Tokyo',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** `12:36` */
export function timeOfDay(atMs: number): string {
  return clock.format(atMs)
}

/** `12:36:20` */
export function timeWithSeconds(atMs: number): string {
  return clockWithSeconds.format(atMs)
}

/** `11月24日 火曜日` for `2026-11-24`. */
export function dayInWords(businessDay: string, locale: DeskLocale): string {
  const noon = Date.parse(`${businessDay}T12:00:00+09:00`)
  if (Number.isNaN(noon)) return businessDay
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(tags[locale], { timeZone: 'Asia/Tokyo', ...options }).format(noon)
  const day = part({ month: 'long', day: 'numeric' })
  const weekday = part({ weekday: 'long' })
  return locale === 'ja' ? `${day} ${weekday}` : `${weekday}, ${day}`
}

/** `11月24日 12:36` */
export function dayAndTime(atMs: number, locale: DeskLocale): string {
  const day = new Intl.DateTimeFormat(tags[locale], {
    timeZone: 'Asia/Tokyo',
    month: 'short',
    day: 'numeric',
  })
  return `${day.format(atMs)} ${timeOfDay(atMs)}`
}

/** Since then, in the largest unit that is whole. */
export function ageOf(
  sinceMs: number,
  nowMs: number,
): { readonly key: 'age.minutes' | 'age.hours' | 'age.days'; readonly number: number } {
  const minutes = Math.max(0, Math.floor((nowMs - sinceMs) / 60_000))
  if (minutes < 120) return { key: 'age.minutes', number: minutes }
  const hours = Math.floor(minutes / 60)
  return hours < 48
    ? { key: 'age.hours', number: hours }
    : { key: 'age.days', number: Math.floor(hours / 24) }
}

/** What an `<input type="datetime-local">` holds, read as Japan's time; null for nothing or half of one. */
export function msOfLocalInput(value: string): number | null {
  const atMs = Date.parse(`${value}:00+09:00`)
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value) && !Number.isNaN(atMs) ? atMs : null
}

/** The other way: `2026-11-24T12:36`. */
export function localInputOf(atMs: number): string {
  return new Date(atMs + 9 * 3_600_000).toISOString().slice(0, 16)
}
