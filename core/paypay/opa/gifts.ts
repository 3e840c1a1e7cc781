import * as z from 'zod'
import type { Endpoint } from './endpoint.ts'
import * as f from './fields.ts'

const walletType = z.enum(['PREPAID', 'CASHBACK'])
const taken = { REQUEST_ACCEPTED: { http: 202, data: f.nothing } } as const
/** Taken on is not done: only a read says SUCCESS or FAILURE, and with FAILURE PayPay's code is not SUCCESS. */
const outcome = z.looseObject({
  status: z.enum(['SUCCESS', 'FAILURE']),
  merchantCashbackId: z.string(),
  amount: f.money,
  cashbackId: z.string().nullish(),
  acceptedAt: z.int().nullish(),
  requestedAt: z.int().nullish(),
})
const topup = z.looseObject({
  merchantTopUpId: z.string(),
  status: z.string().nullish(),
  codeId: z.string().nullish(),
  url: z.string().nullish(),
  expiryDate: z.int().nullish(),
})

/** Money to a user: cashback, its reversal, and codes that top up a wallet (OPA, Cashback, Top up). */
export const gifts = {
  giveCashback: {
    apiName: 'v2_createCashBackRequest',
    method: 'POST',
    path: '/v2/cashback',
    timeoutMs: 30_000,
    input: z.strictObject({
      merchantCashbackId: f.merchantId,
      userAuthorizationId: f.userAuthorizationId,
      amount: f.yen,
      requestedAt: f.requestedAt,
      orderDescription: f.text.optional(),
      walletType: walletType.optional(),
      expiryDate: z.iso.date({ error: 'a day, such as 2026-12-31' }).optional(),
      metadata: z.record(z.string(), z.unknown()).optional(),
    }),
    answers: taken,
    echoes: ['merchantCashbackId'],
    repeat: 'sameId',
    id: 'merchantCashbackId',
  },
  getCashback: {
    apiName: 'v2_getCashbackDetails',
    method: 'GET',
    path: '/v2/cashback/{merchantCashbackId}',
    timeoutMs: 15_000,
    input: z.strictObject({ merchantCashbackId: f.merchantId }),
    answers: { SUCCESS: { http: 200, data: outcome } },
    echoes: ['merchantCashbackId'],
    repeat: 'freely',
  },
  reverseCashback: {
    apiName: 'v2_createReverseCashBackRequest',
    method: 'POST',
    path: '/v2/cashback_reversal',
    timeoutMs: 30_000,
    input: z.strictObject({
      merchantCashbackReversalId: f.merchantId,
      merchantCashbackId: f.merchantId,
      amount: f.yen,
      requestedAt: f.requestedAt,
      reason: f.text.optional(),
      metadata: z.record(z.string(), z.unknown()).optional(),
    }),
    answers: taken,
    echoes: ['merchantCashbackReversalId', 'merchantCashbackId'],
    repeat: 'sameId',
    id: 'merchantCashbackReversalId',
  },
  getCashbackReversal: {
    apiName: 'v2_getReversedCashBackDetails',
    method: 'GET',
    path: '/v2/cashback_reversal/{merchantCashbackReversalId}/{merchantCashbackId}',
    timeoutMs: 15_000,
    input: z.strictObject({ merchantCashbackReversalId: f.merchantId, merchantCashbackId: f.merchantId }),
    answers: { SUCCESS: { http: 200, data: outcome } },
    echoes: ['merchantCashbackReversalId', 'merchantCashbackId'],
    repeat: 'freely',
  },
  createTopupCode: {
    apiName: null,
    method: 'POST',
    path: '/v1/code/topup',
    timeoutMs: 30_000,
    input: z.strictObject({
      merchantTopUpId: f.merchantId,
      userAuthorizationId: f.userAuthorizationId,
      minimumTopUpAmount: f.yen.optional(),
      codeType: z.literal('TOPUP_QR').default('TOPUP_QR'),
      requestedAt: f.requestedAt,
      redirectType: f.redirectType.optional(),
      redirectUrl: f.webUrl.optional(),
      userAgent: f.text.optional(),
      metadata: z.record(z.string(), z.unknown()).optional(),
    }),
    answers: { SUCCESS: { http: 201, data: topup.extend({ codeId: z.string(), url: z.string() }) } },
    echoes: ['merchantTopUpId', 'userAuthorizationId'],
    repeat: 'askFirst',
    id: 'merchantTopUpId',
  },
  getTopup: {
    apiName: null,
    method: 'GET',
    path: '/v1/code/topup/{merchantTopUpId}',
    timeoutMs: 30_000,
    input: z.strictObject({ merchantTopUpId: f.merchantId }),
    answers: { SUCCESS: { http: 200, data: topup } },
    echoes: ['merchantTopUpId'],
    repeat: 'freely',
  },
  deleteTopupCode: {
    apiName: null,
    method: 'DELETE',
    path: '/v1/code/topup/{codeId}',
    timeoutMs: 30_000,
    input: z.strictObject({ codeId: f.codeId }),
    answers: { SUCCESS: { http: 200, data: f.nothing } },
    echoes: ['codeId'],
    repeat: 'sameId',
  },
} as const satisfies Record<string, Endpoint>
