import type { CheckoutWord } from '../../shared/desk.ts'
import { everything, type FoundRow, type Ledger } from '../ledger/ledger.ts'

const PAGE = 200

/** Checkouts that started from `fromMs` up to, not including, `toMs`, newest first; `words` empty: however they stand. */
export async function startedBetween(
  ledger: Ledger,
  fromMs: number,
  toMs: number,
  words: readonly CheckoutWord[] = [],
): Promise<readonly FoundRow[]> {
  const found: FoundRow[] = []
  let before: number | null = null
  do {
    const query = { ...everything, words, fromMs, toMs: toMs - 1, before, limit: PAGE }
    const page: readonly FoundRow[] = await ledger.find(query)
    found.push(...page)
    before = page.length === PAGE ? (page.at(-1)?.number ?? null) : null
  } while (before !== null)
  return found
}
