import { parseArgs } from 'node:util'

export const USAGE = `usage: npm run breakout -- [--without=WORD]... [--only PATTERN] [--sample] [--pictures FOLDER] [--json]
  WORD: what is taken away, to see what stops a way out: a flag of the session (--kiosk), a policy (DefaultPopupsSetting), all of them
  (policies), or the page's own refusals (page). PATTERN: only ways out with such names. --sample: some of each
  kind, in less than a minute. FOLDER: gets a picture of the start, the end
  and of each way that was open. Exit code 1: a way was open; 3: it could not be tried here.`

/** Wrong options, in words. */
export class Usage extends Error {}

export type Options = {
  readonly without: readonly string[]
  readonly only: RegExp | null
  readonly pictures: string | null
  readonly sample: boolean
  readonly json: boolean
}

export function readOptions(args: readonly string[]): Options {
  const values = parsed(args)
  return {
    without: values.without ?? [],
    only: values.only === undefined ? null : pattern(values.only),
    pictures: values.pictures ?? null,
    sample: values.sample === true,
    json: values.json === true,
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        without: { type: 'string', multiple: true },
        only: { type: 'string' },
        pictures: { type: 'string' },
        sample: { type: 'boolean' },
        json: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    throw new Usage(error instanceof Error ? error.message : String(error))
  }
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text)
  } catch {
    throw new Usage(`--only is "${text}": use a regular expression, for example "ctrl"`)
  }
}
