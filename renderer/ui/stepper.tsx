import type { ReactNode } from 'react'
import { useText } from '../text/i18n.ts'
import { Icon } from './icons.tsx'

/** - 2 +, or a lone + while there is none. */
export function Stepper(props: {
  name: string
  count: number
  onAdd: () => void
  onRemove: () => void
}): ReactNode {
  const say = useText()
  const add = (
    <button
      type="button"
      className={`pm plus ${props.count === 0 ? 'add' : ''}`}
      aria-label={say('act.addOne', { name: props.name })}
      onClick={props.onAdd}
    >
      <span>
        <Icon name="plus" />
      </span>
    </button>
  )
  if (props.count === 0) return add
  return (
    <div className="stepper">
      <button
        type="button"
        className="pm"
        aria-label={say('act.removeOne', { name: props.name })}
        onClick={props.onRemove}
      >
        <span>
          <Icon name="minus" />
        </span>
      </button>
      <b>{props.count}</b>
      {add}
    </div>
  )
}
