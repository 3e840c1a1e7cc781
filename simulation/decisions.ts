import { type Book, type Change, type Payment, statusAt } from '../simulator/book.ts'

/** A person's decision to give money back, in the checker's own words: it shares nothing with the engine's fold. */
export type Decision = {
  readonly merchantRefundId: string
  readonly merchantPaymentId: string
  readonly amountYen: number
  readonly decidedAtMs: number
  way: 'cancel' | 'refund' | null
  state: 'open' | 'done' | 'refused' | 'closed'
  /** PayPay has said no to the last that was sent. */
  isTurnedDown: boolean
  /** PayPay has accepted the cancel, and nothing was sent since. */
  isAccepted: boolean
  /** Since when it is either of the two. */
  answeredAtMs: number
}

/** What of a checkout matters to whoever watches the money that people give back. */
export type GivenBack = {
  readonly checkoutId: string
  readonly totalYen: number
  readonly intents: Set<string>
  readonly cancelled: Set<string>
  readonly completed: Set<string>
  readonly decisions: Decision[]
  /** The payment that the goods went out for, or should have. */
  readonly deliveredId: string | null
  readonly releases: number
  hasCase: boolean
  caseMoney: string | null
  caseSinceMs: number
  isDecided: boolean
  handedByHand: boolean
}

/** What cannot be given back for so long is put before a person. */
const CASE_AFTER_MS = 600_000

/** Checks what people decide (I9): each decision once, never more than was captured, and both books say the same. */
export class Decisions {
  readonly #nowMs: () => number
  readonly #book: () => Book
  readonly #violated: (invariant: string, says: string) => void
  readonly #decisionIds = new Set<string>()
  readonly #refundIds = new Set<string>()

  constructor(nowMs: () => number, book: () => Book, violated: (invariant: string, says: string) => void) {
    this.#nowMs = nowMs
    this.#book = book
    this.#violated = violated
  }

