import { runSeeds, runSweep } from './batches.ts'
import knownWorlds from './knownWorlds.json' with { type: 'json' }
import type { Tally } from './tally.ts'

/** How a mutant was caught, or that it was not. */
export type Catch =
  | {
      readonly caught: true
      readonly by: string
      readonly says: string
      /** The world that it fell in, by its name: `seed 812`, or a story of the sweep with its fault. */
      readonly world: string
      readonly worlds: number
      readonly in: 'known' | 'seeds' | 'sweep'
    }
  | { readonly caught: false; readonly worlds: number }

/** Random worlds first, then the sweep, then many more random worlds. */
const FEW_SEEDS = 400
const MANY_SEEDS = 6_000

const batch = { weather: 'harsh', checkouts: 12 } as const
const isClean = (tally: Tally): boolean => tally.failed.length === 0

/** Looks for the bug that the engine was loaded with, until the first violation: in the world where it fell last time, then in all. */
export async function hunt(mutant: string): Promise<Catch> {
  const known = (knownWorlds as Readonly<Record<string, string>>)[mutant]
  const first = known === undefined ? null : await runKnown(known)
  if (first && !isClean(first)) return caught(first, 'known', 0)
  const few = await runSeeds({ ...batch, from: 0, seeds: FEW_SEEDS }, isClean)
  if (!isClean(few)) return caught(few, 'seeds', 0)
  const swept = await runSweep(isClean)
  if (!isClean(swept)) return caught(swept, 'sweep', FEW_SEEDS)
  const many = await runSeeds({ ...batch, from: FEW_SEEDS, seeds: MANY_SEEDS }, isClean)
  if (!isClean(many)) return caught(many, 'seeds', FEW_SEEDS + swept.worlds)
  return { caught: false, worlds: FEW_SEEDS + swept.worlds + MANY_SEEDS }
}

/** One world by its name. A name that means nothing any more is no world. */
function runKnown(name: string): Promise<Tally> {
  const [, seed] = /^seed (\d+)$/.exec(name) ?? []
  return seed === undefined
    ? runSweep(isClean, name)
    : runSeeds({ ...batch, from: Number(seed), seeds: 1 }, isClean)
}

function caught(tally: Tally, where: 'known' | 'seeds' | 'sweep', before: number): Catch {
  const [failed] = tally.failed
  const [violation] = failed?.violations ?? []
  return {
    caught: true,
    by: violation?.invariant ?? '',
    says: violation?.says ?? '',
    world: failed?.name ?? '',
    worlds: before + tally.worlds,
    in: where,
  }
}
