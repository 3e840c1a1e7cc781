export type Point = { readonly x: number; readonly y: number }
export type Line = {
  /** Of y for one of x. */
  readonly slope: number
  /** The slope's 95 % confidence interval. */
  readonly low: number
  readonly high: number
}

/** Student's t, two-sided 95 %, by degrees of freedom; between two rows the larger one is taken. */
const T_95: readonly (readonly [number, number])[] = [
  [1, 12.706],
  [2, 4.303],
  [3, 3.182],
  [4, 2.776],
  [5, 2.571],
  [6, 2.447],
  [8, 2.306],
  [10, 2.228],
  [15, 2.131],
  [20, 2.086],
  [30, 2.042],
  [60, 2.0],
]

/** The straight line through points by least squares. Throws for fewer than three, which every line fits, and for points above each other. */
export function lineThrough(points: readonly Point[]): Line {
  const n = points.length
  if (n < 3) throw new Error(`${n} points are too few for a line with an interval: at least 3`)
  const mean = (of: (point: Point) => number): number => points.reduce((sum, one) => sum + of(one), 0) / n
  const [meanX, meanY] = [mean(({ x }) => x), mean(({ y }) => y)]
  const spread = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0)
  if (spread === 0) throw new Error('all points have the same x')
  const slope = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread
  const rest = points.reduce((sum, { x, y }) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0)
  const margin = tFor(n - 2) * Math.sqrt(rest / (n - 2) / spread)
  return { slope, low: slope - margin, high: slope + margin }
}

function tFor(freedom: number): number {
  const row = T_95.findLast(([degrees]) => degrees <= freedom)
  return row?.[1] ?? Number.POSITIVE_INFINITY
}
