import { hash } from 'node:crypto'
import type { Watch } from '../core/checkout/decide.ts'
import { CANCEL_TAKES_MOST_MS, LATE_EFFECT_OF_BEFORE_MS } from '../core/checkout/delays.ts'
import { freshWatch } from '../core/checkout/exchange.ts'
import type { CheckoutFact } from '../core/checkout/facts.ts'
import { apply, type CheckoutState, fold } from '../core/checkout/payment.ts'
import { yen } from '../shared/money.ts'
import { applyChange, type Book, changesOf, codeOf, emptyBook, statusAt } from '../simulator/book.ts'

/** How much may go wrong in a search. */
export type Bounds = {
  readonly codes: number
  readonly faults: number
  readonly crashes: number
  /** Decisions of people to give money back. */
  readonly decisions: number
}

/** The customer and a second phone. */
export const HANDS_MOST = 2
const START_MS = Date.parse('2026-11-24T12:00:00+09:00')
export const TOTAL = yen(160)

/** One point in a search: what is durable, what the process remembers, what PayPay has, and what may still happen. */
export type Point = {
  readonly facts: readonly CheckoutFact[]
  readonly state: CheckoutState
  readonly watches: ReadonlyMap<string, Watch>
  readonly book: Book
  readonly nowMs: number
  readonly screenGoneSinceMs: number | null
  readonly released: boolean
  readonly faultsLeft: number
  readonly crashesLeft: number
  readonly handsLeft: number
  readonly codesLeft: number
  readonly decisionsLeft: number
  /** An effect that PayPay will still carry out, behind the client's back. */
  readonly late: { readonly call: string; readonly id: string; readonly refundId: string | null } | null
  readonly path: readonly string[]
}

/** A customer has pressed "pay", and the intent is durable. */
export function start({ faults, crashes, codes, decisions }: Bounds): Point {
  const facts: CheckoutFact[] = [
    {
      type: 'checkoutStarted',
      atMs: START_MS,
      data: {
        lane: 'main',
        mode: 'training',
        businessDay: '2026-11-24',
        claimNumber: 1,
        locale: 'ja',
        lines: [],
        totalYen: TOTAL,
        taxes: [],
        shopRevision: '1',
      },
    },
    {
      type: 'createIntended',
      atMs: START_MS,
      data: { merchantPaymentId: 'c-1', attempt: 1, amountYen: TOTAL },
    },
  ]
  return {
    facts,
    state: fold('c', facts),
    watches: new Map([['c-1', { ...freshWatch(), unsent: true }]]),
    book: emptyBook(),
    nowMs: START_MS,
    screenGoneSinceMs: null,
    released: false,
    faultsLeft: faults,
    crashesLeft: crashes,
    codesLeft: codes - 1,
    decisionsLeft: decisions,
    handsLeft: HANDS_MOST,
    late: null,
    path: [],
  }
}

/** The point after a fact has become durable. */
export function withFact(point: Point, fact: CheckoutFact): Point {
  return {
    ...point,
    facts: [...point.facts, fact],
    state: apply(point.state, fact),
    path: [...point.path, fact.type],
  }
}

/** The process dies and starts again, with nothing but its facts. */
export function crashed(point: Point, says: string): Point {
  const downMs = 1_000
  const nowMs = point.nowMs + downMs
  const state = fold('c', point.facts)
  // As recovery does: what became of it is asked, and what was sent before may still arrive.
  const watches = state.moneyBacks.map(({ merchantRefundId, cancelSent }): [string, Watch] => {
    const lateMs = LATE_EFFECT_OF_BEFORE_MS + (cancelSent ? CANCEL_TAKES_MOST_MS : 0)
    return [merchantRefundId, { ...freshWatch(), mustRead: true, settlesAtMs: nowMs + lateMs }]
  })
  return {
    ...point,
    state,
    watches: new Map(watches),
    nowMs,
    crashesLeft: point.crashesLeft - 1,
    screenGoneSinceMs: point.screenGoneSinceMs ?? null,
    path: [...point.path, says],
  }
}

