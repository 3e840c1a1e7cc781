import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { PNG } from 'pngjs'
import { type Attempt, CALM } from './attempts.ts'
import { type Display, HEIGHT, WIDTH } from './display.ts'
import type { Front } from './front.ts'
import type { Look } from './reporter.ts'
import type { Session } from './session.ts'

export type Seen = {
  readonly name: string
  readonly isShut: boolean
  readonly saw: readonly string[]
  readonly came: string
}

/** Nothing moves on the first screen where the desktop asks for calm, but the pointer and the ring around what a key would press. */
const PIXELS = 6_000
/** And nothing at all on Chromium's own pages: a bar for searching takes as many as this. */
const STILL_PIXELS = 1_000
const WHOLE = `${WIDTH}x${HEIGHT}+0+0`

/**
 * A page that was taken over can spoil its own screen: with a dialog that goes by Escape or by itself, by going where the policies show
 * "blocked", still the one window over the whole screen, or by ending, so that the till is opened anew. No address and no file is reached;
 * a new document, or a new browser, is the till again.
 */
const NUISANCES: ReadonlySet<string> = new Set([
  ...['foreign link', 'other port', 'mailto link', 'tel link', 'app link', 'file download'],
  ...['file input', 'open file picker', 'directory picker', 'save picker', 'protocol handler', 'eyedropper'],
  ...['colour input', 'date input', 'element over the screen', 'alert', 'confirm', 'prompt', 'print'],
  ...['beforeunload and reload', 'window close'],
  ...['foreign link, then F7', 'foreign link, then ctrl+shift+i'],
])

/** Tries one way out after the other, and looks after each whether the screen is still the till and nothing but the till. */
export class Run {
  readonly #display: Display
  readonly #front: Front
  readonly #session: Session
  readonly #pictures: string | null
  #first: Look | null = null
  #picture: PNG | null = null
  #starts = 0

  constructor(display: Display, front: Front, session: Session, pictures: string | null) {
    this.#display = display
    this.#front = front
    this.#session = session
    this.#pictures = pictures
  }

  /** Until the till stands there; what it looks like then is what it has to look like. */
  async begin(timeoutMs = 90_000): Promise<readonly string[]> {
    let deadline = Date.now() + timeoutMs
    this.#display.hands(...CALM)
    let saw: readonly string[] = ['the page never answered']
    while (Date.now() < deadline) {
      const look = await this.#front.order('look', 1_500)
      if (look?.heading) {
        await pause(700)
        this.#first = await this.#front.order('look', 1_500)
        this.#picture = this.#display.picture()
        this.#starts = this.#session.starts
        saw = this.#first ? this.#apart(this.#first) : ['the page does not answer']
        if (saw.length === 0) return saw
        deadline = Math.min(deadline, Date.now() + 4_000)
      }
      await pause(200)
    }
    return saw
  }

