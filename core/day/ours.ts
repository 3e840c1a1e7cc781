import { jstDaySpan } from '../jst.ts'
import { type CheckoutKey, everything, type FoundRow, type Ledger } from '../ledger/ledger.ts'
import type { Answer, PaymentRead } from '../paypay/client.ts'
import { Stopped, turn } from '../turn.ts'
import type { ApiStatement, OurBack, OurPayment } from './books.ts'
import type { FileRow } from './paypayFile.ts'
import { startedBetween } from './started.ts'

/** Clocks differ, and an answer takes a while: payments so near to the day can be the day's to PayPay. */
const AROUND_MS = 5 * 60_000
const KEYS_AT_ONCE = 50
/** Of so many keys, each of one payment. */
const PAGE = 200

/** What the till brings to a comparison. */
export type OurSide = {
  readonly payments: readonly OurPayment[]
  /** Everything that PayPay's API is asked about: the payments of the day, and codes of it for which the till knows of no payment. */
  readonly toAsk: readonly { readonly merchantPaymentId: string; readonly amountYen: number }[]
}

/** Rejects with `Stopped` when the till closes meanwhile. */
export async function ourSide(
  ledger: Ledger,
  day: string,
  file: readonly FileRow[] | null,
  isStopped: () => boolean,
): Promise<OurSide> {
  const { fromMs, toMs } = jstDaySpan(day)
  const around = { fromMs: fromMs - AROUND_MS, toMs: toMs + AROUND_MS }
  const moved = await ledger.rowsMoved(around.fromMs, around.toMs)
  const started = await startedBetween(ledger, around.fromMs, around.toMs)
  const rows = new Map([...moved, ...started].map(row => [row.checkoutId, row]))
  const known = new Set([...rows.values()].flatMap(row => row.payments.map(one => one.paymentId)))
  for (const row of await namedIn(ledger, file ?? [], known, isStopped)) rows.set(row.checkoutId, row)

  const payments = [...rows.values()].flatMap(paymentsOf)
  const isOfDay = (atMs: number): boolean => atMs >= fromMs && atMs < toMs
  const ofDay = payments.filter(one => isOfDay(one.paidAtMs) || one.backs.some(back => isOfDay(back.atMs)))
  const unpaid = started
    .filter(row => isOfDay(row.startedAtMs))
    .flatMap(row => row.payments.filter(one => one.paymentId === null))
  return { payments, toAsk: [...ofDay, ...unpaid] }
}

/** Payments of earlier days that are in the file, because something was given back of them. */
async function namedIn(
  ledger: Ledger,
  file: readonly FileRow[],
  known: ReadonlySet<string | null>,
  isStopped: () => boolean,
): Promise<FoundRow[]> {
  const strangers = [...new Set(file.map(row => row.paymentId))].filter(id => id !== '' && !known.has(id))
  const ids = new Set(file.map(row => row.merchantPaymentId).filter(id => id !== ''))
  const keys: CheckoutKey[] =
    strangers.length === 0
      ? []
      : [
          ...strangers.map(paymentId => ({ by: 'paymentId', paymentId }) as const),
          ...[...ids].map(merchantPaymentId => ({ by: 'merchantPaymentId', merchantPaymentId }) as const),
        ]
  const found: FoundRow[] = []
  for (let from = 0; from < keys.length; from += KEYS_AT_ONCE) {
    // The ledger answers at once, so nobody else would come in between.
    await turn()
    if (isStopped()) throw new Stopped()
    found.push(
      ...(await ledger.find({ ...everything, keys: keys.slice(from, from + KEYS_AT_ONCE), limit: PAGE })),
    )
  }
  return found
}

function paymentsOf(row: FoundRow): OurPayment[] {
  const isSettled =
    row.openCase === null &&
    (row.outcome !== null || row.decided) &&
    row.backs.every(back => back.state !== 'underWay')
  return row.payments.flatMap(({ merchantPaymentId, paymentId, amountYen, paidAtMs }) =>
    paymentId === null || paidAtMs === null
      ? []
      : [
          {
            checkoutId: row.checkoutId,
            claimNumber: String(row.claimNumber).padStart(3, '0'),
            lane: row.lane,
            merchantPaymentId,
            paymentId,
            amountYen,
            paidAtMs,
            backs: row.backs.filter(back => back.merchantPaymentId === merchantPaymentId).flatMap(backOf),
            settled: isSettled,
          },
        ],
  )
}

function backOf(back: FoundRow['backs'][number]): OurBack[] {
  if (back.state === 'refused') return []
  const way = back.way ?? 'refund'
  return [
    {
      merchantRefundId: way === 'cancel' ? null : back.merchantRefundId,
      way,
      amountYen: back.amountYen,
      atMs: back.atMs,
      state: back.state === 'done' ? 'confirmed' : 'underWay',
    },
  ]
}

/** What an answer of PayPay's says of a payment. The engine does not believe another amount; a person has to hear of it. */
export function statementOf(answer: Answer<PaymentRead>, amountYen: number): ApiStatement {
  if (answer.sure === 'known') return statement(answer.value, amountYen, null)
  if (answer.sure === 'unknown' && answer.otherAmount) {
    const other = answer.otherAmount
    return statement(other.read, other.amountYen, other.amountYen)
  }
  return { kind: 'unknown', amountYen: null, refundedYen: null }
}

/** `failedYen`: the amount of a payment of which nothing is kept, where PayPay's differs from ours. */
function statement(read: PaymentRead, amountYen: number, failedYen: number | null): ApiStatement {
  switch (read.kind) {
    case 'completed':
      return { kind: read.kind, amountYen, refundedYen: read.refundedYen ?? 0 }
    case 'refunded':
      return { kind: read.kind, amountYen, refundedYen: read.refundedYen ?? amountYen }
    case 'failed':
      return { kind: read.kind, amountYen: failedYen, refundedYen: null }
    default:
      return { kind: read.kind, amountYen: null, refundedYen: null }
  }
}
