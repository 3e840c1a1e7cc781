import { type ReactNode, useEffect, useState } from 'react'
import { languageTags } from '../text/i18n.ts'
import { Screen } from '../ui/frame.tsx'
import { Crest } from '../ui/icons.tsx'
import { AuthorityPage } from './authority.tsx'
import { PairPage } from './pair.tsx'
import { type SetupHost, setupOverHttp } from './setup.ts'
import { NetworkLanguage, type NetworkLocale, networkTexts, startingLocale } from './text.ts'
import './network.css'

/** What a screen of the network sees before it is paired. */
export function NetworkPages(props: {
  readonly page: 'pair' | 'authority'
  /** The screen was paired before, and is no longer. */
  readonly wasRevoked: boolean
  readonly host?: SetupHost
  readonly startsIn?: NetworkLocale
}): ReactNode {
  const { page, wasRevoked, host = setupOverHttp } = props
  const [locale, setLocale] = useState(props.startsIn ?? startingLocale)
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
          {page === 'pair' ? <PairPage host={host} wasRevoked={wasRevoked} /> : <AuthorityPage host={host} />}
        </div>
      </Screen>
    </NetworkLanguage>
  )
}
