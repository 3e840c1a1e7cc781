import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../core/clock.ts'
import { silentLog } from '../core/log.ts'
import { CRASH_LOOP } from './crashLoop.ts'
import { displayFor } from './displays.ts'
import { BrowserWindow } from './electron.double.ts'
import { WATCH } from './pageWatch.ts'
import { PRINTING } from './printing.ts'
import { DELAYS, type KioskWindow, openKioskWindow } from './window.ts'

// After hours of service a page dies, hangs or does not load, and a white screen stays until somebody comes by.
let window: KioskWindow
let admitted: unknown[]
let admittedPrints: (() => void)[]
let told: string[]
const newest = (): BrowserWindow => {
  const found = BrowserWindow.opened.at(-1)
  if (!found) throw new Error('no window was opened')
  return found
}

beforeEach(() => {
  vi.useFakeTimers()
  BrowserWindow.opened.length = 0
  admitted = []
  admittedPrints = []
  told = []
  window = openKioskWindow({
    url: 'kaikei://app/?lane=left',
    closedUrl: 'kaikei://app/closed.html',
    display: () => displayFor(null),
    preload: '/app/preload.cjs',
    windowed: false,
    inspectable: false,
    clock: systemClock,
    log: silentLog,
    admit: (contents, prints) => {
      admitted.push(contents)
      admittedPrints.push(prints)
    },
    touched: () => told.push('touched'),
    gone: () => told.push('gone'),
  })
})
afterEach(() => vi.useRealTimers())

it('the window shows the page once it is drawn, and was admitted before it loads', () => {
  expect(newest().loaded).toEqual(['kaikei://app/?lane=left'])
  expect(admitted).toEqual([newest().webContents])
  expect(newest().shown).toBe(false)
  newest().emit('ready-to-show')
  expect(newest().shown).toBe(true)
})

it('every touch is told, and a window that is ended by somebody else, but none that the till ends itself', () => {
  newest().webContents.emit('input-event', {}, { type: 'touchStart' })
  expect(told).toEqual(['touched'])
  const first = newest()
  first.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
  vi.advanceTimersByTime(DELAYS.reopenMs)
  expect(newest()).not.toBe(first)
  first.emit('closed')
  expect(told).toEqual(['touched'])
  newest().emit('closed')
  expect(told).toEqual(['touched', 'gone'])
})

const misfortunes: Readonly<Record<string, (first: BrowserWindow) => void>> = {
  'a page whose process crashed': first =>
    first.webContents.emit('render-process-gone', {}, { reason: 'crashed' }),
  'a page that the system killed for its memory': first =>
    first.webContents.emit('render-process-gone', {}, { reason: 'oom' }),
  'a page that did not load': first =>
    first.webContents.emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND', 'kaikei://app/', true),
  'a page that hangs': first => first.emit('unresponsive'),
  'a page that answers nothing': first => {
    first.webContents.drawn = null
    first.webContents.emit('did-finish-load')
  },
  'a page that draws nothing': first => {
    first.webContents.drawn = false
    first.webContents.emit('did-finish-load')
  },
  'a page that fails in several ways at once': first => {
    first.emit('unresponsive')
    first.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    first.webContents.emit('did-fail-load', {}, -2, 'ERR_FAILED', 'kaikei://app/', true)
  },
}

describe.each(Object.entries(misfortunes))('%s', (_name, happens) => {
  it('is there again within five seconds, in one new window, admitted and walled as before', async () => {
    const first = newest()
    happens(first)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(BrowserWindow.opened).toHaveLength(2)
    expect(first.isDestroyed()).toBe(true)
    expect(newest().loaded).toEqual(['kaikei://app/?lane=left'])
    expect(newest().options).toEqual(first.options)
    expect(admitted).toEqual([first.webContents, newest().webContents])
    newest().webContents.emit('did-finish-load')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(BrowserWindow.opened).toHaveLength(2)
  })

  it('comes back as often as it goes', async () => {
    for (let time = 0; time < 5; time += 1) {
      happens(newest())
      await vi.advanceTimersByTimeAsync(5_000)
      // Longer ago than what would be a loop.
      newest().webContents.emit('did-finish-load')
      await vi.advanceTimersByTimeAsync(10_000)
    }
    expect(BrowserWindow.opened.map(one => one.isDestroyed())).toEqual([true, true, true, true, true, false])
  })

  it('stays away when the till is being closed', async () => {
    happens(newest())
    window.close()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(BrowserWindow.opened.map(one => one.isDestroyed())).toEqual([true])
  })
})

it('a page that never finishes loading is opened again', () => {
  vi.advanceTimersByTime(WATCH.loadsWithinMs - 1)
  expect(BrowserWindow.opened).toHaveLength(1)
  vi.advanceTimersByTime(2)
  expect(BrowserWindow.opened).toHaveLength(2)
})

