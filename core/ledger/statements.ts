import type { DatabaseSync, StatementSync } from 'node:sqlite'

/** Prepares each text once. */
export function statements(db: DatabaseSync): (text: string) => StatementSync {
  const prepared = new Map<string, StatementSync>()
  return text => {
    const known = prepared.get(text) ?? db.prepare(text)
    prepared.set(text, known)
    return known
  }
}
