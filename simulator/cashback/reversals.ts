import { balanceYen, userOf } from '../accounts/users.ts'
import type { Book } from '../book.ts'
import { epochS } from '../businessTime.ts'
import { yenOnTheWire } from '../codes.ts'
import { isMerchantId, readFields } from '../fields.ts'
import { type Ruling, type Surroundings, says } from '../paypay.ts'
import { recordOf, recordsOf } from '../records.ts'
import { failure, requestAccepted } from '../results.ts'
import { type Cashback, cashbackOnTheWire, resultOf } from './cashbacks.ts'

/** A cashback, or a part of it, that its merchant takes back. Its id is both merchants' ids with a space between. */
export type CashbackReversal = {
  readonly id: string
  readonly merchantCashbackReversalId: string
  readonly merchantCashbackId: string
  readonly amountYen: number
  readonly requestedAt: number
  readonly reason: string | null
  readonly acceptedAtMs: number
  readonly doneAtMs: number
  readonly result: Cashback['result']
}

/** POST /v2/cashback_reversal: 202, and what came of it is read later. */
export function reverseCashback(book: Book, body: unknown, at: Surroundings): Ruling {
  const fields = readFields(body, at.switches)
  const merchantCashbackReversalId = fields.id('merchantCashbackReversalId')
  const merchantCashbackId = fields.id('merchantCashbackId')
  const amountYen = fields.yen('amount', 1)
  const requestedAt = fields.requiredEpochS('requestedAt')
  const reason = fields.text('reason') ?? null
  const problem = fields.problem()
  if (problem) return says(problem)
  if (at.switches.accounts === 'notContracted') return says(failure('OP_OUT_OF_SCOPE'))
  const id = `${merchantCashbackReversalId} ${merchantCashbackId}`
  if (recordOf(book, 'cashbackReversal', id) !== null) return says(requestAccepted())
  const cashback = recordOf(book, 'cashback', merchantCashbackId)
  const user = cashback === null ? null : userOf(book, cashback.userId)
  if (cashback === null || user === null || cashback.result !== 'SUCCESS' || at.nowMs < cashback.doneAtMs)
    return says(failure('RESOURCE_NOT_FOUND'))
  if (reversedYen(book, merchantCashbackId, Infinity) + amountYen > cashback.amountYen)
    return says(failure('INVALID_PARAMS_ID', 'the amount is more than what is left of the cashback'))
  const record: CashbackReversal = {
    id,
    merchantCashbackReversalId,
    merchantCashbackId,
    amountYen,
    requestedAt,
    reason,
    acceptedAtMs: at.nowMs,
    doneAtMs: at.nowMs + at.switches.cashbackTakesMs,
    result: balanceYen(book, user, at.nowMs) < amountYen ? 'NOT_ENOUGH_MONEY' : 'SUCCESS',
  }
  return says(requestAccepted(), { kind: 'cashbackReversal', record })
}

/** GET /v2/cashback_reversal/{merchantCashbackReversalId}/{merchantCashbackId} */
export function getReversal(book: Book, reversalId: string, cashbackId: string, at: Surroundings): Ruling {
  if (!isMerchantId(reversalId) || !isMerchantId(cashbackId))
    return says(failure('INVALID_REQUEST_PARAMS', 'merchantCashbackReversalId and merchantCashbackId'))
  const atMs = at.nowMs - at.switches.staleReadMs
  const reversal = recordOf(book, 'cashbackReversal', `${reversalId} ${cashbackId}`)
  const cashback = recordOf(book, 'cashback', cashbackId)
  if (reversal === null || cashback === null || atMs < reversal.acceptedAtMs)
    return says(failure('RESOURCE_NOT_FOUND'))
  if (atMs < reversal.doneAtMs)
    return says(
      at.switches.pendingCashback === 'accepted' ? requestAccepted() : failure('RESOURCE_NOT_FOUND'),
    )
  const data = {
    ...cashbackOnTheWire(cashback, at),
    merchantCashbackReversalId: reversalId,
    amount: yenOnTheWire(reversal.amountYen),
    requestedAt: reversal.requestedAt,
    acceptedAt: epochS(reversal.acceptedAtMs),
    reason: reversal.reason,
  }
  return says(resultOf(reversal.result, data))
}

/** What of a cashback was taken back by then. */
export function reversedYen(book: Book, merchantCashbackId: string, byMs: number): number {
  return recordsOf(book, 'cashbackReversal')
    .filter(one => one.merchantCashbackId === merchantCashbackId)
    .filter(one => one.result === 'SUCCESS' && one.doneAtMs <= byMs)
    .reduce((sum, one) => sum + one.amountYen, 0)
}
