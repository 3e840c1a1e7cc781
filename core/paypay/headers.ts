/** `Tue, 24 Nov 2026 02:17:42 GMT`: the one form of date that HTTP lets a server send (RFC 9110, 5.6.7). */
const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** PayPay's clock minus ours, in whole ms, or null. Date names a whole second, so the middle of that second is taken. */
export function measuredAheadMs(date: string | undefined, midpointMs: number): number | null {
  const paypayMs = parseHttpDate(date)
  return paypayMs === null ? null : Math.round(paypayMs + 500 - midpointMs)
}

/**
 * Retry-After in ms from now, or null. PayPay documents none; gateways send it, as seconds or as a date, which is
 * compared with the Date header of the same answer because our own clock may be wrong.
 */
export function askedPauseMs(retryAfter: string | undefined, date: string | undefined): number | null {
  if (retryAfter === undefined) return null
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1000
  const untilMs = parseHttpDate(retryAfter)
  const nowMs = parseHttpDate(date)
  return untilMs === null || nowMs === null ? null : Math.max(0, untilMs - nowMs)
}

function parseHttpDate(text: string | undefined): number | null {
  const atMs = text !== undefined && httpDate.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(atMs) ? null : atMs
}
