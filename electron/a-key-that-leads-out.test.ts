import type { Input } from 'electron'
import { beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../core/clock.ts'
import { silentLog } from '../core/log.ts'
import { mayType } from '../shared/keyboard.ts'
import { displayFor } from './displays.ts'
import { BrowserWindow } from './electron.double.ts'

import { type KioskWindow, openKioskWindow } from './window.ts'

// A customer with a keyboard, or a scanner that types what somebody printed, looks for a way out of the till.

/** `Ctrl+Shift+I` as Electron tells it. */
function input(combination: string): Input {
  const parts = combination === '+' ? ['+'] : combination.split('+')
  const key = parts.at(-1) ?? ''
  return {
    key: key === 'Space' ? ' ' : key,
    control: parts.includes('Ctrl'),
    shift: parts.includes('Shift'),
    alt: parts.includes('Alt'),
    meta: parts.includes('Meta'),
  } as Input
}

const refused = [
  ...['F1', 'F3', 'F5', 'F6', 'F7', 'F10', 'F11', 'F12', 'Ctrl+F4', 'Ctrl+F5', 'Alt+F4', 'Alt+F10'],
  ...['Ctrl+R', 'Ctrl+Shift+R', 'Ctrl+W', 'Ctrl+Shift+W', 'Ctrl+Q', 'Ctrl+T', 'Ctrl+N', 'Ctrl+Shift+N'],
  ...[
    'Ctrl+P',
    'Ctrl+Shift+P',
    'Ctrl+S',
    'Ctrl+O',
    'Ctrl+F',
    'Ctrl+G',
    'Ctrl+H',
    'Ctrl+J',
    'Ctrl+L',
    'Ctrl+U',
  ],
  ...[
    'Ctrl+Shift+I',
    'Ctrl+Shift+J',
    'Ctrl+Shift+C',
    'Ctrl+Shift+Delete',
    'Ctrl+Shift+Escape',
    'Ctrl+Shift+T',
  ],
  ...[
    'Ctrl++',
    'Ctrl+-',
    'Ctrl+0',
    'Ctrl+=',
    'Ctrl+Tab',
    'Ctrl+Shift+Tab',
    'Ctrl+1',
    'Ctrl+Escape',
    'Ctrl+Enter',
  ],
  ...[
    'Alt+ArrowLeft',
    'Alt+ArrowRight',
    'Alt+Home',
    'Alt+Tab',
    'Alt+Space',
    'Alt+Escape',
    'Alt+d',
    'Ctrl+Alt+Delete',
  ],
  ...['Meta', 'Meta+l', 'Meta+q', 'Meta+Tab', 'Meta+Space', 'Ctrl+Meta+f'],
  ...[
    'BrowserBack',
    'BrowserHome',
    'BrowserSearch',
    'LaunchMail',
    'LaunchApplication1',
    'ContextMenu',
    'Shift+F10',
  ],
  ...['Print', 'PrintScreen', 'Help', 'Power', 'Sleep', 'MediaPlayPause', 'Insert', 'Shift+Escape'],
]
const allowed = [
  ...['a', 'Shift+A', '7', '¥', '店', '😀', 'Space', '+', '-', '=', 'Enter', 'Tab', 'Shift+Tab', 'Escape'],
  ...['Backspace', 'Delete', 'Home', 'End', 'PageUp', 'PageDown', 'ArrowLeft', 'Shift+ArrowRight', 'Shift'],
  ...['Control', 'Ctrl+Control', 'Alt', 'Ctrl+a', 'Ctrl+C', 'Ctrl+v', 'Ctrl+x', 'Ctrl+z', 'Ctrl+ArrowLeft'],
  ...['Process', 'Hiragana', 'Zenkaku', 'Ctrl+Shift+K', 'Ctrl+Shift+k'],
]

it.each(refused)('%s is refused', combination => expect(mayType(input(combination))).toBe(false))
it.each(allowed)('%s reaches the page', combination => expect(mayType(input(combination))).toBe(true))

describe('the window', () => {
  let window: KioskWindow
  const open = (windowed: boolean): BrowserWindow => {
    window = openKioskWindow({
      url: 'kaikei://app/?lane=main',
      closedUrl: 'kaikei://app/closed.html',
      display: () => displayFor(null),
      preload: '/app/preload.cjs',
      windowed,
      inspectable: windowed,
      clock: systemClock,
      log: silentLog,
      admit: () => undefined,
    })
    const [opened] = BrowserWindow.opened
    if (!opened) throw new Error('no window was opened')
    return opened
  }
  const refuses = (opened: BrowserWindow, combination: string): boolean =>
    opened.webContents.prevents('before-input-event', {}, input(combination))
  beforeEach(() => {
    BrowserWindow.opened.length = 0
  })

  it('of a kiosk takes what is allowed and nothing else', () => {
    const opened = open(false)
    expect(refused.filter(combination => !refuses(opened, combination))).toEqual([])
    expect(allowed.filter(combination => refuses(opened, combination))).toEqual([])
  })

  it('of a kiosk does not close because the system is asked to (Alt+F4), and has no menu of the system’s', () => {
    const opened = open(false)
    opened.close()
    expect(opened.isDestroyed()).toBe(false)
    let prevented = false
    opened.emit('system-context-menu', { preventDefault: () => (prevented = true) })
    expect(prevented).toBe(true)
    window.close()
    expect(opened.isDestroyed()).toBe(true)
  })

  it('of a developer closes and has its keys, but its page keeps its size', () => {
    const opened = open(true)
    expect(refuses(opened, 'Ctrl+Shift+I')).toBe(false)
    expect(refuses(opened, 'Ctrl+0')).toBe(true)
    opened.close()
    expect(opened.isDestroyed()).toBe(true)
  })
})
