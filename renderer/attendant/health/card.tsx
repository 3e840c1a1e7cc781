import type { ReactNode } from 'react'
import type { WordShape } from '../row-words.ts'
import { Shape } from '../shapes.tsx'

export function Card({
  title,
  children,
}: {
  readonly title: string
  readonly children: ReactNode
}): ReactNode {
  return (
    <section className="health-card">
      <h3>{title}</h3>
      {children}
    </section>
  )
}

export function Line({
  good,
  children,
}: {
  readonly good: boolean
  readonly children: ReactNode
}): ReactNode {
  const shape: WordShape = good ? 'check' : 'alarm'
  return (
    <p className={`st ${good ? 'st-done' : 'st-case'}`}>
      <Shape shape={shape} />
      <span>{children}</span>
    </p>
  )
}
