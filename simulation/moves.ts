import { decide, type Situation, type Step } from '../core/checkout/decide.ts'
import * as delays from '../core/checkout/delays.ts'
import {
  type AnswerOf,
  factOf,
  freshWatch,
  type Heard,
  intentOf,
  watchAfter,
} from '../core/checkout/exchange.ts'
import type { CheckoutFact } from '../core/checkout/facts.ts'
import { isOpen, type MoneyBack } from '../core/checkout/moneyBack.ts'
import { factOfMoneyBack, intentOfMoneyBack, watchAfterMoneyBack } from '../core/checkout/moneyBackSteps.ts'
import { type Attempt, currentAttempt } from '../core/checkout/payment.ts'
import { judgeGiveBack } from '../core/desk/decisions.ts'
import { applyChange } from '../simulator/book.ts'
import { approve, decline, scan } from '../simulator/customer.ts'
import { atPaypay, surroundings, unanswered } from './exchange.ts'
import { copyOf, crashed, type Point, TOTAL, withFact } from './point.ts'

/** Calls take no time, so that everything falls on a grid of half seconds and more states are the same. */
const LATENCY_MS = 0

/** Everything that can happen next. None: it is over. */
export function* nextsOf(point: Point): Generator<Point> {
  const { state, watches } = point
  const situation: Situation = {
    nowMs: point.nowMs,
    paypayNowMs: point.nowMs,
    screenGoneSinceMs: point.screenGoneSinceMs,
    runningSinceMs: 0,
    watch: attempt => watches.get(attempt.merchantPaymentId) ?? freshWatch(),
  }
  const step = decide(state, situation)
  yield* engineMoves(point, step)
  yield* attendantMoves(point)
  if (point.late) yield carriedOutLate(point, point.late)
  if (step.do === 'rest' && state.outcome) return
  yield* peopleMoves(point)
  if (point.crashesLeft > 0 && (!state.outcome || state.moneyBacks.some(isOpen)))
    yield crashed(point, 'crash')
}

function* engineMoves(point: Point, step: Step): Generator<Point> {
  switch (step.do) {
    case 'rest':
      return
    case 'wait':
      yield {
        ...point,
        nowMs: Math.max(point.nowMs + 1, step.untilMs),
        path: [...point.path, `wait ${step.untilMs - point.nowMs}`],
      }
      return
    case 'note':
      yield* written(point, step.fact)
      return
    case 'handOver':
      yield* handOver(point, step.attempt)
      return
    case 'call':
      yield* called(point, step.call, step.attempt, step.back)
      return
    default:
      step satisfies never
  }
}

/** A fact is written; the process may die just before, or just after. */
function* written(point: Point, fact: CheckoutFact): Generator<Point> {
  yield withFact(point, fact)
  if (point.crashesLeft === 0) return
  yield crashed(point, `crash before ${fact.type}`)
  yield crashed(withFact(point, fact), `crash after ${fact.type}`)
}

function* handOver(point: Point, attempt: Attempt): Generator<Point> {
  const { merchantPaymentId } = attempt
  const intent: CheckoutFact = { type: 'handoverIntended', atMs: point.nowMs, data: { merchantPaymentId } }
  const intended = attempt.handover === 'none' ? withFact(point, intent) : point
  if (attempt.handover === 'none' && point.crashesLeft > 0) yield crashed(intended, 'crash before the goods')
  const released = { ...intended, released: true, path: [...intended.path, 'GOODS'] }
  if (point.crashesLeft > 0) yield crashed(released, 'crash after the goods')
  yield withFact(released, { type: 'handedOver', atMs: point.nowMs, data: { merchantPaymentId } })
}

/** A call, in every way it can come out: answered, lost on the way, answered and lost, or carried out later. */
function* called(before: Point, call: keyof AnswerOf, target: Attempt, back?: MoneyBack): Generator<Point> {
  const intent = back ? intentOfMoneyBack(call, back, before.nowMs) : intentOf(call, target, before.nowMs)
  if (intent && before.crashesLeft > 0) {
    yield crashed(before, `crash before ${intent.type}`)
    yield crashed(withFact(before, intent), `crash after ${intent.type}`)
  }
  const point = intent ? withFact(before, intent) : before
  const attempt =
    point.state.attempts.find(one => one.merchantPaymentId === target.merchantPaymentId) ?? target
  const asked = { ...point, nowMs: point.nowMs + LATENCY_MS, path: [...point.path, call] }
  const applied = atPaypay(asked, call, attempt, back)
  yield heard(applied.point, attempt, applied.heard, back)
  if (point.crashesLeft > 0) yield crashed(applied.point, `crash before the answer to ${call}`)
  if (point.faultsLeft === 0) return
  const faulty = { faultsLeft: point.faultsLeft - 1 }
  const nothing = unanswered(call)
  yield heard({ ...asked, ...faulty, path: [...asked.path, 'request lost'] }, attempt, nothing, back)
  if (call === 'read' || call === 'readRefund') return
  yield heard({ ...applied.point, ...faulty, path: [...asked.path, 'answer lost'] }, attempt, nothing, back)
  if (asked.late === null)
    yield heard(
      {
        ...asked,
        ...faulty,
        late: { call, id: attempt.merchantPaymentId, refundId: back?.merchantRefundId ?? null },
        path: [...asked.path, 'will be late'],
      },
      attempt,
      nothing,
      back,
    )
}

