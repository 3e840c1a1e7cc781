/** Every delay of the desk: its name, its unit (all are ms), its reason. */
export const DELAYS = {
  /** A door that nobody touches stands in a customer's way. */
  doorMs: 30_000,
  /** A first start is read and thought about; no customer waits yet. */
  firstStartMs: 180_000,
  /** Between two looks at the bar and the tabs. */
  lookMs: 1_500,
  /** Somebody who writes is told of to core at most this often; a session ends after 120 s without a word. */
  stayMs: 20_000,
  /** Between two looks at the machine's health. */
  healthMs: 3_000,
  /** After the last letter of a search; a scanner types faster than this. */
  searchMs: 200,
  /** From here on, waiting is shown. */
  showWaitingMs: 1_000,
  /** How often a time that runs out is drawn again. */
  redrawMs: 250,
  /** "Copied" can be read. */
  copiedMs: 2_000,
} as const satisfies Readonly<Record<`${string}Ms`, number>>
