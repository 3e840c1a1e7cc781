import { parseArgs } from 'node:util'
import { print } from '../run.ts'
import { client, clientInWords, LEAST_REQUESTS_RATIO, MOST_SIGNING_RATIO } from './client.ts'
import { desk, deskInWords, MOST_DESK_RATIO } from './desk.ts'
import { folding, foldingInWords, MOST_FOLDING_RATIO } from './folding.ts'
import { inWords, MOST_RATIO, recovery } from './recovery.ts'
import { MOST_STANDSTILL_RATIO, standstill, standstillInWords } from './standstill.ts'

const USAGE = `usage: npm run bench -- NAME [--json]
  recovery [--small N] [--large N]   from the start to selling, with N settled checkouts in the ledger (10000 and 1000000)
  desk     [--small N] [--large N]   what the attendant's desk asks, with N checkouts in the ledger (10000 and 1000000)
  folding  [--large N]               the first opening of a ledger of the first version with N checkouts (100000)
  standstill                         for how long nobody else is served while a day is compared and records are exported
  client                             our PayPay client beside PayPay's own Node SDK`

/** The benches, by name. Ends with 1 where a figure is outside of what the project promises. */
async function main(): Promise<void> {
  if (process.argv.includes('--help')) return print(USAGE)
  const { name, small, large, json } = readOptions()
  if (name === undefined) return print(USAGE)
  // Children and the folder go with this process, however it ends.
  process.once('SIGINT', () => process.exit(130))
  process.once('SIGTERM', () => process.exit(143))
  if (name === 'desk') {
    const found = await desk({ small, large }, complain)
    print(json ? JSON.stringify(found) : deskInWords(found))
    if (found.ratio > MOST_DESK_RATIO) process.exitCode = 1
    return
  }
  if (name === 'standstill') {
    const found = await standstill(complain)
    print(json ? JSON.stringify(found) : standstillInWords(found))
    if (found.ratio > MOST_STANDSTILL_RATIO) process.exitCode = 1
    return
  }
  if (name === 'client') {
    const found = await client(complain)
    print(json ? JSON.stringify(found) : clientInWords(found))
    const { signing, requests } = found
    if (signing.ratio > MOST_SIGNING_RATIO || requests.ratio < LEAST_REQUESTS_RATIO) process.exitCode = 1
    return
  }
  if (name === 'folding') {
    const found = await folding(large, complain)
    print(json ? JSON.stringify(found) : foldingInWords(found))
    if (found.ratio > MOST_FOLDING_RATIO) process.exitCode = 1
    return
  }
  const found = await recovery({ small, large }, complain)
  print(json ? JSON.stringify(found) : inWords(found))
  if (found.ratio > MOST_RATIO) process.exitCode = 1
}

const names = ['recovery', 'desk', 'folding', 'standstill', 'client']

function readOptions() {
  const { values, positionals } = parsed()
  const [name, ...rest] = positionals
  if (rest.length > 0 || (name !== undefined && !names.includes(name)))
    throw new Usage(`there is no bench "${positionals.join(' ')}"`)
  const small = whole('small', values.small ?? '10000')
  const large = whole('large', values.large ?? (name === 'folding' ? '100000' : '1000000'))
  if (name !== 'folding' && small > large)
    throw new Usage(`--small is ${small} and --large ${large}: the other way round`)
  return { name, small, large, json: values.json === true }
}

function parsed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { small: { type: 'string' }, large: { type: 'string' }, json: { type: 'boolean' } },
    })
  } catch (error) {
    throw new Usage(error instanceof Error ? error.message : String(error))
  }
}

function whole(name: string, text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < 1 || value > 10_000_000)
    throw new Usage(`--${name} is "${text}": use a whole number from 1 to 10000000`)
  return value
}

class Usage extends Error {}

const complain = (text: string): void => void process.stderr.write(`${text}\n`)

main().catch((error: unknown) => {
  complain(error instanceof Error ? error.message : String(error))
  if (error instanceof Usage) complain(USAGE)
  process.exitCode = error instanceof Usage ? 2 : 1
})
