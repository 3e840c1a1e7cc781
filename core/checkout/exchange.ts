import type {
  Answer,
  CancelAccepted,
  CodeDeleted,
  CreatedCode,
  PaymentRead,
  RefundTaken,
} from '../paypay/client.ts'
import type { Call, Watch } from './decide.ts'
import * as delays from './delays.ts'
import type { CheckoutFact } from './facts.ts'
import type { MoneyBack } from './moneyBack.ts'
import { type Attempt, apply, type CheckoutState, tellsMore } from './payment.ts'

/** What PayPay may answer to each call. */
export type AnswerOf = {
  create: Answer<CreatedCode>
  read: Answer<PaymentRead>
  delete: Answer<CodeDeleted>
  cancel: Answer<CancelAccepted>
  refund: Answer<RefundTaken>
  readRefund: Answer<RefundTaken>
}

/** One call and what came of it. */
export type Heard = { [C in Call]: { readonly call: C; readonly answer: AnswerOf[C] } }[Call]

/** The one refund of an attempt, or of a person's decision: fixed before it is sent, and the same for ever (I9). */
export function refundOf(
  attempt: Attempt,
  back?: MoneyBack,
): {
  merchantRefundId: string
  paymentId: string
  amountYen: Attempt['amountYen']
  reason: string
} {
  const paymentId = attempt.payment?.paymentId ?? ''
  if (back) {
    const { merchantRefundId, amountYen, reason } = back
    return { merchantRefundId, paymentId, amountYen, reason }
  }
  return {
    merchantRefundId: attempt.refund?.merchantRefundId ?? `${attempt.merchantPaymentId}-r1`,
    paymentId,
    amountYen: attempt.amountYen,
    reason: 'LATE_PAYMENT',
  }
}

/** What has to be durable before the call leaves (I5), or null where it is already, or where the call changes nothing. */
export function intentOf(call: Call, attempt: Attempt, atMs: number): CheckoutFact | null {
  const id = { merchantPaymentId: attempt.merchantPaymentId }
  switch (call) {
    // The intent to create is written by whoever starts or retries a checkout.
    case 'create':
    case 'read':
    case 'readRefund':
      return null
    case 'delete':
      if (attempt.deleteIntended) return null
      return { type: 'deleteIntended', atMs, data: { ...id, codeId: attempt.code?.codeId ?? '' } }
    case 'cancel':
      return attempt.cancel === 'none' ? { type: 'cancelIntended', atMs, data: id } : null
    case 'refund':
      return attempt.refund ? null : { type: 'refundIntended', atMs, data: { ...id, ...refundOf(attempt) } }
    default:
      return call satisfies never
  }
}

/** The fact that an answer is, or null: it settles nothing, or repeats what the ledger knows. */
export function factOf(
  state: CheckoutState,
  attempt: Attempt,
  heard: Heard,
  atMs: number,
): CheckoutFact | null {
  const id = { merchantPaymentId: attempt.merchantPaymentId }
  const { evidence } = heard.answer
  switch (heard.call) {
    case 'create': {
      const { answer } = heard
      if (answer.sure === 'unknown') return { type: 'createUnanswered', atMs, data: { ...id, evidence } }
      if (answer.sure === 'refused')
        return { type: 'createRefused', atMs, data: { ...id, says: answer.row.says, evidence } }
      const { codeId, url, expiresAtS } = answer.value
      return { type: 'codeCreated', atMs, data: { ...id, codeId, url, expiresAtS, evidence } }
    }
    case 'read': {
      const { answer } = heard
      if (answer.sure !== 'known') return null
      const fact: CheckoutFact = { type: 'paymentRead', atMs, data: { ...id, read: answer.value, evidence } }
      return tellsMore(state, apply(state, fact), attempt.merchantPaymentId) ? fact : null
    }
    case 'delete': {
      const { answer } = heard
      if (answer.sure !== 'known') return null
      return { type: 'codeDeleted', atMs, data: { ...id, how: answer.value.kind, evidence } }
    }
    case 'cancel': {
      const { answer } = heard
      if (answer.sure === 'unknown') return null
      if (answer.sure === 'refused') {
        const { says, aboutPayment = false } = answer.row
        return { type: 'cancelRefused', atMs, data: { ...id, says, aboutPayment, evidence } }
      }
      return { type: 'cancelAccepted', atMs, data: { ...id, evidence } }
    }
    case 'refund':
    case 'readRefund': {
      const { answer } = heard
      const refund = { merchantRefundId: refundOf(attempt).merchantRefundId }
      if (answer.sure === 'known' && answer.value.kind === 'refundTaken')
        return { type: 'refundTaken', atMs, data: { ...id, ...refund, evidence } }
      if (answer.sure === 'refused' && heard.call === 'refund')
        return { type: 'refundRefused', atMs, data: { ...id, ...refund, says: answer.row.says, evidence } }
      return null
    }
    default:
      return heard satisfies never
  }
}

