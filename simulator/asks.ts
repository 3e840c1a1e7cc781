import { type Book, type Payment, statusAt, withHistory } from './book.ts'
import type { HandResult, HandRuling } from './customer.ts'
import type { Surroundings } from './paypay.ts'
import { type Asked, type Authorization, isOpen } from './preauth/authorization.ts'

/** Something that waits for a person's yes or no on the phone. */
export type AskView = {
  readonly askId: string
  readonly kind: 'capture' | 'reauthorization'
  readonly amountYen: number | null
  /** What is blocked so far, where more is asked for. */
  readonly insteadOfYen: number | null
  readonly merchantPaymentId: string | null
  readonly words: string | null
  /** Epoch seconds. */
  readonly expiryDate: number
  readonly createdAtMs: number
  readonly isOpen: boolean
  readonly answer: 'accepted' | 'refused' | null
}

export type AskAnswer = 'accept' | 'refuse'

/** All that was ever asked, newest first. */
export function askViews(book: Book, nowMs: number): AskView[] {
  return questionsOf(book)
    .map(question => viewOf(question, nowMs))
    .toSorted((one, other) => other.createdAtMs - one.createdAtMs)
}

/** What the person answered; nothing happens where the question is over. */
export function answerAsk(book: Book, askId: string, answer: AskAnswer, at: Surroundings): HandRuling {
  const question = questionsOf(book).find(one => one.asked.askId === askId)
  if (question === undefined) return nothing('unknownAsk', 'nothing with this id was asked')
  if (!isStillAsked(question, at.nowMs)) return nothing('askIsOver', 'the question is over')
  const asked: Asked = {
    ...question.asked,
    answer: answer === 'accept' ? 'accepted' : 'refused',
    answeredAtMs: at.nowMs,
  }
  const record = answered(question, asked, at)
  return {
    result: {
      done: true,
      outcome: answer === 'accept' ? 'accepted' : 'refused',
      says: answer === 'accept' ? 'the customer has agreed' : 'the customer has refused; nothing changes',
      redirectUrl: asked.redirectUrl,
    },
    changes: [{ kind: 'payment', record }],
  }
}

type Question = {
  readonly kind: 'capture' | 'reauthorization'
  readonly asked: Asked
  readonly index: number
  readonly payment: Payment
  readonly authorization: Authorization
}

function questionsOf(book: Book): Question[] {
  return [...book.payments.values()].flatMap(payment => {
    const { authorization } = payment
    if (authorization === undefined) return []
    const of = (kind: Question['kind'], asks: readonly { readonly asked: Asked | null }[]) =>
      asks.flatMap(({ asked }, index) =>
        asked === null ? [] : [{ kind, asked, index, payment, authorization }],
      )
    return [
      ...of('capture', authorization.captures),
      ...of('reauthorization', authorization.reauthorizations),
    ]
  })
}

function isStillAsked({ asked, payment }: Question, nowMs: number): boolean {
  const isThere = statusAt(payment, nowMs) === 'AUTHORIZED' && payment.cancelAcceptedAtMs === null
  return isThere && isOpen(asked, nowMs)
}

function viewOf(question: Question, nowMs: number): AskView {
  const { kind, asked, index, payment, authorization } = question
  const capture = kind === 'capture' ? authorization.captures[index] : undefined
  const ask = capture ?? authorization.reauthorizations[index]
  return {
    askId: asked.askId,
    kind,
    amountYen: ask?.amountYen ?? null,
    insteadOfYen: payment.amountYen,
    merchantPaymentId: payment.merchantPaymentId,
    words: capture?.orderDescription ?? null,
    expiryDate: asked.expiresAtS,
    createdAtMs: ask?.acceptedAtMs ?? 0,
    isOpen: isStillAsked(question, nowMs),
    answer: asked.answer,
  }
}

function answered({ kind, index, payment, authorization }: Question, asked: Asked, at: Surroundings) {
  const isYes = asked.answer === 'accepted'
  if (kind === 'reauthorization') {
    const settledAtMs = isYes ? at.nowMs : null
    const reauthorizations = authorization.reauthorizations.with(index, {
      ...must(authorization.reauthorizations[index]),
      asked,
      settledAtMs,
    })
    return { ...payment, authorization: { ...authorization, reauthorizations } }
  }
  const completedAtMs = isYes ? at.nowMs + at.switches.reauthorizingMs : null
  const captures = authorization.captures.with(index, {
    ...must(authorization.captures[index]),
    asked,
    completedAtMs,
  })
  const record = { ...payment, authorization: { ...authorization, captures } }
  if (completedAtMs === null) return record
  const steps = [
    ...(at.switches.reauthorizingMs > 0 ? [{ atMs: at.nowMs, status: 'REAUTHORIZING' } as const] : []),
    { atMs: completedAtMs, status: 'COMPLETED' } as const,
  ]
  return withHistory(record, at.nowMs, ...steps)
}

function must<T>(one: T | undefined): T {
  if (one === undefined) throw new Error('the question is not in its own list')
  return one
}

function nothing(outcome: HandResult['outcome'], says: string): HandRuling {
  return { result: { done: false, outcome, says }, changes: [] }
}
