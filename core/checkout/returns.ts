import type { LaneReturn } from '../../shared/checkout.ts'
import type { Clock } from '../clock.ts'
import { RETURN_SHOWN_MS } from './delays.ts'
import type { CheckoutState } from './payment.ts'

/** What a lane's screen says of money that a person gave back, and until when, on the engine's clock. */
export type HungNote = Omit<LaneReturn, 'remainingMs'> & { readonly untilMs: number }

/**
 * What may be said of a checkout's money backs: on its way from the decision on, and again from PayPay's word that it went. What
 * PayPay refuses has not gone, so nothing is said; a case tells staff.
 */
export function notesOf({ claimNumber, moneyBacks }: CheckoutState): readonly HungNote[] {
  return moneyBacks
    .filter(back => back.state !== 'refused')
    .map(back => {
      const isDone = back.state === 'done'
      return {
        returnId: back.merchantRefundId,
        claimNumber: String(claimNumber).padStart(3, '0'),
        amountYen: back.amountYen,
        state: isDone ? 'confirmed' : 'onItsWay',
        untilMs: (isDone ? back.stateAtMs : back.decidedAtMs) + RETURN_SHOWN_MS,
      }
    })
}

type ReturnsPorts = {
  readonly clock: Clock
  /** A note of the lane was taken down by time. */
  readonly changed: (lane: string) => void
}

/** The notes of all lanes. Nothing here is written down: they are read off the facts, so a restart hangs up the same. */
export class Returns {
  readonly #ports: ReturnsPorts
  /** By lane, and there by checkoutId. */
  readonly #lanes = new Map<string, Map<string, readonly HungNote[]>>()
  #callOff: (() => void) | null = null

  constructor(ports: ReturnsPorts) {
    this.#ports = ports
  }

  /** Takes in what a checkout is now. */
  note(state: CheckoutState): void {
    if (state.moneyBacks.length === 0) return
    const nowMs = this.#ports.clock.nowMs()
    const notes = notesOf(state).filter(({ untilMs }) => untilMs > nowMs)
    const lane = this.#lanes.get(state.lane) ?? new Map<string, readonly HungNote[]>()
    this.#lanes.set(state.lane, lane.set(state.checkoutId, notes))
    this.#takeDown()
  }

  /** The newest first. */
  of(lane: string): readonly LaneReturn[] {
    const nowMs = this.#ports.clock.nowMs()
    return [...(this.#lanes.get(lane)?.values() ?? [])]
      .flat()
      .filter(({ untilMs }) => untilMs > nowMs)
      .sort((one, other) => other.untilMs - one.untilMs)
      .map(({ untilMs, ...note }) => ({ ...note, remainingMs: untilMs - nowMs }))
  }

  stop(): void {
    this.#callOff?.()
    this.#callOff = null
  }

  /** Forgets what has hung for long enough, and comes again when the next one has. */
  #takeDown(): void {
    this.stop()
    const nowMs = this.#ports.clock.nowMs()
    let nextMs = Number.POSITIVE_INFINITY
    const changed: string[] = []
    for (const [lane, checkouts] of this.#lanes) {
      for (const [checkoutId, notes] of checkouts) {
        const hung = notes.filter(({ untilMs }) => untilMs > nowMs)
        if (hung.length < notes.length) changed.push(lane)
        if (hung.length === 0) checkouts.delete(checkoutId)
        else checkouts.set(checkoutId, hung)
        for (const { untilMs } of hung) nextMs = Math.min(nextMs, untilMs)
      }
      if (checkouts.size === 0) this.#lanes.delete(lane)
    }
    if (nextMs < Number.POSITIVE_INFINITY)
      this.#callOff = this.#ports.clock.after(nextMs - nowMs, () => this.#takeDown())
    for (const lane of new Set(changed)) this.#ports.changed(lane)
  }
}
