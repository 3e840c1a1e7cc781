import type { ReactNode } from 'react'
import { useText } from '../text/i18n.ts'
import { basketInWords } from '../ui/basket.ts'
import { Foot, Go, Out } from '../ui/frame.tsx'
import { Yen } from '../ui/money.tsx'
import { Notice } from '../ui/notice.tsx'
import { Seal } from '../ui/seal.tsx'
import type { UnpaidProps } from './props.ts'
import { Result, Slip } from './result.tsx'

/** No money moved, for whatever reason; the order is kept. */
export function Unpaid(props: UnpaidProps): ReactNode {
  const { checkout, why, busy, locale, send } = props
  const say = useText()
  const count = checkout.lines.reduce((sum, line) => sum + line.quantity, 0)
  return (
    <Result
      screen={props}
      title={say('unpaid.title')}
      seal={<Seal kind="zero" label={say('unpaid.seal')} />}
      tell={say(`unpaid.${why}`)}
      label={say('unpaid.amount')}
      figure={<Yen amount={checkout.totalYen} large />}
      more={
        <>
          <Notice notice={props.notice ?? null} />
          <Slip what={basketInWords(checkout.lines, locale, say)}>
            <span className="num">{say('menu.count', { count })}</span>
          </Slip>
        </>
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
            <button type="button" className="btn help" onClick={() => send({ type: 'customer.changeOrder' })}>
              {say('act.changeOrder')}
            </button>
          }
          go={
            <Go off={busy} onPress={() => send({ type: 'customer.tryAgain' })}>
              {say('act.tryAgain')}
            </Go>
          }
        />
      }
    />
  )
}
