import { maskedPhone } from '../accounts/authorizations.ts'
import { userOf } from '../accounts/users.ts'
import { acceptedAtMs, amountYenAt, type Book, codeOf, reachedAtMs, takenYenAt } from '../book.ts'
import type { Surroundings } from '../paypay.ts'
import { recordOf } from '../records.ts'
import type { Notice } from './notices.ts'

/** JSON of a webhook, field by field as PayPay's documents write it. */
export type Body = Readonly<Record<string, unknown>>

/** What a notice looks like when it leaves, or null where what it is about is gone. */
export function bodyOf(notice: Notice, book: Book, notificationId: string, at: Surroundings): Body | null {
  switch (notice.about) {
    case 'status':
      return transaction(book, notice.merchantPaymentId, notice.atMs, { state: notice.status }, at)
    case 'reauthorized': {
      const more = { reauth_request_id: notice.requestId, state: 'AUTHORIZED' }
      return transaction(book, notice.merchantPaymentId, notice.atMs, more, at)
    }
    case 'confirmationExpired': {
      const more = {
        confirmation_expires_at: isoOf(notice.atMs),
        reauth_request_id: notice.requestId,
        state: 'AUTHORIZED',
      }
      return transaction(book, notice.merchantPaymentId, notice.atMs, more, at)
    }
    case 'linked':
      return link(book, notice.sessionId, notificationId, at)
    case 'revoked':
    case 'extended':
    case 'canceled':
      return consent(book, notice.about, notice.userAuthorizationId, notificationId, at)
  }
}

/** "Transaction Events"; they have no notification_id, and the amount is text. */
function transaction(book: Book, id: string, atMs: number, more: Body, at: Surroundings): Body | null {
  const payment = book.payments.get(id)
  if (payment === undefined) return null
  const order = payment.direct?.order ?? codeOf(book, id)?.order
  const { authorization } = payment
  const takenAtMs = reachedAtMs(payment, 'COMPLETED', atMs)
  const blockedAtMs = authorization === undefined ? null : acceptedAtMs(payment, atMs)
  const amountYen = takenAtMs === null ? amountYenAt(payment, atMs) : takenYenAt(payment, atMs)
  const times = {
    authorized_at: blockedAtMs === null ? null : isoOf(blockedAtMs),
    expires_at: authorization === undefined ? null : isoOf(authorization.expiresAtS * 1_000),
    paid_at: takenAtMs === null ? null : isoOf(takenAtMs),
  }
  return {
    notification_type: 'Transaction',
    merchant_id: at.keys?.merchantId ?? '',
    store_id: order?.storeId ?? '',
    pos_id: order?.terminalId ?? '',
    order_id: payment.paymentId ?? '',
    merchant_order_id: id,
    ...(more.state !== 'FAILED' && times),
    order_amount: String(amountYen),
    ...more,
  }
}

/** PayPay writes "authroization", and so it is on the wire. */
const CUSTOMER = 'customer.authroization'

function link(book: Book, sessionId: string, notification_id: string, at: Surroundings): Body | null {
  const session = recordOf(book, 'linkSession', sessionId)
  if (session === null) return null
  const { referenceId, nonce } = session
  const head = { notification_id, createdAt: isoOf(session.answeredAtMs ?? at.nowMs), referenceId, nonce }
  const consentId = session.userAuthorizationId
  const authorization = consentId === null ? null : recordOf(book, 'userAuthorization', consentId)
  if (authorization === null)
    return {
      notification_type: `${CUSTOMER}.failed`,
      ...head,
      result: 'declined',
      reason: 'The user has declined',
    }
  const user = userOf(book, authorization.userId)
  return {
    notification_type: `${CUSTOMER}.succeeded`,
    ...head,
    scopes: session.scopes.join(','),
    userAuthorizationId: authorization.id,
    profileIdentifier: user === null ? '' : maskedPhone(user),
    expiry: authorization.expireAtS,
  }
}

function consent(
  book: Book,
  what: 'revoked' | 'extended' | 'canceled',
  id: string,
  notification_id: string,
  at: Surroundings,
): Body | null {
  const authorization = recordOf(book, 'userAuthorization', id)
  if (authorization === null) return null
  const head = {
    notification_type: `${CUSTOMER}.${what}`,
    notification_id,
    createdAt: isoOf(at.nowMs),
    userAuthorizationId: id,
  }
  return what === 'extended'
    ? { ...head, scopes: authorization.scopes.join(','), expiry: authorization.expireAtS }
    : { ...head, referenceId: authorization.referenceIds.at(-1) ?? '' }
}

/** Webhooks tell times as `2020-03-13T13:35:30Z`, unlike everything else. */
function isoOf(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`
}
