import { describe, expect, it } from 'vitest'
import type { LaneReturn } from '../../shared/checkout.ts'
import { yen } from '../../shared/money.ts'
import { returnsIn } from './context.ts'
import { redrawInMs } from './showing.ts'
import { free, openAt, type TestKiosk } from './test-host.ts'

/** A customer who has left gets their money back: the next screen says so until it is read, or until its time is over. */

const back = (change: Partial<LaneReturn> = {}): LaneReturn => ({
  returnId: 'r1',
  claimNumber: '012',
  amountYen: yen(850),
  state: 'confirmed',
  remainingMs: 300_000,
  ...change,
})
const shown = (kiosk: TestKiosk) => returnsIn(kiosk.context()).map(one => `${one.returnId} ${one.state}`)

describe('a slip about money that went back', () => {
  it('comes with the snapshot, changes nothing of the conversation, and goes with its next one', async () => {
    const kiosk = await openAt(free())
    expect(shown(kiosk)).toEqual([])
    kiosk.push(free({ returns: [back()] }))
    expect(kiosk.at()).toBe('attract.resting')
    expect(shown(kiosk)).toEqual(['r1 confirmed'])
    kiosk.touch('customer.start')
    expect(kiosk.at()).toBe('browsing')
    expect(shown(kiosk)).toEqual(['r1 confirmed'])
    kiosk.push(free())
    expect(shown(kiosk)).toEqual([])
  })

  it('is put away by a touch, which starts no sale; what is said of it later is news', async () => {
    const kiosk = await openAt(free({ returns: [back({ state: 'onItsWay' }), back({ returnId: 'r2' })] }))
    kiosk.touch({ type: 'customer.putAwayReturns', returns: [back({ state: 'onItsWay' })] })
    expect(kiosk.at()).toBe('attract.resting')
    expect(shown(kiosk)).toEqual(['r2 confirmed'])
    // The same again is not shown again.
    kiosk.push(free({ returns: [back({ state: 'onItsWay' }), back({ returnId: 'r2' })] }))
    expect(shown(kiosk)).toEqual(['r2 confirmed'])
    kiosk.push(free({ returns: [back(), back({ returnId: 'r2' })] }))
    expect(shown(kiosk)).toEqual(['r1 confirmed', 'r2 confirmed'])
  })

  it('remembers no more than the lane says', async () => {
    const kiosk = await openAt(free({ returns: [back()] }))
    kiosk.touch({ type: 'customer.putAwayReturns', returns: [back()] })
    kiosk.push(free({ returns: [back({ returnId: 'r2' })] }))
    kiosk.touch({ type: 'customer.putAwayReturns', returns: [back({ returnId: 'r2' })] })
    expect(kiosk.context().putAway).toEqual(['r2/confirmed'])
  })

  it('is taken down in time by the screen itself, should the host not say so any more', async () => {
    const kiosk = await openAt(free({ returns: [back({ remainingMs: 60_000 })] }))
    kiosk.lose()
    expect(redrawInMs(kiosk.snapshot())).toBe(59_000)
    await kiosk.pass(58_999)
    expect(shown(kiosk)).toEqual(['r1 confirmed'])
    await kiosk.pass(1)
    expect(shown(kiosk)).toEqual([])
    expect(redrawInMs(kiosk.snapshot())).toBeNull()
  })
})
