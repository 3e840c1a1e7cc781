import { type CheckoutLine, type Locale, localText } from '../../shared/checkout.ts'
import type { Say } from '../text/i18n.ts'

/** "唐揚げ弁当ほか 4点". */
export function basketInWords(lines: readonly CheckoutLine[], locale: Locale, say: Say): string {
  const [first] = lines
  if (!first) return ''
  const name = localText(first.names, locale)
  if (first.productId === null) return name
  return say(lines.length > 1 ? 'items.others' : 'items.one', { name, number: countOf(lines) })
}

/** "唐揚げ弁当ほか", where the count stands elsewhere. */
export function basketByName(lines: readonly CheckoutLine[], locale: Locale, say: Say): string {
  const [first] = lines
  if (!first) return ''
  const name = localText(first.names, locale)
  return lines.length > 1 ? say('items.andMore', { name }) : name
}

/** "4点". */
export function countInWords(count: number, say: Say): string {
  return count === 1 ? say('menu.one') : say('menu.count', { number: count })
}

/** A keyed-in amount is one line of no product, and nothing in it can be counted. */
export function canBeCounted(lines: readonly CheckoutLine[]): boolean {
  return lines.some(line => line.productId !== null)
}

export function countOf(lines: readonly CheckoutLine[]): number {
  return lines.reduce((sum, line) => sum + line.quantity, 0)
}
