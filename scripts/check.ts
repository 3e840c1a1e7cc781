import { print, run } from './run.ts'

/** Everything that is quick: types, lint and format, unit tests. */
const steps: readonly (readonly [string, ...string[]])[] = [
  ['tsc', '-b'],
  ['biome', 'check', '--error-on-warnings'],
  ['vitest', 'run'],
]

for (const [command, ...args] of steps) {
  if ((await run(command, args)) === 0) continue
  print(`${[command, ...args].join(' ')} failed: see above`)
  process.exit(1)
}
