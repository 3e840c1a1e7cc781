import * as z from 'zod'
import type { Endpoint } from './endpoint.ts'
import * as f from './fields.ts'

const ofPayment = {
  merchantPaymentId: f.merchantId,
  userAuthorizationId: f.userAuthorizationId,
  amount: f.yen,
  requestedAt: f.requestedAt,
  ...f.ofOrder,
}
/** One of getPaymentMethods, by which the user is to pay. PayPay publishes no limit of the id's length. */
const byMethod = {
  paymentMethodType: f.someText.optional(),
  paymentMethodId: z.string().min(1, 'not empty').optional(),
}
/** True: it is paid although the same user paid the same amount a moment ago (SUSPECTED_DUPLICATE_PAYMENT). */
const agreeSimilarTransaction = z.boolean().default(false)
const made = { SUCCESS: { http: 201, data: f.madePayment } } as const

/** Payments of users who have linked their account: native, continuous, pending (OPA, Native payments and its kin). */
export const payments = {
  createNativePayment: {
    apiName: 'v2_createPayment',
    method: 'POST',
    path: '/v2/payments',
    query: ['agreeSimilarTransaction'],
    timeoutMs: 30_000,
    input: z.strictObject({
      ...ofPayment,
      ...byMethod,
      productType: f.productType.optional(),
      agreeSimilarTransaction,
    }),
    answers: made,
    echoes: ['merchantPaymentId', 'userAuthorizationId', 'amount'],
    repeat: 'sameId',
    id: 'merchantPaymentId',
  },
  authorizeNativePayment: {
    apiName: 'v2_createOrderAndAuthorize',
    method: 'POST',
    path: '/v2/payments/preauthorize',
    query: ['agreeSimilarTransaction'],
    timeoutMs: 30_000,
    input: z.strictObject({
      ...ofPayment,
      ...byMethod,
      /** Epoch s: until when it can be captured. */
      expiresAt: f.epochS.optional(),
      agreeSimilarTransaction,
    }),
    answers: made,
    echoes: ['merchantPaymentId', 'userAuthorizationId', 'amount'],
    repeat: 'sameId',
    id: 'merchantPaymentId',
  },
  /** Knows nothing of a code that nobody has paid (404 RESOURCE_NOT_FOUND): for a code use getPayment. */
  getNativePayment: {
    apiName: 'v2_getPaymentDetail',
    method: 'GET',
    path: '/v2/payments/{merchantPaymentId}',
    timeoutMs: 15_000,
    input: z.strictObject({ merchantPaymentId: f.merchantId }),
    answers: { SUCCESS: { http: 200, data: f.payment } },
    echoes: ['merchantPaymentId'],
    repeat: 'freely',
  },
  createContinuousPayment: {
    apiName: 'v1_createSubscriptionPayment',
    method: 'POST',
    path: '/v1/subscription/payments',
    timeoutMs: 30_000,
    input: z.strictObject({ ...ofPayment, ...byMethod, productType: f.productType.optional() }),
    answers: made,
    echoes: ['merchantPaymentId', 'userAuthorizationId', 'amount'],
    repeat: 'sameId',
    id: 'merchantPaymentId',
  },
  /** A request for money in the user's app. Without expiryDate it ends after 6 h. */
  createPendingPayment: {
    apiName: 'v1_createRequestOrder',
    method: 'POST',
    path: '/v1/requestOrder',
    timeoutMs: 30_000,
    input: z.strictObject({ ...ofPayment, expiryDate: f.epochS.optional() }),
    answers: {
      SUCCESS: {
        http: 201,
        data: z.looseObject({
          merchantPaymentId: z.string(),
          amount: f.money,
          expiryDate: z.int().nullish(),
        }),
      },
    },
    echoes: ['merchantPaymentId', 'userAuthorizationId', 'amount'],
    repeat: 'sameId',
    id: 'merchantPaymentId',
  },
  getPendingPayment: {
    apiName: 'v1_getRequestOrder',
    method: 'GET',
    path: '/v1/requestOrder/{merchantPaymentId}',
    timeoutMs: 15_000,
    input: z.strictObject({ merchantPaymentId: f.merchantId }),
    answers: { SUCCESS: { http: 200, data: f.payment.extend({ expiryDate: z.int().nullish() }) } },
    echoes: ['merchantPaymentId'],
    repeat: 'freely',
  },
  /** Only while nobody has paid; afterwards refund it. */
  cancelPendingPayment: {
    apiName: 'v1_cancelRequestOrder',
    method: 'DELETE',
    path: '/v1/requestOrder/{merchantPaymentId}',
    timeoutMs: 15_000,
    input: z.strictObject({ merchantPaymentId: f.merchantId }),
    answers: { REQUEST_ACCEPTED: { http: 202, data: f.nothing }, SUCCESS: { http: 200, data: f.nothing } },
    echoes: ['merchantPaymentId'],
    repeat: 'sameId',
  },
} as const satisfies Record<string, Endpoint>
