import { encodeData, factHash, GENESIS } from './chain.ts'
import {
  type CheckoutRow,
  type Fact,
  type Head,
  type Ledger,
  LedgerBroken,
  type LedgerTotals,
  type NewFact,
  type StoredFact,
} from './ledger.ts'
import { project } from './projection.ts'
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
      const row = project(disk.rows.get(checkoutId) ?? null, fact)
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
      return [...disk.rows.values()]
        .filter(row => row.outcome === null || row.atLane)
        .map(row => row.checkoutId)
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
    async list(limit) {
      return [...disk.rows.values()].toReversed().slice(0, limit)
    },
    async close() {},
  }
}

function totalsOf(rows: readonly CheckoutRow[]): LedgerTotals {
  const of = (outcome: CheckoutRow['outcome']) => rows.filter(row => row.outcome === outcome)
  const sum = (some: readonly CheckoutRow[]): number => some.reduce((total, row) => total + row.totalYen, 0)
  return {
    deliveredYen: sum(of('delivered')),
    returnedYen: sum(of('returned')),
    delivered: of('delivered').length,
    returned: of('returned').length,
    neverPayable: of('neverPayable').length,
    open: of(null).length,
    cases: rows.filter(row => row.openCase !== null).length,
  }
}
