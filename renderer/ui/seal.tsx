import type { ReactNode } from 'react'
import { sealOutlines, sealSpecks } from './seal-outlines.ts'
import './seal.css'

const kinds = { done: 'seal-done', back: 'seal-back', wait: 'seal-wait', zero: '' } as const

/** The one round place that every answer about money is pressed into. */
export function Seal({ kind, label }: { kind: keyof typeof kinds; label: string }): ReactNode {
  return (
    <div className={`seal-place ${kinds[kind]}`} role="img" aria-label={label}>
      {kind === 'done' || kind === 'back' ? (
        <Stamp outlines={sealOutlines[kind]} />
      ) : (
        <EmptyRing dots={kind === 'wait'} />
      )}
    </div>
  )
}

function Stamp({ outlines: [ring, glyph] }: { outlines: readonly [string, string] }): ReactNode {
  return (
    <svg className="stamp" viewBox="0 0 200 200" aria-hidden="true">
      <path fill="currentColor" fillRule="evenodd" d={ring} />
      <path
        fill="currentColor"
        stroke="currentColor"
        strokeWidth="2.6"
        strokeLinejoin="round"
        transform="translate(100 100) scale(1.22) translate(-100 -100)"
        d={glyph}
      />
      <path fill="var(--paper)" d={sealSpecks} />
    </svg>
  )
}

function EmptyRing({ dots }: { dots: boolean }): ReactNode {
  return (
    <svg viewBox="0 0 200 200" aria-hidden="true">
      <circle
        cx="100"
        cy="100"
        r="92"
        fill="none"
        stroke="currentColor"
        strokeWidth="3"
        strokeDasharray="2 9.56"
        strokeLinecap="round"
      />
      {dots ? (
        [64, 100, 136].map(x => (
          <circle key={x} className="wait-dot" cx={x} cy="100" r="9" fill="currentColor" />
        ))
      ) : (
        <text className="zero" x="100" y="124" textAnchor="middle">
          <tspan className="zero-sign">¥</tspan>0
        </text>
      )}
    </svg>
  )
}
