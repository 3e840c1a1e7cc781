import i18next from 'i18next'
import { createContext, useContext } from 'react'
import { en } from './en.ts'
import { type DeskTextKey, ja } from './ja.ts'

export type { DeskTextKey }

/** The desk's languages: staff's, not customers'. */
export type DeskLocale = 'ja' | 'en'
export const deskTexts = { ja, en } as const satisfies Record<
  DeskLocale,
  Readonly<Record<DeskTextKey, string>>
>

export type DeskSay = (key: DeskTextKey, values?: Readonly<Record<string, string | number>>) => string

// An instance of its own: the customer's screen beneath keeps its language.
const instance = i18next.createInstance()
await instance.init({
  lng: 'ja',
  fallbackLng: 'ja',
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  resources: Object.fromEntries(
    Object.entries(deskTexts).map(([name, translation]) => [name, { translation }]),
  ),
})

/** The sentences of a language. A value whose name ends in `Yen` is written as money. */
export function deskSay(locale: DeskLocale): DeskSay {
  const say = instance.getFixedT(locale)
  return (key, values = {}) =>
    say(
      key,
      Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name,
          name.endsWith('Yen') && typeof value === 'number' ? inYen(value) : value,
        ]),
      ),
    )
}

const figures = new Intl.NumberFormat('ja-JP')

/** `¥1,240` */
export function inYen(amountYen: number): string {
  return `¥${figures.format(amountYen)}`
}

export const DeskLanguage = createContext<{ readonly locale: DeskLocale; readonly say: DeskSay }>({
  locale: 'ja',
  say: deskSay('ja'),
})

export function useDesk(): { readonly locale: DeskLocale; readonly say: DeskSay } {
  return useContext(DeskLanguage)
}
