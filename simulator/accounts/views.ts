import * as z from 'zod'
import type { Book, Change } from '../book.ts'
import type { Surroundings } from '../paypay.ts'
import { recordOf, recordsOf } from '../records.ts'
import type { UserAuthorization } from './authorizations.ts'
import { paymentMethod } from './paymentMethod.ts'
import { balanceYen, type User, userOf, usersOf } from './users.ts'

/** A user as the phone and the control endpoints show them. */
export type UserView = User & {
  readonly balanceYen: number
  readonly consents: readonly UserAuthorization[]
}

export function userViews(book: Book, nowMs: number): UserView[] {
  const consents = recordsOf(book, 'userAuthorization')
  return usersOf(book).map(user => ({
    ...user,
    balanceYen: balanceYen(book, user, nowMs),
    consents: consents.filter(one => one.userId === user.id),
  }))
}

const yen = z.int().min(0).max(99_999_999_999)

/** What of a user can be changed from outside. */
export const userChange = z.strictObject({
  name: z.string().min(1).max(64).optional(),
  phoneNumber: z
    .string()
    .regex(/^\d{4,15}$/)
    .optional(),
  openingYen: yen.optional(),
  state: z.enum(['ACTIVE', 'INACTIVE', 'CANCELED']).optional(),
  dailyLimitYen: yen.nullable().optional(),
  monthlyLimitYen: yen.nullable().optional(),
  paymentMethods: z.array(paymentMethod).max(20).optional(),
})

export function changedUser(book: Book, id: string, change: Partial<Omit<User, 'id'>>): User {
  const user = userOf(book, id) ?? {
    id,
    name: id,
    phoneNumber: '09000000000',
    openingYen: 0,
    state: 'ACTIVE',
    dailyLimitYen: null,
    monthlyLimitYen: null,
    paymentMethods: [],
  }
  return { ...user, ...change }
}

export function consentChanges(
  book: Book,
  id: string,
  act: 'revoke' | 'extend',
  at: Surroundings,
): readonly Change[] {
  const consent = recordOf(book, 'userAuthorization', id)
  if (consent === null || consent.revokedAtMs !== null) return []
  const record: UserAuthorization =
    act === 'revoke'
      ? { ...consent, revokedAtMs: at.nowMs, revokedBy: 'user' }
      : { ...consent, expireAtS: consent.expireAtS + at.switches.authorizationLifetimeS }
  return [{ kind: 'userAuthorization', record }]
}
