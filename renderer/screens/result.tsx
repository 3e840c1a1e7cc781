import type { ReactNode } from 'react'
import { Frame, Top } from '../ui/frame.tsx'
import type { ScreenProps } from './props.ts'
import './result.css'

/** Every answer about money: the headline that tells the truth, the round place, what it means, what it was about. */
export function Result(props: {
  screen: Pick<ScreenProps, 'shop' | 'locale'>
  title: string
  seal: ReactNode
  order?: ReactNode
  tell?: ReactNode
  label: string
  figure: ReactNode
  more: ReactNode
  foot: ReactNode
}): ReactNode {
  return (
    <Frame kind="frame-result">
      <Top {...props.screen}>{props.order}</Top>
      <main className="stage">
        <div className="result">
          <div className="head">
            <h1 className="say">{props.title}</h1>
          </div>
          {props.seal}
          <div className="big">
            {props.tell}
            <div className="amount">
              <p className="label">{props.label}</p>
              {props.figure}
            </div>
          </div>
          <div className="more">{props.more}</div>
        </div>
      </main>
      {props.foot}
    </Frame>
  )
}

/** What the headline means for the customer. */
export function Tell({ children }: { children: ReactNode }): ReactNode {
  return <p className="tell">{children}</p>
}

/** The number that people listen for. `half`: where a sentence stands above it. */
export function Claim({ number, half = false }: { number: string; half?: boolean }): ReactNode {
  return <p className={`claim ${half ? 'claim-half' : 'after-stamp'}`}>{number}</p>
}

/** One line of paper: what, and how much of it. */
export function Slip({ what, children }: { what: ReactNode; children?: ReactNode }): ReactNode {
  return (
    <p className="slip">
      <span className="what num">{what}</span>
      {children}
    </p>
  )
}
