import type { Book } from '../book.ts'
import { yenOnTheWire } from '../codes.ts'
import { type Ruling, type Surroundings, says } from '../paypay.ts'
import { failure, success } from '../results.ts'
import { linkedUser } from './authorizations.ts'
import { balanceYen } from './users.ts'

type Query = Readonly<Record<string, string>>

/** GET /v2/wallet/check_balance: whether the user has so much, without telling how much. */
export function checkBalance(book: Book, query: Query, at: Surroundings): Ruling {
  const problem = missingIn(query, ['userAuthorizationId', 'amount', 'currency'])
  if (problem) return says(problem)
  if (query.currency !== 'JPY') return says(failure('INVALID_REQUEST_PARAMS', 'currency has to be JPY'))
  if (!/^[1-9]\d{0,10}$/.test(query.amount ?? ''))
    return says(failure('INVALID_REQUEST_PARAMS', 'amount has to be a whole number of at most 11 digits'))
  const linked = linkedUser(book, query.userAuthorizationId ?? '', null, at)
  if (!linked.ok) return says(linked.said)
  const hasEnoughBalance = balanceYen(book, linked.user, at.nowMs) >= Number(query.amount)
  return says(success(200, { hasEnoughBalance }))
}

/** GET /v6/wallet/balance, and v2 to v5 before it: how much the user has, with their consent (scope get_balance). */
export function getBalance(book: Book, query: Query, at: Surroundings): Ruling {
  const problem = missingIn(query, ['userAuthorizationId', 'currency'])
  if (problem) return says(problem)
  if (query.currency !== 'JPY') return says(failure('INVALID_REQUEST_PARAMS', 'currency has to be JPY'))
  const id = query.userAuthorizationId ?? ''
  const linked = linkedUser(book, id, 'get_balance', at)
  if (!linked.ok) return says(linked.said)
  return says(
    success(200, {
      userAuthorizationId: id,
      totalBalance: yenOnTheWire(balanceYen(book, linked.user, at.nowMs)),
      preference: { useCashback: true, cashbackAutoInvestment: false },
    }),
  )
}

/** GET /v4/paymentMethods: what a linked user has in their account, and how else they can pay. */
export function getPaymentMethods(book: Book, query: Query, at: Surroundings): Ruling {
  const problem = missingIn(query, ['userAuthorizationId'])
  if (problem) return says(problem)
  const userAuthorizationId = query.userAuthorizationId ?? ''
  const scope = at.switches.paymentMethodsScope === 'directDebit' ? 'direct_debit' : null
  const linked = linkedUser(book, userAuthorizationId, scope, at)
  if (!linked.ok) return says(linked.said)
  const totalBalance = yenOnTheWire(balanceYen(book, linked.user, at.nowMs))
  return says(
    success(200, {
      walletInfo: { userAuthorizationId, totalBalance },
      paymentMethods: linked.user.paymentMethods ?? [],
    }),
  )
}

function missingIn(query: Query, names: readonly string[]) {
  const absent = names.filter(name => !query[name])
  return absent.length === 0
    ? null
    : failure('MISSING_REQUEST_PARAMS', `the query needs ${absent.join(', ')}`)
}
