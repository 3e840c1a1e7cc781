/**
 * Where PayPay's documents are silent or contradict each other, both behaviours exist here, and one can be chosen while
 * the simulator runs. A till is right only if it is right with every setting. The first value of a choice is the default.
 */
export const switchTable = {
  duplicateCreate: choice(
    ['refused', 'previousResult'],
    'Create with a merchantPaymentId that has a code: 400 DUPLICATE_DYNAMIC_QR_REQUEST, or the previous result whatever the new body says. The error table has the former, the schema of merchantPaymentId says the latter.',
  ),
  nonceReplay: choice(
    ['accepted', 'refused'],
    'A nonce that was used within the last four minutes. Not documented; refused means 401 UNAUTHORIZED.',
  ),
  assumeMerchant: choice(
    ['optional', 'required'],
    'With a merchant id configured: whether a call without X-ASSUME-MERCHANT and ?assumeMerchant= is let through. The documents ask for it on every call; the SDK leaves it out when it has none.',
  ),
  notFoundStatus: choice(
    [400, 404],
    'HTTP status of DYNAMIC_QR_PAYMENT_NOT_FOUND: 400 in the error table, 404 in the list of answers.',
  ),
  deletePaidCode: choice(
    ['alreadyPaid', 'deleted'],
    'Delete of a code that was paid: 400 DYNAMIC_QR_ALREADY_PAID (SDK README), or 200 DELETED although paid (the current table no longer lists the error). The money stays either way.',
  ),
  declineLeaves: choice(
    ['FAILED', 'FAILED_PAYABLE_AGAIN', 'CREATED'],
    'What a payment that did not go through in the app leaves: FAILED for good, FAILED and yet payable until expiry, or no trace and payable until expiry. Not documented.',
  ),
  partialRefundLeaves: choice(
    ['COMPLETED', 'REFUNDED'],
    'Status of a payment after a part of it was refunded. The transition table knows only COMPLETED to REFUNDED.',
  ),
  approveAfterDelete: choice(
    ['refused', 'honoured'],
    'Whether a customer who had scanned the code before it was deleted can still pay. Not documented.',
  ),
  approveAfterExpiry: choice(
    ['refused', 'honoured'],
    'Whether a customer who had scanned the code before it expired can still pay. Not documented.',
  ),
  createdDetails: choice(
    ['withoutPaymentId', 'paymentIdNull'],
    'Details while nobody has paid: paymentId and acceptedAt missing, or null. Not documented.',
  ),
  codeLifetimeS: number(
    300,
    1,
    3_600,
    'From create to expiryDate. Three real sandbox samples say 300 to 301 s; the documents give only expiryDate.',
  ),
  cancelTakesMs: number(
    1_000,
    0,
    60_000,
    'From an accepted cancel (or, with a parked one, from the payment) to FAILED. Documented only as asynchronous.',
  ),
  refundTakesMs: number(
    0,
    0,
    60_000,
    'How long an accepted refund reads CREATED before it reads REFUNDED. Both count as success (FAQ 4414054913423).',
  ),
  staleReadMs: number(
    0,
    0,
    10_000,
    'Reads answer as of this long ago. PayPay promises no consistency between a write and a read.',
  ),
  expiredReadsCreatedMs: number(
    0,
    0,
    60_000,
    'How long an expired code goes on reading CREATED before DYNAMIC_QR_PAYMENT_NOT_FOUND. Not documented.',
  ),
  zeroAmount: choice(
    ['refused', 'accepted'],
    'A code over 0 yen. The documents give no minimum; a partner documents 1 yen.',
  ),
  emojiInText: choice(
    ['accepted', 'refused'],
    'Characters outside the Basic Multilingual Plane in a text field. Not documented.',
  ),
  refundPaymentIdQuery: choice(
    ['optional', 'required'],
    'Whether a read of a refund needs ?paymentId=. Required for new integrations since 2025-07-22, but no SDK sends it.',
  ),
  multipleRefunds: choice(
    ['merchantRejected', 'unacceptableOp', 'allowed'],
    'A second refund of one payment: 403 MERCHANT_MULTIPLE_REFUND_REJECTED, the older 400 UNACCEPTABLE_OP 00200014, or allowed (a feature PayPay enables for a merchant).',
  ),
  maxRefunds: number(
    10,
    1,
    100,
    'With multiple refunds allowed: the most for one payment, then REFUND_LIMIT_EXCEEDED. The real number is not published.',
  ),
} as const

export type Switches = {
  readonly [Name in SwitchName]: (typeof switchTable)[Name] extends Choice<infer Value> ? Value : number
}
export type SwitchName = keyof typeof switchTable

export const switchNames = Object.keys(switchTable) as SwitchName[]

export const defaultSwitches = Object.fromEntries(
  switchNames.map(name => [name, switchTable[name].default]),
) as Switches

/** The switches with some of them changed, or a sentence for everything that is wrong with the change. */
export function changedSwitches(
  current: Switches,
  change: unknown,
): { readonly ok: true; readonly value: Switches } | { readonly ok: false; readonly problems: string[] } {
  if (typeof change !== 'object' || change === null || Array.isArray(change))
    return {
      ok: false,
      problems: ['switches: expected a JSON object such as {"duplicateCreate":"previousResult"}'],
    }
  const problems = Object.entries(change).flatMap(([name, value]) => problemsOf(name, value))
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, value: { ...current, ...change } }
}

function problemsOf(name: string, value: unknown): string[] {
  if (!isSwitchName(name))
    return [`switches.${name}: there is no such switch; there are ${switchNames.join(', ')}`]
  const about = switchTable[name]
  if (about.kind === 'choice') {
    const values: readonly unknown[] = about.values
    if (values.includes(value)) return []
    return [
      `switches.${name}: expected one of ${about.values.map(v => JSON.stringify(v)).join(', ')}, got ${JSON.stringify(value)}`,
    ]
  }
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= about.least && value <= about.most)
    return []
  return [
    `switches.${name}: expected a whole number from ${about.least} to ${about.most}, got ${JSON.stringify(value)}`,
  ]
}

function isSwitchName(name: string): name is SwitchName {
  return Object.hasOwn(switchTable, name)
}

type Choice<Value> = {
  readonly kind: 'choice'
  readonly values: readonly Value[]
  readonly default: Value
  readonly source: string
}

type WholeNumber = {
  readonly kind: 'number'
  readonly default: number
  readonly least: number
  readonly most: number
  readonly source: string
}

function choice<const Value extends string | number>(
  values: readonly [Value, ...Value[]],
  source: string,
): Choice<Value> {
  return { kind: 'choice', values, default: values[0], source }
}

function number(defaultValue: number, least: number, most: number, source: string): WholeNumber {
  return { kind: 'number', default: defaultValue, least, most, source }
}
