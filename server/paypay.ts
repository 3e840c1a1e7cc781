import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Secret } from '../core/secret.ts'
import { SimulatorStartError, startSimulator } from '../simulator/http.ts'

/** A PayPay to train with: the keys that it lets in, and how it is opened. */
export type TrainingPaypay = {
  readonly apiKey: string
  readonly apiSecret: Secret
  /** The same one, however often it is asked for. */
  open(): Promise<OpenPaypay>
}

export type OpenPaypay = {
  readonly paypayUrl: string
  readonly phoneUrl: string
  close(): Promise<void>
}

/** The simulator in this process, with a book of its own in the data folder and keys that nobody has to know. */
export function builtInPaypay(at: { readonly port: number; readonly dataDir: string }): TrainingPaypay {
  const apiKey = `training-${randomBytes(4).toString('hex')}`
  const apiSecret = new Secret(randomBytes(24).toString('base64url'))
  const stateFile = join(at.dataDir, 'paypay-simulator.jsonl')
  const start = (port: number) => startSimulator({ port, apiKey, apiSecret: apiSecret.reveal(), stateFile })
  let opened: Promise<OpenPaypay> | undefined
  return {
    apiKey,
    apiSecret,
    open() {
      // The phone's address should stay the same from start to start, and need not.
      opened ??= start(at.port === 0 ? 0 : at.port + 1).catch((error: unknown) => {
        if (error instanceof SimulatorStartError) return start(0)
        throw error
      })
      return opened
    },
  }
}

/** A simulator that somebody else has started on this machine. */
export function runningPaypay(paypayUrl: string, apiKey: string, apiSecret: Secret): TrainingPaypay {
  const open = { paypayUrl, phoneUrl: `${paypayUrl}/phone`, close: async () => undefined }
  return { apiKey, apiSecret, open: async () => open }
}
