import { LOCALES, type Locale } from '../../../shared/checkout.ts'

/** Japanese stays; what is left keeps its order, and a new one comes last. */
export function toggled(languages: readonly Locale[], locale: Locale): readonly Locale[] {
  if (locale === 'ja') return languages
  return languages.includes(locale) ? languages.filter(one => one !== locale) : [...languages, locale]
}

export function withFirst(languages: readonly Locale[], first: Locale): readonly Locale[] {
  return [first, ...LOCALES.filter(one => one !== first && languages.includes(one))]
}
