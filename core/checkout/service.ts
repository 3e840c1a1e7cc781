import type { LaneView, Locale, Order, Progress, Shop } from '../../shared/checkout.ts'
import type { DeskFailure } from '../../shared/desk.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { LaneSeen } from '../../shared/upkeep.ts'
import { priceOrder } from '../catalogue.ts'
import { jstDay } from '../jst.ts'
import { LedgerBroken } from '../ledger/ledger.ts'
import * as delays from './delays.ts'
import { Driver, type DriverPorts } from './driver.ts'
import type { CheckoutFact, FactData, LeaveReason } from './facts.ts'
import { isOpen } from './moneyBack.ts'
import { type CheckoutState, currentAttempt, fold } from './payment.ts'
import { Returns } from './returns.ts'
import { Screens } from './screens.ts'
import { progressOf, viewOf } from './view.ts'

export type ServicePorts = Omit<DriverPorts, 'changed' | 'failed' | 'describe'> & {
  readonly mode: LaneView['mode']
  readonly shop: () => Shop
  readonly selling: () => LaneView['selling']
  readonly ids: { storeId: string; terminalId: string }
  readonly ledgerFailed: (error: unknown) => void
}

/** Three digits fit on the screen and in a shout. */
const MOST_CLAIM_NUMBER = 999

/** Neither PayPay nor a person has to do anything any more. */
function isSettled({ outcome, decided, moneyBacks }: CheckoutState): boolean {
  return (outcome !== null || decided !== null) && !moneyBacks.some(isOpen)
}

/** And nobody is there. */
function isOver(state: CheckoutState): boolean {
  return isSettled(state) && state.left !== null
}

/** All lanes: the only writer of checkouts. Each lane has at most one checkout whose customer has not left. */
export class CheckoutService {
  readonly #ports: ServicePorts
  /** By checkoutId: everything that is not over, or whose customer is still there. */
  readonly #drivers = new Map<string, Driver>()
  /** By lane: the checkout whose customer has not left. */
  readonly #atLanes = new Map<string, Driver>()
  readonly #watching = new Screens()
  readonly #starting = new Set<string>()
  readonly #statuses = new Map<string, string>()
  readonly #returns: Returns
  #numbering: Promise<{ readonly businessDay: string; readonly claimNumber: number } | null> =
    Promise.resolve(null)

  constructor(ports: ServicePorts) {
    this.#ports = ports
    this.#returns = new Returns({ clock: ports.clock, changed: lane => this.#publish(lane) })
  }

