/**
 * Notes on the page which kind of pointer was used last, for its styles: under a finger there is no arrow to show, and Chromium would leave
 * one standing where the finger was. A mouse that moves brings it back.
 */
export function followPointer(target: Pick<Window, 'addEventListener'>, page: HTMLElement): void {
  const follow = ({ pointerType }: PointerEvent): void => {
    const last = pointerType === 'mouse' ? 'mouse' : 'touch'
    if (page.dataset.pointer !== last) page.dataset.pointer = last
  }
  for (const name of ['pointerdown', 'pointermove'] as const)
    target.addEventListener(name, follow, { capture: true, passive: true })
}
