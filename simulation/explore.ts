import { isOpen } from '../core/checkout/moneyBack.ts'
import { proofOf } from '../core/checkout/proof.ts'
import { type Payment, statusAt } from '../simulator/book.ts'
import { nextsOf } from './moves.ts'
import { type Bounds, keyOf, type Point, start } from './point.ts'

/** What is searched by hand: one code with two faults and two crashes, and two codes with either one fault or one crash. */
export const searches: readonly Bounds[] = [
  { codes: 1, faults: 2, crashes: 2, decisions: 0 },
  { codes: 2, faults: 1, crashes: 0, decisions: 0 },
  { codes: 2, faults: 0, crashes: 1, decisions: 0 },
  { codes: 1, faults: 1, crashes: 1, decisions: 1 },
]

export type Explored = {
  readonly bounds: Bounds
  readonly states: number
  readonly moves: number
  readonly ends: Readonly<Record<string, number>>
  readonly violations: number
  readonly examples: readonly string[]
}

/**
 * Every order in which one checkout can go, by the pure rules alone: no promises, no driver. At each point everything that can
 * happen next is tried: the engine's step with each way it can come out, the customer's hand, the customer leaving, a crash. States
 * that were seen before are not gone into again. Searches until nothing is new.
 */
export function explore(bounds: Bounds): Explored {
  const seen = new Set<string>()
  const stack: Point[] = [start(bounds)]
  const ends: Record<string, number> = {}
  const examples: string[] = []
  let moves = 0
  let violations = 0
  const violated = (point: Point, says: string): void => {
    violations += 1
    if (examples.length < 5) examples.push(`${says}\n    ${point.path.join('\n    ')}`)
  }
  for (let point = stack.pop(); point; point = stack.pop()) {
    const key = keyOf(point)
    if (seen.has(key)) continue
    seen.add(key)
    try {
      const nexts = [...nextsOf(point)]
      moves += nexts.length
      if (nexts.length === 0) {
        const end = endOf(point, says => violated(point, says))
        ends[end] = (ends[end] ?? 0) + 1
      }
      for (const next of nexts) {
        const fault = faultOf(next)
        if (fault) violated(next, fault)
        else stack.push(next)
      }
    } catch (error) {
      violated(point, `a rule refused the engine's own move: ${String(error)}`)
    }
  }
  return { bounds, states: seen.size, moves, ends, violations, examples }
}

export function inWords({ bounds, states, moves, ends, violations, examples }: Explored): string {
  const words = Object.entries(ends).map(([end, count]) => `${end} ${count}`)
  return [
    `codes at most ${bounds.codes}, faults at most ${bounds.faults}, crashes at most ${bounds.crashes}, decisions at most ${bounds.decisions}`,
    `  states explored  ${states} (${moves} moves)`,
    `  ends             ${words.join(', ')}`,
    `  violations       ${violations}`,
    ...examples,
  ].join('\n')
}

/** What may never be, in any state. */
function faultOf(point: Point): string | null {
  const { state, book, nowMs } = point
  const shown = [...book.codes.values()].filter(code =>
    state.attempts.some(attempt => attempt.code?.codeId === code.codeId),
  )
  const payable = shown.filter(
    code =>
      code.deletedAtMs === null &&
      nowMs < code.expiryDateS * 1000 &&
      !book.parkedCancels.has(code.merchantPaymentId) &&
      !book.payments.has(code.merchantPaymentId),
  )
  if (payable.length > 1) return 'I4: two codes of one basket can be paid'
  if (point.released && !state.attempts.some(attempt => attempt.handover !== 'none'))
    return 'I1: goods before the ledger'
  if ([...book.payments.values()].some(payment => backYen(point, payment) > payment.amountYen))
    return 'I9: more went back than was captured'
  if (state.moneyBacks.length === 0 && point.released && kept(point).length === 0)
    return 'I1: goods, and PayPay keeps no money'
  return null
}

/** Nothing can happen any more. */
function endOf(point: Point, violated: (says: string) => void): string {
  const { state } = point
  if (state.openCase) return 'case'
  if (!state.outcome) {
    violated('I14: nothing can happen any more, and there is no outcome')
    return 'open'
  }
  const count = kept(point).length
  if (state.moneyBacks.some(isOpen)) violated('I14: nothing can happen any more, and a decision is open')
  const doneYen = state.moneyBacks.reduce(
    (sum, back) => sum + (back.state === 'done' ? back.amountYen : 0),
    0,
  )
  if (doneYen > 0) {
    const wentYen = [...point.book.payments.values()].reduce(
      (sum, payment) => sum + backYen(point, payment),
      0,
    )
    if (wentYen !== doneYen)
      violated(`I10: ¥${doneYen} were given back, and PayPay has given back ¥${wentYen}`)
  } else if (state.outcome === 'delivered' ? count !== 1 || !point.released : count !== 0 || point.released)
    violated(`I2: ${state.outcome}, PayPay keeps ${count}, goods ${point.released ? 'out' : 'not out'}`)
  const proof = proofOf(point.facts.map((fact, index) => ({ ...fact, seq: index + 1 })))
  if (!proof.proven) violated(`the outcome has no proof: ${proof.missing}`)
  return state.outcome
}

/** What PayPay has given back of a payment that it captured, or will. */
function backYen(
  { book }: Point,
  { merchantPaymentId, amountYen, cancelAcceptedAtMs, history }: Payment,
): number {
  const isCancelled = cancelAcceptedAtMs !== null && history.some(({ status }) => status === 'COMPLETED')
  return [...book.refunds.values()]
    .filter(refund => refund.merchantPaymentId === merchantPaymentId)
    .reduce((sum, refund) => sum + refund.amountYen, isCancelled ? amountYen : 0)
}

function kept({ book, nowMs }: Point) {
  return [...book.payments.values()].filter(payment => statusAt(payment, nowMs) === 'COMPLETED')
}
