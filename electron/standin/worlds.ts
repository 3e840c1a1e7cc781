import type { Callable, decodeClone as Decode, encodeClone as Encode } from './clone.ts'

/**
 * What runs inside the page before any script of its own: one function in the preload's isolated world, one in the page's. Each
 * is sent as source, so it uses nothing but its arguments and the browser. They speak to each other by DOM events, which both
 * worlds see, and which carry text only.
 */
const TO_PAGE = 'standin:to-page'
const TO_PRELOAD = 'standin:to-preload'

/** The isolated world: where the preload finds `require('electron')`. */
export const PRELOAD_WORLD = 'Electron Isolated Context'
/** A function that Chromium puts into the isolated world only: text to main. */
export const SEND_BINDING = '__standinSend'
/** A function that the isolated world offers to main: text from main. */
export const RECEIVE_FUNCTION = '__standinReceive'

/** From the isolated world to main; `args` and `value` are encoded by clone.ts. */
export type FromPreload =
  /** A new document begins; everything of the one before is gone. */
  | { readonly kind: 'document'; readonly url: string }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: string }
  | { readonly kind: 'send'; readonly channel: string; readonly args: string }

/** From main to the isolated world. */
export type ToPreload =
  | { readonly kind: 'answer'; readonly id: number; readonly value: string }
  | { readonly kind: 'refusal'; readonly id: number; readonly says: string }
  | { readonly kind: 'message'; readonly channel: string; readonly args: string }

/** Between the worlds, by DOM event. */
type ToPage =
  | { readonly kind: 'expose'; readonly name: string; readonly value: string }
  | { readonly kind: 'returned'; readonly call: number; readonly value: string }
  | { readonly kind: 'promised'; readonly call: number }
  | { readonly kind: 'threw'; readonly call: number; readonly says: string }
  | { readonly kind: 'resolved'; readonly call: number; readonly value: string }
  | { readonly kind: 'rejected'; readonly call: number; readonly says: string }
  | { readonly kind: 'callback'; readonly fn: number; readonly args: string }
type ToPreloadWorld =
  | { readonly kind: 'hello' }
  | { readonly kind: 'call'; readonly call: number; readonly fn: number; readonly args: string }

type Names = { toPage: string; toPreload: string; send: string; receive: string }
type Clone = { encode: typeof Encode; decode: typeof Decode }

/** Source text for Page.addScriptToEvaluateOnNewDocument, in the isolated world. */
export function preloadWorldSource(clone: Clone, preload: string): string {
  const runPreload = `(require, module, exports) => {${preload}\n}`
  return `(${preloadWorld.toString()})(${names()}, ${sources(clone)}, ${runPreload})`
}

/** Source text for Page.addScriptToEvaluateOnNewDocument, in the page's own world. */
export function pageWorldSource(clone: Clone): string {
  return `(${pageWorld.toString()})(${names()}, ${sources(clone)})`
}

const names = (): string =>
  JSON.stringify({
    toPage: TO_PAGE,
    toPreload: TO_PRELOAD,
    send: SEND_BINDING,
    receive: RECEIVE_FUNCTION,
  } satisfies Names)

const sources = ({ encode, decode }: Clone): string =>
  `{ encode: ${encode.toString()}, decode: ${decode.toString()} }`

