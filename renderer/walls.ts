import { mayType } from '../shared/keyboard.ts'

/**
 * What a browser would do beside the page, refused by the page: keys that are a browser's own, menus, zoom, dragging and dropping. Chromium
 * asks the page first where it fills the screen. Only there: whoever has the till in a tab keeps
 * their browser's keys. Electron's window refuses the same keys before the page sees them.
 */
export function refuseWaysOut(target: Window): void {
  const fills = target.matchMedia('(display-mode: fullscreen)')
  const refuse = <T extends keyof WindowEventMap>(
    types: readonly T[],
    isRefused: (event: WindowEventMap[T]) => boolean = () => true,
  ): void => {
    for (const type of types)
      target.addEventListener(
        type,
        event => {
          if (fills.matches && isRefused(event)) event.preventDefault()
        },
        // A wheel's listener is passive unless it says otherwise, and then refuses nothing.
        { capture: true, passive: false },
      )
  }
  refuse(
    ['keydown', 'keyup'],
    ({ key, ctrlKey, shiftKey, altKey, metaKey }) =>
      !mayType({ key, control: ctrlKey, shift: shiftKey, alt: altKey, meta: metaKey }),
  )
  refuse(['contextmenu', 'dragstart', 'dragover', 'drop'])
  refuse(['wheel'], ({ ctrlKey }) => ctrlKey)
  // The wheel's button scrolls or pastes, and the two beyond it go back and forward.
  refuse(['mousedown', 'mouseup', 'auxclick'], ({ button }) => button === 1 || button > 2)
}
