import type { Clock } from '../clock.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Log } from '../log.ts'
import type { Answer, PaypayClient } from '../paypay/client.ts'
import { decide, type Step, type Watch } from './decide.ts'
import * as delays from './delays.ts'
import type { CheckoutFact } from './facts.ts'
import { type Attempt, apply, type CheckoutState, currentAttempt } from './payment.ts'

/** Where the goods are. For a kiosk with a counter, the claim number on the screen is the handover. */
export type Handover = {
  /** Releases the goods of a checkout. Asked again with the same id after a crash, it must not release twice. */
  release(
    checkoutId: string,
  ): Promise<{ readonly done: true } | { readonly done: false; readonly says: string }>
}

export type DriverPorts = {
  readonly ledger: Ledger
  readonly paypay: PaypayClient
  readonly clock: Clock
  readonly handover: Handover
  /** 0 up to 1, for jitter. */
  readonly random: () => number
  readonly log: Log
  readonly pollIntervalMs: number
  readonly paypayNowMs: () => number
  readonly describe: (state: CheckoutState) => {
    orderDescription: string
    storeInfo: string
    storeId: string
    terminalId: string
  }
  /** The lane's screen has something new to show. */
  readonly changed: (driver: Driver) => void
  /** The ledger refused a write: selling stops. */
  readonly failed: (error: unknown) => void
}

/** Carries out, one step at a time, what decide.ts says about one checkout: one call to PayPay at a time, ever. */
export class Driver {
  state: CheckoutState
  /** No screen watches the lane, since then. */
  screenGoneSinceMs: number | null = null
  statusSinceMs: number
  readonly #ports: DriverPorts
  readonly #watches = new Map<string, Watch>()
  #running = false
  #stopped = false
  #wake: (() => void) | null = null
  #poked = false
  #writing: Promise<unknown> = Promise.resolve()

  constructor(state: CheckoutState, ports: DriverPorts) {
    this.state = state
    this.#ports = ports
    this.statusSinceMs = ports.clock.nowMs()
  }

