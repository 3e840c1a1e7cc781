import type { ScreenKind } from '../../shared/screens.ts'

/** Which screens of the network are the till's: a stream of its own, read whole at the start. */
export const SCREENS_STREAM = 'screens'

export type ScreenFactData = {
  screenPaired: {
    readonly screenId: string
    readonly name: string
    readonly lane: string
    readonly kind: ScreenKind
    readonly desk: boolean
    /** SHA-256 of the token's secret, hex: the token itself is the screen's alone. */
    readonly tokenHash: string
    /** Who made its code; null: whoever runs the machine, on its terminal. */
    readonly by: string | null
  }
  screenRevoked: { readonly screenId: string; readonly name: string; readonly by: string | null }
}

export type ScreenFact = {
  [T in keyof ScreenFactData]: { readonly type: T; readonly atMs: number; readonly data: ScreenFactData[T] }
}[keyof ScreenFactData]
