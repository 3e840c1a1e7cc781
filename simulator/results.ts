/**
 * PayPay's result codes, as this simulator gives them: HTTP status, resultInfo.code and resultInfo.codeId. Codes whose
 * codeId PayPay has not published carry none. Source: OPA documentation and the SDK READMEs.
 */
export const failures = {
  INVALID_REQUEST_PARAMS: row(400, '08100006', 'Invalid request params'),
  MISSING_REQUEST_PARAMS: row(400, '08100024', 'Missing request params'),
  INVALID_PARAMS: row(400, '00200015', 'Invalid params: the amount is more than what is left to refund'),
  UNAUTHORIZED: row(401, '08100016', 'Unauthorized request'),
  RATE_LIMIT: row(429, '08100998', 'Too many requests'),
  SERVICE_ERROR: row(500, '08100026', 'Service error'),
  INTERNAL_SERVER_ERROR: row(500, '08101000', 'Something went wrong on PayPay service side'),
  TRANSACTION_FAILED: row(500, '00200002', 'Transaction failed'),
  MAINTENANCE_MODE: row(503, '08100999', 'Sorry, we are down for scheduled maintenance'),
  RESOURCE_NOT_FOUND: row(404, '00200001', 'Order not found'),
  DYNAMIC_QR_BAD_REQUEST: row(400, '01650000', 'Dynamic QR bad request'),
  DUPLICATE_DYNAMIC_QR_REQUEST: row(400, '01652073', 'Duplicate dynamic QR request'),
  DYNAMIC_QR_NOT_FOUND: row(404, '01652072', 'Dynamic QR not found'),
  DYNAMIC_QR_ALREADY_PAID: row(400, '01652074', 'Dynamic QR already paid'),
  /** The status is a switch: `notFoundStatus`. */
  DYNAMIC_QR_PAYMENT_NOT_FOUND: row(400, '01652075', 'Dynamic QR payment not found'),
  PRE_AUTH_CAPTURE_UNSUPPORTED_MERCHANT: row(400, '00400060', 'Merchant does not support preauthorization'),
  PRE_AUTH_CAPTURE_INVALID_EXPIRY_DATE: row(
    400,
    '00400061',
    'Provided expiry date is above the allowed limit of max allowed expiry days',
  ),
  OP_OUT_OF_SCOPE: row(401, '08100023', 'The operation is not permitted'),
  INVALID_PARAMS_ID: row(400, '00200004', 'Invalid parameters received', 'INVALID_PARAMS'),
  SUSPECTED_DUPLICATE_PAYMENT: row(
    400,
    '00200017',
    'Order is rejected since similar order has been already accepted',
  ),
  NO_SUFFICIENT_FUND: row(400, null, 'There is no sufficient fund for the transaction'),
  LIMIT_EXCEEDED: row(400, null, 'The payment amount exceeded upper limit'),
  USER_DEFINED_DAILY_LIMIT_EXCEEDED: row(
    400,
    null,
    'The payment amount exceeded user 24 hours defined limit',
  ),
  USER_DEFINED_MONTHLY_LIMIT_EXCEEDED: row(
    400,
    null,
    'The payment amount exceeded user 30 days defined limit',
  ),
  CANCELED_USER: row(400, '01103027', 'Canceled user'),
  USER_STATE_IS_NOT_ACTIVE: row(
    401,
    null,
    'The request cannot be accepted because the user status is inactive',
  ),
  INVALID_USER_AUTHORIZATION_ID: row(401, null, 'The user authorization id is not valid'),
  EXPIRED_USER_AUTHORIZATION_ID: row(401, null, 'The user authorization id has expired'),
  ALREADY_CAPTURED: row(400, '00200039', 'Cannot capture already captured acquiring order'),
  ORDER_NOT_CAPTURABLE: row(400, '00200035', 'Order is not capturable'),
  ORDER_EXPIRED: row(400, '00200043', 'Order cannot be captured or updated as it has already expired'),
  REAUTHORIZATION_IN_PROGRESS: row(400, '00200038', 'Order is being reauthorized'),
  TOO_CLOSE_TO_EXPIRY: row(
    400,
    '00400064',
    'Order cannot be reauthorized as request is too close to expiry time',
  ),
  HIGHER_CAPTURE_NOT_PERMITTED: row(400, '00400062', 'Merchant not allowed to capture higher amount'),
  UNACCEPTABLE_OP_LIMIT: row(
    400,
    '00400035',
    'Total transaction limit exceeds merchant limit',
    'UNACCEPTABLE_OP',
  ),
  ORDER_NOT_CANCELABLE: row(400, '00200042', 'Order is not cancelable'),
  REAUTHORIZE_REJECTED: row(400, null, 'The order cannot be reauthorized'),
  REAUTH_AMOUNT_UNCHANGED: row(400, null, 'The amount is the one that is authorized already'),
  REAUTH_MAX_LIMIT_EXCEEDED: row(400, null, 'Maximum number of reauthorize attempts exceeded'),
  ORDER_NOT_REVERSIBLE: row(400, '00200044', 'Order cannot be reversed'),
  UNACCEPTABLE_OP: row(400, '00200013', 'The order is not refundable'),
  UNACCEPTABLE_OP_MULTIPLE: row(400, '00200014', 'Multiple refunds are not allowed', 'UNACCEPTABLE_OP'),
  MERCHANT_MULTIPLE_REFUND_REJECTED: row(403, null, 'Multiple refunds are not enabled for the merchant'),
  REFUND_LIMIT_EXCEEDED: row(400, null, 'The number of refunds exceeds the limit'),
  REFUND_WINDOW_EXCEED: row(400, null, 'The refund window has passed'),
  NO_SUCH_REFUND_ORDER: row(404, '00200018', 'No such refund order'),
} as const

