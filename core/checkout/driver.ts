import type { Clock } from '../clock.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Log } from '../log.ts'
import type { PaypayClient } from '../paypay/client.ts'
import type { Random } from '../random.ts'
import { type Call, decide, type Step, type Watch } from './decide.ts'
import * as delays from './delays.ts'
import { factOf, freshWatch, type Heard, intentOf, refundOf, watchAfter } from './exchange.ts'
import type { CheckoutFact } from './facts.ts'
import type { MoneyBack } from './moneyBack.ts'
import { factOfMoneyBack, intentOfMoneyBack, watchAfterMoneyBack } from './moneyBackSteps.ts'
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
  readonly random: Random
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
  readonly #runningSinceMonotonicMs: number
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
    this.#runningSinceMonotonicMs = ports.clock.monotonicMs()
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

  /** PayPay is back: nothing has to be waited out. */
  askAgain(attempt: Pick<Attempt, 'merchantPaymentId'>): void {
    const watch = this.watch(attempt)
    watch.nextAtMs = 0
    watch.nextEffectAtMs = 0
  }

  stop(): void {
    this.#stopped = true
    this.#wake?.()
  }

  watch(attempt: Pick<Attempt, 'merchantPaymentId'>): Watch {
    const known = this.#watches.get(attempt.merchantPaymentId)
    if (known) return known
    const fresh = freshWatch()
    this.#watches.set(attempt.merchantPaymentId, fresh)
    return fresh
  }

  /** Writes facts, one writer at a time, checked against the state they will meet. Rejects when the ledger does. */
  write(...facts: CheckoutFact[]): Promise<void> {
    const written = this.#writing.then(() => this.#append(facts))
    this.#writing = written.catch(() => undefined)
    return written
  }

  /**
   * Writes what was decided on a state, unless the state has moved on meanwhile: a customer who leaves in the same moment is in the
   * queue before the goods. False: nothing was written, and it has to be decided again.
   */
  #writeDecided(fact: CheckoutFact, on: CheckoutState): Promise<boolean> {
    const written = this.#writing.then(async () => {
      if (this.state !== on) return false
      await this.#append([fact])
      return true
    })
    this.#writing = written.catch(() => undefined)
    return written
  }

  async #append(facts: readonly CheckoutFact[]): Promise<void> {
    const next = facts.reduce(apply, this.state)
    await this.#ports.ledger.append(facts.map(fact => ({ checkoutId: this.state.checkoutId, ...fact })))
    this.state = next
    this.#ports.changed(this)
  }

  /**
   * Writes what somebody decided, judged on the state that it meets: whoever was faster is seen. No facts: it is decided already, and
   * nothing is written.
   */
  propose<Refusal extends { readonly ok: false }>(
    judge: (state: CheckoutState) => { readonly ok: true; readonly value: readonly CheckoutFact[] } | Refusal,
  ): Promise<{ readonly ok: true } | Refusal> {
    const proposed = this.#writing.then(async () => {
      const judged = judge(this.state)
      if (!judged.ok) return judged
      // What time it is at PayPay decides between cancel and refund, so PayPay is asked before either.
      for (const fact of judged.value)
        if (fact.type === 'moneyBackDecided')
          this.watch({ merchantPaymentId: fact.data.merchantRefundId }).mustRead = true
      if (judged.value.length > 0) await this.#append(judged.value)
      return { ok: true } as const
    })
    this.#writing = proposed.catch(() => undefined)
    return proposed
  }

  /** A new code for the same basket. The caller has seen that the attempt before is dead; the rules look again. */
  async retry(merchantPaymentId: string): Promise<void> {
    const { clock } = this.#ports
    const fact: CheckoutFact = {
      type: 'createIntended',
      atMs: clock.nowMs(),
      data: { merchantPaymentId, attempt: this.state.attempts.length + 1, amountYen: this.state.totalYen },
    }
    // A second tap in the same moment finds that the first was faster.
    if (!(await this.#writeDecided(fact, this.state))) return
    this.watch({ merchantPaymentId }).unsent = true
    this.poke()
  }

  async #run(): Promise<void> {
    this.#running = true
    try {
      while (!this.#stopped) {
        this.#poked = false
        const on = this.state
        const { clock } = this.#ports
        const nowMs = clock.nowMs()
        const step = decide(on, {
          nowMs,
          paypayNowMs: this.#ports.paypayNowMs(),
          screenGoneSinceMs: this.screenGoneSinceMs,
          // By what has passed: a clock that is put right does not make the time it skips a time of trying.
          runningSinceMs: nowMs - (clock.monotonicMs() - this.#runningSinceMonotonicMs),
          watch: attempt => this.watch(attempt),
        })
        if (step.do === 'rest') {
          if (this.#poked) continue
          break
        }
        await this.#carryOut(step, on)
      }
    } catch (error) {
      // A ledger that refuses, or a bug: this checkout is picked up again at the next start, from its facts.
      this.#stopped = true
      this.#ports.failed(error)
    } finally {
      this.#running = false
    }
  }

  async #carryOut(step: Exclude<Step, { do: 'rest' }>, on: CheckoutState): Promise<unknown> {
    switch (step.do) {
      case 'wait':
        return this.#sleep(step.untilMs - this.#ports.clock.nowMs())
      case 'note':
        // What follows from a stop should not wait for the interval.
        if (step.fact.type === 'stopIntended') this.watch(step.fact.data).nextReadAtMs = 0
        return this.#writeDecided(step.fact, on)
      case 'handOver':
        return this.#handOver(step.attempt, on)
      case 'call':
        return this.#call(step, on)
      default:
        return step satisfies never
    }
  }

  async #handOver(attempt: Attempt, on: CheckoutState): Promise<void> {
    const { merchantPaymentId } = attempt
    const { clock, handover } = this.#ports
    const intent: CheckoutFact = {
      type: 'handoverIntended',
      atMs: clock.nowMs(),
      data: { merchantPaymentId },
    }
    if (attempt.handover === 'none' && !(await this.#writeDecided(intent, on))) return
    const answer = await handover.release(this.state.checkoutId)
    if (answer.done)
      return this.write({ type: 'handedOver', atMs: clock.nowMs(), data: { merchantPaymentId } })
    return this.write({
      type: 'handoverFailed',
      atMs: clock.nowMs(),
      data: { merchantPaymentId, says: answer.says },
    })
  }

  /** Writes what is intended, asks PayPay, and writes what it said. */
  async #call({ call, attempt, back }: Extract<Step, { do: 'call' }>, on: CheckoutState): Promise<void> {
    const { clock, pollIntervalMs, random, log } = this.#ports
    const intent = back
      ? intentOfMoneyBack(call, back, clock.nowMs())
      : intentOf(call, attempt, clock.nowMs())
    if (intent && !(await this.#writeDecided(intent, on))) return
    const heard = await this.#ask(call, attempt, back)
    const nowMs = clock.nowMs()
    const { merchantPaymentId } = attempt
    const key = { merchantPaymentId: back?.merchantRefundId ?? merchantPaymentId }
    const after = back ? watchAfterMoneyBack : watchAfter
    const watch = after(this.watch(key), heard, { nowMs, pollIntervalMs, random: random.fraction() })
    this.#watches.set(key.merchantPaymentId, watch)
    const { answer } = heard
    // The code is hidden at its time, not when the next answer happens to come.
    if (watch.failingSinceMs === nowMs)
      clock.after(delays.HIDE_CODE_AFTER_MS, () => this.#stopped || this.#ports.changed(this))
    if (answer.sure !== 'known')
      log.warn({ checkoutId: this.state.checkoutId, ...answer.evidence }, answer.row.says)
    // The state may have moved on while PayPay was asked: the customer has left, say.
    const now = this.state.attempts.find(one => one.merchantPaymentId === merchantPaymentId) ?? attempt
    const fact = back
      ? factOfMoneyBack(this.#backNow(back), heard, nowMs)
      : factOf(this.state, now, heard, nowMs)
    return fact ? this.write(fact) : this.#ports.changed(this)
  }

  #backNow(back: MoneyBack): MoneyBack {
    return this.state.moneyBacks.find(one => one.merchantRefundId === back.merchantRefundId) ?? back
  }

  async #ask(call: Call, attempt: Attempt, back?: MoneyBack): Promise<Heard> {
    const { merchantPaymentId, amountYen } = attempt
    const { paypay, describe } = this.#ports
    switch (call) {
      case 'create': {
        const order = describe(this.state)
        return { call, answer: await paypay.createCode({ merchantPaymentId, amountYen, ...order }) }
      }
      case 'read':
        return { call, answer: await paypay.getPayment({ merchantPaymentId, amountYen }) }
      case 'delete':
        return { call, answer: await paypay.deleteCode({ codeId: attempt.code?.codeId ?? '' }) }
      case 'cancel':
        return { call, answer: await paypay.cancelPayment({ merchantPaymentId }) }
      case 'refund':
        return { call, answer: await paypay.refundPayment(refundOf(attempt, back)) }
      case 'readRefund': {
        const { reason: _, ...refund } = refundOf(attempt, back)
        return { call, answer: await paypay.getRefund(refund) }
      }
      default:
        return call satisfies never
    }
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
