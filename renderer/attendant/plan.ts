import type { AttendantInputOf } from '../../shared/attendant.ts'
import type { DeskCheckout, DeskState, MoneyBackReason, MoneyBackView } from '../../shared/desk.ts'
import type { Decision } from './decisions.ts'
import type { DeskTextKey } from './text/say.ts'

/** What the panel holds while it is filled in. */
export type Draft = {
  readonly kind: 'whole' | 'lines' | 'amount'
  /** How many of each line, by its number. */
  readonly quantities: Readonly<Record<number, number>>
  readonly digits: string
  readonly reason: MoneyBackReason | null
  readonly note: string
  readonly secondPin: string
}

export const EMPTY_DRAFT: Draft = {
  kind: 'whole',
  quantities: {},
  digits: '',
  reason: null,
  note: '',
  secondPin: '',
}

export const PIN_DIGITS = { least: 6, most: 12 } as const

type What = AttendantInputOf<'giveBack'>['what']
type Possible = Extract<DeskCheckout['giveBack'], { possible: true }>
type Limits = Pick<DeskState, 'limitYen' | 'secondPersonAboveYen'>

/** What pressing the button would do now, or the one thing that is missing. */
export type Plan = {
  readonly amountYen: number
  readonly what: What
  readonly way: 'cancel' | 'refund'
  readonly needsSecondPin: boolean
  readonly missing: { readonly key: DeskTextKey; readonly values?: Readonly<Record<string, number>> } | null
}

export function planOf(draft: Draft, checkout: DeskCheckout, giveBack: Possible, limits: Limits): Plan {
  const what = whatOf(draft, giveBack)
  const amountYen = amountOf(draft, checkout, giveBack)
  const needsSecondPin = limits.secondPersonAboveYen !== null && amountYen > limits.secondPersonAboveYen
  return {
    amountYen,
    what,
    // Parts always go as refunds.
    way: draft.kind === 'whole' ? giveBack.way : 'refund',
    needsSecondPin,
    missing: missingIn(draft, amountYen, giveBack, limits, needsSecondPin),
  }
}

function amountOf(draft: Draft, checkout: DeskCheckout, giveBack: Possible): number {
  if (draft.kind === 'whole') return giveBack.leftYen
  if (draft.kind === 'amount') return Number(draft.digits)
  return checkout.lines.reduce(
    (sum, line, index) => sum + line.unitPriceYen * countIn(draft, giveBack, index),
    0,
  )
}

/** What a decision that was sent comes to. */
export function amountOfDecision({ what }: Decision, checkout: DeskCheckout): number {
  if (what.kind === 'amount') return what.amountYen
  if (what.kind === 'whole') return checkout.giveBack.possible ? checkout.giveBack.leftYen : checkout.totalYen
  return what.lines.reduce(
    (sum, { line, quantity }) => sum + (checkout.lines[line]?.unitPriceYen ?? 0) * quantity,
    0,
  )
}

/** How many of a line are chosen: never more than are left. */
export function countIn(draft: Draft, giveBack: Possible, line: number): number {
  return Math.min(draft.quantities[line] ?? 0, giveBack.leftOfLines?.[line] ?? 0)
}

function whatOf(draft: Draft, giveBack: Possible): What {
  if (draft.kind === 'whole') return { kind: 'whole' }
  if (draft.kind === 'amount') return { kind: 'amount', amountYen: Number(draft.digits) }
  const lines = (giveBack.leftOfLines ?? []).flatMap((_, line) => {
    const quantity = countIn(draft, giveBack, line)
    return quantity === 0 ? [] : [{ line, quantity }]
  })
  return { kind: 'lines', lines }
}

function missingIn(
  draft: Draft,
  amountYen: number,
  { leftYen }: Possible,
  { limitYen }: Limits,
  needsSecondPin: boolean,
): Plan['missing'] {
  if (amountYen === 0) return { key: draft.kind === 'lines' ? 'back.chooseLines' : 'back.enterAmount' }
  if (amountYen > leftYen) return { key: 'back.aboveLeft', values: { leftYen } }
  if (limitYen !== null && amountYen > limitYen) return { key: 'back.aboveLimit', values: { limitYen } }
  if (draft.reason === null) return { key: 'back.chooseReason' }
  if (needsSecondPin && draft.secondPin.length < PIN_DIGITS.least) return { key: 'back.enterSecondPin' }
  return null
}

/** Where the money is, as three dots: the shop has it, PayPay has it, the customer has it. */
export function placeOf(moneyBack: MoneyBackView | null): 1 | 2 | 3 {
  if (moneyBack?.state === 'done') return 3
  return moneyBack?.state === 'taken' ? 2 : 1
}

/** The decision that the panel tells of: the last one. */
export function lastOf(checkout: DeskCheckout): MoneyBackView | null {
  return checkout.moneyBacks.toSorted((one, other) => one.decidedAtMs - other.decidedAtMs).at(-1) ?? null
}
