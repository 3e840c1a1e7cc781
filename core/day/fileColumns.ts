import type { FileForm } from '../../shared/reconciliation.ts'

/**
 * What a row is about. `authorized`: money is set apart, and not taken. `paymentFailed`: PayPay keeps nothing of it; a
 * payment that was cancelled is one too, beside its `payment` or in place of it.
 */
export type RowKind = 'payment' | 'refund' | 'paymentFailed' | 'refundFailed' | 'authorized'

export type Column =
  | 'paymentId'
  | 'merchantId'
  | 'storeId'
  | 'terminalId'
  | 'status'
  | 'at'
  | 'amount'
  | 'method'
  | 'merchantPaymentId'

export type Layout = {
  /** The columns that are read, as the file calls them. */
  readonly columns: Readonly<Record<Column, string>>
  /** The last column, JSON; not read, but its end shows whether a line is whole. Files from before v2 lack it. */
  readonly details: string
  readonly kinds: Readonly<Record<string, RowKind>>
}

/** OPA, Transaction Recon File with Capture, File layout (OpenAPI text of Dynamic QR 1.1). */
export const layouts: Readonly<Record<FileForm, Layout>> = {
  instant: {
    columns: {
      paymentId: '決済番号',
      merchantId: '加盟店ID',
      storeId: '店舗ID',
      terminalId: '端末番号/PosID',
      status: '取引ステータス',
      at: '取引日時',
      amount: '取引金額',
      method: '支払い方法',
      merchantPaymentId: 'マーチャント決済ID',
    },
    details: '支払い詳細',
    kinds: { 取引完了: 'payment', 取引失敗: 'paymentFailed', 返金完了: 'refund', 返金失敗: 'refundFailed' },
  },
  preauth: {
    columns: {
      paymentId: 'orderId',
      merchantId: 'merchantId',
      storeId: 'storeId',
      terminalId: 'terminalId',
      status: 'transactionStatus',
      at: 'acceptedAt',
      amount: 'amount',
      method: 'methodOfPayment',
      merchantPaymentId: 'merchantPaymentId',
    },
    details: 'paymentDetails',
    kinds: {
      AUTHORIZED: 'authorized',
      COMPLETED: 'payment',
      CANCELED: 'paymentFailed',
      EXPIRED: 'paymentFailed',
      FAILED: 'paymentFailed',
      REFUNDED: 'refund',
    },
  },
}
