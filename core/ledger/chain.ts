import { hash } from 'node:crypto'
import type { NewFact } from './ledger.ts'

/** What the first fact stands on. */
export const GENESIS = '0'.repeat(64)

/** A fact's data as it is stored and hashed: one JSON text, made once. */
export function encodeData(data: unknown): string {
  return JSON.stringify(data) ?? 'null'
}

/** Hex SHA-256 of the JSON array [hash before, seq, checkoutId, type, atMs, data as text]. */
export function factHash(before: string, seq: number, fact: Omit<NewFact, 'data'>, dataJson: string): string {
  const { checkoutId, type, atMs } = fact
  return hash('sha256', JSON.stringify([before, seq, checkoutId, type, atMs, dataJson]), 'hex')
}