function heard(point: Point, attempt: Attempt, what: Heard, back?: MoneyBack): Point {
  if (back) return heardOfMoneyBack(point, back, what)
  const id = attempt.merchantPaymentId
  const own = point.state.attempts.find(one => one.merchantPaymentId === id) ?? attempt
  const watch = watchAfter(point.watches.get(id) ?? freshWatch(), what, {
    nowMs: point.nowMs,
    pollIntervalMs: delays.DEFAULT_POLL_INTERVAL_MS,
    random: 0.5,
  })
  const fact = factOf(point.state, own, what, point.nowMs)
  const next = { ...point, watches: new Map(point.watches).set(id, watch) }
  return fact ? withFact(next, fact) : next
}

function heardOfMoneyBack(point: Point, back: MoneyBack, what: Heard): Point {
  const id = back.merchantRefundId
  const own = point.state.moneyBacks.find(one => one.merchantRefundId === id) ?? back
  const watch = watchAfterMoneyBack(point.watches.get(id) ?? freshWatch(), what, {
    nowMs: point.nowMs,
    pollIntervalMs: delays.DEFAULT_POLL_INTERVAL_MS,
    random: 0.5,
  })
  const next = { ...point, watches: new Map(point.watches).set(id, watch) }
  const fact = factOfMoneyBack(own, what, point.nowMs)
  return fact ? withFact(next, fact) : next
}

function carriedOutLate(point: Point, late: NonNullable<Point['late']>): Point {
  const attempt = point.state.attempts.find(one => one.merchantPaymentId === late.id)
  const next = { ...point, late: null, path: [...point.path, `late ${late.call}`] }
  const back = point.state.moneyBacks.find(one => one.merchantRefundId === late.refundId)
  return attempt ? atPaypay(next, late.call as keyof AnswerOf, attempt, back).point : next
}

/** Somebody decides to give back the whole, or a part, as the desk judges it; the process may die at once. */
function* attendantMoves(point: Point): Generator<Point> {
  const { state, nowMs } = point
  if (point.decisionsLeft === 0) return
  for (const what of [{ kind: 'whole' }, { kind: 'amount', amountYen: 60 }] as const) {
    const decided = judgeGiveBack(
      state,
      {
        checkoutId: 'c',
        decisionId: `decision-${point.decisionsLeft}`,
        what,
        reason: 'other',
        note: '',
        secondPin: null,
      },
      { nowMs, paypayNowMs: nowMs, by: 'u1', approvedBy: null, limitYen: null, secondPersonAboveYen: null },
    )
    const [fact] = decided.ok ? decided.value : []
    if (fact?.type !== 'moneyBackDecided') continue
    const next = withFact({ ...point, decisionsLeft: point.decisionsLeft - 1 }, fact)
    const asks = { ...freshWatch(), mustRead: true }
    yield { ...next, watches: new Map(next.watches).set(fact.data.merchantRefundId, asks) }
    if (point.crashesLeft > 0) yield crashed(next, 'crash after the decision')
  }
}

function* peopleMoves(point: Point): Generator<Point> {
  const { state, handsLeft } = point
  const current = currentAttempt(state)
  for (const code of handsLeft > 0 ? point.book.codes.values() : []) {
    // Only what was on the screen can be scanned.
    const attempt = state.attempts.find(one => one.merchantPaymentId === code.merchantPaymentId)
    if (!attempt?.code) continue
    for (const [name, rule] of [
      ['scan', scan],
      ['approve', approve],
      ['decline', decline],
    ] as const) {
      const book = copyOf(point.book)
      const { result, changes } = rule(book, code.codeId, surroundings(point.nowMs))
      if (!result.done || changes.length === 0) continue
      if (name !== 'scan' && code.scannedAtMs === null) continue
      for (const change of changes) applyChange(book, change)
      yield {
        ...point,
        book,
        handsLeft: handsLeft - 1,
        path: [...point.path, `${name} ${code.merchantPaymentId}`],
      }
    }
  }
  if (state.left || state.outcome) return
  const atMs = point.nowMs
  if (current?.create === 'created' && !current.stop && !current.payment && current.deadAtMs === null)
    yield withFact(point, {
      type: 'stopIntended',
      atMs,
      data: { merchantPaymentId: current.merchantPaymentId, reason: 'customer' },
    })
  yield withFact(point, { type: 'customerLeft', atMs, data: { reason: 'customer' } })
  if (
    current &&
    current.deadAtMs !== null &&
    current.settled !== 'returned' &&
    !current.payment &&
    point.codesLeft > 0
  ) {
    const merchantPaymentId = `c-${state.attempts.length + 1}`
    const next = withFact(point, {
      type: 'createIntended',
      atMs,
      data: { merchantPaymentId, attempt: state.attempts.length + 1, amountYen: TOTAL },
    })
    yield {
      ...next,
      codesLeft: point.codesLeft - 1,
      watches: new Map(next.watches).set(merchantPaymentId, { ...freshWatch(), unsent: true }),
    }
  }
}
