const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Japan has one zone and no summer time. */
const JST_AHEAD_MS = 9 * HOUR_MS

/** A cancel is possible until 00:14:59 JST on the day after the payment (FAQ 4414062366351): before this moment. */
export function cancelWindowEndsMs(paidAtMs: number): number {
  return startOfJstDayMs(paidAtMs, 1) + 15 * 60_000
}

/** A refund is possible until 23:59:59 JST on day 365 after the payment's date: before this moment. */
export function refundWindowEndsMs(paidAtMs: number): number {
  return startOfJstDayMs(paidAtMs, 366)
}

/** A day in Japan, `2026-11-24`, from its first ms to the first ms of the next, epoch ms. */
export function jstDaySpan(day: string, daysLater = 0): { readonly fromMs: number; readonly toMs: number } {
  const fromMs = Date.parse(`${day}T00:00:00+09:00`) + daysLater * DAY_MS
  return { fromMs, toMs: fromMs + DAY_MS }
}

/** `2026-11-24T12:36:23`, in Japan. */
export function jstText(epochMs: number): string {
  return new Date(epochMs + JST_AHEAD_MS).toISOString().slice(0, 19)
}

export function epochS(epochMs: number): number {
  return Math.floor(epochMs / 1_000)
}

function startOfJstDayMs(epochMs: number, daysLater: number): number {
  const day = Math.floor((epochMs + JST_AHEAD_MS) / DAY_MS)
  return (day + daysLater) * DAY_MS - JST_AHEAD_MS
}
