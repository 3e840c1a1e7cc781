import { type ReactNode, useState } from 'react'
import { localText } from '../../shared/checkout.ts'
import type { DeskFailure, DeskState } from '../../shared/desk.ts'
import { Crest } from '../ui/icons.tsx'
import type { DeskClient } from './client.ts'
import { failureSentence } from './failure-words.ts'
import { type PageId, pagesOf } from './pages.ts'
import { Mark, Shape } from './shapes.tsx'
import { type DeskSay, useDesk } from './text/say.ts'
import './bar.css'

/** Who sells, which page, how PayPay and the lanes are, who is in, the way out; under it what cannot wait. */
export function Bar(props: {
  readonly client: DeskClient
  readonly state: DeskState
  /** Why something that the desk asks by itself is not answered. */
  readonly failure: DeskFailure | null
  readonly customerIsPaying: boolean
  readonly page: PageId
  readonly onPage: (page: PageId) => void
  readonly onState: (state: DeskState) => void
  readonly onLocale: (locale: 'ja' | 'en') => void
  readonly onLeave: () => void
}): ReactNode {
  const { state, failure } = props
  const { locale, say } = useDesk()
  const paypay =
    failure?.kind === 'hostAway' ? 'hostAway' : state.selling.open ? 'open' : state.selling.reason
  return (
    <header className="desk-head">
      <div className="desk-bar">
        <div className="shop">
          <Crest />
          <span>{localText(state.shopNames, locale)}</span>
        </div>
        <h1>{say('desk.title')}</h1>
        <nav aria-label={say('desk.pages')}>
          <ul>
            {pagesOf(state.user.role).map(({ id, key }) => (
              <li key={id}>
                <button
                  type="button"
                  data-page={id}
                  aria-current={id === props.page ? 'page' : undefined}
                  onClick={() => props.onPage(id)}
                >
                  {say(key)}
                </button>
              </li>
            ))}
          </ul>
        </nav>
        <ul className="health">
          {state.mode !== 'production' && (
            <li className="mode">{say(state.mode === 'training' ? 'desk.training' : 'desk.sandbox')}</li>
          )}
          <li>
            <Shape shape={paypay === 'open' ? 'check' : 'alarm'} />
            {say(`desk.paypay.${paypay}`)}
          </li>
          <li className="lanes">
            {state.lanes.length === 0
              ? say('desk.noLane')
              : say('desk.lanes', { number: state.lanes.length })}
          </li>
          <li className="user">
            <span>{state.user.name}</span>
          </li>
        </ul>
        <button
          type="button"
          className="dbtn language"
          lang={locale === 'ja' ? 'en' : 'ja'}
          onClick={() => props.onLocale(locale === 'ja' ? 'en' : 'ja')}
        >
          {locale === 'ja' ? 'English' : '日本語'}
        </button>
        <button type="button" className="dbtn leave" onClick={props.onLeave}>
          {say('desk.leave')}
        </button>
      </div>
      <div role="status">
        {failure && <p className="desk-strip is-alarm">{saidOf(failure, say)}</p>}
        {props.customerIsPaying && (
          <p className="desk-strip">
            {say('desk.customer')}
            <button type="button" className="dbtn" onClick={props.onLeave}>
              {say('desk.toCustomer')}
            </button>
          </p>
        )}
        {state.staffCalledAt.map(lane => (
          <Call key={lane} {...props} lane={lane} />
        ))}
      </div>
    </header>
  )
}

/** What the desk asks by itself it also asks again by itself, so nobody is told to press anything. */
export function saidOf(failure: DeskFailure, say: DeskSay): string {
  if (failure.kind === 'hostAway') return say('desk.away')
  const { key, values } = failureSentence(failure)
  return say(key, values)
}

/** A customer has called. */
function Call({
  client,
  lane,
  onState,
}: {
  readonly client: DeskClient
  readonly lane: string
  readonly onState: (state: DeskState) => void
}): ReactNode {
  const { say } = useDesk()
  const [isAsking, setAsking] = useState(false)
  const answer = async (): Promise<void> => {
    if (isAsking) return
    setAsking(true)
    const result = await client.call('answerCall', { lane })
    setAsking(false)
    // A failure leaves the strip where it is, to be pressed again; that the host is away is told above.
    if (result.ok) onState(result.value)
  }
  return (
    <p className="desk-strip">
      <Mark name="bell" />
      {say('desk.called', { lane })}
      <button
        type="button"
        className="dbtn"
        aria-disabled={isAsking}
        onClick={() => answer().catch(() => {})}
      >
        {say('desk.answerCall')}
      </button>
    </p>
  )
}
