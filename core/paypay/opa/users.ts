import * as z from 'zod'
import { paymentMethodStatuses, scopes } from '../wire.ts'
import type { Endpoint } from './endpoint.ts'
import * as f from './fields.ts'

const ofUser = { userAuthorizationId: f.userAuthorizationId }
/** A number in a query is digits. */
const digits = z.int().min(1, 'at least 1 yen').max(99_999_999_999, 'at most 11 digits')

const paymentMethod = z.looseObject({
  /** `CREDIT_CARD`, `PAY_LATER_CC`; PayPay publishes no list. With the id it says how a payment is to be paid. */
  paymentMethodType: z.string().nullish(),
  id: z.string().nullish(),
  issuerName: z.string().nullish(),
  /** Masked. */
  accountNo: z.string().nullish(),
  logoUrl: z.string().nullish(),
  disabled: z.boolean().nullish(),
  underMaintenance: z.boolean().nullish(),
  authenticated: z.boolean().nullish(),
  limited: z.boolean().nullish(),
  paymentMethodStatus: z.enum(paymentMethodStatuses).nullish(),
})

/** Users who have linked their account, and what may be asked about them (OPA, Account link, User, Wallet). */
export const users = {
  createAccountLink: {
    apiName: 'v1_qrSession',
    method: 'POST',
    path: '/v1/qr/sessions',
    timeoutMs: 10_000,
    input: z.strictObject({
      scopes: z.array(z.enum(scopes)).min(1, 'at least one of them'),
      /** Comes back in the token; a token with another nonce is not yours. */
      nonce: f.someText,
      redirectType: f.redirectType.optional(),
      redirectUrl: f.httpsUrl,
      /** Your own id of the user. */
      referenceId: f.someText,
      phoneNumber: f.text.optional(),
      deviceId: f.text.optional(),
      userAgent: f.text.optional(),
      requestedAt: f.requestedAt,
    }),
    answers: { SUCCESS: { http: 201, data: z.looseObject({ linkQRCodeURL: z.string() }) } },
    echoes: [],
    repeat: 'freely',
  },
  getUserAuthorization: {
    apiName: 'v2_userAuthStatus',
    method: 'GET',
    path: '/v2/user/authorizations',
    query: ['userAuthorizationId'],
    timeoutMs: 15_000,
    input: z.strictObject(ofUser),
    answers: {
      SUCCESS: {
        http: 200,
        data: z.looseObject({
          userAuthorizationId: z.string(),
          status: z.enum(['ACTIVE', 'INACTIVE']),
          scopes: z.array(z.string()).nullish(),
          referenceIds: z.array(z.string()).nullish(),
          expireAt: z.int().nullish(),
          issuedAt: z.int().nullish(),
        }),
      },
    },
    echoes: ['userAuthorizationId'],
    repeat: 'freely',
  },
  unlinkUser: {
    apiName: 'v2_unlinkUser',
    method: 'DELETE',
    path: '/v2/user/authorizations/{userAuthorizationId}',
    timeoutMs: 15_000,
    input: z.strictObject(ofUser),
    answers: { SUCCESS: { http: 200, data: f.nothing }, REQUEST_ACCEPTED: { http: 202, data: f.nothing } },
    echoes: ['userAuthorizationId'],
    repeat: 'sameId',
  },
  /** The older way to link on the web, which PayPay's SDKs still have; new integrations use createAccountLink. */
  openWebAuthorization: {
    apiName: null,
    method: 'GET',
    path: '/v2/user_authorization',
    query: ['apiKey', 'requestToken'],
    timeoutMs: 15_000,
    input: z.strictObject({ apiKey: f.someText, requestToken: z.string().min(1, 'not empty') }),
    answers: { SUCCESS: { http: 200, data: f.nothing } },
    echoes: [],
    repeat: 'freely',
  },
  getWebAuthorizationResult: {
    apiName: null,
    method: 'GET',
    path: '/v2/user_authorization',
    query: ['apiKey', 'responseToken'],
    timeoutMs: 15_000,
    input: z.strictObject({ apiKey: f.someText, responseToken: z.string().min(1, 'not empty') }),
    answers: { SUCCESS: { http: 200, data: f.nothing } },
    echoes: [],
    repeat: 'freely',
  },
  /** `*******4567`. PayPay's Node SDK has no function for it. */
  getUserProfile: {
    apiName: 'v2_getSecureUserProfile',
    method: 'GET',
    path: '/v2/user/profile/secure',
    query: ['userAuthorizationId'],
    timeoutMs: 15_000,
    input: z.strictObject(ofUser),
    answers: { SUCCESS: { http: 200, data: z.looseObject({ phoneNumber: z.string() }) } },
    echoes: [],
    repeat: 'freely',
  },
  /** How a linked user can pay beside their wallet. PayPay's Java SDK alone has it; in its answers any field may be null. */
  getPaymentMethods: {
    apiName: 'v4_getPaymentMethods',
    method: 'GET',
    path: '/v4/paymentMethods',
    query: ['userAuthorizationId', 'productType'],
    timeoutMs: 30_000,
    input: z.strictObject({ ...ofUser, productType: f.productType.optional() }),
    answers: {
      SUCCESS: {
        http: 200,
        data: z.looseObject({
          walletInfo: z
            .looseObject({ userAuthorizationId: z.string().nullish(), totalBalance: f.money.nullish() })
            .nullish(),
          // Without the list it is no answer to the question; a user without any has an empty one.
          paymentMethods: z.array(paymentMethod),
        }),
      },
    },
    echoes: ['walletInfo.userAuthorizationId'],
    repeat: 'freely',
  },
  checkBalance: {
    apiName: 'v2_checkWalletBalance',
    method: 'GET',
    path: '/v2/wallet/check_balance',
    query: ['userAuthorizationId', 'amount', 'currency', 'productType'],
    timeoutMs: 15_000,
    input: z.strictObject({
      ...ofUser,
      amount: digits,
      currency: z.literal('JPY').default('JPY'),
      productType: f.productType.optional(),
    }),
    answers: { SUCCESS: { http: 200, data: z.looseObject({ hasEnoughBalance: z.boolean() }) } },
    echoes: [],
    repeat: 'freely',
  },
  getWalletBalance: {
    apiName: 'v6_getWalletBalance',
    method: 'GET',
    path: '/v6/wallet/balance',
    query: ['userAuthorizationId', 'currency', 'productType'],
    timeoutMs: 15_000,
    input: z.strictObject({
      ...ofUser,
      currency: z.literal('JPY').default('JPY'),
      productType: f.productType.optional(),
    }),
    answers: {
      SUCCESS: {
        http: 200,
        data: z.looseObject({ userAuthorizationId: z.string(), totalBalance: f.money }),
      },
    },
    echoes: ['userAuthorizationId'],
    repeat: 'freely',
  },
} as const satisfies Record<string, Endpoint>
