import type { ReactNode } from 'react'
import { useText } from '../text/i18n.ts'
import { basketByName, canBeCounted, countInWords, countOf } from '../ui/basket.ts'
import { Go, Out, Second } from '../ui/button.tsx'
import { Foot } from '../ui/frame.tsx'
import { Yen } from '../ui/money.tsx'
import { Notice } from '../ui/notice.tsx'
import { Seal } from '../ui/seal.tsx'
import type { UnpaidProps } from './props.ts'
import { Result, Slip, Tell } from './result.tsx'

/** No money moved, for whatever reason; the order is kept. */
export function Unpaid(props: UnpaidProps): ReactNode {
  const { checkout, why, busy, notice = null, locale, send } = props
  const say = useText()
  return (
    <Result
      screen={props}
      title={say('unpaid.title')}
      seal={<Seal kind="zero" label={say('unpaid.seal')} />}
      // Why "again" did nothing is newer than why the first payment came to nothing.
      tell={notice ? <Notice notice={notice} /> : <Tell>{say(`unpaid.${why}`)}</Tell>}
      label={say('unpaid.amount')}
      figure={<Yen amount={checkout.totalYen} large />}
      more={
        <Slip what={basketByName(checkout.lines, locale, say)}>
          {canBeCounted(checkout.lines) && (
            <span className="num">{countInWords(countOf(checkout.lines), say)}</span>
          )}
        </Slip>
      }
      foot={
        <Foot
          screen={props}
          out={
            <Out icon="cross" onPress={() => send({ type: 'customer.finish' })}>
              {say('act.cancel')}
            </Out>
          }
          second={
            <Second onPress={() => send({ type: 'customer.changeOrder' })}>{say('act.changeOrder')}</Second>
          }
          go={
            <Go waiting={busy} onPress={() => send({ type: 'customer.tryAgain' })}>
              {say(busy ? 'act.busy' : 'act.tryAgain')}
            </Go>
          }
        />
      }
    />
  )
}
