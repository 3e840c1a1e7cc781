import { mutants } from './mutants.ts'
import { loadWith } from './mutate.ts'
import { type Options, readOptions, USAGE, Usage } from './options.ts'

/**
 * The production engine under a seeded world of faults, from the command line. Ends with 1 when an invariant was violated or a
 * mutant survived. What runs the engine is imported late, so that a mutant can be put into it first.
 */
async function main(): Promise<void> {
  if (process.argv.includes('--help')) return print(USAGE)
  const options = readOptions(process.argv.slice(2))
  if (options.mutant !== null) {
    const mutant = mutants.find(({ name }) => name === options.mutant)
    if (!mutant) throw new Usage(`--mutant is "${options.mutant}": there is none of that name`)
    loadWith(mutant)
    const { hunt } = await import('./hunt.ts')
    return print(JSON.stringify(await hunt(mutant.name)))
  }
  switch (options.what) {
    case 'mutants': {
      const { huntAll } = await import('./huntAll.ts')
      return end(await huntAll(print, options.remember), 'a mutant survives')
    }
    case 'explore': {
      const { explore, inWords, searches } = await import('./explore.ts')
      let isClean = true
      for (const bounds of searches) {
        const found = explore(bounds)
        print(options.json ? JSON.stringify(found) : inWords(found))
        isClean &&= found.violations === 0
      }
      return end(isClean, 'a rule was violated')
    }
    case 'sweep':
    case 'seeds':
    case 'replay':
      return end(await runMany(options), 'an invariant was violated')
    default:
      return options.what satisfies never
  }
}

async function runMany(options: Options): Promise<boolean> {
  const { runSweep, traceOf } = await import('./batches.ts')
  const { runSeedsOn } = await import('./workers.ts')
  const { what, from, weather, checkouts, workers } = options
  const tally =
    what === 'sweep'
      ? await runSweep()
      : await runSeedsOn(workers, { from, seeds: what === 'replay' ? 1 : options.seeds, weather, checkouts })
  if (what === 'replay' && options.trace)
    for (const line of await traceOf(from, weather, checkouts)) print(line)
  if (options.json) print(JSON.stringify(tally.json()))
  else print(tally.inWords())
  for (const { name, violations } of tally.failed.slice(0, 5))
    for (const { invariant, says } of violations.slice(0, 3)) complain(`${name}: ${invariant}: ${says}`)
  const [first] = tally.failed
  if (first && what === 'seeds') {
    const seed = Number(first.name.replace('seed ', ''))
    complain(
      `\nreplay it: npm run simulate -- --replay ${seed} --faults ${weather} --checkouts ${checkouts} --trace\n`,
    )
    const [violation] = first.violations
    for (const line of about(violation?.says ?? '', await traceOf(seed, weather, checkouts))) complain(line)
  }
  return tally.failed.length === 0
}

/** Of a trace, what concerns the checkout that a violation names, and what befell everybody. */
function about(says: string, trace: readonly string[]): string[] {
  const [checkoutId] = /[0-9a-f]{24}/.exec(says) ?? ['']
  const common = /\*\*\*|PayPay is|faults are off|host runs| is dark|closed:|open:/
  return trace.filter(line => line.includes(checkoutId) || common.test(line)).map(line => line.slice(0, 260))
}

function end(isGood: boolean, because: string): void {
  if (isGood) return
  complain(because)
  process.exitCode = 1
}

const print = (text: string): void => void process.stdout.write(`${text}\n`)
const complain = (text: string): void => void process.stderr.write(`${text}\n`)

main().catch((error: unknown) => {
  complain(
    error instanceof Usage
      ? `${error.message}\n${USAGE}`
      : String(error instanceof Error ? error.stack : error),
  )
  process.exitCode = error instanceof Usage ? 2 : 1
})
