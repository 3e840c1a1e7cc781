import { linkedUser } from '../accounts/authorizations.ts'
import type { Book } from '../book.ts'
import { epochS } from '../businessTime.ts'
import { yenOnTheWire } from '../codes.ts'
import { isMerchantId, readFields } from '../fields.ts'
import { type Ruling, type Surroundings, says } from '../paypay.ts'
import { randomPaymentId } from '../random.ts'
import { recordOf, recordsOf } from '../records.ts'
import { failure, requestAccepted, success } from '../results.ts'
import { reversedYen } from './reversals.ts'

/** Money that a merchant gives a linked user. Its id is the merchantCashbackId. */
export type Cashback = {
  readonly id: string
  readonly cashbackId: string
  readonly userId: string
  readonly userAuthorizationId: string
  readonly amountYen: number
  readonly requestedAt: number
  readonly orderDescription: string | null
  readonly walletType: string
  /** YYYY-MM-DD; at midnight of this date the money is gone, which the simulator does not carry out. */
  readonly expiryDate: string | null
  readonly acceptedAtMs: number
  /** From here on the result can be read. */
  readonly doneAtMs: number
  readonly result: 'SUCCESS' | 'NOT_ENOUGH_MONEY'
}

/** POST /v2/cashback: 202, and what came of it is read later. The same id is the same cashback. */
export function giveCashback(book: Book, body: unknown, at: Surroundings): Ruling {
  const fields = readFields(body, at.switches)
  const id = fields.id('merchantCashbackId')
  const userAuthorizationId = fields.requiredText('userAuthorizationId')
  const amountYen = fields.yen('amount', 1)
  const requestedAt = fields.requiredEpochS('requestedAt')
  const orderDescription = fields.text('orderDescription') ?? null
  const walletType = fields.oneOf('walletType', ['PREPAID', 'CASHBACK']) ?? 'PREPAID'
  const expiryDate = fields.text('expiryDate') ?? null
  const problem = fields.problem()
  if (problem) return says(problem)
  if (at.switches.accounts === 'notContracted') return says(failure('OP_OUT_OF_SCOPE'))
  if (expiryDate !== null && !isDate(expiryDate))
    return says(failure('INVALID_REQUEST_PARAMS', 'expiryDate has to be a date such as 2026-12-31'))
  if (recordOf(book, 'cashback', id) !== null) return says(requestAccepted())
  const linked = linkedUser(book, userAuthorizationId, 'cashback', at)
  if (!linked.ok) return says(linked.said)
  const record: Cashback = {
    id,
    cashbackId: randomPaymentId(at.random),
    userId: linked.user.id,
    userAuthorizationId,
    amountYen,
    requestedAt,
    orderDescription,
    walletType,
    expiryDate,
    acceptedAtMs: at.nowMs,
    doneAtMs: at.nowMs + at.switches.cashbackTakesMs,
    result: amountYen > budgetYen(book, at) ? 'NOT_ENOUGH_MONEY' : 'SUCCESS',
  }
  return says(requestAccepted(), { kind: 'cashback', record })
}

/** GET /v2/cashback/{merchantCashbackId}. A failure comes with HTTP 200 too. */
export function getCashback(book: Book, id: string, at: Surroundings): Ruling {
  if (!isMerchantId(id)) return says(failure('INVALID_REQUEST_PARAMS', 'merchantCashbackId'))
  const atMs = at.nowMs - at.switches.staleReadMs
  const cashback = recordOf(book, 'cashback', id)
  if (cashback === null || atMs < cashback.acceptedAtMs) return says(failure('RESOURCE_NOT_FOUND'))
  if (atMs < cashback.doneAtMs)
    return says(
      at.switches.pendingCashback === 'accepted' ? requestAccepted() : failure('RESOURCE_NOT_FOUND'),
    )
  return says(resultOf(cashback.result, cashbackOnTheWire(cashback, at)))
}

/** A result that is read with HTTP 200, whatever it is (recorded fixture: NOT_ENOUGH_MONEY, WAL_500017). */
export function resultOf(result: Cashback['result'], data: object) {
  const status = result === 'SUCCESS' ? 'SUCCESS' : 'FAILURE'
  const said = success(200, { status, ...data })
  if (result === 'SUCCESS') return said
  const message = 'Not enough balance in the campaign budget to complete the cashback transaction'
  return { ...said, code: result, codeId: 'WAL_500017', message }
}

export function cashbackOnTheWire(cashback: Cashback, at: Surroundings) {
  return {
    acceptedAt: epochS(cashback.acceptedAtMs),
    merchantAlias: at.keys?.merchantId ?? '',
    amount: yenOnTheWire(cashback.amountYen),
    requestedAt: cashback.requestedAt,
    metadata: '',
    cashbackId: cashback.cashbackId,
    merchantCashbackId: cashback.id,
    userAuthorizationId: cashback.userAuthorizationId,
    orderDescription: cashback.orderDescription,
    walletType: cashback.walletType,
    expiryDate: cashback.expiryDate,
  }
}

/** What a user has by cashbacks: those that succeeded, less what the merchant took back. */
export function cashbackYen(book: Book, userId: string, nowMs: number): number {
  return recordsOf(book, 'cashback')
    .filter(one => one.userId === userId && one.result === 'SUCCESS' && one.doneAtMs <= nowMs)
    .reduce((sum, one) => sum + one.amountYen - reversedYen(book, one.id, nowMs), 0)
}

/** What is left of the campaign's money; what is under way counts as given. */
function budgetYen(book: Book, at: Surroundings): number {
  return recordsOf(book, 'cashback')
    .filter(one => one.result === 'SUCCESS')
    .reduce(
      (left, one) => left - one.amountYen + reversedYen(book, one.id, at.nowMs),
      at.switches.cashbackBudgetYen,
    )
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(text).toJSON()?.startsWith(text) === true
}
