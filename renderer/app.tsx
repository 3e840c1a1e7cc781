import { useSelector } from '@xstate/react'
import { lazy, type ReactNode, Suspense } from 'react'
import type { ActorRefFrom } from 'xstate'
import { amountOf, isOverCap } from './checkout/cart.ts'
import { basketIn, returnsIn } from './checkout/context.ts'
import type { KioskSnapshot, kioskMachine } from './checkout/machine.ts'
import {
  checkoutOf,
  closedReason,
  codeCountdown,
  isAsking,
  isSettling,
  openReceiptOf,
  opensIn,
  placeOf,
  receiptOffer,
  redrawInMs,
  stillThereCountdown,
  thankYouCountdown,
  waitOf,
} from './checkout/showing.ts'
import { useDocument, useRedrawIn, useTouches } from './document.tsx'
import { loadReceipts } from './receipts.ts'
import { Attract } from './screens/attract.tsx'
import { Checking } from './screens/checking.tsx'
import { Closed } from './screens/closed.tsx'
import { Code } from './screens/code.tsx'
import { Keypad } from './screens/keypad.tsx'
import { Menu } from './screens/menu.tsx'
import { Problem } from './screens/problem.tsx'
import type { ScreenProps } from './screens/props.ts'
import { CARD_PAPER_MM, ReceiptSheet } from './screens/receipt-sheet.tsx'
import { Returned } from './screens/returned.tsx'
import { Review } from './screens/review.tsx'
import { StillThere } from './screens/still-there.tsx'
import { ThankYou } from './screens/thank-you.tsx'
import { Unpaid } from './screens/unpaid.tsx'
import { Screen } from './ui/frame.tsx'

/** The conversation shows a receipt only when this has come, so nothing is waited for here. */
const ReceiptCard = lazy(async () => ({ default: (await loadReceipts()).ReceiptCard }))

export type Kiosk = ActorRefFrom<typeof kioskMachine>

/**
 * The page: what the machine says, as one screen; what is common to all screens is here, and nothing is decided.
 * `covered`: staff stand at the desk that lies over it. It goes on beneath, and takes no finger and no keyboard.
 */
export function App({ kiosk, covered = false }: { kiosk: Kiosk; covered?: boolean }): ReactNode {
  const snapshot = useSelector(kiosk, now => now)
  const { shop, view, locale, large } = snapshot.context
  const common = {
    locale,
    large,
    mode: view?.mode ?? 'production',
    staffCalled: view?.staffCalled ?? false,
    send: kiosk.send,
  } as const
  const question = stillThereCountdown(snapshot)
  const receipt = openReceiptOf(snapshot)
  // Out of reach while something lies over it, and while a second tap could still press what has just come up.
  const isReachable = question === null && receipt === null && !isSettling(snapshot) && !covered
  const live = useDocument(locale, placeOf(snapshot), isReachable)
  useRedrawIn(redrawInMs(snapshot))
  // Fingers at the desk are not the customer's.
  useTouches(covered ? nobody : kiosk.send)

  return (
    <Screen shop={shop} {...common}>
      <p className="hidden" role="status" ref={live} />
      <div style={{ display: 'contents' }} inert={!isReachable}>
        {shop ? (
          screenOf(snapshot, { ...common, shop })
        ) : (
          <BeforeTheShop snapshot={snapshot} {...common} shop={null} />
        )}
      </div>
      {shop && receipt && (
        <div style={{ display: 'contents' }} inert={covered}>
          <Receipt snapshot={snapshot} common={{ ...common, shop }} open={receipt} />
        </div>
      )}
      {shop && question && (
        <div style={{ display: 'contents' }} inert={covered}>
          <StillThere {...common} shop={shop} countdown={question} />
        </div>
      )}
    </Screen>
  )
}

function nobody() {}

