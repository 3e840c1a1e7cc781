import { type Book, type Code, type Payment, type StatusChange, wasPaid, withHistory } from './book.ts'
import { isExpired } from './codes.ts'
import type { Ruling, Surroundings } from './paypay.ts'
import { type Random, randomPaymentId } from './random.ts'

/** What the customer's hand did in the app, and whether PayPay let them. */
export type HandResult = {
  readonly done: boolean
  readonly outcome: HandOutcome
  /** One sentence for a developer or an attendant in training. */
  readonly says: string
  /** Where the customer's browser goes now, if the merchant has said so. */
  readonly redirectUrl?: string | null
}

/** Of a code, and (the last six) of a question. */
export type HandOutcome =
  | CodeOutcome
  | 'accepted'
  | 'refused'
  | 'unknownAsk'
  | 'askIsOver'
  | 'notSpendable'
  | 'unknownUser'

type CodeOutcome =
  | 'scanned'
  | 'paid'
  | 'authorized'
  | 'paidAndReversed'
  | 'declined'
  | 'unknownCode'
  | 'alreadyPaid'
  | 'declinedForGood'
  | 'deleted'
  | 'expired'

export type HandRuling = { readonly result: HandResult; readonly changes: Ruling['changes'] }

/** The customer points the phone at the code. Possible for a live code only; a second phone may do it too. */
export function scan(book: Book, codeId: string, at: Surroundings): HandRuling {
  const code = book.codes.get(codeId)
  if (code === undefined) return refused('unknownCode')
  const obstacle = obstacleTo(book, code, at, 'scan')
  if (obstacle !== null) return refused(obstacle)
  if (code.scannedAtMs !== null) return { result: hand('scanned'), changes: [] }
  return {
    result: hand('scanned'),
    changes: [{ kind: 'code', record: { ...code, scannedAtMs: at.nowMs } }],
  }
}

/**
 * The customer confirms: the payment is COMPLETED at once (or AUTHORIZED, until it expires), and reversed afterwards if a cancel
 * was parked. Who approves without having scanned scans in the same moment.
 */
export function approve(book: Book, codeId: string, at: Surroundings): HandRuling {
  const code = book.codes.get(codeId)
  if (code === undefined) return refused('unknownCode')
  const obstacle = obstacleTo(book, code, at, 'pay')
  if (obstacle !== null) return refused(obstacle)
  const parked = book.parkedCancels.get(code.merchantPaymentId)
  const attempt = attemptOf(book, code)
  const payment: Payment = {
    ...withHistory(attempt, at.nowMs, ...agreed(code.authorizationExpiryS, parked !== undefined, at)),
    paymentId: freshPaymentId(book, at.random),
    cancelAcceptedAtMs: parked?.atMs ?? null,
    ...freshAuthorization(code.authorizationExpiryS),
  }
  return {
    result: hand(
      parked ? 'paidAndReversed' : code.authorizationExpiryS === undefined ? 'paid' : 'authorized',
    ),
    changes: [
      ...(code.scannedAtMs === null
        ? [{ kind: 'code', record: { ...code, scannedAtMs: at.nowMs } } as const]
        : []),
      { kind: 'payment', record: payment },
    ],
  }
}

/** What the customer's yes adds to the history, a parked cancel included. */
export function agreed(authorizationExpiryS: number | undefined, isReversed: boolean, at: Surroundings) {
  const changes: StatusChange[] = [
    { atMs: at.nowMs, status: authorizationExpiryS === undefined ? 'COMPLETED' : 'AUTHORIZED' },
  ]
  if (isReversed) changes.push({ atMs: at.nowMs + at.switches.cancelTakesMs, status: 'FAILED' })
  else if (authorizationExpiryS !== undefined)
    changes.push({ atMs: authorizationExpiryS * 1_000, status: 'EXPIRED' })
  return changes
}

