import { type CheckoutLine, type Locale, localText } from '../../shared/checkout.ts'
import type { Say } from '../text/i18n.ts'

/** "唐揚げ弁当ほか 4点". */
export function basketInWords(lines: readonly CheckoutLine[], locale: Locale, say: Say): string {
  const [first] = lines
  if (!first) return ''
  const count = lines.reduce((sum, line) => sum + line.quantity, 0)
  return say(lines.length > 1 ? 'items.others' : 'items.one', { name: localText(first.names, locale), count })
}
