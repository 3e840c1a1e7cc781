import type { ReactNode } from 'react'
import type { ScreenProps } from '../screens/props.ts'
import { useText } from '../text/i18n.ts'
import { Icon } from './icons.tsx'
import './button.css'

/**
 * The primary action, at the same pixels on every screen. `soft`: it asks and cannot hurt. `off`: it cannot be done now, and
 * a touch says why. `waiting`: it was pressed, and its answer is on the way.
 */
export function Go(props: {
  onPress: () => void
  soft?: boolean
  off?: boolean
  waiting?: boolean
  children: ReactNode
}): ReactNode {
  const manner = `${props.soft === true ? 'btn-soft' : ''} ${props.waiting === true ? 'is-waiting' : ''}`
  return (
    <button
      type="button"
      className={`btn btn-go go ${manner}`}
      aria-disabled={props.off === true || props.waiting === true}
      onClick={props.onPress}
    >
      {props.children}
      {props.waiting === true && <Breath />}
    </button>
  )
}

/** The way out, bottom left. */
export function Out(props: {
  icon: 'cross' | 'back' | 'restart'
  onPress: () => void
  children: ReactNode
}): ReactNode {
  return (
    <button type="button" className="btn out" onClick={props.onPress}>
      <Icon name={props.icon} />
      {props.children}
    </button>
  )
}

/** Where a screen has no way out: something beside the matter, at the same place. `waiting`: its answer is on the way. */
export function Aside(props: {
  icon: 'receipt' | 'printer'
  onPress: () => void
  waiting?: boolean
  children: ReactNode
}): ReactNode {
  return (
    <button
      type="button"
      className={`btn out ${props.waiting === true ? 'is-waiting' : ''}`}
      aria-disabled={props.waiting === true}
      onClick={props.onPress}
    >
      <Icon name={props.icon} />
      {props.children}
    </button>
  )
}

/** A second way on, quieter than the primary action. */
export function Second(props: { onPress: () => void; children: ReactNode }): ReactNode {
  return (
    <button type="button" className="btn mid" onClick={props.onPress}>
      {props.children}
    </button>
  )
}

/** On every screen. When somebody is on the way it says so, in word and picture. */
export function StaffBell({ send, staffCalled }: Pick<ScreenProps, 'send' | 'staffCalled'>): ReactNode {
  const say = useText()
  return (
    <button
      type="button"
      className={`btn help ${staffCalled ? 'is-called' : ''}`}
      onClick={() => send({ type: 'customer.callStaff' })}
    >
      <Icon name={staffCalled ? 'check' : 'bell'} />
      <span>{say(staffCalled ? 'act.staffCalled' : 'act.callStaff')}</span>
    </button>
  )
}

/** Three dots that breathe: something is being asked. Nothing spins. */
function Breath(): ReactNode {
  return (
    <span className="breath" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  )
}
