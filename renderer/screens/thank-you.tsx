import type { ReactNode } from 'react'
import { useText } from '../text/i18n.ts'
import { basketInWords } from '../ui/basket.ts'
import { Aside, Go } from '../ui/button.tsx'
import { Foot } from '../ui/frame.tsx'
import { Yen } from '../ui/money.tsx'
import { Notice } from '../ui/notice.tsx'
import { Ring } from '../ui/ring.tsx'
import { Seal } from '../ui/seal.tsx'
import type { ThankYouProps } from './props.ts'
import { Claim, Result, Slip } from './result.tsx'

/** The money is certain: the stamp, and the number as large as the screen allows. */
export function ThankYou(props: ThankYouProps): ReactNode {
  const { checkout, countdown, receipt, locale, send } = props
  const say = useText()
  const isTold = receipt === 'notShown'
  return (
    <Result
      screen={props}
      title={say('paid.title')}
      seal={<Seal kind="done" label={say('paid.seal')} />}
      tell={isTold && <Notice notice={{ key: 'receipt.notShown' }} />}
      label={say('paid.number')}
      figure={<Claim number={checkout.claimNumber} half={isTold} />}
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
          out={
            <Aside
              icon="receipt"
              waiting={receipt === 'opening'}
              onPress={() => send({ type: 'customer.showReceipt' })}
            >
              {say(receipt === 'opening' ? 'act.busy' : 'act.receipt')}
            </Aside>
          }
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
