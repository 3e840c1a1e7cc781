import { EventEmitter } from 'node:events'
import { decodeClone, encodeClone } from './clone.ts'
import type { FromPreload, ToPreload } from './worlds.ts'

export type Frame = {
  readonly url: string
  readonly parent: Frame | null
  readonly frameTreeNodeId: number
}

/** The window that a message came from, and the frame in it. */
export type IpcEvent = {
  readonly sender: { readonly mainFrame: Frame }
  readonly senderFrame: Frame | null
}
type Handler = (event: IpcEvent, ...args: unknown[]) => unknown

class IpcMain extends EventEmitter {
  readonly #handlers = new Map<string, Handler>()

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.#handlers.set(channel, handler)
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel)
  }

  /** A message of a page's; the answer, if it wants one. */
  async receive(
    event: IpcEvent,
    message: Exclude<FromPreload, { kind: 'document' }>,
  ): Promise<ToPreload | null> {
    const args = decodeClone(message.args) as unknown[]
    if (message.kind === 'send') {
      this.emit(message.channel, event, ...args)
      return null
    }
    const { id, channel } = message
    try {
      const handler = this.#handlers.get(channel)
      if (!handler) throw new Error(`No handler registered for '${channel}'`)
      return { kind: 'answer', id, value: encodeClone(await Promise.resolve(handler(event, ...args))) }
    } catch (error) {
      return { kind: 'refusal', id, says: String(error) }
    }
  }
}

export const ipcMain = new IpcMain()
