/** What a screen measures itself to be; runs inside the page, so it may use nothing from outside this function. */
export type Look = {
  readonly wrong: readonly string[]
  /** Edges of the primary action, and the centre of the round place, in px; null where there is none. */
  readonly go: string | null
  readonly seal: string | null
  readonly qr: { readonly widthPx: number; readonly modulePx: number } | null
}

export function look({ letterPx, targetPx }: { letterPx: number; targetPx: number }): Look {
  type Box = { left: number; top: number; right: number; bottom: number }
  const wrong: string[] = []
  const screen = document.querySelector('.attendant, .screen') ?? document.body
  const whole = screen.getBoundingClientRect()
  const scrollers =
    '.shelf, .rail, .receipt-card, .rows, .daybook, .one-main, .refund-body, .desk-one, .day-days, .day-report, .day-side, .day-table, .upkeep-body, .filters, .find ~ .pad, .network-install'
  const isSeen = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    getComputedStyle(element).clipPath === 'none' &&
    !element.closest('.hidden') &&
    !element.closest('[inert]')
  const nameOf = (element: Element): string =>
    `<${element.localName}${element.getAttribute('class') ? `.${element.getAttribute('class')}` : ''}> "${(element.textContent ?? '').trim().slice(0, 16)}"`

  const boxes: { of: Element; box: Box }[] = []
  const texts = document.createTreeWalker(screen, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const of = node.parentElement
    if (!of || !node.textContent?.trim() || !isSeen(of)) continue
    const scale = of instanceof SVGGraphicsElement ? (of.getScreenCTM()?.a ?? 1) : 1
    const px = Number.parseFloat(getComputedStyle(of).fontSize) * scale
    if (px < letterPx - 0.01) wrong.push(`letters of ${px.toFixed(1)} px in ${nameOf(of)}`)
    const range = document.createRange()
    range.selectNodeContents(node)
    for (const { left, top, right, bottom } of range.getClientRects()) {
      if (right - left < 1) continue
      // The box of a line is taller than its letters; figures stand on the line and have nothing below it.
      if (getComputedStyle(of).writingMode !== 'horizontal-tb') {
        const middle = (left + right) / 2
        boxes.push({ of, box: { left: middle - px / 2, top, right: middle + px / 2, bottom } })
        continue
      }
      const line = bottom - (bottom - top) * 0.2
      const isFigure = /^[\d¥,:.]+$/.test(node.textContent.trim())
      const ink = isFigure ? { up: 0.73, down: 0 } : { up: 0.82, down: 0.04 }
      // A long name ends in an ellipsis; what comes after it is not seen.
      const seenTo = of.closest('.name > span')?.getBoundingClientRect().bottom ?? Number.POSITIVE_INFINITY
      if (line > seenTo) continue
      const isCut = getComputedStyle(of).textOverflow === 'ellipsis'
      const seenRight = isCut ? Math.min(right, of.getBoundingClientRect().right) : right
      boxes.push({
        of,
        box: { left, top: line - px * ink.up, right: seenRight, bottom: line + px * ink.down },
      })
    }
  }
  const outside = ({ left, top, right, bottom }: Box): boolean =>
    left < whole.left - 1 || right > whole.right + 1 || top < whole.top - 1 || bottom > whole.bottom + 1
  for (const { of, box } of boxes)
    if (!of.closest(scrollers) && outside(box)) wrong.push(`off the screen: ${nameOf(of)}`)

  const controls = [...screen.querySelectorAll('button, a, [role=button]')].filter(isSeen)
  for (const control of controls) {
    const { width, height } = control.getBoundingClientRect()
    if (width < targetPx - 0.5 || height < targetPx - 0.5)
      wrong.push(`target of ${width.toFixed(0)} x ${height.toFixed(0)} px: ${nameOf(control)}`)
    if (!control.closest(scrollers) && outside(control.getBoundingClientRect()))
      wrong.push(`off the screen: ${nameOf(control)}`)
    if (control.scrollWidth > control.clientWidth + 1 && getComputedStyle(control).display !== 'inline')
      wrong.push(`words wider than their button: ${nameOf(control)}`)
  }

  // What scrolls lies under the bar by design; all else may touch nothing.
  const still = boxes.filter(({ of }) => !of.closest(scrollers))
  const solid = [
    ...still,
    ...controls
      .filter(one => !one.closest(scrollers))
      .map(of => ({ of, box: of.getBoundingClientRect() as Box })),
  ]
  const others = [
    ...screen.querySelectorAll('.qr, .seal-place, .left svg, .howto svg, .plate, .ring svg'),
  ].filter(isSeen)
  for (const of of others) solid.push({ of, box: of.getBoundingClientRect() })
  const overlay = (element: Element): Element | null => element.closest('.still, .languages, .review .notice')
  solid.forEach((one, index) => {
    for (const other of solid.slice(index + 1)) {
      if (one.of.contains(other.of) || other.of.contains(one.of)) continue
      if (overlay(one.of) !== overlay(other.of)) continue
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
      if (across > 2 && down > 2) wrong.push(`${nameOf(one.of)} lies on ${nameOf(other.of)}`)
    }
  })

  for (const card of screen.querySelectorAll('.card')) {
    const price = card.querySelector('.price .yen')?.getBoundingClientRect()
    const step = card.querySelector('.stepper, .gone')?.getBoundingClientRect()
    if (
      price &&
      step &&
      price.right > step.left + 1 &&
      price.bottom > step.top + 4 &&
      price.top < step.bottom - 4
    )
      wrong.push(`a price lies on its stepper: ${nameOf(card)}`)
  }

  for (const element of screen.querySelectorAll('*')) {
    if (
      !isSeen(element) ||
      element.closest('svg') ||
      element.closest(scrollers) ||
      // A name of many words ends in an ellipsis after its second or third line; staff's and the shop's, in the desk's bar, after the first.
      element.matches('.name > span, .desk-bar span')
    )
      continue
    const { overflowX, overflowY } = getComputedStyle(element)
    if (overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1)
      wrong.push(`cut off at the side: ${nameOf(element)}`)
    if (overflowY !== 'visible' && element.scrollHeight > element.clientHeight + 1)
      wrong.push(`cut off below: ${nameOf(element)}`)
    if (
      element.closest('.stage') &&
      !element.closest('li') &&
      getComputedStyle(element).display !== 'inline'
    ) {
      // What a scroller would scroll counts the room above and below letters too; the boxes tell what is really there.
      const stage = element.closest('.stage')?.getBoundingClientRect()
      const { bottom } = element.getBoundingClientRect()
      if (stage && bottom > stage.bottom + 4)
        wrong.push(`${(bottom - stage.bottom).toFixed(0)} px below the stage: ${nameOf(element)}`)
    }
  }
  if (document.querySelectorAll('h1').length !== 1) wrong.push('not exactly one h1')

  const place = (selector: string, of: (box: DOMRect) => readonly number[]): string | null => {
    const element = [...screen.querySelectorAll(selector)].filter(isSeen)[0]
    return element ? of(element.getBoundingClientRect()).map(Math.round).join(' ') : null
  }
  // The code of a receipt is for a scanner at the desk, not for a phone at arm's length.
  const svg = screen.querySelector('.qr:not(.receipt .qr) svg')
  const widthPx = svg?.getBoundingClientRect().width ?? 0
  const modules = Number(svg?.getAttribute('viewBox')?.split(' ')[2] ?? 1)
  return {
    wrong: [...new Set(wrong)],
    go: place('button.go', box => [box.left, box.top, box.right, box.bottom]),
    seal: place('.seal-place', box => [box.left + box.width / 2, box.top + box.height / 2]),
    qr: svg ? { widthPx, modulePx: widthPx / modules } : null,
  }
}
