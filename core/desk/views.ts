import type { CheckoutWord, DeskCheckout, DeskRow, MoneyBackView } from '../../shared/desk.ts'
import { yen } from '../../shared/money.ts'
import { caseWhyOf } from '../checkout/caseReason.ts'
import {
  doneYen,
  givenBackYen,
  isOpen,
  keptAttempt,
  type MoneyBack,
  mayBeClosed,
  wayNow,
} from '../checkout/moneyBack.ts'
import { type CheckoutState, fold, mayStillGoBack } from '../checkout/payment.ts'
import type { PlacedFact } from '../checkout/proof.ts'
import { refundUntilMs } from '../checkout/window.ts'
import type { CheckoutRow } from '../ledger/ledger.ts'
import { returnedYen } from '../ledger/projection.ts'
import { timelineOf } from './timeline.ts'

/** `state`: the same checkout's, where a person has to look at it. */
export function deskRow(
  row: CheckoutRow & { readonly word: CheckoutWord },
  state: CheckoutState | null,
): DeskRow {
  const { checkoutId, claimNumber, lane, startedAtMs, businessDay, totalYen, word } = row
  return {
    checkoutId,
    claimNumber: String(claimNumber).padStart(3, '0'),
    lane,
    startedAtMs,
    businessDay,
    totalYen: yen(totalYen),
    returnedYen: yen(returnedYen(row)),
    word,
    openCase: state && openCaseOf(state),
  }
}

function openCaseOf({ openCase, moneyBacks, totalYen }: CheckoutState): DeskRow['openCase'] {
  if (!openCase) return null
  const back = moneyBacks.findLast(one => isOpen(one) || one.state === 'refused')
  return {
    ...openCase,
    why: caseWhyOf(openCase.why),
    amountYen: openCase.money === 'returning' ? (back?.amountYen ?? totalYen) : totalYen,
  }
}

/** One checkout, whole, from its row and its facts. */
export function deskCheckout(
  row: CheckoutRow & { readonly word: CheckoutWord },
  facts: readonly PlacedFact[],
  at: {
    readonly nowMs: number
    readonly paypayNowMs: number
    readonly nameOf: (userId: string) => string
  },
): DeskCheckout {
  const state = fold(row.checkoutId, facts)
  return {
    ...deskRow(row, state),
    lines: state.lines,
    taxes: state.taxes,
    payments: row.payments.map(({ handedOver: _, ...payment }) => ({
      ...payment,
      amountYen: yen(payment.amountYen),
    })),
    timeline: timelineOf(facts, at.nameOf),
    moneyBacks: state.moneyBacks.map(back => moneyBackView(back, at.nameOf)),
    giveBack: giveBackOf(state, at.paypayNowMs),
    caseMoves: caseMovesOf(state, at.nowMs),
  }
}

/** What can be given back now, and how. */
export function giveBackOf(state: CheckoutState, paypayNowMs: number): DeskCheckout['giveBack'] {
  const no = (because: Extract<DeskCheckout['giveBack'], { possible: false }>['because']) =>
    ({ possible: false, because }) as const
  const attempt = keptAttempt(state)
  if (!attempt) {
    if (state.outcome === 'returned') return no('allReturned')
    if (state.attempts.some(one => one.payment !== null)) return no('goingBackAnyway')
    return no(state.outcome === null && !state.decided ? 'notOverYet' : 'nothingPaid')
  }
  if (state.moneyBacks.some(isOpen)) return no('underWay')
  const left = yen(attempt.amountYen - givenBackYen(state, attempt.merchantPaymentId))
  if (left === 0) return no(state.moneyBacks.some(back => back.state === 'closed') ? 'closed' : 'allReturned')
  if (paypayNowMs >= refundUntilMs(attempt)) return no('windowOver')
  return {
    possible: true,
    leftYen: left,
    leftOfLines: leftOfLines(state),
    way: wayNow(state, attempt, left, paypayNowMs),
    untilMs: refundUntilMs(attempt),
  }
}

/** Of each line, how many have not been given back; null: an amount was given back that names no lines. */
export function leftOfLines(state: CheckoutState): readonly number[] | null {
  const backs = state.moneyBacks.filter(back => back.state !== 'refused')
  if (backs.some(back => back.lines === null)) return null
  return state.lines.map((line, index) => {
    const gone = backs.flatMap(back => back.lines ?? []).filter(one => one.line === index)
    return line.quantity - gone.reduce((total, one) => total + one.quantity, 0)
  })
}

function caseMovesOf(state: CheckoutState, nowMs: number): DeskCheckout['caseMoves'] {
  if (!state.openCase) return []
  const attempt = keptAttempt(state)
  const isPaid = attempt !== null && givenBackYen(state, attempt.merchantPaymentId) < attempt.amountYen
  const moves: DeskCheckout['caseMoves'][number][] = []
  if (attempt?.handover === 'failed' && doneYen(state, attempt.merchantPaymentId) === 0)
    moves.push('handOver')
  if (isPaid && !state.moneyBacks.some(isOpen)) moves.push('giveBack')
  // Who closes it now would not know what became of the money.
  return !mayStillGoBack(state) && state.moneyBacks.every(back => mayBeClosed(back, nowMs))
    ? [...moves, 'close']
    : moves
}

const viewStates = {
  decided: 'waiting',
  sent: 'waiting',
  turnedDown: 'waiting',
  taken: 'taken',
  done: 'done',
  refused: 'refused',
  closed: 'closed',
} as const satisfies Record<MoneyBack['state'], MoneyBackView['state']>

function moneyBackView(back: MoneyBack, nameOf: (userId: string) => string): MoneyBackView {
  const { merchantRefundId, decisionId, merchantPaymentId, amountYen, reason, note, decidedAtMs, way, code } =
    back
  return {
    merchantRefundId,
    decisionId,
    merchantPaymentId,
    amountYen,
    reason,
    note,
    by: nameOf(back.by),
    approvedBy: back.approvedBy === null ? null : nameOf(back.approvedBy),
    decidedAtMs,
    way,
    state: viewStates[back.state],
    code,
    doneAtMs: back.state === 'done' ? back.stateAtMs : null,
  }
}
