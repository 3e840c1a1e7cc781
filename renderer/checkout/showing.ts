import type { Checkout, ClosedReason, Opens } from '../../shared/checkout.ts'
import type { AnyReceipt } from '../../shared/receipt.ts'
import type { CheckingProps, Countdown, ReceiptProps, ThankYouProps } from '../screens/props.ts'
import { codeLeftMs, returnsIn, settlesInMs, sinceArrivalMs, statusAgeMs } from './context.ts'
import { DELAYS } from './delays.ts'
import type { KioskSnapshot } from './machine.ts'
import type { Sale } from './memory.ts'

/** What a screen needs to be told of the machine's state. Reads only; it is asked again whenever a time is redrawn. */

/** The states of the conversation, by name; app.tsx has a screen for each. */
export type Place = NameOf<KioskSnapshot['value']['conversation']>
type NameOf<Value> = Value extends string ? Value : keyof Value

export function placeOf(snapshot: KioskSnapshot): Place {
  const value = snapshot.value.conversation
  return (typeof value === 'string' ? value : Object.keys(value)[0]) as Place
}

export function checkoutOf(snapshot: KioskSnapshot): Checkout | null {
  return snapshot.context.view?.checkout ?? null
}

export function hostIsAway(snapshot: KioskSnapshot): boolean {
  return snapshot.matches({ host: 'away' })
}

export function closedReason(snapshot: KioskSnapshot): ClosedReason {
  const { view } = snapshot.context
  if (hostIsAway(snapshot) || snapshot.matches({ conversation: { leaving: 'unreached' } })) return 'hostAway'
  return view && !view.selling.open ? view.selling.reason : 'starting'
}

/** When the shop's hours begin again, if that is what keeps it shut. */
export function opensIn(snapshot: KioskSnapshot): Opens | null {
  const selling = snapshot.context.view?.selling
  return (selling?.open === false && closedReason(snapshot) === 'outsideHours' && selling.opens) || null
}

/** What the wait is about, how long it has lasted, and whether it may be left to us. */
export function waitOf(snapshot: KioskSnapshot): Pick<CheckingProps, 'kind' | 'elapsedMs' | 'canLeave'> {
  const { context } = snapshot
  const canLeave = snapshot.matches({ patience: 'mayLeave' })
  const isCores = snapshot.matches({ conversation: 'checking' }) || isCreating(snapshot)
  const elapsedMs = isCores ? statusAgeMs(context) : sinceArrivalMs(context)
  return { kind: kindOfWait(snapshot), elapsedMs, canLeave }
}

function kindOfWait(snapshot: KioskSnapshot): CheckingProps['kind'] {
  if (isCreating(snapshot)) return 'creating'
  if (snapshot.matches({ conversation: 'reconnecting' })) return 'reconnecting'
  return snapshot.context.stopping ? 'stopping' : 'asking'
}

function isCreating(snapshot: KioskSnapshot): boolean {
  return snapshot.matches({ conversation: { creatingCode: 'confirmed' } })
}

/** What PayPay gives the code. */
export function codeCountdown(snapshot: KioskSnapshot): Countdown {
  const checkout = checkoutOf(snapshot)
  const wholeMs = checkout?.status === 'awaitingPayment' ? checkout.code.lifetimeMs : 0
  return { leftMs: codeLeftMs(snapshot.context), wholeMs }
}

/** Until "thank you" goes by itself; it waits while its receipt is looked for or read. */
export function thankYouCountdown(snapshot: KioskSnapshot): Countdown {
  const wholeMs = DELAYS.thankYouMs
  if (!snapshot.matches({ conversation: { paid: 'thanked' } })) return { leftMs: wholeMs, wholeMs }
  return { leftMs: Math.max(0, wholeMs - sinceArrivalMs(snapshot.context)), wholeMs }
}

/** What has become of the wish to see the receipt. */
export function receiptOffer(snapshot: KioskSnapshot): ThankYouProps['receipt'] {
  if (snapshot.matches({ conversation: { paid: 'opening' } })) return 'opening'
  return snapshot.matches({ conversation: { paid: { thanked: 'withoutReceipt' } } }) ? 'notShown' : 'offered'
}

