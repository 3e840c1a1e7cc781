import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { DeskFailure, Role } from '../../../shared/desk.ts'
import type { StaffMember } from '../../../shared/staff.ts'
import { PIN_DIGITS } from '../plan.ts'
import { Mark } from '../shapes.tsx'
import { useDesk } from '../text/say.ts'
import type { UpkeepProps } from '../upkeep/pages.tsx'
import { Choice, Field, NotYet, SaveFoot, type Told, toldOf } from '../upkeep/parts.tsx'
import { PinField } from '../upkeep/pin-field.tsx'
import './users.css'

type Chosen =
  | { readonly kind: 'mine' }
  | { readonly kind: 'new' }
  | { readonly kind: 'one'; readonly userId: string }

/** Who may use the desk, for a manager; for everybody their own PIN. */
export function UsersPage(props: UpkeepProps): ReactNode {
  const { client, state } = props
  const { say } = useDesk()
  const isManager = state.user.role === 'manager'
  const users = useQuery({
    queryKey: ['users'],
    queryFn: () => client.ask('listUsers', {}),
    enabled: isManager,
  })
  const [chosen, setChosen] = useState<Chosen>({ kind: 'mine' })
  const [view, setView] = useState<'list' | 'one'>(isManager ? 'list' : 'one')
  const choose = (next: Chosen): void => {
    setChosen(next)
    setView('one')
  }
  if (!isManager)
    return (
      <div className="upkeep-form">
        <MyPin {...props} back={null} />
      </div>
    )
  if (!users.data) return <NotYet error={users.error} />
  const back = (
    <button type="button" className="dbtn quiet one-back" onClick={() => setView('list')}>
      <Mark name="left" />
      {say('users.list')}
    </button>
  )
  const one = chosen.kind === 'one' ? users.data.find(({ userId }) => userId === chosen.userId) : null
  return (
    <div className="upkeep-two" data-view={view}>
      <section className="upkeep-list" aria-label={say('users.list')}>
        <div className="upkeep-tools">
          <h2>{say('users.list')}</h2>
          <button type="button" className="dbtn is-go" data-add onClick={() => choose({ kind: 'new' })}>
            <Mark name="plus" />
            {say('users.add')}
          </button>
        </div>
        <div className="rows">
          <ul className="plain-rows">
            {users.data.map(user => (
              <li key={user.userId}>
                <button
                  type="button"
                  className="row"
                  data-user={user.userId}
                  aria-current={one?.userId === user.userId}
                  onClick={() => choose({ kind: 'one', userId: user.userId })}
                >
                  <span className="one-name">
                    {user.name}
                    {user.userId === state.user.userId && <small> ({say('users.you')})</small>}
                  </span>
                  <span className={user.active ? '' : 'is-quiet'}>
                    {say(user.active ? `users.role.${user.role}` : 'users.inactive')}
                  </span>
                </button>
              </li>
            ))}
            <li>
              <button
                type="button"
                className="row"
                data-mine
                aria-current={chosen.kind === 'mine'}
                onClick={() => choose({ kind: 'mine' })}
              >
                <span className="one-name">{say('users.mine')}</span>
              </button>
            </li>
          </ul>
        </div>
      </section>
      <div className="upkeep-form" key={chosen.kind === 'one' ? chosen.userId : chosen.kind}>
        {chosen.kind === 'mine' ? (
          <MyPin {...props} back={back} />
        ) : (
          <Person
            {...props}
            back={back}
            one={one ?? null}
            onSaved={user => setChosen({ kind: 'one', userId: user.userId })}
          />
        )}
      </div>
    </div>
  )
}

