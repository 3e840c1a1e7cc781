import type { UserAuthorization } from './accounts/authorizations.ts'
import type { LinkSession } from './accounts/links.ts'
import type { User } from './accounts/users.ts'
import type { Book } from './book.ts'
import type { Cashback } from './cashback/cashbacks.ts'
import type { CashbackReversal } from './cashback/reversals.ts'
import type { RequestOrder } from './native/requests.ts'
import type { Topup } from './topups.ts'

/** What the book holds besides codes, payments and refunds, by kind. Each record has an `id` that is its own within its kind. */
export type Records = {
  readonly user: User
  readonly linkSession: LinkSession
  readonly userAuthorization: UserAuthorization
  readonly requestOrder: RequestOrder
  readonly cashback: Cashback
  readonly cashbackReversal: CashbackReversal
  readonly topup: Topup
}
export type RecordKind = keyof Records

export const recordKinds = [
  'user',
  'linkSession',
  'userAuthorization',
  'requestOrder',
  'cashback',
  'cashbackReversal',
  'topup',
] as const satisfies RecordKind[]

/** One record, whole, as it is from now on. */
export type RecordChange = {
  [K in RecordKind]: { readonly kind: K; readonly record: Records[K] }
}[RecordKind]

export function recordKey(kind: RecordKind, id: string): string {
  return `${kind} ${id}`
}

export function recordOf<K extends RecordKind>(book: Book, kind: K, id: string): Records[K] | null {
  return (book.records.get(recordKey(kind, id))?.record ?? null) as Records[K] | null
}

/** Oldest first. */
export function recordsOf<K extends RecordKind>(book: Book, kind: K): Records[K][] {
  return [...book.records.values()].flatMap(change =>
    change.kind === kind ? [change.record as Records[K]] : [],
  )
}
