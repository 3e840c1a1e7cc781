import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { CEILING, watchMemory } from './ceiling.ts'
import { systemClock } from './clock.ts'

let usedBytes: number
let isQuiet: boolean
let restarts: number[]
let end: () => void

beforeEach(() => {
  vi.useFakeTimers()
  usedBytes = 100
  isQuiet = true
  restarts = []
  end = watchMemory({
    clock: systemClock,
    usedBytes: () => usedBytes,
    ceilingBytes: 200,
    isQuiet: () => isQuiet,
    restart: used => restarts.push(used),
  })
})
afterEach(() => {
  end()
  vi.useRealTimers()
})

it('in its first hour a till does not start again for its memory, so it does so once an hour at most', () => {
  usedBytes = 201
  vi.advanceTimersByTime(CEILING.firstLookMs - 1)
  expect(restarts).toEqual([])
  vi.advanceTimersByTime(1)
  expect(restarts).toEqual([201])
})

it('below the ceiling nothing happens', () => {
  usedBytes = 200
  vi.advanceTimersByTime(CEILING.firstLookMs + CEILING.lookMs * 10)
  expect(restarts).toEqual([])
})

it('above it the till starts again, once, and not while somebody pays or money is open', () => {
  usedBytes = 201
  isQuiet = false
  vi.advanceTimersByTime(CEILING.firstLookMs + CEILING.lookMs * 10)
  expect(restarts).toEqual([])
  isQuiet = true
  vi.advanceTimersByTime(CEILING.lookMs * 10)
  expect(restarts).toEqual([201])
})

it('memory that was given back meanwhile is none too much', () => {
  usedBytes = 201
  isQuiet = false
  vi.advanceTimersByTime(CEILING.firstLookMs)
  usedBytes = 199
  isQuiet = true
  vi.advanceTimersByTime(CEILING.lookMs * 10)
  expect(restarts).toEqual([])
})
