import { examples } from '../../core/paypay/opa/examples.ts'
import { type FunctionName, functionNames, table } from '../../core/paypay/opa/table.ts'

export const USAGE = `usage: npm run paypay -- FUNCTION [--json INPUT] [--env STAGING|PROD|PERF | --url URL] [--keys-file FILE]
       npm run paypay -- doctor       tries keys, clock, TLS, reachability and permissions, and says what is wrong
       npm run paypay -- FUNCTION --help
  --env        PayPay’s environment by its SDKs’ names; STAGING, the sandbox, unless you say so
  --url        a simulator on this machine instead
  --keys-file  {"apiKey": "…", "apiSecret": "…", "merchantId": "…"} of mode 0600; without it KAIKEI_API_KEY, KAIKEI_API_SECRET
               and KAIKEI_MERCHANT_ID of the environment
  exit code    0: PayPay agreed. 1: it did not, or nobody knows; standard error says why. 2: the command line cannot be.`

export function helpAbout(name: FunctionName | null): string {
  if (name !== null) return aboutFunction(name)
  const width = Math.max(...functionNames.map(one => one.length))
  const rows = functionNames.map(one => `  ${one.padEnd(width)}  ${table[one].method} ${table[one].path}`)
  return `${USAGE}\n\nfunctions:\n${rows.join('\n')}`
}

function aboutFunction(name: FunctionName): string {
  const { method, path, timeoutMs, input, repeat } = table[name]
  const fields = Object.entries(input.shape).map(([field, schema]) => {
    const isNeeded = !schema.safeParse(undefined).success
    return `  ${field}${isNeeded ? '  (needed)' : ''}`
  })
  return `${name}: ${method} ${path}, answered within ${timeoutMs / 1000} s
${repeats[repeat]}

fields:
${fields.join('\n')}

example:
  npm run paypay -- ${name} --json '${JSON.stringify(examples[name])}'`
}

const repeats = {
  freely: 'May be asked again at any time: it changes nothing.',
  sameId: 'When nobody knows what became of it, send the same again, with the same id: PayPay does it once.',
  newId: 'When nobody knows what became of it, send it again with an id of its own.',
  askFirst: 'When nobody knows what became of it, read what became of it before you send anything again.',
} as const
