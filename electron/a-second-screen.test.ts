import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { systemClock } from '../core/clock.ts'
import { silentLog } from '../core/log.ts'
import type { SecondScreenSettings } from '../shared/shopDocuments.ts'
import { BESIDE_URL } from './address.ts'
import { CRASH_LOOP } from './crashLoop.ts'
import { SETTLE_MS } from './displays.ts'
import { BrowserWindow, type DisplayDouble, screen } from './electron.double.ts'
import { WATCH } from './pageWatch.ts'
import { openSecondScreen } from './secondScreen.ts'
import { DELAYS, openKioskWindow } from './window.ts'

// The other display of the till follows the settings while it sells, and whatever happens to it the till does not notice.
const left: DisplayDouble = { id: 7, bounds: { x: 0, y: 0, width: 1_920, height: 1_080 } }
const right: DisplayDouble = { id: 3, bounds: { x: 1_920, y: 0, width: 1_080, height: 1_920 } }
const far: DisplayDouble = { id: 9, bounds: { x: 3_000, y: 0, width: 1_280, height: 800 } }
const nothing: SecondScreenSettings = { shows: 'nothing', display: null, lane: null }
const mirror: SecondScreenSettings = { ...nothing, shows: 'mirror' }

let say: (secondScreen: SecondScreenSettings) => void
let told: string[]
let admitted: string[]
let closes: (() => void)[]

function open(secondScreen: SecondScreenSettings, secondLane: string | null = null): void {
  const log = {
    ...silentLog,
    warn: (_fields: unknown, says: string) => void told.push(says),
    error: (_fields: unknown, says: string) => void told.push(says),
  }
  closes.push(
    openSecondScreen({
      watchSettings(listener) {
        say = given => listener({ secondScreen: given })
        say(secondScreen)
        return () => {
          say = () => expect.unreachable()
        }
      },
      lane: 'main',
      display: null,
      secondLane,
      preloads: { till: '/preload.cjs', display: '/preloadDisplay.cjs' },
      bridge: {
        admit: (_contents, lane) => void admitted.push(`till ${lane}`),
        admitDisplay: (_contents, lane) => void admitted.push(`display ${lane}`),
        close: () => undefined,
      },
      log,
      open: second =>
        openKioskWindow({ windowed: false, inspectable: false, clock: systemClock, log, ...second }),
    }),
  )
}
const alive = (): BrowserWindow[] => BrowserWindow.opened.filter(window => !window.isDestroyed())
const newest = (): BrowserWindow => {
  const window = BrowserWindow.opened.at(-1)
  if (!window) throw new Error('no window was opened')
  return window
}
function plug(...displays: readonly DisplayDouble[]): void {
  screen.displays = displays
  screen.emit('display-metrics-changed')
  vi.advanceTimersByTime(SETTLE_MS)
}

beforeEach(() => {
  vi.useFakeTimers()
  BrowserWindow.opened.length = 0
  BrowserWindow.refuses = null
  screen.displays = [left, right]
  told = []
  admitted = []
  closes = []
})
afterEach(() => {
  for (const close of closes) close()
  expect(alive()).toEqual([])
  expect(screen.eventNames()).toEqual([])
  vi.useRealTimers()
})

it('a mirror covers the display that is not the till’s, with a page and a preload of its own', () => {
  open(mirror)
  expect(newest()).toMatchObject({ loaded: ['kaikei://app/display?lane=main'], bounds: right.bounds })
  expect(newest().options).toMatchObject({
    webPreferences: { preload: '/preloadDisplay.cjs', sandbox: true, contextIsolation: true },
  })
  expect(admitted).toEqual(['display main'])
})

it('it may be of another lane, and on the display with a number', () => {
  screen.displays = [left, right, far]
  open({ shows: 'mirror', display: 3, lane: 'garden' })
  expect(newest()).toMatchObject({ loaded: ['kaikei://app/display?lane=garden'], bounds: far.bounds })
  expect(admitted).toEqual(['display garden'])
})

it('a number that is the till’s own covers nothing', () => {
  open({ ...mirror, display: 1 })
  expect(BrowserWindow.opened).toEqual([])
})

it('what the settings say holds at once, and what they do not change stays', () => {
  open(nothing)
  expect(alive()).toEqual([])
  say(mirror)
  const [window] = alive()
  say({ ...mirror })
  expect(alive()).toEqual([window])
  say({ shows: 'lane', display: null, lane: 'tv' })
  expect(alive()).toHaveLength(1)
  expect(newest()).toMatchObject({ loaded: ['kaikei://app/?lane=tv'] })
  expect(newest().options).toMatchObject({ webPreferences: { preload: '/preload.cjs' } })
  say(nothing)
  expect(alive()).toEqual([])
  expect(admitted).toEqual(['display main', 'till tv'])
})

it('the lane of the till itself is not opened twice: the log says what to write', () => {
  open({ shows: 'lane', display: null, lane: 'main' })
  expect(BrowserWindow.opened).toEqual([])
  expect(told).toEqual([expect.stringContaining('secondScreen.lane')])
})

it('--second-lane goes before the settings', () => {
  open(mirror, 'tv')
  say(nothing)
  expect(alive()).toHaveLength(1)
  expect(admitted).toEqual(['till tv'])
})

it('it comes and goes with its display, and covers it again after a change', () => {
  screen.displays = [left]
  open(mirror)
  expect(alive()).toEqual([])
  plug(left, right)
  expect(alive()).toHaveLength(1)
  plug(left, { ...right, bounds: far.bounds })
  expect(newest().bounds).toEqual(far.bounds)
  plug(left)
  expect(alive()).toEqual([])
})

it('it is watched as the till’s page is: hung, it is there again', async () => {
  open(mirror)
  newest().webContents.drawn = null
  newest().webContents.emit('did-finish-load')
  await vi.advanceTimersByTimeAsync(WATCH.everyMs + WATCH.answersWithinMs + 1)
  expect(BrowserWindow.opened).toHaveLength(2)
  expect(alive()).toHaveLength(1)
  expect(admitted).toEqual(['display main', 'display main'])
})

it('when it dies again and again it sends people to the till’s screen, and does not say that the till is closed', () => {
  open(mirror)
  for (let time = 0; time <= CRASH_LOOP.most; time += 1) {
    newest().webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    vi.advanceTimersByTime(DELAYS.reopenMs)
  }
  expect(newest().loaded).toEqual([BESIDE_URL])
})

it('a window that the system refuses is told in the log, and nothing is thrown at the till', () => {
  BrowserWindow.refuses = new Error('no more windows')
  open(mirror)
  expect(told).toEqual(['a screen beside the till could not be opened'])
  plug(left, { ...right, bounds: far.bounds })
  BrowserWindow.refuses = null
  plug(left, right)
  expect(alive()).toHaveLength(1)
})
