import { no, open, type Rows } from './row.ts'

const newOne = 'Ask the customer to pay with a new payment.'

/** Answers to a capture, a revert and a reauthorization of a pre-authorised payment. */
export const preauthRows: Rows = {
  PRE_AUTH_CAPTURE_UNSUPPORTED_MERCHANT: {
    ...no(
      [400],
      ['createCode'],
      'The contract with PayPay does not cover pre-authorisation. Ask PayPay to enable it for this merchant, or take the payment at once.',
    ),
    codeIds: { '00400060': null },
  },
  PRE_AUTH_CAPTURE_INVALID_EXPIRY_DATE: {
    ...no(
      [400],
      ['createCode'],
      'PayPay does not grant this merchant a pre-authorisation for so long. Use an earlier authorizationExpiry, or leave it out.',
    ),
    codeIds: { '00400061': null },
  },
  ALREADY_CAPTURED: {
    ...no([400], [], 'This authorisation is captured already. Read the payment: its captures say how much.'),
    codeIds: { '00200039': null },
  },
  ORDER_NOT_CAPTURABLE: {
    ...no([400], [], 'This payment cannot be captured: it is not authorised. Read the payment.'),
    codeIds: { '00200035': null },
  },
  REAUTHORIZATION_IN_PROGRESS: {
    ...no([400], [], 'A reauthorization of this payment waits for the customer. Ask again when it is over.'),
    retry: 'same',
    codeIds: { '00200038': null },
  },
  ORDER_EXPIRED: {
    ...no([400], [], `This authorisation has expired, and the money is free again. ${newOne}`),
    codeIds: { '00200043': null },
  },
  TOO_CLOSE_TO_EXPIRY: {
    ...no([400], [], `Too little time is left until this authorisation expires. ${newOne}`),
    codeIds: { '00400064': null },
  },
  HIGHER_CAPTURE_NOT_PERMITTED: {
    ...no([400], [], 'This merchant may not capture more than was authorised. Capture at most that amount.'),
    codeIds: { '00400062': null },
  },
  ORDER_NOT_CANCELABLE: {
    ...no(
      [400],
      [],
      'This payment cannot be reverted: it is not authorised any more. Read it; refund it if it was captured.',
    ),
    codeIds: { '00200042': null },
  },
  REAUTHORIZE_REJECTED: no(
    [400],
    [],
    'PayPay rejected the reauthorization, for example because its requestId was used before. Read the payment first.',
  ),
  PAY_METHOD_INVALIDATED: no([400], [], `The customer’s way to pay is no longer valid. ${newOne}`),
  REAUTH_AMOUNT_UNCHANGED: no(
    [400],
    [],
    'The reauthorization names the amount that is authorised already, so there is nothing to do.',
  ),
  REAUTH_MAX_LIMIT_EXCEEDED: no(
    [400],
    [],
    `PayPay allows no more reauthorizations of this payment. Capture what is authorised, or: ${newOne}`,
  ),
  REAUTHORIZE_FAILED: no([400], [], `The reauthorization failed. Read the payment, then: ${newOne}`),
  USER_CONFIRMATION_REQUIRED: {
    ...open(
      [201, 202],
      'ask',
      'PayPay waits for the customer to confirm a higher amount in the app. Read the payment until it is decided.',
    ),
    codeIds: { '08300103': null, '08300104': null },
  },
}
