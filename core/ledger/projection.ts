import type { CheckoutWord } from '../../shared/desk.ts'
import { reasonOf } from '../checkout/caseReason.ts'
import type { CheckoutFact } from '../checkout/facts.ts'
import { caseAfter } from '../checkout/moneyBack.ts'
import type { BackRow, CheckoutRow, Fact, PaymentRow } from './ledger.ts'

/** Raised whenever a row would come out otherwise: then all rows are folded again when the ledger is opened. */
export const PROJECTION = 3

/** How one fact changes the searchable row of its checkout. Returns the row as it is after it; null: not concerned. */
export function project(
  row: CheckoutRow | null,
  stored: Pick<Fact, 'checkoutId' | 'type' | 'atMs' | 'data'>,
): CheckoutRow | null {
  // What the ledger holds was written by this engine or an older one.
  const fact = stored as unknown as CheckoutFact
  const { atMs } = fact
  if (fact.type === 'checkoutStarted') {
    const { lane, businessDay, claimNumber, totalYen } = fact.data
    const started = { checkoutId: stored.checkoutId, lane, startedAtMs: atMs, businessDay, claimNumber }
    const nothingYet = {
      outcome: null,
      atLane: true,
      openCase: null,
      decided: false,
      payments: [],
      backs: [],
    }
    return { ...started, totalYen, ...nothingYet }
  }
  if (!row) return null
  switch (fact.type) {
    case 'customerLeft':
      return { ...row, atLane: false }
    case 'caseOpened':
      return { ...row, openCase: { ...fact.data, why: reasonOf(fact.data.why) } }
    case 'caseClosed':
      return {
        ...row,
        openCase: null,
        decided: true,
        backs: row.backs.map(back =>
          back.state === 'underWay' ? { ...back, state: 'closed' as const, atMs } : back,
        ),
      }
    case 'outcomeReached': {
      const { outcome } = fact.data
      return { ...row, outcome, openCase: null, backs: [...row.backs, ...reversals(row, atMs)] }
    }
    case 'createIntended': {
      const { merchantPaymentId, amountYen } = fact.data
      const payment = { merchantPaymentId, amountYen, paymentId: null, paidAtMs: null, handedOver: false }
      return { ...row, payments: [...row.payments, payment] }
    }
    case 'paymentRead': {
      const { read, merchantPaymentId } = fact.data
      if (read.kind !== 'completed') return null
      const { paymentId, acceptedAtS } = read
      return withPayment(row, merchantPaymentId, payment =>
        payment.paymentId === null
          ? { ...payment, paymentId, paidAtMs: acceptedAtS === null ? atMs : acceptedAtS * 1000 }
          : payment,
      )
    }
    case 'handedOver':
      return withPayment(row, fact.data.merchantPaymentId, payment => ({ ...payment, handedOver: true }))
    case 'refundTaken': {
      const { merchantPaymentId, merchantRefundId } = fact.data
      const amountYen = row.payments.find(one => one.merchantPaymentId === merchantPaymentId)?.amountYen ?? 0
      if (row.backs.some(back => back.merchantRefundId === merchantRefundId)) return null
      const back = { merchantRefundId, merchantPaymentId, amountYen, way: 'refund', atMs } as const
      return { ...row, backs: [...row.backs, { ...back, state: 'done', byPerson: false }] }
    }
    case 'moneyBackDecided': {
      const { merchantPaymentId, merchantRefundId, amountYen } = fact.data
      const back = { merchantRefundId, merchantPaymentId, amountYen, way: null, atMs, byPerson: true }
      return { ...row, backs: [...row.backs, { ...back, state: 'underWay' }] }
    }
    case 'moneyBackIntended':
      return withBack(row, fact.data.merchantRefundId, { way: fact.data.way })
    case 'moneyBackDone':
      return withBack(row, fact.data.merchantRefundId, { state: 'done', atMs })
    case 'moneyBackRefused':
      return withBack(row, fact.data.merchantRefundId, { state: 'refused', atMs })
    default:
      return null
  }
}

