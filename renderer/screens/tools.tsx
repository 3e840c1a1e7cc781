import { type ReactNode, useState } from 'react'
import { languageNames, languageTags, useText } from '../text/i18n.ts'
import type { ScreenProps } from './props.ts'

/** Language and size of text, live. The list of languages opens on a touch; four buttons would crowd the shop's name. */
export function Tools({ shop, locale, large, send }: ScreenProps): ReactNode {
  const say = useText()
  const [open, setOpen] = useState(false)
  return (
    <div className="tools">
      <button type="button" className="btn" aria-expanded={open} onClick={() => setOpen(!open)}>
        {locale === 'ja' ? 'Language' : say('act.language')}
      </button>
      <button
        type="button"
        className="btn"
        aria-pressed={large}
        onClick={() => send({ type: 'customer.largeText', on: !large })}
      >
        {say(large ? 'act.normalText' : 'act.largeText')}
      </button>
      {open && (
        <div className="languages">
          {shop.locales.map(other => (
            <button
              type="button"
              className="btn"
              key={other}
              lang={languageTags[other]}
              aria-current={other === locale}
              onClick={() => {
                setOpen(false)
                send({ type: 'customer.language', locale: other })
              }}
            >
              {languageNames[other]}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
