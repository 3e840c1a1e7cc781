import { readArguments, USAGE } from './arguments.ts'
import { SimulatorStartError, startSimulator } from './http.ts'
import { StateFileError } from './stateFile.ts'

await main(process.argv.slice(2), process.env)

/** Runs until Ctrl-C or SIGTERM. Where it cannot start, a sentence on stderr and exit code 1, or 2 for a wrong option. */
async function main(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const read = readArguments(args, env)
  if (!read.ok) return stop(`${read.problem}\n${USAGE}`, 2)
  if ('help' in read) return void process.stdout.write(`${USAGE}\n`)
  const running = await startSimulator(read.options).catch((error: unknown) => {
    if (error instanceof SimulatorStartError || error instanceof StateFileError) return error
    throw error
  })
  if (running instanceof Error) return stop(running.message)
  const { paypayUrl, phoneUrl, caFile } = running
  process.stdout.write(
    read.json
      ? `${JSON.stringify({ paypayUrl, phoneUrl, caFile })}\n`
      : `PayPay simulator: ${paypayUrl}\nThe customer's phone: ${phoneUrl}\n${caFile === null ? '' : `Clients have to trust: ${caFile}\n`}Ctrl-C stops it.\n`,
  )
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void running.close().then(() => process.exit(0)))
}

function stop(sentence: string, exitCode = 1): void {
  process.stderr.write(`${sentence}\n`)
  process.exitCode = exitCode
}
