import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import open from 'open'
import { FileFault } from '../core/catalogue.ts'
import { LedgerBroken } from '../core/ledger/ledger.ts'
import { stderrLog } from '../core/log.ts'
import { Secret } from '../core/secret.ts'
import { openTill } from '../core/till.ts'
import { StateFileError } from '../simulator/stateFile.ts'
import { startHost } from './http.ts'
import { buildPage, pageDir } from './page.ts'
import { builtInPaypay, runningPaypay, type TrainingPaypay } from './paypay.ts'

const DEFAULT_PORT = 4649
const USAGE =
  'usage: npm start -- [--port N] [--data-dir DIR] [--catalogue FILE] [--paypay-url URL] [--no-open] [--json]\n' +
  '  --paypay-url needs KAIKEI_API_KEY and KAIKEI_API_SECRET in the environment'

/** Training mode: PayPay's simulator, core and this host, from one command. */
async function main(): Promise<void> {
  const options = readOptions()
  await buildPage()
  const training = options.paypay ?? builtInPaypay(options)
  const { apiKey, apiSecret } = training
  const till = await openTill({
    mode: 'training',
    dataDir: options.dataDir,
    catalogueFile: options.catalogue,
    paypayUrl: async () => (await training.open()).paypayUrl,
    credentials: { apiKey, apiSecret },
    log: stderrLog(options.json ? 'warn' : 'info'),
  })
  const paypay = await training.open()
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
  const { phoneUrl, paypayUrl } = paypay
  if (options.json) print(JSON.stringify({ kioskUrl, phoneUrl, paypayUrl }))
  else
    print(
      `\nKaikei is in training: no real money moves.\n  The kiosk:            ${kioskUrl}\n  The customer's phone: ${phoneUrl}\n  Data:                 ${options.dataDir}\nCtrl-C stops it; the next start goes on where it was.\n`,
    )
  if (till.recovered > 0)
    print(`${till.recovered} checkout(s) were open at the last stop and are being settled.`)
  if (options.open && hasDisplay()) {
    // A machine without a browser is no fault: the addresses are on the screen.
    for (const url of [kioskUrl, phoneUrl]) await open(url).catch(() => undefined)
  }
}

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
        },
      }).values
    } catch (error) {
      throw new Usage(error instanceof Error ? error.message : String(error))
    }
  })()
  const port = Number(values.port ?? DEFAULT_PORT)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Usage(`--port is "${values.port}": use a number from 0 (any free port) to 65535`)
  return {
    port,
    dataDir: resolve(values['data-dir'] ?? 'data'),
    catalogue: values.catalogue ?? fileURLToPath(new URL('demo/catalogue.json', import.meta.url)),
    paypay: values['paypay-url'] === undefined ? null : otherPaypay(values['paypay-url']),
    open: !values['no-open'] && !values.json,
    json: values.json === true,
  }
}

/** Training never leaves the machine, whatever URL it is given. */
function otherPaypay(text: string): TrainingPaypay {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Usage(`--paypay-url is "${text}": use an address like http://127.0.0.1:4650`)
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
    throw new Usage(
      `--paypay-url is ${url.host}: training talks to a simulator on this machine only (127.0.0.1 or localhost)`,
    )
  const { KAIKEI_API_KEY: apiKey, KAIKEI_API_SECRET: apiSecret } = process.env
  if (!apiKey || !apiSecret)
    throw new Usage(
      '--paypay-url needs the environment variables KAIKEI_API_KEY and KAIKEI_API_SECRET: the key and secret that the simulator was started with',
    )
  return runningPaypay(url.origin, apiKey, new Secret(apiSecret))
}

function portTaken(error: unknown, port: number): unknown {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  return taken
    ? new Usage(`port ${port} is taken: end the program that uses it, or choose another with --port`)
    : error
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
