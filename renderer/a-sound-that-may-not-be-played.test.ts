import { describe, expect, it } from 'vitest'
import { notes, openSound } from './sound.ts'

/** The misfortune: no sound card, no permission, or none yet. Nothing fails, and nothing comes late. */
describe('a sound', () => {
  it('that may not be played is not played', () => {
    openSound(() => {
      throw new Error('no sound card')
    })('paid')
    const refusing = { state: 'suspended', resume: () => Promise.reject(new Error('not allowed')) }
    openSound(() => refusing as unknown as AudioContext)('paid')
  })

  it('falls with the stamp: the thud 255 ms after the state, and one bright note after it', () => {
    const [stamp, ...after] = notes.paid
    expect(stamp?.atS).toBe(0.255)
    expect(after.length).toBeGreaterThan(0)
    for (const note of after) expect(note.atS).toBeGreaterThanOrEqual(0.255 + (stamp?.lengthS ?? 0))
  })

  it('for money on its way back is the thud without the note', () => {
    expect(notes.returned).toEqual([notes.paid[0]])
  })

  it('for no money is two low taps, and no alarm', () => {
    expect(notes.declined).toHaveLength(2)
    for (const note of notes.declined) expect(note.hz).toBeLessThan(300)
  })
})
