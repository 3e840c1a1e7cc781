import type { ClosedReason, LaneView } from '../shared/checkout.ts'
import type { Clock } from './clock.ts'
import { clockInWords } from './paypay/answer.ts'
import type { AnswerObserver, PaypayHealth } from './paypay/client.ts'

/** When idle, PayPay is asked this often whether it is there; when it is not, this often whether it is back. */
export const PROBE_MS = 10_000
export const PROBE_CLOSED_MS = 2_500
/** One lost answer closes nothing; two in a row do. PayPay's two minutes of skew are halved, for margin. */
const FAILURES_TO_CLOSE = 2
const CLOCK_WRONG_FROM_MS = 60_000

const closedBy = {
  unreachable: 'paypayUnreachable',
  maintenance: 'paypayMaintenance',
  busy: 'paypayBusy',
  refused: 'paypayRefused',
  clockWrong: 'clockWrong',
} as const satisfies Record<Exclude<PaypayHealth, 'fine'>, ClosedReason>

/** Whether the till may sell: PayPay answers us, our clock is right, the ledger can be written. */
export class Health {
  /** In words, for the operator; empty while open. */
  says = 'waiting for PayPay’s first answer'
  paypayAheadMs = 0
  lastAnswerAtMs: number
  readonly #clock: Clock
  readonly #changed: () => void
  #selling: LaneView['selling'] = { open: false, reason: 'starting' }
  #failures = 0
  #ledgerBroken = false

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock
    this.#changed = changed
    this.lastAnswerAtMs = clock.monotonicMs()
  }

  get selling(): LaneView['selling'] {
    return this.#selling
  }

  /** PayPay's clock, ms. */
  paypayNowMs(): number {
    return this.#clock.nowMs() + this.paypayAheadMs
  }

  readonly observe: AnswerObserver = ({ health, says, paypayAheadMs }) => {
    this.lastAnswerAtMs = this.#clock.monotonicMs()
    if (paypayAheadMs !== null) this.paypayAheadMs = paypayAheadMs
    if (this.#ledgerBroken) return
    if (paypayAheadMs !== null && Math.abs(paypayAheadMs) >= CLOCK_WRONG_FROM_MS) {
      this.#set({ open: false, reason: 'clockWrong' }, `${clockInWords(paypayAheadMs)} Set the clock (NTP).`)
      return
    }
    if (health === 'fine') {
      this.#failures = 0
      this.#set({ open: true }, '')
      return
    }
    this.#failures += 1
    const sure = health !== 'unreachable' || this.#failures >= FAILURES_TO_CLOSE || !this.#selling.open
    if (sure) this.#set({ open: false, reason: closedBy[health] }, says)
  }

  /** Nothing opens it again but a new start. */
  ledgerFailed(says: string): void {
    this.#ledgerBroken = true
    this.#set({ open: false, reason: 'ledgerBroken' }, says)
  }

  /** When PayPay should be asked next, in ms from now. */
  probeInMs(): number {
    const every = this.#selling.open && this.#failures === 0 ? PROBE_MS : PROBE_CLOSED_MS
    return Math.max(0, this.lastAnswerAtMs + every - this.#clock.monotonicMs())
  }

  #set(selling: LaneView['selling'], says: string): void {
    const same = JSON.stringify(selling) === JSON.stringify(this.#selling) && says === this.says
    this.#selling = selling
    this.says = says
    if (!same) this.#changed()
  }
}
