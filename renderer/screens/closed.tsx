import type { ReactNode } from 'react'
import { useText } from '../text/i18n.ts'
import { Frame, StaffBell } from '../ui/frame.tsx'
import type { ClosedProps } from './props.ts'

/** The rod without its noren, and the plate: why, and what to do instead. */
export function Closed({ reason, locale, send, staffCalled }: ClosedProps): ReactNode {
  const say = useText()
  const plate = ['zh', 'ja'].includes(locale) ? [...say('closed.plate')] : [...'準備中']
  return (
    <Frame kind="frame-closed">
      <div className="rod">
        <div className="plate" role="img" aria-label={say('closed.plate')}>
          <svg viewBox="0 0 200 420" aria-hidden="true">
            <path d="M100 0L44 96M100 0l56 96" fill="none" stroke="var(--ink)" strokeWidth="5" />
            <path d="M30 96h140v300H30z" fill="var(--edge)" transform="translate(0 8)" />
            <path d="M30 96h140v300H30z" fill="var(--sheet)" stroke="var(--ink)" strokeWidth="4" />
            <circle cx="44" cy="112" r="4" fill="var(--ink)" />
            <circle cx="156" cy="112" r="4" fill="var(--ink)" />
            {plate.slice(0, 3).map((letter, index) => (
              <text
                key={letter}
                x="100"
                y={(plate.length === 2 ? 222 : 186) + index * 86}
                textAnchor="middle"
              >
                {letter}
              </text>
            ))}
          </svg>
        </div>
      </div>
      <main className="closed-words">
        <h1 className="say">{say(reason === 'starting' ? 'closed.starting' : 'closed.title')}</h1>
        <div className="do">
          {reason !== 'starting' && <p className="tell">{say('closed.instead')}</p>}
          <p className="note">
            {say(`closed.why.${reason}`)}
            {reason !== 'starting' && say('closed.opens')}
          </p>
        </div>
        <footer className="foot">
          <StaffBell send={send} staffCalled={staffCalled} />
        </footer>
      </main>
    </Frame>
  )
}
