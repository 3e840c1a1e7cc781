/** Updates of a till that has a program of its own to put in place of another (the Electron host as an AppImage). */

/** Off unless somebody wants it. */
export type UpdateSettings = {
  readonly enabled: boolean
  /** The folder with the releases, as a URL; null: none is known. */
  readonly feed: string | null
  /** Quiet hours in Japan, `03:00` to `05:00`; an end that is not later than the beginning is of the next morning. */
  readonly from: string
  readonly to: string
}

/** How the updates stand, and if nothing is installed, why not. */
export const UPDATE_STANDS = [
  /** The settings do not want them. */
  'off',
  /** This kind of package cannot be put back, so nothing is put in by itself. */
  'byHand',
  'noFeed',
  /** Plain HTTP, beyond this machine or beyond training. */
  'feedInTheClear',
  /** Nothing to hold a release's signature against. */
  'noKey',
  'notQuietHours',
  'openingHours',
  'moneyOpen',
  /** Somebody is at a screen, or a day is being compared. */
  'busy',
  'looking',
  'upToDate',
  /** The feed offers less than what runs. */
  'older',
  'prerelease',
  /** It was tried here, and did not become well. */
  'bad',
  /** It writes another ledger, from which there would be no way back. */
  'otherLedger',
  /** Not signed with the key that this till knows, or changed since. */
  'signature',
  /** Signed, but not a release as this till knows them. */
  'malformed',
  'unreachable',
  /** It could not be put in place; the next quiet hours try again, at most three times. */
  'failed',
  /** Everything is beside the program; only the moment is not there yet. */
  'ready',
  /** A new version has begun, and is watched until it is well. */
  'trial',
] as const
export type UpdateStands = (typeof UPDATE_STANDS)[number]

/** How the last update ended. */
export const UPDATE_ENDS = ['installed', 'rolledBack', 'interrupted', 'stuck'] as const
export type UpdateEnd = {
  readonly end: (typeof UPDATE_ENDS)[number]
  readonly version: string
  /** Epoch ms. */
  readonly atMs: number
  /** For whoever mends it, in English; empty: nothing went wrong. */
  readonly says: string
}

export type UpdateReport = {
  readonly stands: UpdateStands
  /** What came of the last look at the feed in this start; null: there was none. */
  readonly found: { readonly is: UpdateStands; readonly version: string | null; readonly atMs: number } | null
  readonly last: UpdateEnd | null
  /** Versions that are never tried again. */
  readonly bad: readonly string[]
}
