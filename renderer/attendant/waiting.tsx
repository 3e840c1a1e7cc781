import type { ReactNode } from 'react'
import { useElapsedMs } from './clocks.ts'
import { DELAYS } from './delays.ts'
import { useDesk } from './text/say.ts'
import './waiting.css'

/** Something is being asked. Under a second nobody needs to be told; then three dots breathe, and the seconds are counted. */
export function Waiting({ children }: { children: ReactNode }): ReactNode {
  const { say } = useDesk()
  const elapsedMs = useElapsedMs()
  if (elapsedMs < DELAYS.showWaitingMs) return null
  return (
    <span className="waiting">
      <span className="breath" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {children}
      <span className="num">{say('back.elapsed', { seconds: Math.floor(elapsedMs / 1_000) })}</span>
    </span>
  )
}
