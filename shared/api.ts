import * as z from 'zod/mini'
import { type LaneView, LOCALES, type Order, type Shop } from './checkout.ts'
import type { AnyReceipt } from './receipt.ts'

/**
 * The customer's contract, as data. Hosts, the preload and the page's client loop over it, so that a new method is one
 * entry here, one function in core and the screen that calls it.
 */
export const customerApi = {
  /** The shop, its products and prices. */
  getShop: method<Shop>()(z.object({})),
  /** The lane as it is now; the same whole snapshot that the `lane` event pushes. */
  getLane: method<LaneView>()(z.object({ lane: laneId() })),
  /** Prices the order, makes it durable and asks PayPay for a code. Refused while the lane has a checkout. */
  startCheckout: method<LaneView>()(
    z.object({
      lane: laneId(),
      order: order(),
      locale: z.enum(LOCALES),
    }),
  ),
  /** No more waiting for money: the code is deleted, PayPay is read once more; money that came anyway still wins. */
  stopCheckout: method<LaneView>()(
    z.object({
      lane: laneId(),
      checkoutId: checkoutId(),
      reason: z.enum(['customer', 'timeout', 'abandon']),
    }),
  ),
  /** After `unpaid`: a new code for the same basket. */
  retryCheckout: method<LaneView>()(z.object({ lane: laneId(), checkoutId: checkoutId() })),
  /** "I have paid": PayPay is asked at once instead of at the next turn. Harmless. */
  checkNow: method<LaneView>()(z.object({ lane: laneId(), checkoutId: checkoutId() })),
  /** The customer turns away: the lane is free at once, and core settles what is left. */
  leaveCheckout: method<LaneView>()(z.object({ lane: laneId(), checkoutId: checkoutId() })),
  /** The staff bell. */
  callStaff: method<LaneView>()(z.object({ lane: laneId() })),
  /** The receipt of a checkout that was paid, while its customer is at the lane. */
  getReceipt: method<AnyReceipt>()(z.object({ lane: laneId(), checkoutId: checkoutId() })),
  /** The same, to be printed now: it is written down, and the next one says that it is a copy. */
  printReceipt: method<AnyReceipt>()(z.object({ lane: laneId(), checkoutId: checkoutId() })),
} as const

/** Events that core pushes to a screen, by name. */
export type CustomerEvents = { readonly lane: LaneView }

export type CustomerApi = typeof customerApi
export type CustomerMethod = keyof CustomerApi
export type InputOf<M extends CustomerMethod> = z.infer<CustomerApi[M]['input']>
export type OutputOf<M extends CustomerMethod> = NonNullable<CustomerApi[M]['output']>

export const customerMethods = Object.keys(customerApi) as CustomerMethod[]

/** A method: the schema of its one input object, and the type of its answer (which is only a type: core wrote it). */
type Method<Output, Input extends z.ZodMiniType> = { readonly input: Input; readonly output?: Output }

function method<Output>() {
  return <Input extends z.ZodMiniType>(input: Input): Method<Output, Input> => ({ input })
}

function laneId() {
  return z.string().check(z.regex(/^[A-Za-z0-9-]{1,32}$/, 'a lane name: 1 to 32 letters, digits or hyphens'))
}

function checkoutId() {
  return z.string().check(z.minLength(1), z.maxLength(64))
}

function order(): z.ZodMiniType<Order> {
  return z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('cart'),
      lines: z
        .array(
          z.object({
            productId: z.string().check(z.minLength(1), z.maxLength(64)),
            quantity: z.number().check(z.int('a whole number'), z.gte(1, 'at least 1')),
            seenPriceYen: z.optional(z.number().check(z.int('a whole number of yen'))),
          }),
        )
        .check(z.maxLength(200, 'at most 200 lines')),
    }),
    z.object({ kind: z.literal('amount'), amountYen: z.number().check(z.int('a whole number of yen')) }),
  ])
}
