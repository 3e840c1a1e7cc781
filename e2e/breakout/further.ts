import type { Attempt } from './attempts.ts'

/**
 * A script leads away to Chromium's own "This page is blocked", where nothing of the till's refuses a key, and then a person presses one.
 * A browser that crashed, and one that found no host, stand on such a page too.
 */
export const FURTHER: readonly Attempt[] = [
  ...['ctrl+n', 'ctrl+t', 'ctrl+shift+n', 'ctrl+shift+t', 'ctrl+l', 'ctrl+h', 'ctrl+o', 'ctrl+p', 'ctrl+u'],
  ...['ctrl+f', 'ctrl+shift+i', 'shift+Escape', 'F1', 'F6', 'F7', 'F11', 'F12', 'alt+f', 'alt+Left'],
  ...['ctrl+w', 'ctrl+q', 'alt+F4'],
].map(then => ({
  name: `foreign link, then ${then}`,
  deed: 'foreign link',
  then,
  settleMs: 900,
  act: display => display.hands('click', '1'),
}))
