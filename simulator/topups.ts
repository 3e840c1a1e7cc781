import { linkedUser } from './accounts/authorizations.ts'
import type { Book } from './book.ts'
import { epochS } from './businessTime.ts'
import { yenOnTheWire } from './codes.ts'
import type { HandRuling } from './customer.ts'
import { isMerchantId, readFields } from './fields.ts'
import { type Ruling, type Surroundings, says } from './paypay.ts'
import { randomCodeTail, randomPaymentId } from './random.ts'
import { recordOf, recordsOf } from './records.ts'
import { failure, success } from './results.ts'

/** A code with which a linked user puts money into their account. Its id is the merchantTopUpId. */
export type Topup = {
  readonly id: string
  readonly codeId: string
  readonly url: string
  readonly userId: string
  readonly userAuthorizationId: string
  readonly leastYen: number | null
  readonly requestedAt: number
  readonly redirectUrl: string | null
  readonly redirectType: string | null
  readonly createdAtMs: number
  /** Epoch seconds. */
  readonly expiryDateS: number
  readonly deletedAtMs: number | null
  readonly done: { readonly topUpId: string; readonly amountYen: number; readonly atMs: number } | null
}

const YEN_WITHOUT_A_LEAST = 1_000

/** POST /v1/code/topup: 201 with the code. */
export function createTopup(book: Book, body: unknown, at: Surroundings): Ruling {
  const fields = readFields(body, at.switches)
  const id = fields.id('merchantTopUpId')
  const userAuthorizationId = fields.requiredText('userAuthorizationId')
  const codeType = fields.requiredText('codeType')
  const leastYen = fields.has('minimumTopUpAmount') ? fields.yen('minimumTopUpAmount', 1) : null
  const requestedAt = fields.epochS('requestedAt') ?? epochS(at.nowMs)
  const redirectUrl = fields.text('redirectUrl') ?? null
  const redirectType = fields.oneOf('redirectType', ['WEB_LINK', 'APP_DEEP_LINK']) ?? null
  fields.text('userAgent')
  const problem = fields.problem()
  if (problem) return says(problem)
  if (at.switches.accounts === 'notContracted') return says(failure('OP_OUT_OF_SCOPE'))
  if (codeType !== 'TOPUP_QR') return says(failure('INVALID_REQUEST_PARAMS', 'codeType has to be TOPUP_QR'))
  const previous = recordOf(book, 'topup', id)
  if (previous !== null) return says(success(201, createdTopup(previous)))
  const linked = linkedUser(book, userAuthorizationId, null, at)
  if (!linked.ok) return says(linked.said)
  if (!linked.authorization.scopes.some(scope => scope === 'user_topup' || scope === 'merchant_topup'))
    return says(failure('OP_OUT_OF_SCOPE', 'the user has not agreed to user_topup or merchant_topup'))
  const tail = randomCodeTail(at.random)
  const record: Topup = {
    id,
    codeId: `06-${tail}`,
    url: `https://qr-stg.sandbox.paypay.ne.jp/28180106${tail}`,
    userId: linked.user.id,
    userAuthorizationId,
    leastYen,
    requestedAt,
    redirectUrl,
    redirectType,
    createdAtMs: at.nowMs,
    expiryDateS: epochS(at.nowMs) + at.switches.codeLifetimeS,
    deletedAtMs: null,
    done: null,
  }
  return says(success(201, createdTopup(record)), { kind: 'topup', record })
}

/** GET /v1/code/topup/{merchantTopUpId} */
export function getTopup(book: Book, id: string, at: Surroundings): Ruling {
  if (!isMerchantId(id)) return says(failure('INVALID_REQUEST_PARAMS', 'merchantTopUpId'))
  const topup = recordOf(book, 'topup', id)
  const atMs = at.nowMs - at.switches.staleReadMs
  if (topup === null || atMs < topup.createdAtMs) return says(failure('RESOURCE_NOT_FOUND'))
  const { done } = topup
  const isDone = done !== null && done.atMs <= atMs
  return says(
    success(200, {
      topUpId: isDone ? done.topUpId : null,
      merchantTopUpId: id,
      userAuthorizationId: topup.userAuthorizationId,
      requestedAt: topup.requestedAt,
      acceptedAt: isDone ? epochS(done.atMs) : null,
      expiryDate: topup.expiryDateS,
      status: isDone ? 'COMPLETED' : isTopupOpen(topup, atMs) ? 'CREATED' : 'EXPIRED',
    }),
  )
}

/** DELETE /v1/code/topup/{codeId}: 200, as long as nobody has used it. */
export function deleteTopup(book: Book, codeId: string, at: Surroundings): Ruling {
  const topup = recordsOf(book, 'topup').find(one => one.codeId === codeId)
  if (topup === undefined || !isTopupOpen(topup, at.nowMs)) return says(failure('DYNAMIC_QR_NOT_FOUND'))
  return says(success(200, { qrStatus: 'DELETED' }), {
    kind: 'topup',
    record: { ...topup, deletedAtMs: at.nowMs },
  })
}

export function isTopupOpen(topup: Topup, nowMs: number): boolean {
  const isGone = topup.done !== null || (topup.deletedAtMs !== null && topup.deletedAtMs <= nowMs)
  return !isGone && nowMs < topup.expiryDateS * 1_000
}

/** The user puts in what was asked for at least, or walks away. */
export function answerTopup(topup: Topup, isYes: boolean, at: Surroundings): HandRuling {
  if (!isYes) return { result: { done: true, outcome: 'refused', says: 'nothing was put in' }, changes: [] }
  const amountYen = topup.leastYen ?? YEN_WITHOUT_A_LEAST
  const done = { topUpId: randomPaymentId(at.random), amountYen, atMs: at.nowMs }
  return {
    result: {
      done: true,
      outcome: 'accepted',
      says: `${amountYen} yen are on the account`,
      redirectUrl: topup.redirectUrl,
    },
    changes: [{ kind: 'topup', record: { ...topup, done } }],
  }
}

export function toppedUpYen(book: Book, userId: string, nowMs: number): number {
  return recordsOf(book, 'topup')
    .filter(one => one.userId === userId && (one.done?.atMs ?? Infinity) <= nowMs)
    .reduce((sum, one) => sum + (one.done?.amountYen ?? 0), 0)
}

function createdTopup(topup: Topup) {
  return {
    codeId: topup.codeId,
    url: topup.url,
    status: 'CREATED',
    merchantTopUpId: topup.id,
    userAuthorizationId: topup.userAuthorizationId,
    minimumTopUpAmount: topup.leastYen === null ? null : yenOnTheWire(topup.leastYen),
    expiryDate: topup.expiryDateS,
    codeType: 'TOPUP_QR',
    requestedAt: topup.requestedAt,
    redirectType: topup.redirectType,
    redirectUrl: topup.redirectUrl,
  }
}
