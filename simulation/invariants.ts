import type { NewFact } from '../core/ledger/ledger.ts'
import { BUDGET } from '../core/paypay/budget.ts'
import type { WireRequest } from '../core/paypay/transport.ts'
import type { EndpointName } from '../core/paypay/wire.ts'
import type { LaneView } from '../shared/checkout.ts'
import { type Book, type Change, type Payment, statusAt } from '../simulator/book.ts'
import { cancelWindowEndsMs } from '../simulator/businessTime.ts'
import { type Decision, Decisions, doneYenOf, type GivenBack } from './decisions.ts'
import type { VirtualTime } from './time.ts'

/** Something that may never happen, and did. `invariant` is the name of the rule: I1 to I16. */
export type Violation = { readonly invariant: string; readonly says: string; readonly atMs: number }

/** What is durable of one checkout, in the checker's own words: it shares nothing with the engine's fold. */
type Known = GivenBack & {
  readonly lane: string
  readonly claimNumber: number
  readonly shownUrls: Set<string>
  deliveredId: string | null
  handoverIntents: number
  handedOver: boolean
  releases: number
  hasLeft: boolean
  outcome: string | null
}

/** What the ledger holds besides checkouts. */
const otherStreams: ReadonlySet<string> = new Set(['staff', 'pin', 'door'])

/** An outage closes the lanes within this. */
const CLOSES_WITHIN_MS = 15_000
/** A page that is loaded again is away for a moment. */
const BLINK_MS = 6_000

/**
 * Watches everything that crosses a border (the wire, the disk, the screen, the hatch) and checks it against PayPay's book and
 * against what is durable, after every step. It never asks the engine what it thinks.
 */
export class Invariants {
  readonly violations: Violation[] = []
  readonly checkouts = new Map<string, Known>()
  /** What has to close the till, and since when, true time. */
  readonly hazards = new Map<string, number>()
  /** Lanes before which nobody stands, and since when, true time. */
  readonly darkSinceMs = new Map<string, number>()
  /** Checkouts that may still need somebody. */
  readonly #unsettled = new Set<string>()
  readonly #decisions: Decisions
  readonly #time: VirtualTime
  readonly #book: () => Book
  readonly #bodies = new Map<string, string>()
  readonly #sentAtMs: number[] = []
  /** Refunds that have left, by merchantRefundId, and were not asked about since. */
  readonly #unasked = new Set<string>()

