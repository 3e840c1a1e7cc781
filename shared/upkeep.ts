import type { ChainState } from './audit.ts'
import type { PaypayMode, Selling } from './checkout.ts'
import type { HardeningFinding } from './hardening.ts'
import type { Yen } from './money.ts'
import type { UpdateReport } from './updates.ts'

/** How the machine is, for whoever has to look after it. Times are epoch ms, lengths ms. */
export type HealthReport = {
  readonly mode: PaypayMode
  readonly selling: Selling
  /** Why not, in words for whoever runs it; empty while open. */
  readonly says: string
  readonly paypay: {
    readonly reachable: boolean
    /** PayPay's clock minus the machine's; null: not measured yet. */
    readonly clockAheadMs: number | null
    readonly latency: readonly ApiLatency[]
  }
  /** Null: nobody looks. */
  readonly diskFreeBytes: number | null
  readonly diskLeastBytes: number
  readonly ledger: { readonly facts: number; readonly bytes: number | null; readonly chain: ChainState }
  readonly openMoney: { readonly checkouts: number; readonly totalYen: Yen }
  readonly version: { readonly app: string; readonly schema: number; readonly node: string }
  readonly upMs: number
  readonly lanes: readonly LaneSeen[]
  /** Newest first. */
  readonly troubles: readonly Trouble[]
  /** The name of the data folder alone. */
  readonly dataFolder: string | null
  /** What is hardened on this machine and what is not; null: nobody looks. */
  readonly hardening: readonly HardeningFinding[] | null
  /** What the host's updates do; null: it has none. */
  readonly updates: UpdateReport | null
  /** The till has a window of its own, which a manager closes here and nobody elsewhere. */
  readonly mayClose: boolean
}

/** Of the last 100 answers of PayPay's, those to one kind of request. */
export type ApiLatency = {
  readonly api: string
  readonly answers: number
  readonly lastMs: number
  readonly p50Ms: number
  readonly p95Ms: number
}

export type LaneSeen = {
  readonly lane: string
  /** A screen watches it now. */
  readonly watched: boolean
  readonly seenAtMs: number
}

/** A warning or an error that was logged. */
export type Trouble = { readonly atMs: number; readonly level: 'warn' | 'error'; readonly says: string }
