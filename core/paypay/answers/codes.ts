import { no, open, type Rows } from './row.ts'

const codes = ['createCode', 'getPayment', 'deleteCode'] as const
const ourFault = 'This is a fault of this program: report it with the request id.'

/** Answers about codes and their payments. */
export const codeRows: Rows = {
  DYNAMIC_QR_BAD_REQUEST: {
    ...no([400], codes, `PayPay did not accept the request about a code. ${ourFault}`),
    codeIds: { '01650000': null },
  },
  DUPLICATE_DYNAMIC_QR_REQUEST: {
    ...open(
      [400],
      'ask',
      'PayPay has seen this payment id before, so a code with it may exist. The till asks what became of it and uses a new id for a new code.',
    ),
    kind: 'refused',
    codeIds: { '01652073': null },
  },
  DYNAMIC_QR_NOT_FOUND: {
    ...no([404], [], 'The code is gone. The till reads the payment once more.'),
    codeIds: { '01652072': null },
  },
  DYNAMIC_QR_ALREADY_PAID: {
    ...no([400], [], 'The code is paid. The till reads the payment.'),
    codeIds: { '01652074': null },
  },
  DYNAMIC_QR_PAYMENT_NOT_FOUND: {
    ...no([400, 404], [], 'No payment and no live code exist under this id.'),
    codeIds: { '01652075': null },
  },
}
