import { type Known, KnownCheckouts } from './known.ts'
import { type Fact, factsFrom, sumsOf } from './ledger.ts'
import { isKept, type PaypayBook } from './paypayBook.ts'
import type { ToldBook } from './told.ts'

/** Something that may never happen, and did. `isLoss`: somebody's money or an acknowledged word is gone. */
export type Violation = {
  readonly invariant: string
  readonly checkoutId: string
  readonly says: string
  readonly isLoss: boolean
}

/** Holds the ledger against PayPay's book and against what the screens were told. It never asks the engine what it thinks. */
export class Checker {
  readonly violations: Violation[] = []
  readonly known = new KnownCheckouts((invariant, checkoutId, says) =>
    this.violated(invariant, checkoutId, says),
  )
  #last: Pick<Fact, 'seq' | 'hash'> = { seq: 0, hash: '' }

  get facts(): number {
    return this.#last.seq
  }

  violated(invariant: string, checkoutId: string, says: string, isLoss = false): void {
    // One is enough to fail; a thousand of the same would hide it.
    if (this.violations.length < 20) this.violations.push({ invariant, checkoutId, says, isLoss })
  }

  /** The host is dead. `book` and `told` were taken before the ledger is read, so all of both must be in it. */
  afterKill(dataDir: string, book: PaypayBook, told: ReturnType<ToldBook['entries']>): void {
    this.#read(dataDir)
    this.#intentsOf(book)
    for (const [checkoutId, words] of told) this.#wasTold(checkoutId, words)
  }

  /** Faults are off and everything had its time: what is open now is open for ever. */
  atTheEnd(dataDir: string, book: PaypayBook): void {
    let deliveredYen = 0
    let caseYen = 0
    for (const known of this.known.all.values()) {
      const kept = book.payments.filter(
        payment => this.known.of(payment.merchantPaymentId) === known && isKept(payment),
      )
      const keptYen = kept.reduce((sum, payment) => sum + payment.amountYen, 0)
      if (known.outcome === 'delivered') deliveredYen += known.totalYen
      if (known.hasCase) caseYen += keptYen
      this.#ended(known, kept.length)
    }
    const sums = sumsOf(dataDir)
    if (sums.deliveredYen !== deliveredYen)
      this.violated('I10', '', `the table of checkouts says ${sums.deliveredYen}, the facts ${deliveredYen}`)
    if (book.keptYen - caseYen !== deliveredYen)
      this.violated(
        'I10',
        '',
        `PayPay keeps ${book.keptYen}, sold is ${deliveredYen}, in cases ${caseYen}`,
        true,
      )
  }

  #ended({ checkoutId, outcome, hasCase, hasLeft, handedOver, handoverIntents }: Known, kept: number) {
    if (hasCase) return
    if (outcome === null || !hasLeft)
      return this.violated('I14', checkoutId, 'neither an outcome nor a case, with faults off', kept > 0)
    if (outcome === 'delivered') {
      if (kept !== 1)
        this.violated('I2', checkoutId, `delivered, and PayPay keeps ${kept} payments`, kept > 1)
      if (!handedOver) this.violated('I2', checkoutId, 'delivered, and nothing was handed over', true)
      return
    }
    if (kept > 0) this.violated('I2', checkoutId, `${outcome}, and PayPay keeps the money`, true)
    if (handoverIntents > 0) this.violated('I1', checkoutId, `${outcome}, and the goods are gone`)
  }

  /** Facts that were there must be there still, and the new ones follow them without a gap (I12). */
  #read(dataDir: string): void {
    const facts = factsFrom(dataDir, this.#last.seq)
    if (this.#last.seq > 0) {
      const [before] = facts.splice(0, 1)
      if (before?.seq !== this.#last.seq || before.hash !== this.#last.hash)
        this.violated('I12', '', `fact ${this.#last.seq} is gone, or is another one now`, true)
    }
    for (const fact of facts) {
      if (fact.seq !== this.#last.seq + 1)
        this.violated('I12', fact.checkoutId, `fact ${this.#last.seq + 1} is missing`, true)
      this.#last = fact
      this.known.add(fact)
    }
  }

  /** Whatever PayPay has in its book, the ledger had intended before (I5). */
  #intentsOf(book: PaypayBook): void {
    const unintended = (id: string, what: string): void =>
      this.violated(
        'I5',
        this.known.of(id)?.checkoutId ?? id,
        `${what} ${id} without an intent in the ledger`,
        true,
      )
    const live = new Map<Known, number>()
    for (const code of book.codes) {
      const known = this.known.of(code.merchantPaymentId)
      const attempt = this.known.attempt(code.merchantPaymentId)
      if (!known || !attempt) {
        unintended(code.merchantPaymentId, 'a code for')
        continue
      }
      if (code.amount !== known.totalYen)
        this.violated('I11', known.checkoutId, `${code.codeId} is over ${code.amount}`)
      if (code.deleted && !attempt.deletes.has(code.codeId))
        unintended(code.merchantPaymentId, 'a delete for')
      if (code.cancelled && !attempt.cancelIntended) unintended(code.merchantPaymentId, 'a cancel for')
      if (code.live && !code.cancelled) live.set(known, (live.get(known) ?? 0) + 1)
    }
    for (const [{ checkoutId }, count] of live)
      if (count > 1) this.violated('I4', checkoutId, `${count} codes can be paid`)
    for (const { merchantPaymentId } of book.parkedCancels)
      if (!this.known.attempt(merchantPaymentId)?.cancelIntended)
        unintended(merchantPaymentId, 'a parked cancel for')
    for (const { merchantRefundId, merchantPaymentId } of book.refunds)
      if (!this.known.attempt(merchantPaymentId)?.refunds.has(merchantRefundId))
        unintended(merchantPaymentId, 'a refund of')
    for (const { merchantPaymentId, amountYen, refundedYen } of book.payments)
      if (refundedYen > amountYen)
        this.violated('I9', merchantPaymentId, `${refundedYen} refunded of ${amountYen}`)
  }

  /** What a screen has shown, the ledger knows (I12). */
  #wasTold(checkoutId: string, told: ReturnType<ToldBook['entries']>[number][1]) {
    const missing = (says: string): void => this.violated('I12', checkoutId, says, true)
    const known = this.known.all.get(checkoutId)
    if (!known) return missing('a screen has shown it, and the ledger does not know it')
    if (
      known.lane !== told.lane ||
      known.claimNumber !== told.claimNumber ||
      known.totalYen !== told.totalYen
    )
      missing('a screen has shown another lane, number or total')
    if (known.attempts.size < told.attempts) missing(`a screen has shown attempt ${told.attempts}`)
    const attempts = [...known.attempts.values()]
    for (const url of told.urls)
      if (!attempts.some(({ urls }) => urls.has(url))) missing(`a screen has shown the code ${url}`)
    if (told.paid && !known.handedOver)
      missing(`a screen has shown "paid" with number ${told.claimNumber}, and nothing was handed over`)
    if (told.returned && !attempts.some(({ back }) => back))
      missing('a screen has shown that the money went back')
    for (const number of told.unpaid)
      if (!attempts[number - 1]?.ended) missing(`a screen has shown that attempt ${number} was not charged`)
    if (told.left && !known.hasLeft) missing('the host has answered that the customer has left')
  }
}
