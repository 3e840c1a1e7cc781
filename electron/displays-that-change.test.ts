import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { systemClock } from '../core/clock.ts'
import { silentLog } from '../core/log.ts'
import { displayFor, keepAwake, otherDisplay, SETTLE_MS } from './displays.ts'
import { awake, BrowserWindow, type DisplayDouble, powerMonitor, screen } from './electron.double.ts'
import { DELAYS, type KioskWindow, openKioskWindow } from './window.ts'

// Somebody pulls a cable, turns a screen, or the machine wakes up: the till is over the whole of its display again.
const left: DisplayDouble = { id: 7, bounds: { x: 0, y: 0, width: 1_920, height: 1_080 } }
const right: DisplayDouble = { id: 3, bounds: { x: 1_920, y: 0, width: 1_080, height: 1_920 } }
let windows: KioskWindow[]

function open(display: () => ReturnType<typeof displayFor> | null, windowed = false): BrowserWindow {
  windows.push(
    openKioskWindow({
      url: 'kaikei://app/?lane=main',
      closedUrl: 'kaikei://app/closed.html',
      display,
      preload: '/app/preload.cjs',
      windowed,
      inspectable: false,
      clock: systemClock,
      log: silentLog,
      admit: () => undefined,
    }),
  )
  return newest()
}

function newest(): BrowserWindow {
  const found = BrowserWindow.opened.at(-1)
  if (!found) throw new Error('no window was opened')
  found.webContents.emit('did-finish-load')
  return found
}

function plugged(...displays: readonly DisplayDouble[]): void {
  screen.displays = displays
  screen.emit('display-metrics-changed')
  vi.advanceTimersByTime(SETTLE_MS)
}

beforeEach(() => {
  vi.useFakeTimers()
  BrowserWindow.opened.length = 0
  windows = []
  screen.displays = [left]
})
afterEach(() => {
  for (const window of windows) window.close()
  expect(screen.eventNames().map(name => screen.listenerCount(name))).toEqual([])
  expect(powerMonitor.eventNames()).toEqual([])
  vi.useRealTimers()
})

it('the till covers the primary display, and covers it again when it turns or has another size', () => {
  const window = open(() => displayFor(null))
  expect(window).toMatchObject({ bounds: left.bounds, kiosk: true, full: true })
  plugged({ ...left, bounds: right.bounds })
  expect(window).toMatchObject({ bounds: right.bounds, kiosk: true, full: true })
})

it('the display that was chosen by its number is counted from the left; while it is away, the primary one serves', () => {
  screen.displays = [right, left]
  const window = open(() => displayFor(1))
  expect(window.bounds).toEqual(left.bounds)
  plugged(right)
  expect(window.bounds).toEqual(right.bounds)
  plugged(right, left)
  expect(window.bounds).toEqual(left.bounds)
  expect(BrowserWindow.opened).toHaveLength(1)
})

it('the second screen comes and goes with its display, and the till stays', () => {
  const till = open(() => displayFor(null))
  open(() => otherDisplay(null))
  expect(BrowserWindow.opened).toHaveLength(1)
  plugged(left, right)
  expect(newest().bounds).toEqual(right.bounds)
  plugged(left)
  expect(newest().isDestroyed()).toBe(true)
  plugged(left, right)
  expect(BrowserWindow.opened).toHaveLength(3)
  expect(till.isDestroyed()).toBe(false)
})

it.each(['resume', 'unlock-screen'])('after "%s" the window is in front and full again', name => {
  const window = open(() => displayFor(null))
  window.kiosk = false
  window.full = false
  const before = window.onTop
  powerMonitor.emit(name)
  vi.advanceTimersByTime(SETTLE_MS)
  expect(window).toMatchObject({ kiosk: true, full: true })
  expect(window.onTop).toBeGreaterThan(before)
})

it.each(['leave-full-screen', 'minimize', 'hide'])('a window that does "%s" takes the screen again', name => {
  const window = open(() => displayFor(null))
  window.full = false
  window.emit(name)
  vi.advanceTimersByTime(DELAYS.coverMs)
  expect(window.full).toBe(true)
})

it('on a developer’s desk the window stays where it was put', () => {
  const window = open(() => displayFor(null), true)
  const { bounds } = window
  plugged(right)
  window.emit('minimize')
  vi.advanceTimersByTime(10_000)
  expect(window).toMatchObject({ bounds, kiosk: false, full: false })
})

it('the screen is kept on anew after every change, by one wish at a time', () => {
  const end = keepAwake(systemClock)
  const [first] = awake
  plugged(left, right)
  expect([...awake]).toHaveLength(1)
  expect(awake).not.toContain(first)
  const [second] = awake
  powerMonitor.emit('resume')
  vi.advanceTimersByTime(SETTLE_MS)
  expect([...awake]).toHaveLength(1)
  expect(awake).not.toContain(second)
  end()
  expect([...awake]).toEqual([])
})
