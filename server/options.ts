import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { CEILING } from '../core/ceiling.ts'
import type { PaypayMode } from '../shared/checkout.ts'
import { builtInPaypay, paypayAt, type TrainingPaypay } from '../simulator/training.ts'

const DEFAULT_PORT = 4649
const DEFAULT_CEILING_MIB = 1_000
const MODES = ['training', 'sandbox', 'production'] as const
/** The name under which a service manager hands the keys over (systemd: `LoadCredential=paypay-keys:…`). */
const CREDENTIAL = 'paypay-keys'

/** `command`: how this program was called, as whoever called it says (KAIKEI_COMMAND). */
export const usage = (command = 'npm start --'): string =>
  `usage: ${command} [--mode training|sandbox|production] [--port N] [--data-dir DIR] [--catalogue FILE]\n` +
  '                    [--keys-file FILE] [--memory-ceiling MIB] [--paypay-url URL] [--no-open] [--json] [--help]\n' +
  '  --mode        instead of the one in the settings; the desk cannot change it then\n' +
  '  --keys-file   PayPay’s keys, as JSON that only this user may read: {"apiKey": "…", "apiSecret": "…", "merchantId": "…"}\n' +
  '  --memory-ceiling  above it the till starts again in a quiet moment, once an hour at most\n' +
  '  --paypay-url  training with a simulator that runs already; needs KAIKEI_API_KEY and KAIKEI_API_SECRET in the environment'

/** A command line that cannot be. `message` says what is wrong and what belongs there. */
export class Usage extends Error {}

export type Options = {
  /** Null: the settings say it. */
  readonly mode: PaypayMode | null
  readonly port: number
  readonly dataDir: string
  readonly catalogue: string
  /** What a first start begins with; null: the shop lies somewhere else. */
  readonly demoDir: string | null
  /** Keys that the operator keeps; null: the desk keeps them, in the data folder. */
  readonly keysFile: string | null
  /** It was systemd that put them there, with rights of its own. */
  readonly keysAreCredential: boolean
  /** A PayPay for training, made anew for each start. */
  readonly training: () => TrainingPaypay
  /** Above it the till starts again in a quiet moment. */
  readonly memoryCeilingBytes: number
  readonly open: boolean
  readonly json: boolean
}

/** Null: only how to use it was asked for. Throws Usage. */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): Options | null {
  const values = valuesOf(args)
  if (values.help) return null
  const port = Number(values.port ?? DEFAULT_PORT)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Usage(`--port is "${values.port}": use a number from 0 (any free port) to 65535`)
  const mode = values.mode === undefined ? null : modeOf(values.mode)
  const simulatorAt = values['paypay-url']
  if (simulatorAt !== undefined && mode !== null && mode !== 'training')
    throw new Usage(`--paypay-url is for training only, and --mode is ${mode}: leave one of them out`)
  const dataDir = resolve(values['data-dir'] ?? 'data')
  return {
    // Whoever names a simulator wants to train, whatever the settings say.
    mode: simulatorAt === undefined ? mode : 'training',
    port,
    dataDir,
    catalogue: values.catalogue ?? join(dataDir, 'shop', 'catalogue.json'),
    demoDir: values.catalogue === undefined ? fileURLToPath(new URL('demo', import.meta.url)) : null,
    ...keysOf(values['keys-file'], env),
    training: simulatorAt === undefined ? () => ownPaypay(port, dataDir) : other(simulatorAt, env),
    memoryCeilingBytes: ceilingOf(values['memory-ceiling']) * 1024 * 1024,
    open: !values['no-open'] && !values.json,
    json: values.json === true,
  }
}

function valuesOf(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        mode: { type: 'string' },
        port: { type: 'string' },
        'data-dir': { type: 'string' },
        catalogue: { type: 'string' },
        'keys-file': { type: 'string' },
        'memory-ceiling': { type: 'string' },
        'paypay-url': { type: 'string' },
        'no-open': { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    throw new Usage(error instanceof Error ? error.message : String(error))
  }
}

function modeOf(word: string): PaypayMode {
  const mode = MODES.find(one => one === word)
  if (!mode) throw new Usage(`--mode is "${word}": use one of ${MODES.join(', ')}`)
  return mode
}

function ceilingOf(word: string | undefined): number {
  const mib = Number(word ?? DEFAULT_CEILING_MIB)
  if (!Number.isInteger(mib) || mib < CEILING.leastMib || mib > CEILING.mostMib)
    throw new Usage(
      `--memory-ceiling is "${word}": use a whole number of MiB from ${CEILING.leastMib} to ${CEILING.mostMib}`,
    )
  return mib
}

/** A service manager's folder may be there without these keys: then nobody handed any over, and the desk keeps them. */
function keysOf(
  asked: string | undefined,
  env: NodeJS.ProcessEnv,
): Pick<Options, 'keysFile' | 'keysAreCredential'> {
  if (asked !== undefined) return { keysFile: resolve(asked), keysAreCredential: false }
  const given = env.CREDENTIALS_DIRECTORY ? join(env.CREDENTIALS_DIRECTORY, CREDENTIAL) : null
  const isThere = given !== null && existsSync(given)
  return { keysFile: isThere ? given : null, keysAreCredential: isThere }
}

/** The phone is next to the kiosk; with any free port, it has any free port. */
function ownPaypay(port: number, dataDir: string): TrainingPaypay {
  return builtInPaypay({
    port: port === 0 ? 0 : port + 1,
    stateFile: join(dataDir, 'paypay-simulator.jsonl'),
  })
}

function other(address: string, env: NodeJS.ProcessEnv): () => TrainingPaypay {
  const read = paypayAt(address, env)
  if (!read.ok) throw new Usage(read.problem)
  return () => read.paypay
}
