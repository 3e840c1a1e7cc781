import type { CheckoutFact } from '../checkout/facts.ts'
import { jstDaySpan } from '../jst.ts'
import type { FoundRow, Ledger } from '../ledger/ledger.ts'
import { startedBetween } from './started.ts'
import { type Trade, tradeOf } from './trade.ts'

/** Of the day that is looked at, and of the one before. */
const MOST_REMEMBERED = 10_000

/**
 * Trades of a day, read from the ledger. What a checkout bought never changes, so its facts are read again only when its row has
 * changed: a desk that looks every two seconds costs a busy till its rows.
 */
export class Trades {
  readonly #ledger: Ledger
  readonly #known = new Map<string, { readonly rowText: string; readonly trade: Trade }>()

  constructor(ledger: Ledger) {
    this.#ledger = ledger
  }

  /** Whatever was paid or went back on that day, and whatever was started on it and is not over. */
  async ofDay(day: string): Promise<readonly Trade[]> {
    const { fromMs, toMs } = jstDaySpan(day)
    const moved = await this.#ledger.rowsMoved(fromMs, toMs)
    const open = await startedBetween(this.#ledger, fromMs, toMs, ['underWay', 'case', 'returning'])
    const rows = new Map([...moved, ...open].map(row => [row.checkoutId, row]))
    const trades: Trade[] = []
    for (const row of rows.values()) trades.push(await this.tradeOf(row))
    return trades.toSorted((one, other) => one.row.number - other.row.number)
  }

  async tradeOf(row: FoundRow): Promise<Trade> {
    const rowText = JSON.stringify(row)
    const known = this.#known.get(row.checkoutId)
    if (known?.rowText === rowText) return known.trade
    const facts = (await this.#ledger.factsOf(row.checkoutId)) as unknown as CheckoutFact[]
    const trade = tradeOf(row, facts)
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear()
    this.#known.set(row.checkoutId, { rowText, trade })
    return trade
  }
}
