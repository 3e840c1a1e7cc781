import type { StatementSync } from 'node:sqlite'
import type { CheckoutWord } from '../../shared/desk.ts'
import type { Attention, CheckoutKey, CheckoutQuery, CheckoutRow, DaySums, FoundRow } from './ledger.ts'
import { isOpenRow, project, wordOf } from './projection.ts'
import { toRow } from './rows.ts'

type Row = Record<string, unknown>

/** For rows that are not in the tables yet; null: the next number that is free. Payments and returns by their ids. */
export type Numbers = {
  readonly checkout: number | null
  readonly payments: Map<string, number>
  readonly backs: Map<string, number>
}

/** Paid and not handed over, and given back by a person: a sale all the same (`isSale`). */
const SOLD_AND_UNDONE = `handed_over = 0 AND paid_at_ms IS NOT NULL AND EXISTS (SELECT 1 FROM backs WHERE backs.checkout_id = payments.checkout_id
  AND backs.merchant_payment_id = payments.merchant_payment_id AND by_person = 1 AND state = 'done')`

/** The projection of checkouts on SQLite: three tables, written in the transaction of their facts. */
export class CheckoutTable {
  readonly #sql: (text: string) => StatementSync

  constructor(sql: (text: string) => StatementSync) {
    this.#sql = sql
  }

