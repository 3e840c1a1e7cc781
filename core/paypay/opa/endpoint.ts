import type * as z from 'zod'

/**
 * One row of the table of PayPay's API (OPA). The input is flat: what the path and the query name is taken out of it, the rest
 * is the body of a POST. What does not fit `input` is refused here, before anything is sent.
 */
export type Endpoint = {
  /** PayPay's name of it, as in its help pages; null where PayPay's SDKs name none. */
  readonly apiName: string | null
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** With names in braces. Signed as it is sent, without the query. */
  readonly path: string
  /** Fields of the input that go into the query, in PayPay's order. */
  readonly query?: readonly string[]
  /** How long PayPay may take (OPA, Timeouts). */
  readonly timeoutMs: number
  readonly input: z.ZodObject
  /** What PayPay says when it has done it or taken it on: its code, the HTTP status, and what `data` then holds. */
  readonly answers: Readonly<Record<string, Accepted>>
  /**
   * Where the answer repeats a field of the input, by its place in `data` (`walletInfo.userAuthorizationId`); where that names
   * another, it is somebody else's answer.
   */
  readonly echoes: readonly string[]
  readonly repeat: Repeat
  /** The field of a POST by which PayPay knows it again: the same with another body is refused here. */
  readonly id?: string
}

export type Accepted = { readonly http: number; readonly data: z.ZodType }

/**
 * May the same request be sent again after an answer that tells nothing? `freely`: it changes nothing. `sameId`: yes, byte for
 * byte, as PayPay does it once for an id (OPA, Idempotency). `newId`: with an id of its own. `askFirst`: only after a read has
 * said what became of it.
 */
export type Repeat = 'freely' | 'sameId' | 'newId' | 'askFirst'

/** What an answer has at the place of an echo; undefined where it has no such place. */
export const echoed = (data: unknown, place: string): unknown =>
  place
    .split('.')
    .reduce<unknown>(
      (part, name) => (isRecord(part) && Object.hasOwn(part, name) ? part[name] : undefined),
      data,
    )
/** Which field of the input an echo repeats. */
export const echoOf = (place: string): string => place.slice(place.lastIndexOf('.') + 1)
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Which fields of the input go into the path. */
export const pathFields = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
