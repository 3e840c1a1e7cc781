import type { StatementSync } from 'node:sqlite'
import { type AuditQuery, type AuditRow, auditRowOf } from './audit.ts'
import type { Fact } from './ledger.ts'
import { toFact, toStored } from './rows.ts'

/** What people did, by number of its fact, on SQLite; written in the transaction of the facts. */
export class AuditTable {
  readonly #sql: (text: string) => StatementSync

  constructor(sql: (text: string) => StatementSync) {
    this.#sql = sql
  }

  /** Takes one fact in. */
  fold(fact: Pick<Fact, 'seq' | 'type' | 'atMs' | 'data'>): void {
    const row = auditRowOf(fact)
    if (row)
      this.#sql('INSERT INTO audit (seq, at_ms, kind, user_id) VALUES (?, ?, ?, ?)').run(
        fact.seq,
        fact.atMs,
        row.kind,
        row.userId,
      )
  }

  rowOf(seq: number): AuditRow | null {
    const row = this.#sql('SELECT kind, user_id FROM audit WHERE seq = ?').get(seq)
    return row
      ? { kind: row.kind as AuditRow['kind'], userId: row.user_id === null ? null : String(row.user_id) }
      : null
  }

  clear(): void {
    this.#sql('DELETE FROM audit').run()
  }

  /** One look into one index for each kind, each of which gives at most `limit` facts; the newest of all of them. */
  find(query: AuditQuery): Fact[] {
    const kinds: readonly (string | null)[] = query.kinds.length > 0 ? query.kinds : [null]
    return kinds
      .flatMap(kind => this.#look(query, kind))
      .sort((one, other) => other.seq - one.seq)
      .slice(0, query.limit)
  }

  #look(query: AuditQuery, kind: string | null): Fact[] {
    const where: string[] = []
    const values: (string | number)[] = []
    const and = (condition: string, value: string | number): void => {
      where.push(condition)
      values.push(value)
    }
    if (kind !== null) and('a.kind = ?', kind)
    if (query.userId !== null) and('a.user_id = ?', query.userId)
    if (query.before !== null) and('a.seq < ?', query.before)
    // The till's clock never goes back, so times are in the order of the facts, and the first of them is enough.
    if (query.fromMs !== null)
      and(
        'a.seq >= coalesce((SELECT seq FROM audit WHERE at_ms >= ? ORDER BY at_ms, seq LIMIT 1), 1e18)',
        query.fromMs,
      )
    if (query.toMs !== null)
      and(
        'a.seq <= coalesce((SELECT seq FROM audit WHERE at_ms <= ? ORDER BY at_ms DESC, seq DESC LIMIT 1), 0)',
        query.toMs,
      )
    const condition = where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''
    return this.#sql(
      `SELECT f.* FROM audit AS a CROSS JOIN facts AS f ON f.seq = a.seq ${condition} ORDER BY a.seq DESC LIMIT ?`,
    )
      .all(...values, query.limit)
      .map(row => toFact(toStored(row)))
  }
}
