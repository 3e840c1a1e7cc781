import type { Payment } from '../book.ts'
import type { Entry } from '../reconciliationFile.ts'
import { blockedYenAt, completedCapture } from './authorization.ts'

/**
 * The rows of a preauthorisation: each amount that was blocked (a reauthorisation is one more row with the same number), and how it
 * ended. Which id and which time a row has is PayPay's table (File layout, "The amount will be captured later").
 */
export function preauthEntries(
  entry: Omit<Entry, 'kind' | 'atMs'>,
  payment: Payment,
  nowMs: number,
): Entry[] {
  const { authorization, history, amountYen } = payment
  if (authorization === undefined) return []
  const row = (kind: Entry['kind'], atMs: number, yen: number, ownId: string | null = null): Entry => ({
    ...entry,
    kind,
    atMs,
    amountYen: yen,
    ownId,
  })
  const capture = completedCapture(authorization, nowMs)
  const blocked = (atMs: number) => blockedYenAt(amountYen, authorization, atMs)
  return [
    ...history.flatMap(({ atMs, status }) => {
      switch (status) {
        case 'AUTHORIZED':
          return [row('authorized', atMs, amountYen)]
        case 'COMPLETED':
          return capture === null ? [] : [row('payment', atMs, capture.amountYen, capture.merchantCaptureId)]
        case 'CANCELED':
          return [row('reverted', atMs, blocked(atMs), authorization.revert?.merchantRevertId ?? null)]
        case 'EXPIRED':
          return [row('expired', atMs, blocked(atMs))]
        case 'FAILED':
          return payment.paymentId === null ? [] : [row('paymentFailed', atMs, blocked(atMs))]
        default:
          return []
      }
    }),
    ...authorization.reauthorizations.flatMap(({ settledAtMs, amountYen: yen }) =>
      settledAtMs === null ? [] : [row('authorized', settledAtMs, yen)],
    ),
  ]
}
