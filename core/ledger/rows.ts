import type { CheckoutRow, Fact, StoredFact } from './ledger.ts'

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

export function toRow(row: Row): CheckoutRow {
  return {
    checkoutId: String(row.checkout_id),
    lane: String(row.lane),
    startedAtMs: Number(row.started_at_ms),
    businessDay: String(row.business_day),
    claimNumber: Number(row.claim_number),
    totalYen: Number(row.total_yen),
    outcome: row.outcome as CheckoutRow['outcome'],
    atLane: row.at_lane === 1,
    openCase: row.open_case as string | null,
  }
}
