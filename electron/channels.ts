import type { CustomerMethod } from '../shared/api.ts'
import type { AttendantMethod } from '../shared/attendant.ts'

/** The names that cross between preload and main; each is for one purpose, and there is no general one. */
export const callChannel = (method: CustomerMethod): string => `kaikei:call:${method}`
export const deskChannel = (method: AttendantMethod): string => `kaikei:desk:${method}`

/** Page to main: `(watch: number, lane: string)`; the number is the page's own and comes back with every snapshot. */
export const WATCH_CHANNEL = 'kaikei:watch'
/** Page to main: `(watch: number)`. */
export const UNWATCH_CHANNEL = 'kaikei:unwatch'
/** Main to page: `(watch: number, view: LaneView)`. */
export const LANE_CHANNEL = 'kaikei:lane'

/** A display beside a till: `()`, answered with the shop. */
export const DISPLAY_SHOP_CHANNEL = 'kaikei:display:shop'
/** Display to main: `(watch: number)`, for the lane that it was opened for; snapshots come over LANE_CHANNEL. */
export const DISPLAY_WATCH_CHANNEL = 'kaikei:display:watch'
