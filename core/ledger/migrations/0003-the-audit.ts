/** What people did, found by who, what and when. Folded again from the facts when the ledger is opened. */
export const theAudit = `
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  kind TEXT NOT NULL,
  user_id TEXT
) STRICT;
CREATE INDEX audit_by_time ON audit (at_ms, seq);
CREATE INDEX audit_by_kind ON audit (kind, seq);
CREATE INDEX audit_by_user ON audit (user_id, seq) WHERE user_id IS NOT NULL;
CREATE INDEX audit_by_user_and_kind ON audit (user_id, kind, seq) WHERE user_id IS NOT NULL;
`
