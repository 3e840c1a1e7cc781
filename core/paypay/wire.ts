import * as z from 'zod'

/**
 * PayPay's JSON as schemas: Open Payment API, Dynamic QR v1.1. Only the fields that Kaikei reads are named; PayPay adds
 * fields without notice, so objects are loose. Times in bodies are epoch seconds; ids are strings and stay strings.
 */

/** The five calls of a till, as PayPay documents them: method, path, and how long PayPay may take (OPA, Timeouts). */
export const endpoints = {
  createCode: { method: 'POST', path: '/v2/codes', timeoutMs: 30_000, apiName: 'v2_createDynamicQRCode' },
  getPayment: {
    method: 'GET',
    path: '/v2/codes/payments/{merchantPaymentId}',
    timeoutMs: 15_000,
    apiName: 'v2_getQRPaymentDetails',
  },
  deleteCode: {
    method: 'DELETE',
    path: '/v2/codes/{codeId}',
    timeoutMs: 15_000,
    apiName: 'v2_deleteDynamicQRCode',
  },
  cancelPayment: {
    method: 'DELETE',
    path: '/v2/payments/{merchantPaymentId}',
    timeoutMs: 15_000,
    apiName: 'v2_cancelPayment',
  },
  refundPayment: {
    method: 'POST',
    path: '/v2/refunds',
    timeoutMs: 30_000,
    apiName: 'v2_createRefundPayment',
  },
  /** `paymentId` in the query: required for new integrations since 2025-07-22. */
  getRefund: {
    method: 'GET',
    path: '/v2/refunds/{merchantRefundId}',
    timeoutMs: 15_000,
    apiName: 'v2_getRefundDetails',
  },
} as const

export type EndpointName = keyof typeof endpoints

/** merchantPaymentId, merchantRefundId: letters, digits, `-`, `_`, at most 64. */
export const merchantId64 = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)

/** PayPay gives codeIds like `04-jT9F6LVcDfx5fMbj` and documents no charset; this one goes into a path as it is. */
export const SENDABLE_CODE_ID = /^(?=.*[A-Za-z0-9])[A-Za-z0-9._~-]{1,255}$/
export const sendableCodeId = z.string().regex(SENDABLE_CODE_ID)

export const moneyAmount = z.looseObject({
  amount: z.int().min(0).max(99_999_999_999),
  currency: z.literal('JPY'),
})

export const resultInfo = z.looseObject({
  code: z.string().max(255),
  message: z.string().optional(),
  codeId: z.string().optional(),
})

/** Every answer: `data` is null, or missing, on errors. */
export const envelope = z.looseObject({ resultInfo, data: z.unknown().optional() })

/** Request of createCode. The kiosk omits redirectUrl, redirectType, userAgent and the obsolete orderItems. */
export const createCodeRequest = z.object({
  merchantPaymentId: merchantId64,
  amount: z.object({ amount: z.int().min(1).max(99_999_999_999), currency: z.literal('JPY') }),
  codeType: z.literal('ORDER_QR'),
  orderDescription: z.string().max(255).optional(),
  storeInfo: z.string().max(255).optional(),
  storeId: z.string().max(255).optional(),
  terminalId: z.string().max(255).optional(),
  /** Epoch seconds. */
  requestedAt: z.int(),
  isAuthorization: z.literal(false),
})
export type CreateCodeRequest = z.infer<typeof createCodeRequest>

/** 201 of createCode. */
export const createdCode = z.looseObject({
  codeId: z.string().min(1),
  url: z.string().min(1),
  deeplink: z.string().optional(),
  /** Epoch seconds. */
  expiryDate: z.int(),
  merchantPaymentId: z.string(),
  amount: moneyAmount,
})

/** The closed list of OPA's BasicStatusTransition. A word outside it is unknown, never success. */
export const paymentStatuses = [
  'CREATED',
  'AUTHORIZED',
  'REAUTHORIZING',
  'COMPLETED',
  'REFUNDED',
  'FAILED',
  'CANCELED',
  'EXPIRED',
] as const
export type PaymentStatus = (typeof paymentStatuses)[number]

/** 200 of getPayment. paymentId and acceptedAt are missing (or null) before the customer pays. */
export const paymentDetails = z.looseObject({
  status: z.string(),
  merchantPaymentId: z.string(),
  amount: moneyAmount,
  paymentId: z.string().nullish(),
  /** Epoch seconds: when it became COMPLETED. */
  acceptedAt: z.int().nullish(),
  canceledAt: z.int().nullish(),
  refunds: z
    .looseObject({
      data: z.array(
        z.looseObject({ status: z.string(), merchantRefundId: z.string().nullish(), amount: moneyAmount }),
      ),
    })
    .nullish(),
})

/** 200 of deleteCode. */
export const deletedCode = z.looseObject({ qrStatus: z.literal('DELETED') })

/** Request of refundPayment. `paymentId` is PayPay's, not ours. */
export const refundRequest = z.object({
  merchantRefundId: merchantId64,
  paymentId: z.string().min(1),
  amount: z.object({ amount: z.int().min(1).max(99_999_999_999), currency: z.literal('JPY') }),
  requestedAt: z.int(),
  reason: z.string().max(255).optional(),
})
export type RefundRequest = z.infer<typeof refundRequest>

/** 200 of refundPayment and getRefund. CREATED and REFUNDED both mean that PayPay has taken it on (FAQ 4414054913423). */
export const refundDetails = z.looseObject({
  status: z.string(),
  merchantRefundId: z.string(),
  paymentId: z.string(),
  amount: moneyAmount,
  acceptedAt: z.int().nullish(),
})

/** How a linked user's card or the like stands (all that PayPay's Java SDK names). */
export const paymentMethodStatuses = [
  'MAINTENANCE',
  'OFF',
  'ACTIVATED',
  'APPLYING',
  'SUSPENDED',
  'EXPIRED',
] as const

/** What a user may let a merchant do (OPA, Account link; all that PayPay's SDKs name). */
export const scopes = [
  'direct_debit',
  'cashback',
  'get_balance',
  'quick_pay',
  'continuous_payments',
  'merchant_topup',
  'pending_payments',
  'user_notification',
  'user_topup',
  'user_profile',
  'preauth_capture_native',
  'preauth_capture_transaction',
  'push_notification',
  'notification_center_ob',
  'notification_center_ab',
  'notification_center_tl',
] as const
