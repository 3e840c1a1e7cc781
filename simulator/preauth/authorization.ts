/**
 * What a preauthorisation has besides a plain payment: how much is blocked, until when, and what was done with it. It is part of
 * the payment's record; what is true at a time is read off its times, as everywhere in the book.
 */
export type Authorization = {
  /** Epoch seconds; from then on the payment reads EXPIRED, unless it was captured before. */
  readonly expiresAtS: number
  readonly captures: readonly Capture[]
  readonly reauthorizations: readonly Reauthorization[]
  readonly revert: Revert | null
}

export type Capture = {
  readonly merchantCaptureId: string
  readonly amountYen: number
  readonly orderDescription: string
  /** Epoch seconds. */
  readonly requestedAt: number
  readonly acceptedAtMs: number
  /** Where more than what is blocked is taken, the customer is asked. */
  readonly asked: Asked | null
  /** When the money was taken; null while the customer is asked, and for ever where the answer was no. */
  readonly completedAtMs: number | null
}

export type Reauthorization = {
  readonly requestId: string
  readonly amountYen: number
  readonly requestedAt: number
  readonly acceptedAtMs: number
  readonly asked: Asked | null
  /** From when on this amount is blocked. */
  readonly settledAtMs: number | null
}

/** A question on the customer's phone. */
export type Asked = {
  readonly askId: string
  /** Epoch seconds; unanswered until then, it is as if it had been refused. */
  readonly expiresAtS: number
  readonly answer: 'accepted' | 'refused' | null
  readonly answeredAtMs: number | null
  /** Where the browser goes then. */
  readonly redirectUrl: string | null
}

export type Revert = {
  readonly merchantRevertId: string
  readonly requestedAt: number
  readonly reason: string | null
  readonly acceptedAtMs: number
}

/** What is blocked: the first amount, or that of the last reauthorisation that was settled by then. */
export function blockedYenAt(firstYen: number, authorization: Authorization, atMs: number): number {
  const settled = authorization.reauthorizations.findLast(one => (one.settledAtMs ?? Infinity) <= atMs)
  return settled?.amountYen ?? firstYen
}

/** The capture that took the money; there is one at most. */
export function completedCapture(authorization: Authorization, atMs: number): Capture | null {
  return authorization.captures.find(one => (one.completedAtMs ?? Infinity) <= atMs) ?? null
}

/** The customer's answer as of then. */
export function answerAt(asked: Asked, atMs: number): Asked['answer'] {
  return asked.answeredAtMs !== null && asked.answeredAtMs <= atMs ? asked.answer : null
}

export function isOpen(asked: Asked | null, atMs: number): asked is Asked {
  return asked !== null && answerAt(asked, atMs) === null && atMs < asked.expiresAtS * 1_000
}

/** A capture or a reauthorisation that the customer is asked about. */
export function openQuestion(authorization: Authorization, atMs: number): Capture | Reauthorization | null {
  const questions = [...authorization.captures, ...authorization.reauthorizations]
  return questions.find(one => isOpen(one.asked, atMs)) ?? null
}

/** A capture as of then: taken, waiting for the customer, or (refused, or never answered) nothing. */
export function captureStatusAt(capture: Capture, atMs: number): 'COMPLETED' | 'USER_REQUESTED' | null {
  if (capture.acceptedAtMs > atMs) return null
  if (capture.completedAtMs !== null && capture.completedAtMs <= atMs) return 'COMPLETED'
  if (capture.asked === null) return null
  const isAccepted = answerAt(capture.asked, atMs) === 'accepted'
  return isAccepted || isOpen(capture.asked, atMs) ? 'USER_REQUESTED' : null
}
