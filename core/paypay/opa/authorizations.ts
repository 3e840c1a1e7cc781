import * as z from 'zod'
import type { Endpoint } from './endpoint.ts'
import * as f from './fields.ts'

/** Pre-authorised payments: the money is held, then captured or let go (OPA, Preauth capture). They need a contract. */
export const authorizations = {
  /** Above the authorised amount PayPay asks the user first, and answers 202. After a timeout use another merchantCaptureId. */
  capturePayment: {
    apiName: 'v2_captureAuthorizedOrder',
    method: 'POST',
    path: '/v2/payments/capture',
    timeoutMs: 30_000,
    input: z.strictObject({
      merchantPaymentId: f.merchantId,
      amount: f.yen,
      merchantCaptureId: f.merchantId,
      requestedAt: f.requestedAt,
      orderDescription: f.someText,
    }),
    answers: {
      // With another word the money is not taken, whatever the code says.
      SUCCESS: { http: 200, data: f.madePayment.extend({ status: z.literal('COMPLETED') }) },
      USER_CONFIRMATION_REQUIRED: { http: 202, data: f.nothing },
    },
    echoes: ['merchantPaymentId'],
    repeat: 'newId',
    id: 'merchantCaptureId',
  },
  revertPayment: {
    apiName: 'v2_revertAuthorizedOrder',
    method: 'POST',
    path: '/v2/payments/preauthorize/revert',
    timeoutMs: 30_000,
    input: z.strictObject({
      merchantRevertId: f.merchantId,
      paymentId: f.paymentId,
      requestedAt: f.requestedAt,
      reason: f.text.optional(),
    }),
    answers: {
      SUCCESS: { http: 200, data: z.looseObject({ status: z.literal('CANCELED'), paymentId: z.string() }) },
    },
    echoes: ['paymentId'],
    repeat: 'askFirst',
    id: 'merchantRevertId',
  },
  /** Another amount for what is authorised. A higher one waits for the user for up to 6 h; at most 10 times (OPA, Reauthorize). */
  reauthorizePayment: {
    apiName: null,
    method: 'POST',
    path: '/v2/payments/reauthorize',
    timeoutMs: 30_000,
    input: z.strictObject({
      requestId: f.requestId,
      paymentId: f.paymentId,
      updatedAmount: f.yen,
      requestedAt: f.requestedAt,
      merchantComment: f.text.optional(),
      /** These three where the amount grows. */
      redirectUrl: f.webUrl.optional(),
      redirectType: f.redirectType.optional(),
      userAgent: f.text.optional(),
    }),
    answers: {
      SUCCESS: { http: 200, data: f.nothing },
      USER_CONFIRMATION_REQUIRED: {
        http: 201,
        data: z.looseObject({ expiresAt: z.int(), url: z.string() }),
      },
    },
    echoes: ['requestId', 'paymentId', 'updatedAmount'],
    repeat: 'askFirst',
    id: 'requestId',
  },
} as const satisfies Record<string, Endpoint>
