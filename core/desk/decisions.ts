import type { AttendantInputOf } from '../../shared/attendant.ts'
import type { DeskFailure } from '../../shared/desk.ts'
import { type Yen, yen } from '../../shared/money.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { CheckoutFact } from '../checkout/facts.ts'
import { givenBackYen, keptAttempt, mayBeClosed } from '../checkout/moneyBack.ts'
import { type CheckoutState, mayStillGoBack } from '../checkout/payment.ts'
import { giveBackOf, leftOfLines } from './views.ts'

type Judged = Result<readonly CheckoutFact[], DeskFailure>
type GiveBack = AttendantInputOf<'giveBack'>

/**
 * Whether this much may go back, judged on the state that the decision meets. An empty list of facts: it was decided before, and is
 * under way or done.
 */
export function judgeGiveBack(
  state: CheckoutState,
  wish: GiveBack,
  at: {
    readonly nowMs: number
    readonly paypayNowMs: number
    readonly by: string
    readonly approvedBy: string | null
    /** Null: no limit. */
    readonly limitYen: Yen | null
    readonly secondPersonAboveYen: Yen | null
  },
): Judged {
  if (state.moneyBacks.some(back => back.decisionId === wish.decisionId)) return ok([])
  // Somebody else has decided since: whoever wants more looks again first.
  if (wish.seen !== undefined && state.moneyBacks.length > wish.seen)
    return fail({ kind: 'noMoneyBack', because: 'decidedSince' })
  const possible = giveBackOf(state, at.paypayNowMs)
  const attempt = keptAttempt(state)
  if (!possible.possible) return fail({ kind: 'noMoneyBack', because: possible.because })
  if (!attempt) return fail({ kind: 'noMoneyBack', because: 'nothingPaid' })
  const amount = amountOf(state, wish.what, possible.leftYen)
  if (!amount.ok) return amount
  const { amountYen, lines } = amount.value
  if (amountYen > possible.leftYen) return fail({ kind: 'aboveWhatIsLeft', leftYen: possible.leftYen })
  const { limitYen, secondPersonAboveYen } = at
  const { merchantPaymentId } = attempt
  // Of the whole payment: many small parts are not small.
  const totalYen = givenBackYen(state, merchantPaymentId) + amountYen
  if (limitYen !== null && totalYen > limitYen) return fail({ kind: 'aboveLimit', limitYen })
  if (secondPersonAboveYen !== null && totalYen > secondPersonAboveYen && at.approvedBy === null)
    return fail({ kind: 'secondPersonNeeded', aboveYen: secondPersonAboveYen })
  return ok([
    {
      type: 'moneyBackDecided',
      atMs: at.nowMs,
      data: {
        merchantPaymentId,
        merchantRefundId: `${merchantPaymentId}-m${state.moneyBacks.length + 1}`,
        decisionId: wish.decisionId,
        amountYen,
        lines,
        reason: wish.reason,
        note: wish.note.trim(),
        by: at.by,
        approvedBy: at.approvedBy,
      },
    },
  ])
}

type Amount = {
  readonly amountYen: Yen
  readonly lines: readonly { readonly line: number; readonly quantity: number }[] | null
}

function amountOf(state: CheckoutState, what: GiveBack['what'], leftYen: Yen): Result<Amount, DeskFailure> {
  const left = leftOfLines(state)
  switch (what.kind) {
    case 'whole':
      return ok({
        amountYen: leftYen,
        lines: left?.flatMap((quantity, line) => (quantity > 0 ? [{ line, quantity }] : [])) ?? null,
      })
    case 'amount':
      return what.amountYen >= 1
        ? ok({ amountYen: yen(what.amountYen), lines: null })
        : fail({ kind: 'amountTooSmall', minYen: yen(1) })
    case 'lines': {
      const counts = new Map<number, number>()
      for (const { line, quantity } of what.lines) counts.set(line, (counts.get(line) ?? 0) + quantity)
      let sum = 0
      for (const [line, quantity] of counts) {
        const leftOfLine = left?.[line] ?? 0
        if (quantity > leftOfLine) return fail({ kind: 'notSoManyOfLine', line, left: leftOfLine })
        sum += (state.lines[line]?.unitPriceYen ?? 0) * quantity
      }
      const lines = [...counts].map(([line, quantity]) => ({ line, quantity }))
      return ok({ amountYen: yen(sum), lines })
    }
    default:
      return what satisfies never
  }
}

/** The goods were handed over by hand, where the machine could not. */
export function judgeHandOver(state: CheckoutState, at: { nowMs: number; by: string }): Judged {
  const attempt = keptAttempt(state)
  if (attempt?.handover === 'done') return ok([])
  if (!attempt || !state.openCase || state.moneyBacks.some(back => back.state !== 'refused'))
    return fail({ kind: 'noCase' })
  const { merchantPaymentId } = attempt
  return ok([{ type: 'handedOver', atMs: at.nowMs, data: { merchantPaymentId, by: at.by } }])
}

/** A manager ends a case without PayPay's word; not while anything may still be sent. */
export function judgeCloseCase(
  state: CheckoutState,
  at: { nowMs: number; by: string; reason: string },
): Judged {
  if (!state.openCase && state.decided) return ok([])
  if (!state.openCase) return fail({ kind: 'noCase' })
  if (mayStillGoBack(state) || !state.moneyBacks.every(back => mayBeClosed(back, at.nowMs)))
    return fail({ kind: 'noMoneyBack', because: 'underWay' })
  return ok([{ type: 'caseClosed', atMs: at.nowMs, data: { by: at.by, reason: at.reason } }])
}
