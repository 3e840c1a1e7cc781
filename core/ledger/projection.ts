import type { FactData } from '../checkout/facts.ts'
import type { CheckoutRow, Fact } from './ledger.ts'

/** The facts that project is concerned with. */
export const PROJECTED: ReadonlySet<string> = new Set([
  'checkoutStarted',
  'customerLeft',
  'caseOpened',
  'outcomeReached',
])

/** How one fact changes the searchable row of its checkout. Returns the row as it is after it; null: not concerned. */
export function project(
  row: CheckoutRow | null,
  fact: Pick<Fact, 'checkoutId' | 'type' | 'atMs' | 'data'>,
): CheckoutRow | null {
  switch (fact.type) {
    case 'checkoutStarted': {
      const { lane, businessDay, claimNumber, totalYen } = fact.data as FactData['checkoutStarted']
      return {
        checkoutId: fact.checkoutId,
        lane,
        startedAtMs: fact.atMs,
        businessDay,
        claimNumber,
        totalYen,
        outcome: null,
        atLane: true,
        openCase: null,
      }
    }
    case 'customerLeft':
      return row && { ...row, atLane: false }
    case 'caseOpened':
      return row && { ...row, openCase: (fact.data as FactData['caseOpened']).why }
    case 'outcomeReached':
      return row && { ...row, outcome: (fact.data as FactData['outcomeReached']).outcome, openCase: null }
    default:
      return null
  }
}
