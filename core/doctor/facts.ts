import type { UpdateEnd } from '../../shared/updates.ts'

/** What was seen of a machine, before anybody judges it. Null everywhere: it could not be seen, or there is nothing of the kind. */
export type MachineFacts = {
  /** The rights of the data folder and of the file with PayPay's keys, as Unix says them (0o700), where it does. */
  readonly dataFolderMode: number | null
  readonly keysFileMode: number | null
  /** The name of a file of theirs that holds none: torn, or put aside at a start after which nobody has entered any. */
  readonly keysFileTorn: string | null
  readonly diskFreeBytes: number | null
  readonly clockIsSynchronised: boolean | null
  /** There is swap on this machine. */
  readonly swaps: boolean | null
  /** Who logs in by itself: names of files that say so. */
  readonly autologins: readonly string[] | null
  /** Terminals that the package's kiosk session is switched on for. */
  readonly kioskTerminals: readonly string[]
  /** Chromium's managed policies, all files together; null: there are none. */
  readonly policies: Readonly<Record<string, unknown>> | null
  /** Updates of the Electron till; null: this folder has never had any. */
  readonly updates: UpdateFacts | null
  /** The running till. */
  readonly till: TillFacts | null
}

export type UpdateFacts = {
  readonly enabled: boolean
  readonly isTrial: boolean
  readonly last: { readonly end: UpdateEnd['end']; readonly version: string } | null
}

export type TillFacts = {
  readonly uid: number
  /** The most bytes of memory that a crash writes down. */
  readonly mostCoreBytes: number | null
  readonly noNewPrivileges: boolean
  readonly filtersSystemCalls: boolean
  /** Rights over the machine that it has, or may get. */
  readonly hasCapabilities: boolean
  /** Its memory is never swapped. */
  readonly neverSwapped: boolean
}
