import { type ReactNode, useRef, useState } from 'react'
import type { Session } from '../../shared/desk.ts'
import type { DeskClient } from './client.ts'
import { failureSentence, type Sentence } from './failure-words.ts'
import { DigitsField, dots, Pad } from './pad.tsx'
import { PIN_DIGITS } from './plan.ts'
import { useDesk } from './text/say.ts'
import { Waiting } from './waiting.tsx'

/** Nobody has a PIN yet: the manager's name, a PIN, the PIN again. Written for somebody who has never seen the program. */
export function FirstStart({
  client,
  lane,
  onIn,
  onStale,
}: {
  readonly client: DeskClient
  readonly lane: string
  readonly onIn: (session: Session) => void
  readonly onStale: () => Promise<void>
}): ReactNode {
  const { say } = useDesk()
  const [step, setStep] = useState<'name' | 'choose' | 'again'>('name')
  // A till without a keyboard gets by with what stands there.
  const [name, setName] = useState<string>(say('first.defaultName'))
  const [pin, setPin] = useState('')
  const [again, setAgain] = useState('')
  const [told, setTold] = useState<Sentence | null>(null)
  const [isAsking, setAsking] = useState(false)
  const underWay = useRef(false)

  const restart = (sentence: Sentence | null): void => {
    setPin('')
    setAgain('')
    setTold(sentence)
    setStep('choose')
  }
  const finish = async (): Promise<void> => {
    if (underWay.current) return
    if (again !== pin) return restart({ key: 'first.notSame' })
    underWay.current = true
    setAsking(true)
    const answer = await client.call('setUp', { lane, name: name.trim(), pin })
    underWay.current = false
    setAsking(false)
    if (answer.ok) return onIn(answer.value)
    if (answer.failure.kind === 'alreadySetUp') return onStale()
    restart(failureSentence(answer.failure))
  }
  const goOn = () => {
    if (step === 'name') {
      if (name.trim() !== '') setStep('choose')
    } else if (step === 'choose') {
      if (pin.length < PIN_DIGITS.least) return setTold({ key: 'door.tooShort' })
      setTold(null)
      setStep('again')
    } else finish().catch(() => {})
  }
  const typed = step === 'choose' ? pin : again
  const digits = {
    digits: typed,
    most: PIN_DIGITS.most,
    onDigits: step === 'choose' ? setPin : setAgain,
    onEnter: goOn,
  }
  return (
    <>
      <div className="door-words">
        <p className="door-step num">
          {say('first.step', { step: step === 'name' ? 1 : step === 'choose' ? 2 : 3 })}
        </p>
        <h1 className="door-title">{say('first.title')}</h1>
        {step === 'name' && (
          <form
            className="door-name"
            onSubmit={event => {
              event.preventDefault()
              goOn()
            }}
          >
            <p>{say('first.why')}</p>
            <label>
              <span>{say('first.name')}</span>
              <input
                type="text"
                className="text-field"
                autoComplete="off"
                maxLength={40}
                value={name}
                aria-describedby="name-hint"
                onChange={event => setName(event.target.value)}
              />
            </label>
            <p className="door-note" id="name-hint">
              {say('first.nameHint')}
            </p>
            <button type="submit" className="dbtn is-go" aria-disabled={name.trim() === ''}>
              {say('first.next')}
            </button>
          </form>
        )}
        {step !== 'name' && (
          <>
            <p className="door-prompt">{say(step === 'choose' ? 'first.choose' : 'first.again')}</p>
            <DigitsField
              {...digits}
              key={step}
              label={say(step === 'choose' ? 'first.choose' : 'first.again')}
              shown={dots(typed)}
              describedBy="first-told"
              start
            />
            <div className="door-told" id="first-told" role="status">
              {told && <p className="is-told">{say(told.key, told.values)}</p>}
              {isAsking && <Waiting>{say('door.asking')}</Waiting>}
            </div>
            <p className="door-note">{say('first.chooseHint')}</p>
            <button
              type="button"
              className="dbtn"
              onClick={() => (step === 'again' ? restart(null) : setStep('name'))}
            >
              {say('first.back')}
            </button>
          </>
        )}
      </div>
      {step !== 'name' && (
        <Pad
          {...digits}
          enter={say(step === 'choose' ? 'first.next' : 'first.done')}
          enterOff={typed.length < PIN_DIGITS.least || isAsking}
        />
      )}
    </>
  )
}
