import type { KeyboardEvent, ReactNode } from 'react'
import { Mark } from './shapes.tsx'
import { useDesk } from './text/say.ts'
import './pad.css'

/** Digits by keyboard, or by the pad beside it. What is typed is held by whoever asked; a PIN never stands in the page. */
export type Digits = {
  readonly digits: string
  readonly most: number
  readonly onDigits: (digits: string) => void
  readonly onEnter?: () => void
}

/** The field that takes the keyboard. `shown` is what the eye gets: dots, or an amount. */
export function DigitsField(
  props: Digits & {
    readonly label: string
    readonly shown: string
    readonly describedBy?: string
    readonly start?: boolean
    readonly onFocus?: () => void
  },
): ReactNode {
  const { digits, most, onDigits, onEnter } = props
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (/^[0-9]$/.test(event.key)) onDigits(`${digits}${event.key}`.slice(0, most))
    else if (event.key === 'Backspace') onDigits(digits.slice(0, -1))
    else if (event.key === 'Delete') onDigits('')
    else if (event.key === 'Enter') onEnter?.()
    else return
    event.preventDefault()
  }
  return (
    <input
      type="text"
      className="digits-field num"
      readOnly
      inputMode="none"
      autoComplete="off"
      aria-label={props.label}
      aria-describedby={props.describedBy}
      // biome-ignore lint/a11y/noAutofocus: the door is opened to type a PIN, and for nothing else
      autoFocus={props.start === true}
      value={props.shown}
      onKeyDown={onKeyDown}
      onFocus={props.onFocus}
    />
  )
}

/** Twelve keys. They leave the keyboard where it is, so that fingers and keys can take turns. */
export function Pad(props: Digits & { readonly enter?: ReactNode; readonly enterOff?: boolean }): ReactNode {
  const { say } = useDesk()
  const { digits, most, onDigits, onEnter } = props
  const stay = { onMouseDown: (event: { preventDefault(): void }) => event.preventDefault() }
  const key = (digit: string): ReactNode => (
    <button
      type="button"
      className="dbtn key"
      key={digit}
      onClick={() => onDigits(`${digits}${digit}`.slice(0, most))}
      {...stay}
    >
      {digit}
    </button>
  )
  return (
    <div className="pad">
      {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(key)}
      <button
        type="button"
        className="dbtn key"
        aria-label={say('door.erase')}
        onClick={() => onDigits(digits.slice(0, -1))}
        {...stay}
      >
        <Mark name="erase" />
      </button>
      {key('0')}
      {onEnter ? (
        <button
          type="button"
          className="dbtn key is-go"
          aria-disabled={props.enterOff === true}
          onClick={onEnter}
          {...stay}
        >
          {props.enter}
        </button>
      ) : (
        <button type="button" className="dbtn key word" onClick={() => onDigits('')} {...stay}>
          {say('door.clear')}
        </button>
      )}
    </div>
  )
}

/** A PIN as dots. */
export function dots(pin: string): string {
  return '●'.repeat(pin.length)
}
