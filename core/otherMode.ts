import type { PaypayMode } from '../shared/checkout.ts'
import type { Clock } from './clock.ts'

const LOOK_MS = 1_000

/**
 * Waits for a moment in which the till may start again in another mode: its settings name one, no money is open, nobody is at a
 * screen. The ledger of a mode is open only while the till runs in it, so money that is open there would be nobody's.
 */
export function awaitOtherMode(ports: {
  readonly clock: Clock
  readonly mode: PaypayMode
  readonly wanted: () => PaypayMode
  readonly isQuiet: () => boolean
  /** Called in the quiet moment itself: from here on nobody may start to pay. */
  readonly leaving: () => void
}): { readonly chosen: Promise<PaypayMode>; stop(): void } {
  const { clock, mode, wanted, isQuiet, leaving } = ports
  let stop = (): void => undefined
  const chosen = new Promise<PaypayMode>(resolve => {
    const look = (): void => {
      const other = wanted()
      if (other !== mode && isQuiet()) {
        leaving()
        resolve(other)
      } else stop = clock.after(LOOK_MS, look)
    }
    stop = clock.after(LOOK_MS, look)
  })
  return { chosen, stop: () => stop() }
}
