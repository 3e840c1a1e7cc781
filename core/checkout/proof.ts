import type { Evidence } from '../paypay/client.ts'
import { STALE_READ_MS } from './delays.ts'
import type { CheckoutFact, Outcome } from './facts.ts'

/** A fact with its place in the chain. */
export type PlacedFact = CheckoutFact & { readonly seq: number }

/** One step of a proof: what a fact shows, and which fact. */
export type ProofLine = { readonly seq: number; readonly says: string }

export type Proof =
  | { readonly proven: true; readonly outcome: Outcome; readonly lines: readonly ProofLine[] }
  | { readonly proven: false; readonly missing: string }

/**
 * Why an outcome may be believed, read off the facts alone and not from the engine's own state: a second opinion. An outcome is
 * proven when every attempt is: one delivered, or none of them kept.
 */
export function proofOf(facts: readonly PlacedFact[]): Proof {
  const reached = facts.find(fact => fact.type === 'outcomeReached')
  if (reached?.type !== 'outcomeReached') return { proven: false, missing: 'the checkout has no outcome yet' }
  const { outcome } = reached.data
  const before = facts.filter(fact => fact.seq < reached.seq)
  const attempts = before.flatMap(fact =>
    fact.type === 'createIntended' ? [fact.data.merchantPaymentId] : [],
  )
  if (attempts.length === 0) return { proven: false, missing: 'no code was ever intended' }
  const lines: ProofLine[] = []
  const ends: Outcome[] = []
  for (const id of attempts) {
    const proof = proofOfAttempt(id, before)
    if (!proof.proven) return { proven: false, missing: `${id}: ${proof.missing}` }
    ends.push(proof.outcome)
    lines.push(...proof.lines)
  }
  const delivered = ends.filter(end => end === 'delivered').length
  const whole: Outcome = delivered > 0 ? 'delivered' : ends.includes('returned') ? 'returned' : 'neverPayable'
  if (delivered > 1) return { proven: false, missing: `${delivered} attempts have delivered` }
  if (whole !== outcome) return { proven: false, missing: `the facts show ${whole}, not ${outcome}` }
  return { proven: true, outcome, lines: [...lines, ...givenBackAfter(reached.seq, facts)] }
}

/** What people gave back of goods that were handed over. */
function givenBackAfter(seq: number, facts: readonly PlacedFact[]): ProofLine[] {
  return facts.flatMap(fact => {
    if (fact.type !== 'moneyBackDone' || fact.seq < seq) return []
    const says = `PayPay has given back ¥${givenBackYen(fact, facts)}${answerInWords(fact)}`
    return [{ seq: fact.seq, says }]
  })
}

function givenBackYen(
  done: Extract<PlacedFact, { type: 'moneyBackDone' }>,
  facts: readonly PlacedFact[],
): number {
  const decided = facts.find(
    fact => fact.type === 'moneyBackDecided' && fact.data.merchantRefundId === done.data.merchantRefundId,
  )
  return decided?.type === 'moneyBackDecided' ? decided.data.amountYen : 0
}

/** What became of one code. */
function proofOfAttempt(id: string, facts: readonly PlacedFact[]): Proof {
  const own = facts.filter(fact => 'merchantPaymentId' in fact.data && fact.data.merchantPaymentId === id)
  const find = <T extends CheckoutFact['type']>(type: T) =>
    own.find((fact): fact is Extract<PlacedFact, { type: T }> => fact.type === type)
  const handedOver = find('handedOver')
  if (handedOver) return delivered(id, own, handedOver.seq)
  const refusedCreate = find('createRefused')
  if (refusedCreate) return proven('neverPayable', [[refusedCreate, `PayPay made no code for ${id}`]])
  const back = own.find(fact => isBack(fact, own))
  if (back) {
    const how = back.type === 'refundTaken' ? 'has taken the refund on' : 'says that the payment was reversed'
    return proven('returned', [[back, `PayPay ${how}: ${id}`]])
  }
  const byPeople = givenBackByPeople(id, facts)
  if (byPeople) return byPeople
  if (wasPaid(own))
    return { proven: false, missing: 'it was paid, and neither goods nor its way back are shown' }
  return absent(id, own)
}

function delivered(id: string, own: readonly PlacedFact[], handedOverSeq: number): Proof {
  const paid = own.find(fact => fact.type === 'paymentRead' && fact.data.read.kind === 'completed')
  const intended = own.find(fact => fact.type === 'handoverIntended')
  if (!paid || !intended || paid.seq > intended.seq || intended.seq > handedOverSeq)
    return { proven: false, missing: 'goods were handed over, and no payment was seen before' }
  if (own.some(fact => fact.type === 'cancelIntended' || fact.type === 'refundIntended'))
    return { proven: false, missing: 'goods were handed over for a payment that was to go back' }
  return {
    proven: true,
    outcome: 'delivered',
    lines: [
      { seq: paid.seq, says: `PayPay says COMPLETED for ${id}, with our amount${answerInWords(paid)}` },
      { seq: intended.seq, says: 'the handover was written down before it happened' },
      { seq: handedOverSeq, says: 'the goods were handed over' },
    ],
  }
}

