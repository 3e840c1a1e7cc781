import type { ReactNode } from 'react'
import { useText } from '../text/i18n.ts'
import { StaffBell } from '../ui/button.tsx'
import { Frame } from '../ui/frame.tsx'
import type { ClosedProps } from './props.ts'
import './closed.css'

/** The rod without its noren, and the plate: why, and what to do instead. */
export function Closed({ reason, locale, send, staffCalled }: ClosedProps): ReactNode {
  const say = useText()
  // Japanese and Chinese sentences follow each other without a space.
  const between = locale === 'ja' || locale === 'zh' ? '' : ' '
  const isStarting = reason === 'starting'
  return (
    <Frame kind="frame-closed">
      <header className="rod">
        <Plate label={say('closed.plate')} />
      </header>
      <main className="closed-words">
        <h1 className="say">{say(isStarting ? 'closed.starting' : 'closed.title')}</h1>
        <div className="do">
          {!isStarting && <p className="tell">{say('closed.instead')}</p>}
          <p className="note">
            {say(`closed.why.${reason}`)}
            {between}
            {!isStarting && say('closed.opens')}
          </p>
        </div>
      </main>
      <footer className="closed-foot">
        <StaffBell send={send} staffCalled={staffCalled} />
      </footer>
    </Frame>
  )
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
