import type { ReactNode } from 'react'
import type {
  Checkout,
  CheckoutLine,
  ClosedReason,
  LaneReturn,
  Locale,
  Opens,
  PaypayMode,
  ProblemMoney,
  Shop,
  ShownCode,
  TaxLine,
  UnpaidReason,
} from '../../shared/checkout.ts'
import type { Yen } from '../../shared/money.ts'
import type { CustomerEvent } from '../checkout/events.ts'

/** A screen is a function of these; it holds no state of the sale, sets no timer that decides anything, and knows no transport. */
export type ScreenProps = {
  readonly shop: Shop
  readonly locale: Locale
  readonly large: boolean
  readonly mode: PaypayMode
  readonly staffCalled: boolean
  readonly send: (event: CustomerEvent) => void
}

/** How many of each product, by id. */
export type Cart = Readonly<Record<string, number>>

/** A basket as a screen draws it: before core has priced it, priced from the shop's list for showing only. */
export type Basket = {
  readonly lines: readonly CheckoutLine[]
  readonly count: number
  readonly totalYen: Yen
  readonly taxes: readonly TaxLine[]
}

/** A time that runs out in front of the customer. */
export type Countdown = { readonly leftMs: number; readonly wholeMs: number }

/** One sentence that says why the last touch did nothing, in the customer's language (a key of text/), or null. */
export type Notice = { readonly key: string; readonly values?: Readonly<Record<string, string>> } | null

/** `returns`: what staff gave back of late and nobody has put away, the newest first. */
type WithReturns = { readonly returns: readonly LaneReturn[] }

export type AttractProps = ScreenProps & WithReturns
export type MenuProps = ScreenProps &
  WithReturns & {
    readonly cart: Cart
    readonly basket: Basket
    readonly notice: Notice
  }
export type KeypadProps = ScreenProps & {
  readonly digits: string
  readonly amountYen: number
  readonly overCap: boolean
  readonly notice: Notice
}
/** `busy`: pay was pressed and core has not answered yet. */
export type ReviewProps = ScreenProps & {
  readonly basket: Basket
  readonly busy: boolean
  readonly notice: Notice
}
/** `asking`: "I have paid" was pressed and PayPay is being asked. */
export type CodeProps = ScreenProps & {
  readonly checkout: Checkout
  readonly code: ShownCode
  readonly countdown: Countdown
  readonly asking: boolean
}
/** `creating`: a code is being made; `asking`: PayPay is asked about money; `stopping`: the code is being deleted; `reconnecting`: the host is away. */
export type CheckingProps = ScreenProps & {
  readonly kind: 'creating' | 'asking' | 'stopping' | 'reconnecting'
  readonly checkout: Checkout | null
  readonly elapsedMs: number
  /** After 20 s: "leave it to us". */
  readonly canLeave: boolean
}
/** `opening`: the receipt was asked for and has not come yet; `notShown`: it did not come. */
export type ThankYouProps = ScreenProps & {
  readonly checkout: Checkout
  readonly countdown: Countdown
  readonly receipt: 'offered' | 'opening' | 'notShown'
}
/** Drawn over the thank-you. `sent`: the printer has it; whether paper came out only the printer knows. */
export type ReceiptProps = ScreenProps & {
  readonly checkout: Checkout
  /** The receipt as a card: what draws it is loaded late, so it comes drawn. */
  readonly card: ReactNode
  readonly countdown: Countdown
  readonly printing: 'ready' | 'printing' | 'sent' | 'notPrinted'
  /** The second tap of what opened it could still press something: out of reach. */
  readonly settling: boolean
}
export type UnpaidProps = ScreenProps & {
  readonly checkout: Checkout
  readonly why: UnpaidReason
  readonly busy: boolean
  /** Why "again" did nothing: the till has shut meanwhile, or its host is away. */
  readonly notice?: Notice
}
/** `done`: PayPay has confirmed it; before that it is on its way. */
export type ReturnedProps = ScreenProps & { readonly checkout: Checkout; readonly done: boolean }
export type ProblemProps = ScreenProps & { readonly checkout: Checkout; readonly money: ProblemMoney }
export type ClosedProps = Omit<ScreenProps, 'shop' | 'send'> & {
  readonly shop: Shop | null
  /** Null: a display, at which nobody can be called. */
  readonly send: ScreenProps['send'] | null
  readonly reason: ClosedReason
  /** Outside the shop's hours: when they begin again, if that is known. */
  readonly opens: Opens | null
}
/** Drawn over the screen that asks. */
export type StillThereProps = ScreenProps & { readonly countdown: Countdown }
