import type { FunctionName, Input } from './table.ts'

const amount = { amount: 160, currency: 'JPY' } as const
const ofUser = { userAuthorizationId: 'b3f0c6a2-0000-4000-8000-000000000001' } as const
const payment = { merchantPaymentId: 'order-1', ...ofUser, amount, orderDescription: '緑茶' } as const

/** One input for each function, whole and as small as it is used: for the command line's help, and for tests. */
export const examples: { readonly [Name in FunctionName]: Input<Name> } = {
  createCode: { merchantPaymentId: 'order-1', amount, orderDescription: '緑茶' },
  getPayment: { merchantPaymentId: 'order-1' },
  deleteCode: { codeId: '04-jT9F6LVcDfx5fMbj' },
  cancelPayment: { merchantPaymentId: 'order-1' },
  refundPayment: {
    merchantRefundId: 'order-1-r1',
    paymentId: '03930495384927838208',
    amount,
    reason: '商品不良',
  },
  getRefund: { merchantRefundId: 'order-1-r1', paymentId: '03930495384927838208' },
  capturePayment: {
    merchantPaymentId: 'order-1',
    merchantCaptureId: 'order-1-c1',
    amount,
    orderDescription: '発送済み',
  },
  revertPayment: { merchantRevertId: 'order-1-v1', paymentId: '03930495384927838208', reason: '取消' },
  reauthorizePayment: {
    requestId: 'order-1-a1',
    paymentId: '03930495384927838208',
    updatedAmount: { amount: 120, currency: 'JPY' },
  },
  createNativePayment: payment,
  authorizeNativePayment: payment,
  getNativePayment: { merchantPaymentId: 'order-1' },
  createContinuousPayment: payment,
  createPendingPayment: payment,
  getPendingPayment: { merchantPaymentId: 'order-1' },
  cancelPendingPayment: { merchantPaymentId: 'order-1' },
  createAccountLink: {
    scopes: ['direct_debit'],
    nonce: 'n-1',
    redirectUrl: 'https://shop.example/linked',
    referenceId: 'user-7',
  },
  getUserAuthorization: ofUser,
  unlinkUser: ofUser,
  openWebAuthorization: { apiKey: 'test-key', requestToken: 'header.claims.signature' },
  getWebAuthorizationResult: { apiKey: 'test-key', responseToken: 'header.claims.signature' },
  getUserProfile: ofUser,
  getPaymentMethods: ofUser,
  checkBalance: { ...ofUser, amount: 160 },
  getWalletBalance: ofUser,
  giveCashback: { merchantCashbackId: 'thanks-1', ...ofUser, amount, walletType: 'PREPAID' },
  getCashback: { merchantCashbackId: 'thanks-1' },
  reverseCashback: { merchantCashbackReversalId: 'thanks-1-v1', merchantCashbackId: 'thanks-1', amount },
  getCashbackReversal: { merchantCashbackReversalId: 'thanks-1-v1', merchantCashbackId: 'thanks-1' },
  createTopupCode: { merchantTopUpId: 'topup-1', ...ofUser },
  getTopup: { merchantTopUpId: 'topup-1' },
  deleteTopupCode: { codeId: '04-jT9F6LVcDfx5fMbj' },
}
