import i18next from 'i18next'
import { createContext, type ReactNode, useContext } from 'react'
import { type Locale, type LocalText, localText } from '../../shared/checkout.ts'
import { languageTags } from '../text/i18n.ts'
import { type ReceiptTextKey, receiptTexts } from '../text/receipt.ts'

type Values = Readonly<Record<string, string | number>>

/** Of its own, because a paper keeps the language of its customer when the screen has gone on to another. */
const texts = i18next.createInstance()
void texts.init({
  lng: 'ja',
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  resources: { ja: { translation: receiptTexts.ja }, en: { translation: receiptTexts.en } },
})

/** The customer's language, for everything on one paper. */
export const PaperLocale = createContext<Locale>('ja')

/** A sentence of a receipt in one language, for where no two can stand. */
export function receiptText(locale: Locale, key: ReceiptTextKey, values: Values = {}): string {
  return texts.getFixedT(locale === 'ja' ? 'ja' : 'en')(key, { ...values })
}

/** Japanese, and English beside it for a customer who chose another language than Japanese. */
export function Words({ of, values = {} }: { of: ReceiptTextKey; values?: Values }): ReactNode {
  const locale = useContext(PaperLocale)
  const first = receiptText('ja', of, values)
  if (locale === 'ja') return first
  return (
    <>
      {first}{' '}
      <small lang="en" className="beside">
        {receiptText('en', of, values)}
      </small>
    </>
  )
}

/** A name as the shop wrote it, and below it what the customer reads, where that is another. `mark` stays at the Japanese. */
export function Names({ of, mark = '' }: { of: LocalText; mark?: string }): ReactNode {
  const locale = useContext(PaperLocale)
  const read = localText(of, locale)
  return (
    <>
      {of.ja}
      {mark}
      {read !== of.ja && (
        <small lang={languageTags[of[locale] === undefined ? 'en' : locale]} className="below">
          {read}
        </small>
      )}
    </>
  )
}
