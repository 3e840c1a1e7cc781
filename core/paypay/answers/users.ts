import { no, open, type Rows } from './row.ts'

const linkAgain = 'Ask the customer to link the account again.'
const otherWay = 'Ask the customer to pay another way.'

/** Answers about a payment of a linked user. */
export const userRows: Rows = {
  SUSPECTED_DUPLICATE_PAYMENT: {
    ...no(
      [400],
      [],
      'The same customer paid the same amount a moment ago. If it is meant, send it with a new id and agreeSimilarTransaction true.',
    ),
    codeIds: { '00200017': null },
  },
  NO_SUFFICIENT_FUND: no([400], [], `The customer’s balance is too low. ${otherWay}`),
  LIMIT_EXCEEDED: no([400], [], `A limit of the customer’s at PayPay is exceeded. ${otherWay}`),
  USER_DEFINED_DAILY_LIMIT_EXCEEDED: no(
    [400],
    [],
    'The limit for a day that the customer has set in PayPay is exceeded. Ask the customer to raise it, or to pay another way.',
  ),
  USER_DEFINED_MONTHLY_LIMIT_EXCEEDED: no(
    [400],
    [],
    'The limit for a month that the customer has set in PayPay is exceeded. Ask the customer to raise it, or to pay another way.',
  ),
  INVALID_USER_AUTHORIZATION_ID: no(
    [401],
    [],
    `PayPay knows no account link with this userAuthorizationId, or it was ended. ${linkAgain}`,
  ),
  EXPIRED_USER_AUTHORIZATION_ID: no([401], [], `The customer’s account link has expired. ${linkAgain}`),
  /** Seen by users of PayPay's SDK in the sandbox app (paypayopa-sdk-node, issue 153); no API is known to answer it. */
  '00400071': open(
    [],
    'ask',
    'PayPay’s app shows this number when a payment does not go through there. It is not documented: ask PayPay support with the request id.',
  ),
}
