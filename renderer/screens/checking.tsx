import type { ReactNode } from 'react'
import { useText } from '../text/i18n.ts'
import { Foot, Go } from '../ui/frame.tsx'
import { Yen } from '../ui/money.tsx'
import { Seal } from '../ui/seal.tsx'
import type { CheckingProps } from './props.ts'
import { Result, Slip } from './result.tsx'

/** After this the time that has passed is said; before it, it would only make people nervous. */
const SAY_ELAPSED_FROM_MS = 5_000

/** Nobody knows yet. Nothing here can hurt; after a while the customer may leave it to us. */
export function Checking(props: CheckingProps): ReactNode {
  const { checkout, kind, elapsedMs, canLeave, send } = props
  const say = useText()
  const number = checkout ? say('order.number', { number: checkout.claimNumber }) : ''
  const tell = canLeave ? 'checking.leave' : kind === 'creating' ? 'checking.creatingWait' : 'checking.wait'
  return (
    <Result
      screen={props}
      title={say(`checking.${kind}`)}
      seal={<Seal kind="wait" label={say('checking.seal')} />}
      order={<span className="order num">{number}</span>}
      tell={say(tell)}
      label={checkout ? say('checking.amount') : ''}
      figure={checkout ? <Yen amount={checkout.totalYen} large /> : null}
      more={
        <Slip what={number}>
          {elapsedMs >= SAY_ELAPSED_FROM_MS && (
            <span className="num">{say('checking.elapsed', { seconds: Math.floor(elapsedMs / 1000) })}</span>
          )}
        </Slip>
      }
      foot={
        <Foot
          screen={props}
          {...(canLeave
            ? {
                go: (
                  <Go soft onPress={() => send({ type: 'customer.finish' })}>
                    {say('act.leaveToUs')}
                  </Go>
                ),
              }
            : {})}
        />
      }
    />
  )
}