/** Rules never change a book; whoever applies changes takes a copy first. */
export function copyOf(book: Book): Book {
  const copy = emptyBook()
  for (const change of changesOf(book)) applyChange(copy, change)
  return copy
}

/**
 * Two points are one when everything that can still matter is the same: times count from now and only as far as a rule looks at
 * them, ids that PayPay made up do not matter, and what is over does not matter.
 */
export function keyOf(point: Point): string {
  const { state, book, nowMs } = point
  /** ms from now, in half seconds, no farther away than `mostMs`. */
  const from = (atMs: number | null | undefined, mostMs: number): number | null =>
    atMs == null ? null : Math.round(Math.max(-mostMs, Math.min(mostMs, atMs - nowMs)) / 500)
  const ahead = (atMs: number): number => Math.max(0, Math.round((atMs - nowMs) / 500))
  const attempts = state.attempts.map(attempt => {
    const watch = point.watches.get(attempt.merchantPaymentId) ?? freshWatch()
    const code = codeOf(book, attempt.merchantPaymentId)
    const payment = book.payments.get(attempt.merchantPaymentId)
    return [
      attempt.create,
      attempt.code && from(attempt.code.expiresAtS * 1000, 20_000),
      attempt.code ? null : from(attempt.intendedAtMs, 700_000),
      attempt.stop?.reason,
      attempt.payment || attempt.settled ? null : from(attempt.stop?.atMs, 700_000),
      attempt.lastRead?.read.kind,
      attempt.readSinceStop,
      attempt.readSinceUnanswered,
      attempt.readSinceCancel,
      attempt.readSinceRefusal,
      attempt.staysUnpaid,
      from(attempt.deleteConfirmedAtMs, 10_000),
      attempt.deleteIntended,
      attempt.cancel,
      from(attempt.cancelSettledAtMs, 10_000),
      attempt.isSealed,
      attempt.payment && from(attempt.payment.atMs, 700_000),
      attempt.refund?.state,
      attempt.handover,
      from(attempt.deadAtMs, attempt.isSealed ? 130_000 : 310_000),
      attempt.settled,
      // What the process remembers.
      watch.unsent,
      ahead(watch.nextAtMs),
      ahead(watch.nextReadAtMs),
      ahead(watch.nextEffectAtMs),
      Math.min(watch.failures, 5),
      Math.min(watch.effectTries, 5),
      watch.mustRead,
      Math.min(watch.notFoundReads, 3),
      from(watch.notFoundSinceMs, 8_000),
      state.openCase && from(watch.lastCallAtMs, 60_000),
      // What PayPay has.
      code && [code.scannedAtMs !== null, code.deletedAtMs !== null, from(code.expiryDateS * 1000, 20_000)],
      payment && [
        payment.payable,
        payment.cancelAcceptedAtMs !== null,
        statusAt(payment, nowMs),
        payment.history.length,
      ],
      book.parkedCancels.has(attempt.merchantPaymentId),
    ]
  })
  const moneyBacks = state.moneyBacks.map(back => {
    const watch = point.watches.get(back.merchantRefundId) ?? freshWatch()
    return [
      back.amountYen,
      back.way,
      back.state,
      back.cancelSent,
      from(back.decidedAtMs, 600_000),
      back.cancelSent && from(back.stateAtMs, 10_000),
      watch.unsent,
      ahead(watch.nextAtMs),
      ahead(watch.nextReadAtMs),
      ahead(watch.nextEffectAtMs),
      ahead(watch.settlesAtMs),
      Math.min(watch.failures, 5),
      Math.min(watch.effectTries, 5),
      watch.mustRead,
    ]
  })
  const text = JSON.stringify([
    attempts,
    state.left,
    state.openCase?.why,
    state.outcome,
    from(point.screenGoneSinceMs, 15_000),
    point.released,
    point.faultsLeft,
    point.crashesLeft,
    point.handsLeft,
    point.codesLeft,
    point.late,
    [...book.refunds.values()].map(refund => [refund.merchantRefundId, refund.amountYen]),
    point.decisionsLeft,
    moneyBacks,
  ])
  return hash('sha1', text, 'base64')
}
