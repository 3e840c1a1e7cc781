/**
 * What the attendant searches by. The rows of version 1 are thrown away, since they are folded again from the facts. `number` counts
 * checkouts in the order in which they started, and every index ends with it, so that a list is read off an index backwards.
 */
export const theDesk = `
DROP TABLE checkouts;
CREATE TABLE checkouts (
  number INTEGER PRIMARY KEY,
  checkout_id TEXT NOT NULL UNIQUE,
  lane TEXT NOT NULL,
  started_at_ms INTEGER NOT NULL,
  business_day TEXT NOT NULL,
  claim_number INTEGER NOT NULL,
  total_yen INTEGER NOT NULL,
  outcome TEXT,
  at_lane INTEGER NOT NULL,
  case_why TEXT,
  case_money TEXT,
  decided INTEGER NOT NULL,
  is_open INTEGER NOT NULL,
  word TEXT NOT NULL
) STRICT;
CREATE INDEX checkouts_open ON checkouts (number) WHERE is_open = 1;
CREATE INDEX checkouts_of_day ON checkouts (business_day);
CREATE INDEX checkouts_by_start ON checkouts (started_at_ms);
CREATE INDEX checkouts_by_claim ON checkouts (claim_number);
CREATE INDEX checkouts_by_total ON checkouts (total_yen);
CREATE INDEX checkouts_by_word ON checkouts (word);
CREATE INDEX checkouts_by_lane ON checkouts (lane);
CREATE INDEX checkouts_by_lane_and_word ON checkouts (lane, word);
CREATE TABLE payments (
  number INTEGER PRIMARY KEY,
  checkout_id TEXT NOT NULL,
  merchant_payment_id TEXT NOT NULL UNIQUE,
  amount_yen INTEGER NOT NULL,
  payment_id TEXT,
  paid_at_ms INTEGER,
  handed_over INTEGER NOT NULL
) STRICT;
CREATE INDEX payments_of_checkout ON payments (checkout_id);
CREATE INDEX payments_by_payment_id ON payments (payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX payments_by_time ON payments (paid_at_ms) WHERE paid_at_ms IS NOT NULL;
CREATE TABLE backs (
  number INTEGER PRIMARY KEY,
  checkout_id TEXT NOT NULL,
  merchant_refund_id TEXT NOT NULL UNIQUE,
  merchant_payment_id TEXT NOT NULL,
  amount_yen INTEGER NOT NULL,
  way TEXT,
  state TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  by_person INTEGER NOT NULL
) STRICT;
CREATE INDEX backs_of_checkout ON backs (checkout_id);
CREATE INDEX backs_by_time ON backs (at_ms);
`
