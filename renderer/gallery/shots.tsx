import type { ReactNode } from 'react'
import type {
  Checkout,
  ClosedReason,
  LaneReturn,
  Opens,
  Progress,
  Shop,
  ShownCode,
  UnpaidReason,
} from '../../shared/checkout.ts'
import { yen } from '../../shared/money.ts'
import { ReceiptCard } from '../receipt/card.tsx'
import { Attract } from '../screens/attract.tsx'
import { Checking } from '../screens/checking.tsx'
import { Closed } from '../screens/closed.tsx'
import { Code } from '../screens/code.tsx'
import { Keypad } from '../screens/keypad.tsx'
import { Menu } from '../screens/menu.tsx'
import { Problem } from '../screens/problem.tsx'
import type { Basket, Cart, ReceiptProps, ScreenProps, ThankYouProps } from '../screens/props.ts'
import { CARD_PAPER_MM, ReceiptSheet } from '../screens/receipt-sheet.tsx'
import { Returned } from '../screens/returned.tsx'
import { Review } from '../screens/review.tsx'
import { StillThere } from '../screens/still-there.tsx'
import { ThankYou } from '../screens/thank-you.tsx'
import { Unpaid } from '../screens/unpaid.tsx'
import { paperOf, receiptShots } from './receipts.tsx'
import { basketOf, demoCart, keyedBasket, longNamed, wholesaler } from './shop.ts'

/** Every screen in every state that looks different, by name. */
export type Shot = (common: ScreenProps, cart: Cart) => ReactNode

