import { systemClock } from '../../core/clock.ts'
import { httpTransport } from '../../core/paypay/http.ts'
import { type Opa, type OpaOptions, openOpa } from '../../core/paypay/opa/client.ts'
import { systemRandom } from '../../core/random.ts'
import { examine, type Finding } from './doctor.ts'
import { helpAbout, USAGE } from './help.ts'
import { type Command, credentialsFor, type Destination, readCommand, Usage } from './options.ts'

const SIGNS = { fine: 'ok    ', wrong: 'WRONG ', unseen: '?     ' } as const

/** PayPay's API from the command line, for a merchant's developer. Standard output is JSON, but for the doctor's words. */
async function main(): Promise<void> {
  const command = readCommand(process.argv.slice(2))
  if (command.kind === 'help') return print(helpAbout(command.about))
  const options = await optionsFor(command.to)
  try {
    await (command.kind === 'doctor' ? doctor(options, command.to) : call(options, command))
  } finally {
    await options.transport.close()
  }
}

async function optionsFor(to: Destination): Promise<OpaOptions> {
  return {
    transport: httpTransport({ baseUrl: to.baseUrl }),
    credentials: await credentialsFor(to, process.env),
    clock: systemClock,
    nonce: () => systemRandom.word(8),
  }
}

async function call(options: OpaOptions, { name, input }: Extract<Command, { kind: 'call' }>): Promise<void> {
  const one = openOpa(options)[name] as (input: unknown) => ReturnType<Opa['getPayment']>
  const outcome = await one(input)
  print(JSON.stringify(outcome, null, 2))
  if (outcome.ok) return
  complain(outcome.failure.says)
  process.exitCode = 1
}

async function doctor(options: OpaOptions, { environment, baseUrl }: Destination): Promise<void> {
  const findings = await examine(options, { baseUrl, id: `doctor-${systemRandom.word(8)}` })
  print(`${environment}, ${baseUrl}`)
  for (const { check, state, says } of findings) print(`${SIGNS[state]}${check}: ${says}`)
  const needed = (one: Finding): boolean =>
    !one.check.startsWith('permission') || one.check.endsWith('dynamic QR')
  process.exitCode = findings.filter(needed).every(({ state }) => state === 'fine') ? 0 : 1
}

const print = (text: string): void => void process.stdout.write(`${text}\n`)
const complain = (text: string): void => void process.stderr.write(`${text}\n`)

main().catch((error: unknown) => {
  const isUsage = error instanceof Usage
  complain(isUsage ? `${error.message}\n${USAGE}` : error instanceof Error ? error.message : String(error))
  process.exitCode = isUsage ? 2 : 1
})
