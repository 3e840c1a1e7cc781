import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startStandin } from '../../electron/standin/start.ts'
import { findElectron } from '../../scripts/electron-binary.ts'
import { tempDir, usualEnv } from '../host.ts'
import { expect, type HostOption, test } from '../kiosk.ts'
import { root } from './kiosk.ts'

// What a till needs of Electron, by its documentation, asked of whatever stands in its place and, in the project `electron`, of Electron
// itself: the same small application, the same answers.

type Run = { readonly told: string; readonly args: readonly string[]; readonly userDataDir: string }

const runs: Readonly<Record<HostOption['host'], (run: Run) => Promise<void>>> = {
  server: () => Promise.reject(new Error('the server’s host has no Electron')),
  standin: async ({ args, userDataDir }) => {
    const chromium = process.env.PLAYWRIGHT_CHROMIUM_PATH
    const options = chromium === undefined ? {} : { chromium }
    const standin = await startStandin({ mainBundle: program('main.mjs'), userDataDir, args, ...options })
    expect(await standin.ended).toMatchObject({ code: 0 })
  },
  electron: async ({ args, userDataDir }) => {
    const child = spawn(
      findElectron() ?? '',
      [program('main.mjs'), `--user-data-dir=${userDataDir}`, ...args],
      {
        stdio: 'inherit',
        env: usualEnv(),
      },
    )
    expect(await new Promise(resolve => child.once('close', resolve))).toBe(0)
  },
}
const program = (name: string): string => join(root, 'e2e/electron/contract', name)

const tooFar = "Error: Error invoking remote method 'breaks': RangeError: too far"
const uncloned = 'An object could not be cloned.'

test('what Electron documents and a till relies on', async ({ host }) => {
  const folder = tempDir()
  const told = join(folder.path, 'told.json')
  const args = [`--told=${told}`, `--preload=${program('preload.cjs')}`]
  await runs[host]({ told, args, userDataDir: folder.path })
  const all = JSON.parse(readFileSync(told, 'utf8')) as Record<string, unknown>
  folder.remove()

  expect(all).toEqual({
    // app.requestSingleInstanceLock
    onlyInstance: true,
    // protocol.handle, webContents events. A page that main loads asks nobody whether it may.
    load: {
      asked: ['GET kaikei://app/first'],
      events: ['web-contents-created', 'did-navigate kaikei://app/first', 'did-finish-load'],
      url: 'kaikei://app/first',
    },
    // ipcRenderer.invoke: arguments and answers are serialised with the structured clone algorithm.
    values: {
      ...{ nothing: 'undefined', numbers: '[NaN Infinity -0 10n]', date: 'Date(0)' },
      ...{ map: 'Map([a [undefined]])', set: 'Set(1)', bytes: 'bytes(0 255)' },
      ...{ field: '{a: undefined b: null}', function: `Error: ${uncloned}` },
    },
    // ipcMain.handle: of an error the message crosses, behind the channel's name.
    answers: {
      breaks: tooFar,
      function: `Error: Error invoking remote method 'function': Error: ${uncloned}`,
      nobody: "Error: Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
      who: '{isSender: true url: kaikei://app/first isTop: true}',
    },
    secondHandler: "Attempted to register a second handler for 'breaks'",
    sent: ['a', 1],
    heard: ['[1 undefined]'],
    // contextBridge: functions are proxied, everything else is copied and frozen; errors cross with their message.
    worlds: {
      ...{ node: [], ofThePreload: false, ofThePage: 'undefined', frozen: [true, true, true] },
      ...{ called: 'called 1', thrown: 'too far', rejected: 'too far', fs: 'refused' },
      // The policy that the scheme answers with.
      script: false,
      thrownAtMain: 'a rejection',
    },
    // webRequest.onBeforeRequest, and session's will-download.
    requestSeen: 'http://127.0.0.1:9/elsewhere.png',
    requestStopped: true,
    download: { name: 'table.csv', isOfThePage: true },
    // webContents.setWindowOpenHandler: no window is made.
    opened: ['opens kaikei://app/other'],
    // will-navigate: not for what main loads; a navigation that is refused leaves the page.
    refused: {
      events: ['will-frame-navigate kaikei://app/away', 'will-navigate kaikei://app/away'],
      url: 'kaikei://app/first',
    },
    navigated: {
      events: [
        'will-frame-navigate kaikei://app/second',
        'will-navigate kaikei://app/second',
        'did-navigate kaikei://app/second',
        'did-finish-load',
      ],
      url: 'kaikei://app/second',
    },
    // render-process-gone: the window is still there.
    gone: { isClean: false, isDestroyed: false },
    // BrowserWindow's close may be refused; destroy does not ask.
    closeRefused: { events: ['close'], isDestroyed: false },
    destroyed: ['destroyed', 'closed'],
    // app.quit: may be refused; then all windows close, will-quit, quit.
    quit: ['before-quit', 'again', 'before-quit', 'will-quit', 'quit 0'],
  })
})