  rowOf(checkoutId: string): CheckoutRow | null {
    const row = this.#sql('SELECT * FROM checkouts WHERE checkout_id = ?').get(checkoutId)
    return row ? (this.#whole([row])[0] ?? null) : null
  }

  /** Takes one fact in. */
  fold(fact: Parameters<typeof project>[1]): void {
    const before = this.rowOf(fact.checkoutId)
    const row = project(before, fact)
    if (row) this.put(row, before)
  }

  /** Writes a row; `before` is what is there, or null. */
  put(row: CheckoutRow, before: CheckoutRow | null, numbers: Numbers | null = null): void {
    this.#sql(`INSERT INTO checkouts (number, checkout_id, lane, started_at_ms, business_day, claim_number, total_yen, outcome, at_lane, case_why, case_money, decided, is_open, word)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (checkout_id) DO UPDATE SET outcome = excluded.outcome, at_lane = excluded.at_lane,
      case_why = excluded.case_why, case_money = excluded.case_money, decided = excluded.decided, is_open = excluded.is_open, word = excluded.word`).run(
      numbers?.checkout ?? null,
      row.checkoutId,
      row.lane,
      row.startedAtMs,
      row.businessDay,
      row.claimNumber,
      row.totalYen,
      row.outcome,
      Number(row.atLane),
      row.openCase?.why ?? null,
      row.openCase?.money ?? null,
      Number(row.decided),
      Number(isOpenRow(row)),
      wordOf(row),
    )
    for (const payment of row.payments)
      if (!before?.payments.includes(payment))
        this.#sql(`INSERT INTO payments (number, checkout_id, merchant_payment_id, amount_yen, payment_id, paid_at_ms, handed_over) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (merchant_payment_id) DO UPDATE SET payment_id = excluded.payment_id, paid_at_ms = excluded.paid_at_ms, handed_over = excluded.handed_over`).run(
          numbers?.payments.get(payment.merchantPaymentId) ?? null,
          row.checkoutId,
          payment.merchantPaymentId,
          payment.amountYen,
          payment.paymentId,
          payment.paidAtMs,
          Number(payment.handedOver),
        )
    for (const back of row.backs)
      if (!before?.backs.includes(back))
        this.#sql(`INSERT INTO backs (number, checkout_id, merchant_refund_id, merchant_payment_id, amount_yen, way, state, at_ms, by_person) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (merchant_refund_id) DO UPDATE SET way = excluded.way, state = excluded.state, at_ms = excluded.at_ms`).run(
          numbers?.backs.get(back.merchantRefundId) ?? null,
          row.checkoutId,
          back.merchantRefundId,
          back.merchantPaymentId,
          back.amountYen,
          back.way,
          back.state,
          back.atMs,
          Number(back.byPerson),
        )
  }

  clear(): void {
    for (const table of ['checkouts', 'payments', 'backs']) this.#sql(`DELETE FROM ${table}`).run()
  }

  open(): string[] {
    return this.#sql(
      'SELECT checkout_id FROM checkouts INDEXED BY checkouts_open WHERE is_open = 1 ORDER BY number',
    )
      .all()
      .map(row => String(row.checkout_id))
  }

  /** Whether the index of open checkouts holds this one. */
  isFoundOpen(checkoutId: string): boolean {
    return (
      this.#sql(
        'SELECT 1 FROM checkouts INDEXED BY checkouts_open WHERE is_open = 1 AND number = (SELECT number FROM checkouts WHERE checkout_id = ?)',
      ).get(checkoutId) !== undefined
    )
  }

  lastClaimNumber(businessDay: string): number {
    const row = this.#sql(
      'SELECT claim_number FROM checkouts WHERE business_day = ? ORDER BY number DESC LIMIT 1',
    ).get(businessDay)
    return Number(row?.claim_number ?? 0)
  }

  attention(): Attention {
    const of = (word: string): { count: number; yen: number } => {
      const row = this.#sql(
        'SELECT count(*) AS count, coalesce(sum(total_yen), 0) AS yen FROM checkouts WHERE word = ?',
      ).get(word)
      return { count: Number(row?.count), yen: Number(row?.yen) }
    }
    const [cases, paying, returning] = [of('case'), of('underWay'), of('returning')]
    return {
      cases: cases.count,
      underWay: paying.count + returning.count,
      openCheckouts: cases.count + paying.count + returning.count,
      openYen: cases.yen + paying.yen + returning.yen,
    }
  }

  /** One look into one index for each key and word, each of which gives at most `limit` rows; the newest of all of them. */
  find(query: CheckoutQuery): FoundRow[] {
    const keys: readonly (CheckoutKey | null)[] = query.keys ?? [null]
    const words: readonly (string | null)[] = query.words.length > 0 ? query.words : [null]
    const found = new Map<number, Row>()
    for (const key of keys)
      for (const word of words)
        for (const row of this.#look(query, key, word)) found.set(Number(row.number), row)
    const direction = query.oldestFirst ? -1 : 1
    const sorted = [...found.values()].sort(
      (one, other) => (Number(other.number) - Number(one.number)) * direction,
    )
    return this.#found(sorted.slice(0, query.limit))
  }

  /** Checkouts with a payment, or with money that went back, from `fromMs` up to, not including, `toMs`. */
  movedBetween(fromMs: number, toMs: number): FoundRow[] {
    return this.#found(
      this.#sql(`SELECT * FROM checkouts WHERE checkout_id IN (SELECT checkout_id FROM payments WHERE paid_at_ms >= ?1 AND paid_at_ms < ?2
        UNION SELECT checkout_id FROM backs WHERE at_ms >= ?1 AND at_ms < ?2) ORDER BY number`).all(
        fromMs,
        toMs,
      ),
    )
  }

  sumsBetween(fromMs: number, toMs: number): DaySums {
    const one = (sum: string): { count: number; yen: number } => {
      const row = this.#sql(sum).get(fromMs, toMs)
      return { count: Number(row?.count), yen: Number(row?.yen) }
    }
    const counted = 'SELECT count(*) AS count, coalesce(sum(amount_yen), 0) AS yen FROM'
    const sold = one(
      `${counted} payments WHERE handed_over = 1 AND paid_at_ms IS NOT NULL AND paid_at_ms >= ? AND paid_at_ms < ?`,
    )
    const undone = one(`${counted} payments WHERE ${SOLD_AND_UNDONE} AND paid_at_ms >= ? AND paid_at_ms < ?`)
    const back = one(`${counted} backs WHERE by_person = 1 AND state = 'done' AND at_ms >= ? AND at_ms < ?`)
    return {
      sales: sold.count + undone.count,
      salesYen: sold.yen + undone.yen,
      backs: back.count,
      backYen: back.yen,
    }
  }

  lastMoveBefore(beforeMs: number): number | null {
    const last = (text: string, ...values: number[]): number =>
      Number(this.#sql(text).get(...values)?.at ?? 0)
    const sold = last(
      'SELECT paid_at_ms AS at FROM payments WHERE handed_over = 1 AND paid_at_ms IS NOT NULL AND paid_at_ms < ? ORDER BY paid_at_ms DESC LIMIT 1',
      beforeMs,
    )
    const back = last(
      "SELECT at_ms AS at FROM backs WHERE by_person = 1 AND state = 'done' AND at_ms < ? ORDER BY at_ms DESC LIMIT 1",
      beforeMs,
    )
    // Hardly any are sales, so only those that would come later are looked at.
    const undone = last(
      `SELECT paid_at_ms AS at FROM payments WHERE ${SOLD_AND_UNDONE} AND paid_at_ms < ? AND paid_at_ms > ? ORDER BY paid_at_ms DESC LIMIT 1`,
      beforeMs,
      Math.max(sold, back),
    )
    return Math.max(sold, back, undone) || null
  }

  #look(query: CheckoutQuery, key: CheckoutKey | null, word: string | null): Row[] {
    const where: string[] = []
    const values: (string | number)[] = []
    const and = (condition: string, value: string | number): void => {
      where.push(condition)
      values.push(value)
    }
    // One index is read, the one that leaves the least: a plus keeps the others out.
    const byWord = word !== null && (!key || RARE.has(word))
    if (key) {
      const [condition, value] = conditionOf(key)
      and(byWord && !isUnique(key) ? `+${condition}` : condition, value)
    }
    if (word !== null) and(byWord ? 'word = ?' : '+word = ?', word)
    if (query.lane !== null) and(key ? '+lane = ?' : 'lane = ?', query.lane)
    if (query.before !== null) and(query.oldestFirst ? 'number > ?' : 'number < ?', query.before)
    if (query.fromMs !== null)
      and(
        `number >= coalesce((SELECT number FROM checkouts WHERE started_at_ms >= ? ORDER BY started_at_ms, number LIMIT 1), ${Number.MAX_SAFE_INTEGER})`,
        query.fromMs,
      )
    if (query.toMs !== null)
      and(
        'number <= coalesce((SELECT number FROM checkouts WHERE started_at_ms <= ? ORDER BY started_at_ms DESC, number DESC LIMIT 1), 0)',
        query.toMs,
      )
    const condition = where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''
    return this.#sql(
      `SELECT * FROM checkouts ${condition} ORDER BY number ${query.oldestFirst ? 'ASC' : 'DESC'} LIMIT ?`,
    ).all(...values, query.limit)
  }

  #found(rows: readonly Row[]): FoundRow[] {
    return this.#whole(rows).map((whole, index) => ({
      ...whole,
      number: Number(rows[index]?.number),
      word: rows[index]?.word as FoundRow['word'],
    }))
  }

  /** One question for the payments of all rows, and one for what went back of them. */
  #whole(rows: readonly Row[]): CheckoutRow[] {
    const ids = JSON.stringify(rows.map(row => row.checkout_id))
    const of = (table: 'payments' | 'backs'): Map<unknown, Row[]> =>
      Map.groupBy(
        this.#sql(
          `SELECT * FROM ${table} WHERE checkout_id IN (SELECT value FROM json_each(?)) ORDER BY number`,
        ).all(ids),
        row => row.checkout_id,
      )
    const [payments, backs] = [of('payments'), of('backs')]
    return rows.map(row => toRow(row, payments.get(row.checkout_id) ?? [], backs.get(row.checkout_id) ?? []))
  }
}

/** Few checkouts have these at any time, whatever the history. */
const RARE: ReadonlySet<string> = new Set<CheckoutWord>(['case', 'underWay', 'returning', 'decided'])

function isUnique({ by }: CheckoutKey): boolean {
  return by !== 'claimNumber' && by !== 'totalYen'
}

function conditionOf(key: CheckoutKey): [string, string | number] {
  switch (key.by) {
    case 'claimNumber':
      return ['claim_number = ?', key.claimNumber]
    case 'totalYen':
      return ['total_yen = ?', key.totalYen]
    case 'checkoutId':
      return ['checkout_id = ?', key.checkoutId]
    case 'paymentId':
      return ['checkout_id IN (SELECT checkout_id FROM payments WHERE payment_id = ?)', key.paymentId]
    case 'merchantPaymentId':
      return [
        'checkout_id IN (SELECT checkout_id FROM payments WHERE merchant_payment_id = ?)',
        key.merchantPaymentId,
      ]
    default:
      return key satisfies never
  }
}
