import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { CEILING } from '../core/ceiling.ts'
import { systemClock } from '../core/clock.ts'
import { type End, watchForEnd } from './endOfLife.ts'

const MIB = 1024 * 1024
let isQuiet: boolean
let choose: (mode: string) => void
let ends: End[]
let stop: () => void

beforeEach(() => {
  vi.useFakeTimers()
  isQuiet = true
  ends = []
  const modeChosen = new Promise<string>(resolve => {
    choose = resolve
  })
  const life = watchForEnd({
    clock: systemClock,
    till: { modeChosen, isQuiet: () => isQuiet },
    usedBytes: () => 1_234 * MIB,
    ceilingBytes: 1_000 * MIB,
  })
  stop = life.stop
  void life.end.then(end => ends.push(end))
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})

it('a host above its ceiling wants another process, not before money is at rest', async () => {
  isQuiet = false
  await vi.advanceTimersByTimeAsync(CEILING.firstLookMs * 2)
  expect(ends).toEqual([])
  isQuiet = true
  await vi.advanceTimersByTimeAsync(CEILING.quietLookMs)
  expect(ends).toEqual([{ says: 'the program has 1234 MiB', wantsProcess: true }])
})

it('another mode needs no other process', async () => {
  choose('sandbox')
  await vi.advanceTimersByTimeAsync(0)
  expect(ends).toEqual([{ says: 'the settings say sandbox now', wantsProcess: false }])
})

it('a life that was closed is not watched any more', async () => {
  stop()
  await vi.advanceTimersByTimeAsync(CEILING.firstLookMs * 2)
  expect(ends).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
})
