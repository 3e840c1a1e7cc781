import { GENESIS } from '../chain.ts'

/** Facts, which are only ever added; the head, which tells a missing tail; and the searchable fold of them. */
export const factsAndCheckouts = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE facts (
  seq INTEGER PRIMARY KEY,
  checkout_id TEXT NOT NULL,
  type TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  data TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX facts_of_checkout ON facts (checkout_id, seq);
CREATE TRIGGER facts_are_not_edited BEFORE UPDATE ON facts BEGIN SELECT RAISE(ABORT, 'facts are never edited'); END;
CREATE TRIGGER facts_are_not_deleted BEFORE DELETE ON facts BEGIN SELECT RAISE(ABORT, 'facts are never deleted'); END;
CREATE TRIGGER facts_have_no_gap BEFORE INSERT ON facts WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM facts)
  BEGIN SELECT RAISE(ABORT, 'facts are added at the end only'); END;
CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
INSERT INTO head VALUES (1, 0, '${GENESIS}');
CREATE TABLE checkouts (
  checkout_id TEXT PRIMARY KEY,
  lane TEXT NOT NULL,
  started_at_ms INTEGER NOT NULL,
  business_day TEXT NOT NULL,
  claim_number INTEGER NOT NULL,
  total_yen INTEGER NOT NULL,
  outcome TEXT,
  at_lane INTEGER NOT NULL,
  open_case TEXT
) STRICT;
CREATE INDEX checkouts_open ON checkouts (started_at_ms) WHERE outcome IS NULL OR at_lane = 1;
CREATE INDEX checkouts_of_day ON checkouts (business_day, started_at_ms);
`
