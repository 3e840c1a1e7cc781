import { type ReactNode, useEffect, useState } from 'react'
import { languageTags } from '../text/i18n.ts'
import { Screen } from '../ui/frame.tsx'
import { Crest } from '../ui/icons.tsx'
import { AuthorityPage } from './authority.tsx'
import { PairPage } from './pair.tsx'
import { NetworkLanguage, networkTexts, startingLocale } from './text.ts'
import './network.css'

/** What a screen of the network sees before it is paired. */
export function NetworkPages({ page }: { readonly page: 'pair' | 'authority' }): ReactNode {
  const [locale, setLocale] = useState(startingLocale)
  const title = networkTexts[locale][page === 'pair' ? 'pairTitle' : 'authorityTitle']
  useEffect(() => {
    document.documentElement.lang = languageTags[locale]
    document.title = `${title} | Kaikei`
  }, [locale, title])
  return (
    <NetworkLanguage value={locale}>
      <Screen shop={null} locale={locale} large={false} mode="production">
        <div className="network-page">
          <header>
            <span className="network-name">
              <Crest />
              Kaikei
            </span>
            <button
              type="button"
              className="btn"
              lang={languageTags[locale === 'ja' ? 'en' : 'ja']}
              onClick={() => setLocale(locale === 'ja' ? 'en' : 'ja')}
            >
              {networkTexts[locale].language}
            </button>
          </header>
          {page === 'pair' ? <PairPage /> : <AuthorityPage />}
        </div>
      </Screen>
    </NetworkLanguage>
  )
}
