import { whyNotSpendable } from './accounts/limits.ts'
import { answerLink, isSessionOpen, type LinkSession } from './accounts/links.ts'
import { userOf } from './accounts/users.ts'
import { amountYenAt, type Book, methodTypeOf, type Payment, statusAt, withHistory } from './book.ts'
import type { HandResult, HandRuling } from './customer.ts'
import { answerRequestOrder, isRequestOpen, type RequestOrder } from './native/requests.ts'
import type { Surroundings } from './paypay.ts'
import { type Asked, type Authorization, isOpen } from './preauth/authorization.ts'
import { recordOf, recordsOf } from './records.ts'
import { answerTopup, isTopupOpen, type Topup } from './topups.ts'

export type AskKind = 'capture' | 'reauthorization' | 'link' | 'request' | 'topup'

/** Something that waits for a person's yes or no on the phone. */
export type AskView = {
  readonly askId: string
  readonly kind: AskKind
  /** Null where a user is asked to be linked. */
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
  /** Whose phone it is on; null where anybody can answer. */
  readonly userId: string | null
}

export type AskAnswer = 'accept' | 'refuse'

/** All that was ever asked, newest first. */
export function askViews(book: Book, nowMs: number): AskView[] {
  return [
    ...questionsOf(book).map(question => viewOf(question, nowMs)),
    ...recordsOf(book, 'linkSession').map(session => linkView(session, nowMs)),
    ...recordsOf(book, 'requestOrder').map(request => requestView(book, request, nowMs)),
    ...recordsOf(book, 'topup').map(topup => topupView(topup, nowMs)),
  ].toSorted((one, other) => other.createdAtMs - one.createdAtMs)
}

/** What the person answered; nothing happens where the question is over. A link needs to know who they are. */
export function answerAsk(
  book: Book,
  askId: string,
  { answer, userId }: { readonly answer: AskAnswer; readonly userId: string | null },
  at: Surroundings,
): HandRuling {
  const session = recordOf(book, 'linkSession', askId)
  if (session !== null) return answeredLink(book, session, answer, userId, at)
  const request = recordOf(book, 'requestOrder', askId)
  if (request !== null)
    return isRequestOpen(book, request, at.nowMs)
      ? answerRequestOrder(book, request, answer === 'accept', at)
      : nothing('askIsOver', 'the request is over')
  const topup = recordsOf(book, 'topup').find(one => one.codeId === askId)
  if (topup !== undefined)
    return isTopupOpen(topup, at.nowMs)
      ? answerTopup(topup, answer === 'accept', at)
      : nothing('askIsOver', 'the code is over')
  const question = questionsOf(book).find(one => one.asked.askId === askId)
  if (question === undefined) return nothing('unknownAsk', 'nothing with this id was asked')
  if (!isStillAsked(question, at.nowMs)) return nothing('askIsOver', 'the question is over')
  const why = answer === 'accept' ? whyNotMore(book, question, at) : null
  if (why !== null) return nothing('notSpendable', why)
  const asked: Asked = {
    ...question.asked,
    answer: answer === 'accept' ? 'accepted' : 'refused',
    answeredAtMs: at.nowMs,
  }
  return {
    result: {
      done: true,
      outcome: answer === 'accept' ? 'accepted' : 'refused',
      says: answer === 'accept' ? 'the customer has agreed' : 'the customer has refused; nothing changes',
      redirectUrl: asked.redirectUrl,
    },
    changes: [{ kind: 'payment', record: answered(question, asked, at) }],
  }
}

function answeredLink(
  book: Book,
  session: LinkSession,
  answer: AskAnswer,
  userId: string | null,
  at: Surroundings,
): HandRuling {
  if (!isSessionOpen(session, at.nowMs)) return nothing('askIsOver', 'the link is over')
  const user = answer === 'refuse' || userId === null ? null : userOf(book, userId)
  if (answer === 'accept' && user?.state !== 'ACTIVE')
    return nothing('unknownUser', 'the answer needs the userId of an active user: {"userId": "user-1"}')
  const { changes, redirectUrl } = answerLink(book, session, user?.id ?? null, at)
  const says = user === null ? 'the user has declined' : `${user.id} is linked`
  return {
    result: { done: true, outcome: user === null ? 'refused' : 'accepted', says, redirectUrl },
    changes,
  }
}

/** A linked user may not have what more is asked for. */
function whyNotMore(book: Book, { payment, kind, index, authorization }: Question, at: Surroundings) {
  const user = payment.direct === undefined ? null : userOf(book, payment.direct.userId)
  const list = kind === 'capture' ? authorization.captures : authorization.reauthorizations
  const moreYen = (list[index]?.amountYen ?? 0) - amountYenAt(payment, at.nowMs)
  const why = user === null ? null : whyNotSpendable(book, user, moreYen, at, methodTypeOf(payment))
  return why === null ? null : `${why.code}: ${why.message}`
}

function linkView(session: LinkSession, nowMs: number): AskView {
  return {
    askId: session.id,
    kind: 'link',
    amountYen: null,
    insteadOfYen: null,
    merchantPaymentId: null,
    words: session.scopes.join(', '),
    expiryDate: session.expiresAtS,
    createdAtMs: session.createdAtMs,
    isOpen: isSessionOpen(session, nowMs),
    answer: session.answer === null ? null : session.answer === 'succeeded' ? 'accepted' : 'refused',
    userId: null,
  }
}

function requestView(book: Book, request: RequestOrder, nowMs: number): AskView {
  const refused = request.ended?.by === 'declined' ? 'refused' : null
  return {
    askId: request.id,
    kind: 'request',
    amountYen: request.amountYen,
    insteadOfYen: null,
    merchantPaymentId: request.id,
    words: request.direct.order.orderDescription ?? null,
    expiryDate: request.expiryDateS,
    createdAtMs: request.createdAtMs,
    isOpen: isRequestOpen(book, request, nowMs),
    answer: book.payments.has(request.id) ? 'accepted' : refused,
    userId: request.direct.userId,
  }
}

function topupView(topup: Topup, nowMs: number): AskView {
  return {
    askId: topup.codeId,
    kind: 'topup',
    amountYen: topup.leastYen,
    insteadOfYen: null,
    merchantPaymentId: null,
    words: null,
    expiryDate: topup.expiryDateS,
    createdAtMs: topup.createdAtMs,
    isOpen: isTopupOpen(topup, nowMs),
    answer: topup.done === null ? null : 'accepted',
    userId: topup.userId,
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
    insteadOfYen: amountYenAt(payment, ask?.acceptedAtMs ?? nowMs),
    merchantPaymentId: payment.merchantPaymentId,
    words: capture?.orderDescription ?? null,
    expiryDate: asked.expiresAtS,
    createdAtMs: ask?.acceptedAtMs ?? 0,
    isOpen: isStillAsked(question, nowMs),
    answer: asked.answer,
    userId: payment.direct?.userId ?? null,
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
