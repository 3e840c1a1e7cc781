import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { UpdateInfo } from 'builder-util-runtime'
import type { AppAdapter } from 'electron-updater/out/AppAdapter.js'
import { AppImageUpdater } from 'electron-updater/out/AppImageUpdater.js'
import type { Log } from '../../core/log.ts'
import { type Feed, FeedFault, type FetchedFile } from '../../core/update/rounds.ts'
import type { Release } from '../../core/update/rules.ts'
import type { PaypayMode } from '../../shared/checkout.ts'
import type { AppImage } from './appImage.ts'
import { Requests } from './requests.ts'
import { signedProvider } from './signedProvider.ts'

export type FeedOptions = {
  readonly program: AppImage
  readonly running: string
  readonly mode: PaypayMode
  /** PEM; null: there is none, and nothing is believed. */
  readonly publicKey: string | null
  /** Electron's own folder for this application; what is fetched lies in `update-cache/` in it. */
  readonly userDataDir: string
  readonly log: Log
}

const CACHE = 'update-cache'

/** electron-updater behind core's port: signed releases from a plain web folder, for an AppImage. */
export function openFeed(options: FeedOptions): Feed {
  const { mode, publicKey, userDataDir, log } = options
  // One of the updater's settings is read from a file, and the one of the package names the host of nobody.
  const configFile = join(userDataDir, CACHE, 'updater.yml')
  mkdirSync(join(userDataDir, CACHE), { recursive: true })
  writeFileSync(configFile, `updaterCacheDirName: ${CACHE}\n`)
  const requests = new Requests(mode)
  let updater: TillUpdater | null = null
  let found: UpdateInfo | null = null

  return {
    async look(url) {
      if (publicKey === null)
        throw new FeedFault('noKey', 'there is no update-key.pem that a release could be held against')
      updater = new TillUpdater(options.program, adapterOf(options, configFile), requests)
      updater.logger = loggerOf(log)
      // A listener of the updater's own logs it; every error is also the promise's.
      updater.setFeedURL({ provider: 'custom', updateProvider: signedProvider(publicKey, requests), url })
      const checked = await updater.checkForUpdates().catch(asFault('unreachable'))
      if (!checked) throw new FeedFault('unreachable', 'the updater did not look')
      found = checked.updateInfo
      return releaseOf(found)
    },
    async download() {
      const file = found && theFile(found)
      if (!updater || !file) throw new FeedFault('malformed', 'the release names no AppImage')
      const [path] = await updater.downloadUpdate().catch(asFault('unreachable'))
      if (path === undefined) throw new FeedFault('unreachable', 'nothing was fetched')
      return { path, sha512: file.sha512 }
    },
    // Its `quitAndInstall` would start the new program while this one still has the ledger; the host ends and starts it in this order.
    install: () => updater?.install(true, true) ?? false,
  }
}

/** Exactly one AppImage of this architecture is in a release, by a plain name, with its size and digest. */
function theFile({ files }: UpdateInfo): (FetchedFile & { readonly size: number }) | null {
  const [file, ...others] = (files ?? []).filter(({ url }) => url.endsWith('.AppImage'))
  if (!file || others.length > 0) return null
  const { url, sha512, size } = file
  const isWhole = /^[\w.-]+$/.test(url) && typeof sha512 === 'string' && Number.isSafeInteger(size)
  return isWhole ? { path: url, sha512, size: size ?? 0 } : null
}

function releaseOf(info: UpdateInfo & { readonly vendor?: unknown }): Release {
  if (typeof info.version !== 'string' || !theFile(info))
    throw new FeedFault('malformed', 'the release is signed, and does not name one AppImage with its digest')
  const { ledgerSchema } = (info.vendor ?? {}) as { readonly ledgerSchema?: unknown }
  return {
    version: info.version,
    ledgerSchema: typeof ledgerSchema === 'number' ? ledgerSchema : null,
  }
}

/** electron-updater, which fetches only when it is told to, and puts a file in place only in our way. */
class TillUpdater extends AppImageUpdater {
  readonly #program: AppImage

  constructor(program: AppImage, app: AppAdapter, requests: Requests) {
    super(null, app)
    this.#program = program
    // With an adapter of ours it has none of its own, and its type names none. This is the one call that it makes of it here.
    const download = (url: URL, destination: string, { sha512 }: { readonly sha512: string }) =>
      requests.file(url, destination, { bytes: this.#mostBytes(), sha512 })
    Object.assign(this, { httpExecutor: { download } })
    this.autoDownload = false
    this.autoInstallOnAppQuit = false
    this.autoRunAppAfterInstall = false
    this.allowDowngrade = false
    this.disableWebInstaller = true
    this.disableDifferentialDownload = true
  }

  #mostBytes(): number {
    const info = this.updateInfoAndProvider?.info
    return (info && theFile(info)?.size) ?? 0
  }

  /** Its own unlinks the program first and then moves the other there: a power cut in between would leave a till without one. */
  protected override doInstall(): boolean {
    this.#program.exchange()
    return true
  }
}

/** Where the updater is: nothing of it is Electron's, so that a test runs the same. */
function adapterOf({ running, userDataDir }: FeedOptions, configFile: string): AppAdapter {
  return {
    version: running,
    name: 'kaikei',
    isPackaged: true,
    appUpdateConfigPath: configFile,
    userDataPath: join(userDataDir, CACHE),
    baseCachePath: userDataDir,
    whenReady: async () => undefined,
    // The host does both, in its own order.
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: () => undefined,
  }
}

const asFault =
  (stands: FeedFault['stands']) =>
  (error: unknown): never => {
    if (error instanceof FeedFault) throw error
    const says = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    throw new FeedFault(stands, says)
  }

function loggerOf(log: Log) {
  const told =
    (level: 'info' | 'warn') =>
    (message?: unknown): void =>
      log[level]({ from: 'electron-updater' }, String(message).slice(0, 500))
  // What went wrong is said once, by the round that met it.
  return { info: told('info'), warn: told('info'), error: told('info') }
}
