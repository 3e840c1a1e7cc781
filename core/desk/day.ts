import type { ComparisonSummary, DayClose, DayView, ListedDay } from '../../shared/day.ts'
import type { DeskFailure } from '../../shared/desk.ts'
import { yen } from '../../shared/money.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../clock.ts'
import type { Comparisons } from '../day/comparisons.ts'
import { csvFile } from '../day/csv.ts'
import { type DayFact, dayStream } from '../day/facts.ts'
import { changeSince, figuresOf, onlyTotals } from '../day/figures.ts'
import { figuresTable } from '../day/figuresTable.ts'
import { readPaypayFile } from '../day/paypayFile.ts'
import { salesTable } from '../day/salesTable.ts'
import type { Trades } from '../day/trades.ts'
import { jstDay, jstDaySpan } from '../jst.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { DeskHandlers } from './desk.ts'
import type { Staff } from './staff.ts'

export type DayPorts = {
  readonly ledger: Ledger
  readonly staff: Staff
  readonly clock: Clock
  readonly paypayNowMs: () => number
  readonly trades: Trades
  readonly comparisons: Comparisons
  /** PayPay's number of the merchant whose files are taken; where it answers null, nobody told, and any merchant's file will do. */
  readonly merchantId: () => string | null
}

export type DayHandlers = Pick<
  DeskHandlers,
  'getDay' | 'listDays' | 'closeDay' | 'compareDay' | 'getComparison' | 'exportDay'
>

export function dayHandlers(ports: DayPorts): DayHandlers {
  const { ledger, staff, clock, trades, comparisons } = ports
  const today = (): string => jstDay(ports.paypayNowMs())

  /** A day that has begun. */
  function begun(day: string): Result<null, DeskFailure> {
    return day > today() ? fail({ kind: 'dayNotYet', day, today: today() }) : ok(null)
  }

  async function factsOf(day: string): Promise<readonly DayFact[]> {
    return (await ledger.factsOf(dayStream(day))) as unknown as readonly DayFact[]
  }

  async function look(day: string): Promise<DayView> {
    const figures = figuresOf(day, await trades.ofDay(day))
    const facts = await factsOf(day)
    const closes = facts.flatMap(fact => (fact.type === 'dayClosed' ? [closeOf(fact)] : []))
    const last = closes.at(-1)
    return {
      figures,
      isOver: day < today(),
      closes,
      sinceClose: last ? changeSince(last.totals, onlyTotals(figures)) : null,
      comparisons: facts.flatMap(fact => (fact.type === 'dayCompared' ? [summaryOf(fact)] : [])),
    }
  }

  function closeOf({ atMs, data }: Extract<DayFact, { type: 'dayClosed' }>): DayClose {
    const { by, note, wasOver, figures } = data
    return { closedAtMs: atMs, by: staff.nameOf(by), note, wasOver, totals: onlyTotals(figures) }
  }

  function summaryOf({ atMs, data }: Extract<DayFact, { type: 'dayCompared' }>): ComparisonSummary {
    return { ...data, atMs, by: staff.nameOf(data.by) }
  }

  async function listed(day: string): Promise<ListedDay> {
    const { sales, salesYen, backs, backYen } = await ledger.sumsOfDay(day)
    const facts = await factsOf(day)
    const last = facts.findLast(fact => fact.type === 'dayClosed')
    const close = last?.type === 'dayClosed' ? closeOf(last) : null
    return {
      day,
      sales: { count: sales, yen: yen(salesYen) },
      givenBack: { count: backs, yen: yen(backYen) },
      netYen: salesYen - backYen,
      close: close && { closedAtMs: close.closedAtMs, by: close.by, netYen: close.totals.netYen },
    }
  }

  return {
    async getDay({ day }) {
      const may = begun(day)
      return may.ok ? ok(await look(day)) : may
    },
    async listDays({ before, limit }) {
      const days: ListedDay[] = []
      let beforeMs = before === null ? Number.MAX_SAFE_INTEGER : jstDaySpan(before).fromMs
      let atMs = await ledger.lastMoveBefore(beforeMs)
      while (atMs !== null && days.length < limit) {
        const day = jstDay(atMs)
        days.push(await listed(day))
        beforeMs = jstDaySpan(day).fromMs
        atMs = await ledger.lastMoveBefore(beforeMs)
      }
      return ok({ days, next: atMs === null ? null : (days.at(-1)?.day ?? null) })
    },
    async closeDay({ day, note }, { user }) {
      const may = begun(day)
      if (!may.ok) return may
      const figures = figuresOf(day, await trades.ofDay(day))
      const data = { by: user.userId, note: note.trim(), wasOver: day < today(), figures }
      await ledger.append([{ checkoutId: dayStream(day), type: 'dayClosed', atMs: clock.nowMs(), data }])
      return ok(await look(day))
    },
    async compareDay({ day, file }, { user }) {
      const may = begun(day)
      if (!may.ok) return may
      const { running } = comparisons
      if (running !== null) return fail({ kind: 'comparing', day: running })
      if (file === null) return ok(await comparisons.start(day, null, user.userId))
      const expected = { day, merchantId: ports.merchantId(), form: null }
      const read = await readPaypayFile(Buffer.from(file.base64, 'base64'), file.name, expected)
      if (!read.ok) return fail({ kind: 'faultyFile', fault: read.fault })
      return ok(await comparisons.start(day, { name: file.name, rows: read.file.rows }, user.userId))
    },
    getComparison: async ({ day }) => ok(comparisons.last(day)),
    async exportDay({ day, encoding, what }) {
      const may = begun(day)
      if (!may.ok) return may
      const traded = await trades.ofDay(day)
      const table = what === 'sales' ? salesTable(day, traded) : figuresTable(figuresOf(day, traded))
      return ok(await csvFile(`kaikei-${day}-${what}.csv`, table, encoding))
    },
  }
}