/** Types that project may be concerned with: of the others no row is read. */
export function isProjected(type: string): boolean {
  return projected.has(type)
}

const projected: ReadonlySet<string> = new Set<CheckoutFact['type']>([
  'checkoutStarted',
  'customerLeft',
  'caseOpened',
  'caseClosed',
  'outcomeReached',
  'createIntended',
  'paymentRead',
  'handedOver',
  'refundTaken',
  'moneyBackDecided',
  'moneyBackIntended',
  'moneyBackDone',
  'moneyBackRefused',
])

/** Somebody still has to do something, or is there. */
export function isOpenRow(row: CheckoutRow): boolean {
  return (
    (row.outcome === null && !row.decided) || row.atLane || row.backs.some(back => back.state === 'underWay')
  )
}

export function returnedYen(row: CheckoutRow): number {
  return sum(row.backs.filter(back => back.state === 'done'))
}

/** Paid and kept: handed over, or given back by a person, who could not have done so otherwise. */
export function isSale(row: Pick<CheckoutRow, 'backs'>, payment: PaymentRow): boolean {
  if (payment.paidAtMs === null) return false
  return (
    payment.handedOver ||
    row.backs.some(back => isPersonsBack(back) && back.merchantPaymentId === payment.merchantPaymentId)
  )
}

/** Given back by a person, and gone. */
export function isPersonsBack(back: BackRow): boolean {
  return back.byPerson && back.state === 'done'
}

/** One word for how a checkout stands, the most urgent first. */
export function wordOf(row: CheckoutRow): CheckoutWord {
  if (row.openCase !== null) return 'case'
  if (row.backs.some(back => back.state === 'underWay')) return 'returning'
  if (row.backs.some(back => back.state === 'closed')) return 'decided'
  if (row.outcome === null) return row.decided ? 'decided' : 'underWay'
  if (row.outcome === 'neverPayable') return 'unpaid'
  if (row.outcome === 'returned') return 'returned'
  const kept = row.payments.find(payment => payment.handedOver)
  const backYen = sum(
    row.backs.filter(back => back.state === 'done' && back.merchantPaymentId === kept?.merchantPaymentId),
  )
  if (backYen === 0) return 'delivered'
  return backYen >= row.totalYen ? 'returned' : 'partlyReturned'
}

const sum = (backs: readonly BackRow[]): number => backs.reduce((total, back) => total + back.amountYen, 0)

/** At its end, whatever was paid and neither handed over nor refunded was reversed by a cancel. */
function reversals(row: CheckoutRow, atMs: number): BackRow[] {
  return row.payments
    .filter(
      payment =>
        payment.paymentId !== null &&
        !payment.handedOver &&
        !row.backs.some(
          back => back.merchantPaymentId === payment.merchantPaymentId && back.state !== 'refused',
        ),
    )
    .map(({ merchantPaymentId, amountYen }) => ({
      merchantRefundId: merchantPaymentId,
      merchantPaymentId,
      amountYen,
      way: 'cancel',
      state: 'done',
      atMs,
      byPerson: false,
    }))
}

function withPayment(
  row: CheckoutRow,
  merchantPaymentId: string,
  change: (payment: PaymentRow) => PaymentRow,
): CheckoutRow {
  const payments = row.payments.map(one => (one.merchantPaymentId === merchantPaymentId ? change(one) : one))
  return { ...row, payments }
}

function withBack(row: CheckoutRow, merchantRefundId: string, change: Partial<BackRow>): CheckoutRow {
  const backs = row.backs.map(one =>
    one.merchantRefundId === merchantRefundId ? { ...one, ...change } : one,
  )
  const moved = backs.find(one => one.merchantRefundId === merchantRefundId)
  if (moved?.state !== 'done' && moved?.state !== 'refused') return { ...row, backs }
  return { ...row, backs, openCase: caseAfter(row, moved) }
}
