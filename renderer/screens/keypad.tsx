import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { localText } from '../../shared/checkout.ts'
import { overCap as tooMuch } from '../checkout/cart.ts'
import { useText } from '../text/i18n.ts'
import { Go, Out } from '../ui/button.tsx'
import { Foot, Frame, Top } from '../ui/frame.tsx'
import { Icon } from '../ui/icons.tsx'
import { Yen } from '../ui/money.tsx'
import { Notice } from '../ui/notice.tsx'
import type { KeypadProps } from './props.ts'
import { Tools } from './tools.tsx'
import './keypad.css'

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

/** An amount, keyed in. Over the cap it says the cap and keeps the digits. */
export function Keypad(props: KeypadProps): ReactNode {
  const { shop, locale, amountYen, overCap, notice, send } = props
  const say = useText()
  const keys = useRef<HTMLDivElement>(null)
  useTyping(keys, send)
  const press = (digit: string) => () => send({ type: 'customer.digit', digit })
  return (
    <Frame kind="frame-keypad">
      <Top shop={shop} locale={locale}>
        <Tools {...props} />
      </Top>
      <main className="stage">
        <div className="keypad">
          <h1 className="say">{say('keypad.title')}</h1>
          <div className="entered">
            <div className={`figure ${amountYen === 0 ? 'is-nothing' : ''}`} aria-live="polite">
              <span className="label">{localText(shop.keypadDescription, locale)}</span>
              <Yen amount={amountYen} large />
            </div>
            <Notice notice={overCap ? (notice ?? tooMuch(shop.capYen)) : notice} />
          </div>
          <div className="panel-tools">
            <Tools {...props} />
          </div>
          <div className="keys" ref={keys}>
            {digits.map(digit => (
              <button type="button" className="btn" key={digit} onClick={press(digit)}>
                {digit}
              </button>
            ))}
            <button type="button" className="btn word" onClick={() => send({ type: 'customer.clear' })}>
              {say('act.clear')}
            </button>
            <button type="button" className="btn" onClick={press('0')}>
              0
            </button>
            <button
              type="button"
              className="btn word"
              aria-label={say('act.erase')}
              onClick={() => send({ type: 'customer.erase' })}
            >
              <Icon name="erase" />
            </button>
          </div>
        </div>
      </main>
      <Foot
        screen={props}
        out={
          <Out icon="restart" onPress={() => send({ type: 'customer.finish' })}>
            {say('act.startOver')}
          </Out>
        }
        go={
          <Go off={amountYen === 0 || overCap} onPress={() => send({ type: 'customer.checkOut' })}>
            {say('act.checkOut')}
          </Go>
        }
      />
    </Frame>
  )
}

/** A keyboard, or a pad of digits on a cable, types like the keys on the screen, and like them not while they are out of reach. */
function useTyping(keys: RefObject<HTMLElement | null>, send: KeypadProps['send']): void {
  useEffect(() => {
    const type = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || keys.current?.closest('[inert]')) return
      if (/^[0-9]$/.test(event.key)) send({ type: 'customer.digit', digit: event.key })
      if (event.key === 'Backspace') send({ type: 'customer.erase' })
      if (event.key === 'Delete') send({ type: 'customer.clear' })
    }
    window.addEventListener('keydown', type)
    return () => window.removeEventListener('keydown', type)
  }, [keys, send])
}
