import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Session, WebContents } from 'electron'
import { expect, it } from 'vitest'
import { BRIDGED_PAGE_HEADERS } from '../shared/pageHeaders.ts'
import { PAGE_SCHEME, pageUrl } from './address.ts'
import { openBridge } from './bridge.ts'
import { callChannel } from './channels.ts'
import { exposed, ipcMain, SessionDouble, WebContentsDouble } from './electron.double.ts'
import { guardContents, guardSession } from './guard.ts'
import { windowOptions } from './window.ts'
import './preload.ts'

// Electron's security checklist, twenty items, in its order: one of them forgotten is how most applications were broken.
const root = join(import.meta.dirname, '..')
const read = (file: string): string => readFileSync(join(root, file), 'utf8')
/** What is built into the host; the stand-in is the tests' own. */
const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .map(file => file.replaceAll('\\', '/'))
  .filter(file => /^(?!standin\/).*\.ts$/.test(file) && !/\.(test|double)\.ts$/.test(file))
const ours = files.map(file => read(`electron/${file}`))
const web = windowOptions(
  { preload: '/app/preload.cjs', windowed: false, inspectable: false },
  { bounds: { x: 0, y: 0, width: 1_280, height: 800 } },
).webPreferences
const guarded = () => {
  const contents = new WebContentsDouble()
  guardContents(contents as unknown as WebContents)
  const session = new SessionDouble()
  guardSession(session as unknown as Session)
  return { contents, session }
}

it('1. only secure content is loaded: nothing over a network at all', () => {
  const { session } = guarded()
  const cancelled: unknown[] = []
  for (const url of [
    'http://example.com/a.js',
    'https://example.com/a.js',
    'ws://example.com/',
    'ftp://example.com/',
  ])
    session.beforeRequest({ url }, answer => cancelled.push(answer.cancel))
  expect(cancelled).toEqual([true, true, true, true])
})

it('2. the page has no Node, nor have its frames and workers', () => {
  expect(web).toMatchObject({
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
  })
})

it('3. the preload is isolated from the page', () => expect(web?.contextIsolation).toBe(true))

it('4. every page is in the system’s sandbox, one that nobody thought of too', () => {
  expect(web?.sandbox).toBe(true)
  const main = read('electron/main.ts')
  expect(main.indexOf('app.enableSandbox()')).toBeGreaterThan(0)
  expect(main.indexOf('app.enableSandbox()')).toBeLessThan(main.indexOf('app.whenReady()'))
})

it('5. permissions are denied when they are asked for, when they are checked, and for devices', () => {
  const { session } = guarded()
  const given: boolean[] = []
  session.permissionRequest(null, 'media', answer => given.push(answer))
  expect([...given, session.permissionCheck(null, 'media'), session.devicePermission({})]).toEqual([
    false,
    false,
    false,
  ])
})

it('6. web security stays on', () => expect(web?.webSecurity).toBe(true))

it('7. the page has a policy: its own scripts, no inline code, no text that becomes markup', () => {
  expect(BRIDGED_PAGE_HEADERS['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/)
  expect(BRIDGED_PAGE_HEADERS['content-security-policy']).toContain(
    "require-trusted-types-for 'script'; trusted-types 'none'",
  )
  expect(BRIDGED_PAGE_HEADERS['content-security-policy']).not.toMatch(/unsafe|\*|https?:/)
})

it('8. insecure content does not run', () => expect(web?.allowRunningInsecureContent).toBe(false))

it('9. Chromium’s experiments are off', () => expect(web?.experimentalFeatures).toBe(false))

it('the items that look through our own source look through all of it', () => {
  expect(files).toEqual(expect.arrayContaining(['main.ts', 'update/updates.ts']))
  expect(files.filter(file => file.startsWith('standin/'))).toEqual([])
})

it('10. none of Blink’s features is switched on', () => {
  expect(web).not.toHaveProperty('enableBlinkFeatures')
  expect(ours.join()).not.toMatch(/enableBlinkFeatures|enable-blink-features/)
})

it('11. no webview may open windows, because there is none', () => {
  expect(web?.webviewTag).toBe(false)
  expect(ours.join()).not.toContain('allowpopups')
})

it('12. whatever would be attached as a webview is refused, whatever its options', () => {
  expect(
    guarded().contents.prevents('will-attach-webview', {}, { sandbox: true }, { src: pageUrl('main') }),
  ).toBe(true)
})

it('13. the page goes nowhere', () => {
  const { contents } = guarded()
  expect(contents.prevents('will-navigate', { url: 'https://example.com/' })).toBe(true)
  expect(contents.prevents('will-redirect', { url: 'https://example.com/' })).toBe(true)
  expect(contents.prevents('will-frame-navigate', { url: pageUrl('main'), isMainFrame: false })).toBe(true)
})

it('14. there is no other window', () => {
  expect(guarded().contents.openHandler({ url: pageUrl('main') })).toEqual({ action: 'deny' })
})

it('15. nothing is given to the system to open', () => {
  expect(ours.join()).not.toMatch(/\bshell\b|openExternal|openPath/)
})

it('16. the version of Electron is one, named exactly, and the one that is installed', () => {
  const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> }
  const { version } = JSON.parse(read('node_modules/electron/package.json')) as { version: string }
  expect(devDependencies.electron).toBe(version)
})

it('17. who calls is looked at in every call', async () => {
  const bridge = openBridge({
    dispatch: () => expect.unreachable(),
    desk: () => expect.unreachable(),
    watchLane: () => expect.unreachable(),
    showLane: () => expect.unreachable(),
  })
  for (const channel of ipcMain.handlers.keys())
    await expect(ipcMain.invoke(channel, new WebContentsDouble().event, {})).rejects.toThrow('refused')
  expect(ipcMain.handlers.has(callChannel('getLane'))).toBe(true)
  // No file but the bridge listens to a page.
  expect(ours.filter(text => /ipcMain/.test(text))).toHaveLength(1)
  bridge.close()
})

it('18. the page is on a scheme of its own, and no file:// is', () => {
  expect(pageUrl('main')).toBe(`${PAGE_SCHEME}://app/?lane=main`)
  // Comments say why not.
  expect(ours.join().replaceAll(/^\s*(\/\/|\*).*$/gm, '')).not.toContain('file://')
})

it('19. fuses: no plain Node, no options from outside, no debugger, nothing but the archive', () => {
  const fuses = read('electron-builder.yml').split('electronFuses:')[1]?.split('\n#')[0]
  expect(fuses?.match(/\w+: (true|false)/g)).toEqual([
    'runAsNode: false',
    'enableNodeOptionsEnvironmentVariable: false',
    'enableNodeCliInspectArguments: false',
    'enableCookieEncryption: true',
    'enableEmbeddedAsarIntegrityValidation: true',
    'onlyLoadAppFromAsar: true',
    'loadBrowserProcessSpecificV8Snapshot: false',
    'grantFileProtocolExtraPrivileges: false',
  ])
})

it('20. the page gets three functions, and nothing of Electron’s', () => {
  expect(Object.keys(exposed)).toEqual(['kaikei'])
  expect(Object.entries(exposed.kaikei as object).map(([name, value]) => `${name}: ${typeof value}`)).toEqual(
    ['call: function', 'callDesk: function', 'watchLane: function'],
  )
})
