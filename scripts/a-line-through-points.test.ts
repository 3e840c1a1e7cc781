import { describe, expect, it } from 'vitest'
import { lineThrough } from '../e2e/soak/line.ts'

// A soak believes this file: a slope that is always said to include zero would call every leak sound.

it('a straight line is found, with nothing left to doubt', () => {
  const points = [1, 2, 3, 4, 5].map(x => ({ x, y: 7 + 3 * x }))
  expect(lineThrough(points)).toEqual({ slope: 3, low: 3, high: 3 })
})

it('by hand: four points, two degrees of freedom', () => {
  // Slope 7.5 / 5, rest 1.5 over two degrees, spread 5.
  const { slope, low, high } = lineThrough([
    { x: 1, y: 1 },
    { x: 2, y: 3 },
    { x: 3, y: 3 },
    { x: 4, y: 6 },
  ])
  expect(slope).toBeCloseTo(1.5, 10)
  expect(high - slope).toBeCloseTo(4.303 * Math.sqrt(1.5 / 2 / 5), 10)
  expect(slope - low).toBeCloseTo(high - slope, 10)
})

describe('memory that goes up and down', () => {
  const saw = (leak: number) =>
    Array.from({ length: 20 }, (_one, at) => ({ x: at * 500, y: 1e8 + (at % 2) * 1e6 + leak * at * 500 }))

  it('does not grow', () => {
    const { low, high } = lineThrough(saw(0))
    expect(low).toBeLessThan(0)
    expect(high).toBeGreaterThan(0)
  })

  it('and a leak of 500 bytes a checkout is seen through it', () => {
    expect(lineThrough(saw(500)).low).toBeGreaterThan(0)
  })
})

it('too few points, and points above each other, are refused', () => {
  expect(() =>
    lineThrough([
      { x: 1, y: 1 },
      { x: 2, y: 2 },
    ]),
  ).toThrow('at least 3')
  expect(() => lineThrough([1, 2, 3].map(y => ({ x: 1, y })))).toThrow('the same x')
})
