import type { Checkout, LaneReturn, LaneView, Locale, Order, Shop } from '../../shared/checkout.ts'
import type { AnyReceipt } from '../../shared/receipt.ts'
import type { KaikeiApi } from '../api.ts'
import type { Basket, Cart, Notice } from '../screens/props.ts'
import { amountOf, basketOfCart, basketOfDigits, EMPTY_CART } from './cart.ts'
import { DELAYS } from './delays.ts'
import type { CustomerEvent } from './events.ts'
import type { Sale } from './memory.ts'

/** What the conversation needs of the world. A test gives a world of its own. */
export type Ports = {
  readonly api: KaikeiApi
  /** Never goes back; only differences mean anything. `performance.now` in a browser. */
  readonly monotonicMs: () => number
  readonly play: (sound: Sound) => void
  /** What draws and prints receipts; it comes when the first one is asked for. Rejects when it does not come. */
  readonly loadReceipts: () => Promise<ReceiptPrinter>
}

export type ReceiptPrinter = {
  /** On a roll of this width, in mm. Resolves when it was handed to the printer. */
  readonly printReceipt: (receipt: AnyReceipt, paperMm: PaperMm) => Promise<void>
}

export type PaperMm = NonNullable<Shop['receiptPaperMm']>

/** tick: a key or a card. tap: a code is here. The others: an answer about money. */
export type Sound = 'tick' | 'tap' | 'paid' | 'returned' | 'declined'

export type KioskInput = {
  readonly ports: Ports
  readonly lane: string
  /** What a page remembered before it was loaded again. */
  readonly sale: Sale | null
}

/** Everything that can happen: what a customer does, what the host says, and what one region tells another. */
export type KioskEvent =
  | CustomerEvent
  /** The whole lane, pushed by core. */
  | { readonly type: 'lane.view'; readonly view: LaneView }
  /** The line to the host is down. */
  | { readonly type: 'lane.lost' }
  /** The host region: it has been down for too long. */
  | { readonly type: 'host.away' }
  /** The presence region: "still there?" was not answered. */
  | { readonly type: 'presence.gone' }
  /** The conversation: core does not sell what the screen's list says. */
  | { readonly type: 'shop.stale' }

export type KioskContext = {
  readonly ports: Ports
  readonly lane: string

  /** The last whole snapshot and when it came, on the monotonic clock. */
  readonly view: LaneView | null
  readonly viewAtMs: number
  readonly shop: Shop | null
  /** The revision that was wanted when the shop was last asked for: an answer of another one is not asked for for ever. */
  readonly shopAskedFor: string | null

  readonly cart: Cart
  readonly digits: string
  readonly locale: Locale
  /** False: the language is the shop's, not a customer's choice. */
  readonly localeChosen: boolean
  readonly large: boolean
  readonly notice: Notice
  /** Where a page that was loaded again was; used once. */
  readonly resumeAt: Sale['place'] | null

  /** When what is on the screen came up. */
  readonly sinceMs: number
  /** From when on it may be pressed. Null before the first screen, which no finger can have been on its way to. */
  readonly settledAtMs: number | null
  /** When "still there?" came up. */
  readonly askedAtMs: number
  /** The customer or the clock has given up on the code; until core says what has become of it. */
  readonly stopping: boolean
  /** When a code was last given up; a failed stop is not repeated at once. */
  readonly stoppedAtMs: number | null
  /** The fate of a start is not known: what to say at the review if the lane turns out to be free. */
  readonly startPending: Notice
  /** The receipt that lies over the thank-you, and when a customer last touched the screen while it did. */
  readonly receipt: AnyReceipt | null
  readonly touchedAtMs: number
  /** The checkout that the customer turns away from; null: whichever the lane turns out to have. */
  readonly leavingId: string | null
  /** Returns that somebody has read and put away, by what was said of them: "on its way" does not put away "returned". */
  readonly putAway: readonly string[]
  /** The last moment of a checkout that was heard, so that it sounds once. */
  readonly heard: string | null
}

export function contextFrom(input: KioskInput): KioskContext {
  const { ports, lane, sale } = input
  // Once paying has begun the basket is core's: a lane without a checkout means that the sale is over.
  const basket = sale && sale.place !== 'paying' ? sale : null
  return {
    ports,
    lane,
    view: null,
    viewAtMs: 0,
    shop: null,
    shopAskedFor: null,
    cart: basket?.cart ?? EMPTY_CART,
    digits: basket?.digits ?? '',
    locale: sale?.locale ?? 'ja',
    localeChosen: sale !== null,
    large: sale?.large ?? false,
    notice: null,
    resumeAt: sale?.place ?? null,
    sinceMs: ports.monotonicMs(),
    settledAtMs: null,
    askedAtMs: 0,
    stopping: false,
    stoppedAtMs: null,
    startPending: null,
    receipt: null,
    touchedAtMs: 0,
    leavingId: null,
    putAway: [],
    heard: null,
  }
}

