import type { MoneyBackReason, Role } from './desk.ts'
import type { ScreenKind } from './screens.ts'
import type { DocumentName, FieldChange } from './shopDocuments.ts'

/** What people did, and what was done to the shop, by the facts of the ledger. */
export const AUDIT_KINDS = [
  'pinTried',
  'pinAccepted',
  'signedOut',
  'tillClosed',
  'moneyBackDecided',
  'caseClosed',
  'handedOver',
  'staffAdded',
  'staffChanged',
  'shopChanged',
  'shopChangeUndone',
  'pictureAdded',
  'keysSet',
  'dayClosed',
  'screenPaired',
  'screenRevoked',
] as const
export type AuditKind = (typeof AUDIT_KINDS)[number]

export type AuditWhat =
  /** Somebody typed a PIN; `tries`: with this one, without a right one between. */
  | { readonly kind: 'pinTried'; readonly lane: string; readonly tries: number }
  | { readonly kind: 'pinAccepted'; readonly lane: string; readonly second: boolean }
  | { readonly kind: 'signedOut'; readonly why: 'asked' | 'idle' | 'customer' | 'removed' }
  /** Of a window that has no other way out. */
  | { readonly kind: 'tillClosed'; readonly lane: string }
  | {
      readonly kind: 'moneyBackDecided'
      readonly amountYen: number
      readonly reason: MoneyBackReason
      readonly note: string
      /** A name. */
      readonly approvedBy: string | null
    }
  | { readonly kind: 'caseClosed'; readonly reason: string }
  | { readonly kind: 'handedOver' }
  | { readonly kind: 'staffAdded'; readonly name: string; readonly role: Role }
  | {
      readonly kind: 'staffChanged'
      /** Whose name, as it is now. */
      readonly of: string
      readonly name: string | null
      readonly role: Role | null
      readonly active: boolean | null
      readonly newPin: boolean
    }
  | {
      readonly kind: 'shopChanged'
      readonly document: DocumentName
      /** Null: it was edited by hand while Kaikei did not run, so nobody knows what it was before. */
      readonly changes: readonly FieldChange[] | null
      /** So many more than are written down. */
      readonly more: number
    }
  | { readonly kind: 'shopChangeUndone'; readonly document: DocumentName }
  | { readonly kind: 'pictureAdded'; readonly name: string }
  | { readonly kind: 'keysSet'; readonly last4: string }
  | { readonly kind: 'dayClosed' }
  | {
      readonly kind: 'screenPaired'
      readonly name: string
      readonly lane: string
      readonly screen: ScreenKind
      readonly desk: boolean
    }
  | { readonly kind: 'screenRevoked'; readonly name: string }

export type AuditEntry = {
  readonly seq: number
  readonly atMs: number
  /** Null: nobody who was in. */
  readonly who: { readonly userId: string; readonly name: string } | null
  readonly what: AuditWhat
  readonly checkoutId: string | null
}

export type AuditPage = {
  readonly entries: readonly AuditEntry[]
  /** Give it back as `before` for the entries after these; null: these were the last. */
  readonly next: number | null
  readonly chain: ChainState
}

/** What the walk along the ledger's chain says. */
export type ChainState = {
  /** The last whole walk; null: none has come to its end since the start. */
  readonly last: { readonly sound: boolean; readonly facts: number; readonly atMs: number } | null
  /** How far the walk under way is, and how far it has to go; null: none is. */
  readonly walking: { readonly at: number; readonly of: number } | null
}

export type AuditExport = {
  /** RFC 4180 with a byte order mark, for spreadsheet programs. */
  readonly csv: string
  readonly rows: number
  /** True: there are more than are in it. */
  readonly cut: boolean
}