  async attempt(one: Attempt): Promise<Seen> {
    if (one.deed) await this.#front.order(one.deed, 1_500)
    one.act(this.#display)
    await pause(one.settleMs ?? 120)
    if (one.then) return this.#goFurther(one.name, one.then)
    const look = await this.#front.order('look', 1_500)
    const saw = look ? this.#apart(look) : ['the page does not answer']
    let isShut = saw.length === 0
    if (!isShut) {
      this.keep(one.name)
      const isCovered = this.#display.windows().join() === WHOLE && this.#session.starts === this.#starts
      const isBack = await this.#putRight()
      isShut = (isCovered || isBack) && NUISANCES.has(one.name)
    }
    return { name: one.name, isShut, saw, came: one.deed ? (look?.came ?? '') : '' }
  }

  /** Away from the till no key may lead further: the screen stays as it was, or is the till again. */
  async #goFurther(name: string, key: string): Promise<Seen> {
    const saw: string[] = []
    if (await this.#front.order('look', 500)) saw.push('the page never went away')
    const before = this.#display.picture()
    this.#display.hands('key', key)
    await pause(900)
    const isCovered = this.#display.windows().join() === WHOLE
    if (!isCovered) saw.push(`windows: ${this.#display.windows().join(', ')}`)
    const pixels = differing(before, this.#display.picture())
    if (pixels > STILL_PIXELS) saw.push(`${pixels} pixels are others`)
    if (saw.length > 0) this.keep(name)
    const isBack = saw.length > 0 && (await this.#standsAnew())
    if (!isBack) {
      this.#session.kill()
      await pause(500)
      await this.begin()
    }
    return { name, isShut: saw.length === 0 || isBack || (isCovered && NUISANCES.has(name)), saw, came: '' }
  }

  /** kill -9, and the unit's new start: is anything asked about yesterday? */
  async crash(): Promise<Seen> {
    this.#session.kill()
    await pause(500)
    const saw = await this.begin()
    return { name: 'a browser that was killed', isShut: saw.length === 0, saw, came: '' }
  }

  keep(name: string): void {
    if (this.#pictures === null) return
    mkdirSync(this.#pictures, { recursive: true })
    writeFileSync(
      join(this.#pictures, `${name.replaceAll(/\W+/g, '-')}.png`),
      PNG.sync.write(this.#display.picture()),
    )
  }

  /** What is not as it was at first, in words. */
  #apart(look: Look): string[] {
    const saw: string[] = []
    const first = this.#first
    if (!first) return ['there is nothing to compare with']
    for (const name of ['href', 'ratio', 'width', 'height', 'scale', 'heading', 'born'] as const)
      if (look[name] !== first[name]) saw.push(`${name} is ${look[name]}, was ${first[name]}`)
    if (look.width !== WIDTH || look.height !== HEIGHT) saw.push(`the page has ${look.width}x${look.height}`)
    if (!look.focused) saw.push('something else has the keyboard')
    if (!look.visible || !look.drawn) saw.push('the page is not shown')
    const windows = this.#display.windows()
    if (windows.join() !== WHOLE) saw.push(`windows: ${windows.join(', ')}`)
    if (!this.#display.isManaged) saw.push('the window manager has ended')
    if (this.#session.starts !== this.#starts) saw.push('the browser has ended and was started again')
    if (this.#front.strays.length > 0) saw.push(`the page went to ${this.#front.strays.splice(0).join(', ')}`)
    const pixels = differing(this.#picture, this.#display.picture())
    if (pixels > PIXELS) saw.push(`${pixels} pixels are not the till’s`)
    return saw
  }

  /** By itself, in the document that is there now: a page that was loaded again, a browser that ended and was started again. */
  async #standsAnew(): Promise<boolean> {
    const [born, starts] = [this.#first?.born, this.#starts]
    for (let times = 0; times < 8; times += 1) {
      await pause(500)
      const look = await this.#front.order('look', 1_000)
      if (!look || !this.#first) continue
      this.#first = { ...this.#first, born: look.born }
      this.#starts = this.#session.starts
      if (this.#apart(look).length === 0) return true
    }
    if (this.#first && born !== undefined) this.#first = { ...this.#first, born }
    this.#starts = starts
    return false
  }

  /** Every attempt begins at the till: Escape (true), and where that does not do, a new browser. */
  async #putRight(): Promise<boolean> {
    for (let times = 0; times < 3; times += 1) {
      this.#display.hands('key', 'Escape', ...CALM)
      await pause(300)
      const look = await this.#front.order('look', 1_000)
      if (look && this.#apart(look).length === 0) return true
    }
    if (await this.#standsAnew()) return true
    if (this.#session.starts === this.#starts) this.#session.kill()
    await pause(500)
    await this.begin()
    return false
  }
}

function differing(one: PNG | null, other: PNG): number {
  if (!one) return Number.POSITIVE_INFINITY
  const isApart = (at: number): boolean => Math.abs((one.data[at] ?? 0) - (other.data[at] ?? 0)) > 8
  let count = 0
  for (let at = 0; at < other.data.length; at += 4)
    if (isApart(at) || isApart(at + 1) || isApart(at + 2)) count += 1
  return count
}
