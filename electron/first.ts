import { join } from 'node:path'
import { app } from 'electron'
import { systemClock } from '../core/clock.ts'
import { stderrLog } from '../core/log.ts'
import { relaunch } from './relaunch.ts'
import { AppImage, appImageOf, PROBE, probeAnswer } from './update/appImage.ts'
import { recordFile } from './update/recordFile.ts'
import { Trial } from './update/trial.ts'

/**
 * What runs before anything else of main, so that a new version which cannot even load the rest is counted, and put back after its third start.
 */
export const log = stderrLog('info')
export const userDataDir = app.getPath('userData')
/** Beside the ledger, where the doctor looks for it. */
export const updateRecord = recordFile(join(userDataDir, 'till', 'updates.json'), log)
const file = appImageOf(process.platform, process.env)
export const program = file === null ? null : new AppImage(file)

/** Longer than any end of a till takes; what hangs then is ended all the same. */
export const ENDS_WITHIN_MS = 30_000

const isProbe = app.commandLine.hasSwitch(PROBE)
// A second start of a till that runs is no start.
const isOnly = isProbe || app.requestSingleInstanceLock()

/** Null: this is none of a till's starts. */
export const trial =
  isProbe || !isOnly
    ? null
    : new Trial({
        record: updateRecord,
        program,
        running: app.getVersion(),
        clock: systemClock,
        log,
        restart() {
          relaunch()
          // As any end of a till: its ledger is closed. Should that hang, it is ended all the same.
          app.quit()
          systemClock.after(ENDS_WITHIN_MS, () => app.exit(1))
        },
      })

/** What main is to do. */
export const goesOn = trial !== null && trial.act !== 'putBack'

if (isProbe)
  app.whenReady().then(
    () => process.stdout.write(`${probeAnswer(app.getVersion())}\n`, () => app.exit(0)),
    () => app.exit(1),
  )
else if (!isOnly) app.quit()
else if (!goesOn) {
  relaunch()
  app.exit(0)
} else {
  // Electron would show its words before customers and go on with half a till. It ends instead, as by kill -9, and is started anew.
  const fell = (error: unknown): void => {
    const says = error instanceof Error ? (error.stack ?? error.message) : String(error)
    if (trial?.isUnderWay && trial.failed(says)) return
    log.error({}, says)
    app.exit(1)
  }
  process.on('uncaughtException', fell)
  process.on('unhandledRejection', fell)
}
