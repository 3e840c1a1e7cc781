import { fail, ok } from '../../shared/result.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { DeskHandlers } from './desk.ts'
import type { Door } from './door.ts'
import { DOOR_STREAM, type DoorFact } from './facts.ts'

export type Closing = Pick<DeskHandlers, 'closeTill'> & {
  /** Resolves when a manager has closed the till: the host ends itself. */
  readonly asked: Promise<void>
}

/**
 * The way out of a screen that has no other. What is open is not waited for: it is durable, and the next start settles it. `mayClose`:
 * the host shows the till in a window of its own; any other is ended where it was started.
 */
export function closing(ports: {
  readonly mayClose: boolean
  readonly door: Door
  readonly ledger: Ledger
  readonly nowMs: () => number
}): Closing {
  const { mayClose, door, ledger, nowMs } = ports
  const { promise: asked, resolve: end } = Promise.withResolvers<void>()
  return {
    asked,
    async closeTill({ pin }, inside) {
      if (!mayClose) return fail({ kind: 'noExit' })
      // Whoever left the desk open did not leave the machine open.
      const confirmed = await door.confirm(inside, pin)
      if (!confirmed.ok) return confirmed
      const { lane, user } = inside
      const fact: DoorFact = { type: 'tillClosed', atMs: nowMs(), data: { lane, by: user.userId } }
      await ledger.append([{ checkoutId: DOOR_STREAM, ...fact }])
      end()
      return ok(null)
    },
  }
}
