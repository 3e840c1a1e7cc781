import type { ReactNode } from 'react'
import { localText } from '../../shared/checkout.ts'
import { useText } from '../text/i18n.ts'
import { Foot, Frame, Go, Out, Top } from '../ui/frame.tsx'
import { Icon } from '../ui/icons.tsx'
import { Yen } from '../ui/money.tsx'
import { Notice } from '../ui/notice.tsx'
import type { KeypadProps } from './props.ts'
import { Tools } from './tools.tsx'

/** An amount, keyed in. Over the cap it says the cap and keeps the digits. */
export function Keypad(props: KeypadProps): ReactNode {
  const { shop, locale, amountYen, overCap, notice, send } = props
  const say = useText()
  const digit = (value: string): ReactNode => (
    <button
      type="button"
      className="btn"
      key={value}
      onClick={() => send({ type: 'customer.digit', digit: value })}
    >
      {value}
    </button>
  )
  return (
    <Frame kind="frame-keypad">
      <Top shop={shop} locale={locale}>
        <Tools {...props} />
      </Top>
      <main className="stage">
        <div className="keypad">
          <h1 className="say">{say('keypad.title')}</h1>
          <div className="entered" aria-live="polite">
            <span className="what">{localText(shop.keypadDescription, locale)}</span>
            <Yen amount={amountYen} large />
          </div>
          <div className="why">
            {overCap ? (
              <p className="notice">{say('keypad.cap', { cap: shop.capYen.toLocaleString('ja-JP') })}</p>
            ) : (
              <Notice notice={notice} />
            )}
          </div>
          <div className="keys">
            {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(digit)}
            <button type="button" className="btn word" onClick={() => send({ type: 'customer.clear' })}>
              {say('act.clear')}
            </button>
            {digit('0')}
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
