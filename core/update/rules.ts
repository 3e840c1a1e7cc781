import { gt, parse } from 'semver'
import type { PaypayMode } from '../../shared/checkout.ts'
import type { OpeningHours } from '../../shared/shopDocuments.ts'
import type { UpdateSettings, UpdateStands } from '../../shared/updates.ts'
import { WEEKDAYS } from '../../shared/weekday.ts'
import { hoursAt } from '../hours.ts'

/** What a feed offers, its signature checked. */
export type Release = {
  readonly version: string
  /** The number of the ledger's schema that it writes; null: it does not say. */
  readonly ledgerSchema: number | null
}

/** Why this release is not for this till; null: it is. Never a downgrade, and never a way that leads nowhere back from. */
export function releaseRefusal(
  release: Release,
  till: { readonly running: string; readonly ledgerSchema: number; readonly bad: readonly string[] },
): UpdateStands | null {
  const offered = parse(release.version)
  const running = parse(till.running)
  if (!offered || !running) return 'malformed'
  if (offered.compare(running) === 0) return 'upToDate'
  if (!gt(offered, running)) return 'older'
  if (offered.prerelease.length > 0 && running.prerelease.length === 0) return 'prerelease'
  if (till.bad.includes(release.version)) return 'bad'
  // A version before it would refuse the ledger that it has written.
  return release.ledgerSchema === till.ledgerSchema ? null : 'otherLedger'
}

/** The moment: what core knows of it. */
export type Moment = {
  readonly nowMs: number
  readonly mode: PaypayMode
  readonly settings: UpdateSettings
  readonly openingHours: OpeningHours | null
  readonly hasOpenMoney: boolean
  readonly isQuiet: boolean
}

/** Why nothing may be looked for, fetched or installed at this moment; null: it may. */
export function momentRefusal(moment: Moment): UpdateStands | null {
  const { nowMs, mode, settings, openingHours } = moment
  if (!settings.enabled) return 'off'
  if (settings.feed === null) return 'noFeed'
  if (!mayFetch(settings.feed, mode)) return 'feedInTheClear'
  const quiet = Object.fromEntries(
    WEEKDAYS.map(day => [day, { opens: settings.from, closes: settings.to }]),
  ) as OpeningHours
  if (!hoursAt(quiet, nowMs).open) return 'notQuietHours'
  if (openingHours !== null && hoursAt(openingHours, nowMs).open) return 'openingHours'
  if (moment.hasOpenMoney) return 'moneyOpen'
  return moment.isQuiet ? null : 'busy'
}

/** HTTPS; in training HTTP to this very machine too. */
export function mayFetch(url: string, mode: PaypayMode): boolean {
  const { protocol, hostname } = URL.parse(url) ?? { protocol: '', hostname: '' }
  return protocol === 'https:' || (protocol === 'http:' && mode === 'training' && isLoopback(hostname))
}

/** What may stand in the settings, whatever mode is used with it. */
export const isFeed = (url: string): boolean => mayFetch(url, 'training') && !/^[^/]*\/\/[^/]*@/.test(url)

const isLoopback = (host: string): boolean => /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/.test(host)
