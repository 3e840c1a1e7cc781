import { expect, it } from 'vitest'
import { systemRandom } from './random.ts'

// Two requests with one nonce, two payments with one id: a word that was drawn before is money in the wrong place. Words are cut
// out of a pool, so what is looked at is its end, and a word that is longer than it.

it('never gives a word twice, whatever their lengths', () => {
  const lengths = Array.from({ length: 3_000 }, (_, at) => 8 + (at % 29))
  const words = lengths.map(bytes => systemRandom.word(bytes))
  expect(words.map(word => word.length)).toEqual(lengths.map(bytes => 2 * bytes))
  // The first 8 bytes alone have to differ.
  expect(new Set(words.map(word => word.slice(0, 16))).size).toBe(words.length)
})

it('gives a word longer than the pool', () => {
  expect(systemRandom.word(10_000)).toMatch(/^[0-9a-f]{20000}$/)
  expect(systemRandom.word(10_000)).not.toContain('0'.repeat(32))
})
