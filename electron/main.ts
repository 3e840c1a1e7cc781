// It counts the starts of a new version, so nothing comes before it.
import './first.ts'
import { join } from 'node:path'
import { app, dialog, Menu, protocol, session } from 'electron'
import { FileFault } from '../core/catalogue.ts'
import { watchMemory } from '../core/ceiling.ts'
import { systemClock } from '../core/clock.ts'
import { DangerousStart } from '../core/dangers.ts'
import { LedgerBroken } from '../core/ledger/ledger.ts'
import { tellServiceManager } from '../core/serviceManager.ts'
import { openNetwork } from '../lan/network.ts'
import { StateFileError } from '../simulator/stateFile.ts'
import { CLOSED_URL, PAGE_SCHEME, pageUrl } from './address.ts'
import { openBridge } from './bridge.ts'
import { displayFor, keepAwake } from './displays.ts'
import { ENDS_WITHIN_MS, goesOn, log, program, trial, updateRecord, userDataDir } from './first.ts'
import { guardContents, guardSession } from './guard.ts'
import { type PageFile, pageHandler } from './page.ts'
import { relaunch } from './relaunch.ts'
import { openSecondScreen } from './secondScreen.ts'
import { openSecrets, SecretsRefused } from './secrets.ts'
import { readSwitches, WrongSwitch } from './switches.ts'
import { openTill } from './till.ts'
import { openUpdates } from './update/updates.ts'
import { openKioskWindow } from './window.ts'

/** `out/main`, where this file is once it is built. */
const here = import.meta.dirname
const pageDir = join(here, '../../dist/renderer')
const preloads = {
  till: join(here, '../preload/preload.cjs'),
  display: join(here, '../preload/preloadDisplay.cjs'),
}
const windowed = app.commandLine.hasSwitch('windowed')
/** A screen that somebody has touched just now is not left for something that can wait. */
const UNTOUCHED_MS = 60_000
/** A till that cannot open says so for so long: to be read, and for whoever starts it anew not to spin. */
const CLOSED_MS = 10_000
/** A manager has closed the till: whoever starts it anew after an end is not to. */
const CLOSED_BY_A_MANAGER = 10

protocol.registerSchemesAsPrivileged([{ scheme: PAGE_SCHEME, privileges: { standard: true, secure: true } }])
app.enableSandbox()
// Even a page that should not exist has no way out.
app.on('web-contents-created', (_event, contents) => guardContents(contents))

if (goesOn) app.whenReady().then(start).catch(giveUp)