it('a page that never loads gives way to plain words too, slowly as it fails', () => {
  vi.advanceTimersByTime((WATCH.loadsWithinMs + 1) * (CRASH_LOOP.most + 1))
  expect(newest().loaded).toEqual(['kaikei://app/closed.html'])
})

it('a screen that stays white, though its page says it is well, is opened again', async () => {
  const { webContents } = newest()
  webContents.emit('did-finish-load')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(BrowserWindow.opened).toHaveLength(1)
  webContents.picture = new Uint8Array(4_000).fill(255)
  await vi.advanceTimersByTimeAsync(WATCH.pictureEveryMs * WATCH.whitePictures + 1_000)
  expect(BrowserWindow.opened).toHaveLength(2)
})

it('a page that draws nothing between two screens, and a window that has no picture, stay', async () => {
  const { webContents } = newest()
  webContents.picture = new Uint8Array()
  webContents.emit('did-finish-load')
  for (let time = 0; time < 20; time += 1) {
    webContents.drawn = time % 3 === 0
    await vi.advanceTimersByTimeAsync(WATCH.everyMs)
  }
  expect(BrowserWindow.opened).toHaveLength(1)
})

it('a page that dies again and again gives way to plain words, and is tried again a minute later', () => {
  for (let time = 0; time <= CRASH_LOOP.most; time += 1) {
    newest().webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    vi.advanceTimersByTime(DELAYS.reopenMs)
  }
  expect(newest().loaded).toEqual(['kaikei://app/closed.html'])
  vi.advanceTimersByTime(CRASH_LOOP.restMs - 1)
  expect(newest().loaded).toEqual(['kaikei://app/closed.html'])
  vi.advanceTimersByTime(1)
  expect(newest().loaded).toEqual(['kaikei://app/?lane=left'])
  expect(BrowserWindow.opened.filter(one => !one.isDestroyed())).toHaveLength(1)
})

describe('while a print dialog stops its page', () => {
  const prints = (): void => admittedPrints.at(-1)?.()
  beforeEach(async () => {
    newest().webContents.emit('did-finish-load')
    await vi.advanceTimersByTimeAsync(10_000)
  })

  it.each([
    ['that answers nothing', () => undefined],
    ['that Electron calls unresponsive', () => newest().emit('unresponsive')],
  ])('a page %s is left alone until the dialog is closed', async (_what, says) => {
    prints()
    newest().webContents.drawn = null
    says()
    await vi.advanceTimersByTimeAsync(PRINTING.mostMs - 1_000)
    expect(BrowserWindow.opened).toHaveLength(1)
    newest().webContents.answerAll()
    newest().emit('responsive')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(BrowserWindow.opened).toHaveLength(1)
  })

  it('a page whose dialog nobody closes is opened again after a minute', async () => {
    prints()
    newest().webContents.drawn = null
    await vi.advanceTimersByTimeAsync(PRINTING.mostMs + 1_000)
    expect(BrowserWindow.opened).toHaveLength(2)
  })

  it('a page that has printed and answers again is watched as before', async () => {
    prints()
    await vi.advanceTimersByTimeAsync(PRINTING.beginsWithinMs + 2 * WATCH.everyMs)
    newest().webContents.drawn = null
    await vi.advanceTimersByTimeAsync(5_000)
    expect(BrowserWindow.opened).toHaveLength(2)
  })
})

it('a page that was only slow stays', async () => {
  newest().webContents.emit('did-finish-load')
  newest().emit('unresponsive')
  await vi.advanceTimersByTimeAsync(DELAYS.unresponsiveMs - 1)
  newest().emit('responsive')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(BrowserWindow.opened).toHaveLength(1)
})

it('a page that only seemed to hang before it died is opened again all the same', () => {
  newest().webContents.emit('render-process-gone', {}, { reason: 'crashed' })
  newest().emit('responsive')
  vi.advanceTimersByTime(DELAYS.reopenMs)
  expect(BrowserWindow.opened).toHaveLength(2)
})

it.each([
  ['a navigation that was refused', -3, true],
  ['a frame inside the page', -6, false],
])('%s does not cost the page', async (_name, code, isMainFrame) => {
  newest().webContents.emit('did-finish-load')
  newest().webContents.emit('did-fail-load', {}, code, 'ERR', 'kaikei://app/', isMainFrame)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(BrowserWindow.opened).toHaveLength(1)
})

it('two fingers, a wheel and the keyboard leave the page at its size', () => {
  const { webContents } = newest()
  webContents.emit('zoom-changed', {}, 'in')
  expect(webContents.zoomLevels).toEqual([0])
  for (const key of ['+', '-', '=', '0']) {
    let prevented = false
    webContents.emit(
      'before-input-event',
      { preventDefault: () => (prevented = true) },
      { control: true, key },
    )
    expect(prevented).toBe(true)
  }
})
