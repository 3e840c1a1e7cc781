import type { LaneReturn, Locale } from '../../shared/checkout.ts'

/** What a customer can do on a screen. Screens send these and nothing else; machine.ts decides what they mean. */
export type CustomerEvent =
  /** Attract: any touch; a small button also chooses its language. */
  | { readonly type: 'customer.start'; readonly locale?: Locale }
  | { readonly type: 'customer.add'; readonly productId: string }
  | { readonly type: 'customer.remove'; readonly productId: string }
  | { readonly type: 'customer.digit'; readonly digit: string }
  | { readonly type: 'customer.erase' }
  | { readonly type: 'customer.clear' }
  /** Menu or keypad: to the review. */
  | { readonly type: 'customer.checkOut' }
  /** Review: back to the menu or keypad, cart kept. */
  | { readonly type: 'customer.back' }
  /** Review: pay. */
  | { readonly type: 'customer.pay' }
  /** Code: give up. */
  | { readonly type: 'customer.cancel' }
  /** Code: "I have paid". */
  | { readonly type: 'customer.havePaid' }
  /** Unpaid: a new code for the same basket. */
  | { readonly type: 'customer.tryAgain' }
  /** Unpaid: back to the menu, cart kept. */
  | { readonly type: 'customer.changeOrder' }
  /** Thank-you: the receipt, as a card. */
  | { readonly type: 'customer.showReceipt' }
  /** Receipt: on paper, where there is a printer. */
  | { readonly type: 'customer.printReceipt' }
  /** Receipt: back to the thank-you. */
  | { readonly type: 'customer.closeReceipt' }
  /** Everything away, back to attract: start over, stop, done, "leave it to us". */
  | { readonly type: 'customer.finish' }
  /** "Still there?": yes. */
  | { readonly type: 'customer.stillHere' }
  | { readonly type: 'customer.callStaff' }
  /** The slip about money that staff gave back: these were read. */
  | { readonly type: 'customer.putAwayReturns'; readonly returns: readonly LaneReturn[] }
  | { readonly type: 'customer.language'; readonly locale: Locale }
  | { readonly type: 'customer.largeText'; readonly on: boolean }
  /** Any touch or key, for the idle clock. */
  | { readonly type: 'customer.touch' }
