import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readFile, stat, statfs } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import type { PaypayMode } from '../shared/checkout.ts'
import type { UpdateReport } from '../shared/updates.ts'
import { type Catalogue, FileFault, parseCatalogue } from './catalogue.ts'
import { steadyClock, systemClock } from './clock.ts'
import { type KeyStore, noteImport } from './desk/keys.ts'
import { lookAtMachine } from './doctor/look.ts'
import { type Kiosk, openKiosk } from './kiosk.ts'
import type { Ledger } from './ledger/ledger.ts'
import { openSqliteLedger } from './ledger/sqlite.ts'
import { type Log, rememberingLog } from './log.ts'
import type { Credentials } from './paypay/client.ts'
import { httpTransport } from './paypay/http.ts'
import type { Disk } from './rounds.ts'
import { layOutShop, shopFolder } from './shopFolder.ts'
import { ledgerFileIn, type ProductionFault, readSettings, settingsFileIn } from './startMode.ts'

/** A function is asked when this start has its ledger, and after keys were imported. */
type OnceLedgerIsOurs<T> = T | (() => Promise<T>)

export type TillOptions = {
  readonly mode: PaypayMode
  /** The desk may change the mode: `modeChosen` resolves when it did. */
  readonly modeIsSettings?: boolean
  /** What is wrong with production's ledger, where this start was not kept from by it. */
  readonly production?: ProductionFault | null
  /** Why PayPay's keys of this till cannot be used, in words, for as long as that is so; null: nothing is wrong with them. */
  readonly keysFault?: () => string | null
  /** Holds the ledger, settings.json and whatever else has to outlive a start. Made if it is missing. */
  readonly dataDir: string
  readonly catalogueFile: string
  /** What a first start lays out where the catalogue is to be, to try and to edit; null: the shop is the operator's. */
  readonly demoDir?: string | null
  /** A simulator is asked for it: one that keeps its book beside the ledger must not be started twice. */
  readonly paypayUrl: OnceLedgerIsOurs<string>
  /** PEM of a certificate authority to trust besides the system's: a simulator's own. */
  readonly ca?: string
  /** Null: nobody has entered any yet; the till is closed until a manager does at the desk. */
  readonly credentials: OnceLedgerIsOurs<Credentials | null>
  /** Where PayPay's keys are kept; null: nowhere. */
  readonly keys?: KeyStore | null
  /** The till has a window of its own, and `closeAsked` ends it. */
  readonly mayClose?: boolean
  /**
   * Puts keys that whoever runs the machine brought into `keys`, once the ledger is ours, and waits for `noted`, which writes that down,
   * before the place that they came from loses them: a start that fails in between does it all again. Null: nothing is imported.
   */
  readonly importKeys?: ((noted: (kept: Credentials) => Promise<void>) => Promise<void>) | null
  /** Kaikei's own, as its host knows it. */
  readonly version: string
  /** What the host's updates do; without it, it has none. */
  readonly updates?: () => UpdateReport | null
  readonly log: Log
}

export type Media = { readonly bytes: Uint8Array; readonly contentType: string }

/** A kiosk with its files: what every host opens. */
export type Till = Kiosk & {
  /** A file that the page may load, by the path that the shop names (`/media/…`), or null. */
  media(path: string): Promise<Media | null>
}

const pictures: Readonly<Record<string, string>> = {
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
}

