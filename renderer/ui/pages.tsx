import type { ReactNode } from 'react'
import { useText } from '../text/i18n.ts'
import { Icon } from './icons.tsx'
import './pages.css'

/** Pages are turned, as in a menu; `page` counts from 0. On the panel there is room for arrows only. */
export function Pages(props: { page: number; pages: number; onTurn: (page: number) => void }): ReactNode {
  const { page, pages, onTurn } = props
  const say = useText()
  const isFirst = page === 0
  const isLast = page === pages - 1
  return (
    <nav className="pages" aria-label={say('review.pages')}>
      <button
        type="button"
        className="btn"
        aria-disabled={isFirst}
        aria-label={say('act.previous')}
        onClick={() => onTurn(Math.max(0, page - 1))}
      >
        <Icon name="left" />
        <span>{say('act.previous')}</span>
      </button>
      <span className="num" aria-live="polite">
        {say('review.page', { page: page + 1, pages })}
      </span>
      <button
        type="button"
        className="btn"
        aria-disabled={isLast}
        aria-label={say('act.next')}
        onClick={() => onTurn(Math.min(pages - 1, page + 1))}
      >
        <span>{say('act.next')}</span>
        <Icon name="right" />
      </button>
    </nav>
  )
}
