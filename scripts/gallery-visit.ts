import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import { look } from './gallery-look.ts'
import { readQr } from './qr-reader.ts'

// AxeBuilder brings axe into the page anew for each look, and opens a second page to finish; here it is brought once, which makes
// looking at some hundred screens bearable.
const builders = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'))
const { source: axeSource } = builders('axe-core') as { readonly source: string }

type AxeFound = { readonly id: string; readonly nodes: readonly { readonly target: readonly unknown[] }[] }
declare global {
  interface Window {
    readonly axe?: {
      run(options: { resultTypes: string[] }): Promise<{ violations: readonly AxeFound[] }>
    }
  }
}

/** A set: a language, and how the screen is set. `ja-large`, `en`, `ko-training`; `ja-double`: the browser's zoom at 200 %. */
export type GallerySet =
  `${'ja' | 'en' | 'zh' | 'ko'}${'' | '-large' | '-contrast' | '-training' | '-called' | '-double'}`

/** The attendant's screens, by their names. */
export function isDesk(screen: string): boolean {
  return screen === 'desk' || screen.startsWith('desk-')
}

/** Those of a screen of the network: before it is paired, and a display's. */
export function isNetwork(screen: string): boolean {
  return screen.startsWith('network-')
}

/** A display shows, and takes no touch. */
function isDisplay(screen: string): boolean {
  return screen.startsWith('network-display')
}

/** What staff read, and whoever sets up a screen: near, and in two languages. */
function isStaffs(screen: string): boolean {
  return isDesk(screen) || (isNetwork(screen) && !isDisplay(screen))
}

/** The desk's letters grow with the browser's zoom, which a customer never has, and nobody chooses large letters for a display. */
export function speaksIn(screen: string, set: GallerySet): boolean {
  if (set.endsWith('-double')) return isDesk(screen)
  if (isNetwork(screen) && set.endsWith('-large')) return false
  return !isStaffs(screen) || set === 'ja' || set === 'en' || set === 'ja-contrast'
}

/** One page that walks through the gallery in one set and measures what it sees. */
export class GalleryVisit {
  readonly #page: Page
  readonly #set: GallerySet
  /** Where the primary action and the round place were first seen: they may be nowhere else. */
  readonly #places = new Map<string, string>()

  constructor(page: Page, set: GallerySet) {
    this.#page = page
    this.#set = set
  }

  /** The names of all screens. */
  async comes(galleryUrl: string): Promise<readonly string[]> {
    const contrast = this.#set.endsWith('-contrast') ? 'more' : 'no-preference'
    // Stamps and fades have to be over, or their colours are measured half-way.
    await this.#page.emulateMedia({ reducedMotion: 'reduce', contrast })
    if (this.#set.endsWith('-double')) await this.#zoomsTwofold()
    await this.#page.goto(`${galleryUrl}?screen=none`)
    await this.#page.locator('a').first().waitFor()
    return this.#page.locator('a').allInnerTexts()
  }

  /** At 200 % a browser lays a page out for half of the width and height, and draws it twice as large. */
  async #zoomsTwofold(): Promise<void> {
    const { width, height } = this.#page.viewportSize() ?? { width: 1280, height: 800 }
    await this.#page.setViewportSize({ width: Math.floor(width / 2), height: Math.floor(height / 2) })
  }

  async shows(screen: string): Promise<void> {
    const [locale = 'ja', manner] = this.#set.split('-')
    const asked = new URLSearchParams({ screen, locale })
    if (manner === 'large') asked.set('large', '1')
    if (manner === 'training') asked.set('mode', 'training')
    if (manner === 'called') asked.set('called', '1')
    await this.#page.evaluate(async to => {
      history.pushState(null, '', to)
      dispatchEvent(new PopStateEvent('popstate'))
      const frame = () => new Promise(resolve => requestAnimationFrame(resolve))
      await frame()
      await frame()
      const images = [...document.images].filter(image => image.getBoundingClientRect().top < innerHeight)
      await Promise.race([
        Promise.all(images.map(image => image.decode().catch(() => {}))),
        new Promise(resolve => setTimeout(resolve, 2_000)),
      ])
      await document.fonts.ready
      await frame()
    }, `?${asked}`)
    // These are conversations with a host; they say when they have got there.
    if (isDesk(screen) || isNetwork(screen))
      await this.#page.locator(`:root[data-drawn="${screen}"]`).waitFor({ timeout: 15_000 })
  }

  /** What is wrong with the screen that is shown, in words; nothing: it is as it should be. */
  async measures(): Promise<readonly string[]> {
    const screen = new URL(this.#page.url()).searchParams.get('screen') ?? ''
    // Staff stand nearer, and know where to press.
    const least = isStaffs(screen) ? { letterPx: 13, targetPx: 44 } : { letterPx: 24, targetPx: 64 }
    const { wrong, go, seal, qr } = await this.#page.evaluate(look, least)
    // A pairing page has its action below its field, and a TV is wider than the tablets that the places were made for.
    const where = isNetwork(screen) ? ' of the network' : ''
    const faults = [
      ...wrong,
      ...this.#stays(`primary action${where}`, go),
      ...this.#stays(`round place${where}`, seal),
    ]
    if (isDisplay(screen) && (await this.#page.locator('button, a').count()) > 0)
      faults.push('a display has something to press')
    if (!qr) return faults
    const { width, height } = this.#page.viewportSize() ?? { width: 0, height: 0 }
    const side = Math.min(width, height)
    if (qr.widthPx < side * 0.45) faults.push(`the QR is ${qr.widthPx} px wide, under 45 % of ${side}`)
    if (!Number.isInteger(qr.modulePx)) faults.push(`a module of the QR is ${qr.modulePx} px`)
    if (!readQr(await this.#page.screenshot())?.startsWith('https://'))
      faults.push('the QR cannot be read from the picture')
    return faults
  }

  /** What axe finds. */
  async isAccessible(): Promise<readonly string[]> {
    if (!(await this.#page.evaluate(() => 'axe' in window))) await this.#page.evaluate(axeSource)
    const violations = await this.#page.evaluate(async () => {
      const found = await window.axe?.run({ resultTypes: ['violations'] })
      return found?.violations.map(({ id, nodes }) => ({
        id,
        where: nodes.map(node => node.target.join(' ')),
      }))
    })
    if (!violations) throw new Error('axe is not in the page')
    return violations.map(({ id, where }) => `axe ${id}: ${where.slice(0, 3).join(', ')}`)
  }

  #stays(what: string, place: string | null): readonly string[] {
    if (place === null) return []
    const first = this.#places.get(what) ?? place
    this.#places.set(what, first)
    return first === place ? [] : [`the ${what} is at ${place}, elsewhere at ${first}`]
  }
}
