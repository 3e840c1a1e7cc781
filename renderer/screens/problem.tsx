import type { ReactNode } from 'react'
import { useText } from '../text/i18n.ts'
import { basketInWords } from '../ui/basket.ts'
import { Go } from '../ui/button.tsx'
import { Foot } from '../ui/frame.tsx'
import { Yen } from '../ui/money.tsx'
import { Seal } from '../ui/seal.tsx'
import type { ProblemProps } from './props.ts'
import { Claim, Result, Slip, Tell } from './result.tsx'

const seals = { paid: 'done', returning: 'back', unknown: 'wait' } as const
const sealWords = { paid: 'paid.seal', returning: 'returned.seal', unknown: 'checking.seal' } as const

/** Only a person can settle it. The first line still says where the money is. */
export function Problem(props: ProblemProps): ReactNode {
  const { checkout, money, locale, send } = props
  const say = useText()
  return (
    <Result
      screen={props}
      title={say(`problem.${money}`)}
      seal={<Seal kind={seals[money]} label={say(sealWords[money])} />}
      tell={<Tell>{say(money === 'unknown' ? 'problem.staffUnknown' : 'problem.staff')}</Tell>}
      label={say('problem.number')}
      figure={<Claim number={checkout.claimNumber} half />}
      more={
        <Slip what={basketInWords(checkout.lines, locale, say)}>
          <Yen amount={checkout.totalYen} />
        </Slip>
      }
      foot={
        <Foot
          screen={props}
          go={<Go onPress={() => send({ type: 'customer.finish' })}>{say('act.done')}</Go>}
        />
      }
    />
  )
}
