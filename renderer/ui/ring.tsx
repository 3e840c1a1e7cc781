import type { ReactNode } from 'react'
import type { Countdown } from '../screens/props.ts'
import './ring.css'

/** The way round a circle of 16. */
const AROUND = 100.531

/** What is left of a time, beside a word. */
export function Ring({ countdown, children }: { countdown: Countdown; children: ReactNode }): ReactNode {
  const left = countdown.wholeMs > 0 ? Math.max(0, Math.min(1, countdown.leftMs / countdown.wholeMs)) : 0
  return (
    <span className="ring">
      <svg viewBox="0 0 40 40" aria-hidden="true">
        <circle className="base" cx="20" cy="20" r="16" />
        <circle className="rest" cx="20" cy="20" r="16" strokeDasharray={`${left * AROUND} ${AROUND}`} />
      </svg>
      {children}
    </span>
  )
}
