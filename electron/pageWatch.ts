import type { WebContents } from 'electron'
import type { Clock } from '../core/clock.ts'
import type { Printing } from './printing.ts'

export const WATCH = {
  /** How often a page is asked whether it still draws. */
  everyMs: 1_000,
  /** A page that does not answer for so long hangs. With `everyMs` and a load it is there again within five seconds. */
  answersWithinMs: 3_000,
  /** Looks in a row that find nothing drawn; one alone may fall between two screens. */
  blankLooks: 3,
  /** A page that has not finished loading by then never will. */
  loadsWithinMs: 15_000,
  /** How often the picture itself is looked at: a screen can stay white while its page is well. */
  pictureEveryMs: 2_000,
  whitePictures: 2,
} as const

/** Main's own question, in the page's world: a page that answers yes has drawn words that somebody can read. */
export const LOOK = `(() => {
  const root = document.getElementById('page')
  return root !== null && root.getBoundingClientRect().height > 0 && root.innerText.trim() !== ''
})()`

/** Every so many pixels one is looked at. */
const PICTURE_STEP = 97
const BYTES_A_PIXEL = 4

/**
 * Watches one page until it is lost or no longer wanted: `lost` is called at most once, with why, when the page does not load, does not
 * answer, draws nothing, or its picture is one colour all over. The answer ends the watch.
 */
export function watchPage(page: {
  readonly contents: WebContents
  readonly clock: Clock
  readonly printing: Printing
  readonly lost: (says: string) => void
  /** Called at each look that finds it drawn. */
  readonly stands?: () => void
}): () => void {
  const { contents, clock, printing } = page
  let isOver = false
  const callOffs = new Set<() => void>()
  const end = (): void => {
    isOver = true
    for (const callOff of callOffs) callOff()
  }
  const lose = (says: string): void => {
    if (isOver) return
    end()
    page.lost(says)
  }
  const after = (ms: number, act: () => void, waits: Pick<Clock, 'after'> = clock): (() => void) => {
    const callOff = waits.after(ms, () => {
      callOffs.delete(callOff)
      if (!isOver) act()
    })
    callOffs.add(callOff)
    return () => {
      callOffs.delete(callOff)
      callOff()
    }
  }

  let blanks = 0
  const look = (): void => {
    const askedAtMs = clock.monotonicMs()
    const late = after(WATCH.answersWithinMs, () => lose('its page did not answer any more'), printing)
    const answered = (drawn: boolean): void => {
      late()
      printing.answered(askedAtMs)
      blanks = drawn ? 0 : blanks + 1
      if (drawn) page.stands?.()
      if (blanks >= WATCH.blankLooks) lose('its page showed nothing')
      else after(WATCH.everyMs, look)
    }
    // A page that cannot even be asked has drawn nothing.
    contents.executeJavaScript(LOOK).then(
      drawn => answered(drawn === true),
      () => answered(false),
    )
  }
  let whites = 0
  const photograph = (): void => {
    const next = (): void => void after(WATCH.pictureEveryMs, photograph)
    contents.capturePage().then(picture => {
      whites = !picture.isEmpty() && isOneColour(picture.toBitmap()) ? whites + 1 : 0
      if (whites >= WATCH.whitePictures) lose('its picture was one colour all over')
      else next()
    }, next)
  }

  const late = after(WATCH.loadsWithinMs, () => lose('its page did not finish loading'))
  contents.once('did-finish-load', () => {
    late()
    after(WATCH.everyMs, look)
    after(WATCH.pictureEveryMs, photograph)
  })
  return end
}

/** `bitmap`: four bytes a pixel. */
export function isOneColour(bitmap: Uint8Array): boolean {
  for (let at = 0; at < bitmap.length; at += PICTURE_STEP * BYTES_A_PIXEL)
    for (let byte = 0; byte < BYTES_A_PIXEL; byte += 1) if (bitmap[at + byte] !== bitmap[byte]) return false
  return bitmap.length > 0
}
