import { type ReactNode, useRef, useState } from 'react'
import type { OpenCase } from '../../shared/case.ts'
import type { DeskCheckout, DeskState } from '../../shared/desk.ts'
import { type CaseMove, caseAdvice, caseReason } from './case-words.ts'
import type { DeskClient } from './client.ts'
import { ageOf } from './days.ts'
import { failureSentence, type Sentence } from './failure-words.ts'
import { Shape } from './shapes.tsx'
import { useDesk } from './text/say.ts'
import { Waiting } from './waiting.tsx'
import './case.css'

const readyReasons = ['case.cash', 'case.given', 'case.asked'] as const

/** A person has to look: why, for how long, for how much, and what can be done. */
export function Case(props: {
  readonly client: DeskClient
  readonly checkout: DeskCheckout
  readonly openCase: OpenCase
  readonly state: DeskState
  readonly now: () => number
  readonly onAnswer: (checkout: DeskCheckout) => void
  readonly announce: (text: string) => void
}): ReactNode {
  const { client, checkout, openCase, state, onAnswer, announce } = props
  const { say } = useDesk()
  const [isClosing, setClosing] = useState(false)
  const [reason, setReason] = useState('')
  const [told, setTold] = useState<Sentence | null>(null)
  const [isAsking, setAsking] = useState(false)
  const underWay = useRef(false)
  const age = ageOf(openCase.sinceMs, props.now())
  const may = (move: CaseMove): boolean => checkout.caseMoves.includes(move)
  const isManager = state.user.role === 'manager'

  const act = async (move: 'handOver' | 'close'): Promise<void> => {
    if (underWay.current) return
    underWay.current = true
    setAsking(true)
    const { checkoutId } = checkout
    const answer =
      move === 'handOver'
        ? await client.call('handOver', { checkoutId })
        : await client.call('closeCase', { checkoutId, reason: reason.trim() })
    underWay.current = false
    setAsking(false)
    if (!answer.ok) return setTold(failureSentence(answer.failure))
    announce(say(move === 'handOver' ? 'case.handed' : 'case.closed'))
    onAnswer(answer.value)
  }
  const press = (move: 'handOver' | 'close') => () => {
    act(move).catch(() => {})
  }
  const isTooShort = reason.trim().length < 3
  return (
    <section className="case" aria-label={say('case.title')}>
      <h3>
        <Shape shape="alarm" />
        {caseReason(openCase.why, say)}
      </h3>
      <p className="num">
        {say('case.amount', { amountYen: openCase.amountYen, age: say(age.key, { number: age.number }) })} ・{' '}
        {say(caseAdvice(openCase.why))}
      </p>
      {may('giveBack') && <p className="is-quiet">{say('case.giveBackHint')}</p>}
      <div className="case-moves">
        {may('handOver') && (
          <button
            type="button"
            className="dbtn outlined"
            aria-disabled={isAsking}
            onClick={press('handOver')}
          >
            {say('case.handOver')}
          </button>
        )}
        {may('close') && (
          <button
            type="button"
            className="dbtn outlined"
            aria-disabled={!isManager}
            aria-expanded={isClosing}
            {...(isManager ? {} : { 'aria-describedby': 'case-manager' })}
            onClick={() => isManager && setClosing(!isClosing)}
          >
            {say('case.close')}
          </button>
        )}
      </div>
      {may('handOver') && <p className="is-quiet">{say('case.handOverHint')}</p>}
      {may('close') && !isManager && (
        <p className="is-quiet" id="case-manager">
          {say('case.closeManager')}
        </p>
      )}
      {isClosing && (
        <div className="case-close">
          <div className="pick">
            {readyReasons.map(key => (
              <button
                type="button"
                key={key}
                className={`dbtn ${reason === say(key) ? 'is-on' : ''}`}
                aria-pressed={reason === say(key)}
                onClick={() => setReason(say(key))}
              >
                {say(key)}
              </button>
            ))}
          </div>
          {checkout.moneyBacks.some(back => back.state === 'taken' || back.state === 'waiting') && (
            <p>{say('case.closeTaken')}</p>
          )}
          <label>
            <span>{say('case.closeReason')}</span>
            <input
              type="text"
              className="text-field"
              autoComplete="off"
              maxLength={500}
              value={reason}
              aria-describedby="case-hint"
              onChange={event => setReason(event.target.value)}
            />
          </label>
          <p className="is-quiet" id="case-hint">
            {say('case.closeHint')}
          </p>
          <button
            type="button"
            className="dbtn is-go"
            aria-disabled={isTooShort || isAsking}
            aria-describedby="case-hint"
            onClick={() => !isTooShort && press('close')()}
          >
            {say('case.close')}
          </button>
        </div>
      )}
      <div role="status">
        {told && <p className="is-told">{say(told.key, told.values)}</p>}
        {isAsking && <Waiting>{say('back.sending')}</Waiting>}
      </div>
    </section>
  )
}
