import { useMachine } from '@xstate/react'
import { type ReactNode, useEffect, useReducer } from 'react'
import type { LaneView, Shop } from '../shared/checkout.ts'
import { isOverCap } from './checkout/cart.ts'
import { basketIn, type KioskInput } from './checkout/context.ts'
import { DELAYS } from './checkout/delays.ts'
import { type KioskSnapshot, kioskMachine } from './checkout/machine.ts'
import type { Memory } from './checkout/memory.ts'
import {
  checkoutOf,
  closedReason,
  codeCountdown,
  isAsking,
  type Place,
  placeOf,
  saleOf,
  stillThereCountdown,
  thankYouCountdown,
  waitOf,
} from './checkout/showing.ts'
import { Attract } from './screens/attract.tsx'
import { Checking } from './screens/checking.tsx'
import { Closed } from './screens/closed.tsx'
import { Code } from './screens/code.tsx'
import { Keypad } from './screens/keypad.tsx'
import { Menu } from './screens/menu.tsx'
import { Problem } from './screens/problem.tsx'
import type { ScreenProps } from './screens/props.ts'
import { Returned } from './screens/returned.tsx'
import { Review } from './screens/review.tsx'
import { StillThere } from './screens/still-there.tsx'
import { ThankYou } from './screens/thank-you.tsx'
import { Unpaid } from './screens/unpaid.tsx'
import { languageTags, setTextLocale } from './text/i18n.ts'
import { Screen } from './ui/frame.tsx'

/** The page: one machine, one screen at a time, and what is common to all of them. */
export function App({ input, memory }: { input: KioskInput; memory: Memory }): ReactNode {
  const [snapshot, send, actor] = useMachine(kioskMachine, { input })
  const { locale, large, shop, view } = snapshot.context
  const mode = view?.mode ?? 'production'
  const place = placeOf(snapshot)
  useRedraw()

  useEffect(() => {
    const subscription = actor.subscribe(now => memory.write(saleOf(now)))
    return () => subscription.unsubscribe()
  }, [actor, memory])
  useEffect(() => {
    setTextLocale(locale)
    document.documentElement.lang = languageTags[locale]
  }, [locale])
  useEffect(() => {
    const touch = (): void => send({ type: 'customer.touch' })
    window.addEventListener('pointerdown', touch)
    window.addEventListener('keydown', touch)
    return () => {
      window.removeEventListener('pointerdown', touch)
      window.removeEventListener('keydown', touch)
    }
  }, [send])

  return (
    <Screen shop={shop} locale={locale} large={large} mode={mode}>
      <Announcer place={place} locale={locale} />
      {shop && view ? screenOf(snapshot, place, { shop, locale, large, mode, staffCalled: view.staffCalled, send }, view) : <Opening snapshot={snapshot} send={send} />}
    </Screen>
  )
}

/** Before the first snapshot, and as long as no host answers. */
function Opening({ snapshot, send }: { snapshot: KioskSnapshot; send: ScreenProps['send'] }): ReactNode {
  const { locale, large } = snapshot.context
  if (placeOf(snapshot) !== 'closed') return null
  return <Closed shop={null} locale={locale} large={large} mode="production" staffCalled={false} send={send} reason={closedReason(snapshot)} />
}

/** One screen for each state: the compiler asks for a new one. */
function screenOf(snapshot: KioskSnapshot, place: Place, common: ScreenProps & { shop: Shop }, view: LaneView): ReactNode {
  const { digits, cart, notice } = snapshot.context
  const basket = basketIn(snapshot.context)
  const checkout = checkoutOf(snapshot)
  const countdown = stillThereCountdown(snapshot)
  const asks = countdown && <StillThere {...common} countdown={countdown} />
  switch (place) {
    case 'connecting':
    case 'following':
      return null
    case 'attract':
    case 'leaving':
      return <Attract {...common} />
    case 'browsing':
      if (!basket) return null
      return (
        <>
          {common.shop.till === 'menu' ? (
            <Menu {...common} cart={cart} basket={basket} notice={notice} />
          ) : (
            <Keypad {...common} digits={digits} amountYen={Number(digits || '0')} overCap={isOverCap(digits, common.shop)} notice={notice} />
          )}
          {asks}
        </>
      )
    case 'reviewing':
      if (!basket) return null
      return (
        <>
          <Review {...common} basket={basket} busy={false} notice={notice} />
          {asks}
        </>
      )
    case 'creatingCode':
      // Until core has taken the order the review stays, so that nothing flashes by.
      if (checkout || !basket) return <Checking {...common} checkout={checkout} {...waitOf(snapshot)} />
      return <Review {...common} basket={basket} busy notice={notice} />
    case 'showingCode':
      if (checkout?.status !== 'awaitingPayment') return null
      return <Code {...common} checkout={checkout} code={checkout.code} countdown={codeCountdown(snapshot)} asking={isAsking(snapshot)} />
    case 'cancelling':
    case 'timeoutCancel':
    case 'deleteOnAbandon':
    case 'checking':
    case 'rereading':
    case 'reconnecting':
      return <Checking {...common} checkout={checkout} {...waitOf(snapshot)} />
    case 'paid':
      return checkout && <ThankYou {...common} checkout={checkout} countdown={thankYouCountdown(snapshot)} />
    case 'declined':
    case 'changingOrder':
      if (checkout?.status !== 'unpaid') return null
      return (
        <>
          <Unpaid {...common} checkout={checkout} why={checkout.why} busy={snapshot.matches({ conversation: { declined: 'retrying' } }) || place === 'changingOrder'} />
          {asks}
        </>
      )
    case 'returned':
      return (
        checkout && (
          <>
            <Returned {...common} checkout={checkout} done={checkout.status === 'returned'} />
            {asks}
          </>
        )
      )
    case 'problem':
      if (checkout?.status !== 'problem') return null
      return (
        <>
          <Problem {...common} checkout={checkout} money={checkout.money} />
          {asks}
        </>
      )
    case 'closed':
      return <Closed {...common} reason={view.selling.open && closedReason(snapshot) === 'starting' ? 'starting' : closedReason(snapshot)} />
    default:
      return place satisfies never
  }
}

/** A reader hears each screen's first line once; a keyboard starts at its beginning. */
function Announcer({ place, locale }: { place: Place; locale: string }): ReactNode {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new screen, or the same one in another language, is said anew
  useEffect(() => {
    const title = document.querySelector('h1')?.textContent ?? ''
    const live = document.querySelector('[data-announcer]')
    if (live) live.textContent = title
    document.title = title ? `${title} | Kaikei` : 'Kaikei'
    const active = document.activeElement
    if (!active || active === document.body) document.querySelector<HTMLElement>('.screen')?.focus()
  }, [place, locale])
  return <p className="hidden" aria-live="polite" data-announcer />
}

/** Times that run out in front of the customer are drawn again a few times a second; nothing is decided here. */
function useRedraw(): void {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const timer = setInterval(redraw, DELAYS.redrawMs)
    return () => clearInterval(timer)
  }, [])
}
