import { explain401, type Row, type Wordless } from './answer.ts'
import type { AnswerRow, PaypayHealth } from './calls.ts'
import { envelope } from './wire.ts'

/** An HTTP answer as far as it could be read; `code` null: no envelope of PayPay's in it. */
export type ReadAnswer = {
  readonly httpStatus: number
  readonly code: string | null
  readonly codeId: string | null
  readonly data: unknown
  readonly retryAfterMs: number | null
  readonly paypayAheadMs: number | null
}

/** The envelope of an answer, or the fact that there is none. Never throws. */
export function readEnvelope(body: string): { code: string; codeId: string | null; data: unknown } | null {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return null
  }
  const parsed = envelope.safeParse(json)
  if (!parsed.success) return null
  const { resultInfo, data } = parsed.data
  return { code: resultInfo.code, codeId: resultInfo.codeId ?? null, data }
}

export const isDone = (httpStatus: number): boolean => httpStatus >= 200 && httpStatus < 300

/** PayPay's documented ways to say no, and the two that an HTTP server may use for the same. 408 and 429 are no answer. */
export const isRefusal = (httpStatus: number): boolean => [400, 401, 403, 404, 409, 422].includes(httpStatus)

export function sameClass(documented: number, httpStatus: number): boolean {
  return isRefusal(documented)
    ? isRefusal(httpStatus)
    : Math.floor(documented / 100) === Math.floor(httpStatus / 100)
}

export function wordlessFor(httpStatus: number): Wordless {
  if (httpStatus === 429) return 'throttled'
  if (httpStatus >= 500) return 'gateway'
  return [401, 403, 407].includes(httpStatus) ? 'barred' : 'unreadable'
}

/** Where the code says nothing of PayPay as a whole, the status has to. */
export function healthBy(httpStatus: number): PaypayHealth {
  if (httpStatus === 401 || httpStatus === 403) return 'refused'
  if (httpStatus === 429) return 'busy'
  return httpStatus >= 500 ? 'unreachable' : 'fine'
}

export function toRow(
  code: string,
  row: Row,
  { codeId, retryAfterMs, paypayAheadMs }: ReadAnswer,
): AnswerRow {
  const { says, health } =
    code === 'UNAUTHORIZED' ? explain401(paypayAheadMs) : { says: exactly(row, codeId), health: row.health }
  const pauseMs = Math.max(retryAfterMs ?? 0, row.retryAfterMs ?? 0)
  const named = retryAfterMs !== null || row.retryAfterMs !== undefined
  return {
    code,
    says,
    retry: row.retry,
    health,
    ...(row.aboutPayment ? { aboutPayment: true } : {}),
    ...(named ? { retryAfterMs: pauseMs } : {}),
  }
}

/** What the codeId says more exactly than the code. */
function exactly({ codeIds = {}, says }: Row, codeId: string | null): string {
  return (codeId !== null && Object.hasOwn(codeIds, codeId) && codeIds[codeId]) || says
}
