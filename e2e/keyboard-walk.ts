/** Where the keyboard stands. `seenAt`: the press at which it first stood there. */
export type Stop = { readonly name: string; readonly seenAt: number; readonly faults: readonly string[] }

/** Runs in the page, and may name nothing outside of itself. Null: the keyboard is nowhere in the page. */
export function standing(press: number): Stop | null {
  const one = document.activeElement
  if (!(one instanceof HTMLElement) || one === document.body) return null
  const seenAt = Number(one.dataset.walkedAt ?? press)
  one.dataset.walkedAt = String(seenAt)
  const name = (
    one.getAttribute('aria-label') ??
    ((one as HTMLInputElement).labels?.[0] ?? one).textContent ??
    ''
  ).trim()
  const faults: string[] = []
  if (name === '' && !one.hasAttribute('aria-labelledby')) faults.push(`a ${one.className} without a name`)
  // What is drawn may be the label of a switch, or the ring around the field and its button: a shadow that has a spread only.
  const around = [one.parentElement, one.parentElement?.parentElement].filter(
    found => found instanceof HTMLElement,
  )
  const isRinged = (element: Element): boolean => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
    const isOutlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
    return isOutlined || /0px 0px 0px [2-9]px/.test(boxShadow)
  }
  const isMarked = [one, ...around, ...one.children].some(isRinged)
  if (!one.matches(':focus-visible') || !isMarked) faults.push('nothing shows that the keyboard is there')
  const { top, left, bottom, right, width, height } = one.getBoundingClientRect()
  const isInside = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth
  if (width < 1 || height < 1 || !isInside) faults.push('it is not to be seen')
  else {
    // The middle of what can be seen of it is its own, or something in it or around it.
    const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2
    const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2
    const above = document.elementFromPoint(x, y)
    if (above && !one.contains(above) && !above.contains(one)) faults.push(`${above.className} lies on it`)
  }
  return { name: name.slice(0, 40), seenAt, faults }
}

/** Runs in the page: the next walk is a new one. */
export function forget(): void {
  for (const one of document.querySelectorAll<HTMLElement>('[data-walked-at]')) delete one.dataset.walkedAt
}

/** Runs in the page: what can be pressed or written into, is drawn, and was never stood at. Rows that arrows walk have one stop. */
export function unreached(): string[] {
  return [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary')]
    .filter(one => one.tabIndex >= 0 && !one.matches(':disabled') && one.dataset.walkedAt === undefined)
    .filter(one => one.checkVisibility({ visibilityProperty: true }) && one.closest('[inert]') === null)
    .filter(one => !(one instanceof HTMLInputElement && one.type === 'radio'))
    .map(one => (one.getAttribute('aria-label') ?? one.textContent ?? one.className).trim().slice(0, 40))
}
