import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

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
  const driver = new URL('./sdkDriver.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [driver], {
    env: { NODE_EXTRA_CA_CERTS: options.caFile },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>(resolve => child.on('close', () => resolve()))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  let contacted: readonly string[] = []
  const ask = async (line: object): Promise<unknown> => {
    child.stdin.write(`${JSON.stringify(line)}\n`)
    const next = await lines.next()
    if (next.done === true) throw new Error('the SDK’s process ended; its last words are on stderr')
    const told = JSON.parse(next.value) as { answer: unknown; contacted: string[] }
    contacted = told.contacted
    return told.answer
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
    contacted: () => contacted,
    async close() {
      child.stdin.end()
      await ended
    },
  }
}
