import { factHash, GENESIS } from './chain.ts'
import { type Head, type Ledger, LedgerBroken, type LedgerVerdict, type StoredFact } from './ledger.ts'

/** A walk along the whole chain, some facts at a time. `step` answers null until it knows. */
export type LedgerWalk = {
  step(): Promise<LedgerVerdict | null>
  /** The last fact that was looked at. */
  at(): number
}

const FACTS_A_STEP = 500

type Walked = Pick<Ledger, 'stored' | 'head'>

/** The whole walk at once. */
export async function verifyLedger(ledger: Walked): Promise<LedgerVerdict> {
  const walk = walkLedger(ledger, 5_000)
  for (;;) {
    const verdict = await walk.step()
    if (verdict) return verdict
  }
}

/** Checks every fact against the one before it, and the last against the head. Facts that are added meanwhile are walked too. */
export function walkLedger(ledger: Walked, factsAStep = FACTS_A_STEP): LedgerWalk {
  let seq = 0
  let hash = GENESIS
  const damaged = (atSeq: number, what: string): LedgerVerdict => ({ sound: false, atSeq, what })

  const checked = (fact: StoredFact): LedgerVerdict | null => {
    if (fact.seq !== seq + 1)
      return damaged(seq + 1, `fact ${seq + 1} is missing; the next one there is ${fact.seq}`)
    seq = fact.seq
    hash = factHash(hash, seq, fact, fact.dataJson)
    return hash === fact.hash
      ? null
      : damaged(seq, `fact ${seq} (${fact.type}) is not what was written, or stands in another place`)
  }

  let stride = factsAStep
  return {
    at: () => seq,
    async step() {
      let head: Head
      let facts: readonly StoredFact[]
      try {
        head = await ledger.head()
        facts = await ledger.stored(seq, stride)
      } catch (error) {
        if (stride === 1) return damaged(seq + 1, foundIn(error))
        // Halved until the one place is found that cannot be read.
        stride = Math.ceil(stride / 2)
        return null
      }
      for (const fact of facts) {
        const fault = checked(fact)
        if (fault) return fault
      }
      if (facts.length === stride) return null
      if (seq < head.seq)
        return damaged(seq + 1, `the facts after ${seq} are missing; the last one written was ${head.seq}`)
      if (seq > head.seq || hash === head.hash) return { sound: true, facts: seq, head: hash }
      return damaged(seq, `the head that was written with fact ${seq} is another`)
    },
  }
}

function foundIn(error: unknown): string {
  if (error instanceof LedgerBroken) return error.found
  return `it cannot be read (${error instanceof Error ? error.message : String(error)})`
}
