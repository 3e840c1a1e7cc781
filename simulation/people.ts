import type { LaneView } from '../shared/checkout.ts'
import type { Chance } from './chance.ts'
import type { Paypay } from './paypay.ts'
import type { VirtualTime } from './time.ts'

/** What somebody does with one code. Times in ms. */
export type CodePlan = {
  /** After the code is seen; null: never. */
  readonly scanAfterMs: number | null
  readonly hand: 'approve' | 'decline' | 'none'
  /** After the scan. */
  readonly handAfterMs: number
  /** A second phone tries the same code, after the scan of the first. */
  readonly secondPhoneAfterMs: number | null
  /** Presses cancel, after the code is seen. */
  readonly stopAfterMs: number | null
  /** The screen goes dark, after the code is seen, for so long; null: it stays on. */
  readonly dark: { readonly afterMs: number; readonly forMs: number } | null
  readonly asksAfterMs: number | null
}

export type Plan = {
  readonly taps: number
  readonly codes: readonly CodePlan[]
  /** How often a code that came to nothing is followed by "try again". */
  readonly retries: number
  /** Between reading a result and pressing done. */
  readonly readsMs: number
  /** How long they look at "we are asking" before they leave it to us. */
  readonly patienceMs: number
  /** Presses what the page presses by itself when the ring has run out. */
  readonly timesOut: boolean
}

export function drawPlan(chance: Chance): Plan {
  const retries = chance.percent(50) ? chance.whole(1, 2) : 0
  return {
    taps: chance.percent(12) ? chance.whole(2, 5) : 1,
    codes: Array.from({ length: retries + 1 }, () => drawCodePlan(chance)),
    retries,
    readsMs: chance.whole(300, 6_000),
    patienceMs: chance.percent(50) ? 20_000 : chance.whole(20_000, 60_000),
    timesOut: chance.percent(60),
  }
}

function drawCodePlan(chance: Chance): CodePlan {
  const hand = chance.percent(72) ? 'approve' : chance.percent(45) ? 'decline' : 'none'
  const stops = chance.percent(16)
  return {
    scanAfterMs: chance.percent(93) ? chance.whole(300, 2_500) : null,
    hand,
    // Most are quick; some stand on the confirm screen until the code has run out, and longer.
    handAfterMs: chance.percent(90) ? chance.whole(300, 3_000) : chance.whole(3_000, 60_000),
    secondPhoneAfterMs: chance.percent(4) ? chance.whole(300, 8_000) : null,
    stopAfterMs: stops ? chance.whole(200, 12_000) : null,
    dark: chance.percent(9)
      ? {
          afterMs: chance.whole(200, 8_000),
          forMs: chance.percent(60) ? chance.whole(300, 4_000) : chance.whole(20_000, 60_000),
        }
      : null,
    asksAfterMs: chance.percent(10) ? chance.whole(500, 9_000) : null,
  }
}

/** How a customer reaches the till: a call to the host, which may be dead. */
export type Till = {
  call(method: string, input: object): void
  darken(lane: string, forMs: number): void
}

/** One screen, the people who stand before it one after the other, and the phones in their hands. */
export class Lane {
  readonly name: string
  view: LaneView | null = null
  /** Phones that still have something in mind with a code. */
  phonesOut = 0
  /** Nobody new comes any more, and whoever is here finishes. */
  isClosing = false
  readonly #time: VirtualTime
  readonly #paypay: Paypay
  readonly #till: Till
  readonly #nextPlan: () => Plan | null
  readonly #order: () => object
  #plan: Plan | null = null
  /** Somebody walks up to the free screen. */
  #isComing = false
  #retriesLeft = 0
  #seen = ''
  #checkingSinceMs: number | null = null

  constructor(options: {
    name: string
    time: VirtualTime
    paypay: Paypay
    till: Till
    /** The next customer of this lane, or null: nobody comes any more. */
    nextPlan: () => Plan | null
    order: () => object
  }) {
    this.name = options.name
    this.#time = options.time
    this.#paypay = options.paypay
    this.#till = options.till
    this.#nextPlan = options.nextPlan
    this.#order = options.order
  }

  /** Nobody is here, and nobody is about to begin. */
  get isIdle(): boolean {
    return !this.#isComing && this.#plan === null && !this.view?.checkout
  }

