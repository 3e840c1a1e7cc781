import { speaker, useDesk } from '../../text/say.ts'
import { en } from './en.ts'
import { type DayTextKey, ja } from './ja.ts'

export type { DayTextKey }

export const dayTexts = { ja, en } as const

export type DaySay = (key: DayTextKey, values?: Readonly<Record<string, string | number>>) => string

/** Of a language. */
export const daySay = await speaker<DayTextKey>(dayTexts)

const says = { ja: daySay('ja'), en: daySay('en') }

export function useDay(): { readonly locale: 'ja' | 'en'; readonly say: DaySay } {
  const { locale } = useDesk()
  return { locale, say: says[locale] }
}