/** The receipt that lies over the thank-you, and what has become of its printing; null while none does. */
export function openReceiptOf(
  snapshot: KioskSnapshot,
): (Pick<ReceiptProps, 'printing' | 'countdown' | 'settling'> & { readonly receipt: AnyReceipt }) | null {
  const { receipt, ports, touchedAtMs } = snapshot.context
  if (!receipt || !snapshot.matches({ conversation: { paid: 'open' } })) return null
  const printing = PRINTINGS.find(one =>
    snapshot.matches({ conversation: { paid: { open: { printer: one } } } }),
  )
  const leftMs = Math.max(0, DELAYS.receiptMs - (ports.monotonicMs() - touchedAtMs))
  const countdown = { leftMs, wholeMs: DELAYS.receiptMs }
  return { receipt, printing: printing ?? 'ready', countdown, settling: isSettling(snapshot) }
}

const PRINTINGS = ['ready', 'printing', 'sent', 'notPrinted'] as const

/** Until nobody is there any more; null while that is not asked. */
export function stillThereCountdown(snapshot: KioskSnapshot): Countdown | null {
  if (!snapshot.matches({ presence: 'stillThere' })) return null
  const { ports, askedAtMs } = snapshot.context
  const leftMs = Math.max(0, DELAYS.stillThereMs - (ports.monotonicMs() - askedAtMs))
  return { leftMs, wholeMs: DELAYS.stillThereMs }
}

/** True while what has come up could still be pressed by the second tap of a double tap. */
export function isSettling(snapshot: KioskSnapshot): boolean {
  return snapshot.hasTag('settles') && settlesInMs(snapshot.context) > 0
}

/** When the screen is to be drawn again although nothing has happened: a time runs on it. Null: never. */
export function redrawInMs(snapshot: KioskSnapshot): number | null {
  if (isSettling(snapshot)) return settlesInMs(snapshot.context)
  if (stillThereCountdown(snapshot) || hasRunningTime(placeOf(snapshot))) return DELAYS.redrawMs
  // A slip is taken down in time also while the host is away.
  const endsInMs = returnsIn(snapshot.context).map(one => one.remainingMs)
  return endsInMs.length > 0 ? Math.min(...endsInMs) : null
}

function hasRunningTime(place: Place): boolean {
  switch (place) {
    case 'showingCode':
    case 'paid':
    case 'creatingCode':
    case 'cancelling':
    case 'timeoutCancel':
    case 'deleteOnAbandon':
    case 'checking':
    case 'rereading':
    case 'reconnecting':
      return true
    case 'connecting':
    case 'following':
    case 'attract':
    case 'browsing':
    case 'reviewing':
    case 'declined':
    case 'changingOrder':
    case 'returned':
    case 'problem':
    case 'leaving':
    case 'closed':
      return false
    default:
      return place satisfies never
  }
}

/** True when "I have paid" was pressed a moment ago. */
export function isAsking(snapshot: KioskSnapshot): boolean {
  return (
    snapshot.matches({ conversation: { showingCode: { question: 'asking' } } }) ||
    snapshot.matches({ conversation: { showingCode: { question: 'asked' } } })
  )
}

/** What a page that is loaded again must still know; null when there is no sale. */
export function saleOf(snapshot: KioskSnapshot): Sale | null {
  const { cart, digits, locale, large } = snapshot.context
  const place = resumePlaceOf(snapshot)
  return place && { place, cart, digits, locale, large }
}

function resumePlaceOf(snapshot: KioskSnapshot): Sale['place'] | null {
  const { resumeAt, startPending, cart, digits } = snapshot.context
  const place = placeOf(snapshot)
  switch (place) {
    case 'connecting':
      return resumeAt
    case 'following':
    case 'attract':
    case 'leaving':
      return null
    case 'browsing':
    case 'reviewing':
      return place
    case 'closed':
      return Object.keys(cart).length > 0 || digits !== '' ? 'browsing' : null
    case 'creatingCode':
    case 'rereading':
    case 'reconnecting': {
      // A start whose fate is unknown may turn out not to have happened; then the basket is looked over again.
      const isInDoubt = startPending !== null || !checkoutOf(snapshot)
      return isInDoubt ? 'reviewing' : 'paying'
    }
    case 'showingCode':
    case 'cancelling':
    case 'timeoutCancel':
    case 'deleteOnAbandon':
    case 'checking':
    case 'paid':
    case 'declined':
    case 'changingOrder':
    case 'returned':
    case 'problem':
      return 'paying'
    default:
      return place satisfies never
  }
}
