import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { localText } from '../../shared/checkout.ts'
import type { DeskFailure, Door as DoorState, Session } from '../../shared/desk.ts'
import { Crest } from '../ui/icons.tsx'
import type { DeskClient } from './client.ts'
import { useSecondsLeft, useUntouched } from './clocks.ts'
import { DELAYS } from './delays.ts'
import { failureSentence, type Sentence } from './failure-words.ts'
import { FirstStart } from './first-start.tsx'
import { DigitsField, dots, Pad } from './pad.tsx'
import { PIN_DIGITS } from './plan.ts'
import { Mark } from './shapes.tsx'
import { useDesk } from './text/say.ts'
import { Waiting } from './waiting.tsx'
import './door.css'

type DoorProps = {
  readonly client: DeskClient
  readonly lane: string
  readonly wasSignedOut: boolean
  readonly onIn: (session: Session) => void
  readonly onClose: () => void
}

/** Who is there? A PIN opens; at a first start one is chosen. Nobody touches it: it closes by itself. */
export function Door(props: DoorProps): ReactNode {
  const { client, onClose } = props
  const { locale, say } = useDesk()
  const [door, setDoor] = useState<DoorState | null>(null)
  const [failure, setFailure] = useState<DeskFailure | null>(null)
  const ask = useCallback(async () => {
    setFailure(null)
    const answer = await client.call('getDoor', {})
    if (answer.ok) setDoor(answer.value)
    else setFailure(answer.failure)
  }, [client])
  useEffect(() => {
    ask().catch(() => {})
  }, [ask])
  useUntouched(door?.firstStart ? DELAYS.firstStartMs : DELAYS.doorMs, onClose)
  return (
    <main className="door" data-kind={door?.firstStart ? 'first' : 'pin'}>
      <header className="door-top">
        <div className="shop">
          <Crest />
          <span>{door ? localText(door.shopNames, locale) : ''}</span>
        </div>
        <button type="button" className="dbtn" onClick={onClose}>
          <Mark name="left" />
          {say('door.back')}
        </button>
      </header>
      {failure && <Unanswered failure={failure} onRetry={ask} />}
      {!door && !failure && <Asking />}
      {door && !failure && door.firstStart && <FirstStart {...props} onStale={ask} />}
      {door && !failure && !door.firstStart && <SignIn {...props} door={door} onStale={ask} />}
    </main>
  )
}

function Asking(): ReactNode {
  const { say } = useDesk()
  return (
    <div className="door-words">
      <h1 className="door-title">{say('door.title')}</h1>
      <p>
        <Waiting>{say('door.asking')}</Waiting>
      </p>
    </div>
  )
}

function Unanswered({ failure, onRetry }: { failure: DeskFailure; onRetry: () => Promise<void> }): ReactNode {
  const { say } = useDesk()
  const { key, values } = failureSentence(failure)
  return (
    <div className="door-words">
      <h1 className="door-title">{say('door.title')}</h1>
      <p role="alert">{say(key, values)}</p>
      <button type="button" className="dbtn is-go" onClick={() => onRetry().catch(() => {})}>
        {say('door.retry')}
      </button>
    </div>
  )
}

/** `onStale`: the door is not what it was; it has to be asked again. */
function SignIn({
  client,
  lane,
  door,
  wasSignedOut,
  onIn,
  onStale,
}: DoorProps & { door: DoorState; onStale: () => Promise<void> }): ReactNode {
  const { say } = useDesk()
  const [pin, setPin] = useState('')
  const [told, setTold] = useState<Sentence | null>(wasSignedOut ? { key: 'door.signedOut' } : null)
  const [openAtMs, setOpenAtMs] = useState(() => performance.now() + door.waitMs)
  const [isAsking, setAsking] = useState(false)
  const underWay = useRef(false)
  const secondsLeft = useSecondsLeft(openAtMs)

  const enter = async (): Promise<void> => {
    // A second Enter while the first is asked would be counted as another try.
    if (underWay.current || secondsLeft > 0) return
    if (pin.length < PIN_DIGITS.least) return setTold({ key: 'door.tooShort' })
    underWay.current = true
    setAsking(true)
    const answer = await client.call('signIn', { lane, pin })
    underWay.current = false
    setAsking(false)
    setPin('')
    if (answer.ok) return onIn(answer.value)
    const { failure } = answer
    if (failure.kind === 'wrongPin' || failure.kind === 'pinLocked')
      setOpenAtMs(performance.now() + failure.waitMs)
    setTold(failureSentence(failure))
    if (failure.kind === 'notSetUp') await onStale()
  }
  const press = (): void => {
    enter().catch(() => {})
  }
  const digits = { digits: pin, most: PIN_DIGITS.most, onDigits: setPin, onEnter: press }
  const isShut = secondsLeft > 0
  return (
    <>
      <div className="door-words">
        <h1 className="door-title">{say('door.title')}</h1>
        <p className="door-prompt">{say('door.pin')}</p>
        <DigitsField
          {...digits}
          label={say('door.pinField')}
          shown={dots(pin)}
          describedBy="door-told"
          start
        />
        <div className="door-told" id="door-told" role="status">
          {told && <p className="is-told">{say(told.key, told.values)}</p>}
          {isShut && <p className="num">{say('door.wait', { seconds: secondsLeft })}</p>}
          {isAsking && <Waiting>{say('door.asking')}</Waiting>}
        </div>
        <p className="door-note">{say('door.closes')}</p>
      </div>
      <Pad
        {...digits}
        enter={say('door.enter')}
        enterOff={isShut || isAsking || pin.length < PIN_DIGITS.least}
      />
    </>
  )
}