  /** Starts, or lets a waiting driver look again. */
  poke(): void {
    this.#poked = true
    this.#wake?.()
    if (!this.#running && !this.#stopped) void this.#run()
  }

  /** PayPay is asked at the next chance, whatever the interval says. */
  askNow(): void {
    const attempt = currentAttempt(this.state)
    // Not while it is failing: an impatient finger must not beat the back-off.
    if (attempt && this.watch(attempt).failures === 0) this.watch(attempt).nextReadAtMs = 0
    this.poke()
  }

  stop(): void {
    this.#stopped = true
    this.#wake?.()
  }

  watch(attempt: Pick<Attempt, 'merchantPaymentId'>): Watch {
    const known = this.#watches.get(attempt.merchantPaymentId)
    if (known) return known
    const fresh: Watch = {
      unsent: false,
      nextAtMs: 0,
      nextReadAtMs: 0,
      failures: 0,
      failingSinceMs: null,
      mustRead: false,
      notFoundReads: 0,
      notFoundSinceMs: null,
    }
    this.#watches.set(attempt.merchantPaymentId, fresh)
    return fresh
  }

  /** Writes facts, one writer at a time, checked against the state they will meet. Rejects when the ledger does. */
  write(...facts: CheckoutFact[]): Promise<void> {
    const written = this.#writing.then(async () => {
      const next = facts.reduce(apply, this.state)
      await this.#ports.ledger.append(facts.map(fact => ({ checkoutId: this.state.checkoutId, ...fact })))
      this.state = next
      this.#ports.changed(this)
    })
    this.#writing = written.catch(() => undefined)
    return written
  }

  /** A new code for the same basket. The caller has seen that the attempt before is dead; the rules look again. */
  async retry(merchantPaymentId: string): Promise<void> {
    const { clock } = this.#ports
    await this.write({
      type: 'createIntended',
      atMs: clock.nowMs(),
      data: { merchantPaymentId, attempt: this.state.attempts.length + 1, amountYen: this.state.totalYen },
    })
    this.watch({ merchantPaymentId }).unsent = true
    this.poke()
  }

  async #run(): Promise<void> {
    this.#running = true
    try {
      while (!this.#stopped) {
        this.#poked = false
        const step = decide(this.state, {
          nowMs: this.#ports.clock.nowMs(),
          paypayNowMs: this.#ports.paypayNowMs(),
          screenGoneSinceMs: this.screenGoneSinceMs,
          watch: attempt => this.watch(attempt),
        })
        if (step.do === 'rest') {
          if (this.#poked) continue
          break
        }
        await this.#carryOut(step)
      }
    } catch (error) {
      // A ledger that refuses, or a bug: this checkout is picked up again at the next start, from its facts.
      this.#stopped = true
      this.#ports.failed(error)
    } finally {
      this.#running = false
    }
  }

  async #carryOut(step: Exclude<Step, { do: 'rest' }>): Promise<void> {
    switch (step.do) {
      case 'wait':
        return this.#sleep(step.untilMs - this.#ports.clock.nowMs())
      case 'note':
        // What follows from a stop should not wait for the interval.
        if (step.fact.type === 'stopIntended') this.watch(step.fact.data).nextReadAtMs = 0
        return this.write(step.fact)
      case 'handOver':
        return this.#handOver(step.attempt)
      case 'call':
        return this.#call(step.call, step.attempt)
      default:
        return step satisfies never
    }
  }

  async #handOver(attempt: Attempt): Promise<void> {
    const { merchantPaymentId } = attempt
    const { clock, handover } = this.#ports
    if (attempt.handover === 'none')
      await this.write({ type: 'handoverIntended', atMs: clock.nowMs(), data: { merchantPaymentId } })
    const answer = await handover.release(this.state.checkoutId)
    if (answer.done)
      return this.write({ type: 'handedOver', atMs: clock.nowMs(), data: { merchantPaymentId } })
    return this.write({
      type: 'handoverFailed',
      atMs: clock.nowMs(),
      data: { merchantPaymentId, says: answer.says },
    })
  }

  async #call(call: Extract<Step, { do: 'call' }>['call'], attempt: Attempt): Promise<void> {
    const { merchantPaymentId, amountYen } = attempt
    const { paypay, clock, describe } = this.#ports
    const nowMs = (): number => clock.nowMs()
    const id = { merchantPaymentId }
    const watch = this.watch(attempt)
    switch (call) {
      case 'create': {
        watch.unsent = false
        const answer = await paypay.createCode({ ...id, amountYen, ...describe(this.state) })
        const { evidence } = answer
        this.#pace(watch, answer, this.#ports.pollIntervalMs)
        if (answer.sure === 'known')
          return this.write({
            type: 'codeCreated',
            atMs: nowMs(),
            data: {
              ...id,
              codeId: answer.value.codeId,
              url: answer.value.url,
              expiresAtS: answer.value.expiresAtS,
              evidence,
            },
          })
        if (answer.sure === 'refused')
          return this.write({
            type: 'createRefused',
            atMs: nowMs(),
            data: { ...id, says: answer.row.says, evidence },
          })
        return this.write({ type: 'createUnanswered', atMs: nowMs(), data: { ...id, evidence } })
      }
      case 'read': {
        const answer = await paypay.getPayment({ ...id, amountYen })
        this.#pace(watch, answer, this.#ports.pollIntervalMs)
        if (answer.sure !== 'known') return this.#ports.changed(this)
        watch.mustRead = false
        const { value: read } = answer
        watch.notFoundReads = read.kind === 'notFound' ? watch.notFoundReads + 1 : 0
        watch.notFoundSinceMs = read.kind === 'notFound' ? (watch.notFoundSinceMs ?? nowMs()) : null
        if (this.#saysNothingNew(attempt, read.kind)) return this.#ports.changed(this)
        return this.write({
          type: 'paymentRead',
          atMs: nowMs(),
          data: { ...id, read, evidence: answer.evidence },
        })
      }
      case 'delete': {
        const codeId = attempt.code?.codeId ?? ''
        if (!attempt.deleteIntended)
          await this.write({ type: 'deleteIntended', atMs: nowMs(), data: { ...id, codeId } })
        const answer = await paypay.deleteCode({ codeId })
        this.#pace(watch, answer, 0)
        watch.mustRead = answer.sure !== 'known' || answer.value.kind === 'alreadyPaid'
        if (answer.sure !== 'known') return this.#ports.changed(this)
        return this.write({
          type: 'codeDeleted',
          atMs: nowMs(),
          data: { ...id, how: answer.value.kind, evidence: answer.evidence },
        })
      }
      case 'cancel': {
        if (attempt.cancel === 'none') await this.write({ type: 'cancelIntended', atMs: nowMs(), data: id })
        const answer = await paypay.cancelPayment(id)
        this.#pace(watch, answer, 0)
        watch.mustRead = answer.sure === 'unknown'
        if (answer.sure === 'known')
          return this.write({
            type: 'cancelAccepted',
            atMs: nowMs(),
            data: { ...id, evidence: answer.evidence },
          })
        if (answer.sure === 'refused')
          return this.write({
            type: 'cancelRefused',
            atMs: nowMs(),
            data: { ...id, says: answer.row.says, evidence: answer.evidence },
          })
        return
      }
      case 'refund':
      case 'readRefund': {
        const paymentId = attempt.payment?.paymentId ?? ''
        const merchantRefundId = attempt.refund?.merchantRefundId ?? `${merchantPaymentId}-r1`
        if (!attempt.refund) {
          await this.write({
            type: 'refundIntended',
            atMs: nowMs(),
            data: { ...id, merchantRefundId, paymentId, amountYen, reason: 'LATE_PAYMENT' },
          })
        }
        const answer = await (call === 'refund'
          ? paypay.refundPayment({ merchantRefundId, paymentId, amountYen, reason: 'LATE_PAYMENT' })
          : paypay.getRefund({ merchantRefundId, paymentId, amountYen }))
        this.#pace(watch, answer, this.#ports.pollIntervalMs)
        // Unknown: ask first. Only "no such refund" lets the same id be sent again.
        watch.unsent = answer.sure === 'known' && answer.value.kind === 'noSuchRefund'
        if (answer.sure === 'known' && answer.value.kind === 'refundTaken')
          return this.write({
            type: 'refundTaken',
            atMs: nowMs(),
            data: { ...id, merchantRefundId, evidence: answer.evidence },
          })
        if (answer.sure === 'refused' && call === 'refund')
          return this.write({
            type: 'refundRefused',
            atMs: nowMs(),
            data: { ...id, merchantRefundId, says: answer.row.says, evidence: answer.evidence },
          })
        return
      }
      default:
        return call satisfies never
    }
  }

  /** A read that repeats what the ledger knows, at a moment when nothing hangs on it, is not written again. */
  #saysNothingNew(attempt: Attempt, kind: string): boolean {
    const hangs = attempt.stop !== null || attempt.create === 'unanswered' || attempt.payment !== null
    return !hangs && attempt.lastRead?.read.kind === kind
  }

  /** When this attempt may be called about again: the interval after a sure answer, a growing pause after others. */
  #pace(watch: Watch, answer: Answer<unknown>, afterMs: number): void {
    const nowMs = this.#ports.clock.nowMs()
    if (answer.sure === 'known') {
      watch.failures = 0
      watch.failingSinceMs = null
      watch.nextAtMs = nowMs
      watch.nextReadAtMs = nowMs + afterMs
      return
    }
    watch.failures += 1
    watch.failingSinceMs ??= nowMs
    const doubled = Math.min(delays.RETRY_FIRST_MS * 2 ** (watch.failures - 1), delays.RETRY_LONGEST_MS)
    const jittered = doubled * (0.75 + this.#ports.random() / 2)
    const asked = Math.min(
      answer.row.retryAfterMs ?? (answer.row.code === 'THROTTLED_MULTIPLE_REFUND_REJECTED' ? 60_000 : 0),
      delays.RETRY_AFTER_MOST_MS,
    )
    watch.nextAtMs = nowMs + Math.max(jittered, asked)
    this.#ports.log.warn({ checkoutId: this.state.checkoutId, ...answer.evidence }, answer.row.says)
  }

  #sleep(ms: number): Promise<void> {
    if (this.#poked || this.#stopped) return Promise.resolve()
    return new Promise(resolve => {
      const done = (): void => {
        off()
        this.#wake = null
        resolve()
      }
      const off = this.#ports.clock.after(Math.max(0, ms), done)
      this.#wake = done
    })
  }
}
