import { type ReactNode, useMemo } from 'react'
import type { LaneView, Locale, PaypayMode, Progress, Selling, Shop } from '../../shared/checkout.ts'
import { ok } from '../../shared/result.ts'
import type { DisplayApi } from '../api.ts'
import { Display } from '../network/display.tsx'
import { NetworkPages } from '../network/pages.tsx'
import type { SetupHost } from '../network/setup.ts'
import { checkout, shownCode } from './shots.tsx'
import { type Step, useSteps } from './steps.ts'

/** A screen of the shop's network: before it is paired, as whoever sets it up sees it, and a display, as customers do. */
type NetworkShot = { readonly steps: readonly Step[] } & (
  | { readonly page: 'pair' | 'authority'; readonly host: SetupHost; readonly wasRevoked?: boolean }
  | { readonly progress: Progress | null; readonly selling?: Selling }
)

const typed = [{ see: '.network-code' }, { write: '1234 5678' }] as const
const refused = [...typed, '.go', { see: '.network-told' }] as const
const never = new Promise<never>(() => {})
const silent: SetupHost = { pair: () => never, fingerprint: () => never }
const isDrawn = [{ see: '.display h1' }] as const
const fingerprint = Array.from({ length: 32 }, (_, index) =>
  ((index * 73 + 169) % 256).toString(16).padStart(2, '0'),
)
  .join(':')
  .toUpperCase()

const pairing = (
  steps: readonly Step[],
  answer: Promise<Awaited<ReturnType<SetupHost['pair']>>>,
): NetworkShot => ({
  page: 'pair',
  host: { ...silent, pair: () => answer },
  steps,
})
const authority = (answer: string | null, steps: readonly Step[]): NetworkShot => ({
  page: 'authority',
  host: { ...silent, fingerprint: async () => answer },
  steps,
})
const display = (progress: Progress | null, selling?: Selling): NetworkShot => ({
  progress,
  ...(selling && { selling }),
  steps: isDrawn,
})

export const networkShots: Readonly<Record<string, NetworkShot>> = {
  'network-pair': pairing([{ see: '.network-code' }], never),
  'network-pair-ended': { ...pairing([{ see: '.network-told' }], never), wasRevoked: true },
  'network-pair-typed': pairing(typed, never),
  'network-pair-asking': pairing([...typed, '.go'], never),
  'network-pair-wrong': pairing(refused, Promise.resolve({ kind: 'wrongCode' })),
  'network-pair-wait': pairing(refused, Promise.resolve({ kind: 'tooManyTries', waitMs: 290_000 })),
  'network-pair-many': pairing(refused, Promise.resolve({ kind: 'tooManyScreens', most: 50 })),
  'network-pair-away': pairing(refused, Promise.resolve({ kind: 'away' })),
  'network-authority': authority(fingerprint, [{ see: '.network-print' }]),
  'network-authority-own': authority(null, [{ see: '.network-body h1' }]),
  'network-display': display(null),
  'network-display-creating': display({ status: 'creating' }),
  'network-display-code': display({ status: 'awaitingPayment', code: shownCode(272_000) }),
  'network-display-checking': display({ status: 'checking' }),
  'network-display-paid': display({ status: 'paid' }),
  'network-display-unpaid': display({ status: 'unpaid', why: 'declined' }),
  'network-display-returning': display({ status: 'returning' }),
  'network-display-returned': display({ status: 'returned' }),
  'network-display-problem': display({ status: 'problem', money: 'unknown' }),
  'network-display-closed': display(null, { open: false, reason: 'paypayUnreachable' }),
}

export function NetworkPicture(props: {
  readonly name: string
  readonly locale: Locale
  readonly shop: Shop
  readonly mode: PaypayMode
}): ReactNode {
  const { name, locale, shop, mode } = props
  const shot = networkShots[name]
  useSteps(name, shot?.steps ?? isDrawn)
  const api = useMemo((): DisplayApi => {
    const progress = shot && 'progress' in shot ? shot.progress : null
    const selling = (shot && 'progress' in shot && shot.selling) || { open: true }
    const view: LaneView = {
      ...{ lane: 'main', mode, selling, shopRevision: 'one', staffCalled: false, returns: [] },
      checkout: progress && checkout(shop, progress),
    }
    return {
      // A display speaks the language that its shop rests in.
      getShop: async () => ok({ ...shop, locales: [locale] }),
      watchLane(_lane, onView) {
        onView(view)
        return () => {}
      },
    }
  }, [shot, shop, locale, mode])
  if (!shot) return null
  if ('progress' in shot) return <Display api={api} lane="main" />
  const { page, host, wasRevoked = false } = shot
  return (
    <NetworkPages page={page} wasRevoked={wasRevoked} host={host} startsIn={locale === 'ja' ? 'ja' : 'en'} />
  )
}