/** The part of a payment's record that only a preauthorisation has. */
export function freshAuthorization(expiresAtS: number | undefined): Pick<Payment, 'authorization'> {
  if (expiresAtS === undefined) return {}
  return { authorization: { expiresAtS, captures: [], reauthorizations: [], revert: null } }
}

/** The payment does not go through in the app (no funds, a limit). What is left of it is the switch `decline`. */
export function decline(book: Book, codeId: string, at: Surroundings): HandRuling {
  const code = book.codes.get(codeId)
  if (code === undefined) return refused('unknownCode')
  const obstacle = obstacleTo(book, code, at, 'pay')
  if (obstacle !== null) return refused(obstacle)
  const scanned: Code = { ...code, scannedAtMs: code.scannedAtMs ?? at.nowMs }
  if (at.switches.decline === 'stillCreated')
    return { result: hand('declined'), changes: [{ kind: 'code', record: scanned }] }
  const attempt = attemptOf(book, code)
  const payment: Payment = {
    ...attempt,
    payable: at.switches.decline === 'failedPayableAgain',
    history: [...attempt.history, { atMs: at.nowMs, status: 'FAILED' }],
  }
  return {
    result: hand('declined'),
    changes: [
      { kind: 'code', record: scanned },
      { kind: 'payment', record: payment },
    ],
  }
}

/** Why this code cannot be scanned or paid now, or null. */
export function obstacleTo(
  book: Book,
  code: Code,
  at: Surroundings,
  to: 'scan' | 'pay',
): 'alreadyPaid' | 'declinedForGood' | 'deleted' | 'expired' | null {
  const payment = book.payments.get(code.merchantPaymentId) ?? null
  if (wasPaid(payment, at.nowMs)) return 'alreadyPaid'
  if (payment !== null && !payment.payable) return 'declinedForGood'
  // Only a live code can be scanned, so whoever has scanned did so in time.
  const late = to === 'pay' && code.scannedAtMs !== null ? at.switches.lateApproval : 'refused'
  if (code.deletedAtMs !== null && late !== 'afterDelete' && late !== 'honoured') return 'deleted'
  if (isExpired(code, at.nowMs) && late !== 'afterExpiry' && late !== 'honoured') return 'expired'
  return null
}

const sentences: Record<CodeOutcome, string> = {
  scanned: 'the app shows the shop and the amount; nothing is paid yet',
  paid: 'the payment is COMPLETED',
  authorized: 'the payment is AUTHORIZED: the money is blocked until it is captured, reverted or expires',
  paidAndReversed:
    'the payment is COMPLETED and, as a cancel was waiting for it, becomes FAILED: the money goes back',
  declined: 'the payment did not go through; nothing was charged',
  unknownCode: 'no code has this id; GET /_simulator/codes lists those there are',
  alreadyPaid: 'the code was paid already; nothing more was charged',
  declinedForGood:
    'the code was declined and cannot be paid again (switch decline); the till has to make a new one',
  deleted: 'the code is deleted',
  expired: 'the code is expired',
}

function hand(outcome: CodeOutcome): HandResult {
  const done = ['scanned', 'paid', 'authorized', 'paidAndReversed', 'declined'].includes(outcome)
  return { done, outcome, says: sentences[outcome] }
}

function refused(outcome: CodeOutcome): HandRuling {
  return { result: hand(outcome), changes: [] }
}

function attemptOf(book: Book, code: Code): Payment {
  return (
    book.payments.get(code.merchantPaymentId) ?? {
      merchantPaymentId: code.merchantPaymentId,
      codeId: code.codeId,
      amountYen: code.amountYen,
      paymentId: null,
      payable: true,
      cancelAcceptedAtMs: null,
      history: [],
    }
  )
}

export function freshPaymentId(book: Book, random: Random): string {
  for (;;) {
    const paymentId = randomPaymentId(random)
    if (!book.index.merchantPaymentIdByPaymentId.has(paymentId)) return paymentId
  }
}
