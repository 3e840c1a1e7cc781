import type { FailureKind } from '../answer.ts'
import type { AnswerRow, RetryRule } from '../calls.ts'
import type { ReadAnswer } from '../reading.ts'
import type { Endpoint } from './endpoint.ts'
import type { Problem } from './prepare.ts'

/**
 * Why a call has no result, in five kinds and no more.
 * `refused`: PayPay did not do it and will not for this request; `by: 'kaikei'`: a rule of PayPay's is broken, and nothing was
 * sent. `unknown`: it may or may not have been done; ask before anything else. `rateLimited`: not done, ask again later.
 * `misconfigured`: PayPay does not let this merchant in: its clock, its keys, or its contract. `maintenance`: PayPay is closed.
 */
export type Failure =
  | ({ readonly kind: 'refused'; readonly by: 'paypay' } & Told)
  | {
      readonly kind: 'refused'
      readonly by: 'kaikei'
      readonly problems: readonly Problem[]
      readonly says: string
    }
  | ({ readonly kind: 'unknown' } & Told)
  | ({ readonly kind: 'rateLimited'; readonly askAgainAfterMs: number } & Told)
  | ({ readonly kind: 'misconfigured'; readonly what: 'clock' | 'keys' | 'contract' } & Told)
  | ({ readonly kind: 'maintenance' } & Told)

export type Told = {
  /** PayPay's code, or a name of ours where there was none to be believed. */
  readonly code: string
  /** What it means and what to do, in English. */
  readonly says: string
  readonly retry: RetryRule
  /** PayPay's own page about it; null where PayPay gave no code. */
  readonly helpUrl: string | null
}

/** PayPay names no pause; ten seconds are more than a burst needs. */
const PAUSE_MS = 10_000

export const refusedHere = (problems: readonly Problem[]): Failure => ({
  kind: 'refused',
  by: 'kaikei',
  problems,
  says: `Nothing was sent, as PayPay would refuse it. ${problems.map(({ field, rule }) => `${field || 'input'}: ${rule}`).join('; ')}.`,
})

/** PayPay's page about an answer (its Node SDK, httpsClient.js); null where PayPay names no API or code. */
export function helpUrl({ apiName }: Endpoint, { code, codeId }: ReadAnswer): string | null {
  if (apiName === null || code === null) return null
  const query = new URLSearchParams({
    api_name: apiName,
    code,
    ...(codeId === null ? {} : { code_id: codeId }),
  })
  return `https://developer.paypay.ne.jp/develop/resolve?${query}`
}

export function failureOf(kind: FailureKind, row: AnswerRow, help: string | null): Failure {
  const { code, says, retry, health, retryAfterMs } = row
  // A request that may have been done is asked about first, whatever PayPay says of sending it again.
  const told: Told = {
    code,
    says,
    retry: kind === 'unknown' && retry === 'never' ? 'ask' : retry,
    helpUrl: help,
  }
  switch (kind) {
    case 'refused':
      return { kind, by: 'paypay', ...told }
    case 'rateLimited':
      return { kind, askAgainAfterMs: retryAfterMs ?? PAUSE_MS, ...told }
    case 'misconfigured': {
      const what = code === 'OP_OUT_OF_SCOPE' ? 'contract' : health === 'clockWrong' ? 'clock' : 'keys'
      return { kind, what, ...told }
    }
    case 'maintenance':
    case 'unknown':
      return { kind, ...told }
    default:
      return kind satisfies never
  }
}
