import type { Paypay } from '../paypay.ts'

/** PayPay's side of one code, as the simulator's control interface shows it. */
export type Code = {
  readonly codeId: string
  readonly merchantPaymentId: string
  readonly amount: number
  readonly paid: boolean
  readonly deleted: boolean
  readonly cancelled: boolean
  readonly live: boolean
}
export type Payment = {
  readonly merchantPaymentId: string
  readonly amountYen: number
  readonly status: 'CREATED' | 'COMPLETED' | 'FAILED' | 'REFUNDED'
  readonly acceptedAtMs: number | null
  readonly cancelPending: boolean
  readonly refundedYen: number
}
export type PaypayBook = {
  readonly codes: readonly Code[]
  readonly payments: readonly Payment[]
  readonly refunds: readonly { readonly merchantRefundId: string; readonly merchantPaymentId: string }[]
  readonly parkedCancels: readonly { readonly merchantPaymentId: string }[]
  readonly capturedYen: number
  readonly returnedYen: number
  readonly keptYen: number
}

export async function readPaypay(paypay: Paypay): Promise<PaypayBook> {
  const codes = await paypay.get<readonly Code[]>('codes')
  const book = await paypay.get<Omit<PaypayBook, 'codes'>>('book')
  return { ...book, codes }
}

/** Paid, not reversed, not about to be, and not refunded. */
export function isKept(payment: Payment): boolean {
  return (
    payment.acceptedAtMs !== null &&
    payment.status === 'COMPLETED' &&
    !payment.cancelPending &&
    payment.refundedYen < payment.amountYen
  )
}
