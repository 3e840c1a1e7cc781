import * as z from 'zod'

/**
 * Where PayPay's own sources disagree or are silent, both behaviours exist. A till has to be right under every setting.
 */
export const switches = z.strictObject({
  /** Three sandbox samples say 300 s; the docs give only expiryDate. */
  codeLifetimeS: z.int().min(1).max(86_400).default(300),
  /** A create with an id that was used: the schema says "previous result", the code table has DUPLICATE_DYNAMIC_QR_REQUEST. */
  duplicateCreate: z.enum(['previousResult', 'refused']).default('refused'),
  /** The docs' table says 400 for DYNAMIC_QR_PAYMENT_NOT_FOUND, the endpoint's list says 404. */
  notFoundStatus: z.union([z.literal(400), z.literal(404)]).default(400),
  /** DYNAMIC_QR_ALREADY_PAID stands in the SDK's README and no longer in the docs. */
  deletePaid: z.enum(['alreadyPaid', 'deleted']).default('alreadyPaid'),
  /** What a payment that does not go through in the app leaves: FAILED, or a code that can be tried again. */
  decline: z.enum(['failed', 'stillCreated']).default('failed'),
  /** A phone that scanned before the code was deleted or ran out, and approves after. */
  lateApproval: z.enum(['refused', 'honoured']).default('refused'),
  /** A nonce used twice. Not documented. */
  nonceReplay: z.enum(['accepted', 'refused']).default('accepted'),
  /** `paymentId` in the query of refund details: required for new integrations, unknown to every SDK. */
  refundPaymentId: z.enum(['optional', 'required']).default('optional'),
  /** Whether this merchant may refund one payment more than once. */
  multipleRefunds: z.boolean().default(false),
  /** After a refund of a part: the table of statuses knows only REFUNDED. */
  partialRefundStatus: z.enum(['COMPLETED', 'REFUNDED']).default('COMPLETED'),
  /** A cancel is accepted at once and done later. */
  cancelTakesMs: z.int().min(0).max(60_000).default(0),
  /** Reads may be this old. */
  staleReadMs: z.int().min(0).max(10_000).default(0),
})

export type Switches = z.infer<typeof switches>
