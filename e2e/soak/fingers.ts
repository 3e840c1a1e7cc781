import type { WatchedPage } from './watchedPage.ts'

/** Longer than the page guards against a double tap (`settleMs` of `renderer/checkout/delays.ts`). */
const GUARDED_MS = 600
const PATIENCE_MS = 30_000

/**
 * A customer who is quicker than any: presses as soon as something is there, and waits for no animation. For the time in which
 * the page takes no press, as it may be the second tap of a double tap, the page's clock is put forward. Looks from inside the
 * page and takes nothing out of it: a hold on an element would keep a screen in memory that is long gone.
 */
export class Fingers {
  readonly #page: WatchedPage
  constructor(page: WatchedPage) {
    this.#page = page
  }

  async opens(url: string): Promise<void> {
    await this.#page.goto(url, `(${putForward})(${GUARDED_MS})`)
  }

  press(name: string): Promise<void> {
    return this.#look('button', name, true, null)
  }

  /** Again and again, as people do when a press does nothing: the lane may not be free yet. */
  pressUntilThereIs(name: string, next: string): Promise<void> {
    return this.#look('button', name, true, next)
  }

  sees(title: string): Promise<void> {
    return this.#look('h1', title, false, null)
  }

  seesCode(): Promise<void> {
    return this.#look('[role=img]', 'QRコード', false, null)
  }

  /** `until`: a button that has to come up. */
  async #look(selector: string, name: string, press: boolean, until: string | null): Promise<void> {
    const wish = JSON.stringify({ selector, name, press, until, patienceMs: PATIENCE_MS })
    if (!(await this.#page.evaluate(`(${look})(${wish})`))) throw new Error(`the page does not show ${name}`)
  }
}

// What follows runs in the page.

function putForward(guardedMs: number): void {
  const now = performance.now.bind(performance)
  let skippedMs = 0
  performance.now = () => now() + skippedMs
  addEventListener('click', () => (skippedMs += guardedMs), { capture: true })
}

type Wish = { selector: string; name: string; press: boolean; until: string | null; patienceMs: number }

async function look({ selector, name, press, until, patienceMs }: Wish): Promise<boolean> {
  const find = (among: string, words: string): Element | undefined =>
    [...document.querySelectorAll(among)].find(one =>
      (one.ariaLabel ?? one.textContent ?? '').includes(words),
    )
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 10) {
    if (until !== null && find('button', until)) return true
    const found = find(selector, name)
    if (found && press) (found as HTMLElement).click()
    if (found && until === null) return true
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  return false
}
