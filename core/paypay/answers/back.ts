import { no, ofPayment, open, type Rows } from './row.ts'

const byHand = 'Give the money back by hand.'

/** Answers to a cancel, a refund, and a read of a refund. */
export const backRows: Rows = {
  ORDER_NOT_REVERSIBLE: {
    ...ofPayment([400], ['cancelPayment'], 'This payment cannot be cancelled any more. Refund it instead.'),
    codeIds: { '00200044': null },
  },
  UNACCEPTABLE_OP: {
    ...no(
      [400],
      ['refundPayment'],
      'PayPay does not allow this for this payment, for example a second refund. Refund by hand in PayPay for Business.',
    ),
    codeIds: {
      '00200013': 'This payment cannot be refunded. Read it: it may be refunded already, or not completed.',
      '00200014':
        'PayPay allows this merchant one refund for each payment, and there was one. Refund the rest by hand in PayPay for Business, or ask PayPay to enable more.',
      '00400035':
        'The total would exceed what PayPay allows this merchant. Capture less, or ask PayPay to raise the limit.',
    },
  },
  CANCELED_USER: {
    ...no([400], ['refundPayment'], `The customer has left PayPay. ${byHand}`),
    codeIds: { '01103027': null },
  },
  THROTTLED_MULTIPLE_REFUND_REJECTED: {
    ...open([400], 'same', 'A like refund is under way. The till asks again after a minute.'),
    kind: 'rateLimited',
    retryAfterMs: 60_000,
  },
  REFUND_LIMIT_EXCEEDED: no(
    [400],
    ['refundPayment'],
    `No more refunds are possible for this payment. ${byHand}`,
  ),
  REFUND_WINDOW_EXCEED: no(
    [400],
    ['refundPayment'],
    `The time for refunding this payment is over. ${byHand}`,
  ),
  USER_STATE_IS_NOT_ACTIVE: no(
    [401],
    ['refundPayment'],
    `The customer’s PayPay account is not active. ${byHand}`,
  ),
  MERCHANT_MULTIPLE_REFUND_REJECTED: no(
    [403],
    ['refundPayment'],
    'PayPay allows this merchant one refund for each payment. Ask PayPay to enable more.',
  ),
  NO_SUCH_REFUND_ORDER: {
    ...no([404], ['refundPayment'], 'PayPay knows no refund under this id.'),
    codeIds: { '00200018': null },
  },
}
