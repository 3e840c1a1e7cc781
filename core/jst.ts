/** The day in Japan, which has no summer time: `2026-11-25`. */
export function jstDay(atMs: number): string {
  return new Date(atMs + 9 * 3_600_000).toISOString().slice(0, 10)
}
