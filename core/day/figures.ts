import type { CountYen, DayChange, DayFigures, DayTotals, OpenMoney } from '../../shared/day.ts'
import { type Yen, yen } from '../../shared/money.ts'
import { jstDaySpan } from '../jst.ts'
import type { BackRow } from '../ledger/ledger.ts'
import { byLane, byProduct, byRate } from './parts.ts'
import type { Return, Trade } from './trade.ts'

const HOUR_MS = 3_600_000

/** What happened on one day, taken out of trades that touch it. */
export type DayMoves = {
  readonly sales: readonly SoldTrade[]
  readonly returns: readonly (Return & { readonly trade: Trade })[]
  readonly byThemselves: readonly BackRow[]
}

export type SoldTrade = Trade & { readonly sale: NonNullable<Trade['sale']> }

/** The figures of a JST day. `trades` may hold others besides those that touch it. Pure. */
export function figuresOf(day: string, trades: readonly Trade[]): DayFigures {
  const moves = movesOf(day, trades)
  const { fromMs } = jstDaySpan(day)
  const hourOf = (atMs: number): number => Math.floor((atMs - fromMs) / HOUR_MS)
  const hours = Array.from({ length: 24 }, (_, hour) => {
    const sold = moves.sales.filter(({ sale }) => hourOf(sale.paidAtMs) === hour)
    const returned = moves.returns.filter(({ back }) => hourOf(back.atMs) === hour)
    const salesYen = sumOf(sold.map(({ sale }) => sale.amountYen))
    return { hour, sales: sold.length, salesYen, backYen: sumOf(returned.map(one => one.plan.totalYen)) }
  })
  return {
    day,
    ...totalsOf(moves),
    byHour: hours,
    ...byProduct(moves),
    byLane: byLane(moves),
    byRate: byRate(moves),
    open: trades.flatMap(trade => openOf(day, trade)),
  }
}

export function movesOf(day: string, trades: readonly Trade[]): DayMoves {
  const { fromMs, toMs } = jstDaySpan(day)
  const isIn = (atMs: number): boolean => atMs >= fromMs && atMs < toMs
  return {
    sales: trades.filter((trade): trade is SoldTrade => trade.sale !== null && isIn(trade.sale.paidAtMs)),
    returns: trades.flatMap(trade =>
      trade.returns.filter(({ back }) => isIn(back.atMs)).map(one => ({ ...one, trade })),
    ),
    byThemselves: trades.flatMap(({ row }) =>
      row.backs.filter(back => !back.byPerson && back.state === 'done' && isIn(back.atMs)),
    ),
  }
}

function totalsOf({ sales, returns, byThemselves }: DayMoves): DayTotals {
  const sold = countOf(sales.map(({ sale }) => sale.amountYen))
  const way = (wanted: 'cancel' | 'refund'): CountYen =>
    countOf(returns.flatMap(({ back }) => ((back.way ?? 'refund') === wanted ? [back.amountYen] : [])))
  const givenBack = countOf(returns.map(({ back }) => back.amountYen))
  return {
    sales: sold,
    givenBack,
    cancels: way('cancel'),
    refunds: way('refund'),
    wentBackByItself: countOf(byThemselves.map(back => back.amountYen)),
    netYen: sold.yen - givenBack.yen,
  }
}

/** The totals alone, out of figures that hold more. */
export function onlyTotals(figures: DayTotals): DayTotals {
  const { sales, givenBack, cancels, refunds, wentBackByItself, netYen } = figures
  return { sales, givenBack, cancels, refunds, wentBackByItself, netYen }
}

/** Null: no difference. */
export function changeSince(then: DayTotals, now: DayTotals): DayChange | null {
  const change: DayChange = {
    sales: now.sales.count - then.sales.count,
    salesYen: now.sales.yen - then.sales.yen,
    givenBack: now.givenBack.count - then.givenBack.count,
    givenBackYen: now.givenBack.yen - then.givenBack.yen,
    wentBackByItself: now.wentBackByItself.count - then.wentBackByItself.count,
    wentBackByItselfYen: now.wentBackByItself.yen - then.wentBackByItself.yen,
    netYen: now.netYen - then.netYen,
  }
  return Object.values(change).every(difference => difference === 0) ? null : change
}

function openOf(day: string, { row, sale }: Trade): OpenMoney[] {
  const { fromMs, toMs } = jstDaySpan(day)
  const isIn = (atMs: number): boolean => atMs >= fromMs && atMs < toMs
  const returning = row.backs.find(back => back.state === 'underWay')
  const paid = row.payments.find(one => one.paidAtMs !== null)
  const isOurs = isIn(paid?.paidAtMs ?? row.startedAtMs) || (returning !== undefined && isIn(returning.atMs))
  if (!isOurs) return []
  const entry = (kind: OpenMoney['kind'], amountYen: number): OpenMoney[] => [
    {
      checkoutId: row.checkoutId,
      claimNumber: String(row.claimNumber).padStart(3, '0'),
      lane: row.lane,
      yen: yen(amountYen),
      kind,
    },
  ]
  if (row.openCase) return entry('case', returning?.amountYen ?? row.totalYen)
  if (returning) return entry('returning', returning.amountYen)
  if (row.outcome === null && !row.decided) return entry('underWay', row.totalYen)
  if (row.decided && row.outcome === null && paid && sale === null) {
    const goneYen = sumOf(row.backs.flatMap(back => (back.state === 'done' ? [back.amountYen] : [])))
    if (goneYen < paid.amountYen) return entry('keptUnsold', paid.amountYen - goneYen)
  }
  return []
}

function countOf(amounts: readonly number[]): CountYen {
  return { count: amounts.length, yen: sumOf(amounts) }
}

export function sumOf(amounts: readonly number[]): Yen {
  return yen(amounts.reduce((sum, amount) => sum + amount, 0))
}
