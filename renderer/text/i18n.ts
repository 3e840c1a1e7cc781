import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import type { Locale } from '../../shared/checkout.ts'
import { en } from './en.ts'
import { ja, type TextKey } from './ja.ts'
import { ko } from './ko.ts'
import { zh } from './zh.ts'

export type { TextKey }

/** Every text of every language: a kiosk has to speak before, and without, any network. */
export const texts = { ja, en, zh, ko } as const satisfies Record<Locale, Readonly<Record<TextKey, string>>>

/** What a language calls itself, and what its button on the first screen says. */
export const languageNames = { ja: '日本語', en: 'English', zh: '中文', ko: '한국어' } as const
export const touchToStart = {
  ja: '注文をはじめる',
  en: 'Touch to start',
  zh: '轻触开始',
  ko: '터치하여 시작',
} as const
/** BCP 47, for the lang attribute: it chooses the right shapes of Han characters. */
export const languageTags = { ja: 'ja', en: 'en', zh: 'zh-Hans', ko: 'ko' } as const

export async function startTexts(locale: Locale): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: locale,
    fallbackLng: 'ja',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: Object.fromEntries(
      Object.entries(texts).map(([name, translation]) => [name, { translation }]),
    ),
  })
}

export function setTextLocale(locale: Locale): void {
  void i18next.changeLanguage(locale)
}

export type Say = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string

/** The sentence for a key, in the language of now. */
export function useText(): Say {
  const { t } = useTranslation()
  return (key, values) => t(key, { ...values })
}
