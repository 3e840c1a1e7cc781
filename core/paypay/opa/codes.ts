import * as z from 'zod'
import { createdCode, deletedCode, endpoints } from '../wire.ts'
import type { Endpoint } from './endpoint.ts'
import * as f from './fields.ts'

/** Dynamic QR: a code on a screen, its payment, its way back (OPA, Dynamic QR). */
export const codes = {
  createCode: {
    ...endpoints.createCode,
    input: z
      .strictObject({
        merchantPaymentId: f.merchantId,
        amount: f.yen,
        /** ORDER_QR is the only one for a payment. */
        codeType: z.literal('ORDER_QR').default('ORDER_QR'),
        orderDescription: f.text.optional(),
        /** Obsolete at PayPay, still taken. */
        orderItems: z.array(f.orderItem).optional(),
        storeInfo: f.text.optional(),
        storeId: f.text.optional(),
        terminalId: f.text.optional(),
        requestedAt: f.requestedAt,
        isAuthorization: z.boolean().default(false),
        /** Epoch s, below what PayPay grants the merchant. */
        authorizationExpiry: f.epochS.optional(),
        productType: f.productType.optional(),
        /** Of the one who pays; PayPay weighs risks with it. */
        ipAddress: z.union([z.ipv4(), z.ipv6()], { error: 'an IPv4 or IPv6 address' }).optional(),
        /** For a payment on the web or in an app; a screen in a shop leaves these out. */
        redirectUrl: f.webUrl.optional(),
        redirectType: f.redirectType.optional(),
        userAgent: f.text.optional(),
      })
      .refine(one => one.isAuthorization || one.authorizationExpiry === undefined, {
        path: ['authorizationExpiry'],
        error: 'left out, as isAuthorization is not true',
      })
      .refine(one => (one.redirectUrl === undefined) === (one.redirectType === undefined), {
        path: ['redirectType'],
        error: 'sent together with redirectUrl',
      }),
    answers: { SUCCESS: { http: 201, data: createdCode } },
    echoes: ['merchantPaymentId', 'amount'],
    // After an answer that tells nothing the same id may give the old code, or DUPLICATE_DYNAMIC_QR_REQUEST.
    repeat: 'askFirst',
    id: 'merchantPaymentId',
  },
  /** A payment by a code; before somebody pays it reads CREATED. */
  getPayment: {
    ...endpoints.getPayment,
    input: z.strictObject({ merchantPaymentId: f.merchantId }),
    answers: { SUCCESS: { http: 200, data: f.payment } },
    echoes: ['merchantPaymentId'],
    repeat: 'freely',
  },
  deleteCode: {
    ...endpoints.deleteCode,
    input: z.strictObject({ codeId: f.codeId }),
    answers: { SUCCESS: { http: 200, data: deletedCode } },
    echoes: ['codeId'],
    repeat: 'sameId',
  },
  /** Money whose way is unknown comes back for certain. Until 00:14:59 of the day after, Japanese time. */
  cancelPayment: {
    ...endpoints.cancelPayment,
    input: z.strictObject({ merchantPaymentId: f.merchantId }),
    answers: { REQUEST_ACCEPTED: { http: 202, data: f.nothing }, SUCCESS: { http: 200, data: f.nothing } },
    echoes: ['merchantPaymentId'],
    repeat: 'sameId',
  },
  /** All of a payment or a part. CREATED and REFUNDED both mean that PayPay has taken it on (FAQ 4414054913423). */
  refundPayment: {
    ...endpoints.refundPayment,
    input: z.strictObject({
      merchantRefundId: f.merchantId,
      paymentId: f.paymentId,
      amount: f.yen,
      requestedAt: f.requestedAt,
      reason: f.text.optional(),
    }),
    answers: { SUCCESS: { http: 200, data: f.refundTaken } },
    echoes: ['merchantRefundId', 'paymentId', 'amount'],
    repeat: 'sameId',
    id: 'merchantRefundId',
  },
  getRefund: {
    ...endpoints.getRefund,
    query: ['paymentId'],
    input: z.strictObject({ merchantRefundId: f.merchantId, paymentId: f.paymentId }),
    answers: { SUCCESS: { http: 200, data: f.refundTaken } },
    echoes: ['merchantRefundId', 'paymentId'],
    repeat: 'freely',
  },
} as const satisfies Record<string, Endpoint>
