import { EventEmitter } from 'node:events'
import { Preventable } from './preventable.ts'

type RequestListener = (
  details: { readonly url: string; readonly method: string },
  answer: (response: { readonly cancel?: boolean }) => void,
) => void

/** Permission handlers are taken and never asked: nothing in the stand-in grants anything. */
export class Session extends EventEmitter {
  #beforeRequest: RequestListener | null = null
  readonly webRequest = {
    onBeforeRequest: (listener: RequestListener): void => {
      this.#beforeRequest = listener
    },
  }

  setPermissionCheckHandler(): void {}
  setPermissionRequestHandler(): void {}
  setDevicePermissionHandler(): void {}
  setSpellCheckerEnabled(): void {}

  /** What main says about a file that a page gives away. */
  allowsDownload(url: string, name: string): boolean {
    const event = new Preventable()
    this.emit('will-download', event, { getURL: () => url, getFilename: () => name })
    return !event.defaultPrevented
  }

  /** What main says about a request that a page is about to make. */
  allows(url: string, method: string): Promise<boolean> {
    const listener = this.#beforeRequest
    if (!listener) return Promise.resolve(true)
    return new Promise(resolve => listener({ url, method }, ({ cancel }) => resolve(cancel !== true)))
  }
}

type SchemeHandler = (request: Request) => Response | Promise<Response>

export class Protocol {
  readonly #privileged = new Set<string>()
  readonly #handlers = new Map<string, SchemeHandler>()

  registerSchemesAsPrivileged(
    schemes: readonly { readonly scheme: string; readonly privileges?: { readonly standard?: boolean } }[],
  ): void {
    for (const { scheme, privileges } of schemes) if (privileges?.standard) this.#privileged.add(scheme)
  }

  handle(scheme: string, handler: SchemeHandler): void {
    // Without it the scheme has no origin and no relative addresses, and the page would not work in Electron.
    if (!this.#privileged.has(scheme)) throw new Error(`the scheme ${scheme} was not registered as standard`)
    this.#handlers.set(scheme, handler)
  }

  handlerOf(url: string): SchemeHandler | undefined {
    return this.#handlers.get(new URL(url).protocol.slice(0, -1))
  }
}

export const session = { defaultSession: new Session() }
export const protocol = new Protocol()

/**
 * Chromium as it comes knows no schemes of others, so `kaikei://app/x` travels as `http://app.kaikei.localhost/x`, which is as
 * trustworthy to it. It is answered inside the browser and never reaches a network.
 */
export function toChromium(url: string): string {
  const match = /^([a-z]+):\/\/([a-z]+)(\/.*)?$/.exec(url)
  return match && !/^(https?|file|data|blob|devtools)$/.test(match[1] ?? '')
    ? `http://${match[2]}.${match[1]}.localhost${match[3] ?? '/'}`
    : url
}

export function fromChromium(url: string): string {
  if (url.startsWith('blob:')) return `blob:${fromChromium(url.slice('blob:'.length))}`
  const match = /^http:\/\/([a-z]+)\.([a-z]+)\.localhost(\/.*)$/.exec(url)
  return match ? `${match[2]}://${match[1]}${match[3]}` : url
}