  /** A fact about what people decide has become durable. */
  durable(known: GivenBack, type: string, said: Readonly<Record<string, unknown>>) {
    const { checkoutId } = known
    if (type === 'caseClosed') {
      if (!known.hasCase) this.#violated('I2', `${checkoutId}: a case was closed that was not open`)
      for (const decision of known.decisions.filter(isOpen)) {
        const isOver = decision.isAccepted || (decision.isTurnedDown && decision.way === 'refund')
        if (!isOver || this.#nowMs() < decision.answeredAtMs + CASE_AFTER_MS)
          this.#violated('I9', `${checkoutId}: a case was closed while its money may still be sent`)
        decision.state = 'closed'
      }
      known.isDecided = true
      known.hasCase = false
      return
    }
    if (type === 'handedOver') return this.#byHand(known)
    if (type === 'moneyBackDecided') return this.#decided(known, said)
    const id = String(said.merchantRefundId)
    const decision = known.decisions.find(one => one.merchantRefundId === id)
    // Whatever a manager has decided, PayPay's word that it went back is worth a fact.
    const isLateWord = decision?.state === 'closed' && type === 'moneyBackDone'
    if (!decision || !(isOpen(decision) || isLateWord))
      return this.#violated('I9', `${id}: ${type}, and nobody has decided it, or it is over`)
    switch (type) {
      case 'moneyBackIntended':
        return this.#intended(known, decision, String(said.way))
      case 'moneyBackTurnedDown':
        decision.isTurnedDown = true
        decision.answeredAtMs = this.#nowMs()
        return
      case 'moneyBackTaken':
        decision.isAccepted = true
        decision.answeredAtMs = this.#nowMs()
        return
      case 'moneyBackDone':
        decision.state = 'done'
        if (!this.#isBack(decision)) this.#violated('I7', `${id}: called given back, and PayPay has it still`)
        if (known.caseMoney === 'returning') known.hasCase = false
        return
      case 'moneyBackRefused':
        decision.state = 'refused'
        if (this.#isTaken(decision)) this.#violated('I9', `${id}: called refused, and PayPay gives it back`)
        this.opensCase(known, 'returning')
        return
      default:
        return
    }
  }

  opensCase(known: GivenBack, money: string) {
    known.hasCase = true
    known.caseMoney = money
    known.caseSinceMs = this.#nowMs()
  }

  #decided(known: GivenBack, said: Readonly<Record<string, unknown>>) {
    const { merchantRefundId, merchantPaymentId, decisionId, amountYen, by } = said as {
      merchantRefundId: string
      merchantPaymentId: string
      decisionId: string
      amountYen: number
      by: string
    }
    const says = (text: string): void => this.#violated('I9', `${merchantRefundId}: ${text}`)
    if (this.#decisionIds.has(decisionId)) says(`${decisionId} was decided twice`)
    if (this.#refundIds.has(merchantRefundId)) says('the id is used already')
    if (!by) says('nobody has decided it')
    if (known.deliveredId !== merchantPaymentId || !known.completed.has(merchantPaymentId))
      says('a payment for which no goods were to go out')
    const before = sumOf(known.decisions.filter(one => one.state !== 'refused'))
    if (before + amountYen > known.totalYen) says(`${before} and ${amountYen} of ${known.totalYen}`)
    this.#decisionIds.add(decisionId)
    this.#refundIds.add(merchantRefundId)
    known.decisions.push({
      merchantRefundId,
      merchantPaymentId,
      amountYen,
      decidedAtMs: this.#nowMs(),
      way: null,
      state: 'open',
      isTurnedDown: false,
      isAccepted: false,
      answeredAtMs: 0,
    })
  }

  #intended(known: GivenBack, decision: Decision, way: string): void {
    const { merchantRefundId, merchantPaymentId, amountYen } = decision
    decision.isTurnedDown = false
    decision.isAccepted = false
    if (way === 'refund') {
      decision.way = 'refund'
      known.intents.add(`refund ${merchantRefundId} ${merchantPaymentId}`)
      return
    }
    decision.way = 'cancel'
    if (amountYen !== known.totalYen)
      this.#violated('I9', `${merchantRefundId}: a cancel gives back more than ${amountYen}`)
    known.intents.add(`cancel ${merchantPaymentId}`)
    known.cancelled.add(merchantPaymentId)
  }

  /** Goods went out of a person's hand. */
  #byHand(known: GivenBack): void {
    const { checkoutId, deliveredId } = known
    const payment = this.#book().payments.get(deliveredId ?? '')
    if (known.releases > 0 || known.handedByHand)
      this.#violated('I3', `${checkoutId}: goods out of a hand, and out before`)
    if (!payment || !this.#isWhole(payment) || known.decisions.some(one => one.state !== 'refused'))
      this.#violated('I1', `${checkoutId}: goods out of a hand, and the money is gone or going`)
    known.handedByHand = true
  }

  /** A cancel or a refund leaves for a payment whose goods are out, or should be. */
  sends(known: GivenBack, merchantPaymentId: string, merchantRefundId: string | null, amountYen: number) {
    if (known.deliveredId !== merchantPaymentId) return
    const decision = known.decisions.find(
      one =>
        isOpen(one) &&
        one.amountYen === amountYen &&
        (merchantRefundId === null || one.merchantRefundId === merchantRefundId),
    )
    if (!decision)
      this.#violated(
        'I9',
        `${merchantRefundId ?? merchantPaymentId}: ${amountYen} is sent back, and nobody has decided that, or it is over`,
      )
  }

  /** PayPay has written something down about a payment whose goods are out, or should be. */
  writes(known: GivenBack, change: Change) {
    if (change.kind === 'refund') {
      const { merchantRefundId, merchantPaymentId, amountYen } = change.record
      if (known.deliveredId !== merchantPaymentId) return
      const decision = known.decisions.find(one => one.merchantRefundId === merchantRefundId)
      if (decision?.amountYen !== amountYen)
        this.#violated('I2', `${merchantRefundId}: refunded although the goods are out`)
      else if (decision.state === 'refused')
        this.#violated('I9', `${merchantRefundId}: goes back after a person was told that it will not`)
    }
    if (change.kind !== 'payment' || known.deliveredId !== change.record.merchantPaymentId) return
    const isCancelled = change.record.cancelAcceptedAtMs !== null
    if (isCancelled && !known.decisions.some(one => one.amountYen === known.totalYen))
      this.#violated('I2', `${change.record.merchantPaymentId}: cancelled although the goods are out`)
  }

  /** Every decision is done, refused and with that a case, or in front of a person for ten minutes already. */
  areOver(known: GivenBack): boolean {
    return known.decisions.every(one => {
      if (!isOpen(one)) return true
      if (!known.hasCase) return false
      const isItsCase = known.caseMoney === 'returning' && known.caseSinceMs > one.decidedAtMs
      return isItsCase || this.#nowMs() >= one.decidedAtMs + CASE_AFTER_MS
    })
  }

  /** What is open was turned down, and nothing that was sent before may arrive any more when that is believed. */
  waitForRefusals(known: GivenBack): boolean {
    return known.decisions.every(one => !isOpen(one) || one.isTurnedDown)
  }

  /** What went back by people's decisions: done, or taken on by PayPay although the ledger has not heard of it yet. */
  givenBackYen(known: GivenBack): number {
    return sumOf(
      known.decisions.filter(
        one => one.state === 'done' || ((isOpen(one) || one.state === 'closed') && this.#isTaken(one)),
      ),
    )
  }

  /** The money is away. */
  #isBack(decision: Decision): boolean {
    if (this.#refundOf(decision)) return true
    const payment = this.#book().payments.get(decision.merchantPaymentId)
    return payment !== undefined && statusAt(payment, this.#nowMs()) === 'FAILED'
  }

  /** PayPay has taken it on, and will give it back. */
  #isTaken(decision: Decision): boolean {
    const payment = this.#book().payments.get(decision.merchantPaymentId)
    return this.#refundOf(decision) !== undefined || (payment?.cancelAcceptedAtMs ?? null) !== null
  }

  #refundOf({ merchantRefundId }: Decision) {
    return [...this.#book().refunds.values()].find(one => one.merchantRefundId === merchantRefundId)
  }

  #isWhole({ merchantPaymentId, cancelAcceptedAtMs, history }: Payment): boolean {
    return (
      cancelAcceptedAtMs === null &&
      history.some(({ status }) => status === 'COMPLETED') &&
      ![...this.#book().refunds.values()].some(one => one.merchantPaymentId === merchantPaymentId)
    )
  }
}

/** What the ledger says has gone back. */
export function doneYenOf({ decisions }: GivenBack): number {
  return sumOf(decisions.filter(one => one.state === 'done'))
}

function isOpen({ state }: Decision): boolean {
  return state === 'open'
}

function sumOf(decisions: readonly Decision[]): number {
  return decisions.reduce((sum, { amountYen }) => sum + amountYen, 0)
}
