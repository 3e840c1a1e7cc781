import { useEffect, useReducer, useRef, useState } from 'react'
import { DELAYS } from './delays.ts'

/** Times that run in front of somebody; measured on a clock that nobody sets. */

function useRedraw(isRunning: boolean) {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    if (!isRunning) return undefined
    const timer = setInterval(redraw, DELAYS.redrawMs)
    return () => clearInterval(timer)
  }, [isRunning])
}

/** Ms since this began to be drawn. */
export function useElapsedMs(): number {
  const [sinceMs] = useState(() => performance.now())
  useRedraw(true)
  return performance.now() - sinceMs
}

/** Whole seconds until then, on `performance.now`; 0 when it is over. */
export function useSecondsLeft(untilMs: number): number {
  const leftMs = untilMs - performance.now()
  useRedraw(leftMs > 0)
  return Math.max(0, Math.ceil(leftMs / 1_000))
}

/** The value once it has not changed for a while. */
export function useSettled<T>(value: T, afterMs: number): T {
  const [settled, settle] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => settle(value), afterMs)
    return () => clearTimeout(timer)
  }, [value, afterMs])
  return settled
}

/** Calls back when nobody has touched anything for so long. */
export function useUntouched(afterMs: number, onUntouched: () => void) {
  const call = useRef(onUntouched)
  call.current = onUntouched
  useEffect(() => {
    let timer = setTimeout(() => call.current(), afterMs)
    const touch = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => call.current(), afterMs)
    }
    window.addEventListener('pointerdown', touch)
    window.addEventListener('keydown', touch)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('pointerdown', touch)
      window.removeEventListener('keydown', touch)
    }
  }, [afterMs])
}