/** What this process remembers after a call; `random` is 0 up to 1, for jitter. */
export function watchAfter(
  watch: Watch,
  heard: Heard,
  at: { readonly nowMs: number; readonly pollIntervalMs: number; readonly random: number },
): Watch {
  const { call, answer } = heard
  const { nowMs } = at
  const isEffect = call !== 'read' && call !== 'readRefund'
  const paced: Watch = { ...watch, lastCallAtMs: nowMs, unsent: false }
  if (answer.sure === 'known') {
    paced.failures = 0
    paced.failingSinceMs = null
    paced.nextAtMs = nowMs
    // After an effect PayPay is asked at once what came of it; after a read, at the interval.
    paced.nextReadAtMs = isEffect && call !== 'create' ? nowMs : nowMs + at.pollIntervalMs
    if (isEffect) paced.effectTries = 0
  } else {
    paced.failures += 1
    paced.failingSinceMs ??= nowMs
    paced.nextAtMs = nowMs + Math.max(pauseMs(paced.failures, at.random), askedPauseMs(answer.row))
    if (isEffect) {
      paced.effectTries += 1
      paced.nextEffectAtMs = nowMs + pauseMs(paced.effectTries, at.random)
      if (answer.sure === 'unknown') {
        const takesMs = call === 'cancel' ? delays.CANCEL_TAKES_MOST_MS : 0
        paced.settlesAtMs = Math.max(watch.settlesAtMs, nowMs + delays.LATE_EFFECT_MS + takesMs)
      }
    }
  }
  switch (heard.call) {
    case 'create':
      return paced
    case 'read':
      return heard.answer.sure === 'known'
        ? { ...paced, ...afterRead(watch, heard.answer.value, nowMs) }
        : paced
    case 'delete':
      return {
        ...paced,
        mustRead: heard.answer.sure !== 'known' || heard.answer.value.kind === 'alreadyPaid',
      }
    case 'cancel':
      return { ...paced, mustRead: heard.answer.sure === 'unknown' }
    case 'refund':
    case 'readRefund':
      // Unknown: ask first. Only "no such refund" lets the same id be sent again.
      return {
        ...paced,
        unsent: heard.answer.sure === 'known' && heard.answer.value.kind === 'noSuchRefund',
      }
    default:
      return heard satisfies never
  }
}

function afterRead(watch: Watch, read: PaymentRead, nowMs: number): Partial<Watch> {
  return read.kind === 'notFound'
    ? {
        mustRead: false,
        notFoundReads: watch.notFoundReads + 1,
        notFoundSinceMs: watch.notFoundSinceMs ?? nowMs,
      }
    : { mustRead: false, notFoundReads: 0, notFoundSinceMs: null }
}

/** The ladder: 1, 2, 4, 8, 10, 10, ... seconds, a quarter more or less, so that many tills do not knock together. */
function pauseMs(tries: number, random: number): number {
  const doubled = Math.min(delays.RETRY_FIRST_MS * 2 ** (tries - 1), delays.RETRY_LONGEST_MS)
  return doubled * (0.75 + random / 2)
}

function askedPauseMs(row: { readonly retryAfterMs?: number }): number {
  return Math.min(row.retryAfterMs ?? 0, delays.RETRY_AFTER_MOST_MS)
}

/** A process that has asked nothing yet. */
export function freshWatch(): Watch {
  return {
    unsent: false,
    nextAtMs: 0,
    nextReadAtMs: 0,
    nextEffectAtMs: 0,
    lastCallAtMs: 0,
    failures: 0,
    failingSinceMs: null,
    effectTries: 0,
    settlesAtMs: 0,
    mustRead: false,
    notFoundReads: 0,
    notFoundSinceMs: null,
  }
}
