import type { ReactNode } from 'react'
import { Frame, Top } from '../ui/frame.tsx'
import type { ScreenProps } from './props.ts'

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
  kind?: string
}): ReactNode {
  return (
    <Frame kind={`frame-result ${props.kind ?? ''}`}>
      <Top {...props.screen}>{props.order}</Top>
      <main className="stage">
        <div className="result">
          <h1 className="say head">{props.title}</h1>
          {props.seal}
          <div className="big">
            {props.tell !== undefined && <p className="tell">{props.tell}</p>}
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

/** One line of paper: what, and how much of it. */
export function Slip({ what, children }: { what: string; children: ReactNode }): ReactNode {
  return (
    <p className="slip">
      <span className="what num">{what}</span>
      {children}
    </p>
  )
}
