import type { ReactNode } from 'react'
import type { Locale, Opens } from '../../shared/checkout.ts'
import { WEEKDAYS } from '../../shared/weekday.ts'
import { languageTags, type Say, useText } from '../text/i18n.ts'
import { StaffBell } from '../ui/button.tsx'
import { Frame } from '../ui/frame.tsx'
import type { ClosedProps } from './props.ts'
import './closed.css'

/** The rod without its noren, and the plate: why, and what to do instead. */
export function Closed({ reason, opens, locale, send, staffCalled }: ClosedProps): ReactNode {
  const say = useText()
  // Japanese and Chinese sentences follow each other without a space.
  const between = locale === 'ja' || locale === 'zh' ? '' : ' '
  const isStarting = reason === 'starting'
  const isOutside = reason === 'outsideHours'
  const title = isStarting ? 'closed.starting' : isOutside ? 'closed.outside' : 'closed.title'
  const again = opens ? opensSentence(say, opens, locale) : isOutside ? '' : say('closed.opens')
  return (
    <Frame kind="frame-closed">
      <header className="rod">
        <Plate label={say('closed.plate')} />
      </header>
      <main className="closed-words">
        <h1 className="say">{say(title)}</h1>
        <div className="do">
          {isOutside && again && <p className="tell">{again}</p>}
          {!isStarting && !isOutside && <p className="tell">{say('closed.instead')}</p>}
          {!(isOutside && again) && (
            <p className="note">
              {say(`closed.why.${reason}`)}
              {between}
              {!isStarting && again}
            </p>
          )}
        </div>
      </main>
      {send && (
        <footer className="closed-foot">
          <StaffBell send={send} staffCalled={staffCalled} />
        </footer>
      )}
    </Frame>
  )
}

/** "We open at 10:00", or, where that is not today, on which day. */
function opensSentence(say: Say, { time, weekday }: Opens, locale: Locale): string {
  if (weekday === null) return say('closed.opensAt', { time })
  // The first of January 2024 was a Monday.
  const day = new Date(Date.UTC(2024, 0, 1 + WEEKDAYS.indexOf(weekday)))
  const name = new Intl.DateTimeFormat(languageTags[locale], { weekday: 'long', timeZone: 'UTC' }).format(day)
  return say('closed.opensOn', { day: name, time })
}

/** The wooden plate that hangs on a door before the shop opens. It is a picture: it says 準備中 in every language. */
function Plate({ label }: { label: string }): ReactNode {
  return (
    <div className="plate" role="img" aria-label={label} lang="ja">
      <svg viewBox="0 0 200 420" aria-hidden="true">
        <path d="M100 0L44 96M100 0l56 96" fill="none" stroke="var(--ink)" strokeWidth="5" />
        <path d="M30 96h140v300H30z" fill="var(--edge)" transform="translate(0 8)" />
        <path d="M30 96h140v300H30z" fill="var(--sheet)" stroke="var(--ink)" strokeWidth="4" />
        <circle cx="44" cy="112" r="4" fill="var(--ink)" />
        <circle cx="156" cy="112" r="4" fill="var(--ink)" />
        {['準', '備', '中'].map((letter, index) => (
          <text key={letter} x="100" y={186 + index * 86} textAnchor="middle">
            {letter}
          </text>
        ))}
      </svg>
    </div>
  )
}
