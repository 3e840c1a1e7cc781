import type { ReactNode } from 'react'
import { useText } from '../text/i18n.ts'
import { Icon } from './icons.tsx'
import './stepper.css'

/** - 2 +, or a lone + while there is none. */
export function Stepper(props: {
  name: string
  count: number
  onAdd: () => void
  onRemove: () => void
}): ReactNode {
  const { name, count } = props
  const say = useText()
  return (
    <div className="stepper">
      {count > 0 && (
        <>
          <button
            type="button"
            className="pm minus"
            aria-label={say('act.removeOne', { name })}
            onClick={props.onRemove}
          >
            <span>
              <Icon name="minus" />
            </span>
          </button>
          <b>{count}</b>
        </>
      )}
      {/* The same element whether there is one or none, so that a keyboard stays on it. */}
      <button
        type="button"
        key="plus"
        className="pm plus"
        aria-label={say('act.addOne', { name })}
        onClick={props.onAdd}
      >
        <span>
          <Icon name="plus" />
        </span>
      </button>
    </div>
  )
}