  /** Picks up whatever an earlier life left open. */
  async recover(): Promise<number> {
    const open = await this.#ports.ledger.openCheckouts()
    for (const checkoutId of open) {
      const facts = await this.#ports.ledger.factsOf(checkoutId)
      const driver = this.#drive(checkoutId, facts as unknown as CheckoutFact[])
      // Nobody knows yet whether its screen is still there; goods wait until it shows.
      driver.screenGoneSinceMs = this.#ports.clock.nowMs() - delays.SCREEN_BLINK_MS
    }
    for (const driver of this.#drivers.values()) {
      // Nobody knows whether a cancel of an earlier life arrived, nor what time it is at PayPay, which decides between cancel and
      // refund. Both are asked before anything is sent.
      for (const attempt of driver.state.attempts)
        if (attempt.cancel === 'intended' || attempt.payment) driver.watch(attempt).mustRead = true
      for (const { merchantRefundId, cancelSent } of driver.state.moneyBacks) {
        const watch = driver.watch({ merchantPaymentId: merchantRefundId })
        watch.mustRead = true
        const lateMs = delays.LATE_EFFECT_OF_BEFORE_MS + (cancelSent ? delays.CANCEL_TAKES_MOST_MS : 0)
        watch.settlesAtMs = this.#ports.clock.nowMs() + lateMs
      }
      if (this.#isAbandoned(driver)) await this.#leaves(driver, 'screenGone')
      driver.poke()
    }
    await this.#recoverReturns()
    return open.length
  }

  /** What went back shortly before this life began is over, and is still said. */
  async #recoverReturns(): Promise<void> {
    const { clock, ledger } = this.#ports
    const nowMs = clock.nowMs()
    for (const { checkoutId, backs } of await ledger.rowsMoved(nowMs - delays.RETURN_SHOWN_MS, nowMs + 1)) {
      if (this.#drivers.has(checkoutId) || !backs.some(back => back.byPerson)) continue
      const facts = await ledger.factsOf(checkoutId)
      this.#returns.note(fold(checkoutId, facts as unknown as CheckoutFact[]))
    }
  }

  /** Somebody looks at the lane without watching it: that is a screen too. */
  look(lane: string): LaneView {
    const driver = this.#atLane(lane)
    if (driver?.screenGoneSinceMs != null) driver.screenGoneSinceMs = this.#ports.clock.nowMs()
    return this.view(lane)
  }

  view(lane: string): LaneView {
    const driver = this.#atLane(lane)
    const { clock, mode, selling, shop } = this.#ports
    const checkout = driver
      ? viewOf(driver.state, this.#progress(driver), clock.nowMs() - driver.statusSinceMs)
      : null
    return {
      lane,
      mode,
      selling: selling(),
      checkout,
      shopRevision: shop().revision,
      staffCalled: this.#watching.isCalling(lane),
      returns: this.#returns.of(lane),
    }
  }

  /** Whole snapshots, at once and at every change. A lane without watchers has no screen. */
  watch(lane: string, listener: (view: LaneView) => void): () => void {
    const stop = this.#watching.watch(lane, listener)
    this.#screens(lane)
    listener(this.view(lane))
    return () => {
      stop(this.#ports.clock.nowMs())
      this.#screens(lane)
    }
  }

  /** The same for a display beside the lane's screen: a customer cannot act there, so it is no screen that the lane has. */
  show(lane: string, listener: (view: LaneView) => void): () => void {
    const stop = this.#watching.show(lane, listener)
    listener(this.view(lane))
    return stop
  }

  /** Tells every screen, for changes that are not of one checkout: health, the shop. */
  publishAll(): void {
    for (const lane of this.#watching.told()) this.#publish(lane)
  }

  /** Lets every driver try at once: PayPay is back. */
  pokeAll(): void {
    for (const driver of this.#drivers.values()) {
      for (const attempt of driver.state.attempts) driver.askAgain(attempt)
      for (const { merchantRefundId } of driver.state.moneyBacks)
        driver.askAgain({ merchantPaymentId: merchantRefundId })
      driver.poke()
    }
  }

  async start(lane: string, order: Order, locale: Locale): Promise<Result<LaneView>> {
    const { clock, ledger, random, mode, shop, selling, paypayNowMs } = this.#ports
    const busy = this.#atLane(lane)
    if (busy) return fail({ kind: 'laneBusy', checkoutId: busy.state.checkoutId })
    // Five fast taps arrive before the first is written; the lane is taken from the first on.
    if (this.#starting.has(lane)) return fail({ kind: 'laneBusy', checkoutId: '' })
    const open = selling()
    if (!open.open) return fail({ kind: 'laneClosed', reason: open.reason })
    const priced = priceOrder(shop(), order)
    if (!priced.ok) return priced
    this.#starting.add(lane)
    try {
      const atMs = clock.nowMs()
      const checkoutId = random.word(12)
      const merchantPaymentId = `${checkoutId}-1`
      const businessDay = jstDay(paypayNowMs())
      const claimNumber = await this.#nextClaimNumber(businessDay)
      const started: FactData['checkoutStarted'] = {
        lane,
        mode,
        businessDay,
        claimNumber,
        locale,
        ...priced.value,
        shopRevision: shop().revision,
      }
      const facts: CheckoutFact[] = [
        { type: 'checkoutStarted', atMs, data: started },
        {
          type: 'createIntended',
          atMs,
          data: { merchantPaymentId, attempt: 1, amountYen: priced.value.totalYen },
        },
      ]
      await ledger.append(facts.map(fact => ({ checkoutId, ...fact })))
      this.#watching.answerCall(lane)
      const driver = this.#drive(checkoutId, facts)
      driver.watch({ merchantPaymentId }).unsent = true
      this.#screens(lane)
      driver.poke()
      this.#publish(lane)
      return ok(this.view(lane))
    } catch (error) {
      return this.#ledgerRefused(error)
    } finally {
      this.#starting.delete(lane)
    }
  }

  /** One after the other, as two lanes may start in the same moment; a number that is still out is passed over. */
  #nextClaimNumber(businessDay: string): Promise<number> {
    const numbered = this.#numbering.then(async last => {
      const before =
        last?.businessDay === businessDay
          ? last.claimNumber
          : await this.#ports.ledger.lastClaimNumber(businessDay)
      const isOut = (claimNumber: number): boolean =>
        [...this.#drivers.values()].some(driver => driver.state.claimNumber === claimNumber)
      let claimNumber = before
      do claimNumber = (claimNumber % MOST_CLAIM_NUMBER) + 1
      while (isOut(claimNumber) && claimNumber !== before)
      return { businessDay, claimNumber }
    })
    this.#numbering = numbered.catch(() => null)
    return numbered.then(({ claimNumber }) => claimNumber)
  }

  async stop(
    lane: string,
    checkoutId: string,
    reason: 'customer' | 'timeout' | 'abandon',
  ): Promise<Result<LaneView>> {
    return this.#with(lane, checkoutId, async driver => {
      const attempt = currentAttempt(driver.state)
      // Nothing to stop is no error: the money may have been faster than the finger, and the snapshot says so.
      if (attempt?.create !== 'created' || attempt.stop || attempt.deadAtMs !== null || attempt.payment)
        return
      // The ring has run out, and a customer may be on PayPay's confirm screen: the engine waits for them, and stops by itself.
      if (reason === 'timeout') return driver.askNow()
      const { merchantPaymentId } = attempt
      await driver.write({
        type: 'stopIntended',
        atMs: this.#ports.clock.nowMs(),
        data: { merchantPaymentId, reason: 'customer' },
      })
      driver.askNow()
    })
  }

  async retry(lane: string, checkoutId: string): Promise<Result<LaneView>> {
    const driver = this.#atLane(lane)
    if (driver?.state.checkoutId === checkoutId) {
      const { status } = this.#progress(driver)
      const number = driver.state.attempts.length + 1
      // A second tap finds the new attempt already there, and is answered with it.
      if (status === 'creating' || status === 'awaitingPayment') return ok(this.view(lane))
      if (status !== 'unpaid' || driver.state.outcome) return fail({ kind: 'notNow', status })
      const open = this.#ports.selling()
      // Whoever began before the shop closed may go on.
      if (!open.open && open.reason !== 'outsideHours')
        return fail({ kind: 'laneClosed', reason: open.reason })
      return this.#with(lane, checkoutId, () => driver.retry(`${checkoutId}-${number}`))
    }
    return fail({ kind: 'unknownCheckout', checkoutId })
  }

  async checkNow(lane: string, checkoutId: string): Promise<Result<LaneView>> {
    return this.#with(lane, checkoutId, async driver => driver.askNow())
  }

  async leave(lane: string, checkoutId: string, reason: LeaveReason = 'customer'): Promise<Result<LaneView>> {
    const driver = this.#drivers.get(checkoutId)
    // Leaving twice is leaving once.
    if (!driver || driver.state.left) return ok(this.view(lane))
    return this.#with(lane, checkoutId, () => this.#leaves(driver, reason))
  }

  async callStaff(lane: string): Promise<Result<LaneView>> {
    this.#watching.call(lane)
    const driver = this.#atLane(lane)
    if (driver) await driver.write({ type: 'staffCalled', atMs: this.#ports.clock.nowMs(), data: { lane } })
    this.#ports.log.warn({ lane, checkoutId: driver?.state.checkoutId }, 'a customer calls for staff')
    this.#publish(lane)
    return ok(this.view(lane))
  }

  /**
   * What a person decides about a checkout, whether or not anything is still to be done for it: judged on the state that it meets,
   * written, and carried out. `judge` answers the facts of the decision; none: it was decided before.
   */
  async propose(
    checkoutId: string,
    judge: (state: CheckoutState) => Result<readonly CheckoutFact[], DeskFailure>,
  ): Promise<Result<null, DeskFailure>> {
    for (;;) {
      const driver = await this.#driverOf(checkoutId)
      if (!driver) return fail({ kind: 'unknownCheckout', checkoutId })
      try {
        const proposed = await driver.propose(state =>
          // One that has come to its end meanwhile is not the one who writes any more.
          this.#drivers.get(checkoutId) === driver ? judge(state) : ({ ok: false, failure: null } as const),
        )
        if (!proposed.ok && proposed.failure === null) continue
        this.#changed(driver)
        driver.poke()
        return proposed.ok ? ok(null) : fail(proposed.failure)
      } catch (error) {
        return this.#ledgerRefused(error)
      }
    }
  }

  /** Lanes that a screen watches. */
  watchedLanes(): readonly string[] {
    return this.#watching.watched()
  }

  /** Lanes that a screen watches, and the last of those that one has watched since the start. */
  lanesSeen(): readonly LaneSeen[] {
    return this.#watching.seen(this.#ports.clock.nowMs())
  }

  staffCalledAt(): readonly string[] {
    return this.#watching.calling()
  }

  /** Somebody has gone to the customer who called. */
  staffCame(lane: string): void {
    if (this.#watching.answerCall(lane)) this.#publish(lane)
  }

  /** Something is still to be settled with PayPay, or with a person. */
  get hasOpenMoney(): boolean {
    return this.#starting.size > 0 || [...this.#drivers.values()].some(({ state }) => !isSettled(state))
  }

  /** And nobody is at a screen with a checkout either. */
  get isQuiet(): boolean {
    return this.#starting.size === 0 && this.#drivers.size === 0
  }

  stopAll(): void {
    this.#returns.stop()
    for (const driver of this.#drivers.values()) driver.stop()
  }

  #atLane(lane: string): Driver | undefined {
    const driver = this.#atLanes.get(lane)
    return driver?.state.left === null ? driver : undefined
  }

  async #with(
    lane: string,
    checkoutId: string,
    act: (driver: Driver) => Promise<void>,
  ): Promise<Result<LaneView>> {
    const driver = this.#atLane(lane)
    if (driver?.state.checkoutId !== checkoutId) return fail({ kind: 'unknownCheckout', checkoutId })
    try {
      await act(driver)
    } catch (error) {
      return this.#ledgerRefused(error)
    }
    driver.poke()
    return ok(this.view(lane))
  }

  /** Five fast taps are one leaving. */
  async #leaves(driver: Driver, reason: LeaveReason): Promise<void> {
    const fact: CheckoutFact = { type: 'customerLeft', atMs: this.#ports.clock.nowMs(), data: { reason } }
    await driver.propose(({ left }) => ok(left ? [] : [fact]))
  }

  /** The till was down for so long that nobody stands there any more. */
  #isAbandoned({ state }: Driver): boolean {
    const { code, intendedAtMs, payment } = currentAttempt(state) ?? {}
    const lastWordAtMs = Math.max(
      state.startedAtMs,
      intendedAtMs ?? 0,
      payment?.atMs ?? 0,
      (code?.expiresAtS ?? 0) * 1000,
    )
    return state.left === null && this.#ports.clock.nowMs() > lastWordAtMs + delays.ABANDONED_AFTER_MS
  }

  /** A ledger that refuses closes every lane; anything else is a bug, and dispatch says so. */
  #ledgerRefused(error: unknown): Result<never> {
    if (!(error instanceof LedgerBroken)) throw error
    this.#ports.ledgerFailed(error)
    return fail({ kind: 'laneClosed', reason: 'ledgerBroken' })
  }

  #drive(checkoutId: string, facts: readonly CheckoutFact[]): Driver {
    const { ids, shop } = this.#ports
    const driver = new Driver(fold(checkoutId, facts), {
      ...this.#ports,
      describe: state => {
        const [first] = state.lines
        const name = first?.names.ja ?? ''
        return {
          orderDescription: state.lines.length > 1 ? `${name} ほか` : name,
          storeInfo: shop().names.ja,
          ...ids,
        }
      },
      changed: changed => this.#changed(changed),
      failed: error => {
        if (error instanceof LedgerBroken) this.#ports.ledgerFailed(error)
        else
          this.#ports.log.error(
            { checkoutId, error: String(error instanceof Error ? error.stack : error) },
            'a checkout stands still: this is a bug; it is taken up again at the next start',
          )
      },
    })
    this.#drivers.set(checkoutId, driver)
    this.#returns.note(driver.state)
    if (driver.state.left === null) this.#atLanes.set(driver.state.lane, driver)
    return driver
  }

  /** The one who writes for a checkout, taken up again from its facts where it had come to its end. */
  async #driverOf(checkoutId: string): Promise<Driver | null> {
    const known = this.#drivers.get(checkoutId)
    if (known) return known
    const facts = await this.#ports.ledger.factsOf(checkoutId)
    if (facts[0]?.type !== 'checkoutStarted') return null
    // Somebody else may have been faster while the facts were read.
    return this.#drivers.get(checkoutId) ?? this.#drive(checkoutId, facts as unknown as CheckoutFact[])
  }

  #changed(driver: Driver): void {
    const { state } = driver
    const { status } = this.#progress(driver)
    if (this.#statuses.get(state.checkoutId) !== status) driver.statusSinceMs = this.#ports.clock.nowMs()
    this.#statuses.set(state.checkoutId, status)
    this.#returns.note(state)
    if (isOver(state)) {
      // What was still queued with one that is over must not send away whoever took the checkout up again.
      if (this.#drivers.get(state.checkoutId) === driver) this.#drivers.delete(state.checkoutId)
      if (this.#atLanes.get(state.lane) === driver) this.#atLanes.delete(state.lane)
      this.#statuses.delete(state.checkoutId)
      driver.stop()
    }
    this.#publish(state.lane)
  }

  #progress(driver: Driver): Progress {
    const { clock, paypayNowMs, selling } = this.#ports
    const progress = progressOf(driver.state, {
      nowMs: clock.nowMs(),
      paypayNowMs: paypayNowMs(),
      watch: attempt => driver.watch(attempt),
    })
    // Without a ledger a payment could not be written down, and without PayPay nobody could be told of it: no one should pay now.
    const open = selling()
    const isBlind = !open.open && (open.reason === 'ledgerBroken' || open.reason === 'paypayUnreachable')
    return isBlind && progress.status === 'awaitingPayment' ? { status: 'checking' } : progress
  }

  #screens(lane: string): void {
    const driver = this.#atLane(lane)
    if (!driver) return
    const watched = this.#watching.has(lane)
    driver.screenGoneSinceMs = watched ? null : (driver.screenGoneSinceMs ?? this.#ports.clock.nowMs())
    driver.poke()
  }

  /** Sends a snapshot when anything but the passing of time is new. */
  #publish(lane: string): void {
    if (!this.#watching.isTold(lane)) return
    const driver = this.#atLane(lane)
    const progress = driver && this.#progress(driver)
    // A checkout's lines and total are what they were when it started.
    const timeless = JSON.stringify([
      driver?.state.checkoutId,
      driver?.state.attempts.length,
      progress?.status === 'awaitingPayment' ? progress.code.url : progress,
      this.#ports.selling(),
      this.#ports.shop().revision,
      this.#watching.isCalling(lane),
      this.#returns.of(lane).map(({ returnId, state: said }) => [returnId, said]),
    ])
    this.#watching.send(lane, timeless, () => this.view(lane))
  }
}