/** Reads and checks the files, opens ledger and network, and starts. Throws FileFault or LedgerBroken, in words. */
export async function openTill(options: TillOptions): Promise<Till> {
  const { mode, dataDir } = options
  const log = rememberingLog(options.log, systemClock)
  const { production = null, keysFault = () => null } = options
  const startedAtMs = systemClock.nowMs()
  /** What stays true of this start, however much is logged after it. */
  const faults = (): readonly string[] =>
    [production?.says ?? null, keysFault()].filter(says => says !== null)
  for (const says of faults()) log.error({}, says)
  const catalogueFile = resolve(options.catalogueFile)
  const settingsFile = settingsFileIn(dataDir)
  if (options.demoDir) {
    makeDataDir(dataDir)
    layOutShop(options.demoDir, dirname(catalogueFile))
  }
  const settings = readSettings(dataDir)
  const catalogue = readCatalogue(catalogueFile)
  makeDataDir(dataDir)
  const ledgerFile = ledgerFileIn(dataDir, mode)
  const ledger = await openSqliteLedger({
    file: ledgerFile,
    mode,
    warn: says => log.warn({}, says),
  })
  const { baseUrl, credentials } = await paypayOf(options, ledger).catch(async error => {
    await ledger.close()
    throw error
  })
  const transport = httpTransport({
    baseUrl,
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  })
  const kiosk = await openKiosk(
    {
      mode,
      modeIsSettings: options.modeIsSettings ?? false,
      productionRefused: production?.isRefused ? production.says : null,
      settings,
      catalogue,
      credentials,
    },
    {
      ledger,
      transport,
      clock: systemClock,
      log,
      disk: diskOf(dataDir),
      shopFiles: shopFolder({ catalogue: catalogueFile, settings: settingsFile }),
      keys: options.keys ?? null,
      mayClose: options.mayClose ?? false,
      troubles: () => {
        const now = faults()
        const later = log.troubles().filter(({ says }) => !now.includes(says))
        return [...now.map(says => ({ atMs: startedAtMs, level: 'error' as const, says })), ...later]
      },
      ...(options.updates ? { updates: options.updates } : {}),
      machine: {
        appVersion: options.version,
        nodeVersion: process.versions.node,
        dataFolder: basename(resolve(dataDir)),
        ledgerBytes: async () => (await stat(ledgerFile)).size,
        hardening: lookAtMachine(dataDir, systemClock),
      },
    },
  ).catch(async error => {
    // What is open may be unreadable: the ledger is given back before it is told.
    await Promise.all([transport.close(), ledger.close()])
    throw error
  })

  return {
    ...kiosk,
    async media(path) {
      const name = path.startsWith('/media/') ? path.slice('/media/'.length) : ''
      const contentType = pictures[extname(name).toLowerCase()]
      if (!contentType || basename(name) !== name) return null
      try {
        return { bytes: await readFile(join(dirname(catalogueFile), name)), contentType }
      } catch {
        return null
      }
    },
  }
}

function diskOf(dataDir: string): Disk {
  return {
    async freeBytes() {
      const { bavail, bsize } = await statfs(dataDir)
      return bavail * bsize
    },
  }
}

/** Where PayPay is and what requests are signed with, for a start that has its ledger. */
async function paypayOf(
  { importKeys, paypayUrl, credentials }: TillOptions,
  ledger: Ledger,
): Promise<{ baseUrl: string; credentials: Credentials | null }> {
  const { nowMs } = steadyClock(systemClock, (await ledger.head()).atMs)
  await importKeys?.(kept => noteImport(ledger, kept, nowMs()))
  return {
    baseUrl: typeof paypayUrl === 'function' ? await paypayUrl() : paypayUrl,
    credentials: typeof credentials === 'function' ? await credentials() : credentials,
  }
}

/** More than the empty file that a full disk still takes. */
const TRIAL_BYTES = 4_096

/** A folder that cannot be written to would be found out by the first customer. */
function makeDataDir(dir: string): void {
  const because = (error: unknown): string => (error instanceof Error ? error.message : String(error))
  try {
    mkdirSync(dir, { recursive: true })
  } catch (error) {
    throw new FileFault(
      `The data folder ${dir} cannot be made (${because(error)}). Choose another with --data-dir.`,
    )
  }
  const trial = join(dir, `.trial-${process.pid}`)
  try {
    writeFileSync(trial, Buffer.alloc(TRIAL_BYTES))
  } catch (error) {
    throw new FileFault(
      `The data folder ${dir} cannot be written to (${because(error)}). Make it writable and see that it has room, or choose another with --data-dir.`,
    )
  } finally {
    rmSync(trial, { force: true })
  }
}

function readCatalogue(file: string): Catalogue {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new FileFault(
      `The catalogue ${file} cannot be read (${error instanceof Error ? error.message : String(error)}). Check --catalogue.`,
    )
  }
  return parseCatalogue(text, file)
}