/** Without a shop there is paper, and after a moment the word that the till is about to open or that its host is away. */
function BeforeTheShop({
  snapshot,
  ...common
}: Omit<ScreenProps, 'shop'> & { readonly snapshot: KioskSnapshot; readonly shop: null }): ReactNode {
  return isQuiet(snapshot) ? null : (
    <Closed {...common} reason={closedReason(snapshot)} opens={opensIn(snapshot)} />
  )
}

/** One screen for each state of the conversation: a new state asks for its screen here. */
function screenOf(snapshot: KioskSnapshot, common: ScreenProps): ReactNode {
  const { cart, digits, notice } = snapshot.context
  const basket = basketIn(snapshot.context)
  const checkout = checkoutOf(snapshot)
  const shut = <Closed {...common} reason={closedReason(snapshot)} opens={opensIn(snapshot)} />
  const waiting = <Checking {...common} checkout={checkout} {...waitOf(snapshot)} />
  const returns = returnsIn(snapshot.context)
  const place = placeOf(snapshot)
  switch (place) {
    case 'connecting':
      return isQuiet(snapshot) ? null : shut
    case 'following':
      return null
    case 'attract':
      return <Attract {...common} returns={returns} />
    case 'browsing':
      if (!basket) return shut
      if (common.shop.till === 'menu')
        return <Menu {...common} returns={returns} cart={cart} basket={basket} notice={notice} />
      return (
        <Keypad
          {...common}
          digits={digits}
          amountYen={amountOf(digits)}
          overCap={isOverCap(digits, common.shop)}
          notice={notice}
        />
      )
    case 'reviewing':
      if (!basket) return shut
      return <Review {...common} basket={basket} busy={false} notice={notice} />
    case 'creatingCode':
      // Until core has taken the order the review stays, so that nothing flashes by.
      if (!snapshot.matches({ conversation: { creatingCode: 'requested' } }) || !basket) return waiting
      return <Review {...common} basket={basket} busy notice={notice} />
    case 'showingCode':
      if (checkout?.status !== 'awaitingPayment') return waiting
      return (
        <Code
          {...common}
          checkout={checkout}
          code={checkout.code}
          countdown={codeCountdown(snapshot)}
          asking={isAsking(snapshot)}
        />
      )
    case 'cancelling':
    case 'timeoutCancel':
    case 'deleteOnAbandon':
    case 'checking':
    case 'rereading':
    case 'reconnecting':
      return waiting
    case 'paid':
      if (!checkout) return waiting
      return (
        <ThankYou
          {...common}
          checkout={checkout}
          countdown={thankYouCountdown(snapshot)}
          receipt={receiptOffer(snapshot)}
        />
      )
    case 'declined':
    case 'changingOrder': {
      if (checkout?.status !== 'unpaid') return waiting
      const isBusy = !snapshot.matches({ conversation: { declined: 'shown' } })
      return <Unpaid {...common} checkout={checkout} why={checkout.why} busy={isBusy} notice={notice} />
    }
    case 'returned':
      if (!checkout) return waiting
      return <Returned {...common} checkout={checkout} done={checkout.status === 'returned'} />
    case 'problem':
      if (checkout?.status !== 'problem') return waiting
      return <Problem {...common} checkout={checkout} money={checkout.money} />
    case 'leaving':
      return closedReason(snapshot) === 'hostAway' ? shut : <Attract {...common} returns={returns} />
    case 'closed':
      return shut
    default:
      return place satisfies never
  }
}

/** The receipt over the thank-you. */
function Receipt(props: {
  snapshot: KioskSnapshot
  common: ScreenProps
  open: NonNullable<ReturnType<typeof openReceiptOf>>
}): ReactNode {
  const { receipt, ...open } = props.open
  const checkout = checkoutOf(props.snapshot)
  if (!checkout) return null
  const card = (
    <Suspense>
      <ReceiptCard receipt={receipt} paperMm={CARD_PAPER_MM} />
    </Suspense>
  )
  return <ReceiptSheet {...props.common} {...open} checkout={checkout} card={card} />
}

function isQuiet(snapshot: KioskSnapshot): boolean {
  return snapshot.matches({ conversation: { connecting: 'quiet' } })
}
