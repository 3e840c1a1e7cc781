import { addProduct, eraseDigit, pressDigit, removeProduct } from './cart.ts'
import type { KioskContext, KioskEvent } from './context.ts'

/** What a customer's touch makes of the basket; a touch that belongs to the other kind of till does nothing. */
export function basketEdits(
  context: KioskContext,
  event: KioskEvent,
): Pick<KioskContext, 'cart' | 'digits' | 'notice'> {
  const { shop, cart, digits } = context
  const unchanged = { cart, digits, notice: context.notice }
  if (!shop) return unchanged
  const isMenu = shop.till === 'menu'
  switch (event.type) {
    case 'customer.add':
      return isMenu ? { digits, ...addProduct(cart, event.productId, shop) } : unchanged
    case 'customer.remove':
      return isMenu ? { digits, ...removeProduct(cart, event.productId) } : unchanged
    case 'customer.digit':
      return isMenu ? unchanged : { cart, ...pressDigit(digits, event.digit, shop) }
    case 'customer.erase':
      return isMenu ? unchanged : { cart, ...eraseDigit(digits) }
    case 'customer.clear':
      return isMenu ? unchanged : { cart, digits: '', notice: null }
    default:
      return unchanged
  }
}
