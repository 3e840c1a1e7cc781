import type { ReactNode } from 'react'
import { type Locale, localText, type PaypayMode, type Shop } from '../../shared/checkout.ts'
import type { ScreenProps } from '../screens/props.ts'
import { languageTags, useText } from '../text/i18n.ts'
import { StaffBell } from './button.tsx'
import { Crest } from './icons.tsx'
import '../tokens.css'
import './frame.css'
import './voice.css'

/** The whole screen: its language, its size of text, and in training a word in the margin that says so. */
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
      {props.mode === 'training' && <aside className="training">{say('shop.training')}</aside>}
    </div>
  )
}

/** Top, stage, foot: the same three places on every screen. */
export function Frame(props: { kind: string; children: ReactNode }): ReactNode {
  return <div className={`frame ${props.kind}`}>{props.children}</div>
}

/** Who sells, and one thing beside it. The panel has no room for it. */
export function Top(props: { shop: Shop; locale: Locale; children?: ReactNode }): ReactNode {
  return (
    <header className="top">
      <div className="shop">
        <Crest />
        <span>{localText(props.shop.names, props.locale)}</span>
      </div>
      {props.children}
    </header>
  )
}

/** The foot never moves: the way out, the staff bell, and the one thing to do. */
export function Foot(props: {
  screen: Pick<ScreenProps, 'send' | 'staffCalled'>
  out?: ReactNode
  /** A second way on, between the way out and the bell. */
  second?: ReactNode
  sum?: ReactNode
  /** The address of a mark that an operator supplied, drawn beside the primary action. */
  mark?: string | null
  go?: ReactNode
  className?: string
  children?: ReactNode
}): ReactNode {
  return (
    <footer className={`foot ${props.className ?? ''}`}>
      {props.children}
      {props.out}
      {props.second}
      <StaffBell {...props.screen} />
      {props.sum}
      {typeof props.mark === 'string' && (
        <div className="mid mark">
          <img src={props.mark} alt="" />
        </div>
      )}
      {props.go || <div className="no-go" />}
    </footer>
  )
}
