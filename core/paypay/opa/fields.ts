import * as z from 'zod'
import { moneyAmount as money, paymentStatuses, SENDABLE_CODE_ID } from '../wire.ts'

/** Fields of PayPay's bodies and paths, with the rules by which PayPay refuses them (OPA, Dynamic QR v1.1, request schemas). */

const id = (most: number): z.ZodString =>
  z
    .string()
    .regex(new RegExp(`^[A-Za-z0-9_-]{1,${most}}$`), `1 to ${most} letters, digits, hyphens or underscores`)

/** merchantPaymentId, merchantRefundId, merchantCaptureId and their like. */
export const merchantId = id(64)
/** The id of a reauthorization. */
export const requestId = id(255)
/** PayPay documents no charset of a code's id; in a path nothing may need encoding. */
export const codeId = z
  .string()
  .regex(SENDABLE_CODE_ID, 'a codeId as PayPay gives it, such as 04-jT9F6LVcDfx5fMbj')
/** PayPay's own id of a payment: some 20 digits, leading zeros included, so never a number. */
export const paymentId = z
  .string({
    error: 'a string: PayPay’s ids have leading zeros, and more digits than a number holds',
  })
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'PayPay’s own paymentId, not yours')
export const userAuthorizationId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'the userAuthorizationId that PayPay gave when the user linked the account')

/** In UTF-16 units, as PayPay's Java counts; what PayPay does with an emoji is not documented. */
export const text = z.string().max(255, 'at most 255 characters')
export const someText = text.min(1, 'not empty')

/** An integer, so 13 digits, which are milliseconds, are refused; PayPay would take them for the year 50,000. */
export const epochS = z.int().min(0).max(99_999_999_999, 'seconds since 1970; that looks like milliseconds')

export const yen = z.strictObject({
  amount: z.int().min(1, 'at least 1 yen').max(99_999_999_999, 'at most 11 digits'),
  currency: z.literal('JPY', { error: '"JPY"; PayPay knows no other' }),
})

export const webUrl = text.refine(url => URL.canParse(url), 'a whole address, such as https://example.jp/')
export const httpsUrl = webUrl.refine(
  url => url.startsWith('https://'),
  'an https:// address whose domain is registered with PayPay',
)

export const orderItem = z.strictObject({
  name: someText,
  category: text.optional(),
  quantity: z.int().min(1, 'at least 1').max(99_999_999_999, 'at most 11 digits'),
  productId: text.optional(),
  unitPrice: z.strictObject({
    amount: z.int().min(0, 'not negative').max(99_999_999_999, 'at most 11 digits'),
    currency: z.literal('JPY', { error: '"JPY"; PayPay knows no other' }),
  }),
})

/** Only merchants with such a contract may name one. */
export const productType = z.enum([
  'VIRTUAL_BONUS_INVESTMENT',
  'PAY_LATER_REPAYMENT',
  'REAL_INVESTMENT',
  'UTILITY_BILL',
])
export const redirectType = z.enum(['WEB_LINK', 'APP_DEEP_LINK'])
/** Filled in when it is left out. */
export const requestedAt = epochS.optional()

/** What the payments of a linked user have in common. */
export const ofOrder = {
  storeId: text.optional(),
  terminalId: text.optional(),
  orderReceiptNumber: text.optional(),
  orderDescription: text.optional(),
  orderItems: z.array(orderItem).optional(),
}

// What PayPay answers. It adds fields without notice, so objects are loose.

export { money }
export const nothing = z.unknown()

const refund = z.looseObject({
  status: z.string(),
  amount: money,
  merchantRefundId: z.string().nullish(),
  paymentId: z.string().nullish(),
  acceptedAt: z.int().nullish(),
  requestedAt: z.int().nullish(),
  reason: z.string().nullish(),
})
const capture = z.looseObject({
  status: z.string(),
  amount: money,
  merchantCaptureId: z.string(),
  acceptedAt: z.int().nullish(),
  requestedAt: z.int().nullish(),
  expiresAt: z.int().nullish(),
  orderDescription: z.string().nullish(),
})
const revert = z.looseObject({
  acceptedAt: z.int().nullish(),
  merchantRevertId: z.string().nullish(),
  requestedAt: z.int().nullish(),
  reason: z.string().nullish(),
})

/** A payment as every read of one shows it. Judge the money by `status` alone (OPA, Status transition). */
export const payment = z.looseObject({
  /** A word outside of this list tells nothing. */
  status: z.enum(paymentStatuses),
  merchantPaymentId: z.string(),
  amount: money,
  /** Not before somebody has paid. */
  paymentId: z.string().nullish(),
  acceptedAt: z.int().nullish(),
  requestedAt: z.int().nullish(),
  /** Of an authorization, not of a code. */
  expiresAt: z.int().nullish(),
  canceledAt: z.int().nullish(),
  refunds: z.looseObject({ data: z.array(refund) }).nullish(),
  captures: z.looseObject({ data: z.array(capture) }).nullish(),
  revert: revert.nullish(),
  storeId: z.string().nullish(),
  terminalId: z.string().nullish(),
  orderDescription: z.string().nullish(),
})
/** A payment that was just made has an id of PayPay's. */
export const madePayment = payment.extend({ paymentId: z.string() })
/** Both words mean that PayPay has taken it on (FAQ 4414054913423). */
export const refundTaken = refund.extend({
  status: z.enum(['CREATED', 'REFUNDED']),
  merchantRefundId: z.string(),
  paymentId: z.string(),
})
