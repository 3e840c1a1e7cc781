import type { ReactNode } from 'react'
import { type Locale, localText, type PaypayMode, type Shop } from '../../shared/checkout.ts'
import type { ScreenProps } from '../screens/props.ts'
import { languageTags, useText } from '../text/i18n.ts'
import { Crest, Icon } from './icons.tsx'
import '../tokens.css'
import './look.css'
import './more.css'

/** The whole screen: its language, its size of text, and in training a band that says so. */
export function Screen(props: {
  shop: Shop | null
  locale: Locale
  large: boolean
  mode: PaypayMode
  children: ReactNode
}): ReactNode {
  const say = useText()
  return (
    <div
      className="screen"
      lang={languageTags[props.locale]}
      data-size={props.large ? 'large' : 'normal'}
      data-mode={props.mode}
    >
      {props.children}
      {props.mode === 'training' && <p className="training-band">{say('shop.training')}</p>}
    </div>
  )
}

/** Top, stage, foot: the same three places on every screen. */
export function Frame(props: { kind: string; children: ReactNode }): ReactNode {
  return <div className={`frame ${props.kind}`}>{props.children}</div>
}

export function Top({
  shop,
  locale,
  children,
}: {
  shop: Shop
  locale: Locale
  children?: ReactNode
}): ReactNode {
  return (
    <header className="top">
      <div className="shop">
        <Crest />
        <span>{localText(shop.names, locale)}</span>
      </div>
      {children}
    </header>
  )
}

/** The foot never moves: the way out, the staff bell, and the one thing to do. */
export function Foot(props: {
  screen: Pick<ScreenProps, 'send' | 'staffCalled'>
  out?: ReactNode
  go?: ReactNode
  sum?: ReactNode
  second?: ReactNode
  className?: string
}): ReactNode {
  return (
    <footer className={`foot ${props.className ?? ''}`}>
      {props.out ?? <span className="out" />}
      {props.second ?? <StaffBell {...props.screen} />}
      {props.sum}
      {props.go ?? <div className="go" />}
    </footer>
  )
}

export function StaffBell({ send, staffCalled }: Pick<ScreenProps, 'send' | 'staffCalled'>): ReactNode {
  const say = useText()
  return (
    <button
      type="button"
      className={`btn help ${staffCalled ? 'is-called' : ''}`}
      onClick={() => send({ type: 'customer.callStaff' })}
    >
      <Icon name="bell" />
      {say(staffCalled ? 'act.staffCalled' : 'act.callStaff')}
    </button>
  )
}

/** The primary action. `why`: it cannot be done now, and a touch says why instead of doing nothing. */
export function Go(props: {
  onPress: () => void
  soft?: boolean
  off?: boolean
  children: ReactNode
}): ReactNode {
  return (
    <button
      type="button"
      className={`btn btn-go go ${props.soft ? 'btn-soft' : ''}`}
      aria-disabled={props.off === true}
      onClick={props.onPress}
    >
      {props.children}
    </button>
  )
}

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
