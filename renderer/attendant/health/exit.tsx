import { type ReactNode, useState } from 'react'
import type { HealthReport } from '../../../shared/upkeep.ts'
import { PIN_DIGITS } from '../plan.ts'
import { useDesk } from '../text/say.ts'
import type { UpkeepProps } from '../upkeep/pages.tsx'
import { SaveFoot, type Told, toldOf } from '../upkeep/parts.tsx'
import { PinField } from '../upkeep/pin-field.tsx'

/** The way out of a window that has no other; only a manager sees it, and says their PIN once more. */
export function Exit({
  client,
  announce,
  openMoney,
}: UpkeepProps & { readonly openMoney: HealthReport['openMoney'] }): ReactNode {
  const { say } = useDesk()
  const [pin, setPin] = useState('')
  const [told, setTold] = useState<Told | null>(null)
  const [isAsking, setAsking] = useState(false)
  const isShort = pin.length < PIN_DIGITS.least
  const close = async (): Promise<void> => {
    if (isShort || isAsking) return
    setAsking(true)
    const answer = await client.call('closeTill', { pin })
    setAsking(false)
    setPin('')
    // A host that is gone has closed.
    if (!answer.ok && answer.failure.kind !== 'hostAway') return setTold(toldOf(answer.failure))
    setTold({ good: true, sentence: { key: 'exit.done' } })
    announce(say('exit.done'))
  }
  return (
    <section className="wide health-exit" aria-label={say('exit.title')}>
      <h3>{say('exit.title')}</h3>
      <p className="is-quiet">{say('exit.why')}</p>
      {openMoney.checkouts > 0 && (
        <p>{say('exit.open', { number: openMoney.checkouts, totalYen: openMoney.totalYen })}</p>
      )}
      <PinField
        label={say('exit.pin')}
        fault={pin !== '' && isShort ? say('door.tooShort') : null}
        pin={pin}
        onPin={setPin}
      />
      <SaveFoot told={told} isAsking={isAsking} isWrong={isShort} save={close} label={say('exit.do')} />
    </section>
  )
}
