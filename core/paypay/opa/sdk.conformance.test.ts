import sdk from '@paypayopa/paypayopa-sdk-node'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../secret.ts'
import { authorization } from '../auth.ts'
import { Scripted } from '../scripted.ts'
import type { WireRequest } from '../transport.ts'
import { type Opa, openOpa } from './client.ts'
import { examples } from './examples.ts'
import type { FunctionName } from './table.ts'

// PayPay's official Node SDK 2.2.0 beside our client: for the same wish both send the same request, but for what is listed here and
// told in docs/paypay.md. Nothing leaves the machine: the SDK's own way to the network is taken out.

const keys = { apiKey: 'test-key', apiSecret: 'test-secret', merchantId: 'M-1' }

type Sent = {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly fields: Readonly<Record<string, unknown>> | null
}
/** How one function of the SDK's is called for the wish that ours is called with, and what differs. */
type Pair = {
  readonly ours: FunctionName
  /** The SDK takes what goes into a path as a list, in its order. */
  readonly args: (input: Readonly<Record<string, unknown>>) => readonly unknown[]
  /** Of ours; undefined: it is not sent. */
  readonly differs?: { readonly query?: object; readonly fields?: object }
}
const payload = (input: Readonly<Record<string, unknown>>) => [{ ...input }]
const listed =
  (...names: readonly string[]) =>
  (input: Readonly<Record<string, unknown>>) => [names.map(name => input[name])]
const { paymentId } = examples.getRefund
const codeDefaults = { codeType: 'ORDER_QR', isAuthorization: false }

const pairs: Readonly<Record<string, Pair>> = {
  QRCodeCreate: { ours: 'createCode', args: payload, differs: { fields: codeDefaults } },
  GetCodePaymentDetails: { ours: 'getPayment', args: listed('merchantPaymentId') },
  QRCodeDelete: { ours: 'deleteCode', args: listed('codeId') },
  PaymentCancel: { ours: 'cancelPayment', args: listed('merchantPaymentId') },
  PaymentRefund: { ours: 'refundPayment', args: payload },
  GetRefundDetails: {
    ours: 'getRefund',
    args: listed('merchantRefundId'),
    differs: { query: { paymentId } },
  },
  PaymentAuthCapture: { ours: 'capturePayment', args: payload },
  PaymentAuthRevert: { ours: 'revertPayment', args: payload },
  CreatePayment: { ours: 'createNativePayment', args: payload },
  PaymentPreauthorize: { ours: 'authorizeNativePayment', args: payload },
  GetPaymentDetails: { ours: 'getNativePayment', args: listed('merchantPaymentId') },
  CreateSubscriptionPayment: { ours: 'createContinuousPayment', args: payload },
  CreatePendingPayment: { ours: 'createPendingPayment', args: payload },
  GetPendingPaymentDetails: { ours: 'getPendingPayment', args: listed('merchantPaymentId') },
  CancelPendingOrder: { ours: 'cancelPendingPayment', args: listed('merchantPaymentId') },
  RefundPendingPayment: { ours: 'refundPayment', args: payload },
  AccountLinkQRCodeCreate: { ours: 'createAccountLink', args: payload },
  GetUserAuthorizationStatus: { ours: 'getUserAuthorization', args: listed('userAuthorizationId') },
  UnlinkUser: { ours: 'unlinkUser', args: listed('userAuthorizationId') },
  CheckUserWalletBalance: {
    ours: 'checkBalance',
    args: input => [[input.userAuthorizationId, input.amount, 'JPY']],
  },
  Authorization: { ours: 'openWebAuthorization', args: listed('apiKey', 'requestToken') },
  AuthorizationResult: { ours: 'getWebAuthorizationResult', args: listed('apiKey', 'responseToken') },
  CashBack: { ours: 'giveCashback', args: payload },
  CheckCashBackDetails: { ours: 'getCashback', args: listed('merchantCashbackId') },
  ReversalCashBack: { ours: 'reverseCashback', args: payload },
  CheckCashBackReversalDetails: {
    ours: 'getCashbackReversal',
    args: listed('merchantCashbackReversalId', 'merchantCashbackId'),
  },
}
/** Of the SDK's exports, those that send nothing. ValidateJWT has its peer in jwt.ts, with a vector of its own. */
const senders = ['Configure', 'ValidateJWT', 'PayPayRestSDK', 'Conf']

it('has every function of the SDK', () => {
  expect([...Object.keys(pairs), ...senders].toSorted()).toEqual(Object.keys(sdk).toSorted())
})

type SdkCall = (options: Record<string, unknown>, payload: unknown, done: (answer: object) => void) => void

