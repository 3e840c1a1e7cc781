import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { Mark } from '../shapes.tsx'
import { useDesk } from '../text/say.ts'

/** One place up, one place down. They stay where they are, and keep the finger's or the keyboard's place, also at an end of the list. */
export function MoveButtons(props: {
  readonly id: string
  readonly name: string
  /** From 0. */
  readonly at: number
  readonly count: number
  readonly onMove: (id: string, by: -1 | 1) => void
}): ReactNode {
  const { id, name, at, count, onMove } = props
  const { say } = useDesk()
  const button = (by: -1 | 1, canMove: boolean): ReactNode => (
    <button
      type="button"
      className="dbtn quiet move"
      data-move={placeOf(id, by)}
      aria-label={say(by === -1 ? 'cat.up' : 'cat.down', { name, place: at + 1 })}
      aria-disabled={!canMove}
      onClick={() => canMove && onMove(id, by)}
    >
      <Mark name={by === -1 ? 'up' : 'down'} />
    </button>
  )
  return (
    <span className="move-pair">
      {button(-1, at > 0)}
      {button(1, at < count - 1)}
    </span>
  )
}

/** A thing that moves takes its button along, and the browser then forgets what was focused: it is focused again. */
export function useFocusOnMove(): {
  readonly list: React.RefObject<HTMLDivElement | null>
  readonly note: (id: string, by: -1 | 1) => void
} {
  const list = useRef<HTMLDivElement>(null)
  const noted = useRef<string | null>(null)
  useLayoutEffect(() => {
    if (noted.current === null) return
    const isLost = document.activeElement === null || document.activeElement === document.body
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('[data-move]') ?? [])]
    const own = buttons.find(one => one.dataset.move === noted.current)
    if (isLost) own?.focus({ preventScroll: true })
    else if (own !== document.activeElement) noted.current = null
  })
  return {
    list,
    note(id, by) {
      noted.current = placeOf(id, by)
    },
  }
}

function placeOf(id: string, by: -1 | 1): string {
  return `${id} ${by === -1 ? 'up' : 'down'}`
}
