import { parseArgs } from 'node:util'
import { hardeningInWords } from '../../shared/hardeningWords.ts'
import { hardeningOf } from './checks.ts'
import { machineFacts } from './probe.ts'

const USAGE = `usage: npm run doctor -- [--data-dir DIR] [--language ja|en] [--json]
  says what of this machine is hardened for a till and what is not; exit code 1 when something is to be done`

const SIGNS = { hardened: 'ok  ', open: 'OPEN', unseen: '?   ' } as const

/** A look at this machine and the till that runs on it as a service. Changes nothing. */
async function main(): Promise<void> {
  const { 'data-dir': dataDir = 'data', json, help, ...rest } = options()
  if (help) return print(USAGE)
  const language = rest.language ?? (/^ja/.test(process.env.LC_ALL || process.env.LANG || '') ? 'ja' : 'en')
  if (language !== 'ja' && language !== 'en') throw new Error(`--language is "${language}": use ja or en`)
  const findings = hardeningOf(await machineFacts({ root: '/', dataDir, till: 'service' }))
  const isSound = findings.every(({ state }) => state !== 'open')
  const told = findings.map(finding => ({ ...finding, ...hardeningInWords(finding, language) }))
  if (json) print(JSON.stringify({ sound: isSound, findings: told }))
  else
    for (const { check, state, title, says, advice } of told)
      print(
        `${SIGNS[state]} ${check}  ${title}: ${says}${state === 'open' && advice ? `\n     -> ${advice}` : ''}`,
      )
  process.exitCode = isSound ? 0 : 1
}

function options() {
  return parseArgs({
    options: {
      'data-dir': { type: 'string' },
      language: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  }).values
}

const print = (text: string): void => void process.stdout.write(`${text}\n`)

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`)
  process.exitCode = 1
})
