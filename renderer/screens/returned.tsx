import type { ReactNode } from 'react'
import { localText } from '../../shared/checkout.ts'
import { useText } from '../text/i18n.ts'
import { Foot, Go } from '../ui/frame.tsx'
import { Yen } from '../ui/money.tsx'
import { Seal } from '../ui/seal.tsx'
import type { ReturnedProps } from './props.ts'
import { Result } from './result.tsx'

/** The money goes back, or has gone back: three dots on a line say where it is. */
export function Returned(props: ReturnedProps): ReactNode {
  const { shop, checkout, done, locale, send } = props
  const say = useText()
  return (
    <Result
      screen={props}
      title={say(done ? 'returned.doneTitle' : 'returned.title')}
      seal={<Seal kind="back" label={say('returned.seal')} />}
      tell={say('returned.look')}
      label={say('returned.amount')}
      figure={<Yen amount={checkout.totalYen} large />}
      more={
        <ol className="way" data-at={done ? 3 : 2}>
          <li className="is-past">{localText(shop.names, locale)}</li>
          <li className={done ? 'is-past' : 'is-now'}>PayPay</li>
          <li className={done ? 'is-now' : ''}>{say('returned.customer')}</li>
        </ol>
      }
      foot={
        <Foot
          screen={props}
          out={
            <span className="out order num">{say('returned.number', { number: checkout.claimNumber })}</span>
          }
          go={<Go onPress={() => send({ type: 'customer.finish' })}>{say('act.done')}</Go>}
        />
      }
    />
  )
}
