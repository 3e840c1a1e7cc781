import { jstDaySpan } from '../jst.ts'
import { auditRowOf } from './audit.ts'
import { encodeData, factHash, GENESIS } from './chain.ts'
import {
  type CheckoutKey,
  type CheckoutRow,
  type Fact,
  type FoundRow,
  type Head,
  type Ledger,
  LedgerBroken,
  type LedgerTotals,
  type NewFact,
  type StoredFact,
} from './ledger.ts'
import { isOpenRow, isPersonsBack, isProjected, isSale, project, wordOf } from './projection.ts'
import { toFact } from './rows.ts'

/** What a disk would hold: it outlives the ledgers that are opened on it. */
export type MemoryDisk = {
  readonly facts: StoredFact[]
  readonly rows: Map<string, CheckoutRow>
  /** Where the facts of a checkout lie in `facts`. */
  readonly places: Map<string, number[]>
  head: Head
}

/** What becomes of one write. `dies`: the process ends there, and nobody hears of it any more. */
export type WriteFate = 'written' | 'failsBefore' | 'failsAfter' | 'diesBefore' | 'diesAfter'

export function emptyDisk(): MemoryDisk {
  return { facts: [], rows: new Map(), places: new Map(), head: { seq: 0, hash: GENESIS, atMs: 0 } }
}

/** The ledger without a disk, for simulations: the same contract as the one on SQLite, with faults at will. */
export function openMemoryLedger(disk: MemoryDisk, fateOf: () => WriteFate = () => 'written'): Ledger {
  let stopped: LedgerBroken | null = null
  const dead = new Promise<never>(() => undefined)

  const write = (facts: readonly NewFact[]): Fact[] => {
    let { seq, hash, atMs } = disk.head
    const written: Fact[] = []
    for (const fact of facts) {
      const dataJson = encodeData(fact.data)
      seq += 1
      hash = factHash(hash, seq, fact, dataJson)
      atMs = fact.atMs
      const { checkoutId, type } = fact
      disk.facts.push({ checkoutId, type, atMs, dataJson, seq, hash })
      const places = disk.places.get(checkoutId)
      if (places) places.push(seq - 1)
      else disk.places.set(checkoutId, [seq - 1])
      const row = isProjected(type) ? project(disk.rows.get(checkoutId) ?? null, fact) : null
      if (row) disk.rows.set(checkoutId, row)
      written.push({ ...fact, seq, hash })
    }
    disk.head = { seq, hash, atMs }
    return written
  }
  const stop = (): never => {
    stopped = new LedgerBroken(
      'stopped',
      'Writing to memory failed. Selling has stopped. Start Kaikei again.',
    )
    throw stopped
  }

  const found = (): FoundRow[] =>
    [...disk.rows.values()].map((row, index) => ({ ...row, number: index + 1, word: wordOf(row) }))

  /** Sales, and what people gave back. */
  const moves = (): { kind: 'sale' | 'back'; atMs: number; amountYen: number }[] =>
    [...disk.rows.values()].flatMap(row => [
      ...row.payments
        .filter(payment => isSale(row, payment))
        .map(({ amountYen, paidAtMs }) => ({ kind: 'sale' as const, atMs: paidAtMs ?? 0, amountYen })),
      ...row.backs
        .filter(isPersonsBack)
        .map(({ amountYen, atMs }) => ({ kind: 'back' as const, atMs, amountYen })),
    ])

  return {
    where: 'memory',
    async append(facts) {
      if (stopped) throw stopped
      const fate = fateOf()
      if (fate === 'diesBefore') return dead
      if (fate === 'failsBefore') return stop()
      const written = write(facts)
      if (fate === 'diesAfter') return dead
      return fate === 'failsAfter' ? stop() : written
    },
    async factsOf(checkoutId) {
      return (disk.places.get(checkoutId) ?? []).flatMap(place => {
        const stored = disk.facts[place]
        return stored ? [toFact(stored)] : []
      })
    },
    async openCheckouts() {
      return [...disk.rows.values()].filter(isOpenRow).map(row => row.checkoutId)
    },
    async lastClaimNumber(businessDay) {
      return [...disk.rows.values()].findLast(row => row.businessDay === businessDay)?.claimNumber ?? 0
    },
    async totals() {
      return totalsOf([...disk.rows.values()])
    },
    async rebuild() {
      disk.rows.clear()
      for (const stored of disk.facts) {
        if (!isProjected(stored.type)) continue
        const row = project(disk.rows.get(stored.checkoutId) ?? null, toFact(stored))
        if (row) disk.rows.set(stored.checkoutId, row)
      }
      return disk.facts.length
    },
    async stored(afterSeq, limit) {
      return disk.facts.slice(afterSeq, afterSeq + limit)
    },
    async head() {
      return disk.head
    },
    async find(query) {
      const { keys, words, lane, fromMs, toMs, before, limit, oldestFirst = false } = query
      const rows = found()
      return (oldestFirst ? rows : rows.toReversed())
        .filter(
          row =>
            (keys === null || keys.some(key => hasKey(row, key))) &&
            (words.length === 0 || words.includes(row.word)) &&
            (lane === null || row.lane === lane) &&
            (fromMs === null || row.startedAtMs >= fromMs) &&
            (toMs === null || row.startedAtMs <= toMs) &&
            (before === null || (oldestFirst ? row.number > before : row.number < before)),
        )
        .slice(0, limit)
    },
    async rowsMoved(fromMs, toMs) {
      const isIn = (atMs: number | null): boolean => atMs !== null && atMs >= fromMs && atMs < toMs
      return found().filter(
        row => row.payments.some(one => isIn(one.paidAtMs)) || row.backs.some(one => isIn(one.atMs)),
      )
    },
    async sumsOfDay(day) {
      const { fromMs, toMs } = jstDaySpan(day)
      const today = moves().filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
      const sales = today.filter(one => one.kind === 'sale')
      const backs = today.filter(one => one.kind === 'back')
      const sum = (some: typeof today): number => some.reduce((total, one) => total + one.amountYen, 0)
      return { sales: sales.length, salesYen: sum(sales), backs: backs.length, backYen: sum(backs) }
    },
    async lastMoveBefore(beforeMs) {
      const times = moves().flatMap(({ atMs }) => (atMs < beforeMs ? [atMs] : []))
      return times.length === 0 ? null : Math.max(...times)
    },
    async attention() {
      const of = (...words: string[]): FoundRow[] => found().filter(row => words.includes(row.word))
      const open = of('case', 'underWay', 'returning')
      return {
        cases: of('case').length,
        underWay: of('underWay', 'returning').length,
        openCheckouts: open.length,
        openYen: open.reduce((total, row) => total + row.totalYen, 0),
      }
    },
    async findAudit({ userId, kinds, fromMs, toMs, before, limit }) {
      return disk.facts
        .map(toFact)
        .filter(fact => {
          const row = auditRowOf(fact)
          return (
            row !== null &&
            (userId === null || row.userId === userId) &&
            (kinds.length === 0 || kinds.includes(row.kind)) &&
            (fromMs === null || fact.atMs >= fromMs) &&
            (toMs === null || fact.atMs <= toMs) &&
            (before === null || fact.seq < before)
          )
        })
        .toReversed()
        .slice(0, limit)
    },
    async lastFactOf(checkoutId) {
      const stored = disk.facts[disk.places.get(checkoutId)?.at(-1) ?? -1]
      return stored ? toFact(stored) : null
    },
    async close() {},
  }
}

