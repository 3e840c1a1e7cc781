import type { CaseReason, CaseWhy } from '../../shared/case.ts'
import type { DeskCheckout } from '../../shared/desk.ts'
import type { DeskSay, DeskTextKey } from './text/say.ts'

/** Why a person has to look, and what to do next before the checkout has been looked at. A new reason asks for its words here. */
const words: Readonly<Record<CaseReason, { readonly why: DeskTextKey; readonly advice: DeskTextKey }>> = {
  notHandedOver: { why: 'case.notHandedOver', advice: 'advice.notHandedOver' },
  refundRefused: { why: 'case.refused', advice: 'advice.refused' },
  moneyBackRefused: { why: 'case.refused', advice: 'advice.refused' },
  notBackYet: { why: 'case.notBackYet', advice: 'advice.wait' },
  unanswered: { why: 'case.unknown', advice: 'advice.wait' },
}

/** What an older ledger says in words of its own is shown as it says it. */
export function caseReason(why: CaseWhy, say: DeskSay): string {
  return why.code === 'inWords' ? why.says : say(words[why.code].why)
}

export function caseAdvice(why: CaseWhy): DeskTextKey {
  return why.code === 'inWords' ? 'advice.look' : words[why.code].advice
}

export type CaseMove = DeskCheckout['caseMoves'][number]
