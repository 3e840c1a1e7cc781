import type { WireAnswer } from '../transport.ts'
import { examples } from './examples.ts'
import type { FunctionName } from './table.ts'

/** For tests: PayPay's answer to each of `examples` when all is well, as PayPay documents it. */

export type Documented = { readonly status: number; readonly code: string; readonly data: object | null }

const success = (data: object, status = 200): Documented => ({ status, code: 'SUCCESS', data })
const accepted = (): Documented => ({ status: 202, code: 'REQUEST_ACCEPTED', data: null })

const amount = { amount: 160, currency: 'JPY' }
const paid = {
  paymentId: '03930495384927838208',
  status: 'COMPLETED',
  acceptedAt: 1_700_000_042,
  merchantPaymentId: 'order-1',
  amount,
  requestedAt: 1_700_000_000,
}
const ofUser = { ...paid, userAuthorizationId: examples.getUserProfile.userAuthorizationId }
const refund = { ...examples.refundPayment, status: 'CREATED', acceptedAt: 1_700_000_100 }
const cashback = { status: 'SUCCESS', cashbackId: '1111', amount, acceptedAt: 1_700_000_100 }
const code = {
  codeId: '04-jT9F6LVcDfx5fMbj',
  url: 'https://qr-stg.sandbox.paypay.ne.jp/28180104jT9F6LVcDfx5fMbj',
  expiryDate: 1_700_000_300,
}
const creditCard = {
  paymentMethodType: 'CREDIT_CARD',
  id: 'c0ffee01',
  issuerName: 'クレジットカード',
  accountNo: '****6666',
  logoUrl: null,
  disabled: false,
  underMaintenance: false,
  authenticated: true,
  limited: false,
  paymentMethodStatus: 'ACTIVATED',
}
const payLater = {
  ...creditCard,
  paymentMethodType: 'PAY_LATER_CC',
  id: 'c0ffee02',
  issuerName: 'PayPayあと払い',
  accountNo: null,
  logoUrl: 'https://image.paypay.ne.jp/icon/payment_method_icons/paylater.png',
  authenticated: null,
}

export const documented: Readonly<Record<FunctionName, Documented>> = {
  createCode: success({ ...code, merchantPaymentId: 'order-1', amount, codeType: 'ORDER_QR' }, 201),
  getPayment: success({ ...paid, refunds: null, captures: null, revert: null }),
  deleteCode: success({ qrStatus: 'DELETED' }),
  cancelPayment: accepted(),
  refundPayment: success(refund),
  getRefund: success({ ...refund, status: 'REFUNDED' }),
  capturePayment: success({
    ...paid,
    captures: { data: [{ merchantCaptureId: 'order-1-c1', amount, status: 'COMPLETED' }] },
  }),
  revertPayment: success({ status: 'CANCELED', paymentId: paid.paymentId, acceptedAt: 1_700_000_100 }),
  reauthorizePayment: success({
    paymentId: paid.paymentId,
    requestId: 'order-1-a1',
    updatedAmount: examples.reauthorizePayment.updatedAmount,
  }),
  createNativePayment: success(ofUser, 201),
  authorizeNativePayment: success({ ...ofUser, status: 'AUTHORIZED', expiresAt: 1_700_900_000 }, 201),
  getNativePayment: success(ofUser),
  createContinuousPayment: success(ofUser, 201),
  createPendingPayment: success({ ...examples.createPendingPayment, expiryDate: 1_700_021_601 }, 201),
  getPendingPayment: success({ ...ofUser, expiryDate: 1_700_021_601 }),
  cancelPendingPayment: accepted(),
  createAccountLink: success({ linkQRCodeURL: 'https://www.paypay.ne.jp/link' }, 201),
  getUserAuthorization: success({
    ...examples.getUserAuthorization,
    status: 'ACTIVE',
    scopes: ['direct_debit'],
    referenceIds: ['user-7'],
    expireAt: 1_800_000_000,
    issuedAt: 1_700_000_000,
  }),
  unlinkUser: success({}),
  openWebAuthorization: success({}),
  getWebAuthorizationResult: success({}),
  getUserProfile: success({ phoneNumber: '*******4567' }),
  getPaymentMethods: success({
    walletInfo: { ...examples.getPaymentMethods, totalBalance: amount },
    paymentMethods: [creditCard, payLater],
  }),
  checkBalance: success({ hasEnoughBalance: true }),
  getWalletBalance: success({ ...examples.getWalletBalance, totalBalance: amount }),
  giveCashback: accepted(),
  getCashback: success({ ...cashback, merchantCashbackId: 'thanks-1' }),
  reverseCashback: accepted(),
  getCashbackReversal: success({ ...cashback, merchantCashbackId: 'thanks-1' }),
  createTopupCode: success({ ...code, merchantTopUpId: 'topup-1', status: 'CREATED' }, 201),
  getTopup: success({ merchantTopUpId: 'topup-1', status: 'COMPLETED' }),
  deleteTopupCode: success({}),
}

export function wireAnswer(
  status: number,
  code: string,
  data: unknown = null,
  codeId: string | null = '08100001',
): WireAnswer {
  const resultInfo = { code, message: `${code} | [OPA1D06]`, ...(codeId === null ? {} : { codeId }) }
  const headers = { 'content-type': 'application/json', 'x-request-id': 'OPA45F681' }
  return { kind: 'answer', status, headers, body: JSON.stringify({ resultInfo, data }) }
}
