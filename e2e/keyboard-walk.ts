/** Where the keyboard stands. `seenAt`: the press at which it first stood there. `faults`: of it, and of the stop before it. */
export type Stop = { readonly name: string; readonly seenAt: number; readonly faults: readonly string[] }

declare global {
  interface Window {
    /** The stop before, and how it and what is drawn for it looked while the keyboard was there. */
    walkedFrom?:
      | { readonly name: string; readonly drawn: readonly (readonly [Element, string])[] }
      | undefined
  }
}

/** Runs in the page, and may name nothing outside of itself. Null: the keyboard is nowhere in the page. */
export function standing(press: number): Stop | null {
  const faults: string[] = []
  /** An outline, or a shadow that has a spread only; empty: none. */
  const ringOf = (element: Element): string => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(element)
    const isOutlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
    const outline = isOutlined ? `${outlineStyle} ${outlineWidth} ${outlineColor}` : ''
    const shadow = /0px 0px 0px [2-9]px/.test(boxShadow) ? boxShadow : ''
    return `${outline}${shadow}`
  }
  const before = window.walkedFrom
  const one = document.activeElement
  if (before?.drawn.every(([element]) => element !== one)) {
    const goes = ([element, ring]: readonly [Element, string]) => ring !== '' && ringOf(element) !== ring
    if (!before.drawn.some(goes))
      faults.push(`${before.name}: its ring does not come and go with the keyboard`)
    window.walkedFrom = undefined
  }
  if (!(one instanceof HTMLElement) || one === document.body)
    return faults.length === 0 ? null : { name: 'elsewhere', seenAt: press, faults }
  const seenAt = Number(one.dataset.walkedAt ?? press)
  one.dataset.walkedAt = String(seenAt)
  const name = (
    one.getAttribute('aria-label') ??
    ((one as HTMLInputElement).labels?.[0] ?? one).textContent ??
    ''
  ).trim()
  if (name === '' && !one.hasAttribute('aria-labelledby')) faults.push(`a ${one.className} without a name`)
  // What is drawn may be the label of a file's field, or the box around the search field; never a neighbour's.
  const drawn = [one, one.closest('.upload'), one.matches('input') ? one.closest('.find') : null]
    .filter(found => found !== null)
    .map(element => [element, ringOf(element)] as const)
  // In a field for a date the keyboard goes on from part to part, and the last of them has a ring of its own.
  window.walkedFrom ??= { name: name.slice(0, 40), drawn }
  if (!one.matches(':focus-visible') || drawn.every(([, ring]) => ring === ''))
    faults.push('nothing shows that the keyboard is there')
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
  window.walkedFrom = undefined
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

/** Runs in the page: how those who hear it find their way. One main part, one first heading, levels in turn, and names that differ. */
export function unnamed(): string[] {
  const seen = (selector: string) =>
    [...document.querySelectorAll<HTMLElement>(selector)].filter(one => one.checkVisibility())
  const faults: string[] = []
  if (seen('main').length !== 1) faults.push(`${seen('main').length} main parts`)
  for (const part of ['nav', 'aside'])
    for (const one of seen(part)) if (!one.getAttribute('aria-label')) faults.push(`a ${part} without a name`)
  const names = seen('nav, aside, section[aria-label], search, fieldset[aria-label]')
    .map(one => `${one.localName} ${one.getAttribute('aria-label')}`)
    .toSorted()
  faults.push(...names.filter((name, at) => name === names[at + 1]).map(name => `two of ${name}`))
  const headings = seen('h1, h2, h3, h4, h5, h6')
  let level = 0
  for (const heading of headings) {
    const next = Number(heading.localName.slice(1))
    if (!heading.textContent?.trim()) faults.push(`an empty ${heading.localName}`)
    if (next > level + 1) faults.push(`${heading.localName} ${heading.textContent} after h${level}`)
    level = next
  }
  if (headings.filter(one => one.localName === 'h1').length !== 1) faults.push('not one h1')
  return faults
}