  /** A snapshot has come to the screen. */
  see(view: LaneView) {
    this.view = view
    const { checkout } = view
    if (!checkout) return this.#free(view)
    const key = `${checkout.checkoutId} ${checkout.attempt} ${checkout.status}`
    if (key === this.#seen) return
    this.#seen = key
    this.#checkingSinceMs =
      checkout.status === 'checking' || checkout.status === 'creating' ? this.#time.nowMs : null
    const plan = this.#plan
    switch (checkout.status) {
      case 'creating':
      case 'checking':
        return this.#later(plan?.patienceMs ?? 20_000, () => this.#loseHeart())
      case 'awaitingPayment':
        return this.#seesCode(checkout.checkoutId, checkout.attempt, checkout.code)
      case 'unpaid':
        if (!this.isClosing && this.#retriesLeft > 0) {
          this.#retriesLeft -= 1
          return this.#later(plan?.readsMs ?? 1_000, () => this.#call('retryCheckout'))
        }
        return this.#later(this.isClosing ? 0 : (plan?.readsMs ?? 0), () => this.#call('leaveCheckout'))
      case 'paid':
      case 'returned':
      case 'problem':
        return this.#later(this.isClosing ? 0 : (plan?.readsMs ?? 0), () => this.#call('leaveCheckout'))
      case 'returning':
        return this.#later(20_000, () => this.#call('leaveCheckout'))
      default:
        return checkout satisfies never
    }
  }

  /** What was pressed while the host was away reached nobody: whatever shows next is looked at afresh. */
  forget(): void {
    this.#seen = ''
  }

  /** The day ends: whoever is here looks once more. */
  lookAgain(): void {
    this.forget()
    if (this.view) this.see(this.view)
  }

  #free(view: LaneView): void {
    this.#seen = ''
    this.#checkingSinceMs = null
    if (this.#isComing) return
    // Whoever was here is done, or was sent away by the till.
    this.#plan = null
    if (!view.selling.open || this.isClosing) return
    const plan = this.#nextPlan()
    if (!plan) return
    this.#isComing = true
    this.#later(400 + (plan.readsMs % 1_500), () => this.#starts(plan))
  }

  #starts(plan: Plan): void {
    this.#isComing = false
    if (this.isClosing || !this.view?.selling.open || this.view.checkout) return
    this.#plan = plan
    this.#retriesLeft = plan.retries
    const order = this.#order()
    for (let tap = 0; tap < plan.taps; tap += 1)
      this.#till.call('startCheckout', { lane: this.name, order, locale: 'ja' })
    // Should the start have been refused, or have reached a dead host, somebody else comes.
    this.#later(5_000, () => {
      if (this.#plan === plan && this.view && !this.view.checkout) this.#free(this.view)
    })
  }

  #seesCode(checkoutId: string, attempt: number, code: { url: string; remainingMs: number }) {
    if (this.isClosing) return this.#later(0, () => this.#call('leaveCheckout'))
    const plan = this.#plan
    if (!plan) return
    const codePlan = plan.codes[Math.min(attempt, plan.codes.length) - 1]
    if (!codePlan) return
    const isStill = (): boolean => this.view?.checkout?.checkoutId === checkoutId && !this.isClosing
    if (codePlan.stopAfterMs !== null)
      this.#later(codePlan.stopAfterMs, () => isStill() && this.#call('stopCheckout', { reason: 'customer' }))
    if (codePlan.asksAfterMs !== null)
      this.#later(codePlan.asksAfterMs, () => isStill() && this.#call('checkNow'))
    if (plan.timesOut)
      this.#later(code.remainingMs, () => isStill() && this.#call('stopCheckout', { reason: 'timeout' }))
    const { dark } = codePlan
    if (dark) this.#later(dark.afterMs, () => isStill() && this.#till.darken(this.name, dark.forMs))
    this.#phone(code.url, codePlan)
  }

  /** The phone goes on whatever becomes of the screen. */
  #phone(url: string, plan: CodePlan): void {
    const codeId = [...this.#paypay.book.codes.values()].find(code => code.url === url)?.codeId
    const { scanAfterMs, hand } = plan
    if (codeId === undefined || scanAfterMs === null) return
    this.#later(scanAfterMs, () => {
      if (this.#paypay.hand('scan', codeId) !== 'scanned') return
      if (hand !== 'none') this.#onPhone(plan.handAfterMs, () => void this.#paypay.hand(hand, codeId))
      if (plan.secondPhoneAfterMs !== null)
        this.#onPhone(plan.secondPhoneAfterMs, () => void this.#paypay.hand('approve', codeId))
    })
  }

  #onPhone(afterMs: number, act: () => void): void {
    this.phonesOut += 1
    this.#later(afterMs, () => {
      this.phonesOut -= 1
      act()
    })
  }

  #loseHeart(): void {
    const { checkout } = this.view ?? {}
    if (!checkout || this.#checkingSinceMs === null) return
    this.#call('leaveCheckout')
  }

  #call(method: string, input: object = {}): void {
    const checkoutId = this.view?.checkout?.checkoutId
    if (checkoutId === undefined) return
    const taps = this.#plan?.taps ?? 1
    if (method === 'leaveCheckout') this.#plan = null
    for (let tap = 0; tap < taps; tap += 1) this.#till.call(method, { lane: this.name, checkoutId, ...input })
  }

  #later(afterMs: number, act: () => unknown): void {
    this.#time.after(afterMs, () => void act())
  }
}
