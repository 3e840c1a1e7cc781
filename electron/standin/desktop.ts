import { EventEmitter } from 'node:events'

/** The parts of a desktop that a test has none of. What would be shown to a person is written to standard error. */
export const dialog = {
  showErrorBox(title: string, content: string): void {
    process.stderr.write(`${JSON.stringify({ dialog: title, content })}\n`)
  },
}

export const Menu = { setApplicationMenu: (): void => undefined }

export const powerSaveBlocker = { start: (): number => 1, stop: (): void => undefined }

export type Rectangle = {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
export type DisplayDouble = { readonly id: number; readonly bounds: Rectangle }
/** The till's, and primary: the test's viewport. */
export const DISPLAY: DisplayDouble = { id: 1, bounds: { x: 0, y: 0, width: 1_280, height: 800 } }

/** The displays that are plugged in; start.ts plugs more in and out while main runs, as Electron tells it: one event for each. */
class Screen extends EventEmitter {
  #displays: readonly DisplayDouble[] = [DISPLAY]

  constructor() {
    super()
    process.on('message', (message: { readonly displays?: readonly DisplayDouble[] }) => {
      if (message.displays) this.#plug(message.displays)
    })
    // Listening must not keep main alive.
    process.channel?.unref()
  }

  getAllDisplays(): readonly DisplayDouble[] {
    return this.#displays
  }

  getPrimaryDisplay(): DisplayDouble {
    return DISPLAY
  }

  #plug(displays: readonly DisplayDouble[]): void {
    const before = this.#displays
    this.#displays = [DISPLAY, ...displays]
    const has = (list: readonly DisplayDouble[], { id }: DisplayDouble) => list.some(one => one.id === id)
    for (const display of this.#displays)
      if (!has(before, display)) this.emit('display-added', {}, display)
      else if (JSON.stringify(before.find(({ id }) => id === display.id)) !== JSON.stringify(display))
        this.emit('display-metrics-changed', {}, display, ['bounds'])
    for (const display of before) if (!has(this.#displays, display)) this.emit('display-removed', {}, display)
  }
}
export const screen = new Screen()
export const powerMonitor = new EventEmitter()
