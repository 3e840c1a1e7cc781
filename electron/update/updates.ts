import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../../core/clock.ts'
import type { Kiosk } from '../../core/kiosk.ts'
import { migrations } from '../../core/ledger/migrations/index.ts'
import type { Log } from '../../core/log.ts'
import type { UpdateRecord } from '../../core/update/record.ts'
import { startUpdates } from '../../core/update/rounds.ts'
import type { UpdateReport } from '../../shared/updates.ts'
import type { AppImage } from './appImage.ts'
import { openFeed } from './feed.ts'

export const KEY_FILE = 'update-key.pem'

export type Updates = {
  /** For the desk; null until the till is open. */
  report(): UpdateReport | null
  /** From here on moments are looked for. */
  follow(till: Pick<Kiosk, 'updateMoment'>): void
  stop(): void
}

/** The updates of this host: for an AppImage they are looked for, for every other package only told why not. */
export function openUpdates(options: {
  readonly program: AppImage | null
  readonly record: { read(): UpdateRecord; write(record: UpdateRecord): void }
  readonly running: string
  /** A new version is being watched: there is no other one before it is well. */
  readonly isTrial: () => boolean
  /** Where the package may have brought a key, and where an operator may have put one, in this order. */
  readonly keyFolders: readonly string[]
  readonly userDataDir: string
  readonly clock: Clock
  readonly log: Log
  /** The program in place is another one: this one ends, and that one starts. */
  readonly restart: (says: string) => void
}): Updates {
  const { program, record, running, clock, log } = options
  let report: () => UpdateReport | null = () => null
  let stop = (): void => undefined
  return {
    report: () => report(),
    follow(till) {
      const { last, bad } = record.read()
      if (!program) {
        report = () => ({
          stands: till.updateMoment().settings.enabled ? 'byHand' : 'off',
          found: null,
          last,
          bad,
        })
        return
      }
      const feed = openFeed({
        program,
        running,
        mode: till.updateMoment().mode,
        publicKey: keyIn(options.keyFolders),
        userDataDir: options.userDataDir,
        log,
      })
      const rounds = startUpdates({
        clock,
        log,
        running,
        ledgerSchema: migrations.length,
        moment: () => till.updateMoment(),
        isTrial: options.isTrial,
        feed: {
          ...feed,
          install() {
            const isIn = feed.install()
            if (isIn) options.restart('a new version is in its place')
            return isIn
          },
        },
        files: program,
        record,
      })
      report = rounds.report
      stop = rounds.stop
    },
    stop: () => stop(),
  }
}

/** Not a setting: whoever may change settings at the desk must not be able to choose whose programs run here. */
function keyIn(folders: readonly string[]): string | null {
  for (const folder of folders) {
    try {
      return readFileSync(join(folder, KEY_FILE), 'utf8')
    } catch {
      // The next one.
    }
  }
  return null
}
