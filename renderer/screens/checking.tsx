import type { ReactNode } from 'react'
import { useText } from '../text/i18n.ts'
import { Go } from '../ui/button.tsx'
import { Foot } from '../ui/frame.tsx'
import { Yen } from '../ui/money.tsx'
import { Seal } from '../ui/seal.tsx'
import type { CheckingProps } from './props.ts'
import { Claim, Result, Slip, Tell } from './result.tsx'

/** After this the time that has passed is said; before it, it would only make people nervous. */
const SAY_ELAPSED_FROM_MS = 5_000

const waits = {
  creating: 'checking.creatingWait',
  asking: 'checking.wait',
  stopping: 'checking.stoppingWait',
  reconnecting: 'checking.wait',
} as const

/** Nobody knows yet. Nothing here can hurt; after a while the customer may leave it to us, with the number to ask for. */
export function Checking(props: CheckingProps): ReactNode {
  const { checkout, kind, elapsedMs, canLeave, send } = props
  const say = useText()
  const leaves = canLeave && checkout !== null
  const order = checkout ? say('order.number', { number: checkout.claimNumber }) : ''
  return (
    <Result
      screen={props}
      title={say(`checking.${kind}`)}
      seal={<Seal kind="wait" label={say('checking.seal')} />}
      order={<span className="order">{order}</span>}
      tell={<Tell>{say(leaves ? 'checking.leave' : waits[kind])}</Tell>}
      label={checkout ? say(leaves ? 'checking.number' : 'checking.amount') : ''}
      figure={figureOf(checkout, leaves)}
      more={
        <Slip what={leaves ? <Yen amount={checkout.totalYen} /> : order}>
          {elapsedMs >= SAY_ELAPSED_FROM_MS && (
            <span className="num">{say('checking.elapsed', { seconds: Math.floor(elapsedMs / 1000) })}</span>
          )}
        </Slip>
      }
      foot={
        <Foot
          screen={props}
          go={
            canLeave && (
              <Go soft onPress={() => send({ type: 'customer.finish' })}>
                {say('act.leaveToUs')}
              </Go>
            )
          }
        />
      }
    />
  )
}

function figureOf(checkout: CheckingProps['checkout'], leaves: boolean): ReactNode {
  if (!checkout) return null
  return leaves ? <Claim number={checkout.claimNumber} half /> : <Yen amount={checkout.totalYen} large />
}