/** Goods that could not be handed over, and whose money people gave back to the last yen. Null: they did not. */
function givenBackByPeople(id: string, facts: readonly PlacedFact[]): Proof | null {
  const lines: (readonly [PlacedFact, string])[] = []
  let leftYen = Number.POSITIVE_INFINITY
  for (const fact of facts) {
    if (fact.type === 'createIntended' && fact.data.merchantPaymentId === id) leftYen = fact.data.amountYen
    if (fact.type !== 'moneyBackDecided' || fact.data.merchantPaymentId !== id) continue
    const { merchantRefundId, amountYen, by } = fact.data
    const intended = facts.find(
      one => one.type === 'moneyBackIntended' && one.data.merchantRefundId === merchantRefundId,
    )
    const done = facts.find(
      one => one.type === 'moneyBackDone' && one.data.merchantRefundId === merchantRefundId,
    )
    if (!intended || !done || fact.seq > intended.seq || intended.seq > done.seq) continue
    leftYen -= amountYen
    lines.push([fact, `${by} has decided to give back ¥${amountYen} of ${id}`])
    lines.push([done, `PayPay says that it went back: ${merchantRefundId}`])
  }
  return leftYen === 0 ? proven('returned', lines) : null
}

/** No payment exists and none can come: the code is gone, and PayPay said so late enough not to speak of the past. */
function absent(id: string, own: readonly PlacedFact[]): Proof {
  const shown = own.find(fact => fact.type === 'codeCreated')
  const gone = shown
    ? own.find(fact => fact.type === 'codeDeleted' && fact.data.how !== 'alreadyPaid')
    : own.find(fact => fact.type === 'cancelAccepted' || fact.type === 'cancelRefused')
  if (!gone)
    return { proven: false, missing: shown ? 'the code was never seen gone' : 'no cancel was answered' }
  const looks = own.filter(
    fact =>
      fact.type === 'paymentRead' &&
      fact.seq > gone.seq &&
      (fact.data.read.kind === 'notFound' ||
        fact.data.read.kind === 'failed' ||
        (fact.data.read.kind === 'unpaid' && !shown)),
  )
  const last = looks.at(-1)
  if (!last || last.atMs < gone.atMs + STALE_READ_MS)
    return { proven: false, missing: 'PayPay was not asked once more after a read could still be old' }
  const seal = own.find(fact => fact.type === 'cancelAccepted')
  return proven('neverPayable', [
    [
      gone,
      shown ? `the code of ${id} is gone` : `a cancel was answered for ${id}, whose code nobody has seen`,
    ],
    ...(seal && seal !== gone
      ? ([[seal, 'PayPay has parked a cancel against a later payment']] as const)
      : []),
    [last, 'PayPay says that there is no payment'],
  ])
}

function proven(outcome: Outcome, lines: readonly (readonly [PlacedFact, string])[]): Proof {
  return {
    proven: true,
    outcome,
    lines: lines.map(([fact, says]) => ({ seq: fact.seq, says: says + answerInWords(fact) })),
  }
}

/** A refund that PayPay has taken on, or a read that can only mean that the money went back. */
function isBack(fact: PlacedFact, own: readonly PlacedFact[]): boolean {
  if (fact.type === 'refundTaken') return true
  if (fact.type !== 'paymentRead') return false
  const { read } = fact.data
  if (read.kind === 'refunded') return true
  if (read.kind !== 'failed') return false
  if ((read.acceptedAtS ?? null) !== null) return true
  const cancel = own.find(one => one.type === 'cancelAccepted' || one.type === 'cancelRefused')
  return wasPaid(own) && cancel !== undefined && fact.atMs >= cancel.atMs + STALE_READ_MS
}

function wasPaid(own: readonly PlacedFact[]): boolean {
  return own.some(fact => fact.type === 'paymentRead' && fact.data.read.kind === 'completed')
}

/** PayPay's answer behind a fact, or null. */
export function evidenceOf(fact: PlacedFact): Evidence | null {
  return 'evidence' in fact.data ? fact.data.evidence : null
}

function answerInWords(fact: PlacedFact): string {
  const evidence = evidenceOf(fact)
  return evidence ? ` (HTTP ${evidence.httpStatus}, X-REQUEST-ID ${evidence.requestId ?? 'none'})` : ''
}
