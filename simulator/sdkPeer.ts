import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** What the SDK hands its caller. */
export type SdkAnswer = {
  readonly STATUS?: number
  readonly BODY?: {
    readonly resultInfo: { readonly code: string; readonly codeId?: string }
    readonly data: Record<string, unknown> | null
  }
  readonly ERROR?: string
}

export type SdkPeer = {
  /** Calls a method of the SDK by its name: `call('QRCodeCreate', payload)`, `call('QRCodeDelete', [codeId])`. */
  call(name: string, ...args: unknown[]): Promise<SdkAnswer>
  /** Every host a connection was opened to so far. */
  contacted(): readonly string[]
  close(): Promise<void>
}

/** For tests: PayPay's official Node SDK, in a child process, pointed at a simulator that was started with `tls`. */
export async function startSdk(options: {
  readonly paypayUrl: string
  readonly caFile: string
  readonly apiKey: string
  readonly apiSecret: string
  readonly merchantId?: string
}): Promise<SdkPeer> {
  const driver = fileURLToPath(new URL('./sdkDriver.ts', import.meta.url))
  // Writes down every connection, and lets none leave the machine.
  const recorder = new URL('../scripts/only-loopback.mjs', import.meta.url).href
  const folder = mkdtempSync(join(tmpdir(), 'kaikei-sdk-'))
  const destinations = join(folder, 'destinations')
  const child = spawn(process.execPath, ['--import', recorder, driver], {
    env: { NODE_EXTRA_CA_CERTS: options.caFile, KAIKEI_DESTINATIONS: destinations },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>(resolve => child.on('close', () => resolve()))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ask = async (line: object): Promise<unknown> => {
    child.stdin.write(`${JSON.stringify(line)}\n`)
    const next = await lines.next()
    if (next.done === true) throw new Error('the SDK’s process ended; its last words are on stderr')
    return (JSON.parse(next.value) as { answer: unknown }).answer
  }
  const { hostname, port } = new URL(options.paypayUrl)
  await ask({
    configure: {
      clientId: options.apiKey,
      clientSecret: options.apiSecret,
      ...(options.merchantId !== undefined && { merchantId: options.merchantId }),
      hostName: hostname,
      portNumber: Number(port),
    },
  })
  return {
    call: async (call, ...args) => (await ask({ call, args })) as SdkAnswer,
    contacted: () => [...new Set(readFileSync(destinations, 'utf8').trim().split('\n'))],
    async close() {
      child.stdin.end()
      await ended
      rmSync(folder, { recursive: true })
    },
  }
}
