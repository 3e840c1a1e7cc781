const DAY_MS = 86_400_000

/** So many days from a day: `2026-11-24` and 1 is `2026-11-25`. */
export function dayFrom(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}