export type FailureName = keyof typeof failures

/** What PayPay has to say about one request, before it becomes an HTTP answer. */
export type Said = {
  readonly status: number
  readonly code: string
  readonly codeId: string | null
  readonly message: string
  readonly data: unknown
  /** Beside those that every answer has; lower-case names. */
  readonly headers?: Readonly<Record<string, string>>
}

export function success(status: 200 | 201, data: unknown): Said {
  return { status, code: 'SUCCESS', codeId: '08100001', message: 'Success', data }
}

/** 202 of a cancel: PayPay has taken it on; the outcome is read later. */
export function requestAccepted(): Said {
  return {
    status: 202,
    code: 'REQUEST_ACCEPTED',
    codeId: '08100001',
    message: 'Request accepted',
    data: null,
  }
}

/** 202 of a capture and 201 of a reauthorisation: the customer is asked on the phone. */
export function userConfirmationRequired(of: 'capture' | 'reauthorization', data: unknown = null): Said {
  return {
    ...(of === 'capture' ? { status: 202, codeId: '08300103' } : { status: 201, codeId: '08300104' }),
    code: 'USER_CONFIRMATION_REQUIRED',
    message: `User confirmation required as requested amount is above ${of === 'capture' ? 'allowed limit' : 'the original authorized amount'}`,
    data,
  }
}

/** `detail` names what is wrong with the request; the real PayPay is less talkative, and its words mean nothing to a client. */
export function failure(name: FailureName, detail?: string): Said {
  const { status, code, codeId, message } = failures[name]
  return {
    status,
    code: code ?? name,
    codeId,
    message: detail === undefined ? message : `${message}: ${detail}`,
    data: null,
  }
}

/** The JSON text. Messages of failures end in ` | [<request id>]`, as PayPay's do, and are cut to 255 characters. */
export function envelope(said: Said, requestId: string): string {
  const suffix = said.status >= 400 ? ` | [${requestId}]` : ''
  const message = said.message.slice(0, 255 - suffix.length) + suffix
  const codeId = said.codeId === null ? {} : { codeId: said.codeId }
  return JSON.stringify({ resultInfo: { code: said.code, message, ...codeId }, data: said.data })
}

function row(status: number, codeId: string | null, message: string, code: string | null = null) {
  return { status, codeId, message, code }
}