function preloadWorld(
  names: Names,
  { encode, decode }: Clone,
  runPreload: (require: unknown, module: unknown, exports: unknown) => void,
): void {
  // As in Electron, a preload runs in the top frame only.
  if (window.top !== window) return
  const world = globalThis as unknown as Record<string, (text: string) => void>
  const toMain = (message: FromPreload): void => world[names.send]?.(JSON.stringify(message))
  const toPage = (message: ToPage): void => {
    document.dispatchEvent(new CustomEvent(names.toPage, { detail: JSON.stringify(message) }))
  }

  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const listeners = new Map<string, Set<Callable>>()
  let invocations = 0
  const ipcRenderer = {
    invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      invocations += 1
      const id = invocations
      return new Promise((resolve, reject) => {
        const encoded = encode(args)
        waiting.set(id, {
          resolve,
          reject: error => reject(new Error(`Error invoking remote method '${channel}': ${error.message}`)),
        })
        toMain({ kind: 'invoke', id, channel, args: encoded })
      })
    },
    send(channel: string, ...args: unknown[]): void {
      toMain({ kind: 'send', channel, args: encode(args) })
    },
    on(channel: string, listener: Callable): unknown {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener))
      return ipcRenderer
    },
    off(channel: string, listener: Callable): unknown {
      listeners.get(channel)?.delete(listener)
      return ipcRenderer
    },
  }
  world[names.receive] = text => {
    const message = JSON.parse(text) as ToPreload
    if (message.kind === 'message') {
      const args = decode(message.args) as unknown[]
      for (const listener of listeners.get(message.channel) ?? []) listener({ sender: ipcRenderer }, ...args)
      return
    }
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.kind === 'answer') asked?.resolve(decode(message.value))
    else asked?.reject(new Error(message.says))
  }

  const functions: Callable[] = []
  const carry = (called: Callable): number => functions.push(called) - 1
  const callback =
    (fn: number): Callable =>
    (...args) =>
      toPage({ kind: 'callback', fn, args: encode(args, carry) })
  const exposed: Extract<ToPage, { kind: 'expose' }>[] = []
  const contextBridge = {
    exposeInMainWorld(name: string, value: unknown): void {
      const expose = { kind: 'expose', name, value: encode(value, carry) } as const
      exposed.push(expose)
      toPage(expose)
    },
  }
  const saysOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
  document.addEventListener(names.toPreload, event => {
    const message = JSON.parse((event as CustomEvent<string>).detail) as ToPreloadWorld
    if (message.kind === 'hello') {
      for (const one of exposed) toPage(one)
      return
    }
    const { call } = message
    try {
      const result = functions[message.fn]?.(...(decode(message.args, callback) as unknown[]))
      if (!(result instanceof Promise)) {
        toPage({ kind: 'returned', call, value: encode(result, carry) })
        return
      }
      toPage({ kind: 'promised', call })
      result.then(
        value => toPage({ kind: 'resolved', call, value: encode(value, carry) }),
        (error: unknown) => toPage({ kind: 'rejected', call, says: saysOf(error) }),
      )
    } catch (error) {
      toPage({ kind: 'threw', call, says: saysOf(error) })
    }
  })

  toMain({ kind: 'document', url: window.location.href })
  const module = { exports: {} }
  const require = (name: string): unknown => {
    if (name === 'electron') return { contextBridge, ipcRenderer }
    throw new Error(`module not found: ${name}`)
  }
  runPreload(require, module, module.exports)
}

function pageWorld(names: Names, { encode, decode }: Clone): void {
  if (window.top !== window) return
  const toPreload = (message: ToPreloadWorld): void => {
    document.dispatchEvent(new CustomEvent(names.toPreload, { detail: JSON.stringify(message) }))
  }
  const callbacks: Callable[] = []
  const carry = (called: Callable): number => callbacks.push(called) - 1
  const promises = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let calls = 0
  // An exposed function answers while it is called, so the answer to the newest call is here when dispatchEvent returns.
  const answers = new Map<number, ToPage>()

  const exposedFunction =
    (fn: number): Callable =>
    (...args) => {
      calls += 1
      const call = calls
      toPreload({ kind: 'call', call, fn, args: encode(args, carry) })
      const answer = answers.get(call)
      answers.delete(call)
      if (answer?.kind === 'threw') throw new Error(answer.says)
      if (answer?.kind === 'returned') return decode(answer.value, exposedFunction)
      return new Promise((resolve, reject) => promises.set(call, { resolve, reject }))
    }
  const frozen = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null) {
      for (const part of Object.values(value)) frozen(part)
      Object.freeze(value)
    }
    return value
  }
  document.addEventListener(names.toPage, event => {
    const message = JSON.parse((event as CustomEvent<string>).detail) as ToPage
    switch (message.kind) {
      case 'expose':
        if (!(message.name in window))
          Object.defineProperty(window, message.name, {
            value: frozen(decode(message.value, exposedFunction)),
            enumerable: true,
          })
        return
      case 'callback':
        callbacks[message.fn]?.(...(decode(message.args, exposedFunction) as unknown[]))
        return
      case 'resolved':
        promises.get(message.call)?.resolve(decode(message.value, exposedFunction))
        promises.delete(message.call)
        return
      case 'rejected':
        promises.get(message.call)?.reject(new Error(message.says))
        promises.delete(message.call)
        return
      default:
        answers.set(message.call, message)
    }
  })
  toPreload({ kind: 'hello' })
}
