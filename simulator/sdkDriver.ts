import { Console } from 'node:console'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import sdk from '@paypayopa/paypayopa-sdk-node'

/**
 * PayPay's official Node SDK in a process of its own, so that it can be made to trust the simulator's authority
 * (NODE_EXTRA_CA_CERTS). It reads JSON lines and answers each with one: first `{"configure": {...}}`, then
 * `{"call": "QRCodeCreate", "args": [...]}`.
 */

// The SDK prints advice to the console on errors, which would mix with the answers.
globalThis.console = new Console(new Writable({ write: (_chunk, _encoding, done) => done() }))

type Line =
  | {
      configure: {
        clientId: string
        clientSecret: string
        merchantId?: string
        hostName: string
        portNumber: number
      }
    }
  | { call: string; args: unknown[] }

for await (const text of createInterface({ input: process.stdin })) {
  const line = JSON.parse(text) as Line
  let answer: unknown = null
  if ('configure' in line) {
    const { hostName, portNumber, ...client } = line.configure
    sdk.Configure({ ...client, conf: new sdk.Conf({ hostName, portNumber }) })
  } else {
    const method = (sdk as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>)[line.call]
    if (method === undefined) throw new Error(`the SDK has no ${line.call}`)
    answer = await method(...line.args)
  }
  process.stdout.write(`${JSON.stringify({ answer })}\n`)
}
