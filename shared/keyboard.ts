/** A key as it is pressed, in the words of a browser's KeyboardEvent. */
export type Press = {
  readonly key: string
  readonly control: boolean
  readonly shift: boolean
  readonly alt: boolean
  readonly meta: boolean
}

/** Keys with a name that a customer or somebody at the desk needs; everything else with a name is the system's or a browser's. */
const NAMED: ReadonlySet<string> = new Set([
  ...['Tab', 'Enter', 'Escape', 'Backspace', 'Delete', 'Home', 'End', 'PageUp', 'PageDown'],
  ...['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'],
  ...['Shift', 'Control', 'Alt', 'AltGraph', 'CapsLock', 'NumLock'],
  // An input method for Japanese, Chinese or Korean.
  ...['Process', 'Dead', 'Unidentified', 'Compose', 'Convert', 'NonConvert', 'KanaMode', 'KanjiMode'],
  ...['Hiragana', 'Katakana', 'HiraganaKatakana', 'Zenkaku', 'Hankaku', 'ZenkakuHankaku', 'Romaji'],
  ...['Eisu', 'Alphanumeric', 'HangulMode', 'HanjaMode'],
])
/** With Ctrl: what somebody who types a name or PayPay's keys needs. */
const EDITING: ReadonlySet<string> = new Set(['a', 'c', 'v', 'x', 'z', 'y'])

/** What a kiosk lets through to its page: typing, walking, editing, and the way to the desk (Ctrl+Shift+K). All else is refused. */
export function mayType({ key, control, shift, alt, meta }: Press): boolean {
  if (meta || alt) return key === 'Alt' || key === 'AltGraph'
  // Chromium's task manager.
  if (shift && key === 'Escape') return false
  if (!control) return [...key].length === 1 || NAMED.has(key)
  if (key === 'Control' || key === 'Shift') return true
  const letter = key.toLowerCase()
  return shift ? letter === 'k' : EDITING.has(letter) || key.startsWith('Arrow')
}
