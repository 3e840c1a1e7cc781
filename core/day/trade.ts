import type { CheckoutLine, TaxLine } from '../../shared/checkout.ts'
import { yen } from '../../shared/money.ts'
import type { CheckoutFact } from '../checkout/facts.ts'
import type { BackRow, FoundRow, PaymentRow } from '../ledger/ledger.ts'
import { isPersonsBack, isSale } from '../ledger/projection.ts'
import type { PaidSale } from '../receipt.ts'
import { planReturn, type ReturnPlan, returnOrderOf } from '../return-receipt.ts'

/** One checkout as the books of a day see it: what was bought, whether it is a sale, and what came back of it. */
export type Trade = {
  readonly row: FoundRow
  readonly lines: readonly CheckoutLine[]
  readonly taxes: readonly TaxLine[]
  /** Null: nothing was paid, or it went back by itself. */
  readonly sale: (PaymentRow & { readonly paymentId: string; readonly paidAtMs: number }) | null
  /** Of the sale, by people, oldest first, as its return receipts have them. */
  readonly returns: readonly Return[]
}

export type Return = { readonly back: BackRow; readonly plan: ReturnPlan }

/** Throws RangeError where the ledger's returns do not fit their sale: the rules for decisions do not allow that. */
export function tradeOf(row: FoundRow, facts: readonly CheckoutFact[]): Trade {
  const started = facts.find(fact => fact.type === 'checkoutStarted')
  if (!started) throw new Error(`checkout ${row.checkoutId} does not begin with checkoutStarted`)
  const { lines, taxes } = started.data
  const sale = row.payments.find(payment => isSale(row, payment)) ?? null
  if (sale === null || sale.paymentId === null || sale.paidAtMs === null)
    return { row, lines, taxes, sale: null, returns: [] }
  const { paymentId, paidAtMs } = sale
  const paid: PaidSale = {
    checkoutId: row.checkoutId,
    claimNumber: String(row.claimNumber).padStart(3, '0'),
    receiptNumber: row.checkoutId,
    lines,
    taxes,
    totalYen: yen(row.totalYen),
    paymentId,
    paidAtMs,
  }
  const returns: Return[] = []
  for (const back of row.backs.filter(one => isPersonsBack(one))) {
    const plan = planOf(paid, returns, back, facts)
    returns.push({ back, plan })
  }
  return { row, lines, taxes, sale: { ...sale, paymentId, paidAtMs }, returns }
}

function planOf(
  sale: PaidSale,
  earlier: readonly Return[],
  back: BackRow,
  facts: readonly CheckoutFact[],
): ReturnPlan {
  const decision = facts.find(
    fact => fact.type === 'moneyBackDecided' && fact.data.merchantRefundId === back.merchantRefundId,
  )
  const order = returnOrderOf({
    lines: decision?.type === 'moneyBackDecided' ? decision.data.lines : null,
    amountYen: back.amountYen,
  })
  const planned = planReturn(
    sale,
    earlier.map(one => one.plan),
    order,
  )
  if (!planned.ok || planned.value.totalYen !== back.amountYen)
    throw new RangeError(
      `${back.merchantRefundId}: ¥${back.amountYen} that went back do not fit its sale (${JSON.stringify(planned)})`,
    )
  return planned.value
}
