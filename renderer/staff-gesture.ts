import { useEffect } from 'react'

/** The way to the attendant's desk: nothing on the customer's screen tells of it, and nobody finds it by leaning on the glass. */

/** A square in the top right corner, in CSS px. */
export const STAFF_CORNER_PX = 96
const TAPS = 5
const WITHIN_MS = 3_000

export type Tap = {
  readonly xPx: number
  readonly yPx: number
  /** On any clock that does not go back. */
  readonly atMs: number
}

/** Counts taps; true for the one that completes the gesture. A tap elsewhere begins it anew. */
export function staffTaps(): (tap: Tap, screenWidthPx: number) => boolean {
  let times: readonly number[] = []
  return ({ xPx, yPx, atMs }, screenWidthPx) => {
    const isInCorner = xPx >= screenWidthPx - STAFF_CORNER_PX && yPx <= STAFF_CORNER_PX
    times = isInCorner ? [...times.filter(time => atMs - time <= WITHIN_MS), atMs] : []
    if (times.length < TAPS) return false
    times = []
    return true
  }
}

/** Ctrl+Shift+K, wherever K lies on the keyboard. No browser that runs a kiosk uses it. */
export function isStaffKey(
  key: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>,
): boolean {
  return key.ctrlKey && key.shiftKey && !key.altKey && !key.metaKey && key.key.toLowerCase() === 'k'
}

/** Listens before anybody else and takes nothing away: a button in the corner works as ever. */
export function useStaffGesture(onStaff: () => void) {
  useEffect(() => {
    const completes = staffTaps()
    const onTap = (event: PointerEvent): void => {
      const tap = { xPx: event.clientX, yPx: event.clientY, atMs: event.timeStamp }
      if (event.isPrimary && completes(tap, window.innerWidth)) onStaff()
    }
    const onKey = (event: KeyboardEvent): void => {
      if (!isStaffKey(event)) return
      event.preventDefault()
      onStaff()
    }
    document.addEventListener('pointerdown', onTap, { capture: true })
    document.addEventListener('keydown', onKey, { capture: true })
    return () => {
      document.removeEventListener('pointerdown', onTap, { capture: true })
      document.removeEventListener('keydown', onKey, { capture: true })
    }
  }, [onStaff])
}
