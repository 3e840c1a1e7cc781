import type { PaypayMode } from '../../shared/checkout.ts'
import type { AnyReceipt } from '../../shared/receipt.ts'
import { keptAttempt, type MoneyBack } from '../checkout/moneyBack.ts'
import { fold } from '../checkout/payment.ts'
import type { PlacedFact } from '../checkout/proof.ts'
import type { Settings } from '../config.ts'
import { jstDay } from '../jst.ts'
import { type Issue, type PaidSale, receiptOf } from '../receipt.ts'
import { type EarlierReturn, planReturn, returnReceiptOf } from '../return-receipt.ts'

/** What a paper is of: the sale, or one decision to give money back, by its merchantRefundId. */
export const SALE = 'sale'

/** Every paper that a checkout's customer may have, the sale's first; none before it was paid and handed over. */
export function papersOf(
  checkoutId: string,
  facts: readonly PlacedFact[],
  at: { readonly settings: Settings; readonly mode: PaypayMode; readonly nowMs: number },
): ReadonlyMap<string, AnyReceipt> {
  const state = fold(checkoutId, facts)
  const attempt = keptAttempt(state)
  const papers = new Map<string, AnyReceipt>()
  if (!attempt?.payment || attempt.handover !== 'done') return papers
  const claimNumber = String(state.claimNumber).padStart(3, '0')
  const paidAtMs = attempt.payment.acceptedAtS ? attempt.payment.acceptedAtS * 1000 : attempt.payment.atMs
  const sale: PaidSale = {
    checkoutId,
    claimNumber,
    // Claim numbers begin again after 999, so a piece of the id goes with it.
    receiptNumber: `${jstDay(paidAtMs).replaceAll('-', '')}-${claimNumber}-${checkoutId.slice(0, 4)}`,
    lines: state.lines,
    taxes: state.taxes,
    totalYen: state.totalYen,
    paymentId: attempt.payment.paymentId,
    paidAtMs,
  }
  const issueOf = (paper: string): Issue => ({
    atMs: at.nowMs,
    mode: at.mode,
    locale: state.locale,
    printedBefore: facts.filter(fact => fact.type === 'receiptIssued' && fact.data.of === paper).length,
  })
  papers.set(SALE, receiptOf(sale, at.settings, issueOf(SALE)))
  const earlier: EarlierReturn[] = []
  for (const back of state.moneyBacks.filter(one => one.state === 'done')) {
    const planned = planReturn(sale, earlier, orderOf(back))
    if (!planned.ok)
      throw new RangeError(`${back.merchantRefundId}: no paper can say this (${planned.refusal.kind})`)
    earlier.push(planned.value)
    const returned = {
      returnNumber: `${sale.receiptNumber}-${earlier.length}`,
      atMs: back.stateAtMs,
    }
    papers.set(
      back.merchantRefundId,
      returnReceiptOf(sale, planned.value, returned, at.settings, issueOf(back.merchantRefundId)),
    )
  }
  return papers
}

function orderOf({ lines, amountYen }: MoneyBack): Parameters<typeof planReturn>[2] {
  return lines === null
    ? { kind: 'amount', amountYen }
    : { kind: 'lines', lines: lines.map(({ line, quantity }) => ({ lineIndex: line, quantity })) }
}
