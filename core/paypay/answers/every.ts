import type { EndpointName } from '../wire.ts'
import { no, ofPayment, open, type Row, type Rows } from './row.ts'

const orders = ['getPayment', 'cancelPayment', 'refundPayment', 'getRefund'] as const
const everyCall: readonly EndpointName[] = ['createCode', 'deleteCode', ...orders]
/**
 * A till that PayPay does not let in has made no code, and tells its customer so. A cancel or a refund must still happen
 * once the till is let in again, so for these two nothing is over.
 */
const callsThatCanBeGivenUp: readonly EndpointName[] = ['createCode', 'getPayment', 'deleteCode', 'getRefund']

const ourFault = 'This is a fault of this program: report it with the request id.'

/** What any call may be answered with. */
export const everyRows: Rows = {
  // Done, or taken on. judge.ts believes them only with the right status, a whole body, and our ids and amount.
  SUCCESS: {
    ...open([200, 201], 'ask', 'PayPay has done what was asked.'),
    codeIds: { '08100001': null },
  },
  REQUEST_ACCEPTED: {
    ...open([202], 'ask', 'PayPay has taken it on. A read says when it is done.'),
    codeIds: { '08100001': null },
  },

  // Any call.
  INVALID_REQUEST_PARAMS: {
    ...no([400], everyCall, `PayPay did not accept a field of the request. ${ourFault}`),
    codeIds: { '08100006': null },
  },
  MISSING_REQUEST_PARAMS: {
    ...no([400], everyCall, `A field is missing in the request. ${ourFault}`),
    codeIds: { '08100024': null },
  },
  INVALID_PARAMS: {
    ...no(
      [400],
      everyCall,
      'PayPay did not accept a value, for example a refund above what is left of the payment. Check the amount.',
    ),
    codeIds: {
      '00200004': null,
      '00200015':
        'The amount of the refund is more than what is left of the payment. Read the payment and refund at most the rest.',
    },
  },
  UNAUTHORIZED: {
    ...shutOut([401], 'PayPay refuses the till: clock, key, secret, merchant id or environment.'),
    codeIds: { '08100016': null },
  },
  OP_OUT_OF_SCOPE: {
    ...shutOut(
      [401],
      'The contract with PayPay does not cover this call. Ask PayPay to enable it for this merchant.',
    ),
    codeIds: { '08100023': null },
  },
  OPA_CLIENT_NOT_FOUND: {
    ...shutOut([404], 'PayPay does not know this API key. Check the key and the environment it belongs to.'),
    codeIds: { '08100007': null },
  },
  RATE_LIMIT: {
    ...open(
      [429],
      'same',
      'PayPay asks for fewer requests. The till waits and tries again by itself.',
      'busy',
    ),
    kind: 'rateLimited',
    codeIds: { '08100998': null },
  },
  SERVICE_ERROR: {
    ...open(
      [500],
      'ask',
      'PayPay had an error of its own. The till asks what became of the request.',
      'unreachable',
    ),
    codeIds: { '08100026': null },
  },
  INTERNAL_SERVER_ERROR: {
    ...open(
      [500],
      'ask',
      'PayPay had an error of its own, or was too slow. The till asks what became of the request.',
      'unreachable',
    ),
    codeIds: {
      '08101000': null,
      '00200034':
        'PayPay was too slow and gave up, so the request may or may not have been done. The till asks what became of it.',
    },
  },
  TRANSACTION_FAILED: {
    ...open(
      [500],
      'ask',
      'PayPay could not complete the transaction, for example because the customer’s balance would become too high. The till asks what became of it.',
    ),
    codeIds: {
      '00200002': null,
      '00200003': null,
      '00800017':
        'The customer’s balance would become too high for this refund. The till asks what became of it; if nothing did, give the money back by hand.',
    },
  },
  MAINTENANCE_MODE: { ...maintenance(), codeIds: { '08100999': null } },
  SERVICE_UNDER_MAINTENANCE: maintenance(),
  RESOURCE_NOT_FOUND: {
    ...ofPayment(
      [404],
      ['cancelPayment', 'refundPayment', 'getRefund'],
      'PayPay knows nothing under this id. Check that the till uses the environment that the payment was made in.',
    ),
    codeIds: { '00200001': null },
  },
  ORDER_NO_LONGER_AVAILABLE: ofPayment(
    [400],
    orders,
    'PayPay no longer keeps this payment. Ask PayPay support with the request id.',
  ),
}

/** PayPay does not let the till in. */
function shutOut(http: readonly number[], says: string): Row {
  return { ...no(http, callsThatCanBeGivenUp, says), kind: 'misconfigured', health: 'refused' }
}

function maintenance(): Row {
  return {
    ...open(
      [503],
      'same',
      'PayPay is under maintenance. The till opens by itself when it is over.',
      'maintenance',
    ),
    kind: 'maintenance',
  }
}
