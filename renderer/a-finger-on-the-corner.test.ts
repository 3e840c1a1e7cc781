import { describe, expect, it } from 'vitest'
import { isStaffKey, STAFF_CORNER_PX, staffTaps } from './staff-gesture.ts'

// Staff have to get in with five taps, and a customer must never find the door by playing with the glass.

const width = 1280
const corner = { xPx: width - 10, yPx: 10 }
const taps = (points: readonly { xPx: number; yPx: number; atMs: number }[]): boolean[] => {
  const completes = staffTaps()
  return points.map(point => completes(point, width))
}
const every = (ms: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...corner, atMs: index * ms }))

describe('the staff gesture', () => {
  it('is five taps in the corner within three seconds', () => {
    expect(taps(every(750, 5))).toEqual([false, false, false, false, true])
  })

  it('is not four, and not five that take longer', () => {
    expect(taps(every(100, 4))).not.toContain(true)
    expect(taps(every(751, 30))).not.toContain(true)
  })

  it('begins anew after a tap elsewhere, and after it was completed', () => {
    const elsewhere = { xPx: 100, yPx: 100, atMs: 250 }
    expect(
      taps([...every(100, 3), elsewhere, { ...corner, atMs: 300 }, { ...corner, atMs: 400 }]),
    ).not.toContain(true)
    expect(taps(every(10, 9)).filter(Boolean)).toHaveLength(1)
  })

  it('knows its corner to the pixel', () => {
    const at = (xPx: number, yPx: number) =>
      taps(every(1, 5).map(({ atMs }) => ({ xPx, yPx, atMs }))).includes(true)
    expect(at(width - STAFF_CORNER_PX, STAFF_CORNER_PX)).toBe(true)
    expect(at(width - STAFF_CORNER_PX - 1, 0)).toBe(false)
    expect(at(width, STAFF_CORNER_PX + 1)).toBe(false)
  })

  it('has a key, and no other key is it', () => {
    const key = { key: 'K', ctrlKey: true, shiftKey: true, altKey: false, metaKey: false }
    expect(isStaffKey(key)).toBe(true)
    expect(isStaffKey({ ...key, key: 'k' })).toBe(true)
    for (const other of [
      { ctrlKey: false },
      { shiftKey: false },
      { altKey: true },
      { metaKey: true },
      { key: 'J' },
    ])
      expect(isStaffKey({ ...key, ...other })).toBe(false)
  })
})
