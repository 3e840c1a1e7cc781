import type { ReactNode } from 'react'
import { useText } from '../text/i18n.ts'
import { basketInWords } from '../ui/basket.ts'
import { Go } from '../ui/button.tsx'
import { Foot } from '../ui/frame.tsx'
import { Yen } from '../ui/money.tsx'
import { Ring } from '../ui/ring.tsx'
import { Seal } from '../ui/seal.tsx'
import type { ThankYouProps } from './props.ts'
import { Claim, Result, Slip } from './result.tsx'

/** The money is certain: the stamp, and the number as large as the screen allows. */
export function ThankYou(props: ThankYouProps): ReactNode {
  const { checkout, countdown, locale, send } = props
  const say = useText()
  return (
    <Result
      screen={props}
      title={say('paid.title')}
      seal={<Seal kind="done" label={say('paid.seal')} />}
      label={say('paid.number')}
      figure={<Claim number={checkout.claimNumber} />}
      more={
        <div className="after-stamp">
          <Slip what={basketInWords(checkout.lines, locale, say)}>
            <Yen amount={checkout.totalYen} />
          </Slip>
        </div>
      }
      foot={
        <Foot
          screen={props}
          go={
            <Go onPress={() => send({ type: 'customer.finish' })}>
              <Ring countdown={countdown}>{say('act.done')}</Ring>
            </Go>
          }
        />
      }
    />
  )
}
