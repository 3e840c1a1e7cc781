import { type ReactNode, useEffect, useRef, useState } from 'react'
import { DigitsField, dots, Pad } from '../pad.tsx'
import { PIN_DIGITS } from '../plan.ts'

/** Dots, and the pad for fingers while it has the keyboard. */
export function PinField(props: {
  readonly label: string
  readonly pin: string
  readonly onPin: (pin: string) => void
  readonly hint?: string
  readonly fault: string | null
}): ReactNode {
  const [isPadOpen, setPadOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  // It comes up below what has the keyboard, where a low screen does not show it.
  useEffect(() => {
    if (isPadOpen) box.current?.scrollIntoView({ block: 'end' })
  }, [isPadOpen])
  const digits = { digits: props.pin, most: PIN_DIGITS.most, onDigits: props.onPin }
  return (
    <div className="field pin-field" ref={box}>
      <span className="field-name" aria-hidden="true">
        {props.label}
      </span>
      <DigitsField {...digits} label={props.label} shown={dots(props.pin)} onFocus={() => setPadOpen(true)} />
      {(props.fault || props.hint) && (
        <span className={props.fault ? 'field-fault' : 'field-hint'}>{props.fault ?? props.hint}</span>
      )}
      {isPadOpen && <Pad {...digits} />}
    </div>
  )
}