/** Somebody new (`one` null), or somebody who is there. */
function Person(
  props: UpkeepProps & {
    readonly one: StaffMember | null
    readonly back: ReactNode
    readonly onSaved: (user: StaffMember) => void
  },
): ReactNode {
  const { client, one, announce } = props
  const { say } = useDesk()
  const queries = useQueryClient()
  const [name, setName] = useState(one?.name ?? '')
  const [role, setRole] = useState<Role>(one?.role ?? 'attendant')
  const [active, setActive] = useState(one?.active ?? true)
  const [pin, setPin] = useState('')
  const [isTouched, setTouched] = useState(false)
  const [failure, setFailure] = useState<DeskFailure | null>(null)
  const [isSaved, setSaved] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const noName = name.trim() === '' ? say('up.fault.needed') : null
  const pinIsShort = pin.length < PIN_DIGITS.least && (one === null || pin !== '')
  const isWrong = noName !== null || pinIsShort
  const save = async (): Promise<void> => {
    setTouched(true)
    if (isWrong || isAsking) return
    setAsking(true)
    setSaved(false)
    const answer = one
      ? await client.call('changeUser', {
          userId: one.userId,
          name,
          role,
          active,
          pin: pin === '' ? null : pin,
        })
      : await client.call('addUser', { name, role, pin })
    setAsking(false)
    setFailure(answer.ok ? null : answer.failure)
    if (!answer.ok) return
    setPin('')
    setSaved(true)
    announce(say('up.saved'))
    await queries.invalidateQueries({ queryKey: ['users'] })
    props.onSaved(answer.value)
  }
  const told = failure ? toldOf(failure) : isSaved ? SAVED : null
  return (
    <>
      <div className="upkeep-body">
        {props.back}
        <h2>{one ? one.name : say('users.add')}</h2>
        <Field
          label={say('users.name')}
          value={name}
          most={40}
          onValue={setName}
          fault={isTouched || one ? noName : null}
          name="name"
        />
        <Choice
          legend={say('users.role')}
          options={[
            ['attendant', say('users.role.attendant')],
            ['manager', say('users.role.manager')],
          ]}
          chosen={role}
          onChoose={setRole}
        />
        <p className="field-hint">{say(`users.role.${role}Hint`)}</p>
        {one && (
          <>
            <Choice
              legend={say('users.access')}
              options={[
                ['yes', say('users.active')],
                ['no', say('users.inactive')],
              ]}
              chosen={active ? 'yes' : 'no'}
              onChoose={chosen => setActive(chosen === 'yes')}
            />
            {!active && <p className="field-hint">{say('users.inactiveHint')}</p>}
          </>
        )}
        <PinField
          label={say(one ? 'users.newPin' : 'users.pin')}
          hint={say(one ? 'users.newPinHint' : 'users.pinHint')}
          fault={pinIsShort && (isTouched || pin !== '') ? say('door.tooShort') : null}
          pin={pin}
          onPin={setPin}
        />
      </div>
      <SaveFoot told={told} isAsking={isAsking} isWrong={isWrong} save={save} label={say('up.save')} />
    </>
  )
}

const SAVED: Told = { good: true, sentence: { key: 'up.saved' } }

function MyPin(props: UpkeepProps & { readonly back: ReactNode }): ReactNode {
  const { client, announce } = props
  const { say } = useDesk()
  const [oldPin, setOldPin] = useState('')
  const [newPin, setNewPin] = useState('')
  const [told, setTold] = useState<Told | null>(null)
  const [isAsking, setAsking] = useState(false)
  const isShort = (pin: string): boolean => pin.length < PIN_DIGITS.least
  const isWrong = isShort(oldPin) || isShort(newPin)
  const save = async (): Promise<void> => {
    if (isWrong || isAsking) return
    setAsking(true)
    const answer = await client.call('changeMyPin', { oldPin, newPin })
    setAsking(false)
    setOldPin('')
    if (!answer.ok) return setTold(toldOf(answer.failure))
    setNewPin('')
    setTold({ good: true, sentence: { key: 'users.pinChanged' } })
    announce(say('users.pinChanged'))
  }
  const fault = (pin: string): string | null => (pin !== '' && isShort(pin) ? say('door.tooShort') : null)
  return (
    <>
      <div className="upkeep-body">
        {props.back}
        <h2>{say('users.mine')}</h2>
        <PinField label={say('users.oldPin')} fault={fault(oldPin)} pin={oldPin} onPin={setOldPin} />
        <PinField
          label={say('users.newPin')}
          hint={say('users.pinHint')}
          fault={fault(newPin)}
          pin={newPin}
          onPin={setNewPin}
        />
      </div>
      <SaveFoot
        told={told}
        isAsking={isAsking}
        isWrong={isWrong}
        save={save}
        label={say('users.changePin')}
      />
    </>
  )
}
