import { parseArgs } from 'node:util'

export const USAGE = `usage: npm run soak -- [--checkouts N] [--every N] [--json]
  --checkouts: how many one page sells (10000), some seconds each on a busy machine. --every: after how many it is measured (500).
  At least five measures are needed; the first three tenths of them are warming up and not looked at.`

/** Wrong options, in words. */
export class Usage extends Error {}

export type Options = { readonly checkouts: number; readonly every: number; readonly json: boolean }

export function readOptions(args: readonly string[]): Options {
  const values = parsed(args)
  const checkouts = whole('checkouts', values.checkouts ?? '10000')
  const every = whole('every', values.every ?? '500')
  if (checkouts < every * 5)
    throw new Usage(`--checkouts ${checkouts} with --every ${every} are fewer than five measures`)
  return { checkouts, every, json: values.json === true }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { checkouts: { type: 'string' }, every: { type: 'string' }, json: { type: 'boolean' } },
    }).values
  } catch (error) {
    throw new Usage(error instanceof Error ? error.message : String(error))
  }
}

function whole(name: string, text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < 1 || value > 1_000_000)
    throw new Usage(`--${name} is "${text}": use a whole number from 1 to 1000000`)
  return value
}
