import { parseArgs } from 'node:util'
import { startSimulator } from './http.ts'

const USAGE =
  'usage: npm run simulator -- --port N --api-key K --api-secret S [--tls] [--json] [--state-file FILE] [--merchant-id ID]'

/** The command line: PayPay's simulator alone, for any client. */
async function main(): Promise<void> {
  const options = readOptions()
  const running = await startSimulator(options).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE'
      ? new Usage(
          `port ${options.port} is taken: end the program that uses it, or choose another with --port`,
        )
      : error
  })
  const { paypayUrl, phoneUrl, caFile } = running
  if (options.json) print(JSON.stringify({ paypayUrl, phoneUrl, caFile }))
  else
    print(
      `PayPay (simulated): ${paypayUrl}\nThe customer's phone: ${phoneUrl}${caFile ? `\nCertificate authority: ${caFile}` : ''}\nCtrl-C stops it.`,
    )
  const stop = (): void => void running.close().then(() => process.exit(0))
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

function readOptions() {
  const values = (() => {
    try {
      return parseArgs({
        options: {
          port: { type: 'string' },
          'api-key': { type: 'string' },
          'api-secret': { type: 'string' },
          'merchant-id': { type: 'string' },
          'state-file': { type: 'string' },
          tls: { type: 'boolean' },
          json: { type: 'boolean' },
        },
      }).values
    } catch (error) {
      throw new Usage(error instanceof Error ? error.message : String(error))
    }
  })()
  const port = Number(values.port ?? 'missing')
  const apiKey = values['api-key'] ?? process.env.KAIKEI_API_KEY
  const apiSecret = values['api-secret'] ?? process.env.KAIKEI_API_SECRET
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Usage('--port has to be a number from 0 (any free port) to 65535')
  if (!apiKey) throw new Usage('--api-key is missing: choose any word; clients have to sign with it')
  if (!apiSecret) throw new Usage('--api-secret is missing: choose any word; clients have to sign with it')
  return {
    port,
    apiKey,
    apiSecret,
    tls: values.tls === true,
    json: values.json === true,
    ...(values['merchant-id'] === undefined ? {} : { merchantId: values['merchant-id'] }),
    ...(values['state-file'] === undefined ? {} : { stateFile: values['state-file'] }),
  }
}

class Usage extends Error {}

const print = (text: string): void => void process.stdout.write(`${text}\n`)

main().catch((error: unknown) => {
  process.stderr.write(error instanceof Usage ? `${error.message}\n${USAGE}\n` : `${String(error)}\n`)
  process.exit(1)
})
