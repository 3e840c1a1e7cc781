import { type BrowserWindow, type Display, powerMonitor, powerSaveBlocker, screen } from 'electron'
import type { Clock } from '../core/clock.ts'

/** Displays and power tell of a change in several steps; the last one counts. */
export const SETTLE_MS = 250

/** From left to right, then from top to bottom: as somebody before them would count. */
export function inOrder(displays: readonly Display[]): readonly Display[] {
  return displays.toSorted((one, other) => one.bounds.x - other.bounds.x || one.bounds.y - other.bounds.y)
}

/** The display with this number, counted from 1; without a number, or while it is away, the primary one. */
export function displayFor(number: number | null): Display {
  const chosen = number === null ? undefined : inOrder(screen.getAllDisplays())[number - 1]
  return chosen ?? screen.getPrimaryDisplay()
}

/**
 * The display for customers when `number` is the till's: the one that was `chosen` by its number, or any other. Null: it is not there, or
 * is the till's own, which nothing may cover.
 */
export function otherDisplay(number: number | null, chosen: number | null = null): Display | null {
  const till = displayFor(number)
  const displays = inOrder(screen.getAllDisplays())
  const other = chosen === null ? displays.find(({ id }) => id !== till.id) : displays[chosen - 1]
  return other && other.id !== till.id ? other : null
}

/** Calls back when displays have come, gone or turned, or the machine has woken up; the answer ends it. */
export function onDisplayChange(clock: Clock, changed: () => void): () => void {
  let callOff = (): void => undefined
  const soon = (): void => {
    callOff()
    callOff = clock.after(SETTLE_MS, changed)
  }
  screen.on('display-added', soon)
  screen.on('display-removed', soon)
  screen.on('display-metrics-changed', soon)
  powerMonitor.on('resume', soon)
  powerMonitor.on('unlock-screen', soon)
  return () => {
    callOff()
    screen.off('display-added', soon)
    screen.off('display-removed', soon)
    screen.off('display-metrics-changed', soon)
    powerMonitor.off('resume', soon)
    powerMonitor.off('unlock-screen', soon)
  }
}

/**
 * The screen stays on. Some systems forget that when a display comes or goes or the machine has slept, so it is asked for anew each time;
 * the answer ends it.
 */
export function keepAwake(clock: Clock): () => void {
  const ask = (): number => powerSaveBlocker.start('prevent-display-sleep')
  let asked = ask()
  const end = onDisplayChange(clock, () => {
    const before = asked
    asked = ask()
    powerSaveBlocker.stop(before)
  })
  return () => {
    end()
    powerSaveBlocker.stop(asked)
  }
}

/** Over the whole of its display again, in front, whatever the system has made of it. */
export function cover(window: BrowserWindow, display: Display): void {
  if (window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  // Kiosk mode is left first: some systems keep a window on the display where it went full.
  const { x, y, width, height } = window.getBounds()
  const { bounds } = display
  const isThere = x === bounds.x && y === bounds.y && width === bounds.width && height === bounds.height
  if (!isThere) {
    window.setKiosk(false)
    window.setBounds(bounds)
  }
  if (!window.isKiosk()) window.setKiosk(true)
  if (!window.isFullScreen()) window.setFullScreen(true)
  window.moveTop()
}
