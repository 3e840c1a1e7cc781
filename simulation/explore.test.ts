import { expect, it } from 'vitest'
import { explore } from './explore.ts'

// Whatever the order of answers, faults, crashes and customers: the pure rules end where they should.
it.each([
  { codes: 1, faults: 1, crashes: 1, decisions: 0 },
  { codes: 2, faults: 0, crashes: 0, decisions: 0 },
  { codes: 1, faults: 1, crashes: 0, decisions: 1 },
])(
  '%j: every state ends in an outcome with its proof, or as a case',
  bounds => {
    const { violations, examples, ends, states } = explore(bounds)
    expect(examples).toEqual([])
    expect(violations).toBe(0)
    expect(Object.keys(ends).toSorted()).toEqual(['delivered', 'neverPayable', 'returned'])
    expect(states).toBeGreaterThan(10_000)
  },
  120_000,
)
