import { type ReactNode, useEffect, useRef, useState } from 'react'
import { languageNames, languageTags, useText } from '../text/i18n.ts'
import { Icon } from '../ui/icons.tsx'
import type { ScreenProps } from './props.ts'
import './tools.css'

/** Language and size of text. The list of languages opens on a touch: four buttons would crowd the shop's name. */
export function Tools({ shop, locale, large, send }: ScreenProps): ReactNode {
  const say = useText()
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLFieldSetElement>(null)
  useEffect(() => (open ? closedByLeaving(box.current, () => setOpen(false)) : undefined), [open])
  return (
    <fieldset className="tools" aria-label={say('act.tools')} ref={box}>
      <button type="button" className="btn" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="globe" />
        {say('act.language')}
      </button>
      <button type="button" className="btn" onClick={() => send({ type: 'customer.largeText', on: !large })}>
        <Icon name="larger" />
        {say(large ? 'act.normalText' : 'act.largeText')}
      </button>
      {open && (
        <ul className="languages">
          {shop.locales.map(other => (
            <li key={other}>
              <button
                type="button"
                className="btn"
                lang={languageTags[other]}
                {...(other === locale ? { 'aria-current': true } : {})}
                onClick={() => {
                  setOpen(false)
                  send({ type: 'customer.language', locale: other })
                }}
              >
                {languageNames[other]}
                {other === locale && <Icon name="check" />}
              </button>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  )
}

/** A touch elsewhere, Escape, or a keyboard that goes on puts the list away. Returns what stops listening. */
function closedByLeaving(box: HTMLElement | null, close: () => void): () => void {
  const leave = (event: Event): void => {
    if (event.target instanceof Node && box?.contains(event.target)) return
    close()
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    box?.querySelector('button')?.focus()
    close()
  }
  window.addEventListener('pointerdown', leave)
  window.addEventListener('focusin', leave)
  window.addEventListener('keydown', onKey)
  return () => {
    window.removeEventListener('pointerdown', leave)
    window.removeEventListener('focusin', leave)
    window.removeEventListener('keydown', onKey)
  }
}
