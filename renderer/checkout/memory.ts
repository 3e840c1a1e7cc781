import { LOCALES, type Locale } from '../../shared/checkout.ts'
import type { Cart } from '../screens/props.ts'

/**
 * What a page that is loaded again in the middle of a sale must not forget: the basket, the language, the size. Money is
 * not in it; core knows that. Anything unreadable is forgotten: an inconsistent store must never end in a white page.
 */
export type Sale = {
  readonly place: 'browsing' | 'reviewing' | 'paying'
  readonly cart: Cart
  readonly digits: string
  readonly locale: Locale
  readonly large: boolean
}

export type Memory = {
  read(): Sale | null
  /** Null: the sale is over and nothing is kept. */
  write(sale: Sale | null): void
}

/** The part of Storage that is used. It may throw at any time: full, forbidden, gone. */
export type SmallStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** One sale a lane, for as long as the tab or window lives. `open` is called lazily, because merely asking for sessionStorage can throw. */
export function saleMemory(open: () => SmallStorage, lane: string): Memory {
  const key = `kaikei.sale.1.${lane}`
  return {
    read() {
      try {
        return saleIn(JSON.parse(open().getItem(key) ?? 'null'))
      } catch {
        return null
      }
    },
    write(sale) {
      try {
        if (sale) open().setItem(key, JSON.stringify(sale))
        else open().removeItem(key)
      } catch {
        // Without a store a reload forgets the basket, and that is all.
      }
    },
  }
}

function saleIn(stored: unknown): Sale | null {
  if (typeof stored !== 'object' || stored === null) return null
  const { place, cart, digits, locale, large } = stored as Partial<Record<keyof Sale, unknown>>
  const knownLocale = LOCALES.find(known => known === locale)
  if (place !== 'browsing' && place !== 'reviewing' && place !== 'paying') return null
  if (!knownLocale || typeof digits !== 'string' || typeof large !== 'boolean' || !isCart(cart)) return null
  return { place, cart, digits, locale: knownLocale, large }
}

function isCart(cart: unknown): cart is Cart {
  return (
    typeof cart === 'object' &&
    cart !== null &&
    !Array.isArray(cart) &&
    Object.values(cart).every(quantity => Number.isSafeInteger(quantity) && quantity > 0)
  )
}
