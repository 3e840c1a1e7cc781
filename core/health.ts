import type { ClosedReason, LaneView } from '../shared/checkout.ts'
import type { Clock, SteadyClock } from './clock.ts'
import { clockInWords } from './paypay/answer.ts'
import type { AnswerObserver, PaypayHealth } from './paypay/client.ts'

/**
 * PayPay is asked whether it is there when nothing was heard of it for `PROBE_MS`, and after a failure soon again. A probe
 * waits for `PROBE_TIMEOUT_MS` only, so that two of them in a row, which close the till, take less than 15 s together.
 */
export const PROBE_MS = 5_000
export const PROBE_CLOSED_MS = 1_000
export const PROBE_TIMEOUT_MS = 4_000
/** One lost answer closes nothing; two in a row do. */
const FAILURES_TO_CLOSE = 2
/** Nobody starts to pay when PayPay's last good answer is older. */
const ANSWERED_LATELY_MS = 15_000
/** PayPay's two minutes of skew are halved, for margin. */
const CLOCK_WRONG_FROM_MS = 60_000
/** PayPay's Date has whole seconds, and an answer takes a moment. */
const DATE_COARSENESS_MS = 2_000
/** Room for some ten thousand checkouts: enough to finish what is open, and to be seen in time. */
export const DISK_LEAST_BYTES = 64 * 1024 * 1024

const closedBy = {
  unreachable: 'paypayUnreachable',
  maintenance: 'paypayMaintenance',
  busy: 'paypayBusy',
  refused: 'paypayRefused',
  clockWrong: 'clockWrong',
} as const satisfies Record<Exclude<PaypayHealth, 'fine'>, ClosedReason>

type Selling = LaneView['selling']
type Verdict = { readonly selling: Selling; readonly says: string }

const OPEN: Verdict = { selling: { open: true }, says: '' }
const closed = (reason: ClosedReason, says: string): Verdict => ({ selling: { open: false, reason }, says })

const reasonOf = ({ selling }: Verdict): ClosedReason | null => (selling.open ? null : selling.reason)

/** Whether the till may sell: PayPay answered lately, our clock is right, the disk has room, the ledger is sound. */
export class Health {
  readonly #clock: Clock
  readonly #steady: SteadyClock
  readonly #changed: () => void
  #verdict: Verdict = closed('starting', 'waiting for PayPay’s first answer')
  #paypay: Verdict = this.#verdict
  #clockWrong: Verdict | null = null
  #disk: Verdict | null = null
  #ledger: Verdict | null = null
  #failures = 0
  /** Nothing was heard yet, so PayPay is asked at once. */
  #heardAtMs = Number.NEGATIVE_INFINITY
  #fineAtMs: number
  #paypayAheadOfSteadyMs = 0
  #clockAheadMs: number | null = null
  #diskFreeBytes: number | null = null

  constructor(clock: Clock, steady: SteadyClock, changed: () => void) {
    this.#clock = clock
    this.#steady = steady
    this.#changed = changed
    this.#fineAtMs = clock.monotonicMs()
  }

  get selling(): Selling {
    const { selling } = this.#verdict
    const isStale = this.#clock.monotonicMs() - this.#fineAtMs > ANSWERED_LATELY_MS
    return selling.open && isStale ? { open: false, reason: 'paypayUnreachable' } : selling
  }

  /** In words, for the operator; empty while open. */
  get says(): string {
    return this.#verdict.says
  }

  /** PayPay answers, whatever else keeps the till shut. */
  get paypayReachable(): boolean {
    return this.#paypay === OPEN && this.#clock.monotonicMs() - this.#fineAtMs <= ANSWERED_LATELY_MS
  }

  /** PayPay's clock minus the machine's, ms; null: not measured yet. */
  get clockAheadMs(): number | null {
    return this.#clockAheadMs
  }

  /** Null: nobody has looked. */
  get diskFreeBytes(): number | null {
    return this.#diskFreeBytes
  }

  /** PayPay's clock, epoch ms, whatever ours says. */
  paypayNowMs(): number {
    return this.#steady.nowMs() + this.#paypayAheadOfSteadyMs
  }

  readonly observe: AnswerObserver = ({ health, says, paypayAheadMs, sentAtMs }) => {
    this.#heardAtMs = health === 'fine' ? Math.max(this.#heardAtMs, sentAtMs) : this.#clock.monotonicMs()
    if (paypayAheadMs !== null) this.#measured(paypayAheadMs, health)
    if (health === 'fine') {
      this.#failures = 0
      this.#fineAtMs = Math.max(this.#fineAtMs, sentAtMs)
      this.#paypay = OPEN
    } else {
      this.#failures += 1
      const isSure = health !== 'unreachable' || this.#failures >= FAILURES_TO_CLOSE || this.#paypay !== OPEN
      if (isSure) this.#paypay = closed(closedBy[health], says)
    }
    this.#judge()
  }

  /** Nothing opens it again but a new start. */
  ledgerFailed(says: string): void {
    this.#ledger = closed('ledgerBroken', says)
    this.#judge()
  }

  diskHas(freeBytes: number): void {
    this.#diskFreeBytes = freeBytes
    const mib = (bytes: number): number => Math.floor(bytes / 1024 / 1024)
    this.#disk =
      freeBytes >= DISK_LEAST_BYTES
        ? null
        : closed(
            'diskFull',
            `The disk of the data folder has ${mib(freeBytes)} MiB left, and selling stops below ${mib(DISK_LEAST_BYTES)} MiB. Make room; the till opens by itself.`,
          )
    this.#judge()
  }

  /** When PayPay should be asked next, in ms from now. */
  probeInMs(): number {
    const every = this.#paypay === OPEN && this.#failures === 0 ? PROBE_MS : PROBE_CLOSED_MS
    return Math.max(0, this.#heardAtMs + every - this.#clock.monotonicMs())
  }

  #measured(paypayAheadMs: number, health: PaypayHealth): void {
    this.#clockAheadMs = paypayAheadMs
    this.#clockWrong =
      Math.abs(paypayAheadMs) >= CLOCK_WRONG_FROM_MS
        ? closed('clockWrong', `${clockInWords(paypayAheadMs)} Set the clock (NTP).`)
        : null
    const paypayNowMs = this.#clock.nowMs() + paypayAheadMs
    // After a suspend, or with a battery that forgot the time, PayPay's clock tells how much has passed.
    const isBehind = paypayNowMs - this.#steady.nowMs() > DATE_COARSENESS_MS
    if (isBehind && health === 'fine') this.#steady.catchUp(paypayNowMs)
    this.#paypayAheadOfSteadyMs = paypayNowMs - this.#steady.nowMs()
  }

  #judge(): void {
    const next = this.#ledger ?? this.#clockWrong ?? this.#disk ?? this.#paypay
    const before = this.#verdict
    this.#verdict = next
    // The words alone change with every answer, when a clock is off by a second more.
    if (reasonOf(next) !== reasonOf(before)) this.#changed()
  }
}
