import { amountYenAt, type Book, methodTypeOf, type Payment, paymentByPaypayId, statusAt } from '../book.ts'
import { epochS } from '../businessTime.ts'
import { yenOnTheWire } from '../codes.ts'
import { readFields } from '../fields.ts'
import { type Ruling, type Surroundings, says } from '../paypay.ts'
import { failure, type Said, success, userConfirmationRequired } from '../results.ts'
import { type Authorization, openQuestion, type Reauthorization } from './authorization.ts'
import { freshQuestion, questionUrl } from './questions.ts'

/** "The maximum number of attempts is set to be 10(ten) times" (OPA, Update a payment authorization). */
const MOST_REAUTHORIZATIONS = 10

/**
 * POST /v2/payments/reauthorize: another amount is blocked. A lower one at once (200); a higher one when the customer has agreed
 * on the phone (201 with the address of that question).
 */
export function reauthorizePayment(book: Book, body: unknown, at: Surroundings): Ruling {
  const fields = readFields(body, at.switches)
  const requestId = fields.id('requestId', 255)
  const paymentId = fields.requiredText('paymentId')
  const amountYen = fields.yen('updatedAmount', 1)
  const requestedAt = fields.epochS('requestedAt') ?? epochS(at.nowMs)
  fields.text('merchantComment')
  const redirectUrl = fields.text('redirectUrl')
  const redirectType = fields.oneOf('redirectType', ['APP_DEEP_LINK', 'WEB_LINK'])
  const userAgent = fields.text('userAgent')
  const problem = fields.problem()
  if (problem) return says(problem)

  const payment = paymentByPaypayId(book, paymentId)
  if (payment === null) return says(failure('RESOURCE_NOT_FOUND'))
  const { authorization } = payment
  if (authorization === undefined) return says(failure('REAUTHORIZE_REJECTED', 'it is no preauthorisation'))
  const refusal = whyNotReauthorizable(payment, authorization, requestId, at)
  if (refusal) return says(refusal)
  const blockedYen = amountYenAt(payment, at.nowMs)
  if (amountYen === blockedYen) return says(failure('REAUTH_AMOUNT_UNCHANGED'))

  const isHigher = amountYen > blockedYen
  const absent = Object.entries({ redirectUrl, redirectType, userAgent }).flatMap(([name, value]) =>
    isHigher && value === undefined ? [name] : [],
  )
  if (absent.length > 0) return says(failure('MISSING_REQUEST_PARAMS', absent.join(', ')))
  const asked = isHigher ? freshQuestion(authorization, redirectUrl ?? null, at) : null
  const reauthorization: Reauthorization = {
    requestId,
    amountYen,
    requestedAt,
    acceptedAtMs: at.nowMs,
    asked,
    settledAtMs: asked === null ? at.nowMs : null,
  }
  const record: Payment = {
    ...payment,
    authorization: {
      ...authorization,
      reauthorizations: [...authorization.reauthorizations, reauthorization],
    },
  }
  const said =
    asked === null
      ? success(200, settled(payment, authorization, reauthorization, at))
      : userConfirmationRequired('reauthorization', {
          expiresAt:
            at.switches.reauthorizeExpiresAt === 'ofOrder' ? authorization.expiresAtS : asked.expiresAtS,
          url: questionUrl(asked.askId, at),
        })
  return says(said, { kind: 'payment', record })
}

function whyNotReauthorizable(
  payment: Payment,
  authorization: Authorization,
  requestId: string,
  at: Surroundings,
): Said | null {
  if (statusAt(payment, at.nowMs) !== 'AUTHORIZED' || payment.cancelAcceptedAtMs !== null)
    return failure('REAUTHORIZE_REJECTED', 'it is not AUTHORIZED')
  if (authorization.reauthorizations.some(one => one.requestId === requestId))
    return failure('REAUTHORIZE_REJECTED', 'the requestId was used before')
  if (openQuestion(authorization, at.nowMs) !== null)
    return failure('REAUTHORIZE_REJECTED', 'the customer is still asked about another amount')
  return authorization.reauthorizations.length >= MOST_REAUTHORIZATIONS
    ? failure('REAUTH_MAX_LIMIT_EXCEEDED')
    : null
}

function settled(
  payment: Payment,
  authorization: Authorization,
  { requestId, amountYen, requestedAt }: Reauthorization,
  at: Surroundings,
) {
  return {
    requestId,
    paymentId: payment.paymentId,
    updatedAmount: yenOnTheWire(amountYen),
    requestedAt,
    acceptedAt: epochS(at.nowMs),
    expiresAt: authorization.expiresAtS,
    paymentMethods: [{ amount: yenOnTheWire(amountYen), type: methodTypeOf(payment) }],
  }
}