/** What a lane says, in one word: a checkout's status, or without one whether the till sells. */
export type LaneWord = Checkout['status'] | 'free' | 'closed'

export function wordOf(view: LaneView): LaneWord {
  if (view.checkout) return view.checkout.status
  return view.selling.open ? 'free' : 'closed'
}

/** The snapshot that a decision is about: the one that has just come, otherwise the last one. */
export function viewAtHand(context: KioskContext, event: { readonly type: string }): LaneView | null {
  return isLaneViewEvent(event) ? event.view : context.view
}

function isLaneViewEvent(event: {
  readonly type: string
}): event is Extract<KioskEvent, { type: 'lane.view' }> {
  return event.type === 'lane.view'
}

/** What was said of a return. */
export function saidOf({ returnId, state }: LaneReturn): string {
  return `${returnId}/${state}`
}

/** What staff gave back and nobody has put away, with the time that is left of it by now. */
export function returnsIn(context: KioskContext): readonly LaneReturn[] {
  const sinceMs = sinceViewMs(context)
  return (context.view?.returns ?? [])
    .filter(one => one.remainingMs > sinceMs && !context.putAway.includes(saidOf(one)))
    .map(one => ({ ...one, remainingMs: one.remainingMs - sinceMs }))
}

/** What is in the basket, as it is drawn. Empty while the shop is not known. */
export function basketIn(context: KioskContext): Basket | null {
  const { shop, cart, digits } = context
  if (!shop) return null
  return shop.till === 'menu' ? basketOfCart(cart, shop) : basketOfDigits(digits, shop)
}

/** What core is asked to sell: the lines that were drawn, each with the price that was seen, or an amount on a keypad till. */
export function orderIn(context: KioskContext): Order {
  if (context.shop?.till === 'keypad') return { kind: 'amount', amountYen: amountOf(context.digits) }
  const drawn = basketIn(context)?.lines ?? []
  const lines = drawn.flatMap(({ productId, quantity, unitPriceYen }) =>
    productId === null ? [] : [{ productId, quantity, seenPriceYen: unitPriceYen }],
  )
  return { kind: 'cart', lines }
}

/** The checkout that a call is about; an id of none is refused by core. */
export function checkoutIn(context: KioskContext): { lane: string; checkoutId: string } {
  return { lane: context.lane, checkoutId: context.view?.checkout?.checkoutId ?? 'none' }
}

/** How long core has said what it says, by now, in ms; 0 without a checkout. */
export function statusAgeMs(context: KioskContext): number {
  const checkout = context.view?.checkout
  return checkout ? checkout.statusAgeMs + sinceViewMs(context) : 0
}

/** What PayPay still gives the code, in ms, measured from the snapshot on the monotonic clock; never below 0. */
export function codeLeftMs(context: KioskContext): number {
  const checkout = context.view?.checkout
  if (checkout?.status !== 'awaitingPayment') return 0
  return Math.max(0, checkout.code.remainingMs - sinceViewMs(context))
}

/**
 * When the code is to be given up, in ms from now. A stop that did not work shows the code again without time; then the
 * next try keeps the pace of every other try.
 */
export function codeRunsOutInMs(context: KioskContext): number {
  const leftMs = codeLeftMs(context)
  if (leftMs > 0 || context.stoppedAtMs === null) return leftMs
  return Math.max(0, context.stoppedAtMs + DELAYS.retryMs - context.ports.monotonicMs())
}

/** How long the second tap of a double tap could still press what has just come up, in ms; 0 when it no longer could. */
export function settlesInMs(context: KioskContext): number {
  return Math.max(0, (context.settledAtMs ?? 0) - context.ports.monotonicMs())
}

export function sinceArrivalMs(context: KioskContext): number {
  return context.ports.monotonicMs() - context.sinceMs
}

/** What changes when something new comes up. */
export function arrival(context: KioskContext): Pick<KioskContext, 'sinceMs' | 'settledAtMs' | 'resumeAt'> {
  const sinceMs = context.ports.monotonicMs()
  const settledAtMs = context.settledAtMs === null ? sinceMs : sinceMs + DELAYS.settleMs
  return { sinceMs, settledAtMs, resumeAt: null }
}

function sinceViewMs(context: KioskContext): number {
  return Math.max(0, context.ports.monotonicMs() - context.viewAtMs)
}
