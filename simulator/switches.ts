import * as z from 'zod'
import { accountsSwitches } from './accounts/switches.ts'
import { preauthSwitches } from './preauth/switches.ts'
import { webhooksSwitches } from './webhooks/switches.ts'

/**
 * Where PayPay's documents are silent or contradict each other, both behaviours exist here, and one can be chosen while
 * the simulator runs (PUT /_simulator/switches). A till is right only if it is right with every setting. The descriptions
 * say what is known and from where.
 */
export const switches = z.strictObject({
  duplicateCreate: z
    .enum(['refused', 'previousResult'])
    .default('refused')
    .describe(
      'Create with a merchantPaymentId that has a code: 400 DUPLICATE_DYNAMIC_QR_REQUEST, or the previous result whatever the new body says. The error table has the former, the schema of merchantPaymentId says the latter.',
    ),
  nonceReplay: z
    .enum(['accepted', 'refused'])
    .default('accepted')
    .describe(
      'A nonce that was used within the last four minutes. Not documented; refused means 401 UNAUTHORIZED.',
    ),
  assumeMerchant: z
    .enum(['optional', 'required'])
    .default('optional')
    .describe(
      'With a merchant id configured: whether a call without X-ASSUME-MERCHANT and ?assumeMerchant= is let through. The documents ask for it on every call; the SDK leaves it out when it has none.',
    ),
  notFoundStatus: z
    .union([z.literal(400), z.literal(404)], { error: 'expected 400 or 404' })
    .default(400)
    .describe(
      'HTTP status of DYNAMIC_QR_PAYMENT_NOT_FOUND: 400 in the error table, 404 in the list of answers.',
    ),
  deletePaid: z
    .enum(['alreadyPaid', 'deleted'])
    .default('alreadyPaid')
    .describe(
      'Delete of a code that was paid: 400 DYNAMIC_QR_ALREADY_PAID (SDK README), or 200 DELETED although paid (the current table no longer lists the error). The money stays either way.',
    ),
  decline: z
    .enum(['failed', 'failedPayableAgain', 'stillCreated'])
    .default('failed')
    .describe(
      'What a payment that did not go through in the app leaves: FAILED for good, FAILED and yet payable until expiry, or no trace and payable until expiry. Not documented.',
    ),
  partialRefundStatus: z
    .enum(['COMPLETED', 'REFUNDED'])
    .default('COMPLETED')
    .describe(
      'Status of a payment after a part of it was refunded. The transition table knows only COMPLETED to REFUNDED.',
    ),
  lateApproval: z
    .enum(['refused', 'afterDelete', 'afterExpiry', 'honoured'])
    .default('refused')
    .describe(
      'Whether a customer who scanned in time can still pay when the code has been deleted, has expired, or either (honoured). Not documented.',
    ),
  createdDetails: z
    .enum(['withoutPaymentId', 'paymentIdNull'])
    .default('withoutPaymentId')
    .describe('Details while nobody has paid: paymentId and acceptedAt missing, or null. Not documented.'),
  codeLifetimeS: z
    .int()
    .min(1)
    .max(86_400)
    .default(300)
    .describe(
      'From create to expiryDate. Three real sandbox samples say 300 to 301 s; the documents give only expiryDate.',
    ),
  cancelTakesMs: z
    .int()
    .min(0)
    .max(60_000)
    .default(0)
    .describe(
      'From an accepted cancel (or, with a parked one, from the payment) to FAILED. Documented only as asynchronous.',
    ),
  refundTakesMs: z
    .int()
    .min(0)
    .max(60_000)
    .default(0)
    .describe(
      'How long an accepted refund reads CREATED before it reads REFUNDED. Both count as success (FAQ 4414054913423).',
    ),
  staleReadMs: z
    .int()
    .min(0)
    .max(10_000)
    .default(0)
    .describe('Reads answer as of this long ago. Nothing is promised about a read that follows a write.'),
  expiredReadsCreatedMs: z
    .int()
    .min(0)
    .max(60_000)
    .default(0)
    .describe(
      'How long an expired code goes on reading CREATED before DYNAMIC_QR_PAYMENT_NOT_FOUND. Not documented.',
    ),
  zeroAmount: z
    .enum(['refused', 'accepted'])
    .default('refused')
    .describe('A code over 0 yen. PayPay gives no minimum; a partner documents 1 yen.'),
  emojiInText: z
    .enum(['accepted', 'refused'])
    .default('accepted')
    .describe('Characters outside the Basic Multilingual Plane in a text field. Not documented.'),
  refundPaymentId: z
    .enum(['optional', 'required'])
    .default('optional')
    .describe(
      'Whether a read of a refund needs ?paymentId=. Required for new integrations since 2025-07-22, but no SDK sends it.',
    ),
  multipleRefunds: z
    .boolean()
    .default(false)
    .describe(
      'Whether one payment can be refunded more than once; a feature that PayPay enables for a merchant.',
    ),
  multipleRefundsRefusal: z
    .enum(['MERCHANT_MULTIPLE_REFUND_REJECTED', 'UNACCEPTABLE_OP'])
    .default('MERCHANT_MULTIPLE_REFUND_REJECTED')
    .describe(
      'How a second refund is refused: 403 in the documents of today, 400 (00200014) in the SDK READMEs.',
    ),
  maxRefunds: z
    .int()
    .min(1)
    .max(100)
    .default(10)
    .describe(
      'With multiple refunds: the most for one payment, then REFUND_LIMIT_EXCEEDED. The real number is not published.',
    ),
  cancelInFile: z
    .enum(['bothRows', 'failedRow', 'notListed'])
    .default('bothRows')
    .describe(
      'How the reconciliation file lists a payment that was cancelled on its day: as 取引完了 and 取引失敗, as 取引失敗 alone, or not at all. Not documented; the changelog of 2023-04-13 says that 取引失敗 may not be output, depending on the cause.',
    ),
  ...preauthSwitches,
  ...accountsSwitches,
  ...webhooksSwitches,
})

export type Switches = z.infer<typeof switches>

/** Name, possible values, default and source of every switch, as JSON schema properties. */
export const aboutSwitches = z.toJSONSchema(switches, { io: 'input' }).properties ?? {}

/** The switches with some of them changed, or a sentence for everything that is wrong with the change. */
export function changedSwitches(
  current: Switches,
  change: unknown,
): { readonly ok: true; readonly value: Switches } | { readonly ok: false; readonly problems: string[] } {
  const parsed = switches.partial().safeParse(change)
  // Only what was named changes: a parse fills in the defaults of the rest.
  if (parsed.success) {
    const named = Object.entries(parsed.data).filter(([name]) => Object.hasOwn(Object(change), name))
    return { ok: true, value: { ...current, ...Object.fromEntries(named) } }
  }
  return { ok: false, problems: parsed.error.issues.map(sentenceOf) }
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys')
    return `switches: there is no ${issue.keys.join(', ')}; there are ${Object.keys(switches.shape).join(', ')}`
  return `${['switches', ...issue.path.map(String)].join('.')}: ${issue.message}`
}
