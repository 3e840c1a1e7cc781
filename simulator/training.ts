import { randomBytes } from 'node:crypto'
import { SimulatorStartError, startSimulator } from './http.ts'

/** A PayPay to train with, as a host needs it: the keys that it lets in, and how it is opened and closed. */
export type TrainingPaypay = {
  readonly apiKey: string
  /** A function, so that it does not stand in whatever is printed. */
  readonly revealSecret: () => string
  /** The same one, however often it is asked for. */
  open(): Promise<{ readonly paypayUrl: string; readonly phoneUrl: string }>
  /** Ends what `open` has started; nothing else. */
  close(): Promise<void>
}

/**
 * The simulator in this process, with keys that nobody has to know and its book in a file. Open it only when that file is
 * surely yours. Another port is taken when `port` is not free: the phone's address should stay from start to start, and
 * need not.
 */
export function builtInPaypay(at: { readonly port: number; readonly stateFile: string }): TrainingPaypay {
  const apiKey = `training-${randomBytes(4).toString('hex')}`
  const apiSecret = randomBytes(24).toString('base64url')
  const start = (port: number) => startSimulator({ port, apiKey, apiSecret, stateFile: at.stateFile })
  let running: ReturnType<typeof start> | undefined
  return {
    apiKey,
    revealSecret: () => apiSecret,
    open() {
      running ??= start(at.port).catch((error: unknown) => {
        if (error instanceof SimulatorStartError) return start(0)
        throw error
      })
      return running
    },
    async close() {
      await running?.then(
        ({ close }) => close(),
        () => undefined,
      )
    },
  }
}

export type PaypayRead =
  | { readonly ok: true; readonly paypay: TrainingPaypay }
  | { readonly ok: false; readonly problem: string }

/**
 * What `--paypay-url` says: a simulator that somebody else has started on this machine. Training never leaves it, whatever
 * address it is given. The key and secret come by environment: everybody on the machine can read a command line.
 */
export function paypayAt(address: string, env: NodeJS.ProcessEnv): PaypayRead {
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol) || !['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
    return {
      ok: false,
      problem: `--paypay-url is "${address}": training talks to a simulator on this machine only, at an address like http://127.0.0.1:4650`,
    }
  const { KAIKEI_API_KEY: apiKey, KAIKEI_API_SECRET: apiSecret } = env
  if (!apiKey || !apiSecret)
    return {
      ok: false,
      problem:
        '--paypay-url needs the environment variables KAIKEI_API_KEY and KAIKEI_API_SECRET: the key and secret that the simulator was started with',
    }
  const there = { paypayUrl: url.origin, phoneUrl: `${url.origin}/phone` }
  return {
    ok: true,
    paypay: {
      apiKey,
      revealSecret: () => apiSecret,
      open: async () => there,
      close: async () => undefined,
    },
  }
}
