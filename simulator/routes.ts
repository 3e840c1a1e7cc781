import { endpoints as tillEndpoints } from '../core/paypay/wire.ts'

/** The calls of a till, which core describes, and are looked for first. */
const TILL = [
  'createCode',
  'getPayment',
  'deleteCode',
  'cancelPayment',
  'refundPayment',
  'getRefund',
] as const

/** The rest of the Open Payment API. `readPayment` knows of payments and not of codes. */
const others = {
  readPayment: ['GET', '/v2/payments/{merchantPaymentId}'],
  capturePayment: ['POST', '/v2/payments/capture'],
  revertPayment: ['POST', '/v2/payments/preauthorize/revert'],
  reauthorizePayment: ['POST', '/v2/payments/reauthorize'],
  createLinkSession: ['POST', '/v1/qr/sessions'],
  legacyAuthorization: ['GET', '/v2/user_authorization'],
  getAuthorization: ['GET', '/v2/user/authorizations'],
  unlinkUser: ['DELETE', '/v2/user/authorizations/{userAuthorizationId}'],
  getProfile: ['GET', '/v2/user/profile/secure'],
  createPayment: ['POST', '/v2/payments'],
  createPreauthorization: ['POST', '/v2/payments/preauthorize'],
  createContinuousPayment: ['POST', '/v1/subscription/payments'],
  checkBalance: ['GET', '/v2/wallet/check_balance'],
  getBalance: ['GET', '/v{version}/wallet/balance'],
  getPaymentMethods: ['GET', '/v4/paymentMethods'],
  createRequest: ['POST', '/v1/requestOrder'],
  getRequest: ['GET', '/v1/requestOrder/{merchantPaymentId}'],
  cancelRequest: ['DELETE', '/v1/requestOrder/{merchantPaymentId}'],
  giveCashback: ['POST', '/v2/cashback'],
  getCashback: ['GET', '/v2/cashback/{merchantCashbackId}'],
  reverseCashback: ['POST', '/v2/cashback_reversal'],
  getReversal: ['GET', '/v2/cashback_reversal/{merchantCashbackReversalId}/{merchantCashbackId}'],
  createTopup: ['POST', '/v1/code/topup'],
  getTopup: ['GET', '/v1/code/topup/{merchantTopUpId}'],
  deleteTopup: ['DELETE', '/v1/code/topup/{codeId}'],
} as const

export type TillEndpoint = (typeof TILL)[number]
export type OtherEndpoint = keyof typeof others
export type EndpointName = TillEndpoint | OtherEndpoint

export const endpointNames = [...TILL, ...(Object.keys(others) as OtherEndpoint[])] as const

/** What a request asks for. `id` is the decoded last part of the path, if it has one, and `ofId` the part behind that. */
export type Route = { readonly endpoint: EndpointName; readonly id: string; readonly ofId: string }

/** Finds the endpoint by method and path (without the query), or null. */
export function routeOf(method: string, path: string): Route | null {
  for (const { endpoint, method: routeMethod, pattern } of routes) {
    const found = method === routeMethod ? pattern.exec(path) : null
    if (found) return { endpoint, id: decoded(found[1] ?? ''), ofId: decoded(found[2] ?? '') }
  }
  return null
}

const routes = [
  ...TILL.map(endpoint => routeTo(endpoint, tillEndpoints[endpoint].method, tillEndpoints[endpoint].path)),
  ...Object.entries(others).map(([endpoint, [method, path]]) =>
    routeTo(endpoint as OtherEndpoint, method, path),
  ),
]

function routeTo(endpoint: EndpointName, method: string, template: string) {
  return { endpoint, method, pattern: new RegExp(`^${template.replaceAll(/\{\w+\}/g, '([^/]*)')}$`) }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
