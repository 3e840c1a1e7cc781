import { describe, expect, it } from 'vitest'
import { notes, openSound } from './sound.ts'

/** The misfortune: no sound card, no permission, or none yet. Nothing fails, and nothing comes late. */
describe('a sound', () => {
  it('that may not be played is not played', () => {
    openSound(() => {
      throw new Error('no sound card')
    })('paid')
    const refusing = { state: 'suspended', resume: () => Promise.reject(new Error('not allowed')) }
    openSound(
      () => refusing as unknown as AudioContext,
      () => true,
    )('paid')
  })

  it('asks a context that stays asleep once, and once more after the first touch: an open question is never forgotten', () => {
    let asked = 0
    const asleep = { state: 'suspended', resume: () => new Promise<void>(() => (asked += 1)) }
    let touched = false
    const play = openSound(
      () => asleep as unknown as AudioContext,
      () => touched,
    )
    for (let times = 0; times < 100; times += 1) play('tap')
    expect(asked).toBe(1)
    touched = true
    for (let times = 0; times < 100; times += 1) play('tap')
    expect(asked).toBe(2)
  })

  it('asks again when the last question was answered with no', async () => {
    let asked = 0
    const resume = (): Promise<void> => {
      asked += 1
      return Promise.reject(new Error('not allowed'))
    }
    const refusing = { state: 'suspended', resume }
    const play = openSound(
      () => refusing as unknown as AudioContext,
      () => true,
    )
    for (const times of [1, 2, 3]) {
      play('tap')
      await Promise.resolve().then(() => Promise.resolve())
      expect(asked).toBe(times)
    }
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
