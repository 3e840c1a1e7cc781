import { CASE_REASONS, type CaseReason, type CaseWhy } from '../../shared/case.ts'

/** What older ledgers wrote instead of a code. */
const sentences: Readonly<Record<string, CaseReason>> = {
  'the goods could not be handed over': 'notHandedOver',
  'PayPay refuses the refund': 'refundRefused',
  'PayPay refuses to give the money back': 'moneyBackRefused',
  'the money could not be given back yet': 'notBackYet',
  'PayPay has not said what became of the payment': 'unanswered',
}

/** What a fact or a row says, as a code; a sentence that nobody knows stays as it is. */
export function reasonOf(said: string): CaseReason | (string & {}) {
  return Object.hasOwn(sentences, said) ? (sentences[said] ?? said) : said
}

/** The same for the desk. */
export function caseWhyOf(said: string): CaseWhy {
  const reason = reasonOf(said)
  const code = CASE_REASONS.find(one => one === reason)
  return code ? { code } : { code: 'inWords', says: reason }
}
