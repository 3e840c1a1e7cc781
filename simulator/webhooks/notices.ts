import { type Book, type Change, type Payment, type StatusChange, statusAt } from '../book.ts'
import type { Surroundings } from '../paypay.ts'
import { answerAt, isOpen } from '../preauth/authorization.ts'
import { recordOf, recordsOf } from '../records.ts'

/** Something that PayPay will tell the merchant at a time, if it is true then. */
export type Notice = { readonly atMs: number } & (
  | { readonly about: 'status'; readonly merchantPaymentId: string; readonly status: StatusChange['status'] }
  | {
      readonly about: 'reauthorized' | 'confirmationExpired'
      readonly merchantPaymentId: string
      readonly requestId: string
    }
  | { readonly about: 'linked'; readonly sessionId: string }
  | {
      readonly about: 'revoked' | 'extended' | 'canceled'
      readonly userAuthorizationId: string
    }
)

/** Cancel and refund are not told (OPA, Basic status transition). */
const TOLD: readonly StatusChange['status'][] = ['COMPLETED', 'AUTHORIZED', 'CANCELED', 'EXPIRED']

/** What these changes, which are about to be made, will have PayPay tell. */
export function noticesOf(book: Book, changes: readonly Change[], at: Surroundings): Notice[] {
  return changes.flatMap(change => {
    switch (change.kind) {
      case 'payment':
        return paymentNotices(book.payments.get(change.record.merchantPaymentId), change.record, at)
      case 'linkSession':
        return change.record.answer === null
          ? []
          : [{ atMs: at.nowMs, about: 'linked', sessionId: change.record.id } as const]
      case 'userAuthorization': {
        const isLink = changes.some(other => other.kind === 'linkSession')
        const before = recordOf(book, 'userAuthorization', change.record.id)
        if (isLink || before === null) return []
        const told = { atMs: at.nowMs, userAuthorizationId: change.record.id }
        if (change.record.revokedAtMs !== null && before.revokedAtMs === null) {
          const isTold = change.record.revokedBy === 'user' || at.switches.unlinkEvent === 'revoked'
          return isTold ? [{ ...told, about: 'revoked' } as const] : []
        }
        return change.record.expireAtS > before.expireAtS ? [{ ...told, about: 'extended' } as const] : []
      }
      case 'user':
        return change.record.state !== 'CANCELED'
          ? []
          : recordsOf(book, 'userAuthorization')
              .filter(one => one.userId === change.record.id && one.revokedAtMs === null)
              .map(({ id }) => ({ atMs: at.nowMs, about: 'canceled', userAuthorizationId: id }) as const)
      default:
        return []
    }
  })
}

/** What a book from an earlier life still has to tell: ends of preauthorisations, and of questions. */
export function noticesAhead(book: Book, nowMs: number): Notice[] {
  return [...book.payments.values()].flatMap(({ merchantPaymentId, history, authorization }) => [
    ...history
      .filter(one => one.atMs > nowMs && TOLD.includes(one.status))
      .map(({ atMs, status }) => ({ atMs, about: 'status', merchantPaymentId, status }) as const),
    ...(authorization?.reauthorizations ?? [])
      .filter(one => isOpen(one.asked, nowMs))
      .map(one => endOfQuestion(merchantPaymentId, one.requestId, one.asked?.expiresAtS ?? 0)),
  ])
}

/** False where something else has happened meanwhile. */
export function isStillTrue(notice: Notice, book: Book, nowMs: number): boolean {
  if (notice.about !== 'status' && notice.about !== 'confirmationExpired') return true
  const payment = book.payments.get(notice.merchantPaymentId)
  if (payment === undefined) return false
  if (notice.about === 'status')
    return payment.history.some(one => one.atMs === notice.atMs && one.status === notice.status)
  const asked = payment.authorization?.reauthorizations.find(one => one.requestId === notice.requestId)?.asked
  return statusAt(payment, nowMs) === 'AUTHORIZED' && asked != null && answerAt(asked, nowMs) === null
}

function paymentNotices(before: Payment | undefined, after: Payment, at: Surroundings): Notice[] {
  const { merchantPaymentId, history, authorization } = after
  const isNew = (one: StatusChange) =>
    !before?.history.some(old => old.atMs === one.atMs && old.status === one.status)
  const isTold = (status: StatusChange['status']) =>
    TOLD.includes(status) ||
    (status === 'FAILED' && after.cancelAcceptedAtMs === null && at.switches.failedEvent === 'sent')
  const earlier = before?.authorization?.reauthorizations ?? []
  const reauthorizations = authorization?.reauthorizations ?? []
  return [
    ...history
      .filter(one => isNew(one) && isTold(one.status))
      .map(({ atMs, status }) => ({ atMs, about: 'status', merchantPaymentId, status }) as const),
    ...reauthorizations
      .filter((one, index) => one.settledAtMs !== null && earlier[index]?.settledAtMs == null)
      .map(({ requestId, settledAtMs }) => ({
        atMs: settledAtMs ?? at.nowMs,
        about: 'reauthorized' as const,
        merchantPaymentId,
        requestId,
      })),
    ...reauthorizations
      .slice(earlier.length)
      .flatMap(one =>
        one.asked === null ? [] : [endOfQuestion(merchantPaymentId, one.requestId, one.asked.expiresAtS)],
      ),
  ]
}

function endOfQuestion(merchantPaymentId: string, requestId: string, expiresAtS: number): Notice {
  return { atMs: expiresAtS * 1_000, about: 'confirmationExpired', merchantPaymentId, requestId }
}
