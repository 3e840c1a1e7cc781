import { type KeyboardEvent, useEffect, useRef } from 'react'

/** Escape closes what is open around the keyboard, and the keyboard goes back to what opened it. */
export function closeByEscape(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Escape' || event.defaultPrevented || !(event.target instanceof Element)) return
  const around = event.target.closest('search, section, aside')
  const opener = around?.querySelector<HTMLElement>('[aria-expanded=true]')
  if (!opener) return
  event.preventDefault()
  opener.click()
  opener.focus()
}

/**
 * A button may be gone once it has done its work. The keyboard then stands on the part of the desk that the button was in, so that
 * whoever sees or hears it does not begin again at the top. Answers what remembers where the keyboard is.
 */
export function useKeyboardsPlace(): (event: { readonly target: EventTarget }) => void {
  const stood = useRef<{ readonly on: Element; readonly parts: readonly HTMLElement[] } | null>(null)
  useEffect(() => {
    // A browser tells nobody that what was focused is gone.
    const observer = new MutationObserver(() => {
      if (!stood.current || stood.current.on.isConnected || document.activeElement !== document.body) return
      stood.current.parts.find(part => part.isConnected)?.focus({ preventScroll: true })
    })
    observer.observe(document.body, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [])
  return ({ target }) => {
    if (!(target instanceof Element)) return
    const parts: HTMLElement[] = []
    for (let part = target.parentElement; part; part = part.parentElement)
      if (part.hasAttribute('tabindex')) parts.push(part)
    stood.current = { on: target, parts }
  }
}
