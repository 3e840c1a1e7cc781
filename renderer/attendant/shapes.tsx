import type { ReactNode } from 'react'
import type { CheckoutWord } from '../../shared/desk.ts'
import { type WordShape, wordLooks } from './row-words.ts'
import { useDesk } from './text/say.ts'

/** How a checkout stands: a shape and a word, which each say it alone. */
export function Word({ word }: { word: CheckoutWord }): ReactNode {
  const { say } = useDesk()
  const { key, shape, tone } = wordLooks[word]
  return (
    <span className={`st st-${tone}`}>
      <Shape shape={shape} />
      <span>{say(key)}</span>
    </span>
  )
}

const ring = { fill: 'none', stroke: 'currentColor', strokeWidth: 2 } as const
const arrow = 'M8 4L3 9l5 5M3.500 9H13a4 4 0 0 1 0 8h-3'
const shapes: Readonly<Record<WordShape, ReactNode>> = {
  half: (
    <>
      <circle cx="10" cy="10" r="8" {...ring} />
      <path d="M10 2a8 8 0 0 1 0 16z" fill="currentColor" />
    </>
  ),
  check: (
    <>
      <circle cx="10" cy="10" r="9" fill="currentColor" />
      <path d="M5.500 10.500l3 3 6-7" fill="none" stroke="var(--ground, var(--sheet))" strokeWidth="2.200" />
    </>
  ),
  none: <circle cx="10" cy="10" r="8" {...ring} strokeDasharray="2.500 2.500" />,
  onItsWay: <path d={arrow} {...ring} strokeDasharray="3 2.500" />,
  partly: (
    <>
      <path d={arrow} {...ring} />
      <circle cx="14" cy="4" r="2.500" fill="currentColor" />
    </>
  ),
  back: <path d={arrow} {...ring} strokeWidth={2.2} />,
  alarm: (
    <>
      <path d="M10 1.500l9 16H1z" fill="currentColor" />
      <path d="M10 7v5M10 14v1.600" stroke="var(--ground, var(--sheet))" strokeWidth="2" />
    </>
  ),
  closed: (
    <>
      <rect x="2.500" y="2.500" width="15" height="15" rx="2" {...ring} />
      <path d="M6 10.500l3 3 5.500-6.500" {...ring} />
    </>
  ),
}

export function Shape({ shape }: { shape: WordShape }): ReactNode {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true">
      {shapes[shape]}
    </svg>
  )
}

const strokes = {
  find: 'M4.500 11a6.500 6.500 0 1 0 13 0a6.500 6.500 0 1 0-13 0M16 16l5 5',
  cross: 'M6 6l12 12M18 6L6 18',
  up: 'M5 15.500l7-7l7 7',
  down: 'M5 8.500l7 7l7-7',
  left: 'M15 4l-8 8l8 8',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  erase: 'M9 5h12v14H9l-6-7zM12 9.500l5 5M17 9.500l-5 5',
  copy: 'M9 9h11v12H9zM5 15H4V3h11v1',
  check: 'M4 12.500l5.500 5.500L20 7',
  digits:
    'M5 5h3v3H5zM10.500 5h3v3h-3zM16 5h3v3h-3zM5 10.500h3v3H5zM10.500 10.500h3v3h-3zM16 10.500h3v3h-3zM10.500 16h3v3h-3z',
  filter: 'M3 6h18M6.500 12h11M10 18h4',
  bell: 'M4 18h16M6 18a6 6 0 0 1 12 0M12 12V9M9.500 8h5M3 21h18',
} as const

export function Mark({ name }: { name: keyof typeof strokes }): ReactNode {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={strokes[name]} />
    </svg>
  )
}
