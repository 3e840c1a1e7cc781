import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import type { Weather } from './setting.ts'

export const USAGE = `usage: npm run simulate -- [--seeds N] [--from S] [--faults none|mild|harsh] [--checkouts K] [--workers W] [--json]
       npm run simulate -- --replay S [--faults …] [--checkouts K] [--trace]
       npm run simulate -- --sweep      every fault at every call, every fate at every write
       npm run simulate -- --explore    every order of the pure rules, with 2 faults and 2 crashes
       npm run simulate -- --mutants [--remember]    does the checker find deliberate bugs?
  N, K, W: whole numbers from 1. S: a whole number from 0. K customers come in each world (12). W: threads (as many as cores).
  --remember writes down in which world each was found, to be tried first the next time.`

/** Wrong options, in words. */
export class Usage extends Error {}

export type Options = {
  readonly what: 'seeds' | 'replay' | 'sweep' | 'explore' | 'mutants'
  readonly seeds: number
  readonly from: number
  readonly weather: Weather
  readonly checkouts: number
  /** Threads; the sums are the same for any number. */
  readonly workers: number
  readonly trace: boolean
  readonly json: boolean
  readonly remember: boolean
  /** The engine is loaded with this bug; how `--mutants` runs each of them. */
  readonly mutant: string | null
}

export function readOptions(args: readonly string[]): Options {
  const values = parsed(args)
  const modes = (['replay', 'sweep', 'explore', 'mutants'] as const).filter(
    mode => values[mode] !== undefined,
  )
  if (modes.length > 1) throw new Usage(`--${modes.join(' and --')} do not go together: choose one`)
  if (values.remember && !values.mutants) throw new Usage('--remember belongs to --mutants')
  const weather = values.faults ?? 'harsh'
  if (weather !== 'none' && weather !== 'mild' && weather !== 'harsh')
    throw new Usage(`--faults is "${weather}": use none, mild or harsh`)
  return {
    what: modes[0] ?? 'seeds',
    seeds: whole('seeds', values.seeds ?? '1000', 1),
    from: whole(values.replay === undefined ? 'from' : 'replay', values.replay ?? values.from ?? '0', 0),
    weather,
    checkouts: whole('checkouts', values.checkouts ?? '12', 1),
    workers: whole('workers', values.workers ?? String(availableParallelism()), 1),
    trace: values.trace === true,
    json: values.json === true,
    remember: values.remember === true,
    mutant: values.mutant ?? null,
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        seeds: { type: 'string' },
        from: { type: 'string' },
        faults: { type: 'string' },
        checkouts: { type: 'string' },
        workers: { type: 'string' },
        replay: { type: 'string' },
        trace: { type: 'boolean' },
        json: { type: 'boolean' },
        sweep: { type: 'boolean' },
        explore: { type: 'boolean' },
        mutants: { type: 'boolean' },
        remember: { type: 'boolean' },
        mutant: { type: 'string' },
      },
    }).values
  } catch (error) {
    throw new Usage(error instanceof Error ? error.message : String(error))
  }
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least)
    throw new Usage(`--${name} is "${text}": use a whole number from ${least}`)
  return value
}