/** What the SDK hands to Node's https. */
async function sentByTheirs(name: string, args: readonly unknown[]): Promise<Sent> {
  let options: Record<string, unknown> = {}
  let body: unknown
  const peer = new sdk.PayPayRestSDK()
  const httpsCall: SdkCall = (given, payload, done) => {
    options = given
    body = payload
    done({ STATUS: 200, BODY: {} })
  }
  peer.setHttpsClient({ httpsCall, printDebugMessage: () => undefined } as never)
  peer.configure({ clientId: keys.apiKey, clientSecret: keys.apiSecret, merchantId: keys.merchantId })
  const method = peer[methodOf(name)] as (...args: readonly unknown[]) => Promise<unknown>
  await method(...args)
  const url = new URL(String(options.path), 'https://paypay.example')
  return {
    method: String(options.method),
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: options.headers as Record<string, string>,
    fields: options.method === 'POST' ? (body as Record<string, unknown>) : null,
  }
}

/** The exports are bound methods of one shared client; this finds the one that an export is. */
function methodOf(name: string): keyof InstanceType<typeof sdk.PayPayRestSDK> {
  const shared = sdk as unknown as Readonly<Record<string, unknown>>
  const words: Readonly<Record<string, string>> = {
    CreateSubscriptionPayment: 'paymentSubscription',
    CashBack: 'cashBack',
    CheckCashBackDetails: 'getCashBackDetails',
    ReversalCashBack: 'reverseCashBack',
    CheckCashBackReversalDetails: 'getReverseCashBackDetails',
    QRCodeCreate: 'qrCodeCreate',
    QRCodeDelete: 'qrCodeDelete',
  }
  const method = words[name] ?? name.charAt(0).toLowerCase() + name.slice(1)
  if (typeof shared[name] !== 'function') throw new Error(`the SDK has no ${name}`)
  return method as keyof InstanceType<typeof sdk.PayPayRestSDK>
}

async function sentByOurs(name: FunctionName): Promise<WireRequest> {
  const paypay = new Scripted()
  const opa = openOpa({
    transport: paypay,
    clock: paypay,
    credentials: { ...keys, apiSecret: new Secret(keys.apiSecret) },
    nonce: () => 'nonce-1',
  })
  await (opa[name] as (input: unknown) => ReturnType<Opa['getPayment']>)(examples[name])
  const [request] = paypay.sent
  if (!request) throw new Error(`${name} sent nothing`)
  return request
}

describe.each(Object.entries(pairs))('%s', (theirName, { ours, args, differs = {} }) => {
  const wish = examples[ours] as Readonly<Record<string, unknown>>

  it(`is sent as ${ours} sends it`, async () => {
    const theirs = await sentByTheirs(theirName, args(wish))
    const sent = await sentByOurs(ours)
    expect(sent).toMatchObject({ method: theirs.method, path: theirs.path })
    expect(sent.query).toEqual({ ...theirs.query, ...differs.query })
    const fields = sent.body === null ? null : JSON.parse(sent.body.toString())
    // Both put in the second of the clock where it is left out.
    const stamped = theirs.fields && {
      ...theirs.fields,
      ...differs.fields,
      ...(theirs.fields.requestedAt === undefined ? {} : { requestedAt: fields.requestedAt }),
    }
    expect(fields).toEqual(stamped)
    const { Authorization, ...headers } = sent.headers
    const { Authorization: signature, 'Content-Length': _, ...theirHeaders } = theirs.headers
    // A length is Node's to say in ours; the SDK says it itself.
    expect(headers).toEqual(theirHeaders)
    expect(headers['X-ASSUME-MERCHANT']).toBe('M-1')
    const form = /^hmac OPA-Auth:test-key:[A-Za-z0-9+/]{43}=:[^:]+:\d{10}:(?:empty|[A-Za-z0-9+/]{22}==)$/
    expect(Authorization).toMatch(form)
    expect(signature).toMatch(form)
  })

  it('has the signature that ours has for the same moment, word and bytes', async () => {
    const theirs = await sentByTheirs(theirName, args(wish))
    const [, , , nonce = '', epochS] = (theirs.headers.Authorization ?? '').split(':')
    expect(
      authorization({
        apiKey: keys.apiKey,
        apiSecret: keys.apiSecret,
        method: theirs.method,
        path: theirs.path,
        nonce,
        epochS: Number(epochS),
        contentType: 'application/json',
        body: theirs.fields && Buffer.from(JSON.stringify(theirs.fields)),
      }),
    ).toBe(theirs.headers.Authorization)
  })
})

it('agrees that a similar payment is meant, in the same query', async () => {
  const wish = examples.createNativePayment
  const theirs = await sentByTheirs('CreatePayment', [{ ...wish }, true])
  expect(theirs.query).toEqual({ agreeSimilarTransaction: 'true' })
})