/** Core, the page's scheme, the bridge, the window: in this order, so that a page never finds half a host. */
async function start(): Promise<void> {
  // The walls first: they stand around the words of a till that cannot open, too.
  Menu.setApplicationMenu(null)
  guardSession(session.defaultSession)
  let media: (path: string) => Promise<PageFile | null> = async () => null
  protocol.handle(PAGE_SCHEME, pageHandler({ pageDir, media: path => media(path) }))
  const switches = readSwitches(name => app.commandLine.getSwitchValue(name), process.env)
  const updates = openUpdates({
    program,
    record: updateRecord,
    running: app.getVersion(),
    isTrial: () => trial?.isUnderWay ?? false,
    keyFolders: [here, userDataDir],
    userDataDir,
    clock: systemClock,
    log,
    restart: says => startAgain(says),
  })
  const opened = await openTill({
    mode: switches.mode,
    userDataDir,
    demoDir: join(here, 'demo'),
    simulator: switches.simulator,
    secrets: openSecrets(join(userDataDir, 'paypay-keys.bin')),
    importKeys: switches.importKeys,
    start: process,
    version: app.getVersion(),
    updates: updates.report,
    log,
  })
  const { till } = opened

  media = path => till.media(path)
  const network = openNetwork({ till, dataDir: opened.dataDir, pageDir, clock: systemClock, log })
  const bridge = openBridge(till)
  const sleepAgain = keepAwake(systemClock)
  let touchedAtMs = Number.NEGATIVE_INFINITY
  const touched = (): void => {
    touchedAtMs = systemClock.monotonicMs()
  }
  // Whoever fills a basket has told core nothing yet.
  const isUntouched = (): boolean => systemClock.monotonicMs() - touchedAtMs >= UNTOUCHED_MS
  const common = { windowed, inspectable: windowed && !app.isPackaged, clock: systemClock, log, touched }
  const answers = async (): Promise<boolean> => (await till.dispatch('getShop', {})).ok
  const window = openKioskWindow({
    ...common,
    url: pageUrl(switches.lane),
    closedUrl: CLOSED_URL,
    preload: preloads.till,
    display: () => displayFor(switches.display),
    admit: (contents, prints) => bridge.admit(contents, switches.lane, prints),
    stands: () => trial?.pageStands(answers),
    // A till without its window is none; its next start has one.
    gone: () => app.quit(),
  })
  const closeSecond = openSecondScreen({
    ...switches,
    watchSettings: listener => till.watchSettings(listener),
    preloads,
    bridge,
    log,
    open: second => openKioskWindow({ ...common, ...second }),
  })
  log.info({ phoneUrl: opened.phoneUrl, recovered: till.recovered }, 'the till is open')

  app.on('second-instance', () => window.focus())
  app.on('before-quit', () => {
    window.close()
    closeSecond()
    sleepAgain()
  })
  // A life in another mode is a life of its own: everything is opened anew.
  let isStartingAgain = false
  const startAgain = (says: string): void => {
    if (isStartingAgain) return
    isStartingAgain = true
    log.warn({}, `the till starts again: ${says}`)
    relaunch()
    app.quit()
  }
  void till.modeChosen.then(mode => startAgain(`the settings say ${mode} now`))
  const endMemory = watchMemory({
    clock: systemClock,
    // Electron tells it in KiB.
    usedBytes: () => app.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize * 1024, 0),
    ceilingBytes: switches.memoryCeilingBytes,
    isQuiet: () => till.isQuiet() && isUntouched(),
    restart: bytes => startAgain(`its processes have ${Math.round(bytes / 1024 / 1024)} MiB`),
  })
  updates.follow({
    updateMoment() {
      const moment = till.updateMoment()
      return { ...moment, isQuiet: moment.isQuiet && isUntouched() }
    },
  })
  const manager = tellServiceManager(
    { answers, status: () => (till.isQuiet() ? 'nobody pays' : 'somebody pays') },
    // The unit's own process is the compositor, for which main speaks.
    { ...process.env, WATCHDOG_PID: '' },
  )
  let exitCode = 0
  // The one way out of the window that a person has: a manager's, at the desk.
  void till.closeAsked.then(() => {
    log.info({}, 'a manager has closed the till')
    exitCode = CLOSED_BY_A_MANAGER
    app.quit()
  })
  let closing = false
  // Electron does not wait for a promise, so the first quit is held back until core has closed its ledger.
  app.on('will-quit', event => {
    event.preventDefault()
    if (closing) return
    closing = true
    endMemory()
    updates.stop()
    trial?.stop()
    bridge.close()
    systemClock.after(ENDS_WITHIN_MS, () => app.exit(1))
    network
      .close()
      .then(() => opened.close())
      .then(() => manager.stopping())
      .then(
        () => app.exit(exitCode),
        (error: unknown) => {
          log.error({}, inWords(error))
          app.exit(1)
        },
      )
  })
}

/** A till that cannot open says so to customers in plain words, to a developer in a box; its reason is in the log. */
function giveUp(error: unknown): void {
  const says = inWords(error)
  // A new version is tried again or taken back, and nobody has to press a button for that.
  if (trial?.failed(says)) return
  log.error({}, `Kaikei cannot go on: ${says}`)
  if (windowed) {
    dialog.showErrorBox('Kaikei cannot go on', says)
    app.exit(1)
    return
  }
  systemClock.after(CLOSED_MS, () => app.exit(1))
  openKioskWindow({
    ...{ url: CLOSED_URL, closedUrl: CLOSED_URL, preload: preloads.till, display: () => displayFor(null) },
    ...{ windowed, inspectable: false, clock: systemClock, log, admit: () => undefined },
  })
}

/** What a person can mend is told in its own words; anything else is a bug and shows where it is. */
function inWords(error: unknown): string {
  const known = [DangerousStart, FileFault, LedgerBroken, SecretsRefused, StateFileError, WrongSwitch].some(
    kind => error instanceof kind,
  )
  return error instanceof Error ? ((known ? error.message : error.stack) ?? error.message) : String(error)
}
