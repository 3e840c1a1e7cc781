import type { CheckoutStatus, ClosedReason } from './checkout.ts'
import type { Yen } from './money.ts'

/**
 * Every way a call can fail that a person can be told about. The union is closed: a new way is a new member, and the
 * compiler then points at each place that has to say something about it. Bugs are not in here; they throw, and reach a
 * screen as `internal` with a reference to the log.
 */
export type Failure =
  /** The call does not have the shape of the contract; `where` is the field, `expected` says in English what belongs there. */
  | { readonly kind: 'badInput'; readonly where: string; readonly expected: string; readonly rule: InputRule }
  | { readonly kind: 'unknownMethod'; readonly method: string }
  | { readonly kind: 'unknownProduct'; readonly productId: string }
  | { readonly kind: 'unavailableProduct'; readonly productId: string }
  /** The product costs something else than the screen showed. */
  | { readonly kind: 'priceChanged'; readonly productId: string }
  | { readonly kind: 'emptyCart' }
  | { readonly kind: 'tooManyOfOne'; readonly productId: string; readonly maxQuantity: number }
  | { readonly kind: 'amountTooSmall'; readonly minYen: Yen }
  | { readonly kind: 'amountOverCap'; readonly capYen: Yen; readonly amountYen: number }
  /** A cart was sent to a keypad till, or an amount to a menu till. */
  | { readonly kind: 'wrongTill'; readonly till: 'menu' | 'keypad' }
  /** The lane still serves another checkout; a second one would be a second payable code. */
  | { readonly kind: 'laneBusy'; readonly checkoutId: string }
  | { readonly kind: 'laneClosed'; readonly reason: ClosedReason }
  | { readonly kind: 'unknownCheckout'; readonly checkoutId: string }
  /** The checkout is in a state in which this cannot be done. */
  | { readonly kind: 'notNow'; readonly status: CheckoutStatus }
  /** Only a screen says this: its host did not answer. Nothing is known of what the call did. */
  | { readonly kind: 'hostAway' }
  /** A bug. `reference` finds the entry in the log. */
  | { readonly kind: 'internal'; readonly reference: string }

export type FailureKind = Failure['kind']

/** Which rule of the contract a field broke, so that a screen says it in its own language. Nothing of what was sent is in it. */
export type InputRule =
  | { readonly is: 'missing' | 'whole' | 'form' }
  | { readonly is: 'kind'; readonly wanted: InputKind; readonly got: InputKind }
  /** Of a text in UTF-16 units, of a list in items. */
  | { readonly is: 'tooShort' | 'tooLong'; readonly limit: number; readonly got: number }
  | { readonly is: 'tooSmall' | 'tooLarge'; readonly limit: number }
  | { readonly is: 'choice'; readonly of: readonly string[] }

export type InputKind = 'nothing' | 'text' | 'number' | 'yesNo' | 'list' | 'object' | 'other'
