import type { PaypayHealth, RetryRule } from '../calls.ts'
import type { EndpointName } from '../wire.ts'

/** What becomes of a call when a code comes that its endpoint does not count as success. See `opa/failure.ts`. */
export type FailureKind = 'refused' | 'unknown' | 'rateLimited' | 'misconfigured' | 'maintenance'

/** What one code of PayPay's means. */
export type Row = {
  /** The HTTP statuses that PayPay documents with it. Its own tables disagree about some, so classes are compared. */
  readonly http: readonly number[]
  /** For operators and logs: what it means and what to do. */
  readonly says: string
  /** PayPay's codeIds that are published with it, each with what it says more exactly; null: nothing more. */
  readonly codeIds?: Readonly<Record<string, string | null>>
  readonly kind: FailureKind
  /** PayPay's word on asking again. Where the answer ends up `unknown`, `never` becomes `ask`. */
  readonly retry: RetryRule
  readonly health: PaypayHealth
  /**
   * The till's calls that are definitely not done when this comes: anywhere else the till takes the answer for unknown, as
   * PayPay never documented it there, and money hangs on it.
   */
  readonly refuses: readonly EndpointName[]
  /** See AnswerRow: a cancel that is refused like this need not be sent again. */
  readonly aboutPayment?: true
  /** The least pause that PayPay documents. */
  readonly retryAfterMs?: number
}

export type Rows = Readonly<Record<string, Row>>

/** PayPay documents that it does not do it. */
export function no(http: readonly number[], refuses: readonly EndpointName[], says: string): Row {
  return { http, says, kind: 'refused', retry: 'never', health: 'fine', refuses }
}

/** The same, because of what the payment is. */
export function ofPayment(http: readonly number[], refuses: readonly EndpointName[], says: string): Row {
  return { ...no(http, refuses, says), aboutPayment: true }
}

/** It may or may not have been done: only asking PayPay, or an accepted cancel, ends that. */
export function open(
  http: readonly number[],
  retry: RetryRule,
  says: string,
  health: PaypayHealth = 'fine',
): Row {
  return { http, says, kind: 'unknown', retry, health, refuses: [] }
}
