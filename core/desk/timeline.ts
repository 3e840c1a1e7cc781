import type { TimelineStep, TimelineWhat } from '../../shared/desk.ts'
import { yen } from '../../shared/money.ts'
import { caseWhyOf } from '../checkout/caseReason.ts'
import { evidenceOf, type PlacedFact } from '../checkout/proof.ts'

/** A checkout's facts as a person can follow them. What only prepares the next fact is left out. */
export function timelineOf(facts: readonly PlacedFact[], nameOf: (userId: string) => string): TimelineStep[] {
  const amountOf = (merchantRefundId: string): number =>
    facts.flatMap(fact =>
      (fact.type === 'moneyBackDecided' || fact.type === 'refundIntended') &&
      fact.data.merchantRefundId === merchantRefundId
        ? [fact.data.amountYen]
        : [],
    )[0] ?? 0
  const wayAt = (seq: number, merchantRefundId: string): 'cancel' | 'refund' =>
    facts.reduce<'cancel' | 'refund'>(
      (way, fact) =>
        fact.type === 'moneyBackIntended' && fact.data.merchantRefundId === merchantRefundId && fact.seq < seq
          ? fact.data.way
          : way,
      'refund',
    )
  const claim = facts.find(fact => fact.type === 'checkoutStarted')
  const claimNumber = String(claim?.type === 'checkoutStarted' ? claim.data.claimNumber : 0).padStart(3, '0')

  const whatOf = (fact: PlacedFact): TimelineWhat | null => {
    switch (fact.type) {
      case 'checkoutStarted':
        return { kind: 'started', lane: fact.data.lane }
      case 'createIntended':
        return { kind: 'codeAsked', attempt: fact.data.attempt }
      case 'codeCreated':
        return { kind: 'codeShown' }
      case 'createRefused':
        return { kind: 'codeRefused' }
      case 'createUnanswered':
        return { kind: 'codeUnanswered' }
      case 'stopIntended':
        return { kind: 'stopped', reason: fact.data.reason }
      case 'paymentRead':
        return { kind: 'read', found: fact.data.read.kind }
      case 'deleteIntended':
        return null
      case 'codeDeleted':
        return { kind: 'codeDeleted', how: fact.data.how }
      case 'cancelIntended':
        return { kind: 'cancelSent' }
      case 'cancelAccepted':
        return { kind: 'cancelTaken' }
      case 'cancelRefused':
        return { kind: 'cancelRefused' }
      case 'refundIntended':
        return { kind: 'refundSent', amountYen: fact.data.amountYen }
      case 'refundTaken':
        return { kind: 'refundTaken', amountYen: yen(amountOf(fact.data.merchantRefundId)) }
      case 'refundRefused':
        return { kind: 'refundRefused', amountYen: yen(amountOf(fact.data.merchantRefundId)) }
      case 'handoverIntended':
        return { kind: 'numberShown', claimNumber }
      case 'handedOver':
        return { kind: 'handedOver', by: fact.data.by === undefined ? null : nameOf(fact.data.by) }
      case 'handoverFailed':
        return { kind: 'handoverFailed', says: fact.data.says }
      case 'customerLeft':
        return { kind: 'left', reason: fact.data.reason }
      case 'staffCalled':
        return { kind: 'staffCalled' }
      case 'receiptIssued':
        return { kind: 'receiptPrinted', by: fact.data.by === null ? null : nameOf(fact.data.by) }
      case 'caseOpened':
        return { kind: 'caseOpened', why: caseWhyOf(fact.data.why), money: fact.data.money }
      case 'caseClosed':
        return { kind: 'caseClosed', by: nameOf(fact.data.by), reason: fact.data.reason }
      case 'outcomeReached':
        return { kind: 'ended', outcome: fact.data.outcome }
      case 'moneyBackDecided': {
        const { amountYen, reason, note, by, approvedBy } = fact.data
        return {
          kind: 'moneyBackDecided',
          amountYen,
          reason,
          note,
          by: nameOf(by),
          approvedBy: approvedBy === null ? null : nameOf(approvedBy),
        }
      }
      case 'moneyBackIntended':
        return { kind: 'moneyBackSent', way: fact.data.way }
      case 'moneyBackTaken':
        return { kind: 'moneyBackTaken', way: wayAt(fact.seq, fact.data.merchantRefundId) }
      case 'moneyBackTurnedDown':
        return { kind: 'moneyBackTurnedDown', way: wayAt(fact.seq, fact.data.merchantRefundId) }
      case 'moneyBackDone':
        return { kind: 'moneyBackDone', amountYen: yen(amountOf(fact.data.merchantRefundId)) }
      case 'moneyBackRefused':
        return { kind: 'moneyBackRefused', amountYen: yen(amountOf(fact.data.merchantRefundId)) }
      default:
        return fact satisfies never
    }
  }

  return facts.flatMap(fact => {
    const what = whatOf(fact)
    if (!what) return []
    const evidence = evidenceOf(fact)
    const said = evidence && {
      httpStatus: evidence.httpStatus,
      code: evidence.code,
      requestId: evidence.requestId,
    }
    return [{ seq: fact.seq, atMs: fact.atMs, what, said }]
  })
}
