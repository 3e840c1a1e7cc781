/** Japan has one zone and no summer time. */
const JST_MS = 9 * 3_600_000
const DAY_MS = 86_400_000

/** The day in Japan, `2026-11-24`. */
export function jstDay(atMs: number): string {
  return new Date(atMs + JST_MS).toISOString().slice(0, 10)
}

/** From its first ms up to, not including, the next day's. */
export function jstDayBounds(day: string): { readonly fromMs: number; readonly toMs: number } {
  const fromMs = Date.parse(`${day}T00:00:00.000Z`) - JST_MS
  return { fromMs, toMs: fromMs + DAY_MS }
}
