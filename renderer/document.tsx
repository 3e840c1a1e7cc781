import { Component, type ReactNode, type RefObject, useEffect, useReducer, useRef } from 'react'
import type { Locale } from '../shared/checkout.ts'
import type { CustomerEvent } from './checkout/events.ts'
import { languageTags, setTextLocale, texts, useText } from './text/i18n.ts'

/** What the page as a document owes its readers: language, title, a word of what has come up, and where a keyboard stands. */

/**
 * Follows the screen: `lang`, the title, and the first line of a new screen, which is read out by the element that gets the
 * returned ref. When the screen has changed, and can be reached, the keyboard starts at its headline.
 */
export function useDocument(
  locale: Locale,
  place: string,
  isReachable: boolean,
): RefObject<HTMLParagraphElement | null> {
  const live = useRef<HTMLParagraphElement>(null)
  // Texts change a moment after the language; the headline is looked at again then.
  useText()
  useEffect(() => {
    setTextLocale(locale)
    document.documentElement.lang = languageTags[locale]
  }, [locale])

  // After every drawing, because a headline also changes within a place: from "asking" to "stopping", from ja to ko.
  useEffect(() => {
    const headline = document.querySelector('h1')?.textContent?.trim() ?? ''
    if (!live.current || live.current.textContent === headline) return
    live.current.textContent = headline
    document.title = headline === '' ? 'Kaikei' : `${headline} | Kaikei`
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: the place is what it follows, not what it reads
  useEffect(() => {
    const headline = document.querySelector('h1')
    if (!headline || !isReachable) return
    headline.tabIndex = -1
    // A headline takes no key, so it gets no ring: only what can be pressed shows where the keyboard is.
    headline.style.outline = 'none'
    headline.focus({ preventScroll: true })
  }, [place, isReachable])
  return live
}

/** Draws again after a time; null: nothing on the screen changes by itself. */
export function useRedrawIn(inMs: number | null): void {
  const [drawn, redraw] = useReducer((count: number) => count + 1, 0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each drawing sets the time for the next one
  useEffect(() => {
    if (inMs === null) return undefined
    const timer = setTimeout(redraw, inMs)
    return () => clearTimeout(timer)
  }, [inMs, drawn])
}

/** Any touch and any key says that somebody is there. */
export function useTouches(send: (event: CustomerEvent) => void): void {
  useEffect(() => {
    const touch = () => send({ type: 'customer.touch' })
    window.addEventListener('pointerdown', touch)
    window.addEventListener('keydown', touch)
    return () => {
      window.removeEventListener('pointerdown', touch)
      window.removeEventListener('keydown', touch)
    }
  }, [send])
}

/**
 * A bug in a screen must not end in a white page that only a person with a key can mend: a sentence is shown, and
 * `onBug` is told, which loads the page again. Money is core's; the page goes on from its snapshot.
 */
export class BugShelter extends Component<{
  readonly locale: Locale
  readonly onBug: () => void
  readonly children: ReactNode
}> {
  override state = { isBroken: false }

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true }
  }

  override componentDidCatch(): void {
    this.props.onBug()
  }

  override render(): ReactNode {
    return this.state.isBroken ? <h1>{texts[this.props.locale]['closed.starting']}</h1> : this.props.children
  }
}
