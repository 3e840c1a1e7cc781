import { reasonOf } from '../checkout/caseReason.ts'
import type { BackRow, CheckoutRow, Fact, StoredFact } from './ledger.ts'

type Row = Record<string, unknown>

export function toStored(row: Row): StoredFact {
  return {
    seq: Number(row.seq),
    checkoutId: String(row.checkout_id),
    type: String(row.type),
    atMs: Number(row.at_ms),
    dataJson: String(row.data),
    hash: String(row.hash),
  }
}

export function toFact({ dataJson, ...stored }: StoredFact): Fact {
  return { ...stored, data: JSON.parse(dataJson) }
}

export function toRow(row: Row, payments: readonly Row[], backs: readonly Row[]): CheckoutRow {
  return {
    checkoutId: String(row.checkout_id),
    lane: String(row.lane),
    startedAtMs: Number(row.started_at_ms),
    businessDay: String(row.business_day),
    claimNumber: Number(row.claim_number),
    totalYen: Number(row.total_yen),
    outcome: row.outcome as CheckoutRow['outcome'],
    atLane: row.at_lane === 1,
    openCase:
      row.case_why === null
        ? null
        : {
            // A row that an older version wrote has a sentence there.
            why: reasonOf(String(row.case_why)),
            money: row.case_money as NonNullable<CheckoutRow['openCase']>['money'],
          },
    decided: row.decided === 1,
    payments: payments.map(payment => ({
      merchantPaymentId: String(payment.merchant_payment_id),
      amountYen: Number(payment.amount_yen),
      paymentId: payment.payment_id as string | null,
      paidAtMs: payment.paid_at_ms as number | null,
      handedOver: payment.handed_over === 1,
    })),
    backs: backs.map(back => ({
      merchantRefundId: String(back.merchant_refund_id),
      merchantPaymentId: String(back.merchant_payment_id),
      amountYen: Number(back.amount_yen),
      way: back.way as BackRow['way'],
      state: back.state as BackRow['state'],
      atMs: Number(back.at_ms),
      byPerson: back.by_person === 1,
    })),
  }
}