  constructor(time: VirtualTime, book: () => Book) {
    this.#time = time
    this.#book = book
    this.#decisions = new Decisions(
      () => time.nowMs,
      book,
      (invariant, says) => this.violated(invariant, says),
    )
  }

  violated(invariant: string, says: string) {
    // One is enough to fail a seed; a thousand of the same would hide it.
    if (this.violations.length < 20) this.violations.push({ invariant, says, atMs: this.#time.nowMs })
  }

  /** Facts have become durable. */
  durable(facts: readonly NewFact[]) {
    for (const fact of facts) {
      if (otherStreams.has(fact.checkoutId)) continue
      this.#durable(fact)
      this.#unsettled.add(fact.checkoutId)
    }
  }

  /** Every checkout has its end or is in front of a person, its customer has left, and so it is with what people decided. */
  get isSettled(): boolean {
    for (const checkoutId of this.#unsettled) {
      const known = this.checkouts.get(checkoutId)
      if (!known || !this.#isOver(known)) return false
      this.#unsettled.delete(checkoutId)
    }
    return true
  }

  /** Nothing is open but what PayPay has turned down: that is believed when nothing sent before can arrive any more. */
  get waitsForRefusals(): boolean {
    return [...this.#unsettled].every(checkoutId => {
      const known = this.checkouts.get(checkoutId)
      return known && this.#hasEnd(known) && this.#decisions.waitForRefusals(known)
    })
  }

  #isOver(known: Known): boolean {
    return this.#hasEnd(known) && this.#decisions.areOver(known)
  }

  #hasEnd(known: Known): boolean {
    return known.hasCase || ((known.outcome !== null || known.isDecided) && known.hasLeft)
  }

  #durable({ checkoutId, type, data }: NewFact) {
    const said = data as Record<string, unknown>
    if (type === 'checkoutStarted') {
      const { lane, claimNumber, totalYen } = said as { lane: string; claimNumber: number; totalYen: number }
      this.#started(checkoutId, lane, claimNumber, totalYen)
      return
    }
    const known = this.checkouts.get(checkoutId)
    if (!known) return this.violated('I5', `${type} of ${checkoutId}, which has never started`)
    const id = String(said.merchantPaymentId)
    switch (type) {
      case 'createIntended':
        known.intents.add(`create ${id}`)
        if (said.amountYen !== known.totalYen) this.violated('I11', `${id}: the intent is not over the total`)
        return
      case 'deleteIntended':
        known.intents.add(`delete ${String(said.codeId)}`)
        return
      case 'cancelIntended':
        known.intents.add(`cancel ${id}`)
        known.cancelled.add(id)
        return
      case 'refundIntended':
        if ([...known.intents].some(intent => intent.startsWith('refund ') && intent.endsWith(` ${id}`)))
          this.violated('I9', `${id}: a second refund was decided`)
        known.intents.add(`refund ${String(said.merchantRefundId)} ${id}`)
        return
      case 'paymentRead':
        if ((said.read as { kind: string }).kind === 'completed') known.completed.add(id)
        return
      case 'handoverIntended':
        known.handoverIntents += 1
        known.deliveredId = id
        if (known.handoverIntents > 1) this.violated('I3', `${checkoutId}: goods were to be released twice`)
        if (this.#time.nowMs > (this.darkSinceMs.get(known.lane) ?? Number.POSITIVE_INFINITY) + BLINK_MS)
          this.violated('I2', `${checkoutId}: goods before a dark screen`)
        if (known.hasLeft) this.violated('I2', `${checkoutId}: goods for somebody who has left`)
        if (known.cancelled.has(id)) this.violated('I7', `${id}: goods for a payment that is being cancelled`)
        return
      case 'handedOver':
        known.handedOver = true
        if (said.by !== undefined) this.#decisions.durable(known, type, said)
        return
      case 'customerLeft':
        known.hasLeft = true
        return
      case 'caseOpened':
        return this.#decisions.opensCase(known, String(said.money))
      case 'caseClosed':
      case 'moneyBackDecided':
      case 'moneyBackIntended':
      case 'moneyBackTurnedDown':
      case 'moneyBackDone':
      case 'moneyBackRefused':
        return this.#decisions.durable(known, type, said)
      case 'outcomeReached':
        if (known.outcome !== null) this.violated('I2', `${checkoutId}: a second outcome`)
        known.outcome = String(said.outcome)
        known.hasCase = false
        if (known.outcome === 'returned') this.#isBack(known)
        if (known.outcome === 'delivered' && known.releases === 0 && !known.handedByHand)
          this.violated('I2', `${checkoutId}: delivered, and nothing was released`)
        return
      default:
        return
    }
  }

  #started(checkoutId: string, lane: string, claimNumber: number, totalYen: number) {
    for (const [hazard, sinceMs] of this.hazards)
      if (this.#time.nowMs - sinceMs > CLOSES_WITHIN_MS)
        this.violated('health', `${checkoutId} has started although ${hazard} for more than 15 s`)
    for (const other of this.checkouts.values()) {
      // Nothing is handed out any more for a case that a manager has closed.
      if ((other.outcome !== null || other.isDecided) && other.hasLeft) continue
      if (other.claimNumber === claimNumber)
        this.violated(
          'I3',
          `${checkoutId}: the number ${claimNumber} is out already, with ${other.checkoutId}`,
        )
      if (other.lane === lane && !other.hasLeft)
        this.violated('I4', `${checkoutId}: a second checkout on ${lane}, beside ${other.checkoutId}`)
    }
    this.checkouts.set(checkoutId, {
      checkoutId,
      lane,
      claimNumber,
      totalYen,
      intents: new Set(),
      cancelled: new Set(),
      completed: new Set(),
      shownUrls: new Set(),
      deliveredId: null,
      handoverIntents: 0,
      handedOver: false,
      releases: 0,
      hasLeft: false,
      outcome: null,
      hasCase: false,
      caseMoney: null,
      caseSinceMs: 0,
      isDecided: false,
      handedByHand: false,
      decisions: [],
    })
  }

  /** A request leaves. */
  sends(request: WireRequest, body: unknown) {
    this.#budget()
    const id = decodeURIComponent(request.path.split('/').at(-1) ?? '')
    // A till makes these calls and no others.
    const api = request.api as EndpointName
    switch (api) {
      case 'createCode': {
        const { merchantPaymentId, amount } = body as {
          merchantPaymentId: string
          amount: { amount: number }
        }
        this.#intended('createCode', this.#of(merchantPaymentId), `create ${merchantPaymentId}`)
        if (amount.amount !== this.#of(merchantPaymentId)?.totalYen)
          this.violated('I11', `${merchantPaymentId}: PayPay is asked for ${amount.amount}`)
        return this.#sameBody(merchantPaymentId, body)
      }
      case 'deleteCode': {
        const code = this.#book().codes.get(id)
        return this.#intended('deleteCode', code && this.#of(code.merchantPaymentId), `delete ${id}`)
      }
      case 'cancelPayment':
        this.#intended('cancelPayment', this.#of(id), `cancel ${id}`)
        this.#sendsBack(id, null, this.#of(id)?.totalYen ?? 0)
        return this.#inWindow(id)
      case 'refundPayment': {
        const { merchantRefundId, paymentId, amount } = body as {
          merchantRefundId: string
          paymentId: string
          amount: { amount: number }
        }
        const paid = this.#book().index.merchantPaymentIdByPaymentId.get(paymentId) ?? ''
        this.#intended('refundPayment', this.#of(paid), `refund ${merchantRefundId} ${paid}`)
        if (amount.amount > (this.#book().payments.get(paid)?.amountYen ?? 0))
          this.violated('I9', `${merchantRefundId}: ${amount.amount} is more than was captured`)
        this.#sendsBack(paid, merchantRefundId, amount.amount)
        if (this.#unasked.has(merchantRefundId))
          this.violated(
            'I9',
            `${merchantRefundId}: sent again, and nobody has asked what became of the first`,
          )
        this.#unasked.add(merchantRefundId)
        return this.#sameBody(merchantRefundId, body)
      }
      case 'getRefund':
        this.#unasked.delete(id)
        return
      case 'getPayment':
        return
      default:
        return api satisfies never
    }
  }

  #sendsBack(merchantPaymentId: string, merchantRefundId: string | null, amountYen: number): void {
    const known = this.#of(merchantPaymentId)
    if (known) this.#decisions.sends(known, merchantPaymentId, merchantRefundId, amountYen)
  }

  #intended(api: string, known: Known | undefined, intent: string): void {
    if (!known?.intents.has(intent))
      this.violated('I5', `${api} left before its intent was durable: ${intent}`)
  }

  #sameBody(id: string, body: unknown): void {
    const { requestedAt: _requestedAt, ...rest } = body as Record<string, unknown>
    const text = JSON.stringify(rest)
    const before = this.#bodies.get(id)
    if (before !== undefined && before !== text) this.violated('I5', `${id} was sent with another body`)
    this.#bodies.set(id, text)
  }

  #inWindow(merchantPaymentId: string): void {
    const paidAtMs = this.#book()
      .payments.get(merchantPaymentId)
      ?.history.find(({ status }) => status === 'COMPLETED')?.atMs
    if (paidAtMs !== undefined && this.#time.nowMs >= cancelWindowEndsMs(paidAtMs))
      this.violated('I8', `${merchantPaymentId}: a cancel after 00:15 JST`)
  }

  #budget(): void {
    const nowMs = this.#time.nowMs
    this.#sentAtMs.push(nowMs)
    while ((this.#sentAtMs[0] ?? nowMs) <= nowMs - 1000) this.#sentAtMs.shift()
    if (this.#sentAtMs.length > BUDGET.burst + BUDGET.perSecond)
      this.violated('I14', `${this.#sentAtMs.length} requests in a second`)
  }

  /** PayPay has written into its book. */
  writes(change: Change) {
    if (change.kind === 'code') return this.#codeMade(change.record.merchantPaymentId)
    if (!('merchantPaymentId' in change.record))
      return this.violated('I5', `PayPay has a ${change.kind} on its book, which no till asks for`)
    const { merchantPaymentId } = change.record
    const known = this.#of(merchantPaymentId)
    if (known) this.#decisions.writes(known, change)
    const { amountYen = 0, cancelAcceptedAtMs = null } = this.#book().payments.get(merchantPaymentId) ?? {}
    const backYen = this.#refundedYen(merchantPaymentId) + (cancelAcceptedAtMs === null ? 0 : amountYen)
    if (backYen > amountYen) this.violated('I9', `${merchantPaymentId}: ${backYen} went back of ${amountYen}`)
  }

  #refundedYen(merchantPaymentId: string): number {
    return [...this.#book().refunds.values()]
      .filter(refund => refund.merchantPaymentId === merchantPaymentId)
      .reduce((sum, refund) => sum + refund.amountYen, 0)
  }

  #codeMade(merchantPaymentId: string) {
    if (!this.#of(merchantPaymentId))
      this.violated('I5', `a code for ${merchantPaymentId}, of which the ledger knows nothing`)
  }

  #isPayable(url: string): boolean {
    const nowMs = this.#time.nowMs
    for (const code of this.#book().codes.values()) {
      if (code.url !== url) continue
      if (code.deletedAtMs !== null || nowMs >= code.expiryDateS * 1000) return false
      const payment = this.#book().payments.get(code.merchantPaymentId)
      if (payment && (!payment.payable || statusAt(payment, nowMs) !== null))
        return payment.payable && statusAt(payment, nowMs) === 'FAILED'
      return !this.#book().parkedCancels.has(code.merchantPaymentId)
    }
    return false
  }

  /** Goods are released. */
  releases(checkoutId: string) {
    const known = this.checkouts.get(checkoutId)
    if (!known) return this.violated('I1', `goods for ${checkoutId}, of which the ledger knows nothing`)
    known.releases += 1
    if (known.handoverIntents === 0) this.violated('I1', `${checkoutId}: goods before the ledger`)
    const nowMs = this.#time.nowMs
    const paid = this.#paymentsOf(known).filter(
      payment =>
        payment.amountYen === known.totalYen &&
        known.completed.has(payment.merchantPaymentId) &&
        statusAt(payment, nowMs) === 'COMPLETED' &&
        payment.cancelAcceptedAtMs === null,
    )
    if (paid.length === 0) this.violated('I1', `${checkoutId}: goods without money`)
  }

  /** A screen was told something. */
  shows(view: LaneView) {
    const { checkout } = view
    if (!checkout) return
    const known = this.checkouts.get(checkout.checkoutId)
    if (!known) return this.violated('I5', `${checkout.checkoutId} is shown and is not in the ledger`)
    if (checkout.totalYen !== known.totalYen)
      this.violated('I11', `${checkout.checkoutId}: another total is shown`)
    switch (checkout.status) {
      case 'awaitingPayment':
        known.shownUrls.add(checkout.code.url)
        return this.#codeShown(known, checkout.code.url)
      case 'paid':
        if (!known.handedOver) this.violated('I7', `${checkout.checkoutId}: "paid" before the goods were out`)
        return
      case 'returned':
        return this.#isBack(known)
      default:
        return
    }
  }

  #codeShown(known: Known, url: string) {
    const code = [...this.#book().codes.values()].find(one => one.url === url)
    if (!code) return this.violated('I11', `${known.checkoutId}: a code that PayPay never made`)
    if (this.#of(code.merchantPaymentId) !== known || code.amountYen !== known.totalYen)
      this.violated('I11', `${known.checkoutId}: the code shown is over ${code.amountYen}`)
    if (known.cancelled.has(code.merchantPaymentId))
      this.violated('I7', `${code.merchantPaymentId}: shown although its cancel is decided`)
    if ([...known.shownUrls].filter(one => this.#isPayable(one)).length > 1)
      this.violated('I4', `${known.checkoutId}: two codes can be paid`)
  }

  /** Faults are off and everything had its time: what is open now is open for ever. */
  atTheEnd(
    totals: { readonly deliveredYen: number; readonly givenBackYen: number },
    rows: readonly { readonly checkoutId: string; readonly openCase: object | null }[],
  ): void {
    for (const { checkoutId, openCase } of rows)
      if ((openCase !== null) !== this.checkouts.get(checkoutId)?.hasCase)
        this.violated('I2', `${checkoutId}: ${openCase ? 'shown' : 'not shown'} to people as a case`)
    let keptYen = 0
    let soldYen = 0
    let saidYen = 0
    for (const known of this.checkouts.values()) {
      const ownYen = this.#paymentsOf(known).reduce((sum, payment) => sum + this.#keptYen(payment), 0)
      const goneYen = this.#decisions.givenBackYen(known)
      const says = (text: string): string => `${known.checkoutId}: ${text}`
      if (!this.#decisions.areOver(known))
        this.violated('I14', says('a decision is neither done, nor refused, nor a case'))
      if (known.outcome === 'delivered') {
        keptYen += ownYen
        soldYen += known.totalYen - goneYen
        saidYen += known.totalYen - doneYenOf(known)
        if (ownYen !== known.totalYen - goneYen)
          this.violated('I2', says(`delivered, ${goneYen} given back, and PayPay keeps ${ownYen}`))
        if (known.releases === 0 && !known.handedByHand)
          this.violated('I2', says('delivered, and nothing was released'))
      } else if (known.hasCase || known.isDecided) {
        // Which of its payments PayPay keeps is what a person looks at; that too much went back was seen before.
        continue
      } else if (known.outcome === null) {
        this.violated('I14', says('no outcome and no case after 60 s without faults'))
      } else {
        if (ownYen > 0) this.violated('I2', says(`${known.outcome}, and PayPay keeps the money`))
        if (known.releases > 0 || known.handedByHand)
          this.violated('I1', says(`${known.outcome}, and the goods are gone`))
      }
      const captured = this.#paymentsOf(known).some(({ history }) =>
        history.some(({ status }) => status === 'COMPLETED'),
      )
      if (known.outcome === 'returned' && !captured)
        this.violated('I2', says('returned, and PayPay never had anything'))
    }
    // What is on its way is what PayPay has taken on and the ledger has not heard of yet.
    if (keptYen !== soldYen)
      this.violated('I10', `sold and not given back ${soldYen}, PayPay keeps ${keptYen}`)
    const { deliveredYen, givenBackYen } = totals
    if (deliveredYen - givenBackYen !== saidYen)
      this.violated('I10', `the ledger says ${deliveredYen} - ${givenBackYen}, its facts say ${saidYen}`)
  }

  /** "Returned" is said only when PayPay has given the money back, or has taken a refund on. */
  #isBack(known: Known): void {
    for (const payment of this.#paymentsOf(known)) {
      const isStillPaid = statusAt(payment, this.#time.nowMs) === 'COMPLETED'
      // One that came after its seal is PayPay's to reverse, and nobody was told of it.
      const isSeen = known.completed.has(payment.merchantPaymentId)
      const isPending = isSeen && payment.cancelAcceptedAtMs !== null && isStillPaid
      if (isPending || this.#isKept(payment.merchantPaymentId))
        this.violated('I7', `${payment.merchantPaymentId}: called returned, and PayPay has it still`)
    }
  }

  #isKept(merchantPaymentId: string): boolean {
    const book = this.#book()
    const payment = book.payments.get(merchantPaymentId)
    if (!payment?.history.some(({ status }) => status === 'COMPLETED')) return false
    return payment.cancelAcceptedAtMs === null && this.#refundedYen(merchantPaymentId) < payment.amountYen
  }

  /** What PayPay has of a payment, when whatever it has taken on is done. */
  #keptYen({ merchantPaymentId, amountYen, cancelAcceptedAtMs, history }: Payment): number {
    if (cancelAcceptedAtMs !== null || !history.some(({ status }) => status === 'COMPLETED')) return 0
    return amountYen - this.#refundedYen(merchantPaymentId)
  }

  /** What people did at the desk. */
  byPeople() {
    const all = [...this.checkouts.values()]
    const decisions = all.flatMap(known => known.decisions)
    const count = (state: Decision['state'], way?: Decision['way']): number =>
      decisions.filter(one => one.state === state && (way === undefined || one.way === way)).length
    return {
      'given back by cancel': count('done', 'cancel'),
      'given back by refund': count('done', 'refund'),
      refused: count('refused'),
      'under way': count('open'),
      'handed over': all.filter(known => known.handedByHand).length,
    }
  }

  #paymentsOf({ checkoutId }: Known) {
    const { payments } = this.#book()
    const found = []
    for (let attempt = 1; attempt <= 50; attempt += 1) {
      const payment = payments.get(`${checkoutId}-${attempt}`)
      if (payment) found.push(payment)
      else if (attempt > 10) break
    }
    return found
  }

  /** The till's ids are the checkout's and a number. */
  #of(merchantPaymentId: string): Known | undefined {
    return this.checkouts.get(merchantPaymentId.slice(0, merchantPaymentId.lastIndexOf('-')))
  }
}
