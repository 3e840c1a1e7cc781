import { type ReactNode, useEffect, useRef, useState } from 'react'
import { localText } from '../../shared/checkout.ts'
import type { DeskCheckout, DeskState, MoneyBackView } from '../../shared/desk.ts'
import { Yen } from '../ui/money.tsx'
import { Case } from './case.tsx'
import { CertificateOf } from './certificate.tsx'
import type { DeskClient } from './client.ts'
import { dayAndTime, timeOfDay } from './days.ts'
import { CopyableNumber } from './number.tsx'
import { Papers } from './papers.tsx'
import { Mark, Word } from './shapes.tsx'
import { useDesk } from './text/say.ts'
import { Timeline } from './timeline.tsx'
import './one.css'

/** One checkout, whole: what it was, what happened to it, and the numbers PayPay knows it by. */
export function One(props: {
  readonly client: DeskClient
  readonly checkout: DeskCheckout
  readonly state: DeskState
  readonly now: () => number
  readonly isShown: boolean
  readonly onBack: () => void
  readonly onAnswer: (checkout: DeskCheckout) => void
  readonly announce: (text: string) => void
}): ReactNode {
  const { checkout, isShown, onBack } = props
  const { say } = useDesk()
  const headline = useRef<HTMLHeadingElement>(null)
  const back = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // Only where the list has made room: there the keyboard would otherwise stand on something that is gone.
    if (isShown && back.current?.checkVisibility()) headline.current?.focus({ preventScroll: true })
  }, [isShown])
  return (
    <section
      className="one-main"
      data-claim={checkout.claimNumber}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard has to be able to
      tabIndex={0}
      aria-label={say('one.claim', { number: checkout.claimNumber })}
    >
      <button type="button" className="dbtn one-back" ref={back} onClick={onBack}>
        <Mark name="left" />
        {say('one.back')}
      </button>
      <div className="one-head">
        <h2 className="cl" tabIndex={-1} ref={headline}>
          {checkout.claimNumber}
        </h2>
        <span className="amt">
          <Yen amount={checkout.totalYen} />
        </span>
        <Word word={checkout.word} />
      </div>
      {checkout.openCase !== null && <Case {...props} openCase={checkout.openCase} />}
      <Items checkout={checkout} />
      <MoneyMoves checkout={checkout} />
      <Papers {...props} key={checkout.checkoutId} />
      <Timeline steps={checkout.timeline} />
      <CertificateOf key={`proof-${checkout.checkoutId}`} client={props.client} checkout={checkout} />
      <section>
        <h3 className="h">{say('one.numbers')}</h3>
        <dl className="facts">
          {checkout.payments.map(({ merchantPaymentId, paymentId }) => (
            <div key={merchantPaymentId}>
              <CopyableNumber name={say('one.merchantPaymentId')} number={merchantPaymentId} />
              {paymentId !== null && <CopyableNumber name={say('one.paymentId')} number={paymentId} />}
            </div>
          ))}
          {checkout.moneyBacks
            .filter(({ way }) => way === 'refund')
            .map(({ merchantRefundId }) => (
              <div key={merchantRefundId}>
                <CopyableNumber name={say('one.merchantRefundId')} number={merchantRefundId} />
              </div>
            ))}
        </dl>
      </section>
    </section>
  )
}

function Items({ checkout }: { checkout: DeskCheckout }): ReactNode {
  const { locale, say } = useDesk()
  const [isLong, setLong] = useState(false)
  const many = checkout.lines.length > 8
  const shown = many && !isLong ? checkout.lines.slice(0, 6) : checkout.lines
  return (
    <div>
      <ul className="items" aria-label={say('one.items')}>
        {shown.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a checkout never change places
          <li key={index}>
            <span>{localText(line.names, locale)}</span>
            <span className="num">{line.quantity}</span>
            <Yen amount={line.lineYen} />
          </li>
        ))}
      </ul>
      {many && (
        <button
          type="button"
          className="dbtn items-more"
          aria-expanded={isLong}
          onClick={() => setLong(!isLong)}
        >
          {say(isLong ? 'one.fewerItems' : 'one.moreItems', { number: checkout.lines.length })}
        </button>
      )}
      <p className="one-taxes num">
        <span>{say('one.at', { time: dayAndTime(checkout.startedAtMs, locale), lane: checkout.lane })}</span>
        <span>
          {checkout.taxes
            .map(({ ratePercent, taxYen }) => say('one.tax', { rate: ratePercent, amountYen: taxYen }))
            .join('  ')}
        </span>
      </p>
    </div>
  )
}

/** Money in, money back. */
function MoneyMoves({ checkout }: { checkout: DeskCheckout }): ReactNode {
  const { say } = useDesk()
  if (checkout.moneyBacks.length === 0) return null
  return (
    <section>
      <h3 className="h">{say('one.money')}</h3>
      <ul className="moves">
        {checkout.payments
          .filter(({ paymentId }) => paymentId !== null)
          .map(({ merchantPaymentId, amountYen, paidAtMs }) => (
            <li key={merchantPaymentId}>
              <span>{say('one.paid', { time: paidAtMs === null ? '' : timeOfDay(paidAtMs) })}</span>
              <Yen amount={amountYen} />
            </li>
          ))}
        {checkout.moneyBacks.map((moneyBack, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: decisions are only ever added, and a cancel has no number of its own
          <Back key={index} moneyBack={moneyBack} />
        ))}
      </ul>
    </section>
  )
}

function Back({ moneyBack }: { moneyBack: MoneyBackView }): ReactNode {
  const { say } = useDesk()
  const { state, doneAtMs, by, approvedBy, note } = moneyBack
  const reason = say(`reason.${moneyBack.reason}`)
  return (
    <li>
      <span>
        {say(`one.backState.${state}`, { time: doneAtMs === null ? '' : timeOfDay(doneAtMs) })}{' '}
        <small>
          {approvedBy === null
            ? say('one.byOne', { by, reason })
            : say('one.byTwo', { by, approvedBy, reason })}
          {note !== '' && ` ・ ${note}`}
        </small>
      </span>
      <span className={state === 'refused' ? 'is-refused' : ''}>
        −<Yen amount={moneyBack.amountYen} />
      </span>
    </li>
  )
}
