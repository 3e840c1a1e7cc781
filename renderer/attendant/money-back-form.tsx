import { type ReactNode, useEffect, useRef, useState } from 'react'
import { localText } from '../../shared/checkout.ts'
import type { DeskCheckout, DeskState, MoneyBackReason } from '../../shared/desk.ts'
import { Yen } from '../ui/money.tsx'
import { dayInWords, localInputOf } from './days.ts'
import type { Sentence } from './failure-words.ts'
import { DigitsField, dots, Pad } from './pad.tsx'
import { countIn, type Draft, PIN_DIGITS, type Plan, planOf } from './plan.ts'
import { Mark } from './shapes.tsx'
import { inYen, useDesk } from './text/say.ts'

type Possible = Extract<DeskCheckout['giveBack'], { possible: true }>
type FormProps = {
  readonly head: ReactNode
  readonly checkout: DeskCheckout
  readonly giveBack: Possible
  readonly state: DeskState
  readonly draft: Draft
  readonly onDraft: (draft: Draft) => void
  readonly isSending: boolean
  readonly told: Sentence | null
  /** Until the next PIN may be tried. */
  readonly secondsLeft: number
  readonly onDecide: (plan: Plan) => void
  readonly announce: (text: string) => void
}

/** Two long words above, three short ones below. A new reason does not compile until it has its place. */
const places = { mistake: 0, customer: 1, soldOut: 2, quality: 3, other: 4 } as const satisfies Record<
  MoneyBackReason,
  number
>
const reasons = (Object.keys(places) as MoneyBackReason[]).toSorted(
  (one, other) => places[one] - places[other],
)

/** How much, why, and the one button. Its sentence says how the money goes, or what is still missing. */
export function MoneyBackForm(props: FormProps): ReactNode {
  const { checkout, giveBack, state, draft, onDraft, isSending, told, announce } = props
  const { locale, say } = useDesk()
  const plan = planOf(draft, checkout, giveBack, state)
  const waits = plan.needsSecondPin && props.secondsLeft > 0
  const missing = waits
    ? say('door.wait', { seconds: props.secondsLeft })
    : plan.missing && say(plan.missing.key, plan.missing.values)
  const day = dayInWords(localInputOf(giveBack.untilMs).slice(0, 10), locale)
  const press = (): void => {
    if (isSending) return
    if (missing) announce(missing)
    else props.onDecide(plan)
  }
  return (
    <>
      <div className="refund-body">
        {props.head}
        <Amount {...props} />
        <fieldset>
          <legend className="h">{say('back.reason')}</legend>
          <div className="pick reasons">
            {reasons.map(reason => (
              <button
                type="button"
                key={reason}
                data-reason={reason}
                className={`dbtn ${draft.reason === reason ? 'is-on' : ''}`}
                aria-pressed={draft.reason === reason}
                onClick={() => onDraft({ ...draft, reason })}
              >
                {say(`reason.${reason}`)}
              </button>
            ))}
          </div>
          {draft.reason === 'other' && (
            <label className="back-note">
              <span>
                {say('back.note')} <small>{say('back.noteHint')}</small>
              </span>
              <input
                type="text"
                className="text-field"
                autoComplete="off"
                maxLength={200}
                value={draft.note}
                onChange={event => onDraft({ ...draft, note: event.target.value })}
              />
            </label>
          )}
        </fieldset>
        {plan.needsSecondPin && (
          <SecondPin {...props} aboveYen={state.secondPersonAboveYen ?? 0} onEnter={press} />
        )}
      </div>
      <div className="refund-foot">
        {told && (
          <p className="is-told" role="alert">
            {say(told.key, told.values)}
          </p>
        )}
        <button
          type="button"
          className="dgo"
          aria-disabled={missing !== null || isSending}
          aria-describedby="refund-way"
          onClick={press}
        >
          {plan.amountYen > 0 ? say('back.go', { amountYen: plan.amountYen }) : say('back.goEmpty')}
        </button>
        <p id="refund-way">
          {missing ?? (plan.way === 'cancel' ? say('back.wayCancel') : say('back.wayRefund', { day }))}
        </p>
      </div>
    </>
  )
}

