/**
 * How well a machine keeps a till: what was looked at, and why it is as it is. Each check has its own reasons, so that a screen and a
 * command line say the same of them (`hardeningWords.ts`).
 */
export const HARDENING = {
  /** The user whom the till runs as. */
  runsAs: ['ownUser', 'root', 'tillAway'],
  /** Who may read the ledger. */
  dataFolder: ['ownerOnly', 'othersMayRead', 'folderAway'],
  /** Who may read PayPay's keys. */
  keysFile: ['ownerOnly', 'othersMayRead', 'unreadable', 'noKeysHere'],
  /** What a crash writes down of the memory. */
  coreDumps: ['off', 'on', 'tillAway'],
  /** What the till could do if somebody had taken it over. */
  sandbox: ['shutIn', 'partly', 'free', 'tillAway'],
  /** Whether memory with keys in it may be written to a disk. */
  swap: ['none', 'notForTheTill', 'on', 'unseen'],
  clock: ['synchronised', 'alone', 'unseen'],
  disk: ['room', 'little', 'unseen'],
  /** A login that nobody types a password for. */
  autologin: ['none', 'shell', 'unseen'],
  /** The customer's screen, where this machine has one. */
  kioskSession: ['alone', 'noneHere'],
  browserPolicies: ['inPlace', 'missing', 'loosened', 'noKioskHere'],
  /** What a till that installs new versions by itself does, and how the last one ended. */
  updates: ['off', 'waiting', 'trial', 'installed', 'interrupted', 'rolledBack', 'stuck'],
} as const

export type HardeningCheck = keyof typeof HARDENING
export type HardeningReason<C extends HardeningCheck = HardeningCheck> = (typeof HARDENING)[C][number]

/** `open`: something is to be done. `unseen`: nothing was found to judge by, or there is nothing of the kind here. */
export type HardeningState = 'hardened' | 'open' | 'unseen'

export type HardeningFinding = {
  readonly [C in HardeningCheck]: {
    readonly check: C
    readonly state: HardeningState
    readonly because: HardeningReason<C>
    /** A name or a number that belongs to it; null: there is none. Never a path, as the desk shows it too. */
    readonly detail: string | null
  }
}[HardeningCheck]
