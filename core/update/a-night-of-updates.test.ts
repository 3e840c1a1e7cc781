import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { systemClock } from '../clock.ts'
import { silentLog } from '../log.ts'
import { RESTING, TRIAL, type UpdateRecord } from './record.ts'
import { type Feed, FeedFault, ROUNDS, startUpdates } from './rounds.ts'
import type { Moment, Release } from './rules.ts'

// From dusk to dawn, with a feed and a program that only write down what they are asked to do.
let moment: Moment
let release: () => Promise<Release>
let prepare: () => Promise<void>
let canExchange: boolean
let record: UpdateRecord
let done: string[]
let updates: ReturnType<typeof startUpdates>
let isTrial: boolean

const feed: Feed = {
  look: () => release(),
  async download() {
    done.push('fetched')
    return { path: '/fetched', sha512: 'digest' }
  },
  install() {
    // Written before the deed: a power cut right after it finds a start that knows.
    done.push(`installed, the record says ${record.stage.at}`)
    return canExchange
  },
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-24T03:30:00+09:00') })
  moment = {
    nowMs: 0,
    mode: 'production',
    settings: { enabled: true, feed: 'https://feed.example/', from: '03:00', to: '05:00' },
    openingHours: null,
    hasOpenMoney: false,
    isQuiet: true,
  }
  release = async () => ({ version: '0.3.0', ledgerSchema: 3 })
  prepare = async () => void done.push('prepared')
  canExchange = true
  isTrial = false
  record = RESTING
  done = []
  updates = startUpdates({
    clock: systemClock,
    log: silentLog,
    running: '0.2.0',
    ledgerSchema: 3,
    moment: () => ({ ...moment, nowMs: Date.now() }),
    isTrial: () => isTrial,
    feed,
    files: { prepare: () => prepare() },
    record: {
      read: () => record,
      write(next) {
        record = next
      },
    },
  })
})
afterEach(() => {
  updates.stop()
  vi.useRealTimers()
})

const minutes = (number: number) => vi.advanceTimersByTimeAsync(number * 60_000)
const whole = ['fetched', 'prepared', 'installed, the record says trial']

it('a newer version is fetched, prepared and installed, once', async () => {
  await minutes(60)
  expect(done).toEqual(whole)
  expect(record.stage).toEqual({ at: 'trial', from: '0.2.0', to: '0.3.0', starts: 0 })
})

it('by day nothing is even asked for; in the night it is', async () => {
  vi.setSystemTime(Date.parse('2026-11-24T14:00:00+09:00'))
  await minutes(60)
  expect([done, updates.report().stands]).toEqual([[], 'notQuietHours'])
  vi.setSystemTime(Date.parse('2026-11-25T03:00:00+09:00'))
  await minutes(2)
  expect(done).toEqual(whole)
})

it('somebody who comes while it is fetched is served first', async () => {
  prepare = async () => {
    done.push('prepared')
    moment = { ...moment, isQuiet: false, hasOpenMoney: true }
  }
  await minutes(30)
  expect(done).toEqual(['fetched', 'prepared'])
  expect(updates.report()).toMatchObject({ stands: 'ready', found: { is: 'ready', version: '0.3.0' } })
  moment = { ...moment, isQuiet: true, hasOpenMoney: false }
  await vi.advanceTimersByTimeAsync(ROUNDS.readyLookMs)
  expect(done).toEqual(whole)
})

it('what was prepared too late is not installed by day', async () => {
  prepare = async () => {
    done.push('prepared')
    moment = { ...moment, isQuiet: false }
  }
  await minutes(2)
  vi.setSystemTime(Date.parse('2026-11-24T05:00:00+09:00'))
  moment = { ...moment, isQuiet: true }
  await minutes(60)
  expect(done).toEqual(['fetched', 'prepared'])
  expect(updates.report().stands).toBe('notQuietHours')
})

const refused: readonly [string, () => void, string][] = [
  ['the same version', () => (release = async () => ({ version: '0.2.0', ledgerSchema: 3 })), 'upToDate'],
  ['an older version', () => (release = async () => ({ version: '0.1.0', ledgerSchema: 3 })), 'older'],
  ['another ledger', () => (release = async () => ({ version: '0.3.0', ledgerSchema: 4 })), 'otherLedger'],
  ['a bad version', () => (record = { ...RESTING, bad: ['0.3.0'] }), 'bad'],
  [
    'a wrong signature',
    () => (release = () => Promise.reject(new FeedFault('signature', 'not signed'))),
    'signature',
  ],
  [
    'no feed at all',
    () => (release = () => Promise.reject(new FeedFault('unreachable', 'away'))),
    'unreachable',
  ],
]
it.each(refused)('%s: nothing is fetched, and the desk is told why', async (_name, happens, because) => {
  happens()
  let asked = 0
  const answer = release
  release = () => {
    asked += 1
    return answer()
  }
  await minutes(30)
  expect([done, updates.report().found?.is]).toEqual([[], because])
  // Not every minute.
  expect(asked).toBe(1)
  // Also when the night is over.
  vi.setSystemTime(Date.parse('2026-11-24T12:00:00+09:00'))
  await minutes(5)
  expect(updates.report()).toMatchObject({ stands: 'notQuietHours', found: { is: because } })
})

it('a version that cannot be prepared is tried three times, and never again', async () => {
  let tries = 0
  prepare = () => {
    tries += 1
    return Promise.reject(new Error('it does not start'))
  }
  await minutes(60 * 24 * 3)
  expect(tries).toBe(TRIAL.mostAttempts)
  expect(record).toMatchObject({ stage: { at: 'resting' }, bad: ['0.3.0'], last: { end: 'interrupted' } })
})

it('a program that could not be exchanged leaves no trial behind', async () => {
  canExchange = false
  await minutes(2)
  expect(record).toMatchObject({
    stage: { at: 'resting' },
    attempts: { version: '0.3.0', count: 1 },
    last: { says: 'the program could not be exchanged' },
  })
})

it('while a new version is watched, nothing is looked for', async () => {
  isTrial = true
  await minutes(60)
  expect([done, updates.report().stands]).toEqual([[], 'trial'])
})

it('off is off at once, and is said so', async () => {
  moment = { ...moment, settings: { ...moment.settings, enabled: false } }
  expect(updates.report().stands).toBe('off')
  await minutes(60)
  expect(done).toEqual([])
})
