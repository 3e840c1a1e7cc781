import { AUDIT_KINDS, type AuditKind } from '../../shared/audit.ts'
import type { Fact } from './ledger.ts'

/** What the audit finds a fact by: its kind, and who did it. */
export type AuditRow = { readonly kind: AuditKind; readonly userId: string | null }

/** What to look for; every part that is given has to hold. Newest first. */
export type AuditQuery = {
  readonly userId: string | null
  /** Any of these; empty: all. */
  readonly kinds: readonly AuditKind[]
  /** Epoch ms, both ends included. */
  readonly fromMs: number | null
  readonly toMs: number | null
  /** Only facts before this number. */
  readonly before: number | null
  readonly limit: number
}

const kinds: ReadonlySet<string> = new Set(AUDIT_KINDS)

/** Null: nothing that a person did. */
export function auditRowOf(fact: Pick<Fact, 'type' | 'data'>): AuditRow | null {
  if (!kinds.has(fact.type)) return null
  const kind = fact.type as AuditKind
  const { by, userId } = (fact.data ?? {}) as { by?: unknown; userId?: unknown }
  // The screen hands over by itself; only a person has a name.
  if (kind === 'handedOver' && by === undefined) return null
  const who = kind === 'pinAccepted' || kind === 'signedOut' ? userId : by
  return { kind, userId: typeof who === 'string' ? who : null }
}

export function mayBeAudited(type: string): boolean {
  return kinds.has(type)
}
