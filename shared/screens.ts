import * as z from 'zod/mini'
import { laneId, method, personName } from './method.ts'

/** Tablets and TVs on the shop's network: screens that were paired with one lane of this till. */

/** `till`: sells at its lane. `display`: shows to customers what the lane's own screen does, and can do nothing. */
export const SCREEN_KINDS = ['till', 'display'] as const
export type ScreenKind = (typeof SCREEN_KINDS)[number]

export type PairedScreen = {
  readonly screenId: string
  readonly name: string
  readonly lane: string
  readonly kind: ScreenKind
  /** The attendant's desk may be opened on it. */
  readonly desk: boolean
  /** Epoch ms. */
  readonly pairedAtMs: number
  /** The last call since the till was started, epoch ms; null: none. */
  readonly seenAtMs: number | null
  readonly connected: boolean
}

/** How this till is reached from other machines. */
export type NetworkState = {
  /** It answers there now. */
  readonly on: boolean
  /** `https://192.168.1.20:8443/`; the first is the one to type. */
  readonly urls: readonly string[]
  /** SHA-256 of the certificate that a screen has to trust, `AB:CD:…`: the authority's, or the operator's own; null: none yet. */
  readonly fingerprint: string | null
  /** Why it does not answer although it should, in words. */
  readonly fault: string | null
}

export type ScreensState = { readonly network: NetworkState; readonly screens: readonly PairedScreen[] }

/** A code to type on the screen that is to be paired; it works once. */
export type PairingCode = { readonly code: string; readonly lifetimeMs: number }

/** What a code makes of the screen that types it. */
export type PairingWish = {
  readonly name: string
  readonly lane: string
  readonly kind: ScreenKind
  readonly desk: boolean
}

/** What a screen that is paired may know of itself. */
export type OwnScreen = Pick<PairedScreen, 'name' | 'lane' | 'kind' | 'desk'>

/** Why a code did not pair a screen. */
export type PairingRefusal =
  /** Not one that is open: mistyped, used, or too old. */
  | { readonly kind: 'wrongCode' }
  /** Too many wrong ones from here: this one was not looked at. */
  | { readonly kind: 'tooManyTries'; readonly waitMs: number }
  | { readonly kind: 'tooManyScreens'; readonly most: number }

export const screensApi = {
  listScreens: method<ScreensState>('manager', 'passive')({}),
  makePairingCode: method<PairingCode>('manager')({
    name: personName(),
    lane: laneId(),
    kind: z.enum(SCREEN_KINDS),
    desk: z.boolean(),
  }),
  /** Out at once, and for good. */
  revokeScreen: method<ScreensState>('manager')({
    screenId: z.string().check(z.minLength(1), z.maxLength(64)),
  }),
} as const
