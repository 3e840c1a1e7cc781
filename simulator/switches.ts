import * as z from 'zod'

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
  preauth: z
    .enum(['notContracted', 'contracted'])
    .default('notContracted')
    .describe(
      'Whether the merchant may block money and capture it later; without the contract isAuthorization is refused with PRE_AUTH_CAPTURE_UNSUPPORTED_MERCHANT.',
    ),
  authorizationMostS: z
    .int()
    .min(60)
    .max(31_622_400)
    .default(31_536_000)
    .describe(
      'How long money may stay blocked, and how long it does where no authorizationExpiry was asked for. It is granted to each merchant apart; a sandbox fixture shows 365 days.',
    ),
  higherCapture: z
    .enum(['asksUser', 'refused'])
    .default('asksUser')
    .describe(
      'A capture above what is blocked: 202 USER_CONFIRMATION_REQUIRED, or 400 HIGHER_CAPTURE_NOT_PERMITTED, which only the SDK README has.',
    ),
  sameCaptureId: z
    .enum(['alreadyCaptured', 'previousResult'])
    .default('alreadyCaptured')
    .describe(
      'A merchantCaptureId that comes again after its capture: 400 ALREADY_CAPTURED, or the previous result. The documents only ask for another id at each retry.',
    ),
  merchantLimitYen: z
    .int()
    .min(1)
    .max(99_999_999_999)
    .default(99_999_999_999)
    .describe(
      'A capture above it is refused with UNACCEPTABLE_OP 00400035 (total transaction limit exceeds merchant limit). The real limit is part of the contract.',
    ),
  tooCloseToExpiryS: z
    .int()
    .min(0)
    .max(86_400)
    .default(600)
    .describe(
      'A capture that needs the customer’s word so shortly before the end of the preauthorisation is refused with TOO_CLOSE_TO_EXPIRY. How shortly is not published.',
    ),
  confirmationLifetimeS: z
    .int()
    .min(1)
    .max(86_400)
    .default(21_600)
    .describe(
      'How long the customer can answer. Six hours are documented for a reauthorisation; for a capture nothing is, and it is taken to be the same.',
    ),
  reauthorizeExpiresAt: z
    .enum(['ofOrder', 'ofConfirmation'])
    .default('ofOrder')
    .describe(
      'What expiresAt of a reauthorisation’s 201 tells: the end of the preauthorisation, as its schema says, or of the question to the customer.',
    ),
  reauthorizingMs: z
    .int()
    .min(0)
    .max(60_000)
    .default(0)
    .describe(
      'How long a payment reads REAUTHORIZING between the customer’s yes to a higher capture and COMPLETED. Documented without a time.',
    ),
  accounts: z
    .enum(['contracted', 'notContracted'])
    .default('contracted')
    .describe(
      'Whether the merchant may use what needs a linked user; without the contract those calls are refused with OP_OUT_OF_SCOPE.',
    ),
  createdStatus: z
    .union([z.literal(200), z.literal(201)], { error: 'expected 200 or 201' })
    .default(201)
    .describe(
      'HTTP status of a payment, preauthorisation, continuous payment or request for money that was made for a linked user: 201 in recorded fixtures (which say 201 of everything), 200 in the README’s list of codes.',
    ),
  similarWithinS: z
    .int()
    .min(0)
    .max(86_400)
    .default(300)
    .describe(
      'How long the same amount of the same user counts as SUSPECTED_DUPLICATE_PAYMENT. Only “soon after” is known.',
    ),
  userDailyLimitYen: z
    .int()
    .min(1)
    .max(99_999_999_999)
    .default(500_000)
    .describe(
      'The most that a user can pay within 24 hours, then LIMIT_EXCEEDED. A figure of third parties.',
    ),
  userMonthlyLimitYen: z
    .int()
    .min(1)
    .max(99_999_999_999)
    .default(2_000_000)
    .describe('The most that a user can pay within 30 days, then LIMIT_EXCEEDED. A figure of third parties.'),
  authorizationLifetimeS: z
    .int()
    .min(1)
    .max(315_360_000)
    .default(31_536_000)
    .describe('How long a user’s consent lasts. Not published; a fixture spans more than a year.'),
  linkLifetimeS: z
    .int()
    .min(1)
    .max(86_400)
    .default(300)
    .describe('How long a user can answer the code of an account link. Not published.'),
  relink: z
    .enum(['sameId', 'newId'])
    .default('sameId')
    .describe(
      'A user who links again: the same userAuthorizationId with one more of referenceIds (which is a list), or a new id. Not documented.',
    ),
  unlinkAnswer: z
    .enum(['accepted', 'success'])
    .default('accepted')
    .describe('resultInfo.code of an unlink: REQUEST_ACCEPTED in a recorded fixture, SUCCESS in the README.'),
  redirectUrl: z
    .enum(['httpsOrLoopback', 'httpsOnly'])
    .default('httpsOrLoopback')
    .describe(
      'Where an account link may lead back to. PayPay asks for https on a registered domain; a merchant’s server beside the simulator has neither.',
    ),
  legacyAuthorization: z
    .enum(['redirects', 'gone'])
    .default('redirects')
    .describe(
      'GET /v2/user_authorization, which the SDK still has: 302 to the page for a good token, or 404. What it answers today is not published.',
    ),
  requestLifetimeS: z
    .int()
    .min(1)
    .max(31_536_000)
    .default(21_601)
    .describe(
      'How long a request for money can be paid where no expiryDate was asked for; as in recorded fixtures.',
    ),
  declinedRequest: z
    .enum(['FAILED', 'CANCELED'])
    .default('FAILED')
    .describe('What a request for money reads that its user has declined. Not documented.'),
  cancelPaidRequest: z
    .enum(['refused', 'reverses'])
    .default('refused')
    .describe(
      'A request for money that is deleted after it was paid: ORDER_NOT_CANCELABLE, or 202 and the money goes back. Not documented.',
    ),
  cashbackBudgetYen: z
    .int()
    .min(0)
    .max(99_999_999_999)
    .default(1_000_000)
    .describe(
      'What the merchant’s campaign has to give; a cashback above what is left ends as NOT_ENOUGH_MONEY.',
    ),
  cashbackTakesMs: z
    .int()
    .min(0)
    .max(60_000)
    .default(0)
    .describe('How long after its 202 a cashback, or its reversal, has no result yet. Not published.'),
  pendingCashback: z
    .enum(['accepted', 'notFound'])
    .default('accepted')
    .describe('What a read finds before there is a result: 202 REQUEST_ACCEPTED, or 404. Not documented.'),
  transactionEventTries: z
    .enum(['threeRetries', 'tenRetries', 'noRetry'])
    .default('threeRetries')
    .describe(
      'How PayPay tries a webhook about a transaction: 2.0 s and 3 retries 100 ms apart, 1.5 s and 10 retries 500 ms apart, or 1.5 s once. The three are published, and which class has which is lost.',
    ),
  customerEventTries: z
    .enum(['threeRetries', 'tenRetries', 'noRetry'])
    .default('tenRetries')
    .describe('The same for a webhook about a user’s consent.'),
  fileEventTries: z
    .enum(['threeRetries', 'tenRetries', 'noRetry'])
    .default('noRetry')
    .describe('The same for a webhook about the daily file.'),
  failedEvent: z
    .enum(['notSent', 'sent'])
    .default('notSent')
    .describe(
      'Whether a payment that did not go through is told as FAILED: “Depending on the type of error, you may not be notified” (OPA, Transaction Events).',
    ),
  unlinkEvent: z
    .enum(['none', 'revoked'])
    .default('none')
    .describe('Whether a merchant who unlinks a user is told of it as well. Not documented.'),
  fileRequestedAt: z
    .enum(['text', 'number'])
    .default('text')
    .describe(
      'requestedAt of file.created: epoch seconds in quotes, as in the documents’ example, or as a number.',
    ),
  cancelInFile: z
    .enum(['bothRows', 'failedRow', 'notListed'])
    .default('bothRows')
    .describe(
      'How the reconciliation file lists a payment that was cancelled on its day: as 取引完了 and 取引失敗, as 取引失敗 alone, or not at all. Not documented; the changelog of 2023-04-13 says that 取引失敗 may not be output, depending on the cause.',
    ),
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
