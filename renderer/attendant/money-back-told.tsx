import type { ReactNode } from 'react'
import type { DeskCheckout, DeskState, MoneyBackView } from '../../shared/desk.ts'
import { refusalSentence, whyNotKey } from './failure-words.ts'
import { Shape } from './shapes.tsx'
import { useDesk } from './text/say.ts'
import { Waiting } from './waiting.tsx'

/** How far the last decision is, and what to do: mostly nothing. */
export function MoneyBackTold({
  moneyBack,
  checkout,
  state,
  onMore,
}: {
  readonly moneyBack: MoneyBackView
  readonly checkout: DeskCheckout
  readonly state: DeskState
  readonly onMore: () => void
}): ReactNode {
  const { say } = useDesk()
  const { amountYen, code } = moneyBack
  const more = checkout.giveBack.possible && (
    <div className="refund-foot">
      <button type="button" className="dbtn outlined" onClick={onMore}>
        {say(moneyBack.state === 'refused' ? 'back.tryAgain' : 'back.more')}
      </button>
      <p>{say('back.left', { leftYen: checkout.giveBack.leftYen })}</p>
    </div>
  )
  const none = !checkout.giveBack.possible && checkout.giveBack.because !== 'allReturned' && (
    <p>{say(whyNotKey(checkout.giveBack.because))}</p>
  )
  switch (moneyBack.state) {
    case 'waiting':
    case 'taken':
      return (
        <div className="refund-told" role="status">
          <h3 className="is-wait">
            <Shape shape="half" />
            {say('back.waitingTitle', { amountYen })}
          </h3>
          <p>{say(waitingKey(moneyBack, state))}</p>
          <Waiting>{say('door.asking')}</Waiting>
        </div>
      )
    case 'done':
      return (
        <>
          <div className="refund-told" role="status">
            <h3 className="is-done">
              <Shape shape="check" />
              {say('back.doneTitle', { amountYen })}
            </h3>
            <p>{say('back.done')}</p>
            {none}
          </div>
          {more}
        </>
      )
    case 'refused': {
      const { key, values } = refusalSentence(code)
      return (
        <>
          <div className="refund-told" role="alert">
            <h3 className="is-alarm">
              <Shape shape="alarm" />
              {say('back.refusedTitle', { amountYen })}
            </h3>
            <p>{say(key, values)}</p>
            {code !== null && <p className="num">{say('back.code', { code })}</p>}
            {none}
          </div>
          {more}
        </>
      )
    }
    case 'closed':
      return (
        <>
          <div className="refund-told" role="status">
            <h3 className="is-wait">
              <Shape shape="half" />
              {say('back.closedTitle', { amountYen })}
            </h3>
            <p>{say('back.closed')}</p>
          </div>
          {more}
        </>
      )
    default:
      return moneyBack.state satisfies never
  }
}

/** Where PayPay is away nothing hurries, and nobody has to do anything. */
function waitingKey(moneyBack: MoneyBackView, { selling }: DeskState) {
  if (moneyBack.state === 'taken') return 'back.taken'
  const isAway = !selling.open && (selling.reason === 'starting' || selling.reason.startsWith('paypay'))
  return isAway ? 'back.away' : 'back.waiting'
}
