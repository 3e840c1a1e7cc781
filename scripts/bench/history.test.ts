import { expect, it } from 'vitest'
import { fold } from '../../core/checkout/payment.ts'
import { type PlacedFact, proofOf } from '../../core/checkout/proof.ts'
import { settledCheckout } from './history.ts'

// A bench on a history that no till could have written would measure something else.

it('the engine accepts every made-up checkout, and each of them is proven', () => {
  const checkouts = Array.from({ length: 300 }, (_, index) => settledCheckout(index, 300, 1_764_000_000_000))
  const outcomes = checkouts.map(({ checkoutId, facts }) => {
    const { outcome, left } = fold(checkoutId, facts)
    expect(left).not.toBeNull()
    const placed = facts.map((fact, index) => ({ ...fact, seq: index + 1 })) as PlacedFact[]
    expect(proofOf(placed)).toMatchObject({ proven: true, outcome })
    return outcome
  })
  expect(outcomes.filter(outcome => outcome === 'delivered')).toHaveLength(270)
  expect(outcomes.filter(outcome => outcome === 'neverPayable')).toHaveLength(27)
  expect(outcomes.filter(outcome => outcome === 'returned')).toHaveLength(3)
})

it('no two checkouts of a million have one id, and time only goes on', () => {
  const ids = new Set<string>()
  let atMs = 0
  for (let index = 0; index < 1_000_000; index += 97) {
    const { checkoutId, facts } = settledCheckout(index, 1_000_000, 1_764_000_000_000)
    expect(facts[0]?.atMs).toBeGreaterThan(atMs)
    atMs = facts[0]?.atMs ?? 0
    ids.add(checkoutId)
  }
  expect(ids.size).toBe(Math.ceil(1_000_000 / 97))
})
