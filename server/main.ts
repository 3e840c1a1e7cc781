import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import open from 'open'
import { FileFault } from '../core/catalogue.ts'
import { LedgerBroken } from '../core/ledger/ledger.ts'
import { stderrLog } from '../core/log.ts'
import { Secret } from '../core/secret.ts'
import { openTill } from '../core/till.ts'
import { StateFileError } from '../simulator/stateFile.ts'
import { builtInPaypay, paypayAt, type TrainingPaypay } from '../simulator/training.ts'
import { startHost } from './http.ts'
import { keyFile } from './keyFile.ts'
import { buildPage, pageDir } from './page.ts'

const DEFAULT_PORT = 4649
const USAGE =
  'usage: npm start -- [--port N] [--data-dir DIR] [--catalogue FILE] [--paypay-url URL] [--no-open] [--json] [--help]\n' +
  '  --paypay-url needs KAIKEI_API_KEY and KAIKEI_API_SECRET in the environment'

/** Training mode: PayPay's simulator, core and this host, from one command. */
async function main(): Promise<void> {
  const options = readOptions()
  if (options === null) return print(USAGE)
  await buildPage()
  const { paypay } = options
  const till = await openTill({
    mode: 'training',
    dataDir: options.dataDir,
    catalogueFile: options.catalogue,
    demoDir: options.demoDir,
    paypayUrl: async () => (await paypay.open()).paypayUrl,
    credentials: { apiKey: paypay.apiKey, apiSecret: new Secret(paypay.revealSecret()) },
    keys: keyFile(join(options.dataDir, 'paypay-keys.json')),
    version: versionOf(),
    log: stderrLog(options.json ? 'warn' : 'info'),
  })
  const { paypayUrl, phoneUrl } = await paypay.open()
  const host = await startHost({ till, port: options.port, pageDir }).catch(async error => {
    await till.close()
    throw portTaken(error, options.port)
  })

  const stop = async (): Promise<void> => {
    await host.close()
    await till.close()
    await paypay.close()
    process.exit(0)
  }
  process.once('SIGINT', () => void stop())
  process.once('SIGTERM', () => void stop())

  await till.ready
  const { kioskUrl } = host
  if (options.json) print(JSON.stringify({ kioskUrl, phoneUrl, paypayUrl }))
  else {
    print(
      `\nKaikei is in training: no real money moves.\n  The kiosk:            ${kioskUrl}\n  The customer's phone: ${phoneUrl}\n  Data:                 ${options.dataDir}\nCtrl-C stops it; the next start goes on where it was.\n`,
    )
    if (till.recovered > 0)
      print(`${till.recovered} checkout(s) were open at the last stop and are being settled.`)
  }
  if (options.open && hasDisplay()) {
    // A machine without a browser is no fault: the addresses are on the screen.
    for (const url of [kioskUrl, phoneUrl]) await open(url).catch(() => undefined)
  }
}

/** Null: only how to use it was asked for. */
function readOptions() {
  const values = (() => {
    try {
      return parseArgs({
        options: {
          port: { type: 'string' },
          'data-dir': { type: 'string' },
          catalogue: { type: 'string' },
          'paypay-url': { type: 'string' },
          'no-open': { type: 'boolean' },
          json: { type: 'boolean' },
          help: { type: 'boolean' },
        },
      }).values
    } catch (error) {
      throw new Usage(error instanceof Error ? error.message : String(error))
    }
  })()
  if (values.help) return null
  const port = Number(values.port ?? DEFAULT_PORT)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Usage(`--port is "${values.port}": use a number from 0 (any free port) to 65535`)
  const dataDir = resolve(values['data-dir'] ?? 'data')
  const simulatorAt = values['paypay-url']
  return {
    port,
    dataDir,
    catalogue: values.catalogue ?? join(dataDir, 'shop', 'catalogue.json'),
    /** What a first start begins with; null: the shop lies somewhere else. */
    demoDir: values.catalogue === undefined ? fileURLToPath(new URL('demo', import.meta.url)) : null,
    paypay: simulatorAt === undefined ? ownPaypay(port, dataDir) : otherPaypay(simulatorAt),
    open: !values['no-open'] && !values.json,
    json: values.json === true,
  }
}

/** The phone is next to the kiosk; with any free port, it has any free port. */
function ownPaypay(port: number, dataDir: string): TrainingPaypay {
  return builtInPaypay({
    port: port === 0 ? 0 : port + 1,
    stateFile: join(dataDir, 'paypay-simulator.jsonl'),
  })
}

function otherPaypay(address: string): TrainingPaypay {
  const read = paypayAt(address, process.env)
  if (!read.ok) throw new Usage(read.problem)
  return read.paypay
}

function portTaken(error: unknown, port: number): unknown {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  return taken
    ? new Usage(`port ${port} is taken: end the program that uses it, or choose another with --port`)
    : error
}

function versionOf(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return String((JSON.parse(text) as { version?: unknown }).version)
}

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

class Usage extends Error {}

const print = (text: string): void => void process.stdout.write(`${text}\n`)

main().catch((error: unknown) => {
  const known =
    error instanceof FileFault ||
    error instanceof LedgerBroken ||
    error instanceof StateFileError ||
    (error instanceof Error && 'code' in error)
  if (error instanceof Usage) process.stderr.write(`${error.message}\n${USAGE}\n`)
  else
    process.stderr.write(
      `${known ? (error as Error).message : error instanceof Error ? error.stack : String(error)}\n`,
    )
  process.exit(1)
})
