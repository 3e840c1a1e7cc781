import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../../core/clock.ts'
import { silentLog } from '../../core/log.ts'
import { RESTING, TRIAL, type UpdateRecord } from '../../core/update/record.ts'
import { ROUNDS, startUpdates } from '../../core/update/rounds.ts'
import { Trial } from './trial.ts'

// One machine from life to life: a program in its place, perhaps one kept beside it, and a record. It is killed before or after any deed that
// lasts, then started again and again.

const OLD = '0.2.0'
const NEW = '0.3.0'
type Kind = 'well' | 'broken' | 'hangs' | 'dies'

class Machine {
  readonly kind: Kind
  record: UpdateRecord = RESTING
  current = OLD
  next: string | null = null
  previous: string | null = null
  exchanges = 0
  /** How many more deeds, halves counted, before the power goes. */
  #left: number
  isDead = false
  deaths = 0

  constructor(kind: Kind, killedAt = Number.POSITIVE_INFINITY) {
    this.kind = kind
    this.#left = killedAt
  }

  powerIsBack(): void {
    this.isDead = false
    this.#left = Number.POSITIVE_INFINITY
  }

  /** A deed that is whole or was never done, with a moment before and one after it. */
  deed(happens: () => void): void {
    this.#moment()
    happens()
    this.#moment()
  }

  #moment(): void {
    this.#left -= 1
    if (this.#left < 0 && !this.isDead) this.deaths += 1
    if (this.#left < 0) this.isDead = true
    // Nothing that a dead program would still do may reach the disk.
    if (this.isDead) throw new Error('the power is gone')
  }

  readonly files = {
    hasPrevious: () => this.previous !== null,
    prepare: async () => {
      this.deed(() => (this.next = NEW))
      this.deed(() => (this.previous = this.current))
    },
    exchange: () =>
      this.deed(() => {
        if (this.next === null) throw new Error('nothing is there to be put in')
        this.current = this.next
        this.next = null
        this.exchanges += 1
      }),
    putBack: () =>
      this.deed(() => {
        if (this.previous === null) throw new Error('nothing is there to be put back')
        this.current = this.previous
        this.previous = null
      }),
  }
  readonly store = {
    read: () => this.record,
    write: (record: UpdateRecord) => this.deed(() => (this.record = record)),
  }

  /** One start with a night after it. `ended`: it ends by itself and the next one is on its way. */
  async life(): Promise<'sells' | 'ended' | 'calls staff'> {
    let isEnded = false
    const restart = (): void => {
      isEnded = true
    }
    const trial = new Trial({
      record: this.store,
      program: this.files,
      running: this.current,
      clock: systemClock,
      log: silentLog,
      restart,
    })
    if (trial.act === 'putBack' || this.isDead) return 'ended'
    const { current } = this
    const isSick = current === NEW && this.kind !== 'well'
    if (isSick && this.kind === 'broken')
      return trial.failed('its ledger did not open') || this.isDead ? 'ended' : 'calls staff'
    // Killed by the system, out of memory: nothing of ours runs any more.
    if (isSick && this.kind === 'dies') {
      trial.stop()
      return 'ended'
    }
    const updates = startUpdates({
      clock: systemClock,
      log: silentLog,
      running: current,
      ledgerSchema: 3,
      moment: () => ({
        nowMs: Date.now(),
        mode: 'production',
        settings: { enabled: true, feed: 'https://feed.example/', from: '00:00', to: '00:00' },
        openingHours: null,
        hasOpenMoney: false,
        isQuiet: true,
      }),
      isTrial: () => trial.isUnderWay,
      feed: {
        look: async () => ({ version: NEW, ledgerSchema: 3 }),
        download: async () => ({ path: '', sha512: '' }),
        install: () => {
          this.files.exchange()
          restart()
          return true
        },
      },
      files: this.files,
      record: this.store,
    })
    for (let second = 0; second < 600 && !isEnded && !this.isDead; second += 1) {
      if (!isSick) trial.pageStands(async () => true)
      await vi.advanceTimersByTimeAsync(1_000)
    }
    updates.stop()
    trial.stop()
    return isEnded || this.isDead ? 'ended' : isSick ? 'calls staff' : 'sells'
  }

  /** Until it sells and goes on selling, or calls staff. */
  async lives(): Promise<string> {
    let lives = 0
    for (; lives < 12; lives += 1) {
      const end = await this.life()
      if (this.isDead) this.powerIsBack()
      if (end !== 'ended') return end
    }
    return 'starts for ever'
  }
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-24T03:30:00+09:00') })
})
afterEach(() => {
  vi.useRealTimers()
})

/** So many moments an update has, with its way back. */
const MOMENTS: Readonly<Record<Kind, number>> = { well: 12, broken: 20, hangs: 16, dies: 20 }

