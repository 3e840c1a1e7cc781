import { getAuthorization, getProfile, unlinkUser } from './accounts/authorizations.ts'
import { createLinkSession, legacyAuthorization } from './accounts/links.ts'
import { checkBalance, getBalance, getPaymentMethods } from './accounts/wallet.ts'
import type { Book, Change } from './book.ts'
import { cancelPayment } from './cancels.ts'
import { getCashback, giveCashback } from './cashback/cashbacks.ts'
import { getReversal, reverseCashback } from './cashback/reversals.ts'
import { createCode, deleteCode } from './codes.ts'
import { getPayment, readPayment } from './details.ts'
import { payDirectly } from './native/payments.ts'
import { cancelRequest, createRequest, getRequest } from './native/requests.ts'
import { capturePayment } from './preauth/captures.ts'
import { reauthorizePayment } from './preauth/reauthorizations.ts'
import { revertPayment } from './preauth/reverts.ts'
import type { Random } from './random.ts'
import { getRefund, refundPayment } from './refunds.ts'
import { failure, type Said } from './results.ts'
import { routeOf } from './routes.ts'
import type { Switches } from './switches.ts'
import { createTopup, deleteTopup, getTopup } from './topups.ts'

/**
 * PayPay's rules: what it says to a request that was signed rightly, and what it then has on its books. Pure: the same
 * book, request and surroundings give the same answer; the book itself is left alone (`applyChange` applies the changes).
 */
export function answerRequest(book: Book, request: PaypayRequest, at: Surroundings): Ruling {
  const route = routeOf(request.method, request.path)
  if (route === null)
    return says(failure('RESOURCE_NOT_FOUND', `no API at ${request.method} ${request.path}`))
  switch (route.endpoint) {
    case 'createCode':
      return createCode(book, request.body, at)
    case 'getPayment':
      return getPayment(book, route.id, at)
    case 'deleteCode':
      return deleteCode(book, route.id, at)
    case 'cancelPayment':
      return cancelPayment(book, route.id, at)
    case 'refundPayment':
      return refundPayment(book, request.body, at)
    case 'getRefund':
      return getRefund(book, route.id, request.query.paymentId ?? null, at)
    case 'readPayment':
      return readPayment(book, route.id, at)
    case 'capturePayment':
      return capturePayment(book, request.body, at)
    case 'reauthorizePayment':
      return reauthorizePayment(book, request.body, at)
    case 'revertPayment':
      return revertPayment(book, request.body, at)
    case 'createLinkSession':
      return createLinkSession(request.body, at)
    case 'legacyAuthorization':
      return legacyAuthorization(request.query, at)
    case 'getAuthorization':
      return getAuthorization(book, request.query.userAuthorizationId, at)
    case 'unlinkUser':
      return unlinkUser(book, route.id, at)
    case 'getProfile':
      return getProfile(book, request.query.userAuthorizationId, at)
    case 'createPayment':
      return payDirectly(book, 'native', request, at)
    case 'createPreauthorization':
      return payDirectly(book, 'preauthorization', request, at)
    case 'createContinuousPayment':
      return payDirectly(book, 'continuous', request, at)
    case 'checkBalance':
      return checkBalance(book, request.query, at)
    case 'getBalance':
      return /^[2-6]$/.test(route.id)
        ? getBalance(book, request.query, at)
        : says(failure('RESOURCE_NOT_FOUND', `no API at ${request.path}`))
    case 'getPaymentMethods':
      return getPaymentMethods(book, request.query, at)
    case 'createRequest':
      return createRequest(book, request.body, at)
    case 'getRequest':
      return getRequest(book, route.id, at)
    case 'cancelRequest':
      return cancelRequest(book, route.id, at)
    case 'giveCashback':
      return giveCashback(book, request.body, at)
    case 'getCashback':
      return getCashback(book, route.id, at)
    case 'reverseCashback':
      return reverseCashback(book, request.body, at)
    case 'getReversal':
      return getReversal(book, route.id, route.ofId, at)
    case 'createTopup':
      return createTopup(book, request.body, at)
    case 'getTopup':
      return getTopup(book, route.id, at)
    case 'deleteTopup':
      return deleteTopup(book, route.id, at)
  }
}

export type PaypayRequest = {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** Parsed JSON; undefined where there was none or it could not be parsed. */
  readonly body: unknown
}

/** All that a rule may know besides the book and the request. */
export type Surroundings = {
  /** PayPay's clock, epoch ms. */
  readonly nowMs: number
  readonly switches: Switches
  /** Only for ids. */
  readonly random: Random
  /** Where the customer's phone is, for answers that name it; without a server there is none. */
  readonly phoneUrl?: string
  /** What tokens are signed with and made out to. */
  readonly keys?: { readonly apiKey: string; readonly apiSecret: string; readonly merchantId: string | null }
}

export type Ruling = { readonly said: Said; readonly changes: readonly Change[] }

export function says(said: Said, ...changes: Change[]): Ruling {
  return { said, changes }
}
