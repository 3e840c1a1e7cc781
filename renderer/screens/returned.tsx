import type { ReactNode } from 'react'
import { localText } from '../../shared/checkout.ts'
import { useText } from '../text/i18n.ts'
import { Go } from '../ui/button.tsx'
import { Foot } from '../ui/frame.tsx'
import { Yen } from '../ui/money.tsx'
import { Seal } from '../ui/seal.tsx'
import { Way } from '../ui/way.tsx'
import type { ReturnedProps } from './props.ts'
import { Result, Tell } from './result.tsx'

/** The money goes back, or has gone back: three dots on a line say where it is. */
export function Returned(props: ReturnedProps): ReactNode {
  const { shop, checkout, done, locale, send } = props
  const say = useText()
  return (
    <Result
      screen={props}
      title={say(done ? 'returned.doneTitle' : 'returned.title')}
      seal={<Seal kind="back" label={say('returned.seal')} />}
      tell={<Tell>{say(done ? 'returned.doneLook' : 'returned.look')}</Tell>}
      label={say(done ? 'returned.doneAmount' : 'returned.amount')}
      figure={<Yen amount={checkout.totalYen} large />}
      more={
        <Way places={[localText(shop.names, locale), 'PayPay', say('returned.customer')]} at={done ? 3 : 2} />
      }
      foot={
        <Foot
          screen={props}
          out={<span className="out order">{say('returned.number', { number: checkout.claimNumber })}</span>}
          go={<Go onPress={() => send({ type: 'customer.finish' })}>{say('act.done')}</Go>}
        />
      }
    />
  )
}