function hasKey(row: CheckoutRow, key: CheckoutKey): boolean {
  switch (key.by) {
    case 'claimNumber':
      return row.claimNumber === key.claimNumber
    case 'totalYen':
      return row.totalYen === key.totalYen
    case 'checkoutId':
      return row.checkoutId === key.checkoutId
    case 'paymentId':
      return row.payments.some(payment => payment.paymentId === key.paymentId)
    case 'merchantPaymentId':
      return row.payments.some(payment => payment.merchantPaymentId === key.merchantPaymentId)
    default:
      return key satisfies never
  }
}

function totalsOf(rows: readonly CheckoutRow[]): LedgerTotals {
  const of = (outcome: CheckoutRow['outcome']) => rows.filter(row => row.outcome === outcome)
  const sum = (some: readonly CheckoutRow[]): number => some.reduce((total, row) => total + row.totalYen, 0)
  return {
    deliveredYen: sum(of('delivered')),
    returnedYen: sum(of('returned')),
    givenBackYen: of('delivered')
      .flatMap(row => row.backs)
      .filter(back => back.byPerson && back.state === 'done')
      .reduce((total, back) => total + back.amountYen, 0),
    delivered: of('delivered').length,
    returned: of('returned').length,
    neverPayable: of('neverPayable').length,
    open: of(null).filter(row => !row.decided).length,
    cases: rows.filter(row => row.openCase !== null).length,
  }
}