function Amount(props: FormProps): ReactNode {
  const { checkout, giveBack, draft, onDraft } = props
  const { say } = useDesk()
  const isKeyed = checkout.lines.every(line => line.productId === null)
  const noLines = isKeyed ? 'back.keyed' : giveBack.leftOfLines === null ? 'back.noLines' : null
  const choose = (kind: Draft['kind']) => () => onDraft({ ...draft, kind })
  const digits = {
    digits: draft.digits,
    most: 9,
    onDigits: (typed: string) => onDraft({ ...draft, digits: typed.replace(/^0+/, '') }),
  }
  const look = (kind: Draft['kind']) => ({
    className: `dbtn ${draft.kind === kind ? 'is-on' : ''}`,
    'aria-pressed': draft.kind === kind,
  })
  return (
    <fieldset>
      <legend className="h">{say('back.amount')}</legend>
      <div className="pick amounts">
        <button type="button" {...look('whole')} onClick={choose('whole')}>
          {say(giveBack.leftYen === checkout.totalYen ? 'back.whole' : 'back.rest')}{' '}
          <Yen amount={giveBack.leftYen} />
        </button>
        <button
          type="button"
          {...look('lines')}
          aria-disabled={noLines !== null}
          {...(noLines === null ? {} : { 'aria-describedby': 'no-lines' })}
          onClick={() => noLines === null && choose('lines')()}
        >
          {say('back.lines')}
        </button>
        <button type="button" {...look('amount')} onClick={choose('amount')}>
          {say('back.free')}
        </button>
      </div>
      {noLines && (
        <p className="is-quiet" id="no-lines">
          {say(noLines)}
        </p>
      )}
      {draft.kind === 'lines' && <Lines {...props} />}
      {draft.kind === 'amount' && (
        <div className="typed">
          <DigitsField
            {...digits}
            start
            label={say('back.amount')}
            shown={inYen(Number(draft.digits))}
            describedBy="amount-left"
          />
          <p className="is-quiet" id="amount-left">
            {say('back.left', { leftYen: giveBack.leftYen })}
          </p>
          <Pad {...digits} />
        </div>
      )}
    </fieldset>
  )
}

function Lines({ checkout, giveBack, draft, onDraft }: FormProps): ReactNode {
  const { locale, say } = useDesk()
  return (
    <ul className="back-lines">
      {checkout.lines.map((line, index) => {
        const of = giveBack.leftOfLines?.[index] ?? 0
        const number = countIn(draft, giveBack, index)
        const name = localText(line.names, locale)
        const set = (quantity: number) => () =>
          onDraft({
            ...draft,
            quantities: { ...draft.quantities, [index]: Math.min(of, Math.max(0, quantity)) },
          })
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a checkout never change places
          <li key={index}>
            <span>{name}</span>
            <button
              type="button"
              className="dbtn bare"
              aria-label={say('back.lessOf', { name })}
              aria-disabled={number === 0}
              onClick={set(number - 1)}
            >
              <Mark name="minus" />
            </button>
            <b className="num">{say('back.ofLine', { number, of })}</b>
            <button
              type="button"
              className="dbtn bare"
              aria-label={say('back.moreOf', { name })}
              aria-disabled={number === of}
              onClick={set(number + 1)}
            >
              <Mark name="plus" />
            </button>
          </li>
        )
      })}
    </ul>
  )
}

export function SecondPin({
  draft,
  onDraft,
  aboveYen,
  onEnter,
}: Pick<FormProps, 'draft' | 'onDraft'> & {
  readonly aboveYen: number
  readonly onEnter: () => void
}): ReactNode {
  const { say } = useDesk()
  const [isPadOpen, setPadOpen] = useState(draft.kind !== 'amount')
  const box = useRef<HTMLFieldSetElement>(null)
  // It comes up below what has just been pressed, where a low screen does not show it.
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'end' })
  }, [])
  const digits = {
    digits: draft.secondPin,
    most: PIN_DIGITS.most,
    onDigits: (secondPin: string) => onDraft({ ...draft, secondPin }),
  }
  return (
    <fieldset ref={box}>
      <legend className="h">{say('back.secondPin')}</legend>
      <div className="typed">
        <DigitsField
          {...digits}
          onEnter={onEnter}
          label={say('back.secondPin')}
          shown={dots(draft.secondPin)}
          describedBy="second-why"
          onFocus={() => setPadOpen(true)}
        />
        <p className="is-quiet" id="second-why">
          {say('back.secondPinWhy', { aboveYen })}
        </p>
        {isPadOpen && <Pad {...digits} />}
      </div>
    </fieldset>
  )
}
