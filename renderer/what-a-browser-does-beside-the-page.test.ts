import { expect, it } from 'vitest'
import { refuseWaysOut } from './walls.ts'

// A browser asks the page before it does something of its own; what the page does with the same event stays the page's.

/** A window that fills the screen, or lies in a tab. Answers whether the browser would go on. */
function pageOver(fills: boolean): { lets(type: string, event: object): boolean; readonly heard: string[] } {
  const heard: string[] = []
  const target = Object.assign(new EventTarget(), {
    matchMedia: (query: string) => ({ matches: fills && query === '(display-mode: fullscreen)' }),
  })
  refuseWaysOut(target as unknown as Window)
  return {
    heard,
    lets(type, event) {
      target.addEventListener(type, () => heard.push(type), { once: true })
      return target.dispatchEvent(Object.assign(new Event(type, { cancelable: true }), event))
    },
  }
}
const key = (name: string, held: object = {}) => ({ key: name, ...held })

it.each<[string, string, object, boolean]>([
  ['a new window', 'keydown', key('n', { ctrlKey: true }), false],
  ['its letting go', 'keyup', key('n', { ctrlKey: true }), false],
  ['the developer tools', 'keydown', key('F12'), false],
  ['the task manager', 'keydown', key('Escape', { shiftKey: true }), false],
  ['the page before', 'keydown', key('ArrowLeft', { altKey: true }), false],
  ['the menu of a right click', 'contextmenu', {}, false],
  ['a picture that is dragged away', 'dragstart', {}, false],
  ['a file over the page', 'dragover', {}, false],
  ['a file that is dropped', 'drop', {}, false],
  ['zoom by wheel', 'wheel', { ctrlKey: true }, false],
  ['the wheel’s button', 'mousedown', { button: 1 }, false],
  ['the button that goes back', 'mouseup', { button: 3 }, false],
  ['a letter', 'keydown', key('a'), true],
  ['the door of the desk', 'keydown', key('K', { ctrlKey: true, shiftKey: true }), true],
  ['pasting', 'keydown', key('v', { ctrlKey: true }), true],
  ['scrolling', 'wheel', { ctrlKey: false }, true],
  ['a press', 'mousedown', { button: 0 }, true],
])('%s', (_what, type, event, goesOn) => {
  expect(pageOver(true).lets(type, event)).toBe(goesOn)
  // In a tab the browser is somebody's own.
  expect(pageOver(false).lets(type, event)).toBe(true)
})

it('keeps nothing from the page itself: PayPay’s daily file, dropped at the desk, gets there', () => {
  const page = pageOver(true)
  page.lets('dragover', {})
  page.lets('drop', {})
  expect(page.heard).toEqual(['dragover', 'drop'])
})
