import type { AttendantMethod } from '../../shared/attendant.ts'
import type { Comparison, DayFigures, DayView } from '../../shared/day.ts'
import type {
  DeskCheckout,
  DeskFailure,
  DeskRow,
  DeskState,
  MoneyBackView,
  Session,
} from '../../shared/desk.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { DeskApi } from '../api.ts'
import { dayOf, listOf } from './day-data.ts'
import { checkoutOf, rows, state } from './desk-data.ts'
import { type UpkeepAnswers, upkeepAnswers } from './upkeep-data.ts'

/** A host that answers the desk from made-up data, and misbehaves where a shot asks for it. */
export type Manners = {
  readonly firstStart?: boolean
  /** What the door says to a PIN. */
  readonly signIn?: DeskFailure
  readonly setUp?: DeskFailure
  readonly state?: Partial<DeskState>
  readonly rows?: readonly DeskRow[]
  /** What becomes of money back. */
  readonly giveBack?: DeskFailure | MoneyBackView
  /** Methods that are never answered, and those that fail. */
  readonly silent?: readonly AttendantMethod[]
  readonly failing?: Readonly<Partial<Record<AttendantMethod, DeskFailure>>>
  readonly day?: Partial<Omit<DayView, 'figures'>> & { readonly figures?: Partial<DayFigures> }
  readonly comparison?: Comparison
  /** Answers of the pages that run the shop, in the place of the usual ones. */
  readonly upkeep?: UpkeepAnswers
  readonly checkout?: (checkout: DeskCheckout) => DeskCheckout
}

const session: Session = { token: 'made-up', user: state.user, idleMs: 120_000 }

export function deskHost(manners: Manners): DeskApi {
  const changed = manners.checkout ?? ((checkout: DeskCheckout) => checkout)
  const all = manners.rows ?? rows
  const decided = new Map<string, DeskCheckout>()
  const answer = (
    method: AttendantMethod,
    input: Readonly<Record<string, unknown>>,
  ): Result<unknown, DeskFailure> => {
    const failure = manners.failing?.[method]
    if (failure) return fail(failure)
    const now = { ...state, ...manners.state }
    const upkeep = { ...upkeepAnswers, ...manners.upkeep }[method]
    if (upkeep !== undefined) return ok(upkeep)
    switch (method) {
      case 'getDoor':
        return ok({ firstStart: manners.firstStart ?? false, waitMs: 0, shopNames: state.shopNames })
      case 'signIn':
        return manners.signIn ? fail(manners.signIn) : ok({ ...session, user: now.user })
      case 'setUp':
        return manners.setUp ? fail(manners.setUp) : ok(session)
      case 'signOut':
        return ok(null)
      case 'getDesk':
      case 'answerCall':
        return ok(now)
      case 'findCheckouts': {
        const text = String(input.text)
        const wanted = input.words as readonly string[]
        const from = Number(input.before ?? 0)
        const found = all.filter(
          row =>
            (wanted.length === 0 || wanted.includes(row.word)) &&
            (text === '' || row.claimNumber === text || String(row.totalYen) === text),
        )
        const end = from + Number(input.limit)
        return ok({ rows: found.slice(from, end), next: end < found.length ? end : null })
      }
      case 'getPapers':
        return ok([])
      case 'getDay':
      case 'closeDay': {
        const view = dayOf(String(input.day))
        const { figures, ...rest } = manners.day ?? {}
        return ok({ ...view, ...rest, figures: { ...view.figures, ...figures } })
      }
      case 'listDays':
        return ok(listOf(manners.day?.closes?.at(-1) ?? null))
      case 'getComparison':
      case 'compareDay':
        return ok(manners.comparison ?? null)
      case 'exportDay':
        return ok({ name: `kaikei-${input.day}-${input.what}.csv`, base64: '', replaced: 2 })
      case 'giveBack': {
        const outcome = manners.giveBack
        if (outcome && 'kind' in outcome) return fail(outcome)
        const row = all.find(one => one.checkoutId === input.checkoutId)
        if (!row || !outcome) return fail({ kind: 'hostAway' })
        const isAll = outcome.amountYen === row.totalYen
        const giveBack = {
          possible: false,
          because: outcome.state === 'done' ? 'allReturned' : 'underWay',
        } as const
        const checkout = checkoutOf(row, {
          moneyBacks: [outcome],
          ...(isAll && outcome.state !== 'refused' ? { giveBack } : {}),
        })
        decided.set(row.checkoutId, checkout)
        return ok(checkout)
      }
      default: {
        const row = all.find(one => one.checkoutId === input.checkoutId)
        if (!row) return fail({ kind: 'unknownCheckout', checkoutId: String(input.checkoutId) })
        return ok(decided.get(row.checkoutId) ?? changed(checkoutOf(row)))
      }
    }
  }
  return {
    callDesk: (method, input) =>
      manners.silent?.includes(method)
        ? new Promise(() => {})
        : Promise.resolve(answer(method, { ...input }) as never),
  }
}
