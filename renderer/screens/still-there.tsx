import { type ReactNode, useEffect, useRef } from 'react'
import { useText } from '../text/i18n.ts'
import { Ring } from '../ui/ring.tsx'
import type { StillThereProps } from './props.ts'

/** Laid over the screen that asks. Not while somebody pays: there is no hurry on a phone. */
export function StillThere({ countdown, send }: StillThereProps): ReactNode {
  const say = useText()
  const yes = useRef<HTMLButtonElement>(null)
  useEffect(() => yes.current?.focus(), [])
  return (
    <div
      className="still"
      role="alertdialog"
      aria-modal="true"
      aria-labelledby="still-title"
      aria-describedby="still-why"
    >
      <div className="still-sheet">
        <h2 className="say" id="still-title">
          {say('stillThere.title')}
        </h2>
        <p id="still-why">{say('stillThere.why')}</p>
        <button
          type="button"
          ref={yes}
          className="btn btn-go"
          onClick={() => send({ type: 'customer.stillHere' })}
        >
          <Ring countdown={countdown}>{say('act.stillHere')}</Ring>
        </button>
      </div>
    </div>
  )
}
