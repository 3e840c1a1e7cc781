import type { ProblemMoney } from '../../shared/checkout.ts'
import type { CheckoutWord } from '../../shared/desk.ts'
import type { AuditQuery } from './audit.ts'

/**
 * The ledger: an append-only, hash-chained list of facts. State is a fold of facts; this interface knows nothing of
 * SQLite or of a single process. Every implementation passes ledger.contract.ts.
 */
export type Ledger = {
  /** The place, for a person who has to look at it: a file. */
  readonly where: string
  /**
   * Appends facts in one transaction, in this order. When it resolves they are durable. When it rejects, none of them is
   * in the ledger, and the writer is stopped (`LedgerBroken`): every further append rejects until it is opened again.
   */
  append(facts: readonly NewFact[]): Promise<readonly Fact[]>
  /** All facts of one checkout, oldest first. */
  factsOf(checkoutId: string): Promise<readonly Fact[]>
  /** Ids of the checkouts that still need somebody: without an end, whose customer has not left, or with money on its way back. Oldest first. */
  openCheckouts(): Promise<readonly string[]>
  /** The claim number that was given out last on a business day (`2026-11-24`, JST), or 0. */
  lastClaimNumber(businessDay: string): Promise<number>
  /** Totals for comparing with PayPay's book. */
  totals(): Promise<LedgerTotals>
  /** Throws the projections away and folds them again from the facts. Returns how many facts were folded; `tell` hears it meanwhile. */
  rebuild(tell?: (facts: number) => void): Promise<number>
  /**
   * Facts after a sequence number as they are stored, oldest first, at most `limit`: for whoever checks the chain. Rejects
   * when what is derived from them (indices, rows) is not what they say.
   */
  stored(afterSeq: number, limit: number): Promise<readonly StoredFact[]>
  /** The last fact that was written, by the record that is written with it. */
  head(): Promise<Head>
  /** Checkouts as rows, newest first. As quick with a million of them as with ten. */
  find(query: CheckoutQuery): Promise<readonly FoundRow[]>
  /**
   * Checkouts with a payment, by PayPay's time, or with money that went back, by ours, from `fromMs` up to, not including, `toMs`.
   * Oldest first.
   */
  rowsMoved(fromMs: number, toMs: number): Promise<readonly FoundRow[]>
  /** Sums of a JST day (`2026-11-24`); what counts as a sale is `isSale`. As quick with a million of them as with ten. */
  sumsOfDay(day: string): Promise<DaySums>
  /** When the last sale, or the last return by a person, before a time was; epoch ms, or null. */
  lastMoveBefore(beforeMs: number): Promise<number | null>
  /** How many checkouts have each word that somebody has to look at. */
  attention(): Promise<Attention>
  /** What people did, newest first. As quick with a million checkouts as with ten. */
  findAudit(query: AuditQuery): Promise<readonly Fact[]>
  /** The last fact of a stream, or null. */
  lastFactOf(checkoutId: string): Promise<Fact | null>
  close(): Promise<void>
}

export type NewFact = {
  /** A checkout, or a stream of its own such as `staff` and `door`. */
  readonly checkoutId: string
  readonly type: string
  /** Epoch ms, our clock. */
  readonly atMs: number
  /** Plain JSON. */
  readonly data: unknown
}

export type Fact = NewFact & {
  /** 1, 2, 3, ... without a gap. */
  readonly seq: number
  /** Hex SHA-256 of this fact and the one before it. */
  readonly hash: string
}

/** A fact with its data as the text that was hashed. */
export type StoredFact = Omit<Fact, 'data'> & { readonly dataJson: string }

/** `seq` 0: no fact yet. `atMs` is the latest time of any fact, or 0. */
export type Head = { readonly seq: number; readonly hash: string; readonly atMs: number }

export type LedgerVerdict =
  | { readonly sound: true; readonly facts: number; readonly head: string }
  | { readonly sound: false; readonly atSeq: number; readonly what: string }

/** Sales by PayPay's time, and what people gave back by ours. */
export type DaySums = {
  readonly sales: number
  readonly salesYen: number
  readonly backs: number
  readonly backYen: number
}

