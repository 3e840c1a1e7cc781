import { expect, it } from 'vitest'
import type { LaneView } from '../../shared/checkout.ts'
import { MOST_CALLS_WITHOUT_SCREEN, MOST_GONE, Screens } from './screens.ts'

// Somebody on this machine invents lane names, one after the other: what is remembered of them does not grow, and no lane that has a
// screen is forgotten for it.

const nothing = (): void => undefined

it('of lanes that came and went only the last are remembered, and those with a screen all', () => {
  const screens = new Screens()
  screens.watch('main', nothing)
  for (let number = 0; number < 10_000; number += 1) screens.watch(`lane-${number}`, nothing)(number)
  const seen = screens.seen(20_000)
  expect(seen).toHaveLength(1 + MOST_GONE)
  expect(seen[0]).toEqual({ lane: 'main', watched: true, seenAtMs: 20_000 })
  expect(seen.at(-1)).toEqual({ lane: 'lane-9999', watched: false, seenAtMs: 9_999 })
  expect(screens.watched()).toEqual(['main'])
})

it('a lane that comes back is one lane, and is gone when the last of its screens is', () => {
  const screens = new Screens()
  screens.watch('main', nothing)(1)
  const [one, other] = [screens.watch('main', nothing), screens.watch('main', () => undefined)]
  one(2)
  one(3)
  expect(screens.seen(4)).toEqual([{ lane: 'main', watched: true, seenAtMs: 4 }])
  other(5)
  expect(screens.seen(6)).toEqual([{ lane: 'main', watched: false, seenAtMs: 5 }])
})

it('calls at invented lanes push out each other, and none of a lane with a screen', () => {
  const screens = new Screens()
  screens.watch('main', nothing)
  screens.call('main')
  for (let number = 0; number < 10_000; number += 1) screens.call(`lane-${number}`)
  expect(screens.calling()).toHaveLength(1 + MOST_CALLS_WITHOUT_SCREEN)
  expect(screens.isCalling('main')).toBe(true)
  expect(screens.isCalling('lane-9999')).toBe(true)
  expect(screens.answerCall('main')).toBe(true)
  expect(screens.answerCall('main')).toBe(false)
})

it('screens hear what is new, once', () => {
  const screens = new Screens()
  const heard: string[] = []
  const view = { lane: 'main' } as LaneView
  const stop = screens.watch('main', () => void heard.push('told'))
  for (const gist of ['a', 'a', 'b']) screens.send('main', gist, () => view)
  expect(heard).toHaveLength(2)
  stop(1)
  screens.send('main', 'c', () => view)
  expect(heard).toHaveLength(2)
})
