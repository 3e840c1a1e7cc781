import { BrowserWindow, protocol } from 'electron'
import { CLOSED_URL, PAGE_SCHEME } from './address.ts'
import { displayFor } from './displays.ts'
import { pageHandler } from './page.ts'
import { windowOptions } from './window.ts'

/** Long enough to be read, and for whoever starts the till anew not to spin. */
export const CLOSED_MS = 10_000

/**
 * For a till that cannot open: plain words for customers, over the whole screen, instead of a box of the system's that stands until
 * somebody presses a button. May come at any time of a start. Never throws.
 */
export function showClosed(
  paths: { readonly pageDir: string; readonly preload: string },
  display: number | null,
): void {
  try {
    protocol.handle(PAGE_SCHEME, pageHandler({ pageDir: paths.pageDir, media: async () => null }))
  } catch {
    // The start came so far that the scheme is answered already.
  }
  try {
    const options = { preload: paths.preload, windowed: false, inspectable: false }
    const window = new BrowserWindow(windowOptions(options, displayFor(display)))
    window.once('ready-to-show', () => window.show())
    window.loadURL(CLOSED_URL).catch(() => undefined)
  } catch {
    // Without a display there is nobody to read it.
  }
}
