import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { DeskCheckout, DeskState } from '../../shared/desk.ts'
import { Way } from '../ui/way.tsx'
import type { DeskClient } from './client.ts'
import { useSecondsLeft } from './clocks.ts'
import type { Decision, Decisions, Doubt } from './decisions.ts'
import { failureSentence, leavesOpen, type Sentence, whyNotKey } from './failure-words.ts'
import { MoneyBackForm, SecondPin } from './money-back-form.tsx'
import { MoneyBackTold } from './money-back-told.tsx'
import { amountOfDecision, type Draft, EMPTY_DRAFT, lastOf, type Plan, placeOf } from './plan.ts'
import { useDesk } from './text/say.ts'
import { Waiting } from './waiting.tsx'
import './money-back.css'

/**
 * Giving money back: decide, see it go, see it arrive. One press is one decision, whatever becomes of its answer; while an answer is
 * missing nothing can be changed, only sent again.
 */
export function MoneyBack(props: {
  readonly client: DeskClient
  readonly decisions: Decisions
  readonly checkout: DeskCheckout
  /** When core gave this picture of the checkout, epoch ms by this page's clock. */
  readonly shownAtMs: number
  readonly state: DeskState
  readonly shopName: string
  readonly onAnswer: (checkout: DeskCheckout) => void
  /** An answer is missing: what became of the decision is looked at as soon as the till answers. */
  readonly onDoubt: () => void
  readonly announce: (text: string) => void
}): ReactNode {
  const { client, decisions, checkout, state, onAnswer, announce } = props
  const { say } = useDesk()
  const { checkoutId, giveBack } = checkout
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT)
  const [wantsMore, setWantsMore] = useState(false)
  const [isSending, setSending] = useState(false)
  const [told, setTold] = useState<Sentence | null>(null)
  // A wrong PIN of the second person's makes everybody wait.
  const [openAtMs, setOpenAtMs] = useState(0)
  const secondsLeft = useSecondsLeft(openAtMs)
  const underWay = useRef(false)
  const open = decisions.unanswered(checkoutId)
  const isKnownNotMade = open?.sinceMs != null && props.shownAtMs >= open.sinceMs
  const last = lastOf(checkout)
  useEffect(() => {
    if (!decisions.seen(checkout)) return
    setDraft(EMPTY_DRAFT)
    setWantsMore(false)
    setTold(null)
  }, [decisions, checkout])

  const send = async (decision: Decision): Promise<void> => {
    if (underWay.current) return
    underWay.current = true
    setSending(true)
    setTold(null)
    const wasOpen = decisions.unanswered(checkoutId) !== null
    decisions.sent(decision)
    const answer = await client.call('giveBack', decision)
    underWay.current = false
    setSending(false)
    if (!answer.ok) {
      if (leavesOpen(answer.failure, wasOpen)) {
        decisions.doubted(checkoutId, Date.now())
        props.onDoubt()
      } else decisions.answered(checkoutId, false)
      const sentence = failureSentence(answer.failure)
      if ('waitMs' in answer.failure) setOpenAtMs(performance.now() + answer.failure.waitMs)
      setDraft(now => ({ ...now, secondPin: '' }))
      setTold(answer.failure.kind === 'hostAway' ? null : sentence)
      return
    }
    decisions.answered(checkoutId, true)
    setDraft(EMPTY_DRAFT)
    setWantsMore(false)
    const amountYen = lastOf(answer.value)?.amountYen ?? 0
    announce(say('back.waitingTitle', { amountYen }))
    onAnswer(answer.value)
  }
  // Core knows a decision that it has made by its id, and asks for no PIN then.
  const sendAgain = ({ decision, neededSecondPin }: Doubt): void => {
    const secondPin = neededSecondPin && draft.secondPin !== '' ? draft.secondPin : null
    send({ ...decision, secondPin }).catch(() => {})
  }
  const decide = (plan: Plan): void => {
    if (draft.reason === null) return
    send({
      checkoutId,
      decisionId: decisions.idFor(checkoutId),
      what: plan.what,
      reason: draft.reason,
      note: draft.reason === 'other' ? draft.note.trim() : '',
      seen: checkout.moneyBacks.length,
      secondPin: plan.needsSecondPin ? draft.secondPin : null,
    }).catch(() => {})
  }

  const isGoing = last?.state === 'waiting' || last?.state === 'taken'
  const tells = last !== null && (isGoing || !(wantsMore && giveBack.possible))
  // A long name would stand in three lines on its dot.
  const shop = props.shopName.length > 8 ? say('back.place.shop') : props.shopName
  const places = [shop, say('back.place.paypay'), say('back.place.customer')] as const
  const head = (at: 1 | 2 | 3) => (
    <>
      <h2>{say('back.title')}</h2>
      <Way places={places} at={at} />
    </>
  )
  return (
    <aside className="refund" aria-label={say('back.title')} tabIndex={-1}>
      {open && !isSending ? (
        <div className="refund-body">
          {head(1)}
          <h3 className="num">
            {say('back.sent', {
              amountYen: amountOfDecision(open.decision, checkout),
              reason: say(`reason.${open.decision.reason}`),
            })}
          </h3>
          <div role="alert" className="is-told">
            {told && <p>{say(told.key, told.values)}</p>}
            <p>{say(isKnownNotMade ? 'back.notMade' : 'back.unanswered')}</p>
          </div>
          {open.neededSecondPin && state.secondPersonAboveYen !== null && (
            <SecondPin
              draft={draft}
              onDraft={setDraft}
              aboveYen={state.secondPersonAboveYen}
              onEnter={() => sendAgain(open)}
            />
          )}
          <div className="refund-foot">
            <button type="button" className="dgo" onClick={() => sendAgain(open)}>
              {say('back.again')}
            </button>
          </div>
        </div>
      ) : tells && last ? (
        <div className="refund-body">
          {head(placeOf(last))}
          <MoneyBackTold
            moneyBack={last}
            checkout={checkout}
            state={state}
            onMore={() => setWantsMore(true)}
          />
        </div>
      ) : giveBack.possible ? (
        <MoneyBackForm
          head={head(1)}
          checkout={checkout}
          giveBack={giveBack}
          state={state}
          draft={draft}
          onDraft={next => {
            // What is on its way cannot be changed.
            if (underWay.current) return
            setTold(null)
            setDraft(next)
          }}
          isSending={isSending}
          secondsLeft={secondsLeft}
          told={told}
          onDecide={decide}
          announce={announce}
        />
      ) : (
        <div className="refund-body">
          {head(1)}
          <p className="refund-none">{say('back.noneTitle')}</p>
          <p>{say(whyNotKey(giveBack.because))}</p>
        </div>
      )}
      {isSending && (
        <p className="refund-sending" role="status">
          <Waiting>{say('back.sending')}</Waiting>
        </p>
      )}
    </aside>
  )
}
