import type { Book, Change } from './book.ts'
import type { Switches } from './switches.ts'
import type { Post } from './webhooks/deliveries.ts'

export type SimulatorOptions = {
  readonly apiKey: string
  readonly apiSecret: string
  /** With it, a call that names another merchant is refused with 401. */
  readonly merchantId?: string
  /** PayPay's clock, epoch ms. */
  readonly nowMs: () => number
  /** Calls back once, after so many ms of that clock. */
  readonly after: (delayMs: number, callback: () => void) => void
  /** The same seed gives the same ids. Left out: different every time. */
  readonly seed?: number
  readonly switches?: Partial<Switches>
  /** A book from an earlier life, to go on with; it is changed in place. */
  readonly book?: Book
  /** Told of every change of the book before it is made and before the request is answered. */
  readonly onChanges?: (changes: readonly Change[]) => void
  /** How webhooks leave; without it there are none. */
  readonly post?: Post
}

/** A request as it left the client. */
export type RawRequest = {
  readonly method: string
  /** As on the request line, without the query. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Null or empty where there is none. */
  readonly body: Uint8Array | null
}

/** A whole answer; the names of its headers are lower-case. */
export type RawAnswer = {
  readonly kind: 'answer'
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What leaves. `cut`: the connection ends without an answer. `hang`: an answer never comes, or never becomes whole. */
export type RawReply = RawAnswer | { readonly kind: 'cut' } | { readonly kind: 'hang' }

/** The same in detail, for a real socket: how much of the answer leaves before the end or the silence. */
export type Outcome =
  | { readonly kind: 'whole'; readonly answer: RawAnswer }
  | { readonly kind: 'cut' | 'silent' }
  | { readonly kind: 'hang' | 'half'; readonly answer: RawAnswer }