export const shots: Readonly<Record<string, Shot>> = {
  attract: common => <Attract {...common} returns={[]} />,
  'attract-one': common => <Attract {...common} returns={[]} shop={{ ...common.shop, noren: '凪' }} />,
  'attract-two': common => <Attract {...common} returns={[]} shop={{ ...common.shop, noren: '花月' }} />,
  'attract-five': common => (
    <Attract {...common} returns={[]} shop={{ ...common.shop, noren: 'ことりパン' }} />
  ),
  'attract-crest': common => <Attract {...common} returns={[]} shop={{ ...common.shop, noren: '' }} />,
  'attract-returned': common => <Attract {...common} returns={returns(1)} />,
  'attract-returned-two': common => <Attract {...common} returns={returns(2)} />,
  menu: (common, cart) => menu(common, common.shop, cart),
  'menu-returned': (common, cart) => menu(common, common.shop, cart, null, returns(1)),
  'menu-empty': common => menu(common, common.shop, {}),
  'menu-empty-told': common => menu(common, common.shop, {}, 'notice.emptyCart'),
  'menu-told': (common, cart) => menu(common, common.shop, cart, 'notice.tooManyOfOne'),
  'menu-many': (common, cart) => menu(common, wholesaler(common.shop), { ...cart, 'product-0': 2 }),
  'menu-long': common => menu(common, longNamed(common.shop), { 'karaage-bento': 9, hojicha: 2 }),
  keypad: common => keypad(common, '1240'),
  'keypad-empty': common => keypad(common, ''),
  'keypad-over': common => keypad(common, '1000001'),
  review: (common, cart) => review(common, basketOf(common.shop, cart)),
  'review-busy': (common, cart) => review(common, basketOf(common.shop, cart), { busy: true }),
  'review-told': (common, cart) =>
    review(common, basketOf(common.shop, cart), { notice: { key: 'notice.internal' } }),
  'review-keyed': common => review(common, keyedBasket(common.shop, 1240)),
  'review-long': common => review(common, everything(common.shop, 2)),
  'review-names': common => review(common, everything(longNamed(common.shop), 3)),
  code: common => code(common, 272_000),
  'code-last': common => code(common, 23_000),
  'code-asking': common => code(common, 251_000, { asking: true }),
  'code-dear': common => code(common, 272_000, { totalYen: 99_980 }),
  'code-logo': common => code({ ...common, shop: withLogo(common.shop) }, 272_000),
  'checking-creating': common => checking(common, 'creating', 700),
  checking: common => checking(common, 'asking', 8_200),
  'checking-stopping': common => checking(common, 'stopping', 2_000),
  'checking-reconnecting': common => checking(common, 'reconnecting', 12_000),
  'checking-nothing': common => (
    <Checking {...common} kind="reconnecting" checkout={null} elapsedMs={400} canLeave={false} />
  ),
  'checking-leave': common => checking(common, 'asking', 24_000, true),
  'thank-you': common => thankYou(common, 'offered'),
  'thank-you-opening': common => thankYou(common, 'opening'),
  'thank-you-told': common => thankYou(common, 'notShown'),
  'receipt-open': common => receiptOpen(common, null, 'ready'),
  'receipt-open-print': common => receiptOpen(common, 80, 'ready'),
  'receipt-open-printing': common => receiptOpen(common, 80, 'printing'),
  'receipt-open-sent': common => receiptOpen(common, 58, 'sent'),
  'receipt-open-told': common => receiptOpen(common, 58, 'notPrinted'),
  'unpaid-declined': common => unpaid(common, 'declined'),
  'unpaid-expired': common => unpaid(common, 'expired'),
  'unpaid-stopped': common => unpaid(common, 'stopped'),
  'unpaid-notCreated': common => unpaid(common, 'notCreated'),
  'unpaid-gone': common => unpaid(common, 'gone'),
  'unpaid-busy': common => unpaid(common, 'declined', { busy: true }),
  'unpaid-told': common => unpaid(common, 'declined', { notice: { key: 'notice.hostAway' } }),
  returning: common => (
    <Returned {...common} checkout={checkout(common.shop, { status: 'returning' })} done={false} />
  ),
  returned: common => <Returned {...common} checkout={checkout(common.shop, { status: 'returned' })} done />,
  'problem-paid': common => problem(common, 'paid'),
  'problem-returning': common => problem(common, 'returning'),
  'problem-unknown': common => problem(common, 'unknown'),
  closed: common => closed(common, 'paypayUnreachable'),
  'closed-starting': common => closed(common, 'starting'),
  'closed-maintenance': common => closed(common, 'paypayMaintenance'),
  'closed-busy': common => closed(common, 'paypayBusy'),
  'closed-refused': common => closed(common, 'paypayRefused'),
  'closed-clock': common => closed(common, 'clockWrong'),
  'closed-ledger': common => closed(common, 'ledgerBroken'),
  'closed-hours': common => closed(common, 'outsideHours', { time: '10:00', weekday: null }),
  'closed-hours-day': common => closed(common, 'outsideHours', { time: '10:00', weekday: 'wed' }),
  'closed-away': common => closed({ ...common }, 'hostAway'),
  'still-there': (common, cart) => (
    <>
      <div inert>{menu(common, common.shop, cart)}</div>
      <StillThere {...common} countdown={{ leftMs: 11_000, wholeMs: 15_000 }} />
    </>
  ),
  ...receiptShots,
}

/** The newest is on its way, where there are two. */
function returns(count: number): readonly LaneReturn[] {
  const confirmed: LaneReturn = {
    ...{ returnId: 'r1', claimNumber: '012', amountYen: yen(850) },
    ...{ state: 'confirmed', remainingMs: 240_000 },
  }
  const onItsWay: LaneReturn = {
    ...{ returnId: 'r2', claimNumber: '014', amountYen: yen(12_400) },
    ...{ state: 'onItsWay', remainingMs: 290_000 },
  }
  return [onItsWay, confirmed].slice(-count)
}

function menu(
  common: ScreenProps,
  shop: Shop,
  cart: Cart,
  told: string | null = null,
  given: readonly LaneReturn[] = [],
): ReactNode {
  const notice = told === null ? null : { key: told, values: { max: '9' } }
  return (
    <Menu {...common} shop={shop} cart={cart} basket={basketOf(shop, cart)} notice={notice} returns={given} />
  )
}

