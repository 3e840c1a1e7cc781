import { describe, expect, it } from 'vitest'
import type { OpeningHours } from '../../shared/shopDocuments.ts'
import type { UpdateStands } from '../../shared/updates.ts'
import { isFeed, type Moment, mayFetch, momentRefusal, releaseRefusal } from './rules.ts'

const till = { running: '0.2.0', ledgerSchema: 3, bad: ['0.2.5'] }
const release = (version: string, ledgerSchema: number | null = 3) => ({ version, ledgerSchema })

describe('a release', () => {
  const refusals: readonly [string, ReturnType<typeof release>, UpdateStands | null][] = [
    ['a newer version', release('0.3.0'), null],
    ['the same version', release('0.2.0'), 'upToDate'],
    ['the same version, built again', release('0.2.0+5'), 'upToDate'],
    ['an older version', release('0.1.9'), 'older'],
    ['a pre-release of what runs', release('0.2.0-beta.1'), 'older'],
    ['a pre-release of a newer one', release('0.3.0-beta.1'), 'prerelease'],
    ['one that was taken back here', release('0.2.5'), 'bad'],
    ['one that writes another ledger', release('0.3.0', 4), 'otherLedger'],
    ['one that does not say which ledger it writes', release('0.3.0', null), 'otherLedger'],
    ['no version at all', release('latest'), 'malformed'],
  ]
  it.each(refusals)('%s', (_name, offered, because) => {
    expect(releaseRefusal(offered, till)).toBe(because)
  })

  it('a pre-release is for a till that runs one', () => {
    const early = { ...till, running: '0.3.0-beta.1' }
    expect(releaseRefusal(release('0.3.0-beta.2'), early)).toBeNull()
    expect(releaseRefusal(release('0.3.0'), early)).toBeNull()
    expect(releaseRefusal(release('0.3.0-alpha.9'), early)).toBe('older')
  })
})

const closedOnlyAtNight = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map(day => [day, { opens: '10:00', closes: '02:00' }]),
) as OpeningHours
const quiet: Moment = {
  nowMs: Date.parse('2026-11-24T03:30:00+09:00'),
  mode: 'production',
  settings: { enabled: true, feed: 'https://feed.example/kaikei', from: '03:00', to: '05:00' },
  openingHours: closedOnlyAtNight,
  hasOpenMoney: false,
  isQuiet: true,
}
const settings = (more: Partial<Moment['settings']>): Partial<Moment> => ({
  settings: { ...quiet.settings, ...more },
})
const at = (time: string): Partial<Moment> => ({ nowMs: Date.parse(`2026-11-24T${time}:00+09:00`) })

describe('a moment', () => {
  const refusals: readonly [string, Partial<Moment>, UpdateStands | null][] = [
    ['a quiet one in the night', {}, null],
    ['updates are off', settings({ enabled: false }), 'off'],
    ['no feed is named', settings({ feed: null }), 'noFeed'],
    ['a feed in the clear, in production', settings({ feed: 'http://127.0.0.1:8080/' }), 'feedInTheClear'],
    ['a minute too early', at('02:59'), 'notQuietHours'],
    ['the end of the quiet hours', at('05:00'), 'notQuietHours'],
    ['their beginning', at('03:00'), null],
    [
      'quiet hours in which the shop is open',
      { ...at('01:30'), ...settings({ from: '01:00' }) },
      'openingHours',
    ],
    ['a shop that never closes', { openingHours: null }, null],
    ['money is open', { hasOpenMoney: true, isQuiet: false }, 'moneyOpen'],
    ['somebody is at a screen', { isQuiet: false }, 'busy'],
  ]
  it.each(refusals)('%s', (_name, more, because) => {
    expect(momentRefusal({ ...quiet, ...more })).toBe(because)
  })

  it('quiet hours may go on past midnight, on the clock of the shop', () => {
    const overMidnight = settings({ from: '23:00', to: '01:00' })
    const refusal = (time: string) =>
      momentRefusal({ ...quiet, ...overMidnight, ...at(time), openingHours: null })
    expect([refusal('22:59'), refusal('23:30'), refusal('00:59'), refusal('01:00')]).toEqual([
      'notQuietHours',
      null,
      null,
      'notQuietHours',
    ])
  })
})

it('what is not encrypted comes from this machine alone, and only in training', () => {
  const fetched = (url: string) => [mayFetch(url, 'training'), mayFetch(url, 'sandbox')]
  expect(fetched('https://feed.example/')).toEqual([true, true])
  for (const own of ['http://127.0.0.1:1/', 'http://localhost/', 'http://[::1]:8080/'])
    expect(fetched(own)).toEqual([true, false])
  for (const other of [
    'http://feed.example/',
    'http://127.0.0.1.feed.example/',
    'file:///tmp/',
    'no address',
  ])
    expect(fetched(other)).toEqual([false, false])
  expect(isFeed('https://somebody:secret@feed.example/')).toBe(false)
})
