import type * as z from 'zod'
import { ruleInWords } from '../../badInput.ts'
import { pathFields } from './endpoint.ts'
import { type FunctionName, table } from './table.ts'

/** What leaves for one call, still unsigned. `body` null: none. */
export type Prepared = {
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>> | null
  /** `requestedAt` was left out, and is our clock's. */
  readonly isStamped: boolean
  /** What was asked for, whole, to compare the answer with. */
  readonly input: Readonly<Record<string, unknown>>
}

/** One rule of PayPay's that the input breaks. `field`: `amount.amount`, `orderItems.0.name`; empty: the input as a whole. */
export type Problem = { readonly field: string; readonly rule: string }

/**
 * Checks the input by the rules by which PayPay would refuse it, and makes the request of it. `requestedAt` (epoch s) is filled
 * in with `nowS` where it is left out. The caller's object is left as it is.
 */
export function prepare(
  name: FunctionName,
  input: unknown,
  nowS: number,
):
  | { readonly ok: true; readonly request: Prepared }
  | { readonly ok: false; readonly problems: readonly Problem[] } {
  const { method, path, input: schema, ...row } = table[name]
  const parsed = schema.safeParse(input, { error: inWords })
  if (!parsed.success) {
    const problems = parsed.error.issues.map(one => ({ field: one.path.join('.'), rule: one.message }))
    return { ok: false, problems }
  }
  const fields: Record<string, unknown> = { ...parsed.data }
  const isStamped = 'requestedAt' in schema.shape && fields.requestedAt === undefined
  if (isStamped) fields.requestedAt = nowS
  const query: Record<string, string> = {}
  for (const field of 'query' in row ? row.query : [])
    if (fields[field] !== undefined) query[field] = String(fields[field])
  const inPath = pathFields(path)
  const rest = Object.entries(fields).filter(([field]) => !(field in query) && !inPath.includes(field))
  return {
    ok: true,
    request: {
      // The rules of these fields leave nothing that a path would have to encode.
      path: path.replaceAll(/\{(\w+)\}/g, (_, field: string) => String(fields[field])),
      query,
      body: method === 'POST' ? Object.fromEntries(rest) : null,
      isStamped,
      input: fields,
    },
  }
}

/** Where the row's own rules say nothing. */
const inWords: z.core.$ZodErrorMap = issue =>
  issue.code === 'unrecognized_keys' ? `PayPay knows no ${issue.keys.join(', ')} here` : ruleInWords(issue)