function keypad(common: ScreenProps, digits: string): ReactNode {
  const overCap = Number(digits) > common.shop.capYen
  const notice = overCap ? { key: 'notice.overCap', values: { cap: '¥100,000' } } : null
  return <Keypad {...common} digits={digits} amountYen={Number(digits)} overCap={overCap} notice={notice} />
}

function review(
  common: ScreenProps,
  basket: Basket,
  more: { busy?: boolean; notice?: { key: string } } = {},
): ReactNode {
  return <Review {...common} basket={basket} busy={more.busy ?? false} notice={more.notice ?? null} />
}

function code(
  common: ScreenProps,
  leftMs: number,
  more: { asking?: boolean; totalYen?: number } = {},
): ReactNode {
  const shown = shownCode(leftMs)
  const whole = checkout(common.shop, { status: 'awaitingPayment', code: shown })
  const priced =
    more.totalYen === undefined ? whole : { ...whole, ...keyedBasket(common.shop, more.totalYen) }
  const countdown = { leftMs, wholeMs: 300_000 }
  return (
    <Code {...common} checkout={priced} code={shown} countdown={countdown} asking={more.asking ?? false} />
  )
}

function checking(
  common: ScreenProps,
  kind: 'creating' | 'asking' | 'stopping' | 'reconnecting',
  elapsedMs: number,
  canLeave = false,
): ReactNode {
  const made = checkout(common.shop, { status: 'checking' })
  return <Checking {...common} kind={kind} checkout={made} elapsedMs={elapsedMs} canLeave={canLeave} />
}

function thankYou(common: ScreenProps, receipt: ThankYouProps['receipt']): ReactNode {
  return (
    <ThankYou
      {...common}
      checkout={checkout(common.shop, { status: 'paid' })}
      countdown={{ leftMs: 7_000, wholeMs: 10_000 }}
      receipt={receipt}
    />
  )
}

function receiptOpen(
  common: ScreenProps,
  receiptPaperMm: Shop['receiptPaperMm'],
  printing: ReceiptProps['printing'],
): ReactNode {
  const { shop, locale, mode } = common
  const paper = paperOf('receipt-58', shop, locale, mode)
  return (
    <>
      <div inert>{thankYou(common, 'offered')}</div>
      <ReceiptSheet
        {...common}
        shop={{ ...shop, receiptPaperMm }}
        checkout={checkout(shop, { status: 'paid' })}
        card={paper && <ReceiptCard receipt={paper.receipt} paperMm={CARD_PAPER_MM} />}
        countdown={{ leftMs: 48_000, wholeMs: 60_000 }}
        printing={printing}
        settling={false}
      />
    </>
  )
}

function unpaid(
  common: ScreenProps,
  why: UnpaidReason,
  more: { busy?: boolean; notice?: { key: string } } = {},
): ReactNode {
  const made = checkout(common.shop, { status: 'unpaid', why })
  return (
    <Unpaid {...common} checkout={made} why={why} busy={more.busy ?? false} notice={more.notice ?? null} />
  )
}

function problem(common: ScreenProps, money: 'paid' | 'returning' | 'unknown'): ReactNode {
  return <Problem {...common} checkout={checkout(common.shop, { status: 'problem', money })} money={money} />
}

function closed(common: ScreenProps, reason: ClosedReason, opens: Opens | null = null): ReactNode {
  return <Closed {...common} reason={reason} opens={opens} />
}

export function shownCode(remainingMs: number): ShownCode {
  return { url: 'https://qr.paypay.ne.jp/28180104kAiKeiDemo012', remainingMs, lifetimeMs: 300_000 }
}

export function checkout(shop: Shop, progress: Progress): Checkout {
  const basket = basketOf(shop, demoCart)
  return { checkoutId: 'c1', claimNumber: '012', attempt: 1, statusAgeMs: 0, ...basket, ...progress }
}

function everything(shop: Shop, quantity: number): Basket {
  return basketOf(shop, Object.fromEntries(shop.products.map(product => [product.id, quantity])))
}

/** Any picture will do: the operator brings PayPay's. */
function withLogo(shop: Shop): Shop {
  return { ...shop, paypayLogo: '/media/logo-of-the-operator.svg' }
}
