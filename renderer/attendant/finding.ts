import type { AttendantInputOf } from '../../shared/attendant.ts'
import type { CheckoutWord, DeskRow, DeskState } from '../../shared/desk.ts'
import type { DeskTextKey } from './text/say.ts'

/** What is looked for: a tab, a text, a lane, a time. */
export type Search = {
  readonly tab: Tab
  readonly text: string
  readonly lane: string | null
  readonly fromMs: number | null
  readonly toMs: number | null
}

export type Tab = 'all' | 'cases' | 'underWay' | 'returns'

export const EVERYTHING: Search = { tab: 'all', text: '', lane: null, fromMs: null, toMs: null }

/** How many rows are asked for at once; cases all together, so that the one that has waited longest stands first. */
const PAGE_ROWS = 60
const CASE_ROWS = 200

export const tabs: Readonly<
  Record<Tab, { readonly key: DeskTextKey; readonly words: readonly CheckoutWord[] }>
> = {
  all: { key: 'tab.all', words: [] },
  cases: { key: 'tab.cases', words: ['case'] },
  underWay: { key: 'tab.underWay', words: ['underWay', 'returning'] },
  returns: { key: 'tab.returns', words: ['returning', 'partlyReturned', 'returned'] },
}

/** How many a tab tells beside its name; null: it tells none. */
export function countOf(tab: Tab, state: Pick<DeskState, 'cases' | 'underWay'>): number | null {
  if (tab === 'cases') return state.cases
  return tab === 'underWay' ? state.underWay : null
}

/**
 * What is sent of a typed text: full-width figures are figures, an amount has no sign and no commas, and a scanner's line end is
 * none of it.
 */
export function searchedText(typed: string): string {
  const text = typed.normalize('NFKC').trim()
  const amount = /^[¥\\]?\s*(\d[\d,]*)\s*円?$/.exec(text)
  return (amount?.[1]?.replaceAll(',', '') ?? text).slice(0, 100)
}

/** One page of rows: the newest, or those before `before`; of cases the oldest. */
export function pageWanted(search: Search, before: number | null): AttendantInputOf<'findCheckouts'> {
  return {
    text: searchedText(search.text),
    words: [...tabs[search.tab].words],
    lane: search.lane,
    fromMs: search.fromMs,
    toMs: search.toMs,
    before,
    limit: search.tab === 'cases' ? CASE_ROWS : PAGE_ROWS,
    oldestFirst: search.tab === 'cases',
  }
}

/** True: something narrows the list besides its tab. */
export function isNarrowed(search: Search): boolean {
  return search.lane !== null || search.fromMs !== null || search.toMs !== null
}

/** Rows as they are listed: whoever has waited longest for a person comes first among the cases. */
export function inOrder(rows: readonly DeskRow[], tab: Tab): readonly DeskRow[] {
  if (tab !== 'cases') return rows
  return rows.toSorted((one, other) => (one.openCase?.sinceMs ?? 0) - (other.openCase?.sinceMs ?? 0))
}

/** The list as it is drawn: a heading before the first row of each day. Cases are told by their age instead. */
export type ListItem =
  | { readonly kind: 'day'; readonly businessDay: string }
  | { readonly kind: 'row'; readonly row: DeskRow }

export function listItems(rows: readonly DeskRow[], tab: Tab): readonly ListItem[] {
  if (tab === 'cases') return rows.map(row => ({ kind: 'row', row }))
  return rows.flatMap((row, index): readonly ListItem[] =>
    rows[index - 1]?.businessDay === row.businessDay
      ? [{ kind: 'row', row }]
      : [
          { kind: 'day', businessDay: row.businessDay },
          { kind: 'row', row },
        ],
  )
}

/** How far a key leads in the list; `page` rows can be seen at once. Undefined: the key is none of the list's. */
export function stepOf(key: string, page: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ...{ ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page },
    ...{ End: Number.POSITIVE_INFINITY, Home: Number.NEGATIVE_INFINITY },
  }
  return steps[key]
}

/** The row that so many steps from the chosen one lead to, at most the first or the last; null: there is none. */
export function rowAfter(rows: readonly DeskRow[], chosen: string | null, step: number): DeskRow | null {
  const index = rows.findIndex(row => row.checkoutId === chosen)
  if (index < 0) return rows[0] ?? null
  return rows[Math.min(Math.max(index + step, 0), rows.length - 1)] ?? null
}
