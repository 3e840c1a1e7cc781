import { runSeeds, runSweep } from './batches.ts'
import type { Tally } from './tally.ts'

/** How a mutant was caught, or that it was not. */
export type Catch =
  | {
      readonly caught: true
      readonly by: string
      readonly says: string
      readonly worlds: number
      readonly in: 'seeds' | 'sweep'
    }
  | { readonly caught: false; readonly worlds: number }

/** Random worlds first, then the sweep, then many more random worlds. */
const FEW_SEEDS = 400
const MANY_SEEDS = 6_000

/** Looks for the bug that the engine was loaded with, until the first violation. */
export async function hunt(): Promise<Catch> {
  const isClean = (tally: Tally): boolean => tally.failed.length === 0
  const batch = { weather: 'harsh', checkouts: 12 } as const
  const few = await runSeeds({ ...batch, from: 0, seeds: FEW_SEEDS }, isClean)
  if (!isClean(few)) return caught(few, 'seeds', 0)
  const swept = await runSweep(isClean)
  if (!isClean(swept)) return caught(swept, 'sweep', FEW_SEEDS)
  const many = await runSeeds({ ...batch, from: FEW_SEEDS, seeds: MANY_SEEDS }, isClean)
  if (!isClean(many)) return caught(many, 'seeds', FEW_SEEDS + swept.worlds)
  return { caught: false, worlds: FEW_SEEDS + swept.worlds + MANY_SEEDS }
}

function caught(tally: Tally, where: 'seeds' | 'sweep', before: number): Catch {
  const [violation] = tally.failed[0]?.violations ?? []
  return {
    caught: true,
    by: violation?.invariant ?? '',
    says: violation?.says ?? '',
    worlds: before + tally.worlds,
    in: where,
  }
}
