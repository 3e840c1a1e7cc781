import { type ReactNode, useEffect, useRef, useState } from 'react'
import { DELAYS } from './delays.ts'
import { Mark } from './shapes.tsx'
import { useDesk } from './text/say.ts'

/** A number that somebody will read out or send on. */
export function CopyableNumber({ name, number }: { name: string; number: string }): ReactNode {
  const { say } = useDesk()
  const value = useRef<HTMLElement>(null)
  const [told, setTold] = useState<'one.copied' | 'one.selected' | null>(null)
  useEffect(() => {
    if (told === null) return undefined
    const timer = setTimeout(() => setTold(null), DELAYS.copiedMs)
    return () => clearTimeout(timer)
  }, [told])
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(number)
      setTold('one.copied')
    } catch {
      // The Electron host grants no clipboard; selected, it is one key away.
      if (value.current) window.getSelection()?.selectAllChildren(value.current)
      setTold('one.selected')
    }
  }
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <span ref={value}>{number}</span>
        <button
          type="button"
          className="dbtn bare"
          aria-label={say('one.copy', { name })}
          onClick={() => copy().catch(() => {})}
        >
          <Mark name={told === null ? 'copy' : 'check'} />
        </button>
        <small role="status">{told && say(told)}</small>
      </dd>
    </>
  )
}
