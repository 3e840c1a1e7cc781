import { whyNotSpendable } from '../accounts/limits.ts'
import { userOf } from '../accounts/users.ts'
import {
  amountYenAt,
  type Book,
  methodTypeOf,
  type Payment,
  statusAt,
  wasPaid,
  withHistory,
} from '../book.ts'
import { epochS } from '../businessTime.ts'
import { detailsOf } from '../details.ts'
import { readFields } from '../fields.ts'
import { type Ruling, type Surroundings, says } from '../paypay.ts'
import { failure, type Said, success, userConfirmationRequired } from '../results.ts'
import { type Authorization, type Capture, completedCapture, openQuestion } from './authorization.ts'
import { freshQuestion } from './questions.ts'

/**
 * POST /v2/payments/capture: takes blocked money, all of it or a part, once. More than what is blocked is asked of the customer
 * first: 202, and the payment reads AUTHORIZED until the answer.
 */
export function capturePayment(book: Book, body: unknown, at: Surroundings): Ruling {
  const fields = readFields(body, at.switches)
  const merchantPaymentId = fields.id('merchantPaymentId')
  const amountYen = fields.yen('amount', 1)
  const merchantCaptureId = fields.id('merchantCaptureId')
  const requestedAt = fields.requiredEpochS('requestedAt')
  const orderDescription = fields.requiredText('orderDescription')
  const problem = fields.problem()
  if (problem) return says(problem)

  const payment = book.payments.get(merchantPaymentId) ?? null
  if (payment === null || !wasPaid(payment, at.nowMs)) return says(failure('RESOURCE_NOT_FOUND'))
  const { authorization } = payment
  if (authorization === undefined)
    return says(failure('ORDER_NOT_CAPTURABLE', 'it is no preauthorisation, and was taken at once'))
  const earlier = authorization.captures.findLast(one => one.merchantCaptureId === merchantCaptureId)
  const said = whyNotCapturable(book, payment, authorization, earlier, at)
  if (said) return says(said)
  if (amountYen > at.switches.merchantLimitYen) return says(failure('UNACCEPTABLE_OP_LIMIT'))

  const isHigher = amountYen > amountYenAt(payment, at.nowMs)
  const moreYen = amountYen - amountYenAt(payment, at.nowMs)
  const refusal = isHigher
    ? (whyNotHigher(authorization, at) ?? whyNotOfUser(book, payment, moreYen, at))
    : whyNotOfUser(book, payment, 0, at)
  if (refusal) return says(refusal)
  const capture: Capture = {
    merchantCaptureId,
    amountYen,
    orderDescription,
    requestedAt,
    acceptedAtMs: at.nowMs,
    asked: isHigher ? freshQuestion(authorization, null, at) : null,
    completedAtMs: isHigher ? null : at.nowMs,
  }
  const captured = { ...payment, authorization: withCapture(authorization, capture) }
  if (isHigher) return says(userConfirmationRequired('capture'), { kind: 'payment', record: captured })
  const record = withHistory(captured, at.nowMs, { atMs: at.nowMs, status: 'COMPLETED' })
  return says(success(200, captureResult(book, record, at)), { kind: 'payment', record })
}

function withCapture(authorization: Authorization, capture: Capture): Authorization {
  return { ...authorization, captures: [...authorization.captures, capture] }
}

/** What there is to say before the amount matters; null where it can go on. */
function whyNotCapturable(
  book: Book,
  payment: Payment,
  authorization: Authorization,
  earlier: Capture | undefined,
  at: Surroundings,
): Said | null {
  const done = completedCapture(authorization, at.nowMs)
  if (done !== null) {
    const isSame = done.merchantCaptureId === earlier?.merchantCaptureId
    return isSame && at.switches.sameCaptureId === 'previousResult'
      ? success(200, captureResult(book, payment, at))
      : failure('ALREADY_CAPTURED')
  }
  switch (statusAt(payment, at.nowMs)) {
    case 'EXPIRED':
      return failure('ORDER_EXPIRED')
    case 'REAUTHORIZING':
      return failure('REAUTHORIZATION_IN_PROGRESS')
    case 'AUTHORIZED':
      break
    default:
      return failure('ORDER_NOT_CAPTURABLE')
  }
  if (payment.cancelAcceptedAtMs !== null) return failure('ORDER_NOT_CAPTURABLE', 'it is being cancelled')
  const question = openQuestion(authorization, at.nowMs)
  if (question === null) return null
  return question === earlier ? userConfirmationRequired('capture') : failure('REAUTHORIZATION_IN_PROGRESS')
}

function whyNotHigher(authorization: Authorization, at: Surroundings): Said | null {
  if (at.switches.higherCapture === 'refused') return failure('HIGHER_CAPTURE_NOT_PERMITTED')
  const leftS = authorization.expiresAtS - epochS(at.nowMs)
  return leftS < at.switches.tooCloseToExpiryS ? failure('TOO_CLOSE_TO_EXPIRY') : null
}

/** A linked user may have gone, or not have so much; who paid by code is not known. */
function whyNotOfUser(book: Book, payment: Payment, moreYen: number, at: Surroundings): Said | null {
  const user = payment.direct === undefined ? null : userOf(book, payment.direct.userId)
  if (user === null) return null
  if (user.state === 'CANCELED') return failure('CANCELED_USER')
  return moreYen > 0 ? whyNotSpendable(book, user, moreYen, at, methodTypeOf(payment)) : null
}

function captureResult(book: Book, payment: Payment, at: Surroundings) {
  return detailsOf(book, payment, at.nowMs)
}
