import type { Fact } from './ledger.ts'

/** What is durable of one checkout. */
export type Known = {
  readonly checkoutId: string
  readonly lane: string
  readonly claimNumber: number
  readonly totalYen: number
  readonly attempts: Map<string, KnownAttempt>
  readonly facts: Fact[]
  handoverIntents: number
  handedOver: boolean
  hasLeft: boolean
  hasCase: boolean
  outcome: string | null
}

export type KnownAttempt = {
  readonly urls: Set<string>
  completed: boolean
  cancelIntended: boolean
  readonly refunds: Set<string>
  readonly deletes: Set<string>
  /** Something of it says that money went back, or that none will come. */
  back: boolean
  ended: boolean
}

export type Complain = (invariant: string, checkoutId: string, says: string) => void

/** The checker's own fold of the facts. Each fact is looked at as it is added. */
export class KnownCheckouts {
  readonly all = new Map<string, Known>()
  readonly #complain: Complain

  constructor(complain: Complain) {
    this.#complain = complain
  }

  /** The till's ids are the checkout's and a number. */
  of(merchantPaymentId: string): Known | undefined {
    return this.all.get(merchantPaymentId.slice(0, merchantPaymentId.lastIndexOf('-')))
  }

  attempt(merchantPaymentId: string): KnownAttempt | undefined {
    return this.of(merchantPaymentId)?.attempts.get(merchantPaymentId)
  }

  add(fact: Fact) {
    if (fact.type === 'checkoutStarted') return this.#start(fact)
    const known = this.all.get(fact.checkoutId)
    if (!known) return this.#complain('I5', fact.checkoutId, `${fact.type}, and it has never started`)
    known.facts.push(fact)
    const id = fact.data.merchantPaymentId
    if (typeof id === 'string') this.#addToAttempt(known, id, fact)
    else this.#addToCheckout(known, fact)
  }

  #start(fact: Fact): void {
    const { lane, claimNumber, totalYen } = fact.data as {
      lane: string
      claimNumber: number
      totalYen: number
    }
    for (const other of this.all.values()) {
      if (other.outcome !== null && other.hasLeft) continue
      if (other.claimNumber === claimNumber)
        this.#complain(
          'I3',
          fact.checkoutId,
          `number ${claimNumber} is out already, with ${other.checkoutId}`,
        )
      if (other.lane === lane && !other.hasLeft)
        this.#complain('I4', fact.checkoutId, `a second checkout on ${lane}, beside ${other.checkoutId}`)
    }
    this.all.set(fact.checkoutId, {
      checkoutId: fact.checkoutId,
      lane,
      claimNumber,
      totalYen,
      attempts: new Map(),
      facts: [fact],
      handoverIntents: 0,
      handedOver: false,
      hasLeft: false,
      hasCase: false,
      outcome: null,
    })
  }

  #addToCheckout(known: Known, { type, data, checkoutId }: Fact): void {
    if (type === 'customerLeft') known.hasLeft = true
    if (type === 'caseOpened') known.hasCase = true
    if (type !== 'outcomeReached') return
    if (known.outcome !== null) this.#complain('I2', checkoutId, 'a second outcome')
    known.outcome = String(data.outcome)
    known.hasCase = false
  }

  #addToAttempt(known: Known, id: string, { type, data, checkoutId }: Fact) {
    if (type === 'createIntended') return this.#intend(known, id, data)
    const attempt = known.attempts.get(id)
    if (!attempt) return this.#complain('I5', checkoutId, `${type} of ${id}, which was never intended`)
    switch (type) {
      case 'codeCreated':
        attempt.urls.add(String(data.url))
        return
      case 'createRefused':
      case 'codeDeleted':
      case 'cancelAccepted':
      case 'cancelRefused':
        attempt.ended = true
        return
      case 'paymentRead': {
        const { kind } = data.read as { kind: string }
        attempt.completed ||= kind === 'completed'
        attempt.back ||= kind === 'refunded' || kind === 'failed'
        return
      }
      case 'deleteIntended':
        attempt.deletes.add(String(data.codeId))
        return
      case 'cancelIntended':
        attempt.cancelIntended = true
        return
      case 'refundIntended':
        if (attempt.refunds.size > 0) this.#complain('I9', checkoutId, `${id}: a second refund was decided`)
        attempt.refunds.add(String(data.merchantRefundId))
        return
      case 'refundTaken':
        attempt.back = true
        return
      case 'handoverIntended':
        known.handoverIntents += 1
        if (known.handoverIntents > 1) this.#complain('I3', checkoutId, 'goods were released twice')
        if (!attempt.completed) this.#complain('I1', checkoutId, `${id}: goods without money`)
        if (attempt.cancelIntended || attempt.refunds.size > 0)
          this.#complain('I7', checkoutId, `${id}: goods for a payment that goes back`)
        if (known.hasLeft) this.#complain('I2', checkoutId, 'goods for somebody who has left')
        return
      case 'handedOver':
        if (known.handoverIntents === 0) this.#complain('I1', checkoutId, 'goods before the ledger')
        known.handedOver = true
        return
      default:
        return
    }
  }

  #intend(known: Known, id: string, data: Fact['data']): void {
    const { checkoutId, totalYen, attempts } = known
    if (data.amountYen !== totalYen) this.#complain('I11', checkoutId, `${id} is not over the total`)
    if (attempts.has(id)) this.#complain('I5', checkoutId, `${id} was intended twice`)
    for (const [other, { ended }] of attempts)
      if (!ended) this.#complain('I4', checkoutId, `${id}, and nothing has ended ${other}`)
    attempts.set(id, {
      urls: new Set(),
      completed: false,
      cancelIntended: false,
      refunds: new Set(),
      deletes: new Set(),
      back: false,
      ended: false,
    })
  }
}
