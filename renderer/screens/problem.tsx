import type { ReactNode } from 'react'
import { useText } from '../text/i18n.ts'
import { basketInWords } from '../ui/basket.ts'
import { Foot, Go } from '../ui/frame.tsx'
import { Yen } from '../ui/money.tsx'
import { Seal } from '../ui/seal.tsx'
import type { ProblemProps } from './props.ts'
import { Result, Slip } from './result.tsx'

const seals = { paid: 'done', returning: 'back', unknown: 'wait' } as const

/** Only a person can settle it. The first line still says where the money is. */
export function Problem(props: ProblemProps): ReactNode {
  const { checkout, money, locale, send } = props
  const say = useText()
  const sealWords = { paid: 'paid.seal', returning: 'returned.seal', unknown: 'checking.seal' } as const
  return (
    <Result
      kind="problem"
      screen={props}
      title={say(`problem.${money}`)}
      seal={<Seal kind={seals[money]} label={say(sealWords[money])} />}
      tell={say(money === 'unknown' ? 'problem.staffUnknown' : 'problem.staff')}
      label={say('problem.number')}
      figure={<span className="yen money num">{checkout.claimNumber}</span>}
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
