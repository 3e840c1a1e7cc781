import { parseArgs } from 'node:util'
import type { Credentials } from '../../core/paypay/client.ts'
import { checkedOrigin, type SdkEnvironment, sdkEnvironments } from '../../core/paypay/hosts.ts'
import { type FunctionName, functionNames } from '../../core/paypay/opa/table.ts'
import { Secret } from '../../core/secret.ts'
import { operatorsKeyFile } from '../keyFile.ts'

/** A command line that cannot be. `message` says what is wrong and what belongs there. */
export class Usage extends Error {}

export type Command =
  | { readonly kind: 'help'; readonly about: FunctionName | null }
  | { readonly kind: 'doctor'; readonly to: Destination }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly input: unknown; readonly to: Destination }

export type Destination = {
  readonly environment: SdkEnvironment | 'simulator'
  readonly baseUrl: string
  readonly keysFile: string | null
}

/** Throws Usage. */
export function readCommand(args: readonly string[]): Command {
  const { values, positionals } = parsed(args)
  const [word, ...more] = positionals
  if (more.length > 0) throw new Usage(`"${more.join(' ')}" is too much: give one function`)
  const name = functionNames.find(one => one === word) ?? null
  if (word !== undefined && word !== 'doctor' && name === null)
    throw new Usage(`"${word}" is no function of PayPay’s: use one of ${functionNames.join(', ')}, or doctor`)
  if (values.help || word === undefined) return { kind: 'help', about: name }
  const to = destination(values)
  if (name === null) return { kind: 'doctor', to }
  return { kind: 'call', name, input: inputOf(values.json), to }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'string' },
        env: { type: 'string' },
        url: { type: 'string' },
        'keys-file': { type: 'string' },
        help: { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new Usage(error instanceof Error ? error.message : String(error))
  }
}

function destination(values: { env?: string; url?: string; 'keys-file'?: string }): Destination {
  const keysFile = values['keys-file'] ?? null
  if (values.url !== undefined) {
    if (values.env !== undefined) throw new Usage('give --env or --url, not both')
    return { environment: 'simulator', baseUrl: simulatorAt(values.url), keysFile }
  }
  const environment = (Object.keys(sdkEnvironments) as SdkEnvironment[]).find(
    one => one === (values.env ?? 'STAGING'),
  )
  if (environment === undefined)
    throw new Usage(`--env is "${values.env}": use one of ${Object.keys(sdkEnvironments).join(', ')}`)
  return { environment, baseUrl: sdkEnvironments[environment], keysFile }
}

/** Plain HTTP never leaves the machine. */
function simulatorAt(url: string): string {
  let origin: string
  try {
    origin = checkedOrigin(url)
  } catch (error) {
    throw new Usage(error instanceof Error ? error.message : String(error))
  }
  const { protocol, hostname } = new URL(origin)
  if (protocol === 'http:' && !['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
    throw new Usage(
      `--url is "${url}": without TLS only a simulator on this machine is spoken to; use https://`,
    )
  return origin
}

function inputOf(json: string | undefined): unknown {
  if (json === undefined) return {}
  try {
    return JSON.parse(json)
  } catch (error) {
    throw new Usage(`--json is no JSON (${error instanceof Error ? error.message : String(error)})`)
  }
}

/** From the file, or from the environment. Throws Usage, in words that show no key. */
export async function credentialsFor(
  { keysFile }: Destination,
  env: NodeJS.ProcessEnv,
): Promise<Credentials> {
  if (keysFile !== null) {
    const kept = await operatorsKeyFile(keysFile)
      .read()
      .catch((error: unknown) => {
        throw new Usage(error instanceof Error ? error.message : String(error))
      })
    if (kept) return kept
    throw new Usage(`there are no keys in ${keysFile}`)
  }
  const { KAIKEI_API_KEY: apiKey, KAIKEI_API_SECRET: apiSecret, KAIKEI_MERCHANT_ID: merchantId } = env
  if (!apiKey || !apiSecret)
    throw new Usage(
      'there are no keys: put KAIKEI_API_KEY and KAIKEI_API_SECRET into the environment (and KAIKEI_MERCHANT_ID, if PayPay gave one), or name a file of mode 0600 with --keys-file',
    )
  return { apiKey, apiSecret: new Secret(apiSecret), ...(merchantId ? { merchantId } : {}) }
}
