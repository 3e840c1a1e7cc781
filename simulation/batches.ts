import { runWorld, runWorlds } from './run.ts'
import { drawSetting, type Weather } from './setting.ts'
import { sweep } from './sweep.ts'
import { Tally } from './tally.ts'
import type { WorldOptions } from './world.ts'

/** The ledger of every so many worlds is walked and proven at the end; it is the same code each time. */
const WALKED_EVERY = 4

export type Batch = {
  readonly from: number
  readonly seeds: number
  readonly weather: Weather
  readonly checkouts: number
}

/** Random worlds, one a seed. `goesOn` is asked after each. */
export async function runSeeds(batch: Batch, goesOn: (tally: Tally) => boolean = () => true): Promise<Tally> {
  const tally = new Tally()
  await runWorlds(seedsOf(batch), (report, { seed }) => {
    tally.add(report, `seed ${seed}`)
    return goesOn(tally)
  })
  return tally
}

/** Every fault at every call, every fate at every write; with a name, that one world alone. */
export async function runSweep(
  goesOn: (tally: Tally) => boolean = () => true,
  only: string | null = null,
): Promise<Tally> {
  const tally = new Tally()
  const worlds: (WorldOptions & { name: string })[] = []
  for await (const world of sweep()) if (only === null || only === world.name) worlds.push(world)
  await runWorlds(worlds, (report, options) => {
    tally.add(report, (options as { name?: string }).name ?? '')
    return goesOn(tally)
  })
  return tally
}

/** Everything that happens in one world, line by line. */
export async function traceOf(seed: number, weather: Weather, checkouts: number): Promise<string[]> {
  const lines: string[] = []
  const options = {
    seed,
    setting: drawSetting(seed, weather, checkouts),
    trace: (line: string) => void lines.push(line),
  }
  await runWorld(options)
  return lines
}

function* seedsOf({ from, seeds, weather, checkouts }: Batch): Generator<WorldOptions> {
  for (let seed = from; seed < from + seeds; seed += 1)
    yield { seed, setting: drawSetting(seed, weather, checkouts), walks: seed % WALKED_EVERY === 0 }
}
