import type { Session, WebContents } from 'electron'
import { beforeEach, describe, expect, it } from 'vitest'
import { SessionDouble, WebContentsDouble } from './electron.double.ts'
import { guardContents, guardSession } from './guard.ts'

// A customer, a script in a picture or a fault of ours must not turn the till into a browser.
let page: WebContentsDouble
let session: SessionDouble
beforeEach(() => {
  page = new WebContentsDouble()
  guardContents(page as unknown as WebContents)
  session = new SessionDouble()
  guardSession(session as unknown as Session)
})

const foreign = [
  'https://example.com/',
  'http://127.0.0.1:4649/',
  'file:///etc/passwd',
  'about:blank',
  'javascript:alert(1)',
  'data:text/html,x',
  'blob:kaikei://app/1',
  'kaikei://other/',
  'kaikei://app@other/',
  'kaikei://app/media/evil.svg',
  'no address at all',
]

describe.each(foreign)('%s', url => {
  it('is not gone to, not even by a redirect', () => {
    expect(page.prevents('will-navigate', { url })).toBe(true)
    expect(page.prevents('will-redirect', { url })).toBe(true)
  })

  it('is not opened in another window', () => {
    expect(page.openHandler({ url })).toEqual({ action: 'deny' })
  })
})

it('the page may be loaded again', () => {
  expect(page.prevents('will-navigate', { url: 'kaikei://app/?lane=left' })).toBe(false)
})

it('not even the page opens a second window', () => {
  expect(page.openHandler({ url: 'kaikei://app/' })).toEqual({ action: 'deny' })
})

it('a frame inside the page goes nowhere, not even to the page', () => {
  expect(page.prevents('will-frame-navigate', { url: 'kaikei://app/', isMainFrame: false })).toBe(true)
  expect(page.prevents('will-frame-navigate', { url: 'kaikei://app/', isMainFrame: true })).toBe(false)
})

it('no menu opens over the page, and the page cannot ask to stay', () => {
  expect(page.prevents('context-menu')).toBe(true)
  expect(page.prevents('will-prevent-unload')).toBe(true)
})

it('a file that is dropped on the page does not take its place', () => {
  // Chromium navigates to it, unless the page takes the drop.
  expect(page.prevents('will-navigate', { url: 'file:///home/customer/evil.html' })).toBe(true)
})

it('no webview is attached', () => {
  expect(page.prevents('will-attach-webview')).toBe(true)
})

it.each([
  'media',
  'geolocation',
  'notifications',
  'clipboard-read',
  'openExternal',
  'fullscreen',
  'hid',
  'usb',
])('the permission %s is denied when it is checked and when it is asked for', permission => {
  const answers: boolean[] = []
  session.permissionRequest(page, permission, given => answers.push(given))
  expect(answers).toEqual([false])
  expect(session.permissionCheck(page, permission)).toBe(false)
  expect(session.devicePermission({ deviceType: permission })).toBe(false)
})

const blob = 'blob:kaikei://app/8d1f'
const table = 'kaikei-2026-11-24-sales.csv'
it.each([
  [blob, table, false],
  [blob, 'kaikei-2026-11-24-figures.csv', false],
  [blob, 'kaikei-audit.csv', false],
  [blob, `kaikei-certificate-${'0123456789abcdef'.repeat(4)}.json`, false],
  [blob, 'kaikei-../../x.csv', true],
  [blob, 'kaikei-audit.csv.desktop', true],
  [blob, 'audit.csv', true],
  [blob, 'kaikei.exe', true],
  [blob, `${table}.exe`, true],
  ['https://example.com/x.csv', table, true],
  ['blob:https://example.com/1', table, true],
  ['kaikei://app/assets/index.js', table, true],
  ['data:text/csv,a', table, true],
])('nothing is downloaded but the desk’s own files: %s as %s', (url, name, isRefused) => {
  let prevented = false
  const item = { getURL: () => url, getFilename: () => name }
  session.emit('will-download', { preventDefault: () => (prevented = true) }, item)
  expect(prevented).toBe(isRefused)
})

it.each([
  ['kaikei://app/assets/index.js', false],
  ['data:image/png;base64,AA==', false],
  ['blob:kaikei://app/8d1f', false],
  ['blob:https://example.com/1', true],
  ['https://example.com/', true],
  ['http://127.0.0.1:4650/phone', true],
  ['ws://127.0.0.1:4650/', true],
  ['kaikei://other/', true],
])('a request to %s is called off: %s', (url, cancel) => {
  const answers: unknown[] = []
  session.beforeRequest({ url }, answer => answers.push(answer))
  expect(answers).toEqual([{ cancel }])
})
