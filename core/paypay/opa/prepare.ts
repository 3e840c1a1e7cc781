import type * as z from 'zod'
import { ruleInWords } from '../../badInput.ts'
import { type Endpoint, pathFields } from './endpoint.ts'
import { type FunctionName, functionNames, table } from './table.ts'

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
  const { schema, method, pathParts, query: inQuery, isBodyField, hasStamp } = plans[name]
  const parsed = schema.safeParse(input, checking)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(one => ({ field: one.path.join('.'), rule: one.message }))
    return { ok: false, problems }
  }
  // Zod's own copy: the caller's object is not touched.
  const fields: Record<string, unknown> = parsed.data
  const isStamped = hasStamp && fields.requestedAt === undefined
  if (isStamped) fields.requestedAt = nowS
  const query: Record<string, string> = {}
  for (const field of inQuery) if (fields[field] !== undefined) query[field] = String(fields[field])
  // The rules of these fields leave nothing that a path would have to encode.
  const path = pathParts.map((part, at) => (at % 2 === 0 ? part : String(fields[part]))).join('')
  const body = method === 'POST' ? only(fields, isBodyField) : null
  return { ok: true, request: { path, query, body, isStamped, input: fields } }
}

function only(
  fields: Readonly<Record<string, unknown>>,
  isWanted: (field: string) => boolean,
): Record<string, unknown> {
  const chosen: Record<string, unknown> = {}
  for (const field in fields) if (isWanted(field)) chosen[field] = fields[field]
  return chosen
}

/** What a row says, taken apart once. */
type Plan = {
  readonly schema: z.ZodObject
  readonly method: Endpoint['method']
  /** In turn as they are, and names of fields. */
  readonly pathParts: readonly string[]
  readonly query: readonly string[]
  readonly isBodyField: (field: string) => boolean
  readonly hasStamp: boolean
}

function planOf({ input: schema, method, path, query = [] }: Endpoint): Plan {
  const elsewhere = new Set([...query, ...pathFields(path)])
  return {
    schema,
    method,
    pathParts: path.split(/\{(\w+)\}/),
    query,
    isBodyField: field => !elsewhere.has(field),
    hasStamp: 'requestedAt' in schema.shape,
  }
}

const plans = Object.fromEntries(functionNames.map(name => [name, planOf(table[name])])) as Readonly<
  Record<FunctionName, Plan>
>

/** Where the row's own rules say nothing. */
const inWords: z.core.$ZodErrorMap = issue =>
  issue.code === 'unrecognized_keys' ? `PayPay knows no ${issue.keys.join(', ')} here` : ruleInWords(issue)

const checking = { error: inWords }