export type Attention = {
  readonly cases: number
  readonly underWay: number
  /** Both together, and what they come to. */
  readonly openCheckouts: number
  readonly openYen: number
}

export type LedgerTotals = {
  readonly deliveredYen: number
  readonly returnedYen: number
  /** Of what was delivered: given back by people. */
  readonly givenBackYen: number
  readonly delivered: number
  readonly returned: number
  readonly neverPayable: number
  readonly open: number
  readonly cases: number
}

/** The searchable projection of one checkout, written in the same transaction as its facts. */
export type CheckoutRow = {
  readonly checkoutId: string
  readonly lane: string
  readonly startedAtMs: number
  /** `2026-11-24`, JST. */
  readonly businessDay: string
  readonly claimNumber: number
  readonly totalYen: number
  readonly outcome: 'delivered' | 'returned' | 'neverPayable' | null
  readonly atLane: boolean
  readonly openCase: { readonly why: string; readonly money: ProblemMoney } | null
  /** A manager has closed the case. */
  readonly decided: boolean
  /** One for each code that was intended, oldest first. */
  readonly payments: readonly PaymentRow[]
  /** Money that went back, or is on its way, oldest first. */
  readonly backs: readonly BackRow[]
}

export type PaymentRow = {
  readonly merchantPaymentId: string
  readonly amountYen: number
  /** PayPay's; null: nothing was paid. */
  readonly paymentId: string | null
  /** When PayPay says that it was paid, epoch ms. */
  readonly paidAtMs: number | null
  readonly handedOver: boolean
}

export type BackRow = {
  /** For a payment that the engine had reversed by a cancel: its merchantPaymentId. */
  readonly merchantRefundId: string
  readonly merchantPaymentId: string
  readonly amountYen: number
  readonly way: 'cancel' | 'refund' | null
  /** `closed`: a manager has closed its case, and PayPay has not said that it went. */
  readonly state: 'underWay' | 'done' | 'refused' | 'closed'
  readonly atMs: number
  /** False: the engine gave it back by itself. */
  readonly byPerson: boolean
}

/** What to look for; every part that is given has to hold. Newest first. */
export type CheckoutQuery = {
  /** Any of these; null: whatever. */
  readonly keys: readonly CheckoutKey[] | null
  /** Any of these words; empty: whatever. */
  readonly words: readonly CheckoutWord[]
  readonly lane: string | null
  /** Epoch ms of the start, both ends included. */
  readonly fromMs: number | null
  readonly toMs: number | null
  /** Only those before this number. */
  readonly before: number | null
  readonly limit: number
  /** The other way round: oldest first, and `before` means after that number. */
  readonly oldestFirst?: boolean
}

/** Whatever there is; `limit` is the asker's. */
export const everything = {
  keys: null,
  words: [],
  lane: null,
  fromMs: null,
  toMs: null,
  before: null,
} as const satisfies Omit<CheckoutQuery, 'limit'>

export type CheckoutKey =
  | { readonly by: 'claimNumber'; readonly claimNumber: number }
  | { readonly by: 'totalYen'; readonly totalYen: number }
  | { readonly by: 'paymentId'; readonly paymentId: string }
  | { readonly by: 'merchantPaymentId'; readonly merchantPaymentId: string }
  | { readonly by: 'checkoutId'; readonly checkoutId: string }

/** A row with its place: 1, 2, 3, ... in the order in which checkouts started. */
export type FoundRow = CheckoutRow & { readonly number: number; readonly word: CheckoutWord }

/** The ledger was opened in one mode and refuses the others: training money must never meet real money. */
export type LedgerMode = 'training' | 'sandbox' | 'production'

/** Something about the ledger that a person has to see to. `message` says what, where and what to do. */
export class LedgerBroken extends Error {
  readonly what:
    | 'inUse'
    | 'foreign'
    | 'otherMode'
    | 'newer'
    | 'olderRows'
    | 'damaged'
    | 'older'
    | 'other'
    | 'missing'
    | 'unwritable'
    | 'stopped'
  /** What was found, alone, for a sentence around it. */
  readonly found: string
  constructor(what: LedgerBroken['what'], message: string, found = message) {
    super(message)
    this.name = 'LedgerBroken'
    this.what = what
    this.found = found
  }
}
