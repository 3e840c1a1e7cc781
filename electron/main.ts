// It counts the starts of a new version, so nothing comes before it.
import './first.ts'
import { join } from 'node:path'
import { app, dialog, Menu, powerSaveBlocker, protocol, session } from 'electron'
import { FileFault } from '../core/catalogue.ts'
import { watchMemory } from '../core/ceiling.ts'
import { systemClock } from '../core/clock.ts'
import { DangerousStart } from '../core/dangers.ts'
import { LedgerBroken } from '../core/ledger/ledger.ts'
import { openNetwork } from '../lan/network.ts'
import { StateFileError } from '../simulator/stateFile.ts'
import { CLOSED_URL, PAGE_SCHEME, pageUrl } from './address.ts'
import { openBridge } from './bridge.ts'
import { displayFor } from './displays.ts'
import { goesOn, log, program, trial, updateRecord, userDataDir } from './first.ts'
import { guardContents, guardSession } from './guard.ts'
import { pageHandler } from './page.ts'
import { relaunch } from './relaunch.ts'
import { openSecondScreen } from './secondScreen.ts'
import { openSecrets, SecretsRefused } from './secrets.ts'
import { readSwitches, WrongSwitch } from './switches.ts'
import { openTill } from './till.ts'
import { openUpdates } from './update/updates.ts'
import { openKioskWindow } from './window.ts'

/** `out/main`, where this file is once it is built. */
const here = import.meta.dirname

protocol.registerSchemesAsPrivileged([{ scheme: PAGE_SCHEME, privileges: { standard: true, secure: true } }])
app.enableSandbox()
// Even a page that should not exist has no way out.
app.on('web-contents-created', (_event, contents) => guardContents(contents))

if (goesOn) app.whenReady().then(start).catch(giveUp)

/** Core, the page's scheme, the bridge, the window: in this order, so that a page never finds half a host. */
async function start(): Promise<void> {
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

  Menu.setApplicationMenu(null)
  guardSession(session.defaultSession)
  const pageDir = join(here, '../../dist/renderer')
  protocol.handle(PAGE_SCHEME, pageHandler({ pageDir, media: path => till.media(path) }))
  const network = openNetwork({ till, dataDir: opened.dataDir, pageDir, clock: systemClock, log })
  const bridge = openBridge(till)
  powerSaveBlocker.start('prevent-display-sleep')
  const windowed = app.commandLine.hasSwitch('windowed')
  const preloads = {
    till: join(here, '../preload/preload.cjs'),
    display: join(here, '../preload/preloadDisplay.cjs'),
  }
  const common = { windowed, inspectable: windowed && !app.isPackaged, clock: systemClock, log }
  const window = openKioskWindow({
    ...common,
    url: pageUrl(switches.lane),
    closedUrl: CLOSED_URL,
    preload: preloads.till,
    display: () => displayFor(switches.display),
    admit: (contents, prints) => bridge.admit(contents, switches.lane, prints),
    stands: () => trial?.pageStands(async () => (await till.dispatch('getShop', {})).ok),
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
    isQuiet: () => till.isQuiet(),
    restart: bytes => startAgain(`its processes have ${Math.round(bytes / 1024 / 1024)} MiB`),
  })
  updates.follow(till)
  // The one way out of the window that a person has: a manager's, at the desk.
  void till.closeAsked.then(() => {
    log.info({}, 'a manager has closed the till')
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
    network
      .close()
      .then(() => opened.close())
      .then(() => app.exit(0), giveUp)
  })
}

/** What a person can mend is told in its own words; anything else is a bug and shows where it is. */
function giveUp(error: unknown): void {
  const known = [DangerousStart, FileFault, LedgerBroken, SecretsRefused, StateFileError, WrongSwitch].some(
    kind => error instanceof kind,
  )
  const says =
    error instanceof Error ? ((known ? error.message : error.stack) ?? error.message) : String(error)
  // A new version is tried again or taken back, and nobody has to press a button for that.
  if (trial?.failed(says)) return
  log.error({}, says)
  dialog.showErrorBox('Kaikei cannot go on', says)
  app.exit(1)
}
