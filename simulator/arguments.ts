import { parseArgs } from 'node:util'
import { isHere } from './fileServer.ts'
import type { SimulatorServerOptions } from './http.ts'

export const USAGE =
  'usage: npm run simulator -- --port N --api-key K --api-secret S [--tls] [--json] [--state-file F] [--merchant-id M] [--webhook-url U] [--help]'

export type ReadArguments =
  /** Only how to use it was asked for. */
  | { readonly ok: true; readonly help: true }
  | { readonly ok: true; readonly options: SimulatorServerOptions; readonly json: boolean }
  | { readonly ok: false; readonly problem: string }

/** The command line and, for the keys, the environment; or what is wrong with it in a sentence. */
export function readArguments(args: readonly string[], env: NodeJS.ProcessEnv): ReadArguments {
  const wrong = (problem: string): ReadArguments => ({ ok: false, problem })
  const parsed = parsedArguments(args)
  if (typeof parsed === 'string') return wrong(parsed)
  if (parsed.help) return { ok: true, help: true }
  const port = /^\d{1,5}$/.test(parsed.port ?? '') ? Number(parsed.port) : Number.NaN
  if (!(port <= 65_535)) return wrong('--port has to be a number from 1 to 65535, or 0 for any free port')
  const apiKey = parsed['api-key'] ?? env.KAIKEI_API_KEY ?? ''
  const apiSecret = parsed['api-secret'] ?? env.KAIKEI_API_SECRET ?? ''
  if (apiKey === '') return wrong('--api-key is missing: any word, here or in KAIKEI_API_KEY')
  if (!/^[^:\s]+$/.test(apiKey)) return wrong('--api-key may hold neither spaces nor colons')
  if (apiSecret === '') return wrong('--api-secret is missing: any text, here or in KAIKEI_API_SECRET')
  const merchantId = parsed['merchant-id']
  const stateFile = parsed['state-file']
  const webhookUrl = parsed['webhook-url']
  if (webhookUrl !== undefined && !isHere(webhookUrl))
    return wrong('--webhook-url has to be on this machine, such as http://127.0.0.1:8080/webhook')
  return {
    ok: true,
    json: parsed.json ?? false,
    options: {
      port,
      apiKey,
      apiSecret,
      tls: parsed.tls ?? false,
      ...(merchantId !== undefined && { merchantId }),
      ...(stateFile !== undefined && { stateFile }),
      ...(webhookUrl !== undefined && { webhookUrl }),
    },
  }
}

function parsedArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'api-key': { type: 'string' },
        'api-secret': { type: 'string' },
        'merchant-id': { type: 'string' },
        'state-file': { type: 'string' },
        'webhook-url': { type: 'string' },
        tls: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