describe.each(['well', 'broken', 'hangs', 'dies'] as const)('a new version that %s', kind => {
  it('ends in a till that sells, whatever moment it is killed in, and is put in once', async () => {
    for (let killedAt = 0; killedAt <= MOMENTS[kind]; killedAt += 1) {
      const machine = new Machine(kind, killedAt)
      const says = `killed at ${killedAt}`
      expect(await machine.lives(), says).toBe('sells')
      // Another night, in which the same version is still offered.
      expect(await machine.lives(), says).toBe('sells')
      expect(machine.current, says).toBe(kind === 'well' ? NEW : OLD)
      expect(machine.exchanges, says).toBe(1)
      // The last one is past the end: no moment was left out.
      expect(machine.deaths, says).toBe(killedAt < MOMENTS[kind] ? 1 : 0)
      expect(machine.record, says).toMatchObject({
        stage: { at: 'resting' },
        bad: kind === 'well' ? [] : [NEW],
        last: { end: kind === 'well' ? 'installed' : 'rolledBack', version: NEW },
      })
    }
  })
})

describe('the way back', () => {
  async function onTrial(kind: Kind): Promise<Machine> {
    const machine = new Machine(kind)
    expect(await machine.life()).toBe('ended')
    expect([machine.current, machine.record.stage.at]).toEqual([NEW, 'trial'])
    return machine
  }

  it('takes three starts, and not one more', async () => {
    const machine = await onTrial('dies')
    for (let start = 1; start <= TRIAL.mostStarts; start += 1) {
      await machine.life()
      expect(machine.current).toBe(NEW)
    }
    expect(await machine.life()).toBe('ended')
    expect(machine.current).toBe(OLD)
  })

  it('takes five minutes with a page that never stands, without anybody who starts it', async () => {
    const machine = await onTrial('hangs')
    const before = Date.now()
    expect(await machine.life()).toBe('ended')
    expect(Date.now() - before).toBe(TRIAL.withinMs)
    expect(machine.current).toBe(OLD)
  })

  it('that leads nowhere ends in a till that calls staff, and in no further start', async () => {
    for (const kind of ['broken', 'hangs'] as const) {
      const machine = await onTrial(kind)
      machine.previous = null
      expect(await machine.lives()).toBe('calls staff')
      // The next start knows, and does not begin it again.
      expect(await machine.life()).toBe('calls staff')
      expect(machine.record).toMatchObject({ bad: [NEW], last: { end: 'stuck' } })
      expect(machine.exchanges).toBe(1)
    }
    const machine = await onTrial('dies')
    machine.previous = null
    for (let start = 1; start <= TRIAL.mostStarts; start += 1) await machine.life()
    expect(machine.record.stage.at).toBe('trial')
    await machine.life()
    expect(machine.record).toMatchObject({ stage: { at: 'resting' }, last: { end: 'stuck' } })
  })

  it('is taken at once by a start that cannot be counted: it could be made for ever', async () => {
    const machine = await onTrial('dies')
    machine.store.write = () => {
      throw new Error('ENOSPC')
    }
    expect(await machine.life()).toBe('ended')
    expect(machine.current).toBe(OLD)
    expect(await machine.life()).toBe('sells')
  })

  it('is not taken where somebody has installed a third version by hand', async () => {
    const machine = await onTrial('dies')
    machine.current = '0.4.0'
    expect(await machine.life()).toBe('sells')
    expect(machine.record).toMatchObject({ stage: { at: 'resting' }, bad: [] })
  })
})

it('well is a page that stands for a minute without a gap, and a till that answers then', async () => {
  const machine = new Machine('well')
  machine.record = { ...RESTING, stage: { at: 'trial', from: OLD, to: NEW, starts: 0 } }
  machine.current = NEW
  let answers = true
  const trial = new Trial({
    record: machine.store,
    program: machine.files,
    running: NEW,
    clock: systemClock,
    log: silentLog,
    restart: () => undefined,
  })
  const stand = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      trial.pageStands(async () => answers)
      await vi.advanceTimersByTimeAsync(1_000)
    }
  }
  await stand(50)
  await vi.advanceTimersByTimeAsync(11_000)
  await stand(50)
  // A hundred seconds, with a gap among them.
  expect(trial.isUnderWay).toBe(true)
  answers = false
  await stand(20)
  // Long enough, and the till says nothing.
  expect(trial.isUnderWay).toBe(true)
  answers = true
  await stand(1)
  expect(trial.isUnderWay).toBe(false)
  expect(machine.record.last?.end).toBe('installed')
  // No deadline is left over.
  await vi.advanceTimersByTimeAsync(TRIAL.withinMs + ROUNDS.lookMs)
  expect(machine.current).toBe(NEW)
})
