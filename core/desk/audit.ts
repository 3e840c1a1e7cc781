import type { AuditEntry, AuditWhat, ChainState } from '../../shared/audit.ts'
import { ok } from '../../shared/result.ts'
import type { CheckoutFact } from '../checkout/facts.ts'
import { csvText } from '../day/csv.ts'
import { jstSecond } from '../jst.ts'
import { type AuditQuery, auditRowOf } from '../ledger/audit.ts'
import type { Fact, Ledger } from '../ledger/ledger.ts'
import type { ScreenFact } from '../pairing/facts.ts'
import { inTurns, turn } from '../turn.ts'
import type { DeskHandlers } from './desk.ts'
import type { DoorFact, PinFact, ShopFact, StaffFact } from './facts.ts'

/** So many rows in one file: a spreadsheet program still opens it, and the answer is some 10 MB. */
const MOST_EXPORTED = 50_000
const EXPORTED_AT_ONCE = 500

type Ports = {
  readonly ledger: Ledger
  readonly nameOf: (userId: string) => string
  readonly chain: () => Promise<ChainState>
}

/** What people did, for a manager. */
export function auditHandlers(ports: Ports): Pick<DeskHandlers, 'findAudit' | 'exportAudit'> {
  const { ledger, nameOf, chain } = ports
  const find = async (query: AuditQuery): Promise<AuditEntry[]> =>
    (await ledger.findAudit(query)).flatMap(fact => entryOf(fact, nameOf) ?? [])
  return {
    async findAudit(query) {
      const entries = await find(query)
      const next = entries.length === query.limit ? (entries.at(-1)?.seq ?? null) : null
      return ok({ entries, next, chain: await chain() })
    },
    async exportAudit(query) {
      const entries: AuditEntry[] = []
      let before: number | null = null
      let cut = false
      for (;;) {
        const page = await find({ ...query, before, limit: EXPORTED_AT_ONCE })
        entries.push(...page)
        await turn()
        before = page.at(-1)?.seq ?? null
        cut = entries.length >= MOST_EXPORTED && page.length === EXPORTED_AT_ONCE
        if (page.length < EXPORTED_AT_ONCE || cut) break
      }
      const lines = await inTurns(entries, some => some.map(lineOf))
      return ok({ csv: await csvText([HEADER, ...lines.flat()]), rows: entries.length, cut })
    },
  }
}

const HEADER = ['fact', 'time (JST)', 'user id', 'name', 'what', 'checkout', 'details']

function lineOf({ seq, atMs, who, what, checkoutId }: AuditEntry): readonly string[] {
  const { kind, ...details } = what
  return [
    String(seq),
    jstSecond(atMs),
    who?.userId ?? '',
    who?.name ?? '',
    kind,
    checkoutId ?? '',
    Object.keys(details).length === 0 ? '' : JSON.stringify(details),
  ]
}

/** Null: a fact that the audit does not tell of. */
function entryOf(fact: Fact, nameOf: Ports['nameOf']): AuditEntry | null {
  const row = auditRowOf(fact)
  const what = row && whatOf(fact, nameOf)
  if (!row || !what) return null
  const { seq, atMs } = fact
  const who = row.userId === null ? null : { userId: row.userId, name: nameOf(row.userId) }
  const isCheckouts = kindsOfCheckouts.has(row.kind)
  return { seq, atMs, who, what, checkoutId: isCheckouts ? fact.checkoutId : null }
}

const kindsOfCheckouts: ReadonlySet<string> = new Set(['moneyBackDecided', 'caseClosed', 'handedOver'])

function whatOf(stored: Fact, nameOf: Ports['nameOf']): AuditWhat | null {
  // What the ledger holds was written by this engine or an older one.
  const fact = stored as unknown as
    | CheckoutFact
    | StaffFact
    | PinFact
    | DoorFact
    | ShopFact
    | ScreenFact
    | DayClosed
  switch (fact.type) {
    case 'pinTried':
      return { kind: 'pinTried', lane: fact.data.lane, tries: fact.data.tries }
    case 'pinAccepted':
      return { kind: 'pinAccepted', lane: fact.data.lane, second: fact.data.second }
    case 'signedOut':
      return { kind: 'signedOut', why: fact.data.why }
    case 'tillClosed':
      return { kind: 'tillClosed', lane: fact.data.lane }
    case 'moneyBackDecided': {
      const { amountYen, reason, note, approvedBy } = fact.data
      const approver = approvedBy === null ? null : nameOf(approvedBy)
      return { kind: 'moneyBackDecided', amountYen, reason, note, approvedBy: approver }
    }
    case 'caseClosed':
      return { kind: 'caseClosed', reason: fact.data.reason }
    case 'handedOver':
      return { kind: 'handedOver' }
    case 'staffAdded':
      return { kind: 'staffAdded', name: fact.data.name, role: fact.data.role }
    case 'staffChanged': {
      const { userId, name, role, active, pinHash } = fact.data
      const changed = { name: name ?? null, role: role ?? null, active: active ?? null }
      // Never the hash.
      return { kind: 'staffChanged', of: nameOf(userId), ...changed, newPin: pinHash !== undefined }
    }
    case 'shopChanged': {
      const { document, changes, more } = fact.data
      return { kind: 'shopChanged', document, changes, more }
    }
    case 'shopChangeUndone':
      return { kind: 'shopChangeUndone', document: fact.data.document }
    case 'pictureAdded':
      return { kind: 'pictureAdded', name: fact.data.name }
    case 'keysSet':
      return { kind: 'keysSet', last4: fact.data.last4 }
    case 'dayClosed':
      return { kind: 'dayClosed' }
    case 'screenPaired': {
      const { name, lane, kind, desk } = fact.data
      return { kind: 'screenPaired', name, lane, screen: kind, desk }
    }
    case 'screenRevoked':
      return { kind: 'screenRevoked', name: fact.data.name }
    default:
      return null
  }
}

type DayClosed = { readonly type: 'dayClosed'; readonly data: unknown }
