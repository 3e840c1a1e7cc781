import type { DeskFailure, NoMoneyBack } from '../../shared/desk.ts'
import type { InputRule } from '../../shared/failure.ts'
import type { DeskTextKey } from './text/say.ts'

export type Sentence = {
  readonly key: DeskTextKey
  readonly values?: Readonly<Record<string, string | number>>
}

/** What a failed call says to the person at the desk: what is wrong, and what to do. A new failure asks for its sentence here. */
export function failureSentence(failure: DeskFailure): Sentence {
  switch (failure.kind) {
    case 'signedOut':
    case 'alreadySetUp':
    case 'notSetUp':
    case 'pinTaken':
    case 'samePerson':
    case 'noCase':
    case 'noPaper':
    case 'unknownUser':
    case 'lastManager':
    case 'badDocument':
    case 'changedMeanwhile':
    case 'noFiles':
    case 'moneyOpen':
    case 'noExit':
    case 'unknownScreen':
    case 'notHere':
    case 'hostAway':
    case 'emptyCart':
    case 'wrongTill':
    case 'laneBusy':
    case 'laneClosed':
    case 'priceChanged':
    case 'unknownProduct':
    case 'unavailableProduct':
    case 'tooManyOfOne':
    case 'amountTooSmall':
    case 'unknownCheckout':
    case 'notNow':
      return { key: `failure.${failure.kind}` }
    case 'badPicture':
      return { key: `failure.badPicture.${failure.why}` }
    case 'notKept':
    case 'badKeys':
      return { key: `failure.${failure.kind}`, values: { says: failure.says } }
    case 'notAllowed':
      return { key: `failure.notAllowed.${failure.needs}` }
    case 'wrongPin':
      return { key: failure.waitMs > 0 ? 'failure.wrongPinWait' : 'failure.wrongPin' }
    case 'pinLocked':
      return { key: 'failure.pinLocked' }
    case 'weakPin':
      return { key: `failure.weakPin.${failure.why}`, values: { least: failure.minDigits } }
    case 'noMoneyBack':
      return { key: whyNotKey(failure.because) }
    case 'aboveWhatIsLeft':
      return { key: 'back.aboveLeft', values: { leftYen: failure.leftYen } }
    case 'notSoManyOfLine':
      return { key: 'failure.notSoManyOfLine', values: { number: failure.left } }
    case 'aboveLimit':
      return { key: 'back.aboveLimit', values: { limitYen: failure.limitYen } }
    case 'secondPersonNeeded':
      return { key: 'failure.secondPersonNeeded', values: { aboveYen: failure.aboveYen } }
    case 'amountOverCap':
      return { key: 'failure.amountOverCap', values: { capYen: failure.capYen } }
    case 'badInput':
      return inputSentence(failure.where, failure.rule)
    case 'unknownMethod':
      return { key: 'failure.unknownMethod', values: { method: failure.method } }
    case 'dayNotYet':
    case 'faultyFile':
    case 'comparing':
      return { key: `failure.${failure.kind}` }
    case 'internal':
      return { key: 'failure.internal', values: { reference: failure.reference } }
    default:
      return failure satisfies never
  }
}

/**
 * True: it is not known whether the decision was taken, so it can only be sent again as it was. `wasOpen`: it had been sent before and
 * not answered; then a person who may not ask says nothing of what became of it.
 */
export function leavesOpen(failure: DeskFailure, wasOpen: boolean): boolean {
  if (failure.kind === 'hostAway' || failure.kind === 'internal') return true
  return wasOpen && (failure.kind === 'signedOut' || failure.kind === 'notAllowed')
}

export function whyNotKey(because: NoMoneyBack): DeskTextKey {
  return `why.${because}`
}

/** PayPay's codes for a cancel or a refund (OPA, Result codes), as far as each has something of its own to say. */
const codes: Readonly<Record<string, DeskTextKey>> = {
  INVALID_REQUEST_PARAMS: 'code.invalid',
  MISSING_REQUEST_PARAMS: 'code.invalid',
  INVALID_PARAMS: 'code.amount',
  UNAUTHORIZED: 'code.notLetIn',
  OP_OUT_OF_SCOPE: 'code.contract',
  OPA_CLIENT_NOT_FOUND: 'code.notLetIn',
  RATE_LIMIT: 'code.busy',
  SERVICE_ERROR: 'code.paypayError',
  INTERNAL_SERVER_ERROR: 'code.paypayError',
  TRANSACTION_FAILED: 'code.transaction',
  MAINTENANCE_MODE: 'code.maintenance',
  SERVICE_UNDER_MAINTENANCE: 'code.maintenance',
  RESOURCE_NOT_FOUND: 'code.unknownPayment',
  ORDER_NO_LONGER_AVAILABLE: 'code.tooOld',
  ORDER_NOT_REVERSIBLE: 'code.notCancellable',
  UNACCEPTABLE_OP: 'code.notAllowed',
  CANCELED_USER: 'code.customerLeft',
  THROTTLED_MULTIPLE_REFUND_REJECTED: 'code.likeOneUnderWay',
  REFUND_LIMIT_EXCEEDED: 'code.noMoreRefunds',
  REFUND_WINDOW_EXCEED: 'code.windowOver',
  USER_STATE_IS_NOT_ACTIVE: 'code.customerInactive',
  MERCHANT_MULTIPLE_REFUND_REJECTED: 'code.oneRefundOnly',
  NO_SUCH_REFUND_ORDER: 'code.unknownRefund',
}

/** The codes that have a sentence. */
export const knownCodes: readonly string[] = Object.keys(codes)

/** Why PayPay refused to give money back, and what to do. */
export function refusalSentence(code: string | null): Sentence {
  const key = code !== null && Object.hasOwn(codes, code) ? codes[code] : undefined
  if (key) return { key }
  return code === null ? { key: 'code.none' } : { key: 'code.other', values: { code } }
}

/** What a field may hold, in the language of the desk. */
function inputSentence(where: string, rule: InputRule): Sentence {
  switch (rule.is) {
    case 'tooShort':
    case 'tooLong':
    case 'tooSmall':
    case 'tooLarge':
      return { key: `failure.input.${rule.is}`, values: { where, limit: rule.limit } }
    case 'choice':
      return { key: 'failure.input.choice', values: { where, choices: rule.of.join(', ') } }
    case 'missing':
    case 'whole':
    case 'form':
    case 'kind':
      return { key: `failure.input.${rule.is}`, values: { where } }
    default:
      return rule satisfies never
  }
}
