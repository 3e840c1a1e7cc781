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
