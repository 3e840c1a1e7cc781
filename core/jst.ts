const HOUR_MS = 3_600_000
/** Japan has one zone and no summer time. */
const AHEAD_MS = 9 * HOUR_MS
const DAY_MS = 24 * HOUR_MS

/** The day in Japan: `2026-11-24`. */
export function jstDay(atMs: number): string {
  return utcDay(atMs + AHEAD_MS)
}

/** A moment in Japan, as spreadsheet programs read it: `2026-11-24 12:36:23`. */
export function jstStamp(atMs: number): string {
  return new Date(atMs + AHEAD_MS).toISOString().slice(0, 19).replace('T', ' ')
}

/** From its first ms to the first ms of the next day, epoch ms. */
export function jstDaySpan(day: string): { readonly fromMs: number; readonly toMs: number } {
  const fromMs = Date.parse(`${day}T00:00:00+09:00`)
  return { fromMs, toMs: fromMs + DAY_MS }
}

/**
 * A time as PayPay's files and spreadsheet programs write it, epoch ms: `2026-11-24 12:36:23`, `2026/11/24 9:05`,
 * `20261124123623`, or ISO 8601. Without a zone it is Japan's. Null for anything else, 30 February included.
 */
export function jstTime(text: string): number | null {
  const found = TIME.exec(text.trim())?.groups
  if (!found) return null
  const { year, month, day, hour, minute, second = '00', fraction = '', zone = '+09:00' } = found
  const date = `${year}-${two(month)}-${two(day)}`
  // Date rolls 31 November over into December.
  if (utcDay(Date.UTC(Number(year), Number(month) - 1, Number(day))) !== date) return null
  const atMs = Date.parse(`${date}T${two(hour)}:${minute}:${second}${fraction}${zone}`)
  // `24:00:00` is a time to Date.parse, and the next day's.
  return Number.isNaN(atMs) || hour === '24' ? null : atMs
}

const TIME = new RegExp(
  [
    String.raw`^(?<year>\d{4})(?:`,
    String.raw`(?<separator>[-/])(?<month>\d{1,2})\k<separator>(?<day>\d{1,2})[ T](?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?<fraction>\.\d{1,3})?)?(?<zone>Z|[+-]\d{2}:\d{2})?`,
    '|',
    String.raw`(?<month>\d{2})(?<day>\d{2})(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2})`,
    ')$',
  ].join(''),
)

function utcDay(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10)
}

function two(digits = ''): string {
  return digits.padStart(2, '0')
}
