import { Console } from 'node:console'
import { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import sdk from '@paypayopa/paypayopa-sdk-node'

/**
 * PayPay's official Node SDK in a process of its own, so that it can be made to trust the simulator's authority
 * (NODE_EXTRA_CA_CERTS). It reads JSON lines and answers each with one: first `{"configure": {...}}`, then
 * `{"call": "QRCodeCreate", "args": [...]}`. Every address it opens a connection to is told; only loopback gets through.
 */

// The SDK prints advice to the console on errors, which would mix with the answers.
globalThis.console = new Console(new Writable({ write: (_chunk, _encoding, done) => done() }))

const contacted = new Set<string>()
const connect = Socket.prototype.connect as (...args: unknown[]) => Socket
Socket.prototype.connect = function guarded(this: Socket, ...args: unknown[]) {
  const [first] = args.flat()
  const host =
    typeof first === 'object' && first !== null && 'host' in first ? String(first.host) : 'localhost'
  contacted.add(host)
  if (!['127.0.0.1', 'localhost'].includes(host)) throw new Error(`a connection to ${host} was asked for`)
  return connect.apply(this, args)
} as typeof Socket.prototype.connect

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
  process.stdout.write(`${JSON.stringify({ answer, contacted: [...contacted] })}\n`)
}
