import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'

export const USAGE = `usage: npm run killtest -- [--rounds N] [--seed S] [--lanes L] [--json]
  N: how often the host is killed, from 1 (20). S: a whole number from 0; without it another one each time. L: 1 to 32 (8).`

/** Wrong options, in words. */
export class Usage extends Error {}

export type Options = {
  readonly rounds: number
  readonly seed: number
  readonly lanes: number
  readonly json: boolean
}

export function readOptions(args: readonly string[]): Options {
  const values = parsed(args)
  return {
    rounds: whole('rounds', values.rounds ?? '20', 1, 1_000_000),
    seed: whole('seed', values.seed ?? String(randomInt(1_000_000)), 0, 2 ** 31 - 1),
    lanes: whole('lanes', values.lanes ?? '8', 1, 32),
    json: values.json === true,
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        rounds: { type: 'string' },
        seed: { type: 'string' },
        lanes: { type: 'string' },
        json: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    throw new Usage(error instanceof Error ? error.message : String(error))
  }
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new Usage(`--${name} is "${text}": use a whole number from ${least} to ${most}`)
  return value
}
