import { expect, it } from 'vitest'
import { aboutSwitches, changedSwitches, switches } from './switches.ts'

// Each switch has its values, its default and its source, and takes nothing else.

const defaults = switches.parse({})

it('every switch tells where its doubt comes from', () => {
  expect(Object.keys(aboutSwitches)).toEqual(Object.keys(defaults))
  for (const about of Object.values(aboutSwitches))
    expect(about).toMatchObject({
      description: expect.stringMatching(/.{20,}\.$/),
      default: expect.anything(),
    })
})

it('a change leaves the rest as it was, not at its default', () => {
  const once = changedSwitches(defaults, { decline: 'stillCreated', cancelTakesMs: 5_000 })
  expect(once).toEqual({ ok: true, value: { ...defaults, decline: 'stillCreated', cancelTakesMs: 5_000 } })
  if (!once.ok) return
  expect(changedSwitches(once.value, { notFoundStatus: 404 })).toEqual({
    ok: true,
    value: { ...once.value, notFoundStatus: 404 },
  })
})

it.each([
  [{ decline: 'maybe' }, 'switches.decline: '],
  [{ notFoundStatus: 403 }, 'switches.notFoundStatus: expected 400 or 404'],
  [{ staleReadMs: 10_001 }, 'switches.staleReadMs: '],
  [{ staleReadMs: 0.5 }, 'switches.staleReadMs: '],
  [{ nonesuch: 1 }, 'switches: there is no nonesuch; there are duplicateCreate, '],
  [null, 'switches: '],
])('%j is refused with its place', (change, place) => {
  const changed = changedSwitches(defaults, change)
  expect(changed.ok ? '' : changed.problems[0]).toContain(place)
})
