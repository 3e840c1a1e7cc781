import { join } from 'node:path'
import { type ProgramStart, refuseDangers } from '../core/dangers.ts'
import type { Log } from '../core/log.ts'
import { paypayHosts } from '../core/paypay/hosts.ts'
import { Secret } from '../core/secret.ts'
import { layOutShop } from '../core/shopFolder.ts'
import { startMode } from '../core/startMode.ts'
import { openTill as openCore, type Till, type TillOptions } from '../core/till.ts'
import type { PaypayMode } from '../shared/checkout.ts'
import type { UpdateReport } from '../shared/updates.ts'
import { builtInPaypay, type TrainingPaypay } from '../simulator/training.ts'
import { importKeys } from './keysImport.ts'
import type { Secrets } from './secrets.ts'

export type TillRequest = {
  /** Null: the settings say it. */
  readonly mode: PaypayMode | null
  /** Electron's own folder for this application; the till's files are in `till/` in it. */
  readonly userDataDir: string
  /** The catalogue and pictures that a first start begins with. */
  readonly demoDir: string
  /** Training only: a simulator that already runs on this machine; null for the built-in one. */
  readonly simulator: TrainingPaypay | null
  readonly secrets: Secrets
  /** A file whose keys are imported once; null: none. */
  readonly importKeys: string | null
  /** How this program was started: with real money, not in every way. */
  readonly start: ProgramStart
  /** Kaikei's own. */
  readonly version: string
  /** What its updates do, for the desk. */
  readonly updates?: () => UpdateReport | null
  readonly log: Log
}

export type OpenedTill = {
  readonly till: Till
  readonly dataDir: string
  /** The customer's phone of the simulator; null where PayPay is real. */
  readonly phoneUrl: string | null
  /** Core first, so that nothing asks a simulator that is gone. */
  close(): Promise<void>
}

/** Where the phone page is looked for; another port is taken when this one is not free. */
const SIMULATOR_PORT = 4650

/**
 * Everything behind the window: the shop's files, PayPay or its simulator, and core. Rejects with DangerousStart, FileFault,
 * LedgerBroken, SecretsRefused or StateFileError, in words for a person; whatever was started by then is closed again.
 */
export async function openTill(request: TillRequest): Promise<OpenedTill> {
  const dataDir = join(request.userDataDir, 'till')
  const catalogueFile = join(dataDir, 'shop', 'catalogue.json')
  layOutShop(request.demoDir, join(dataDir, 'shop'))
  const { mode, ...about } = await startMode(dataDir, request.mode)
  refuseDangers(request.start, mode, request.log)
  const { importKeys: keysIn, secrets, log } = request
  const paypay = paypayOf(mode, request, dataDir)
  try {
    const till = await openCore({
      mode,
      ...about,
      dataDir,
      catalogueFile,
      paypayUrl: paypay.url,
      credentials: paypay.credentials,
      keys: secrets,
      mayClose: true,
      importKeys: keysIn === null ? null : importing(keysIn, request),
      version: request.version,
      ...(request.updates ? { updates: request.updates } : {}),
      log,
    })
    const phoneUrl = await paypay.phoneUrl()
    return {
      till,
      dataDir,
      phoneUrl,
      async close() {
        await till.close()
        await paypay.close()
      },
    }
  } catch (error) {
    await paypay.close()
    throw error
  }
}

function importing(file: string, { secrets, log }: TillRequest): NonNullable<TillOptions['importKeys']> {
  return async noted =>
    (await importKeys(file, secrets, noted))
      ? log.info({}, 'PayPay’s keys were imported, and their file is overwritten and gone')
      : log.info(
          {},
          '--import-keys is done already: its file is gone and keys are kept. It can be left out now',
        )
}

type Paypay = {
  /** Core asks for it when the ledger is ours. A simulator is started only then: its book lies beside the ledger. */
  url(): Promise<string>
  phoneUrl(): Promise<string | null>
  readonly credentials: TillOptions['credentials']
  close(): Promise<void>
}

function paypayOf(mode: PaypayMode, { simulator, secrets }: TillRequest, dataDir: string): Paypay {
  if (mode === 'training')
    return training(
      simulator ??
        builtInPaypay({ port: SIMULATOR_PORT, stateFile: join(dataDir, 'paypay-simulator.jsonl') }),
    )
  const url = paypayHosts[mode]
  return {
    url: async () => url,
    phoneUrl: async () => null,
    // Null: the till starts closed, and a manager enters them at the desk.
    credentials: () => secrets.read(),
    close: async () => undefined,
  }
}

function training(paypay: TrainingPaypay): Paypay {
  return {
    url: async () => (await paypay.open()).paypayUrl,
    phoneUrl: async () => (await paypay.open()).phoneUrl,
    credentials: { apiKey: paypay.apiKey, apiSecret: new Secret(paypay.revealSecret()) },
    close: () => paypay.close(),
  }
}
