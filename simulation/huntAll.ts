import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Catch } from './hunt.ts'
import { type Mutant, mutants } from './mutants.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))
/** The slowest hunt runs every world there is. */
const HUNT_MOST_MS = 900_000

const knownWorlds = fileURLToPath(new URL('knownWorlds.json', import.meta.url))

/**
 * Every mutant, each in a process of its own so that none meets another's engine. True when all are caught. `remembers`: the
 * worlds that they fell in are written down, to be tried first the next time.
 */
export async function huntAll(print: (line: string) => void, remembers: boolean): Promise<boolean> {
  const waiting = [...mutants]
  const fellIn = new Map<string, string>()
  let survivors = 0
  const hunter = async (): Promise<void> => {
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      try {
        const result = await huntOne(mutant)
        if (result.caught) fellIn.set(mutant.name, result.world)
        else survivors += 1
        print(inWords(mutant, result))
      } catch (error) {
        survivors += 1
        print(`NOT RUN   ${mutant.name}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, hunter))
  if (remembers) writeFileSync(knownWorlds, inOrder(fellIn))
  print(`${mutants.length} mutants, ${mutants.length - survivors} caught, ${survivors} survive`)
  return survivors === 0
}

/** In the order of the list, so that a change shows what has changed. */
function inOrder(fellIn: ReadonlyMap<string, string>): string {
  const entries = mutants.flatMap(({ name }) => {
    const world = fellIn.get(name)
    return world === undefined ? [] : [[name, world]]
  })
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`
}

async function huntOne({ name }: Mutant): Promise<Catch> {
  const { stdout } = await promisify(execFile)(process.execPath, [main, '--mutant', name], {
    timeout: HUNT_MOST_MS,
  })
  return JSON.parse(stdout) as Catch
}

function inWords({ name, says }: Mutant, result: Catch): string {
  const head = `${name.padEnd(26)} ${says}`
  if (!result.caught) return `SURVIVES  ${head}: nothing in ${result.worlds} worlds`
  return `caught    ${head}\n          by ${result.by} after ${result.worlds} worlds (${result.in}, ${result.world}): ${result.says}`
}
