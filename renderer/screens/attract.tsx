import type { ReactNode } from 'react'
import { localText } from '../../shared/checkout.ts'
import { languageNames, languageTags, touchToStart, useText } from '../text/i18n.ts'
import { Go, StaffBell } from '../ui/button.tsx'
import { Frame } from '../ui/frame.tsx'
import { Crest } from '../ui/icons.tsx'
import { ReturnsNote } from '../ui/returns-note.tsx'
import type { AttractProps } from './props.ts'
import './attract.css'

/** Nobody is here: the noren hangs out. Any touch is a touch of the button; the small buttons start in their language. */
export function Attract({ shop, locale, staffCalled, returns, send }: AttractProps): ReactNode {
  const say = useText()
  return (
    <Frame kind="frame-attract">
      <header className="curtain">
        <Noren letters={[...shop.noren]} label={localText(shop.names, locale)} />
        <ReturnsNote returns={returns} most={2} send={send} />
      </header>
      <main className="welcome">
        <div className="words drift">
          <h1 className="say">{say('attract.hello')}</h1>
          <p className="note">{staffCalled ? say('act.staffCalled') : localText(shop.tagline, locale)}</p>
        </div>
        <Go onPress={() => send({ type: 'customer.start' })}>
          {say(shop.till === 'keypad' ? 'keypad.start' : 'attract.start')}
        </Go>
        <div className="langs">
          {shop.locales
            .filter(other => other !== locale)
            .map(other => (
              <button
                type="button"
                className="btn"
                key={other}
                lang={languageTags[other]}
                onClick={() => send({ type: 'customer.start', locale: other })}
              >
                <span className="long">{touchToStart[other]}</span>
                <span className="short">{languageNames[other]}</span>
              </button>
            ))}
          <StaffBell send={send} staffCalled={staffCalled} />
        </div>
      </main>
    </Frame>
  )
}

/** One to five letters, each on its cloth; otherwise three cloths with the crest. One letter hangs between two empty cloths. */
export function Noren({ letters, label }: { letters: readonly string[]; label: string }): ReactNode {
  const isName = letters.length >= 1 && letters.length <= 5
  const cloths = !isName ? ['', null, ''] : letters.length === 1 ? ['', letters[0] ?? '', ''] : letters
  return (
    <div className={`noren noren-${cloths.length}`} role="img" aria-label={label} lang="ja">
      {cloths.map((letter, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the letters of one name never change places
        <div className="cloth" key={index}>
          {letter === null ? <Crest /> : <span>{letter}</span>}
        </div>
      ))}
    </div>
  )
}
