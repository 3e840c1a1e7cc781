import type { ReactNode } from 'react'
import { localText } from '../../shared/checkout.ts'
import { languageTags, touchToStart, useText } from '../text/i18n.ts'
import { Frame } from '../ui/frame.tsx'
import type { AttractProps } from './props.ts'

/** Nobody is here: the noren hangs out. Any touch starts; the small buttons start in their language. */
export function Attract({ shop, locale, send }: AttractProps): ReactNode {
  const say = useText()
  const letters = [...shop.noren].slice(0, 5)
  const others = shop.locales.filter(other => other !== locale)
  return (
    <Frame kind="frame-attract">
      <button
        type="button"
        className="attract-hit"
        tabIndex={-1}
        aria-hidden="true"
        onClick={() => send({ type: 'customer.start' })}
      />
      <div className={`noren noren-${letters.length}`} role="img" aria-label={localText(shop.names, locale)}>
        {letters.map((letter, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the letters of one name never change places
          <div className="noren-panel" key={index}>
            <span lang="ja">{letter}</span>
          </div>
        ))}
      </div>
      <main className="welcome">
        <div className="words drift">
          <h1 className="say">{say('attract.hello')}</h1>
          <p className="note">{localText(shop.tagline, locale)}</p>
        </div>
        <button type="button" className="btn btn-go go" onClick={() => send({ type: 'customer.start' })}>
          {say(shop.till === 'keypad' ? 'keypad.start' : 'attract.start')}
        </button>
        <div className="langs">
          {others.map(other => (
            <button
              type="button"
              className="btn"
              key={other}
              lang={languageTags[other]}
              onClick={() => send({ type: 'customer.start', locale: other })}
            >
              {touchToStart[other]}
            </button>
          ))}
        </div>
      </main>
    </Frame>
  )
}
