import { EventEmitter } from 'node:events'

/** The parts of a desktop that a test has none of. What would be shown to a person is written to standard error. */
export const dialog = {
  showErrorBox(title: string, content: string): void {
    process.stderr.write(`${JSON.stringify({ dialog: title, content })}\n`)
  },
}

export const Menu = { setApplicationMenu: (): void => undefined }

export const powerSaveBlocker = { start: (): number => 1, stop: (): void => undefined }

/** A machine without a key store: the only honest answer here. */
export const safeStorage = {
  isAsyncEncryptionAvailable: (): Promise<boolean> => Promise.resolve(false),
  getSelectedStorageBackend: (): string => 'basic_text',
  encryptStringAsync: (): Promise<Buffer> => Promise.reject(new Error('no key store')),
  decryptStringAsync: (): Promise<never> => Promise.reject(new Error('no key store')),
}

export type Rectangle = {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
/** The one display that a test has. */
export const DISPLAY = { id: 1, bounds: { x: 0, y: 0, width: 1_280, height: 800 } as Rectangle }

class Screen extends EventEmitter {
  getAllDisplays(): readonly (typeof DISPLAY)[] {
    return [DISPLAY]
  }
  getPrimaryDisplay(): typeof DISPLAY {
    return DISPLAY
  }
}
export const screen = new Screen()
export const powerMonitor = new EventEmitter()
