import { type ReactNode, useEffect, useRef } from 'react'
import { useText } from '../text/i18n.ts'
import { Ring } from '../ui/ring.tsx'
import type { StillThereProps } from './props.ts'
import './still-there.css'

/** Laid over the screen that asks, its answer where the primary action is. Not while somebody pays: there is no hurry on a phone. */
export function StillThere({ countdown, send }: StillThereProps): ReactNode {
  const say = useText()
  const yes = useRef<HTMLButtonElement>(null)
  useEffect(() => yes.current?.focus(), [])
  return (
    <div className="still">
      <div
        className="still-sheet"
        role="alertdialog"
        aria-modal="true"
        aria-labelledby="still-title"
        aria-describedby="still-why"
      >
        <h2 className="say" id="still-title">
          {say('stillThere.title')}
        </h2>
        <p className="tell" id="still-why">
          {say('stillThere.why')}
        </p>
        <button
          type="button"
          ref={yes}
          className="btn btn-go go"
          onClick={() => send({ type: 'customer.stillHere' })}
        >
          <Ring countdown={countdown}>{say('act.stillHere')}</Ring>
        </button>
        <p className="still-left num">
          {say('stillThere.left', { seconds: Math.ceil(countdown.leftMs / 1000) })}
        </p>
      </div>
    </div>
  )
}
