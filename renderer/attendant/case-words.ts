import type { DeskCheckout } from '../../shared/desk.ts'
import type { DeskTextKey } from './text/say.ts'

/** Why a person has to look, in core's words, and the same for a person. What is not here is shown as core says it. */
const reasons: Readonly<Record<string, DeskTextKey>> = {
  'the goods could not be handed over': 'case.notHandedOver',
  'PayPay refuses the refund': 'case.refused',
  'PayPay refuses to give the money back': 'case.refused',
  'the money could not be given back yet': 'case.notBackYet',
  'PayPay has not said what became of the payment': 'case.unknown',
}

export function caseReason(openCase: string): DeskTextKey | null {
  return Object.hasOwn(reasons, openCase) ? (reasons[openCase] ?? null) : null
}

/** What to do next, before the checkout has been looked at. */
export function caseAdvice(openCase: string): DeskTextKey {
  switch (caseReason(openCase)) {
    case 'case.notHandedOver':
      return 'advice.notHandedOver'
    case 'case.refused':
      return 'advice.refused'
    case 'case.notBackYet':
    case 'case.unknown':
      return 'advice.wait'
    default:
      return 'advice.look'
  }
}

export type CaseMove = DeskCheckout['caseMoves'][number]
