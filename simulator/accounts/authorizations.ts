import type { Book } from '../book.ts'
import { epochS } from '../businessTime.ts'
import { type Ruling, type Surroundings, says } from '../paypay.ts'
import { recordOf } from '../records.ts'
import { failure, requestAccepted, type Said, success } from '../results.ts'
import { type User, userOf } from './users.ts'

/** A user's consent that this merchant may use their account. Its id is the userAuthorizationId. */
export type UserAuthorization = {
  readonly id: string
  readonly userId: string
  readonly scopes: readonly string[]
  readonly referenceIds: readonly string[]
  /** Epoch seconds. */
  readonly issuedAtS: number
  readonly expireAtS: number
  readonly revokedAtMs: number | null
  /** Left out in what older programs wrote. */
  readonly revokedBy?: 'merchant' | 'user' | null
}

export type Linked =
  | { readonly ok: true; readonly user: User; readonly authorization: UserAuthorization }
  | { readonly ok: false; readonly said: Said }

/** Whose account may be used, or what PayPay says where it may not: 401 with the reason. */
export function linkedUser(book: Book, id: string, scope: string | null, at: Surroundings): Linked {
  const no = (said: Said): Linked => ({ ok: false, said })
  const authorization = recordOf(book, 'userAuthorization', id)
  const user = authorization === null ? null : userOf(book, authorization.userId)
  if (authorization === null || user === null || authorization.revokedAtMs !== null)
    return no(failure('INVALID_USER_AUTHORIZATION_ID'))
  if (at.nowMs >= authorization.expireAtS * 1_000) return no(failure('EXPIRED_USER_AUTHORIZATION_ID'))
  if (scope !== null && !authorization.scopes.includes(scope))
    return no(failure('OP_OUT_OF_SCOPE', `the user has not agreed to ${scope}`))
  if (user.state === 'CANCELED') return no(failure('CANCELED_USER'))
  if (user.state === 'INACTIVE') return no(failure('USER_STATE_IS_NOT_ACTIVE'))
  return { ok: true, user, authorization }
}

/** GET /v2/user/authorizations?userAuthorizationId= */
export function getAuthorization(book: Book, id: string | undefined, at: Surroundings): Ruling {
  if (!id) return says(failure('MISSING_REQUEST_PARAMS', 'the query needs userAuthorizationId'))
  const authorization = recordOf(book, 'userAuthorization', id)
  if (authorization === null) return says(failure('INVALID_USER_AUTHORIZATION_ID'))
  const isActive = authorization.revokedAtMs === null && at.nowMs < authorization.expireAtS * 1_000
  return says(
    success(200, {
      userAuthorizationId: id,
      referenceIds: authorization.referenceIds,
      status: isActive ? 'ACTIVE' : 'INACTIVE',
      scopes: authorization.scopes,
      expireAt: authorization.expireAtS,
      issuedAt: authorization.issuedAtS,
    }),
  )
}

/** DELETE /v2/user/authorizations/{id}: the merchant forgets the user. */
export function unlinkUser(book: Book, id: string, at: Surroundings): Ruling {
  const authorization = recordOf(book, 'userAuthorization', id)
  if (authorization === null || authorization.revokedAtMs !== null)
    return says(failure('INVALID_USER_AUTHORIZATION_ID'))
  const said =
    at.switches.unlinkAnswer === 'accepted'
      ? { ...requestAccepted(), status: 200, data: {} }
      : success(200, {})
  return says(said, {
    kind: 'userAuthorization',
    record: { ...authorization, revokedAtMs: at.nowMs, revokedBy: 'merchant' },
  })
}

/** GET /v2/user/profile/secure?userAuthorizationId=: the phone number, all but its last four digits hidden. */
export function getProfile(book: Book, id: string | undefined, at: Surroundings): Ruling {
  if (!id) return says(failure('MISSING_REQUEST_PARAMS', 'the query needs userAuthorizationId'))
  const linked = linkedUser(book, id, null, at)
  return says(linked.ok ? success(200, { phoneNumber: maskedPhone(linked.user) }) : linked.said)
}

export function maskedPhone(user: User): string {
  return `*******${user.phoneNumber.slice(-4)}`
}

/** A fresh consent, or an earlier one of the same user renewed: more reference ids, the new scopes, a later end. */
export function renewed(
  earlier: UserAuthorization | null,
  fresh: Pick<UserAuthorization, 'id' | 'userId' | 'scopes'> & { readonly referenceId: string },
  at: Surroundings,
): UserAuthorization {
  const { referenceId, ...rest } = fresh
  const others = (earlier?.referenceIds ?? []).filter(one => one !== referenceId)
  return {
    ...rest,
    id: earlier?.id ?? fresh.id,
    referenceIds: [...others, referenceId],
    issuedAtS: earlier?.issuedAtS ?? epochS(at.nowMs),
    expireAtS: epochS(at.nowMs) + at.switches.authorizationLifetimeS,
    revokedAtMs: null,
    revokedBy: null,
  }
}
